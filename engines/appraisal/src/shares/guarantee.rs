//! What of a fee is payable for what was gained.

use serde::{Deserialize, Serialize, Serializer};
use stour_kernel::Pence;

use super::document::BenefitStatus;
use crate::{number, words};

/// How the payable part of the fee follows from the benefit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FeeFunction {
    /// In proportion to the benefit, up to the whole fee.
    Linear,
    /// A part of the fee for each part of the guaranteed benefit that is reached.
    Step,
    /// A pound of fee for each pound of benefit, up to the whole fee.
    OneToOne,
}

/// From this part of the guaranteed benefit on, this part of the fee, both in billionths; in an
/// answer both are proportions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct FeeStep {
    #[serde(serialize_with = "as_proportion")]
    pub(super) reached: i128,
    #[serde(serialize_with = "as_proportion")]
    pub(super) payable: i128,
}

/// A guarantee: the fee, the benefit it was promised for, and what is paid for less.
#[derive(Debug, Clone, Serialize)]
pub struct Guarantee {
    /// The whole fee, in pence.
    pub fee: Pence,
    /// The guaranteed benefit, in pence a year.
    pub benefit: Pence,
    /// How the payable part of the fee follows from the benefit.
    pub function: FeeFunction,
    /// The steps of a step function, lowest first; none for others.
    pub steps: Vec<FeeStep>,
    /// The most that is payable in any case, in pence.
    pub cap: Option<Pence>,
    /// How far a benefit must have come to count.
    pub counts: Vec<BenefitStatus>,
    /// For how many weeks it must have been sustained.
    pub sustained_weeks: u32,
    /// Who may sign for it.
    pub signed_by: Vec<String>,
}

impl FeeFunction {
    /// The function in words.
    pub const fn words(&self) -> &'static str {
        match self {
            Self::Linear => "in proportion to the benefit, up to the whole fee",
            Self::Step => {
                "a part of the fee for each step of the guaranteed benefit that is reached"
            }
            Self::OneToOne => "a pound of fee for each pound of benefit, up to the whole fee",
        }
    }
}

impl FeeStep {
    /// The part of the guaranteed benefit from which the step is reached, 0 to 1.
    pub fn reached(&self) -> f64 {
        number::proportion(self.reached)
    }

    /// The part of the fee that is payable from there, 0 to 1.
    pub fn payable(&self) -> f64 {
        number::proportion(self.payable)
    }

    /// The step in words, such as `from 80% of the guaranteed benefit on, 50% of the fee`.
    pub fn words(&self) -> String {
        format!(
            "from {} of the guaranteed benefit on, {} of the fee",
            in_percent(self.reached),
            in_percent(self.payable)
        )
    }
}

/// An amount with the exact fraction that it is rounded from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Payable {
    pub(super) amount: Pence,
    pub(super) exact: (i128, i128),
}

pub(super) const BILLION: i128 = 1_000_000_000;

impl Guarantee {
    /// What is payable for this annual benefit, rounded to the nearest penny and never above the fee.
    pub(super) fn payable(&self, measured: Pence) -> Payable {
        let fee = i128::from(self.fee.as_i64());
        let benefit = i128::from(measured.as_i64()).max(0);
        let guaranteed = i128::from(self.benefit.as_i64());
        let (over, under) = match self.function {
            FeeFunction::Linear => (fee * benefit.min(guaranteed), guaranteed),
            FeeFunction::OneToOne => (benefit.min(fee), 1),
            FeeFunction::Step => {
                let part = self.step(measured).map_or(0, |step| step.payable);
                (fee * part, BILLION)
            }
        };
        let cap = self.cap.map_or(fee, |cap| i128::from(cap.as_i64()));
        let (over, under) = if over > cap * under {
            (cap, 1)
        } else {
            (over, under)
        };
        let rounded = (2 * over + under) / (2 * under);
        Payable {
            amount: Pence::new(i64::try_from(rounded).unwrap_or(i64::MAX)),
            exact: (over, under),
        }
    }

    /// The last step that this annual benefit reaches.
    fn step(&self, benefit: Pence) -> Option<&FeeStep> {
        let benefit = i128::from(benefit.as_i64()).max(0);
        let guaranteed = i128::from(self.benefit.as_i64());
        let reached = |step: &&FeeStep| benefit * BILLION >= guaranteed * step.reached;
        self.steps.iter().rfind(reached)
    }

    /// The same in words.
    pub(super) fn words(&self, benefit: Pence, payable: Pence) -> String {
        let capped = self
            .cap
            .map_or_else(String::new, |cap| format!(", at most {cap}"));
        let how = match self.function {
            FeeFunction::Linear => format!(
                "{} × {benefit} ÷ {}, at most the fee and at least nothing",
                self.fee, self.benefit
            ),
            FeeFunction::OneToOne => format!(
                "a pound of fee for each pound of {benefit}, at most {} and at least nothing",
                self.fee
            ),
            FeeFunction::Step => self.step(benefit).map_or_else(
                || format!("{benefit} of {} reaches no step", self.benefit),
                |step| {
                    format!(
                        "{} of {}, since {benefit} is at least {} of {}",
                        in_percent(step.payable),
                        self.fee,
                        in_percent(step.reached),
                        self.benefit
                    )
                },
            ),
        };
        format!("{how}{capped} = {payable}")
    }
}

fn in_percent(billionths: i128) -> String {
    words::percent(number::proportion(billionths))
}

fn as_proportion<S: Serializer>(billionths: &i128, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(number::proportion(*billionths))
}

//! An agreement as its authors write it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use stour_kernel::{Date, Pence};
use toml::Spanned;

use super::guarantee::{BILLION, FeeFunction, FeeStep, Guarantee};
use super::{Agreement, Measured, Partner};
use crate::amount::Amount;
use crate::mistake::Checks;
use crate::number;
use crate::said;
use crate::unknown::{self, UnknownDocument};
use crate::words;

/// Partners that each pay a part of one fee: a list that is longer is a mistake.
const MOST_PARTNERS: usize = 100;

/// How far a benefit has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BenefitStatus {
    /// Found, and not taken.
    Identified,
    /// The measure has moved.
    Operational,
    /// A budget has been reduced.
    Cashable,
}

impl BenefitStatus {
    /// The status in one word, as a document writes it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Identified => "identified",
            Self::Operational => "operational",
            Self::Cashable => "cashable",
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    agreement: Heading,
    guarantee: Spanned<GuaranteeDocument>,
    partner: Spanned<Vec<PartnerDocument>>,
    measure: Vec<MeasureDocument>,
    #[serde(default)]
    unknown: Vec<UnknownDocument>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Heading {
    #[serde(deserialize_with = "said::text")]
    title: String,
    #[serde(deserialize_with = "said::text")]
    source: String,
    assurance_date: Spanned<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct GuaranteeDocument {
    fee: Spanned<Amount>,
    benefit: Spanned<Amount>,
    function: FeeFunction,
    #[serde(default)]
    step: Vec<Spanned<StepDocument>>,
    cap: Option<Spanned<Amount>>,
    counts: Spanned<Vec<BenefitStatus>>,
    sustained_weeks: u32,
    signed_by: Spanned<Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StepDocument {
    reached: f64,
    payable: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PartnerDocument {
    id: Spanned<String>,
    #[serde(deserialize_with = "said::text")]
    name: String,
    weight: Spanned<f64>,
    cap: Option<Spanned<Amount>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MeasureDocument {
    id: Spanned<String>,
    #[serde(deserialize_with = "said::text")]
    name: String,
    partner: Spanned<String>,
    status: BenefitStatus,
    annual_benefit: Amount,
    sustained_weeks: u32,
    evidence: Spanned<String>,
    #[serde(default, deserialize_with = "said::text_if_there")]
    signed_by: Option<String>,
    measured_on: Spanned<String>,
}

impl Document {
    pub(super) fn check(self, checks: &mut Checks) -> Agreement {
        let guarantee = self.guarantee.into_inner().check(checks);
        let partners = partners(self.partner, checks);
        let assured = said::date(&self.agreement.assurance_date, checks);
        let under = Under {
            partners: &partners,
            guarantee: &guarantee,
            assured,
        };
        let measures = measures(self.measure, &under, checks);
        Agreement {
            title: self.agreement.title,
            source: self.agreement.source,
            assurance_date: self.agreement.assurance_date.into_inner(),
            guarantee,
            unknown: unknown::check(self.unknown, checks),
            partners,
            measures,
        }
    }
}

impl GuaranteeDocument {
    fn check(self, checks: &mut Checks) -> Guarantee {
        let fee = above_nothing(&self.fee, "fee", checks);
        let benefit = above_nothing(&self.benefit, "guaranteed benefit", checks);
        let cap = self
            .cap
            .as_ref()
            .map(|cap| above_nothing(cap, "cap", checks));
        checks.ensure(
            !self.counts.get_ref().is_empty(),
            self.counts.span(),
            || "nothing counts: say which of identified, operational and cashable do".to_owned(),
        );
        let signers = self.signed_by.get_ref();
        checks.ensure(
            !signers.is_empty() && signers.iter().all(|signer| !signer.trim().is_empty()),
            self.signed_by.span(),
            || "nobody signs: name who signs for a benefit".to_owned(),
        );
        let wants_steps = self.function == FeeFunction::Step;
        checks.ensure(wants_steps != self.step.is_empty(), self.fee.span(), || {
            "a step function has [[guarantee.step]] with reached and payable; no other has"
                .to_owned()
        });
        let mut steps: Vec<FeeStep> = Vec::new();
        for step in &self.step {
            let StepDocument { reached, payable } = *step.get_ref();
            let whole = |part: f64| {
                let whole = number::whole(part * 1e9).map(i128::from);
                whole.filter(|whole| (0..=BILLION).contains(whole))
            };
            let found = whole(reached).zip(whole(payable));
            let found = found.map(|(reached, payable)| FeeStep { reached, payable });
            checks.ensure(found.is_some(), step.span(), || {
                format!("a step of {reached} and {payable}: both are proportions, 0 to 1")
            });
            let rises = |last: &FeeStep| {
                found.is_none_or(|next| next.reached > last.reached && next.payable >= last.payable)
            };
            checks.ensure(steps.last().is_none_or(rises), step.span(), || {
                "each step reaches further than the one before and pays no less".to_owned()
            });
            steps.extend(found);
        }
        Guarantee {
            fee,
            benefit,
            function: self.function,
            steps,
            cap,
            counts: self.counts.into_inner(),
            sustained_weeks: self.sustained_weeks,
            signed_by: self.signed_by.into_inner(),
        }
    }
}

fn above_nothing(amount: &Spanned<Amount>, what: &str, checks: &mut Checks) -> Pence {
    let pence = amount.get_ref().0;
    checks.ensure(pence > Pence::ZERO, amount.span(), || {
        format!("the {what} is {pence}: it must be above nothing")
    });
    pence
}

fn partners(documents: Spanned<Vec<PartnerDocument>>, checks: &mut Checks) -> Vec<Partner> {
    checks.ensure(
        (1..=MOST_PARTNERS).contains(&documents.get_ref().len()),
        documents.span(),
        || format!("an agreement has at least one [[partner]], and at most {MOST_PARTNERS}"),
    );
    let documents = documents.into_inner();
    let mut seen = BTreeSet::new();
    let sum: f64 = documents
        .iter()
        .map(|partner| partner.weight.get_ref())
        .sum();
    let mut partners = Vec::new();
    for (place, partner) in documents.into_iter().enumerate() {
        let id = partner.id.get_ref().clone();
        checks.ensure(!id.trim().is_empty(), partner.id.span(), || {
            "the id of a partner is empty".to_owned()
        });
        checks.ensure(seen.insert(id.clone()), partner.id.span(), || {
            format!("the partner {id:?} is there twice")
        });
        let weight = *partner.weight.get_ref();
        checks.ensure((0.0..=1.0).contains(&weight), partner.weight.span(), || {
            format!("the weight of {id} is {weight}: give a share from 0 to 1")
        });
        checks.ensure(
            place > 0 || (sum - 1.0).abs() <= 1e-6,
            partner.weight.span(),
            || {
                format!(
                    "the weights of the partners sum to {}, not to 1",
                    words::number(sum)
                )
            },
        );
        if let Some(cap) = &partner.cap {
            let pence = cap.get_ref().0;
            checks.ensure(!pence.is_negative(), cap.span(), || {
                format!("the cap of {id} is {pence}: it must not be negative")
            });
        }
        partners.push(Partner {
            weight: number::whole(weight * 1e9).map_or(0, i128::from),
            cap: partner.cap.map(|cap| cap.into_inner().0),
            name: partner.name,
            id,
        });
    }
    partners.sort_by(|one, other| one.id.cmp(&other.id));
    partners
}

/// What measures are checked against.
struct Under<'a> {
    /// In the order of their ids.
    partners: &'a [Partner],
    guarantee: &'a Guarantee,
    assured: Option<Date>,
}

fn measures(
    documents: Vec<MeasureDocument>,
    under: &Under<'_>,
    checks: &mut Checks,
) -> Vec<Measured> {
    let mut seen = BTreeSet::new();
    let mut measures = Vec::new();
    for measure in documents {
        let id = measure.id.get_ref().clone();
        checks.ensure(seen.insert(id.clone()), measure.id.span(), || {
            format!("the measure {id:?} is there twice: a benefit is claimed once")
        });
        let partner = measure.partner.get_ref();
        checks.ensure(
            under.partners.iter().any(|known| known.id == *partner),
            measure.partner.span(),
            || format!("{id} is of {partner:?}, which is no partner of the agreement"),
        );
        checks.ensure(
            !measure.evidence.get_ref().trim().is_empty(),
            measure.evidence.span(),
            || format!("{id} has no evidence: say what shows it"),
        );
        let day = said::date(&measure.measured_on, checks);
        if let (Some(day), Some(assured)) = (day, under.assured) {
            checks.ensure(day <= assured, measure.measured_on.span(), || {
                format!("{id} was measured on {day}, after the assurance date {assured}: it belongs to a later pack")
            });
        }
        let why_not = why_not(&measure, under.guarantee);
        measures.push(Measured {
            id,
            name: measure.name,
            partner: measure.partner.into_inner(),
            status: measure.status,
            annual_benefit: measure.annual_benefit.0,
            sustained_weeks: measure.sustained_weeks,
            evidence: measure.evidence.into_inner(),
            signed_by: measure.signed_by,
            measured_on: measure.measured_on.into_inner(),
            counts: why_not.is_none(),
            why_not,
        });
    }
    measures.sort_by(|one, other| one.id.cmp(&other.id));
    measures
}

/// Why a measure does not count. A loss counts whatever its state: nobody can leave one out by not
/// signing for it.
fn why_not(measure: &MeasureDocument, guarantee: &Guarantee) -> Option<String> {
    if measure.annual_benefit.0 < Pence::ZERO {
        return None;
    }
    if !guarantee.counts.contains(&measure.status) {
        return Some(format!(
            "it is {}, which the agreement does not count",
            measure.status.words()
        ));
    }
    if measure.sustained_weeks < guarantee.sustained_weeks {
        return Some(format!(
            "it has been sustained for {} weeks of {}",
            measure.sustained_weeks, guarantee.sustained_weeks
        ));
    }
    match &measure.signed_by {
        None => Some("nobody has signed for it".to_owned()),
        Some(by) if !guarantee.signed_by.contains(by) => Some(format!(
            "{by} has signed for it, who does not sign under the agreement"
        )),
        Some(_) => None,
    }
}

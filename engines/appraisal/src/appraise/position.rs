//! What it comes to for one partner, and for all.

use serde::Serialize;
use stour_kernel::Pence;

use super::cell::{LineResult, Part};
use super::signed;
use crate::case::{Case, Layer, Side};
use crate::discount::annuity;
use crate::number;

/// A number, or why it cannot be computed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measure<T> {
    /// The number.
    pub value: Option<T>,
    /// Why there is none.
    pub why_not: Option<String>,
}

impl<T> Measure<T> {
    pub(crate) const fn of(value: T) -> Self {
        Self {
            value: Some(value),
            why_not: None,
        }
    }

    pub(crate) fn none(why: &str) -> Self {
        Self {
            value: None,
            why_not: Some(why.to_owned()),
        }
    }
}

/// What is paid and gained, in present values, and what follows.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verdict {
    /// Present value of what is paid.
    pub costs: Pence,
    /// Present value of what is gained.
    pub benefits: Pence,
    /// The part of the benefits that can leave a budget.
    pub cashable_benefits: Pence,
    /// Benefits less costs.
    pub net_present_value: Pence,
    /// Benefits for each pound of costs.
    pub benefit_cost_ratio: Measure<f64>,
    /// The year from which the discounted sum of all until then is never again below nothing.
    pub payback_year: Measure<String>,
    /// The same without discounting.
    pub undiscounted_payback_year: Measure<String>,
    /// The net present value as equal amounts in each year after the base year.
    pub equivalent_annual_value: Measure<Pence>,
}

/// One year of a partner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// The year as people write it.
    pub year: String,
    /// What it pays.
    pub pays: Pence,
    /// What it gains.
    pub gains: Pence,
    /// The part of the fiscal gains that can leave its budget.
    pub cashable: Pence,
    /// Gains less payments.
    pub net: Pence,
    /// The sum of the net amounts until then.
    pub cumulative: Pence,
}

/// Where one partner stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Position {
    /// The partner's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Year by year, all layers, not discounted.
    pub years: Vec<Standing>,
    /// Fiscal lines only.
    pub financial: Verdict,
    /// All layers.
    pub public_value: Verdict,
}

/// The parts that count: of one partner or all, fiscal or all.
#[derive(Clone, Copy)]
struct Counted<'r> {
    lines: &'r [LineResult],
    partner: Option<usize>,
    is_financial: bool,
}

impl<'r> Counted<'r> {
    fn parts(self, side: Side) -> impl Iterator<Item = &'r Part> {
        self.lines
            .iter()
            .filter(move |line| {
                line.side == side && (!self.is_financial || line.layer == Layer::Fiscal)
            })
            .flat_map(|line| &line.parts)
            .filter(move |part| self.partner.is_none_or(|partner| part.partner == partner))
    }

    /// For each year, gains less payments.
    fn net(self, length: usize, amount: impl Fn(&Part) -> Pence) -> Option<Vec<Pence>> {
        let mut years = vec![Pence::ZERO; length];
        for side in [Side::Cost, Side::Benefit] {
            for part in self.parts(side) {
                let year = years.get_mut(part.year)?;
                *year = year.checked_add(signed(side, amount(part)))?;
            }
        }
        Some(years)
    }
}

impl Position {
    pub(super) fn of(case: &Case, lines: &[LineResult], place: usize) -> Option<Self> {
        let partner = case.partners.get(place)?;
        let all = Counted {
            lines,
            partner: Some(place),
            is_financial: false,
        };
        let mut cumulative = Pence::ZERO;
        let mut years = Vec::with_capacity(case.length);
        for (at, year) in case.all_years().enumerate() {
            let sum = |side, amount: fn(&Part) -> Pence| {
                Pence::checked_sum(all.parts(side).filter(|part| part.year == at).map(amount))
            };
            let pays = sum(Side::Cost, |part| part.amount)?;
            let gains = sum(Side::Benefit, |part| part.amount)?;
            let net = gains.checked_sub(pays)?;
            cumulative = cumulative.checked_add(net)?;
            years.push(Standing {
                year: case.years.label(year),
                pays,
                gains,
                cashable: sum(Side::Benefit, |part| part.cashable)?,
                net,
                cumulative,
            });
        }
        Some(Self {
            id: partner.id.clone(),
            name: partner.name.clone(),
            years,
            financial: Verdict::of(
                case,
                Counted {
                    is_financial: true,
                    ..all
                },
            )?,
            public_value: Verdict::of(case, all)?,
        })
    }
}

impl Verdict {
    pub(super) fn of_all(case: &Case, lines: &[LineResult], is_financial: bool) -> Option<Self> {
        Self::of(
            case,
            Counted {
                lines,
                partner: None,
                is_financial,
            },
        )
    }

    fn of(case: &Case, counted: Counted<'_>) -> Option<Self> {
        let sum =
            |side, amount: fn(&Part) -> Pence| Pence::checked_sum(counted.parts(side).map(amount));
        let costs = sum(Side::Cost, |part| part.present_value)?;
        let benefits = sum(Side::Benefit, |part| part.present_value)?;
        let net_present_value = benefits.checked_sub(costs)?;
        let benefit_cost_ratio = if costs == Pence::ZERO {
            Measure::none("nothing is paid")
        } else {
            Measure::of(number::real(benefits) / number::real(costs))
        };
        let discounted = counted.net(case.length, |part| part.present_value)?;
        let undiscounted = counted.net(case.length, |part| part.amount)?;
        let years = annuity(case.discounting.of(&case.discounting.basis));
        let equivalent_annual_value = if years > 0.0 {
            Measure::of(number::pence(number::real(net_present_value) / years)?)
        } else {
            Measure::none("the case has one year only")
        };
        Some(Self {
            costs,
            benefits,
            cashable_benefits: sum(Side::Benefit, |part| part.cashable_present_value)?,
            net_present_value,
            benefit_cost_ratio,
            payback_year: payback(case, &discounted, costs),
            undiscounted_payback_year: payback(case, &undiscounted, costs),
            equivalent_annual_value,
        })
    }
}

/// The first year from which the running sum is never below nothing.
fn payback(case: &Case, net: &[Pence], costs: Pence) -> Measure<String> {
    if costs == Pence::ZERO {
        return Measure::none("nothing is paid");
    }
    let mut sum = 0_i64;
    let mut since = None;
    for (year, net) in case.all_years().zip(net) {
        sum = sum.saturating_add(net.as_i64());
        since = if sum < 0 { None } else { since.or(Some(year)) };
    }
    since.map_or_else(
        || Measure::none("what is paid is not gained back within the years of the case"),
        |year| Measure::of(case.years.label(year)),
    )
}

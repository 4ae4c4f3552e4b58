//! What it comes to for one partner, and for all.

use serde::Serialize;
use stour_kernel::Pence;

use super::cell::{LineResult, Part};
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
    /// The year, not before something is paid, from which the discounted sum of all until then is never
    /// again below nothing.
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

    /// The sum for each year of the parts of one side.
    fn by_year(self, length: usize, side: Side, amount: fn(&Part) -> Pence) -> Option<Vec<Pence>> {
        let mut years = vec![Pence::ZERO; length];
        for part in self.parts(side) {
            let year = years.get_mut(part.year)?;
            *year = year.checked_add(amount(part))?;
        }
        Some(years)
    }

    /// For each year, gains less payments.
    fn net(self, length: usize, amount: fn(&Part) -> Pence) -> Option<Vec<Pence>> {
        let pays = self.by_year(length, Side::Cost, amount)?;
        let gains = self.by_year(length, Side::Benefit, amount)?;
        let years = gains.into_iter().zip(pays);
        years.map(|(gains, pays)| gains.checked_sub(pays)).collect()
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
        Some(Self {
            id: partner.id.clone(),
            name: partner.name.clone(),
            years: standings(case, all)?,
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

/// Year by year, what these parts come to.
fn standings(case: &Case, counted: Counted<'_>) -> Option<Vec<Standing>> {
    let pays = counted.by_year(case.length, Side::Cost, |part| part.amount)?;
    let gains = counted.by_year(case.length, Side::Benefit, |part| part.amount)?;
    let cashable = counted.by_year(case.length, Side::Benefit, |part| part.cashable)?;
    let mut cumulative = Pence::ZERO;
    let amounts = pays.into_iter().zip(gains).zip(cashable);
    case.all_years()
        .zip(amounts)
        .map(|(year, ((pays, gains), cashable))| {
            let net = gains.checked_sub(pays)?;
            cumulative = cumulative.checked_add(net)?;
            Some(Standing {
                year: case.years.label(year),
                pays,
                gains,
                cashable,
                net,
                cumulative,
            })
        })
        .collect()
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
        let paid = counted.parts(Side::Cost);
        let paid = paid.filter(|part| part.amount > Pence::ZERO);
        let first_paid = paid.map(|part| part.year).min();
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
            payback_year: payback(case, &discounted, first_paid),
            undiscounted_payback_year: payback(case, &undiscounted, first_paid),
            equivalent_annual_value,
        })
    }
}

/// The first year, not before the first in which something is paid, from which the running sum is never
/// below nothing.
fn payback(case: &Case, net: &[Pence], first_paid: Option<usize>) -> Measure<String> {
    let Some(first_paid) = first_paid else {
        return Measure::none("nothing is paid");
    };
    let mut sum = 0_i64;
    let mut since = None;
    for (place, (year, net)) in case.all_years().zip(net).enumerate() {
        sum = sum.saturating_add(net.as_i64());
        since = if sum < 0 || place < first_paid {
            None
        } else {
            since.or(Some(year))
        };
    }
    since.map_or_else(
        || Measure::none("what is paid is not gained back within the years of the case"),
        |year| Measure::of(case.years.label(year)),
    )
}

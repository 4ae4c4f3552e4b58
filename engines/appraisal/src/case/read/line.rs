//! One line of a case.

use std::collections::BTreeMap;
use std::ops::Range;

use stour_kernel::Pence;
use toml::Spanned;

use super::made::{amounts_by_year, driven, prices};
use super::{Frame, billionths, in_range};
use crate::amount;
use crate::case::document::{LineDocument, Shared};
use crate::case::{Kind, Layer, Line, Side};
use crate::discount::Basis;
use crate::evidence;
use crate::mistake::Checks;
use crate::number;
use crate::optimism::{Corrected, Optimism, Written};
use crate::price::WrittenBase;
use crate::words;
use crate::year;

/// The largest amount of a line in a year, in pence: ten times the largest that a document may state.
const LARGEST: i64 = 10 * amount::LARGEST;

/// How far shares may sum from 1, for numbers such as a third.
const NEAR: f64 = 1e-6;

pub(super) fn check(
    id: String,
    line: LineDocument,
    at: Range<usize>,
    frame: &Frame<'_>,
    checks: &mut Checks,
) -> Option<Line> {
    let shares = parties(&id, &line, &at, frame, checks);
    check_benefit(&id, &line, &at, checks);
    let optimism = optimism(&id, &line, &at, frame, checks);
    let basis = basis(&line, frame, checks);
    let made = match (&line.amounts, &line.driver) {
        (Some(amounts), None) => amounts_by_year(&id, amounts, frame, checks),
        (None, Some(driver)) => driven(&id, driver, line.side == Side::Benefit, frame, checks),
        _ => {
            checks.refuse(
                at.clone(),
                format!("{id} has either amounts by year or a driver, one of the two"),
            );
            None
        }
    };
    let Some(price_base) = &line.price_base else {
        checks.refuse(
            at,
            format!(
                "{id} has amounts without a price_base: name the year of its prices, or \"cash\""
            ),
        );
        return None;
    };
    if let WrittenBase::Year(base) = price_base.get_ref() {
        year::check(
            *base,
            &format!("the price_base of {id}"),
            price_base.span(),
            checks,
        );
    }
    let mut made = made?;
    let prices = prices(
        &made,
        price_base.get_ref().into(),
        price_base.span(),
        frame,
        checks,
    )?;
    let optimism = optimism?;
    made.factors.optimism = optimism.rate;
    let line = Line {
        id,
        name: line.name,
        side: line.side,
        layer: line.layer,
        intervention: line.intervention,
        source: line.source,
        owner: line.owner,
        claims: line.claims.map(Spanned::into_inner),
        evidence: line.evidence.map(Spanned::into_inner),
        optimism,
        cashable: line.cashable.map(Spanned::into_inner),
        basis,
        shares: shares?,
        cohort: made.cohort,
        driven: made.driven,
        first: made.first,
        last: made.last,
        schedule: made.schedule,
        prices,
        factors: made.factors,
    };
    check_amounts(&line, at, frame, checks);
    Some(line)
}

/// Refuses an amount that is beyond what any case comes to, so that sums of them fit.
fn check_amounts(line: &Line, at: Range<usize>, frame: &Frame<'_>, checks: &mut Checks) {
    let largest = number::real(Pence::new(LARGEST));
    let mut years = frame.all_years().enumerate();
    let beyond = years.find(|(place, _)| line.amount(&line.factors, *place) > largest);
    if let Some((_, year)) = beyond {
        checks.refuse(
            at,
            format!(
                "{} comes to more than {} in {year}: check its population, its values and its prices",
                line.id,
                Pence::new(LARGEST)
            ),
        );
    }
}

fn optimism(
    id: &str,
    line: &LineDocument,
    at: &Range<usize>,
    frame: &Frame<'_>,
    checks: &mut Checks,
) -> Option<Optimism> {
    let Some(written) = &line.optimism_bias else {
        let reason = format!("{id} has no optimism_bias: say how much and why, also where it is 0");
        checks.refuse(at.clone(), reason);
        return None;
    };
    let of = Corrected {
        is_benefit: line.side == Side::Benefit,
        evidence: line.evidence.as_ref(),
        table: frame.by_evidence,
    };
    Written::check(written, of, checks)
}

fn basis(line: &LineDocument, frame: &Frame<'_>, checks: &mut Checks) -> Basis {
    let Some(named) = &line.discount else {
        return frame.discounting.basis.clone();
    };
    let basis = named.get_ref();
    checks.ensure(frame.discounting.has(basis), named.span(), || {
        frame.discounting.unknown(basis)
    });
    basis.clone()
}

/// Who pays or gains: the place of each partner, and its share in billionths.
fn parties(
    id: &str,
    line: &LineDocument,
    at: &Range<usize>,
    frame: &Frame<'_>,
    checks: &mut Checks,
) -> Option<Vec<(usize, i128)>> {
    let (wanted, other, names) = match line.side {
        Side::Cost => (&line.paid_by, &line.gained_by, ["paid_by", "gained_by"]),
        Side::Benefit => (&line.gained_by, &line.paid_by, ["gained_by", "paid_by"]),
    };
    if let Some(other) = other {
        checks.refuse(
            other.span(),
            format!(
                "{id} is on the other side: it has {}, not {}",
                names[0], names[1]
            ),
        );
    }
    let Some(given) = wanted else {
        checks.refuse(at.clone(), format!("{id} does not say {}", names[0]));
        return None;
    };
    let shares = match given.get_ref() {
        Shared::One(partner) => BTreeMap::from([(partner.clone(), 1.0)]),
        Shared::Several(several) => several.clone(),
    };
    let sum: f64 = shares.values().sum();
    checks.ensure((sum - 1.0).abs() <= NEAR, given.span(), || {
        format!("the shares of {id} sum to {}, not to 1", words::number(sum))
    });
    let mut found = Vec::new();
    for (partner, share) in &shares {
        in_range(
            *share,
            1.0,
            &format!("the share of {partner} in {id}"),
            given.span(),
            checks,
        );
        let Ok(place) = frame
            .partners
            .binary_search_by(|known| known.id.cmp(partner))
        else {
            checks.refuse(
                given.span(),
                format!("{id} names {partner:?}, which is no partner of the case"),
            );
            continue;
        };
        let is_agency = frame
            .partners
            .get(place)
            .is_some_and(|known| known.kind == Kind::Agency);
        checks.ensure(is_agency || line.layer != Layer::Fiscal, given.span(), || {
            format!("{id} is fiscal, but {partner} is not an agency: money of the public purse is an agency's")
        });
        found.push((place, billionths(*share)?));
    }
    Some(found)
}

/// What only a benefit has, and what every benefit must have.
fn check_benefit(id: &str, line: &LineDocument, at: &Range<usize>, checks: &mut Checks) {
    let is_benefit = line.side == Side::Benefit;
    if let Some(design) = &line.evidence {
        let designs = evidence::designs();
        let names: Vec<&str> = designs.iter().map(String::as_str).collect();
        checks.ensure(designs.contains(&design.get_ref().0), design.span(), || {
            format!(
                "{:?} is no design of a study that is known here: use {}",
                design.get_ref().0,
                words::any_of(&names)
            )
        });
    }
    if is_benefit {
        checks.ensure(line.claims.is_some(), at.clone(), || {
            format!("{id} does not say what change it claims: give claims, so that no other line claims the same")
        });
        checks.ensure(line.evidence.is_some(), at.clone(), || {
            format!("{id} does not say its evidence: give the design of the study, or \"none\"")
        });
        if let Some(claims) = &line.claims {
            let is_blank = claims.get_ref().trim().is_empty();
            checks.ensure(!is_blank, claims.span(), || {
                format!("{id} claims nothing: name the change that it claims")
            });
        }
    } else if let Some(claims) = &line.claims {
        checks.refuse(
            claims.span(),
            format!("{id} is a cost: it claims no benefit"),
        );
    }
    let needs = is_benefit && line.layer == Layer::Fiscal;
    match &line.cashable {
        Some(cashable) => {
            checks.ensure(needs, cashable.span(), || {
                format!("{id}: only a fiscal benefit can be cashable")
            });
            in_range(
                *cashable.get_ref(),
                1.0,
                &format!("cashable of {id}"),
                cashable.span(),
                checks,
            );
        }
        None => checks.ensure(!needs, at.clone(), || {
            format!("{id} is a fiscal benefit: say which part is cashable, 0 to 1")
        }),
    }
}

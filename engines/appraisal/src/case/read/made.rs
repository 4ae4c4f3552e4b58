//! What makes the amounts of a line.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;

use super::{Frame, in_range, schedule, year_place};
use crate::amount::Amount;
use crate::case::document::{Driver, Schedule};
use crate::case::line::Driven;
use crate::case::{Factors, Field};
use crate::mistake::Checks;
use crate::number;
use crate::price::{self, PriceBase};

/// What makes the amounts of a line.
pub(super) struct Made {
    pub(super) cohort: Option<String>,
    pub(super) driven: Option<Driven>,
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) schedule: Vec<f64>,
    pub(super) factors: Factors,
}

pub(super) fn amounts_by_year(
    id: &str,
    amounts: &Spanned<BTreeMap<String, Amount>>,
    frame: &Frame<'_>,
    checks: &mut Checks,
) -> Option<Made> {
    let mut schedule = vec![0.0; frame.length];
    let mut places = Vec::new();
    for (year, amount) in amounts.get_ref() {
        checks.ensure(!amount.0.is_negative(), amounts.span(), || {
            format!(
                "{id} has {} in {year}: a line is not negative, what is paid back is a benefit",
                amount.0
            )
        });
        let place = year_place(year, frame);
        checks.ensure(place.is_some(), amounts.span(), || {
            format!("{id} has an amount for {year:?}, which is no year of the case")
        });
        if let Some(slot) = place.and_then(|place| schedule.get_mut(place)) {
            *slot = number::real(amount.0);
        }
        places.extend(place);
    }
    let (first, last) = (places.iter().min(), places.iter().max());
    checks.ensure(first.is_some(), amounts.span(), || {
        format!("{id} has no amounts")
    });
    let (first, last) = (*first?, *last?);
    let absent = (first..=last).find(|place| !places.contains(place));
    if let Some(year) = absent.and_then(|place| frame.all_years().nth(place)) {
        checks.refuse(
            amounts.span(),
            format!("{id} has no amount for {year}, but for years before and after: give it, also where it is 0"),
        );
    }
    Some(Made {
        cohort: None,
        driven: None,
        first,
        last,
        schedule,
        factors: Factors::NEUTRAL,
    })
}

pub(super) fn driven(
    id: &str,
    driver: &Spanned<Driver>,
    is_benefit: bool,
    frame: &Frame<'_>,
    checks: &mut Checks,
) -> Option<Made> {
    let at = driver.span();
    let driver = driver.get_ref();
    let what = format!("take_up of {id}");
    let take_up = schedule(&driver.take_up, frame.length, 1.0, &what, checks);
    let mut factors = factors(id, driver, is_benefit, &at, checks);
    let mut place = |year: &Spanned<i32>, name: &str| {
        let found = year_place(&year.get_ref().to_string(), frame);
        checks.ensure(found.is_some(), year.span(), || {
            format!(
                "{name} of {id} is {}, which is no year of the case",
                year.get_ref()
            )
        });
        found
    };
    let first = place(&driver.first_year, "first_year");
    let last = place(&driver.last_year, "last_year");
    // A year that is none of the case's has been told.
    let is_known = first.is_some() && last.is_some();
    checks.ensure(!is_known || first <= last, driver.last_year.span(), || {
        format!("{id} ends before it begins")
    });
    let cohort = driver.cohort.get_ref();
    let Some(people) = frame.cohorts.get(cohort).map(|known| &known.people) else {
        let reason = format!("{id} names the cohort {cohort:?}, which the case does not have");
        checks.refuse(driver.cohort.span(), reason);
        return None;
    };
    let take_up_by_year = match driver.take_up.get_ref() {
        Schedule::Every(value) => {
            factors.take_up = *value;
            None
        }
        Schedule::Each(_) => Some(take_up?),
    };
    let schedule = match &take_up_by_year {
        None => people.clone(),
        Some(take_up) => people
            .iter()
            .zip(take_up)
            .map(|(people, part)| people * part)
            .collect(),
    };
    Some(Made {
        cohort: Some(cohort.clone()),
        driven: Some(Driven {
            unit: driver.unit.clone(),
            people: people.clone(),
            take_up_by_year,
        }),
        first: first?,
        last: last?,
        schedule,
        factors,
    })
}

/// What multiplies the people who take part.
fn factors(
    id: &str,
    driver: &Driver,
    is_benefit: bool,
    at: &Range<usize>,
    checks: &mut Checks,
) -> Factors {
    let mut factors = Factors::NEUTRAL;
    factors.impact = *driver.impact.get_ref();
    in_range(
        factors.impact,
        *Field::Impact.range(is_benefit).end(),
        &format!("impact of {id}"),
        driver.impact.span(),
        checks,
    );
    let value = driver.unit_value.get_ref().0;
    checks.ensure(!value.is_negative(), driver.unit_value.span(), || {
        format!("unit_value of {id} is {value}: it must not be negative")
    });
    factors.unit_value = number::real(value);
    for (field, written) in [
        (Field::Deadweight, &driver.deadweight),
        (Field::Displacement, &driver.displacement),
        (Field::DropOff, &driver.drop_off),
        (Field::Lag, &driver.lag),
    ] {
        let name = field.as_str();
        let Some(written) = written else {
            checks.ensure(!is_benefit, at.clone(), || {
                format!("{id} does not say its {name}: give it, also where it is 0")
            });
            continue;
        };
        checks.ensure(is_benefit, written.span(), || {
            format!("{id} is a cost: it has no {name}")
        });
        let value = *written.get_ref();
        factors.set(field, value);
        in_range(
            value,
            *field.range(is_benefit).end(),
            &format!("{name} of {id}"),
            written.span(),
            checks,
        );
    }
    factors
}

/// What a pound of the line is in the case's prices, in each year that the line has.
pub(super) fn prices(
    made: &Made,
    base: PriceBase,
    at: Range<usize>,
    frame: &Frame<'_>,
    checks: &mut Checks,
) -> Option<Vec<f64>> {
    let mut prices = Vec::with_capacity(frame.length);
    for (place, year) in frame.all_years().enumerate() {
        if place < made.first || place > made.last {
            prices.push(1.0);
            continue;
        }
        match price::factor(frame.deflator, base, year, frame.price_base) {
            Ok(factor) => prices.push(factor),
            Err(reason) => {
                checks.refuse(at, reason);
                return None;
            }
        }
    }
    Some(prices)
}

//! What selectors mean, written anew.

use stour_indicators::Selector;
use stour_kernel::Date;

use crate::world::{Thing, descriptions, members};

/// How many days after one date another is.
pub(crate) fn days(from: Date, to: Date) -> i64 {
    i64::from(from.until(to).unwrap().get_days())
}

/// Whether the words of a fact are meant.
pub(crate) fn says(selector: &Selector, thing: &Thing) -> bool {
    let description = &descriptions()[thing.what];
    let upper = |code: &str| code.to_ascii_uppercase();
    for (field, codes) in &selector.is {
        let code = upper(description.field(field));
        if !codes.iter().any(|known| upper(known) == code) {
            return false;
        }
    }
    for (field, codes) in &selector.is_not {
        let code = upper(description.field(field));
        if codes.iter().any(|known| upper(known) == code) {
            return false;
        }
    }
    let in_group = |field: &str, groups: &[String]| {
        let code = upper(description.field(field));
        let mut members = groups.iter().flat_map(|group| members(field, group));
        members.any(|known| upper(&known) == code)
    };
    if selector
        .group
        .iter()
        .any(|(field, groups)| !in_group(field, groups))
        || selector
            .group_not
            .iter()
            .any(|(field, groups)| in_group(field, groups))
    {
        return false;
    }
    let begins = |field: &str, codes: &[String]| {
        let code = upper(description.field(field));
        codes.iter().any(|known| code.starts_with(&upper(known)))
    };
    selector.kind == description.kind
        && selector
            .starts_with
            .iter()
            .all(|(field, codes)| begins(field, codes))
        && !selector
            .starts_with_not
            .iter()
            .any(|(field, codes)| begins(field, codes))
}

/// Whether age and lengths are meant.
pub(crate) fn fits(selector: &Selector, thing: &Thing, age: Option<i32>, as_of: Date) -> bool {
    let nights = days(thing.started, thing.ended.unwrap_or(as_of));
    let nights = i32::try_from(nights).unwrap();
    let since = thing.quantity.map(|number| {
        let named = stour_indicators::Day::new(number).date().unwrap();
        i32::try_from(days(named, thing.ended.unwrap_or(as_of))).unwrap()
    });
    let bounds = [
        (age, selector.age_from, selector.age_before),
        (Some(nights), selector.nights_from, selector.nights_before),
        (
            thing.quantity,
            selector.quantity_from,
            selector.quantity_before,
        ),
        (
            since,
            selector.days_since_quantity_from,
            selector.days_since_quantity_before,
        ),
    ];
    for (number, from, before) in bounds {
        if from.is_some_and(|from| number.is_none_or(|number| number < from)) {
            return false;
        }
        if before.is_some_and(|before| number.is_none_or(|number| number >= before)) {
            return false;
        }
    }
    if selector.quantity_known && thing.quantity.is_none() {
        return false;
    }
    let weekday = thing
        .ended
        .map(|ended| i32::from(ended.weekday().to_monday_one_offset()));
    selector.ended_on.is_empty() || weekday.is_some_and(|day| selector.ended_on.contains(&day))
}

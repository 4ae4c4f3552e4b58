//! Which facts are meant.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::columns::Event;
use crate::vocabulary::Description;

/// Which facts are meant, by their kind, their codes, the age of the person and how long they lasted.
///
/// Codes are compared without regard to case, as the systems that send them do not agree on it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Selector {
    /// The kind of fact: `spell`.
    pub kind: String,
    /// Fields that have one of these codes.
    #[serde(default)]
    pub is: BTreeMap<String, Vec<String>>,
    /// Fields that have none of these codes; one that is not known has none.
    #[serde(default)]
    pub is_not: BTreeMap<String, Vec<String>>,
    /// Fields whose code is in one of these groups of its code list.
    #[serde(default)]
    pub group: BTreeMap<String, Vec<String>>,
    /// Fields whose code is in none of these groups.
    #[serde(default)]
    pub group_not: BTreeMap<String, Vec<String>>,
    /// Fields whose code begins with one of these: `J15` of a diagnosis.
    #[serde(default)]
    pub starts_with: BTreeMap<String, Vec<String>>,
    /// Fields whose code begins with none of these.
    #[serde(default)]
    pub starts_with_not: BTreeMap<String, Vec<String>>,
    /// The least age in whole years on the day that counts.
    pub age_from: Option<i32>,
    /// The first age that is too old.
    pub age_before: Option<i32>,
    /// The fewest nights; a fact that goes on has as many as there were until the day of counting.
    pub nights_from: Option<i32>,
    /// The first number of nights that is too many.
    pub nights_before: Option<i32>,
    /// Days of the week on which it ended, 1 for Monday to 7 for Sunday.
    #[serde(default)]
    pub ended_on: Vec<i32>,
    /// The least quantity: minutes, a score. A quantity that is not known is below any.
    pub quantity_from: Option<i32>,
    /// The first quantity that is too large.
    pub quantity_before: Option<i32>,
    /// Whether the quantity must be known.
    #[serde(default)]
    pub quantity_known: bool,
    /// The fewest days from the day that the quantity names to the day it ended, or to the day of counting while it goes
    /// on; fewer than none where the day came after that. Of a quantity that is not known there are none to count.
    pub days_since_quantity_from: Option<i32>,
    /// The first number of those days that is too many.
    pub days_since_quantity_before: Option<i32>,
}

impl Selector {
    /// The same with groups written out as their codes. `members` are the codes of a field that belong to a group of its
    /// code list.
    pub(crate) fn written_out(&self, members: &impl Fn(&str, &str) -> Vec<String>) -> Self {
        let codes = |groups: &BTreeMap<String, Vec<String>>| {
            let of = |(field, groups): (&String, &Vec<String>)| {
                let codes = groups.iter().flat_map(|group| members(field, group));
                (field.clone(), codes.collect())
            };
            groups.iter().map(of).collect()
        };
        Self {
            group: codes(&self.group),
            group_not: codes(&self.group_not),
            ..self.clone()
        }
    }

    /// Whether the words of a fact are those that are meant, once groups are written out.
    pub(crate) fn says(&self, description: &Description) -> bool {
        let one_of = |codes: &[String], code: &str| {
            codes.iter().any(|known| known.eq_ignore_ascii_case(code))
        };
        let begins = |codes: &[String], code: &str| {
            let begins = |known: &String| {
                code.get(..known.len())
                    .is_some_and(|start| start.eq_ignore_ascii_case(known))
            };
            codes.iter().any(begins)
        };
        let all = |wanted: &BTreeMap<String, Vec<String>>,
                   holds: &dyn Fn(&[String], &str) -> bool| {
            wanted
                .iter()
                .all(|(field, codes)| holds(codes, description.field(field)))
        };
        self.kind == description.kind
            && all(&self.is, &one_of)
            && all(&self.is_not, &|codes, code| !one_of(codes, code))
            && all(&self.group, &one_of)
            && all(&self.group_not, &|codes, code| !one_of(codes, code))
            && all(&self.starts_with, &begins)
            && all(&self.starts_with_not, &|codes, code| !begins(codes, code))
    }

    /// Whether anything but words is asked.
    pub(crate) const fn measures(&self) -> bool {
        self.age_from.is_some()
            || self.age_before.is_some()
            || self.nights_from.is_some()
            || self.nights_before.is_some()
            || !self.ended_on.is_empty()
            || self.quantity_from.is_some()
            || self.quantity_before.is_some()
            || self.quantity_known
            || self.days_since_quantity_from.is_some()
            || self.days_since_quantity_before.is_some()
    }

    /// Whether age and lengths are those that are meant, on a day of counting `as_of`.
    pub(crate) fn fits(&self, event: &Event, age: Option<i32>, as_of: i32) -> bool {
        let within = |number: Option<i32>, from: Option<i32>, before: Option<i32>| {
            let at_least = from.is_none_or(|from| number.is_some_and(|number| number >= from));
            at_least && before.is_none_or(|before| number.is_some_and(|number| number < before))
        };
        let until = event.ended.number().min(as_of);
        let nights = until.saturating_sub(event.started.number());
        let quantity = (event.quantity != Event::UNKNOWN).then_some(event.quantity);
        within(age, self.age_from, self.age_before)
            && within(Some(nights), self.nights_from, self.nights_before)
            && within(quantity, self.quantity_from, self.quantity_before)
            && (quantity.is_some() || !self.quantity_known)
            && within(
                quantity.map(|day| until.saturating_sub(day)),
                self.days_since_quantity_from,
                self.days_since_quantity_before,
            )
            && (self.ended_on.is_empty()
                || (event.ended.is_known()
                    && self.ended_on.contains(&weekday(event.ended.number()))))
    }
}

/// 1 for Monday to 7 for Sunday: 1 January 1970 was a Thursday.
const fn weekday(day: i32) -> i32 {
    (day.wrapping_add(3)).rem_euclid(7) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_days_of_the_week_are_those_of_the_calendar() {
        for number in -20_000..30_000 {
            let date = crate::Day::new(number).date().unwrap();
            assert_eq!(
                weekday(number),
                i32::from(date.weekday().to_monday_one_offset())
            );
        }
    }
}

//! One matter from its first item to its latest, across committees.

use std::collections::{BTreeMap, BTreeSet};

use stour_kernel::Date;

use super::{Held, Record};
use crate::noun::item::Item;
use crate::noun::resolution::Resolution;

/// Something that happened in a matter.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Step<'r> {
    /// An item of a meeting.
    Item(&'r Held<Item>),
    /// A decision of one person.
    Alone(&'r Held<Resolution>),
}

impl Step<'_> {
    /// The day, where it is known.
    pub(crate) fn date(&self, record: &Record) -> Option<Date> {
        match self {
            Self::Item(item) => record.meeting_of(item)?.date,
            Self::Alone(resolution) => resolution.decided,
        }
    }
}

/// Every step of the matter of an item, in the order in which they happened. A step whose day is not known stands
/// after all that it comes after.
pub(crate) fn chain(record: &Record, item: i64) -> Vec<Step<'_>> {
    let before = links(record);
    let members = connected(&before, item);
    let mut places = Places {
        record,
        before: &before,
        known: BTreeMap::new(),
    };
    let mut steps: Vec<(Place, Step<'_>)> = Vec::new();
    for number in &members {
        if let Some(item) = record.items.get(Some(*number)) {
            steps.push((places.of(*number), Step::Item(item)));
        }
    }
    let alone = record.resolutions.iter().filter(|resolution| {
        resolution.item.is_none()
            && resolution
                .about
                .is_some_and(|about| members.contains(&about))
    });
    for resolution in alone {
        let after = resolution
            .about
            .map(|about| places.of(about))
            .unwrap_or_default();
        let place = Place {
            day: resolution.decided.max(after.day),
            depth: after.depth.saturating_add(1),
            number: resolution.number,
        };
        steps.push((place, Step::Alone(resolution)));
    }
    steps.sort_by_key(|(place, _)| *place);
    steps.into_iter().map(|(_, step)| step).collect()
}

/// What each item comes after: what it follows, and what it is a duplicate of.
fn links(record: &Record) -> BTreeMap<i64, Vec<i64>> {
    let items = record.items.iter();
    items
        .map(|item| {
            let before = item.follows.iter().chain(&item.duplicate_of).copied();
            let seen = before.filter(|number| record.items.has(Some(*number)));
            (item.number, seen.collect())
        })
        .collect()
}

/// All items that are linked with one, however indirectly.
fn connected(before: &BTreeMap<i64, Vec<i64>>, item: i64) -> BTreeSet<i64> {
    let mut near: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for (number, others) in before {
        for other in others {
            near.entry(*number).or_default().push(*other);
            near.entry(*other).or_default().push(*number);
        }
    }
    let mut members = BTreeSet::new();
    let mut waiting = vec![item];
    while let Some(number) = waiting.pop() {
        if members.insert(number) {
            waiting.extend(near.get(&number).into_iter().flatten());
        }
    }
    members
}

/// Where a step stands among others.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    /// Its day, or the latest day of what it comes after.
    day: Option<Date>,
    /// How many it comes after, one behind the other.
    depth: u32,
    number: i64,
}

struct Places<'r> {
    record: &'r Record,
    before: &'r BTreeMap<i64, Vec<i64>>,
    known: BTreeMap<i64, Place>,
}

impl Places<'_> {
    fn of(&mut self, number: i64) -> Place {
        if let Some(place) = self.known.get(&number) {
            return *place;
        }
        let item = self.record.items.get(Some(number));
        let own = item.and_then(|item| self.record.meeting_of(item)?.date);
        // Stands in case the items go round, which no form lets happen but loaded data could.
        let alone = Place {
            day: own,
            depth: 0,
            number,
        };
        self.known.insert(number, alone);
        let before = self.before.get(&number).cloned().unwrap_or_default();
        let places: Vec<Place> = before.into_iter().map(|before| self.of(before)).collect();
        let latest = places.iter().filter_map(|place| place.day).max();
        let depth = places
            .iter()
            .map(|place| place.depth.saturating_add(1))
            .max();
        let place = Place {
            day: own.or(latest),
            depth: depth.unwrap_or(0),
            number,
        };
        self.known.insert(number, place);
        place
    }
}

//! Who lives in a place, by the reference data.

use std::collections::BTreeMap;

use stour_kernel::{GssCode, LocalityCode};
use stour_partnership::{Lsoa, People, Place, Reference};

use crate::words;

/// Where the numbers of people are from.
pub(super) const PEOPLE_SOURCE: &str = "Office for National Statistics, estimates of mid-2020 for lower-layer super output areas of 2011";

/// Where the tenths of deprivation are from.
pub(super) const TENTHS_SOURCE: &str = "English Index of Multiple Deprivation 2019, Ministry of Housing, Communities and Local Government";

/// The tenths of a fifth of England's small areas.
pub(super) const FIFTH: u8 = 2;

/// One of the ten tenths into which England's small areas are ordered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tenth {
    /// How many small areas lie in it.
    pub(super) areas: u32,
    /// How many people live in them.
    pub(super) people: u32,
}

/// The people of some small areas.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Living {
    /// By age.
    pub(super) people: People,
    /// By how deprived their small area is, the most deprived tenth first.
    pub(super) tenths: [Tenth; 10],
    /// By council as it is now.
    pub(super) councils: BTreeMap<GssCode, u32>,
    /// By the locality that their small area is taken to belong to.
    pub(super) localities: BTreeMap<LocalityCode, u32>,
}

impl Living {
    /// Everybody.
    pub(super) fn of_whole(reference: &Reference) -> Self {
        Self::of(reference, |_| true)
    }

    /// Those of a place; none where no small area lies in it.
    pub(super) fn of_place(reference: &Reference, place: &Place) -> Option<Self> {
        let found = Self::of(reference, |area| place.holds(area));
        (found.areas() > 0).then_some(found)
    }

    fn of(reference: &Reference, holds: impl Fn(&Lsoa) -> bool) -> Self {
        let mut found = Self::default();
        let mut ages = Vec::new();
        for area in reference.lsoas.iter().filter(|area| holds(area)) {
            let Some(people) = reference.people_of(&area.code) else {
                continue;
            };
            let all = people.total();
            ages.push(people);
            let place = usize::from(area.imd_decile).checked_sub(1);
            if let Some(tenth) = place.and_then(|place| found.tenths.get_mut(place)) {
                tenth.areas = tenth.areas.saturating_add(1);
                tenth.people = tenth.people.saturating_add(all);
            }
            let council = found.councils.entry(area.council).or_default();
            *council = council.saturating_add(all);
            let locality = found.localities.entry(area.locality.clone()).or_default();
            *locality = locality.saturating_add(all);
        }
        found.people = ages.into_iter().sum();
        found
    }

    /// How many small areas there are.
    pub(super) fn areas(&self) -> u32 {
        self.tenths.iter().map(|tenth| tenth.areas).sum()
    }

    /// How many people there are.
    pub(super) fn total(&self) -> u32 {
        self.people.total()
    }

    /// How many are of an age, which is a multiple of five, or older.
    pub(super) fn aged_from(&self, age: u8) -> u32 {
        self.people.from_age(age).unwrap_or_default()
    }

    /// The per cent of the people who are of an age, which is a multiple of five, or older.
    pub(super) fn share_from(&self, age: u8) -> f64 {
        share(self.aged_from(age), self.total())
    }

    /// The small areas and people in the most deprived tenths, so many of them.
    pub(super) fn most_deprived(&self, tenths: u8) -> Tenth {
        let chosen = self.tenths.iter().take(usize::from(tenths));
        chosen.fold(Tenth::default(), |sum, tenth| Tenth {
            areas: sum.areas.saturating_add(tenth.areas),
            people: sum.people.saturating_add(tenth.people),
        })
    }

    /// The per cent of the people who live in the most deprived tenths, so many of them.
    pub(super) fn share_most_deprived(&self, tenths: u8) -> f64 {
        share(self.most_deprived(tenths).people, self.total())
    }
}

/// A part of a whole in per cent; nought of nothing.
pub(super) fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 {
        return 0.0;
    }
    100.0 * f64::from(part) / f64::from(whole)
}

/// "24.9%".
pub(super) fn per_cent(share: f64) -> String {
    format!("{share:.1}%")
}

/// "48,210".
pub(super) fn count(number: u32) -> String {
    words::count(u64::from(number))
}

/// "85 to 89", "90 and over", by the youngest age of a band.
pub(super) fn band(from: u8) -> String {
    if from >= 90 {
        "90 and over".to_owned()
    } else {
        format!("{from} to {}", from.saturating_add(4))
    }
}

/// Simple fractions, in per cent, as they are said.
const FRACTIONS: [(f64, &str); 9] = [
    (10.0, "one in ten"),
    (100.0 / 7.0, "one in seven"),
    (100.0 / 6.0, "one in six"),
    (20.0, "one in five"),
    (25.0, "one in four"),
    (30.0, "three in ten"),
    (100.0 / 3.0, "one in three"),
    (40.0, "two in five"),
    (50.0, "half"),
];

/// How far a fraction may be from what it stands for, in hundredths of the whole.
const NEAR: f64 = 2.0;

/// "about one in four"; in per cent where no simple fraction is near.
pub(super) fn fraction(share: f64) -> String {
    let apart = |(fraction, _): &&(f64, &str)| (fraction - share).abs();
    let nearest = FRACTIONS
        .iter()
        .min_by(|one, other| apart(one).total_cmp(&apart(other)));
    match nearest.filter(|found| apart(found) <= NEAR) {
        Some((_, said)) => format!("about {said}"),
        None => format!("{share:.0}%"),
    }
}

#[cfg(test)]
mod tests;

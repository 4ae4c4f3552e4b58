//! Rules of trust: what holds a link whatever its weight. Most wrong links are between relatives, or come
//! of one wrong number; each of these rules stops one way in which that happens. `docs/decisions` tells
//! why each exists.

use std::fmt;

use crate::compare::{Pattern, Side};
use crate::model::{
    BIRTH_ORDER, BORN, EMAIL, FAMILY, GIVEN, MIDDLE, NUMBER, RESIDENCE, SEX, TELEPHONE,
};
use crate::record::NumberStatus;

/// Why a link is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// One of the two records is restricted: a match must not tell where the person is.
    Restricted,
    /// The index has traced the person and withholds where they are.
    PlaceWithheld,
    /// Both NHS numbers are traced, and differ.
    TwoTracedNumbers,
    /// The index says that the person had died.
    ActivityAfterDeath,
    /// Born the same day at the same address, with different given names.
    Twins,
    /// Born the same day at the same address, in different places of birth order.
    BirthOrder,
    /// The dates of birth differ, and not as typing errors do.
    DatesOfBirth,
    /// No date of birth, no NHS number, and not the same name at the same home either.
    NoDateOfBirth,
    /// The middle names differ.
    MiddleNames,
    /// The given name is a word that stands for one not known, and no number confirms the match.
    PlaceholderName,
    /// The sex and the given name differ.
    SexAndGivenName,
    /// The family name and the address both differ.
    NothingOfTheFamily,
    /// The address is of many, and another there has nearly the same name and date of birth.
    CommunalAddress,
    /// The NHS number agrees, and too little else does.
    NumberAlone,
    /// The NHS number is that of another record.
    NumberOfAnother,
    /// Another record fits nearly as well.
    RunnerUp,
    /// A human has said that these are two people.
    ToldDifferent,
    /// The weight is between the two thresholds.
    Unsure,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 18] = [
        Self::Restricted,
        Self::PlaceWithheld,
        Self::TwoTracedNumbers,
        Self::ActivityAfterDeath,
        Self::Twins,
        Self::BirthOrder,
        Self::DatesOfBirth,
        Self::NoDateOfBirth,
        Self::MiddleNames,
        Self::PlaceholderName,
        Self::SexAndGivenName,
        Self::NothingOfTheFamily,
        Self::CommunalAddress,
        Self::NumberAlone,
        Self::NumberOfAnother,
        Self::RunnerUp,
        Self::ToldDifferent,
        Self::Unsure,
    ];

    /// As files and databases write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Restricted => "restricted",
            Self::PlaceWithheld => "place-withheld",
            Self::TwoTracedNumbers => "two-traced-numbers",
            Self::ActivityAfterDeath => "activity-after-death",
            Self::Twins => "twins",
            Self::BirthOrder => "birth-order",
            Self::DatesOfBirth => "dates-of-birth",
            Self::NoDateOfBirth => "no-date-of-birth",
            Self::MiddleNames => "middle-names",
            Self::PlaceholderName => "placeholder-name",
            Self::SexAndGivenName => "sex-and-given-name",
            Self::NothingOfTheFamily => "nothing-of-the-family",
            Self::CommunalAddress => "communal-address",
            Self::NumberAlone => "number-alone",
            Self::NumberOfAnother => "number-of-another",
            Self::RunnerUp => "runner-up",
            Self::ToldDifferent => "told-different",
            Self::Unsure => "unsure",
        }
    }

    /// In plain words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Restricted => {
                "One of the two records is restricted: a match must not tell where the person is."
            }
            Self::PlaceWithheld => {
                "The traced record withholds where the person lives: it may be restricted."
            }
            Self::TwoTracedNumbers => {
                "Both NHS numbers are traced, and they differ: one person may have two, or these are two people."
            }
            Self::ActivityAfterDeath => {
                "The record says that the person has died, and this one does not."
            }
            Self::Twins => {
                "Born on the same day at the same address with different given names: they may be twins."
            }
            Self::BirthOrder => {
                "Born on the same day at the same address in a different birth order: they are likely to be twins."
            }
            Self::DatesOfBirth => {
                "The dates of birth differ, and no NHS number confirms the match: relatives can share a name."
            }
            Self::NoDateOfBirth => {
                "There is no date of birth and no NHS number to compare, and the name and the address are not both the same."
            }
            Self::MiddleNames => "The middle names differ.",
            Self::PlaceholderName => {
                "A given name is a word for one not known yet, and no NHS number confirms the match."
            }
            Self::SexAndGivenName => "Both the sex and the given name differ.",
            Self::NothingOfTheFamily => {
                "The family name and the address both differ: a marriage and a move, or another person."
            }
            Self::CommunalAddress => {
                "Many people live at this address, and another of them has nearly the same name and date of birth."
            }
            Self::NumberAlone => {
                "The NHS number agrees and too little else does: never link on a number alone."
            }
            Self::NumberOfAnother => "The NHS number given is that of another record.",
            Self::RunnerUp => "Another record fits nearly as well.",
            Self::ToldDifferent => "Somebody has decided that these are two people.",
            Self::Unsure => "Likely, but not likely enough to link without somebody looking.",
        }
    }

    /// Whether no group of records may hold two that this rule keeps apart. The others say that there is
    /// too little to put the two together by themselves.
    pub(crate) const fn is_conflict(self) -> bool {
        !matches!(
            self,
            Self::NoDateOfBirth
                | Self::NothingOfTheFamily
                | Self::PlaceholderName
                | Self::PlaceWithheld
        )
    }

    /// Whether the rule is there because relatives are alike: within a file that by its own records has
    /// hardly any relatives, it holds nothing.
    pub(crate) const fn is_about_relatives(self) -> bool {
        matches!(
            self,
            Self::Twins
                | Self::DatesOfBirth
                | Self::NoDateOfBirth
                | Self::NothingOfTheFamily
                | Self::SexAndGivenName
        )
    }

    /// Whether the pair is taken for two people, where another rule would ask somebody to look.
    pub(crate) const fn is_new(self) -> bool {
        matches!(self, Self::BirthOrder | Self::ToldDifferent)
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// The rule that holds a link of these two, if one does. `other` is the record of the index.
pub(crate) fn held(one: Side<'_>, other: Side<'_>, pattern: &Pattern) -> Option<Rule> {
    let (row, row_other) = (one.store.row(one.at), other.store.row(other.at));
    let number = pattern.level(NUMBER);
    if row.is_restricted || row_other.is_restricted {
        return Some(Rule::Restricted);
    }
    if two_traced(one, other) && number != 1 {
        return Some(Rule::TwoTracedNumbers);
    }
    if row_other.died != 0 && row_other.died != same_date(other, one) {
        return Some(Rule::ActivityAfterDeath);
    }
    if let Some(rule) = twins(one, other, pattern) {
        return Some(rule);
    }
    if pattern.has_identifier() {
        return None;
    }
    if pattern.level(BORN) == 7 && pattern.level(EMAIL) != 1 {
        return Some(Rule::DatesOfBirth);
    }
    if pattern.level(BORN) == 0 && !is_same_and_reached(pattern) {
        return Some(Rule::NoDateOfBirth);
    }
    if pattern.level(MIDDLE) == 3 {
        return Some(Rule::MiddleNames);
    }
    if pattern.level(SEX) == 2 && pattern.level(GIVEN) == 6 {
        return Some(Rule::SexAndGivenName);
    }
    if is_placeholder(one) || is_placeholder(other) {
        return Some(Rule::PlaceholderName);
    }
    if pattern.level(FAMILY) == 5 && matches!(pattern.level(RESIDENCE), 5 | 6) {
        return Some(Rule::NothingOfTheFamily);
    }
    if withholds_place(other) && one.store.homes_of(one.at).next().is_some() {
        return Some(Rule::PlaceWithheld);
    }
    None
}

/// Twins share all but the given name, the birth order and, where nobody has mixed them up, the number.
fn twins(one: Side<'_>, other: Side<'_>, pattern: &Pattern) -> Option<Rule> {
    let same_day = matches!(pattern.level(BORN), 1 | 2);
    let same_place = matches!(pattern.level(RESIDENCE), 1..=4) || pattern.is_communal;
    let has_number = pattern.has_identifier();
    let other_name = pattern.level(GIVEN) == 6;
    if pattern.level(BIRTH_ORDER) == 2 {
        let apart = same_day && same_place && pattern.level(GIVEN) != 1 && !has_number;
        return Some(if apart { Rule::BirthOrder } else { Rule::Twins });
    }
    let is_one_of_several =
        one.store.row(one.at).birth_order != 0 || other.store.row(other.at).birth_order != 0;
    let is_unsure = !has_number || is_one_of_several || is_untraced(one) || is_untraced(other);
    (same_day && same_place && other_name && is_unsure).then_some(Rule::Twins)
}

/// A number that its source says it has not traced may have been copied from a twin's record.
fn is_untraced(side: Side<'_>) -> bool {
    side.store
        .numbers_of(side.at)
        .any(|claim| claim.status == NumberStatus::Untraced)
}

/// Nearly the same name, and the same home or telephone; or the same email, which relatives seldom share,
/// and no name that differs.
fn is_same_and_reached(pattern: &Pattern) -> bool {
    let (given, family) = (pattern.level(GIVEN), pattern.level(FAMILY));
    let is_home = matches!(pattern.level(RESIDENCE), 1 | 2 | 4);
    if pattern.level(EMAIL) == 1 {
        return given != 6 && family != 5 && (given, family) != (0, 0);
    }
    let is_given = matches!(given, 1 | 4) || (given == 2 && is_home);
    is_given && matches!(family, 1 | 3) && (is_home || pattern.level(TELEPHONE) == 1)
}

fn two_traced(one: Side<'_>, other: Side<'_>) -> bool {
    let traced = |side: Side<'_>| {
        side.store
            .numbers_of(side.at)
            .any(|claim| claim.status == NumberStatus::Traced)
    };
    traced(one) && traced(other)
}

/// The number, among the dates of `one`, of the day on which `other` died.
fn same_date(one: Side<'_>, other: Side<'_>) -> u32 {
    let died = |side: Side<'_>| {
        side.store
            .births
            .get(side.store.row(side.at).died)
            .map(|date| date.date)
    };
    if died(other).is_some() && died(one) == died(other) {
        one.store.row(one.at).died
    } else {
        0
    }
}

fn is_placeholder(side: Side<'_>) -> bool {
    let given = side.store.row(side.at).name.given;
    side.store.names.view(given).name.is_placeholder
}

/// The national service gives no address for a person whose record is restricted (PDS FHIR API:
/// restricted patients), so a traced record without any is taken for one.
fn withholds_place(side: Side<'_>) -> bool {
    let row = side.store.row(side.at);
    row.status == NumberStatus::Traced && side.store.homes_of(side.at).next().is_none()
}

/// Whether two records of the index may be of twins: another was born on the same day at the same place.
pub(crate) fn has_twin(of_person: &Pattern, of_other: &Pattern) -> bool {
    let there = |pattern: &Pattern| {
        matches!(pattern.level(BORN), 1 | 2)
            && (matches!(pattern.level(RESIDENCE), 1..=4) || pattern.is_communal)
    };
    of_person.level(GIVEN) == 6 && there(of_person) && there(of_other)
}

/// Whether two records of one communal address could be taken for one another.
pub(crate) fn is_confusable(pattern: &Pattern) -> bool {
    pattern.is_communal
        && !matches!(pattern.level(GIVEN), 6)
        && !matches!(pattern.level(FAMILY), 5)
        && !matches!(pattern.level(BORN), 6 | 7)
}

#[cfg(test)]
mod tests;

//! The rule of "still at home": from what is known of one person to a verdict, with its reason, on
//! each discharge from hospital that reablement followed. A function of values: no database, no
//! clock.

use std::collections::BTreeSet;

use stour_kernel::{Date, GssCode, LocalityCode, PersonId};

use stour_people::age;

use super::Definition;
use crate::words;

/// What is known of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// Whose it is.
    pub person: PersonId,
    /// The date of birth.
    pub born: Option<Date>,
    /// The date of death.
    pub died: Option<Date>,
    /// Stays in hospital, in any order.
    pub spells: Vec<Spell>,
    /// Services, in any order.
    pub services: Vec<Service>,
}

/// A stay in hospital.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spell {
    /// The day of admission.
    pub started: Date,
    /// The day of discharge or death; `None` while in hospital.
    pub ended: Option<Date>,
    /// How it ended.
    pub episode: Episode,
}

/// How a stay in hospital ended, in the terms of the definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Episode {
    /// Discharged home, to a care home, or nobody knows where; or not ended.
    Counted,
    /// Moved elsewhere: another hospital, a hospice, a prison.
    Elsewhere(String),
    /// Died in hospital.
    Died,
}

/// A service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// The first day.
    pub started: Date,
    /// The day it ended; `None` while it goes on.
    pub ended: Option<Date>,
    /// The code of its component (list `service-component`); empty when not recorded.
    pub component: String,
    /// The code of its type (list `service-type`); empty when not recorded.
    pub service_type: String,
    /// The code of its outcome; empty when not recorded.
    pub outcome: String,
    /// The person's council at the time.
    pub council: Option<GssCode>,
    /// The person's locality at the time.
    pub locality: Option<LocalityCode>,
}

/// One discharge that reablement followed, with the verdict on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Whose it is.
    pub person: PersonId,
    /// The day of discharge.
    pub discharged: Date,
    /// The day reablement began.
    pub reablement_started: Date,
    /// The day that is looked at.
    pub day: Date,
    /// The person's council when reablement began.
    pub council: Option<GssCode>,
    /// The person's locality when reablement began; an unverified lookup.
    pub locality: Option<LocalityCode>,
    /// Whether and why it counts.
    pub verdict: Verdict,
}

/// Whether and why a discharge counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// At home on the day.
    AtHome,
    /// Died on or before the day.
    Died(Date),
    /// In hospital on the day, since.
    InHospital(Date),
    /// In a care home on the day, since.
    InCareHome(Date),
    /// In another place that is not home, since.
    Elsewhere(Date),
    /// Moved to another council's area: where, is not known.
    MovedAway(Date),
    /// The day is not over.
    NotYet,
    /// Outside the definition.
    Excluded(Exclusion),
}

/// Why a discharge is outside the definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Exclusion {
    /// Younger than the population, by the age in years.
    TooYoung(i16),
    /// The date of birth is not known.
    BirthUnknown,
    /// Not a discharge home or to a care home, but to this.
    Destination(String),
}

impl Verdict {
    /// Whether it counts below the line.
    pub const fn is_in_denominator(&self) -> bool {
        !matches!(self, Self::NotYet | Self::Excluded(_))
    }

    /// Whether it counts above the line.
    pub const fn is_in_numerator(&self) -> bool {
        matches!(self, Self::AtHome)
    }

    /// The verdict and its reason, for whoever may see the person.
    pub fn words(&self, definition: &Definition) -> String {
        match self {
            Self::AtHome => "Counted: at home".to_owned(),
            Self::Died(on) => format!("Not counted: died on {}", words::day(*on)),
            Self::InHospital(since) => {
                format!("Not counted: in hospital, since {}", words::day(*since))
            }
            Self::InCareHome(since) => {
                format!("Not counted: in a care home, since {}", words::day(*since))
            }
            Self::Elsewhere(since) => {
                format!("Not counted: not at home, since {}", words::day(*since))
            }
            Self::MovedAway(on) => format!(
                "Not counted: moved to another council’s area on {}",
                words::day(*on)
            ),
            Self::NotYet => format!("Outside the count: day {} is not over", definition.days),
            Self::Excluded(Exclusion::TooYoung(age)) => {
                format!("Outside the count: {age} years old at discharge")
            }
            Self::Excluded(Exclusion::BirthUnknown) => {
                "Outside the count: date of birth not known".to_owned()
            }
            Self::Excluded(Exclusion::Destination(place)) => {
                format!("Outside the count: moved to {place}")
            }
        }
    }

    /// The kind of verdict without anything of the person, for counting.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::AtHome => "At home",
            Self::Died(_) => "Died",
            Self::InHospital(_) => "In hospital",
            Self::InCareHome(_) => "In a care home",
            Self::Elsewhere(_) => "In another place that is not home",
            Self::MovedAway(_) => "Moved to another council’s area",
            Self::NotYet => "The day to look at is not over",
            Self::Excluded(Exclusion::TooYoung(_)) => "Too young at discharge",
            Self::Excluded(Exclusion::BirthUnknown) => "Date of birth not known",
            Self::Excluded(Exclusion::Destination(_)) => "Moved to another hospital or place",
        }
    }
}

/// The discharges of one person that reablement followed, each once, in order, with the verdict on
/// each as it can be given on `today`.
pub fn cases(definition: &Definition, history: &History, today: Date) -> Vec<Case> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    let mut reablement: Vec<&Service> = history
        .services
        .iter()
        .filter(|service| is_one_of(&definition.reablement, &service.component))
        .collect();
    reablement.sort_by_key(|service| service.started);
    for service in reablement {
        let Some((spell, discharged)) = discharge_before(definition, history, service) else {
            continue;
        };
        if seen.insert(discharged) {
            let day = later(discharged, definition.days);
            found.push(Case {
                person: history.person,
                discharged,
                reablement_started: service.started,
                day,
                council: service.council,
                locality: service.locality.clone(),
                verdict: verdict(definition, history, spell, (discharged, day), today),
            });
        }
    }
    found.sort_by_key(|case| case.discharged);
    found
}

/// The latest discharge that the service follows, by the window of the definition.
fn discharge_before<'h>(
    definition: &Definition,
    history: &'h History,
    service: &Service,
) -> Option<(&'h Spell, Date)> {
    let earliest = later(service.started, -definition.window_after);
    let latest = later(service.started, definition.window_before);
    history
        .spells
        .iter()
        .filter(|spell| spell.episode != Episode::Died)
        .filter_map(|spell| Some((spell, spell.ended?)))
        .filter(|(_, ended)| (earliest..=latest).contains(ended))
        .max_by_key(|(spell, ended)| (*ended, spell.started))
}

fn verdict(
    definition: &Definition,
    history: &History,
    spell: &Spell,
    (discharged, day): (Date, Date),
    today: Date,
) -> Verdict {
    let Some(age) = history.born.and_then(|born| age(born, discharged)) else {
        return Verdict::Excluded(Exclusion::BirthUnknown);
    };
    if age < definition.age_from {
        return Verdict::Excluded(Exclusion::TooYoung(age));
    }
    if let Episode::Elsewhere(place) = &spell.episode {
        return Verdict::Excluded(Exclusion::Destination(place.clone()));
    }
    if day >= today {
        return Verdict::NotYet;
    }
    if let Some(died) = death(definition, history).filter(|died| *died <= day) {
        return Verdict::Died(died);
    }
    let hospital = history
        .spells
        .iter()
        .filter(|spell| covers(spell.started, spell.ended, day));
    if let Some(since) = hospital.map(|spell| spell.started).min() {
        return Verdict::InHospital(since);
    }
    if let Some(since) = place_since(history, &definition.care_homes, day) {
        return Verdict::InCareHome(since);
    }
    if let Some(since) = place_since(history, &definition.elsewhere, day) {
        return Verdict::Elsewhere(since);
    }
    let ended = |outcomes: &[String]| ended_with(definition, history, outcomes, (discharged, day));
    if let Some(moved) = ended(&definition.outcomes_care_home)
        .filter(|moved| !care_home_since(definition, history, *moved))
    {
        return Verdict::InCareHome(moved);
    }
    match ended(&definition.outcomes_moved_away) {
        Some(moved) => Verdict::MovedAway(moved),
        None => Verdict::AtHome,
    }
}

/// The first date on which anything says that the person died.
fn death(definition: &Definition, history: &History) -> Option<Date> {
    let in_hospital = history
        .spells
        .iter()
        .filter(|spell| spell.episode == Episode::Died)
        .filter_map(|spell| spell.ended);
    let in_reablement = history
        .services
        .iter()
        .filter(|service| is_one_of(&definition.reablement, &service.component))
        .filter(|service| is_one_of(&definition.outcomes_died, &service.outcome))
        .filter_map(|service| service.ended);
    history
        .died
        .into_iter()
        .chain(in_hospital)
        .chain(in_reablement)
        .min()
}

/// The night of the day was spent there: the day it ends is not part of a stay.
fn covers(started: Date, ended: Option<Date>, day: Date) -> bool {
    started <= day && ended.is_none_or(|ended| ended > day)
}

/// Since when a service in such a place has gone on that goes on that day.
fn place_since(history: &History, places: &[String], day: Date) -> Option<Date> {
    history
        .services
        .iter()
        .filter(|service| is_in(places, service) && covers(service.started, service.ended, day))
        .map(|service| service.started)
        .min()
}

/// When reablement since the discharge ended with such an outcome, the last time by that day.
fn ended_with(
    definition: &Definition,
    history: &History,
    outcomes: &[String],
    (discharged, day): (Date, Date),
) -> Option<Date> {
    let from = later(discharged, -definition.window_before);
    history
        .services
        .iter()
        .filter(|service| is_one_of(&definition.reablement, &service.component))
        .filter(|service| service.started >= from && is_one_of(outcomes, &service.outcome))
        .filter_map(|service| service.ended)
        .filter(|ended| *ended <= day)
        .max()
}

/// Whether a care home service is on record that had not ended by the day of the move: then what it
/// says is believed instead.
fn care_home_since(definition: &Definition, history: &History, moved: Date) -> bool {
    history.services.iter().any(|service| {
        is_in(&definition.care_homes, service) && service.ended.is_none_or(|ended| ended > moved)
    })
}

fn is_in(places: &[String], service: &Service) -> bool {
    is_one_of(places, &service.component) || is_one_of(places, &service.service_type)
}

fn is_one_of(codes: &[String], code: &str) -> bool {
    codes.iter().any(|known| known.eq_ignore_ascii_case(code))
}

/// So many days later, or earlier; the end of the calendar where there are not as many.
fn later(date: Date, days: i32) -> Date {
    date.checked_add(jiff::Span::new().days(days))
        .unwrap_or(if days < 0 { Date::MIN } else { Date::MAX })
}

#[cfg(test)]
mod tests;

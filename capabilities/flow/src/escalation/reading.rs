//! What the measures of a trust or a service come to, and what is not known of them. Nothing here asks a database.

use std::collections::{BTreeMap, BTreeSet};

use stour_kernel::{Date, LocalityCode, OdsCode, PersonId, Timestamp, london_date};

use super::level::{Level, Span, Standing, Thresholds};
use super::plan::Plan;
use super::subject::{Measure, Subject};
use crate::capacity::Count;
use crate::feed::Silence;
use crate::meeting::waiting;
use crate::spell::Spell;

/// After so many days a stay is long.
const LONG: i32 = 21;

/// What is known of somebody in hospital; nothing where nobody has said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patient {
    /// Whether the person is ready to leave.
    pub ready: Option<bool>,
    /// Whether the person has been there for 21 days or longer.
    pub long: Option<bool>,
    /// Whether the last night was lost.
    pub lost: Option<bool>,
}

impl Patient {
    /// From a stay that goes on, and the people of whom it was told that they lost last night.
    pub(super) fn of(spell: &Spell, lost: &BTreeSet<PersonId>, today: Date) -> Self {
        let admitted = spell.admitted_at.map(london_date);
        let found = waiting(spell, today).filter(|why| why.ready);
        let not_ready = match &spell.review {
            Some(review) => review.meets,
            None => spell.medically_fit == Some(false),
        };
        let ready = match (&found, not_ready) {
            (Some(_), _) => Some(true),
            (None, true) => Some(false),
            (None, false) => None,
        };
        let since = found.and_then(|why| why.ready_since);
        let came_today = admitted.is_some_and(|day| day >= today);
        let lost = if lost.contains(&spell.person) {
            Some(true)
        } else if came_today || ready == Some(false) || since.is_some_and(|day| day >= today) {
            Some(false)
        } else {
            None
        };
        let days = admitted.and_then(|day| today.since(day).ok());
        Self {
            ready,
            long: days.map(|span| span.get_days() >= LONG),
            lost,
        }
    }
}

/// A trust as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TrustNow {
    /// Everybody in hospital who is counted.
    pub patients: Vec<Patient>,
    /// How many lost last night and have left since.
    pub gone: u64,
    /// That nothing has been heard of it for too long.
    pub silence: Option<Silence>,
}

/// What is not known, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gap {
    /// Nothing has been heard of the hospital for too long.
    Silent(Silence),
    /// Nobody has said of so many people whether they are ready to leave.
    NotReviewed(u64),
    /// It is not said of so many people whether last night was lost.
    NightNotTold(u64),
    /// It is not said of so many people since when they are in hospital.
    NoAdmission(u64),
    /// Nobody has said how many places there are on a day in these localities.
    NotSaid(Date, Vec<LocalityCode>),
    /// No threshold is agreed for any measure.
    NoThresholds,
}

/// A measure as it is now, or as it was when the hospital was last heard of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// Which.
    pub measure: Measure,
    /// Its value.
    pub span: Span,
    /// How many people it counts, of how many: what decides whether it may be shown.
    pub people: (u64, u64),
    /// From which values on it reaches a level; nothing where none are agreed.
    pub thresholds: Option<Thresholds>,
}

impl Measured {
    /// The level that it reaches for certain.
    pub fn level(&self) -> Option<Level> {
        Some(self.thresholds?.level(self.span.low))
    }
}

/// Places of one day in one locality.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalityDay {
    /// Where.
    pub locality: LocalityCode,
    /// The day.
    pub day: Date,
    /// How many, and how many of them are taken; nothing where nobody has said.
    pub count: Option<Count>,
}

/// The pressure on a trust or service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// On which.
    pub subject: Subject,
    /// Its level.
    pub standing: Standing,
    /// What the level would be by what was last heard; only where nothing has been heard for too long.
    pub last: Option<Standing>,
    /// What leads to it.
    pub measured: Vec<Measured>,
    /// What is not known.
    pub gaps: Vec<Gap>,
    /// Of a service: its localities, today and tomorrow.
    pub places: Vec<LocalityDay>,
}

impl Reading {
    /// The measures that reach the level for certain, where it is above the mildest.
    pub fn because(&self) -> Vec<Measure> {
        let level = self.standing.level().filter(|level| *level > Level::One);
        let measured = self.measured.iter();
        measured
            .filter(|one| level.is_some() && one.level() == level)
            .map(|one| one.measure)
            .collect()
    }

    fn of(subject: Subject, measured: Vec<Measured>, mut gaps: Vec<Gap>) -> Self {
        let with = measured.iter();
        let pairs = with.filter_map(|one| Some((one.span, one.thresholds?)));
        let standing = Standing::of(pairs.clone());
        if pairs.count() == 0 {
            gaps.push(Gap::NoThresholds);
        }
        Self {
            subject,
            standing,
            last: None,
            measured,
            gaps,
            places: Vec::new(),
        }
    }
}

/// So many in a hundred, rounded down: a threshold in whole per cent is reached by what is written where it is reached by the
/// share itself.
fn share(part: u64, whole: u64) -> u64 {
    part.saturating_mul(100).checked_div(whole).unwrap_or(0)
}

/// How many of these are so: for certain, and at the most.
fn span(all: impl Iterator<Item = Option<bool>>) -> Span {
    let (mut low, mut open) = (0_u64, 0_u64);
    for one in all {
        match one {
            Some(true) => low += 1,
            Some(false) => {}
            None => open += 1,
        }
    }
    Span {
        low,
        high: Some(low + open),
    }
}

fn open(span: Span) -> u64 {
    span.high.map_or(0, |high| high.saturating_sub(span.low))
}

/// The pressure on a trust.
pub fn of_trust(code: OdsCode, now: &TrustNow, plan: &Plan, today: Date) -> Reading {
    let subject = Subject::Trust(code);
    let patients = || now.patients.iter();
    let all = u64::try_from(now.patients.len()).unwrap_or(u64::MAX);
    let ready = span(patients().map(|one| one.ready));
    let long = span(patients().map(|one| one.long));
    let nights = span(patients().map(|one| one.lost));
    let nights = Span {
        low: nights.low + now.gone,
        high: nights.high.map(|high| high + now.gone),
    };
    let ready_share = Span {
        low: share(ready.low, all),
        high: ready.high.map(|high| share(high, all)),
    };
    let measured = |measure: Measure, span: Span, people: u64| Measured {
        measure,
        span,
        people: (people, all),
        thresholds: plan
            .trigger(measure, &subject, today)
            .map(|trigger| trigger.thresholds),
    };
    let all_measures = vec![
        measured(Measure::InHospital, Span::exactly(all), all),
        measured(Measure::Ready, ready, ready.low),
        measured(Measure::ReadyShare, ready_share, ready.low),
        measured(Measure::LongStays, long, long.low),
        measured(Measure::NightsLost, nights, nights.low),
    ];
    let numbers = [
        Gap::NotReviewed(open(ready)),
        Gap::NightNotTold(open(nights)),
        Gap::NoAdmission(open(long)),
    ];
    let is_open = |gap: &Gap| match gap {
        Gap::NotReviewed(people) | Gap::NightNotTold(people) | Gap::NoAdmission(people) => {
            *people > 0
        }
        _ => true,
    };
    let mut gaps: Vec<Gap> = now.silence.map(Gap::Silent).into_iter().collect();
    gaps.extend(numbers.into_iter().filter(is_open));
    let reading = Reading::of(subject.clone(), all_measures, gaps);
    if now.silence.is_none() {
        return reading;
    }
    // What may have changed since the hospital was last heard of is not claimed to be so now, whichever way it went.
    Reading {
        standing: Standing::NotKnown,
        last: Some(reading.standing),
        ..reading
    }
}

/// The pressure on a service that has places in these localities. Places that nobody has said are none: nobody can be sent
/// there, and how many of them are taken is not known.
pub fn of_service(
    subject: Subject,
    places: Vec<LocalityDay>,
    plan: &Plan,
    (today, tomorrow): (Date, Date),
) -> Reading {
    let mut gaps = Vec::new();
    let mut measured = Vec::new();
    for (measure, day) in [
        (Measure::TakenToday, today),
        (Measure::TakenTomorrow, tomorrow),
    ] {
        let of_day: Vec<&LocalityDay> = places.iter().filter(|place| place.day == day).collect();
        let (span, people) = taken(&of_day);
        measured.push(Measured {
            measure,
            span,
            people,
            thresholds: plan
                .trigger(measure, &subject, today)
                .map(|trigger| trigger.thresholds),
        });
        let unsaid = of_day.iter().filter(|place| place.count.is_none());
        let unsaid: Vec<LocalityCode> = unsaid.map(|place| place.locality.clone()).collect();
        if !unsaid.is_empty() {
            gaps.push(Gap::NotSaid(day, unsaid));
        }
    }
    Reading {
        places,
        ..Reading::of(subject, measured, gaps)
    }
}

/// How many in a hundred of the places that were said are taken, and how many of how many. Where there is no place all are
/// taken: nobody can be sent.
fn taken(of_day: &[&LocalityDay]) -> (Span, (u64, u64)) {
    let positive = |number: i64| u64::try_from(number).unwrap_or(0);
    let (mut taken, mut places, mut said, mut unsaid) = (0, 0, false, false);
    for place in of_day {
        match place.count.filter(|count| count.places.is_some()) {
            Some(count) => {
                said = true;
                taken += positive(count.taken());
                places += positive(count.places.unwrap_or(0));
            }
            None => unsaid = true,
        }
    }
    let low = if places == 0 {
        100
    } else {
        share(taken, places)
    };
    let span = match (said, unsaid) {
        (false, _) => Span::UNKNOWN,
        (true, false) => Span::exactly(low),
        (true, true) => Span { low, high: None },
    };
    (span, (taken, places))
}

/// The latest moment at which a trust was heard of, for each that is silent.
pub(super) fn silent(silences: &[Silence]) -> BTreeMap<OdsCode, Silence> {
    let silences = silences.iter();
    silences
        .map(|silence| (silence.organisation, *silence))
        .collect()
}

/// The hour in which a moment lies.
pub fn hour(at: Timestamp) -> Timestamp {
    let seconds = at.as_second();
    Timestamp::from_second(seconds - seconds.rem_euclid(3_600)).unwrap_or(at)
}

//! How near expected dates came, of stays that have ended.

use std::collections::{BTreeMap, BTreeSet};

use stour_database::{Error, Transaction, params, sql};
use stour_discharge::{Accuracy, Outcome, accuracy};
use stour_kernel::{Date, OdsCode, PersonId, Timestamp, london, london_date};
use stour_statistics::rate::suppress::{Cell, Rule, Totals, publish};

use crate::spell::SpellId;

/// The dates of one estimate.
type Dates = [Option<Date>; 3];

/// A stay that has ended, and what was expected of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ended {
    /// Who stands now.
    pub(super) person: PersonId,
    /// The hospital.
    pub(super) organisation: OdsCode,
    /// A code of the list `treatment-specialty`.
    pub(super) specialty: Option<String>,
    /// The day on which it ended.
    pub(super) left: Date,
    /// What the system said within a day of admission.
    pub(super) system: Option<Dates>,
    /// What somebody on the ward said first.
    pub(super) first: Option<Dates>,
    /// What somebody on the ward said last.
    pub(super) last: Option<Dates>,
}

/// When a day begins in London.
fn begins(day: Date) -> Timestamp {
    day.to_zoned_datetime(london())
        .map_or(Timestamp::MIN, |zoned| zoned.timestamp())
}

/// Stays that ended from a day on and before another.
pub(super) fn ended(
    tx: &mut Transaction<'_>,
    (from, before): (Date, Date),
) -> Result<Vec<Ended>, Error> {
    let (from, before) = (begins(from), begins(before));
    let mut system = system_dates(tx, (from, before))?;
    let mut said = said_dates(tx, (from, before))?;
    tx.rows(
        sql!(
            "SELECT id, COALESCE((SELECT m.survivor FROM merged_person m WHERE m.person = spell.person), person), organisation,
                    specialty, discharged_at
             FROM spell WHERE state = 'left' AND discharged_at >= $1 AND discharged_at < $2 ORDER BY id"
        ),
        params![from, before],
        |row| {
            let id: SpellId = row.get(0)?;
            let (first, last) = said.remove(&id).unzip();
            Ok(Ended {
                person: row.get(1)?,
                organisation: row.get(2)?,
                specialty: row.get(3)?,
                left: london_date(row.get(4)?),
                system: system.remove(&id),
                first,
                last,
            })
        },
    )
}

fn system_dates(
    tx: &mut Transaction<'_>,
    (from, before): (Timestamp, Timestamp),
) -> Result<BTreeMap<SpellId, Dates>, Error> {
    let rows = tx.rows(
        sql!(
            "SELECT e.spell, e.on_50, e.on_80, e.on_95 FROM spell_estimate e JOIN spell s ON s.id = e.spell
             WHERE s.state = 'left' AND s.discharged_at >= $1 AND s.discharged_at < $2
               AND e.number = 1 AND e.stayed <= 1 AND e.on_50 IS NOT NULL"
        ),
        params![from, before],
        |row| Ok((row.get(0)?, [row.get(1)?, row.get(2)?, row.get(3)?])),
    )?;
    Ok(rows.into_iter().collect())
}

/// What was said first and last of each stay.
fn said_dates(
    tx: &mut Transaction<'_>,
    (from, before): (Timestamp, Timestamp),
) -> Result<BTreeMap<SpellId, (Dates, Dates)>, Error> {
    let rows: Vec<(SpellId, Dates)> = tx.rows(
        sql!(
            "SELECT x.spell, x.expected_on, x.on_80, x.on_95 FROM spell_expected x JOIN spell s ON s.id = x.spell
             WHERE s.state = 'left' AND s.discharged_at >= $1 AND s.discharged_at < $2
             ORDER BY x.spell, x.number"
        ),
        params![from, before],
        |row| Ok((row.get(0)?, [Some(row.get(1)?), row.get(2)?, row.get(3)?])),
    )?;
    let mut said: BTreeMap<SpellId, (Dates, Dates)> = BTreeMap::new();
    for (spell, dates) in rows {
        said.entry(spell).or_insert((dates, dates)).1 = dates;
    }
    Ok(said)
}

/// Whose dates a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// The system's, at admission.
    System,
    /// The ward's first.
    First,
    /// The ward's last.
    Last,
}

impl Whose {
    /// All of them, in the order of the page.
    pub(super) const ALL: [Self; 3] = [Self::System, Self::First, Self::Last];

    /// For people.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::System => "The system’s, at admission",
            Self::First => "The ward’s first",
            Self::Last => "The ward’s last",
        }
    }

    const fn of(self, stay: &Ended) -> Option<Dates> {
        match self {
            Self::System => stay.system,
            Self::First => stay.first,
            Self::Last => stay.last,
        }
    }
}

/// How near the dates came of one line; none where too few stays are in it to say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// It is shown.
    Shown(Accuracy),
    /// Of so few stays nothing is shown.
    TooFew,
    /// Of none was a date said.
    Nothing,
}

/// All that the page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Report {
    /// How many stays ended.
    pub(super) stays: usize,
    /// Of how many the system had a date within a day of admission.
    pub(super) with_system: usize,
    /// Each kind of date.
    pub(super) whole: Vec<(Whose, Line)>,
    /// The system's, by specialty: a code, none where it was not said.
    pub(super) by_specialty: Vec<(Option<String>, Line)>,
}

fn outcomes<'e>(stays: impl IntoIterator<Item = &'e Ended>, whose: Whose) -> Vec<Outcome> {
    let outcome = |stay: &Ended| {
        let expected = whose.of(stay)?;
        Some(Outcome {
            expected,
            left: stay.left,
        })
    };
    stays.into_iter().filter_map(outcome).collect()
}

/// Works it out. Of fewer than `fewest` stays nothing is shown, and of others as far as a small number would follow from the
/// rest.
pub(super) fn report(stays: &[Ended], fewest: u32) -> Report {
    let specialties: BTreeSet<Option<&String>> =
        stays.iter().map(|stay| stay.specialty.as_ref()).collect();
    let found: Vec<(Option<&String>, Option<Accuracy>)> = specialties
        .into_iter()
        .map(|specialty| {
            let of = stays
                .iter()
                .filter(|stay| stay.specialty.as_ref() == specialty);
            (specialty, accuracy(&outcomes(of, Whose::System)))
        })
        .filter(|(_, found)| found.is_some())
        .collect();
    let (hidden, hides_whole) = hidden(&found, fewest);
    let line = |found: Option<Accuracy>, hide: bool| match found {
        Some(found) if !hide && found.stays >= fewest => Line::Shown(found),
        Some(_) => Line::TooFew,
        None => Line::Nothing,
    };
    let whole = Whose::ALL.map(|whose| {
        let found = accuracy(&outcomes(stays, whose));
        (whose, line(found, hides_whole && whose == Whose::System))
    });
    let by_specialty = found
        .into_iter()
        .zip(hidden)
        .map(|((specialty, found), hide)| (specialty.cloned(), line(found, hide)));
    Report {
        stays: stays.len(),
        with_system: stays.iter().filter(|stay| stay.system.is_some()).count(),
        whole: whole.to_vec(),
        by_specialty: by_specialty.collect(),
    }
}

/// Which lines are hidden, so that no small number can be worked out from the total, and whether the total is.
fn hidden(found: &[(Option<&String>, Option<Accuracy>)], fewest: u32) -> (Vec<bool>, bool) {
    let counts = found
        .iter()
        .map(|(_, found)| vec![found.map_or(0, |found| u64::from(found.stays))]);
    let counts: Vec<Vec<u64>> = counts.collect();
    let smallest_shown = u64::from(fewest);
    let published = Rule::new(1, smallest_shown.saturating_sub(1).max(1), None)
        .and_then(|rule| publish(&counts, rule, Totals::Columns));
    let is_hidden = |cell: &Cell| !matches!(cell, Cell::Shown(_));
    match published {
        Ok(published) => (
            published
                .cells
                .iter()
                .map(|row| row.iter().any(is_hidden))
                .collect(),
            published.column_totals.iter().any(is_hidden),
        ),
        Err(_) => (vec![true; found.len()], true),
    }
}

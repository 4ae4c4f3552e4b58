//! How pressure moved: what it was each hour, which is only ever added to.

use std::collections::BTreeMap;

use stour_database::{Error, Transaction, Value, params, sql, touch};
use stour_kernel::{Date, Timestamp, london_date};

use super::TOPIC;
use super::level::{Level, Standing};
use super::reading::{Reading, hour};
use super::subject::Subject;

/// A day of the summer time change has 23 hours: with fewer not all of a day is known.
const WHOLE_DAY: u32 = 23;

/// The pressure in one hour, as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// On which.
    pub subject: Subject,
    /// The beginning of the hour.
    pub hour: Timestamp,
    /// The level then.
    pub standing: Standing,
    /// The names of the measures that led to it, with commas between them.
    pub because: String,
}

impl Recorded {
    /// What a reading says, of the hour in which a moment lies.
    pub fn of(reading: &Reading, now: Timestamp) -> Self {
        let because = reading.because();
        let because: Vec<&str> = because.iter().map(|measure| measure.name()).collect();
        Self {
            subject: reading.subject.clone(),
            hour: hour(now),
            standing: reading.standing,
            because: because.join(","),
        }
    }
}

/// Adds what is not there yet: the first word on an hour stands. Returns how many were added.
///
/// # Errors
/// Those of the database.
pub fn record(tx: &mut Transaction<'_>, all: &[Recorded], now: Timestamp) -> Result<usize, Error> {
    let mut added = 0;
    for one in all {
        let changed = tx.execute(
            sql!(
                "INSERT INTO pressure (subject, hour, of_day, standing, level, because, recorded_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (subject, hour) DO NOTHING"
            ),
            params![
                one.subject,
                one.hour,
                london_date(one.hour),
                one.standing.name(),
                number(one.standing),
                one.because,
                now
            ],
        )?;
        added += usize::from(changed == 1);
    }
    if added > 0 {
        touch(tx, TOPIC)?;
    }
    Ok(added)
}

const COLUMNS: [&str; 7] = [
    "subject",
    "hour",
    "of_day",
    "standing",
    "level",
    "because",
    "recorded_at",
];

/// Adds a history that is loaded and not recorded, of hours of which nothing is there. Returns how many.
///
/// # Errors
/// Those of the database: an hour that is there already.
pub fn load(tx: &mut Transaction<'_>, all: &[Recorded], now: Timestamp) -> Result<u64, Error> {
    let row = |one: &Recorded| -> Vec<Value<'static>> {
        let (day, level) = (london_date(one.hour), number(one.standing));
        let name = one.standing.name();
        let values = params![one.subject, one.hour, day, name, level, one.because, now];
        values.iter().cloned().map(Value::into_owned).collect()
    };
    tx.bulk("pressure", &COLUMNS, all.iter().map(row))
}

fn number(standing: Standing) -> Option<i64> {
    standing.level().map(|level| i64::from(level.number()))
}

/// Whether every one of these is recorded for the hour in which a moment lies.
pub(super) fn is_recorded(
    tx: &mut Transaction<'_>,
    subjects: &[Subject],
    now: Timestamp,
) -> Result<bool, Error> {
    let known: Vec<Subject> = tx.rows(
        sql!("SELECT subject FROM pressure WHERE hour = $1"),
        params![hour(now)],
        |row| row.get(0),
    )?;
    Ok(subjects.iter().all(|subject| known.contains(subject)))
}

/// What was recorded from a day on, by subject and in the order of time.
///
/// # Errors
/// Those of the database.
pub fn recorded_since(tx: &mut Transaction<'_>, from: Date) -> Result<Vec<Recorded>, Error> {
    tx.rows(
        sql!(
            "SELECT subject, hour, standing, level, because FROM pressure WHERE of_day >= $1
             ORDER BY subject, hour"
        ),
        params![from],
        |row| {
            let (name, level): (String, Option<i64>) = (row.get(2)?, row.get(3)?);
            Ok(Recorded {
                subject: row.get(0)?,
                hour: row.get(1)?,
                standing: Standing::stored(&name, level),
                because: row.get(4)?,
            })
        },
    )
}

/// One day of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Day {
    /// Hours that were recorded with a level.
    pub known: u32,
    /// Hours that were recorded, and whose level was not known.
    pub unknown: u32,
    /// Of the hours with a level, those in which it may have been worse.
    pub open: u32,
    /// The highest level that was known.
    pub highest: Option<Level>,
}

impl Day {
    fn add(&mut self, standing: Standing) {
        match standing.level() {
            Some(level) => {
                self.known += 1;
                self.open += u32::from(matches!(standing, Standing::AtLeast(_)));
                self.highest = self.highest.max(Some(level));
            }
            None => self.unknown += 1,
        }
    }

    /// The highest level of the day. The mildest only where it is known of all hours: of a day that goes on, of all
    /// hours until now that were recorded.
    pub fn level(&self, goes_on: bool) -> Option<Level> {
        let whole = self.unknown == 0 && (goes_on || self.known >= WHOLE_DAY);
        self.highest.filter(|level| *level > Level::One || whole)
    }
}

/// Days by subject.
pub type Days = BTreeMap<Subject, BTreeMap<Date, Day>>;

/// Adds hours up to days.
pub fn days(all: &[Recorded]) -> Days {
    let mut days = Days::new();
    for one in all {
        let of = days.entry(one.subject.clone()).or_default();
        let day = of.entry(london_date(one.hour)).or_default();
        day.add(one.standing);
    }
    days
}

/// Pressure that became another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it was in the hour that was recorded before; nothing for the first.
    pub from: Option<Standing>,
    /// What it became, since when, and why.
    pub to: Recorded,
}

/// Where pressure changed, the latest first, of what was recorded by subject and in the order of time.
pub fn changes(all: &[Recorded]) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut before: Option<&Recorded> = None;
    for one in all {
        let same = before.filter(|before| before.subject == one.subject);
        if same.is_none_or(|before| before.standing != one.standing) {
            changes.push(Change {
                from: same.map(|before| before.standing),
                to: one.clone(),
            });
        }
        before = Some(one);
    }
    changes.sort_by_key(|change| std::cmp::Reverse(change.to.hour));
    changes
}

//! The system's estimates in the database, and how long stays of each group last.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use stour_database::{Error, Row, Transaction, Value, params, sql};
use stour_discharge::{LifeTable, Step};
use stour_kernel::{Date, Timestamp};

use crate::spell::SpellId;

/// Why the system made an estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// The person was admitted.
    Admitted,
    /// Something that it rests on is otherwise than before.
    Changed,
    /// The date before had passed, and the person is still there.
    Passed,
    /// It was not known before, and is now.
    NowKnown,
}

impl Why {
    const ALL: [Self; 4] = [Self::Admitted, Self::Changed, Self::Passed, Self::NowKnown];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Admitted => "admitted",
            Self::Changed => "changed",
            Self::Passed => "passed",
            Self::NowKnown => "now-known",
        }
    }

    /// For people.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Admitted => "when first known to be in hospital",
            Self::Changed => "since what is known of the stay had changed",
            Self::Passed => "since the date before had passed",
            Self::NowKnown => "since enough stays like it have ended now",
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// Text that is no reason for an estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an estimate is made at admission, or since something changed, passed or is known now")]
pub(super) struct UnknownWhy;

impl FromStr for Why {
    type Err = UnknownWhy;

    fn from_str(text: &str) -> Result<Self, UnknownWhy> {
        let mut all = Self::ALL.into_iter();
        all.find(|why| why.as_str() == text).ok_or(UnknownWhy)
    }
}

stour_database::text_value!(Why);

/// An estimate of the system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Made {
    /// When.
    pub(super) at: Timestamp,
    /// Why.
    pub(super) why: Why,
    /// How many nights the person had been there.
    pub(super) stayed: u16,
    /// What it rests on, so that a change of it is seen.
    pub(super) inputs: String,
    /// The group of stays; none where no group had enough.
    pub(super) cell: Option<String>,
    /// How many of its stays have ended that lasted as long; where none had enough, the most that any group had.
    pub(super) ended: u32,
    /// How many of them go on.
    pub(super) open: u32,
    /// The day as of which stays were counted.
    pub(super) as_of: Option<Date>,
    /// The days by which half of stays like it had ended, four in five, and nineteen in twenty.
    pub(super) dates: [Option<Date>; 3],
}

const COLUMNS: [&str; 13] = [
    "spell", "number", "at", "why", "stayed", "inputs", "cell", "ended", "open", "as_of", "on_50",
    "on_80", "on_95",
];

fn values(spell: SpellId, number: i64, made: &Made) -> Vec<Value<'static>> {
    let [half, most, nearly_all] = made.dates;
    owned(params![
        spell,
        number,
        made.at,
        made.why,
        i64::from(made.stayed),
        made.inputs,
        made.cell,
        i64::from(made.ended),
        i64::from(made.open),
        made.as_of,
        half,
        most,
        nearly_all
    ])
}

pub(super) fn owned(values: &[Value<'_>]) -> Vec<Value<'static>> {
    values.iter().cloned().map(Value::into_owned).collect()
}

fn read(row: &Row<'_>) -> Result<Made, Error> {
    let count = |column| Ok::<_, Error>(u32::try_from(row.get::<i64>(column)?).unwrap_or(u32::MAX));
    Ok(Made {
        at: row.get(0)?,
        why: row.get(1)?,
        stayed: u16::try_from(row.get::<i64>(2)?).unwrap_or(u16::MAX),
        inputs: row.get(3)?,
        cell: row.get(4)?,
        ended: count(5)?,
        open: count(6)?,
        as_of: row.get(7)?,
        dates: [row.get(8)?, row.get(9)?, row.get(10)?],
    })
}

/// Every estimate that the system made of a stay, the first first.
pub(super) fn made_of(tx: &mut Transaction<'_>, spell: SpellId) -> Result<Vec<Made>, Error> {
    tx.rows(
        sql!(
            "SELECT at, why, stayed, inputs, cell, ended, open, as_of, on_50, on_80, on_95
             FROM spell_estimate WHERE spell = $1 ORDER BY number"
        ),
        params![spell],
        read,
    )
}

/// The latest, with its number.
pub(super) fn latest(
    tx: &mut Transaction<'_>,
    spell: SpellId,
) -> Result<Option<(i64, Made)>, Error> {
    tx.optional(
        sql!(
            "SELECT at, why, stayed, inputs, cell, ended, open, as_of, on_50, on_80, on_95, number
             FROM spell_estimate WHERE spell = $1 ORDER BY number DESC LIMIT 1"
        ),
        params![spell],
        |row| Ok((row.get(11)?, read(row)?)),
    )
}

/// Adds estimates, each with its stay and number.
pub(super) fn add<'m>(
    tx: &mut Transaction<'_>,
    made: impl IntoIterator<Item = (SpellId, i64, &'m Made)>,
) -> Result<u64, Error> {
    let rows = made
        .into_iter()
        .map(|(spell, number, made)| values(spell, number, made));
    tx.bulk("spell_estimate", &COLUMNS, rows)
}

/// How long stays of a group last, and as of which day that was counted; none where too few have ended.
pub(super) fn table(
    tx: &mut Transaction<'_>,
    cell: &str,
) -> Result<Option<(Date, LifeTable)>, Error> {
    tx.optional(
        sql!("SELECT as_of, steps FROM stay_table WHERE cell = $1"),
        params![cell],
        |row| {
            let steps: String = row.get(1)?;
            let table = table_from(&steps).ok_or(Error::Decode {
                column: 1,
                expected: "steps of a table",
            })?;
            Ok((row.get(0)?, table))
        },
    )
}

/// Puts these tables in place of those before.
pub(super) fn replace_tables(
    tx: &mut Transaction<'_>,
    as_of: Date,
    tables: &BTreeMap<String, LifeTable>,
) -> Result<(), Error> {
    tx.execute(sql!("DELETE FROM stay_table"), &[])?;
    let row = |(cell, table): (&String, &LifeTable)| {
        owned(params![cell.as_str(), as_of, table_text(table)])
    };
    tx.bulk(
        "stay_table",
        &["cell", "as_of", "steps"],
        tables.iter().map(row),
    )?;
    Ok(())
}

/// As of which day stays were counted last.
pub(super) fn counted_as_of(tx: &mut Transaction<'_>) -> Result<Option<Date>, Error> {
    tx.optional(
        sql!("SELECT as_of FROM stay_table ORDER BY as_of DESC LIMIT 1"),
        &[],
        |row| row.get(0),
    )
}

/// The stays of people in hospital of which the system has no date, or one that has passed.
pub(super) fn to_renew(tx: &mut Transaction<'_>, today: Date) -> Result<Vec<SpellId>, Error> {
    tx.rows(
        sql!(
            "SELECT s.id FROM spell s
             WHERE s.state = 'in-hospital'
               AND NOT EXISTS (SELECT 1 FROM spell_estimate e WHERE e.spell = s.id AND e.on_50 >= $1
                                 AND e.number = (SELECT max(l.number) FROM spell_estimate l WHERE l.spell = s.id))
             ORDER BY s.id"
        ),
        params![today],
        |row| row.get(0),
    )
}

/// The stays of people in hospital of which the system has made no estimate.
pub(super) fn without(tx: &mut Transaction<'_>) -> Result<Vec<SpellId>, Error> {
    tx.rows(
        sql!(
            "SELECT s.id FROM spell s
             WHERE s.state = 'in-hospital' AND NOT EXISTS (SELECT 1 FROM spell_estimate e WHERE e.spell = s.id)
             ORDER BY s.id"
        ),
        &[],
        |row| row.get(0),
    )
}

/// A table as the database keeps it: `nights:seen,ended,open` for each step.
pub(super) fn table_text(table: &LifeTable) -> String {
    let step = |(nights, step): (u16, Step)| {
        format!("{nights}:{},{},{}", step.seen, step.ended, step.open)
    };
    table.steps().map(step).collect::<Vec<_>>().join(" ")
}

pub(super) fn table_from(text: &str) -> Option<LifeTable> {
    let step = |text: &str| {
        let (nights, counts) = text.split_once(':')?;
        let mut counts = counts.split(',').map(|count| count.parse().ok());
        let step = Step {
            seen: counts.next()??,
            ended: counts.next()??,
            open: counts.next()??,
        };
        Some((nights.parse().ok()?, step))
    };
    let steps: Option<Vec<(u16, Step)>> = text.split_whitespace().map(step).collect();
    Some(LifeTable::from_steps(steps?))
}

impl Made {
    /// Whether it was known how the person had been admitted.
    pub(super) fn has_method(&self) -> bool {
        self.inputs
            .split('|')
            .nth(2)
            .is_some_and(|method| method != "-")
    }
}

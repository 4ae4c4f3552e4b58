//! Estimates for a history that is loaded: what the system would have said when each person was admitted, from the stays
//! that were known by then and from no later one.

use std::collections::BTreeMap;

use jiff::ToSpan;
use stour_database::{Database, Error, Transaction, params, sql};
use stour_kernel::{Date, Environment, OdsCode, Timestamp, UserId, london_date};

use super::setting::settings;
use super::store::{self, Made, owned};
use super::{learn, make};
use crate::error::FlowError;
use crate::spell::{SpellId, add_up_again, born, in_hospital, one, renew};

/// How many stays are estimated in one transaction.
const AT_ONCE: usize = 200;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PastEstimates {
    /// Stays that have the estimate that would have been made at admission.
    pub made: u64,
    /// Stays that go on and were looked at as of today.
    pub renewed: u64,
}

/// Makes the estimates of stays that have none, as of the beginning of the week in which each began, and counts how long
/// stays last as of today. What was made before is kept, so that it can be run again.
///
/// # Errors
/// Those of the database.
pub fn estimate_past(
    database: &Database,
    environment: &Environment,
) -> Result<PastEstimates, FlowError> {
    let today = environment.today();
    let stays = database.read_unhurried(without_any)?;
    let mut by_week: BTreeMap<Date, Vec<SpellId>> = BTreeMap::new();
    for (spell, admitted) in stays {
        by_week.entry(week_of(admitted)).or_default().push(spell);
    }
    let mut done = PastEstimates::default();
    if let Some(first) = by_week.keys().next().copied() {
        let days = i64::from(settings()?.needed(today)?.days).days();
        let from = first.checked_sub(days).unwrap_or(Date::MIN);
        let known = database.read_unhurried(move |tx| learn::known_stays(tx, from, today))?;
        for (week, spells) in by_week {
            // Before the first setting nothing would have been known.
            let tables = match settings()?.at(week) {
                Some(_) => learn::tables(&known, week, settings()?)?,
                None => BTreeMap::new(),
            };
            for spells in spells.chunks(AT_ONCE) {
                let (spells, tables) = (spells.to_vec(), tables.clone());
                done.made +=
                    database.write_blocking(move |tx| add(tx, &spells, (week, &tables)))?;
            }
        }
    }
    let tables = database.read_unhurried(move |tx| learn::tables_of(tx, today))?;
    database.write_blocking(move |tx| store::replace_tables(tx, today, &tables))?;
    for spell in database.read_blocking(in_hospital)? {
        let spell = spell.id;
        let environment = environment.clone();
        database.write_blocking(move |tx| renew(tx, &environment, spell))?;
        done.renewed += 1;
    }
    Ok(done)
}

/// The Monday before a day, or the day itself.
fn week_of(day: Date) -> Date {
    let since = i64::from(day.weekday().to_monday_zero_offset());
    day.checked_sub(since.days()).unwrap_or(day)
}

fn without_any(tx: &mut Transaction<'_>) -> Result<Vec<(SpellId, Date)>, Error> {
    tx.rows(
        sql!(
            "SELECT s.id, s.admitted_at FROM spell s
             WHERE s.admitted_at IS NOT NULL AND s.state IN ('in-hospital', 'left')
               AND NOT EXISTS (SELECT 1 FROM spell_estimate e WHERE e.spell = s.id)
             ORDER BY s.id"
        ),
        params![],
        |row| Ok((row.get(0)?, london_date(row.get(1)?))),
    )
}

fn add(
    tx: &mut Transaction<'_>,
    spells: &[SpellId],
    tables: (Date, &BTreeMap<String, stour_discharge::LifeTable>),
) -> Result<u64, FlowError> {
    let mut all: Vec<(SpellId, Made)> = Vec::new();
    for id in spells {
        let Some(spell) = one(tx, *id)? else { continue };
        let born = born(tx, *id)?;
        let made = make::at_admission(tx, &spell, born, tables)?;
        all.extend(made.map(|made| (*id, made)));
    }
    Ok(store::add(
        tx,
        all.iter().map(|(spell, made)| (*spell, 1, made)),
    )?)
}

/// A date that somebody on a ward said, of a history that is loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastDate {
    /// Of which stay.
    pub spell: SpellId,
    /// The day by which the person is as likely to have left as not.
    pub on: Date,
    /// The days by which they are fairly sure and almost sure.
    pub surer: [Option<Date>; 2],
    /// Who said so.
    pub name: String,
    /// As what.
    pub role: String,
    /// With which account, and of which organisation.
    pub by: (UserId, OdsCode),
    /// When.
    pub at: Timestamp,
}

/// Stores dates of stays of which nothing was said on a ward before, those of a stay in the order in which they were said.
///
/// # Errors
/// Those of the database: a stay that has dates already.
pub fn insert_past_dates(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    dates: &[PastDate],
) -> Result<u64, FlowError> {
    let mut said: BTreeMap<SpellId, i64> = BTreeMap::new();
    let mut rows = Vec::with_capacity(dates.len());
    for date in dates {
        let number = said.entry(date.spell).or_default();
        *number += 1;
        let ([most, nearly_all], (user, organisation)) = (date.surer, date.by);
        rows.push(owned(params![
            date.spell,
            *number,
            date.on,
            date.name,
            user,
            organisation,
            date.at,
            date.role,
            most,
            nearly_all
        ]));
    }
    let columns = [
        "spell",
        "number",
        "expected_on",
        "name",
        "said_by_user",
        "organisation",
        "at",
        "role",
        "on_80",
        "on_95",
    ];
    let stored = tx.bulk("spell_expected", &columns, rows)?;
    for spell in said.into_keys() {
        if let Some(spell) = one(tx, spell)? {
            add_up_again(tx, environment, &spell)?;
        }
    }
    Ok(stored)
}

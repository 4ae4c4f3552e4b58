//! Whether a day of a stay was green or red. Every day begins red; it is green when somebody received care that only an acute
//! hospital gives and that brings them nearer to going home, and a red day has its reason and what is done about it
//! ("red to green bed days", NHS England's Emergency Care Improvement Programme).

use std::collections::BTreeMap;

use stour_database::{Error, Row, Transaction, params, sql, touch};
use stour_kernel::{Date, Environment, OdsCode, Timestamp, london_date};
use stour_partnership::Reference;

use super::RED_REASONS;
use crate::by::By;
use crate::error::{FlowError, reference};
use crate::list::has;
use crate::spell::{Spell, SpellId, SpellState, one};

/// What was found of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayFound {
    /// The day.
    pub on: Date,
    /// Why it was red, a code of the list `red-day-reason`; nothing of a green day.
    pub red: Option<String>,
    /// Of a green day what brought the person nearer to going home; of a red one what is done about it, and by whom.
    pub words: String,
}

/// What is wrong with what was found of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WrongDay {
    /// It is of a day before the stay or still to come.
    #[error("Enter a day from the day of admission until today")]
    Day,
    /// No reason of the list as it is today.
    #[error("Select why the day was red")]
    Reason,
    /// A green day of which nothing is said.
    #[error("Enter what brought the person nearer to going home")]
    Nothing,
    /// A red day about which nobody does anything.
    #[error("Enter what is done about it, and by whom")]
    NothingDone,
    /// The words are a story.
    #[error("Use at most {LONGEST} characters")]
    Long,
}

impl DayFound {
    /// All that is wrong with it for a stay that began on a day.
    pub fn wrongs(&self, (admitted, today): (Date, Date), reference: &Reference) -> Vec<WrongDay> {
        let is_red = self.red.is_some();
        let is_listed = |reason: &String| has(reference, RED_REASONS, reason, today);
        let nothing = if is_red {
            WrongDay::NothingDone
        } else {
            WrongDay::Nothing
        };
        [
            (!(admitted..=today).contains(&self.on), WrongDay::Day),
            (!self.red.iter().all(is_listed), WrongDay::Reason),
            (self.words.is_empty(), nothing),
            (self.words.chars().count() > LONGEST, WrongDay::Long),
        ]
        .into_iter()
        .filter_map(|(is_wrong, wrong)| is_wrong.then_some(wrong))
        .collect()
    }
}

/// It, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KeptDay {
    /// What was found.
    pub found: DayFound,
    /// Who says so.
    pub by: String,
    /// When it was recorded.
    pub at: Timestamp,
}

/// The longest that the words may be, in characters.
const LONGEST: usize = 500;

fn stored(row: &Row<'_>) -> Result<KeptDay, Error> {
    Ok(KeptDay {
        found: DayFound {
            on: row.get(0)?,
            red: row.get(1)?,
            words: row.get(2)?,
        },
        by: row.get(3)?,
        at: row.get(4)?,
    })
}

/// What was found of each day of a stay, the day's last word, the latest day first.
pub(super) fn of_spell(tx: &mut Transaction<'_>, spell: SpellId) -> Result<Vec<KeptDay>, Error> {
    let all = tx.rows(
        sql!(
            "SELECT of_day, reason, words, name, at FROM spell_day WHERE spell = $1 ORDER BY number"
        ),
        params![spell],
        stored,
    )?;
    let last: BTreeMap<Date, KeptDay> = all.into_iter().map(|day| (day.found.on, day)).collect();
    Ok(last.into_values().rev().collect())
}

/// What was found of a day of everybody on a ward.
pub(super) fn of_ward(
    tx: &mut Transaction<'_>,
    (organisation, ward): (OdsCode, &str),
    day: Date,
) -> Result<BTreeMap<SpellId, KeptDay>, Error> {
    let days = tx.rows(
        sql!(
            "SELECT d.of_day, d.reason, d.words, d.name, d.at, d.spell
             FROM spell s JOIN spell_day d ON d.spell = s.id
             WHERE s.state = 'in-hospital' AND s.organisation = $1 AND COALESCE(s.ward, '') = $2
               AND d.of_day = $3
             ORDER BY d.number"
        ),
        params![organisation, ward, day],
        |row| Ok((row.get::<SpellId>(5)?, stored(row)?)),
    )?;
    Ok(days.into_iter().collect())
}

/// What was found of the days of everybody who is in hospital, from a day on.
pub(super) fn since(
    tx: &mut Transaction<'_>,
    day: Date,
) -> Result<BTreeMap<(SpellId, Date), DayFound>, Error> {
    let days = tx.rows(
        sql!(
            "SELECT of_day, reason, words, name, at, spell FROM spell_day WHERE of_day >= $1 ORDER BY number"
        ),
        params![day],
        |row| {
            let found = stored(row)?.found;
            Ok(((row.get::<SpellId>(5)?, found.on), found))
        },
    )?;
    Ok(days.into_iter().collect())
}

/// The days of a stay until today, the latest first: all of them are red until somebody finds otherwise.
pub(super) fn days_of(spell: &Spell, today: Date) -> impl Iterator<Item = Date> {
    let from = spell.admitted_at.map_or(today, london_date);
    std::iter::successors(Some(today), |day| day.yesterday().ok())
        .take_while(move |day| *day >= from)
}

/// Keeps what was found of a day.
///
/// # Errors
/// [`FlowError::NotNow`] of somebody who is not in hospital, and where something is wrong with it ([`DayFound::wrongs`]);
/// [`FlowError::NotFound`].
pub fn add_day(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    spell: SpellId,
    found: &DayFound,
    by: &By,
) -> Result<(), FlowError> {
    let spell = one(tx, spell)?.ok_or(FlowError::NotFound)?;
    if spell.state != SpellState::InHospital {
        let why = "The person is no longer in hospital. Go back to the ward page to see who is.";
        return Err(FlowError::NotNow(why.to_owned()));
    }
    let today = environment.today();
    let admitted = spell.admitted_at.map_or(today, london_date);
    if let Some(wrong) = found.wrongs((admitted, today), reference()?).first() {
        return Err(FlowError::NotNow(format!("{wrong}.")));
    }
    tx.execute(
        sql!(
            "INSERT INTO spell_day (spell, number, of_day, reason, words, name, said_by_user, organisation, at)
             SELECT CAST($1 AS TEXT), COALESCE(max(number), 0) + 1, CAST($2 AS TEXT), CAST($3 AS TEXT),
                    CAST($4 AS TEXT), CAST($5 AS TEXT), CAST($6 AS TEXT), CAST($7 AS TEXT), CAST($8 AS TEXT)
             FROM spell_day WHERE spell = $1"
        ),
        params![
            spell.id,
            found.on,
            found.red,
            found.words,
            by.name,
            by.user,
            by.organisation,
            environment.now()
        ],
    )?;
    touch(tx, "wards")?;
    Ok(())
}

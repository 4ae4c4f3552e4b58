//! Nights that people who were ready spent in hospital, in the fact log: one fact for each, which says what it was lost to.
//!
//! They follow from the reviews of a stay and are brought up to date with it: a night that turns out not to have been lost is
//! taken back, one that was lost to something else is put right, each by the next version of its fact.

use std::collections::BTreeMap;

use serde_json::json;
use stour_database::{Error, Transaction, params, sql};
use stour_discharge::nights_lost;
use stour_facts::{FactKind, NewFact, Source, append};
use stour_kernel::{Date, Environment, OdsCode, PersonId, ThreadId};
use stour_people::facts_for_access;

use super::SpellId;
use super::fact::CANCELLED;
use super::review::{KeptReview, REASONS, reviewed};
use super::store::{Spell, SpellState};
use crate::error::FlowError;
use crate::shown;

/// What is known of a night now.
#[derive(Clone, Copy)]
enum Known<'r> {
    /// It was lost, to this reason if one was said.
    LostTo(Option<&'r str>),
    /// It was not lost after all.
    NotLost,
}

/// A night as it was told last.
struct Told {
    reason: Option<String>,
    lost: bool,
    thread: ThreadId,
}

/// Brings the facts of a stay's nights up to date.
///
/// # Errors
/// Those of the database.
pub(super) fn tell_nights(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    spell: &Spell,
    kept: &[KeptReview],
) -> Result<(), FlowError> {
    // Nobody lost a night in a stay that turned out never to have been.
    let was = matches!(spell.state, SpellState::InHospital | SpellState::Left);
    let stay = reviewed(spell, kept).filter(|_| was);
    let nights = stay.map(|stay| nights_lost(&stay, environment.today()));
    let lost: BTreeMap<Date, Option<String>> = nights
        .into_iter()
        .flatten()
        .map(|night| (night.of, night.reason))
        .collect();
    let told = told(tx, spell.id)?;
    for (night, reason) in &lost {
        match told.get(night) {
            Some(before) if before.lost && before.reason == *reason => {}
            before => {
                let thread = before.map(|before| before.thread);
                tell(
                    tx,
                    environment,
                    spell,
                    (*night, Known::LostTo(reason.as_deref())),
                    thread,
                )?;
            }
        }
    }
    for (night, before) in &told {
        if before.lost && !lost.contains_key(night) {
            tell(
                tx,
                environment,
                spell,
                (*night, Known::NotLost),
                Some(before.thread),
            )?;
        }
    }
    Ok(())
}

fn told(tx: &mut Transaction<'_>, spell: SpellId) -> Result<BTreeMap<Date, Told>, Error> {
    let rows = tx.rows(
        sql!("SELECT of_day, reason, lost, thread FROM spell_night WHERE spell = $1"),
        params![spell],
        |row| {
            let (reason, lost, thread) = (row.get(1)?, row.get(2)?, row.get(3)?);
            Ok((
                row.get(0)?,
                Told {
                    reason,
                    lost,
                    thread,
                },
            ))
        },
    )?;
    Ok(rows.into_iter().collect())
}

/// Says of one night what it was lost to, or that it was not lost.
fn tell(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    spell: &Spell,
    (night, known): (Date, Known<'_>),
    thread: Option<ThreadId>,
) -> Result<(), FlowError> {
    let person = facts_for_access(tx, spell.person)?;
    let pathway = spell
        .review
        .as_ref()
        .and_then(|review| review.pathway.clone());
    let (reason, is_lost, outcome) = match known {
        Known::LostTo(reason) => (reason, true, None),
        Known::NotLost => (None, false, CANCELLED.parse().ok()),
    };
    let fact = NewFact {
        thread,
        kind: FactKind::DayWithoutCriteriaToReside,
        person: Some(spell.person),
        organisation: spell.organisation,
        commissioner: None,
        locality: person.as_ref().and_then(|person| person.locality.clone()),
        council: person.as_ref().and_then(|person| person.council),
        started: night,
        ended: Some(night),
        outcome,
        cost: None,
        source: Source {
            system: "stour".to_owned(),
            reference: format!("night of {night}, spell {}", spell.id),
        },
        detail: json!({
            "spell": spell.id.to_string(),
            "reason": reason.map(|code| shown::label(REASONS, code)),
            "reason_code": reason,
            "pathway": pathway,
        }),
        recorded_by: "stour".to_owned(),
    };
    let thread = append(tx, environment, fact)?.thread;
    tx.execute(
        sql!(
            "INSERT INTO spell_night (spell, of_day, reason, lost, thread) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (spell, of_day) DO UPDATE SET reason = excluded.reason, lost = excluded.lost"
        ),
        params![spell.id, night, reason, is_lost, thread],
    )?;
    Ok(())
}

/// A night that was lost, of whom, where, and to what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LostNight {
    /// Who stands now.
    pub(crate) person: PersonId,
    /// The hospital.
    pub(crate) organisation: OdsCode,
    /// The day on which it began.
    pub(crate) of: Date,
    /// A code of the list `delay-reason`.
    pub(crate) reason: Option<String>,
}

/// The nights that were lost from a day on.
pub(crate) fn lost_since(tx: &mut Transaction<'_>, from: Date) -> Result<Vec<LostNight>, Error> {
    tx.rows(
        sql!(
            "SELECT COALESCE((SELECT m.survivor FROM merged_person m WHERE m.person = s.person), s.person), s.organisation,
                    n.of_day, n.reason
             FROM spell_night n JOIN spell s ON s.id = n.spell
             WHERE n.lost AND n.of_day >= $1 ORDER BY n.of_day, n.spell"
        ),
        params![from],
        |row| {
            Ok(LostNight {
                person: row.get(0)?,
                organisation: row.get(1)?,
                of: row.get(2)?,
                reason: row.get(3)?,
            })
        },
    )
}

/// The stays of which another night may have been lost since they were last added up: those of people who are ready and still
/// there.
pub(crate) fn waiting(tx: &mut Transaction<'_>) -> Result<Vec<SpellId>, Error> {
    tx.rows(
        sql!("SELECT id FROM spell WHERE state = 'in-hospital' AND discharge_ready IS NOT NULL ORDER BY id"),
        params![],
        |row| row.get(0),
    )
}

//! Alerts in the database, and what each team was told.

use std::collections::BTreeMap;

use stour_access::PersonFacts;
use stour_database::{Error, Row, Transaction, params, sql, touch};
use stour_kernel::{Date, Environment, OdsCode, PersonId, Timestamp, typed_id};
use stour_people::facts_for_access;

use super::news::{Kind, Now, Told, news};
use crate::by::By;
use crate::error::FlowError;
use crate::in_reach::store::HOME;
use crate::spell::{Spell, SpellId, one};
use crate::ward::community;

typed_id!(pub AlertId, "something that a community team is told");
stour_database::text_value!(AlertId);

/// The topic that open pages watch.
const TOPIC: &str = "in-reach";

/// Something that a team was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// Its name here.
    pub id: AlertId,
    /// Whose team.
    pub organisation: OdsCode,
    /// The stay.
    pub spell: SpellId,
    /// About whom: the person who stands now.
    pub person: PersonId,
    /// What.
    pub kind: Kind,
    /// The day that it is about.
    pub on: Option<Date>,
    /// The day that was told before.
    pub before: Option<Date>,
    /// When the team was told.
    pub at: Timestamp,
    /// Who of the team said that it was seen, and when.
    pub seen: Option<(String, Timestamp)>,
}

fn stored(row: &Row<'_>) -> Result<Alert, Error> {
    let seen: (Option<String>, Option<Timestamp>) = (row.get(8)?, row.get(9)?);
    Ok(Alert {
        id: row.get(0)?,
        organisation: row.get(1)?,
        spell: row.get(2)?,
        person: row.get(3)?,
        kind: row.get(4)?,
        on: row.get(5)?,
        before: row.get(6)?,
        at: row.get(7)?,
        seen: seen.0.zip(seen.1),
    })
}

/// One.
pub(super) fn listed(tx: &mut Transaction<'_>, id: AlertId) -> Result<Option<Alert>, Error> {
    tx.optional(
        sql!(
            "SELECT a.id, a.organisation, a.spell,
                    COALESCE((SELECT m.survivor FROM merged_person m WHERE m.person = s.person), s.person),
                    a.kind, a.on_day, a.before_day, a.at, a.seen_name, a.seen_at
             FROM in_reach_alert a JOIN spell s ON s.id = a.spell
             WHERE a.id = $1"
        ),
        params![id],
        stored,
    )
}

/// What nobody of a team has seen, the latest first.
pub fn of_team(tx: &mut Transaction<'_>, organisation: OdsCode) -> Result<Vec<Alert>, Error> {
    tx.rows(
        sql!(
            "SELECT a.id, a.organisation, a.spell,
                    COALESCE((SELECT m.survivor FROM merged_person m WHERE m.person = s.person), s.person),
                    a.kind, a.on_day, a.before_day, a.at, a.seen_name, a.seen_at
             FROM in_reach_alert a JOIN spell s ON s.id = a.spell
             WHERE a.organisation = $1 AND a.seen_at IS NULL
             ORDER BY a.at DESC, a.spell DESC, a.number DESC"
        ),
        params![organisation],
        stored,
    )
}

/// Everything that a team was told of a stay, the latest first.
pub(in crate::in_reach) fn of_stay(
    tx: &mut Transaction<'_>,
    organisation: OdsCode,
    spell: SpellId,
) -> Result<Vec<Alert>, Error> {
    tx.rows(
        sql!(
            "SELECT a.id, a.organisation, a.spell,
                    COALESCE((SELECT m.survivor FROM merged_person m WHERE m.person = s.person), s.person),
                    a.kind, a.on_day, a.before_day, a.at, a.seen_name, a.seen_at
             FROM in_reach_alert a JOIN spell s ON s.id = a.spell
             WHERE a.organisation = $1 AND a.spell = $2 ORDER BY a.number DESC"
        ),
        params![organisation, spell],
        stored,
    )
}

/// Somebody of a team has seen an alert.
///
/// # Errors
/// [`FlowError::NotFound`] for another team's; [`FlowError::NotNow`] where somebody has said so already.
pub fn mark_seen(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    id: AlertId,
    by: &By,
) -> Result<(), FlowError> {
    let alert = listed(tx, id)?.filter(|alert| alert.organisation == by.organisation);
    let alert = alert.ok_or(FlowError::NotFound)?;
    let seen = tx.execute(
        sql!(
            "UPDATE in_reach_alert SET seen_at = $2, seen_name = $3, seen_by_user = $4
             WHERE id = $1 AND seen_at IS NULL"
        ),
        params![id, environment.now(), by.name, by.user],
    )?;
    if seen != 1 {
        let who = alert
            .seen
            .map_or_else(|| "Somebody".to_owned(), |(name, _)| name);
        let why = format!("{who} has said already that this was seen.");
        return Err(FlowError::NotNow(why));
    }
    touch(tx, TOPIC)?;
    Ok(())
}

/// What a team was told of a stay, and how many alerts that made.
type Before = (Told, i64);

fn told(row: &Row<'_>) -> Result<((OdsCode, SpellId), Before), Error> {
    let told = Told {
        whereabouts: row.get(2)?,
        ready: row.get(3)?,
        expected: row.get(4)?,
        is_near: row.get(5)?,
    };
    Ok(((row.get(0)?, row.get(1)?), (told, row.get(6)?)))
}

fn told_of(
    tx: &mut Transaction<'_>,
    spell: SpellId,
) -> Result<BTreeMap<(OdsCode, SpellId), Before>, Error> {
    let rows = tx.rows(
        sql!(
            "SELECT organisation, spell, whereabouts, ready_on, expected_on, is_near, alerts
             FROM in_reach_told WHERE spell = $1"
        ),
        params![spell],
        told,
    )?;
    Ok(rows.into_iter().collect())
}

/// From when on those who left are told of to a team that never heard of their stay: those whom its list shows.
pub(super) fn heard_since(now: Timestamp) -> Timestamp {
    now.checked_sub(HOME).unwrap_or(now)
}

/// What was told of every stay that goes on, or ended lately.
#[derive(Debug, Default)]
pub(super) struct Listed(BTreeMap<(OdsCode, SpellId), Before>);

impl Listed {
    /// Reads it.
    pub(super) fn read(tx: &mut Transaction<'_>, since: Timestamp) -> Result<Self, Error> {
        let rows = tx.rows(
            sql!(
                "SELECT t.organisation, t.spell, t.whereabouts, t.ready_on, t.expected_on, t.is_near, t.alerts
                 FROM in_reach_told t JOIN spell s ON s.id = t.spell
                 WHERE s.state = 'in-hospital' OR s.discharged_at >= $1"
            ),
            params![since],
            told,
        )?;
        Ok(Self(rows.into_iter().collect()))
    }

    /// Whether any team of a person is to be told something of a stay.
    pub(super) fn is_behind(
        &self,
        spell: &Spell,
        person: &PersonFacts,
        (today, since): (Date, Timestamp),
    ) -> bool {
        let Some(now) = Now::of(spell) else {
            return false;
        };
        community(person).into_iter().any(|organisation| {
            let before = self.0.get(&(organisation, spell.id)).map(|(told, _)| told);
            let after = news(before, &now, (today, since));
            after.is_some_and(|(told, _)| Some(&told) != before)
        })
    }
}

/// Tells each team that knows the person what is new of a stay. Nothing is told twice, whoever asks and however often.
///
/// # Errors
/// Those of the database.
pub fn tell(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    spell: &Spell,
) -> Result<(), FlowError> {
    let Some(now) = Now::of(spell) else {
        return Ok(());
    };
    let Some(person) = facts_for_access(tx, spell.person)? else {
        return Ok(());
    };
    let teams = community(&person);
    if teams.is_empty() {
        return Ok(());
    }
    let at = environment.now();
    let days = (environment.today(), heard_since(at));
    let before = told_of(tx, spell.id)?;
    let mut is_new = false;
    for team in teams {
        let told = before.get(&(team, spell.id));
        let Some((is, happened)) = news(told.map(|(told, _)| told), &now, days) else {
            continue;
        };
        let mut number = told.map_or(0, |(_, alerts)| *alerts);
        for one in &happened {
            number = number.saturating_add(1);
            let id: AlertId = environment.id();
            tx.execute(
                sql!(
                    "INSERT INTO in_reach_alert (id, organisation, spell, number, kind, on_day, before_day, at)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
                ),
                params![id, team, spell.id, number, one.kind, one.on, one.before, at],
            )?;
        }
        if told.is_none_or(|(told, _)| *told != is) {
            note(tx, (team, spell.id), (&is, number))?;
        }
        is_new |= !happened.is_empty();
    }
    if is_new {
        touch(tx, TOPIC)?;
    }
    Ok(())
}

fn note(
    tx: &mut Transaction<'_>,
    (team, spell): (OdsCode, SpellId),
    (told, alerts): (&Told, i64),
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "INSERT INTO in_reach_told (organisation, spell, whereabouts, ready_on, expected_on, is_near, alerts)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (organisation, spell) DO UPDATE SET whereabouts = excluded.whereabouts,
                 ready_on = excluded.ready_on, expected_on = excluded.expected_on, is_near = excluded.is_near,
                 alerts = excluded.alerts"
        ),
        params![team, spell, told.whereabouts, told.ready, told.expected, told.is_near, alerts],
    )?;
    Ok(())
}

/// As [`tell`], of a stay by its name.
pub(super) fn tell_of(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    spell: SpellId,
) -> Result<(), FlowError> {
    match one(tx, spell)? {
        Some(spell) => tell(tx, environment, &spell),
        None => Ok(()),
    }
}

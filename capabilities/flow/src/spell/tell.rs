//! A message's word on a visit: kept beside the others, and the visit added up anew.

use stour_database::{Error, Transaction, Version, params, sql, touch};
use stour_facts::append;
use stour_kernel::{Environment, OdsCode, PersonId, Timestamp, london_date};
use stour_people::{facts_for_access, forget, group, know};

use super::course::{Course, course, in_order};
use super::event::Event;
use super::night::tell_nights;
use super::stay::{Stay, Unused};
use super::store::{self, Spell, SpellState};
use super::{SpellId, dates, fact, review};
use crate::error::FlowError;
use crate::estimate::Moment;
use crate::in_reach::alert;
use crate::message::MessageId;

/// The reason for which a hospital looks after somebody, among those of `stour_people`.
const WHY: &str = "spell";

/// Which visit a message is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Visit {
    pub(crate) person: PersonId,
    pub(crate) organisation: OdsCode,
    pub(crate) number: String,
    pub(crate) identity: String,
    pub(crate) source: String,
}

/// Whose visit it is, where nothing about the person proves who it is but the same organisation has
/// said the same of the person of this very visit before.
pub(crate) fn person_of_visit(
    tx: &mut Transaction<'_>,
    organisation: OdsCode,
    number: &str,
    identity: &str,
) -> Result<Option<PersonId>, Error> {
    tx.optional(
        sql!(
            "SELECT person FROM spell
             WHERE organisation = $1 AND visit_number = $2 AND identity = $3 ORDER BY id"
        ),
        params![organisation, number, identity],
        |row| row.get(0),
    )
}

/// The number of the visit that somebody was on at that moment at that organisation: for messages
/// that do not say which.
pub(crate) fn latest_visit(
    tx: &mut Transaction<'_>,
    person: PersonId,
    organisation: OdsCode,
    at: Timestamp,
) -> Result<Option<String>, Error> {
    let mut latest: Option<(Timestamp, String)> = None;
    for member in group(tx, person)? {
        let one = tx.optional(
            sql!(
                "SELECT admitted_at, visit_number FROM spell
                 WHERE person = $1 AND organisation = $2 AND admitted_at <= $3
                 ORDER BY admitted_at DESC, id DESC"
            ),
            params![member, organisation, at],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        latest = latest.max(one);
    }
    Ok(latest.map(|(_, number)| number))
}

/// Keeps what a message says of a visit and adds the visit up. Gives the spell and why the message
/// changed nothing, if it did not.
pub(crate) fn tell(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    visit: &Visit,
    message: MessageId,
    event: &Event,
) -> Result<(SpellId, Option<Unused>), FlowError> {
    let known = store::of_visit(tx, visit.person, visit.organisation, &visit.number)?;
    let spell = if let Some(spell) = known {
        spell
    } else {
        let spell = begun(environment, visit);
        store::insert(tx, &spell)?;
        spell
    };
    keep(tx, spell.id, message, event)?;
    let added = add_up(tx, environment, &spell, (Some(message), Moment::Told))?;
    Ok((spell.id, added.unused))
}

fn begun(environment: &Environment, visit: &Visit) -> Spell {
    Spell {
        id: environment.id(),
        person: visit.person,
        organisation: visit.organisation,
        visit_number: visit.number.clone(),
        identity: visit.identity.clone(),
        source: visit.source.clone(),
        state: SpellState::Unknown,
        admitted_at: None,
        ward: None,
        bed: None,
        site: None,
        since: None,
        discharged_at: None,
        left_from: None,
        method: None,
        specialty: None,
        consultant: None,
        destination: None,
        expected: None,
        medically_fit: None,
        ready_on: None,
        last_message_at: None,
        thread: None,
        version: Version::FIRST,
        away: None,
        next: None,
        review: None,
        discharge_ready: None,
        came_from: None,
        diagnosis: None,
        arrived_by: None,
    }
}

fn keep(
    tx: &mut Transaction<'_>,
    spell: SpellId,
    message: MessageId,
    event: &Event,
) -> Result<(), Error> {
    let (order, what) = (&event.order, serde_json::json!(event).to_string());
    tx.execute(
        sql!(
            "INSERT INTO spell_event (spell, digest, control_id, message, kind, occurred, what)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (spell, digest, control_id)
             DO UPDATE SET what = excluded.what, message = excluded.message"
        ),
        params![
            spell,
            order.digest,
            order.control_id,
            message,
            event.kind.trigger(),
            order.occurred,
            what
        ],
    )?;
    Ok(())
}

/// An event as it is kept.
struct Kept {
    event: Event,
    message: Option<MessageId>,
    unused: Option<String>,
}

fn events(tx: &mut Transaction<'_>, spell: SpellId) -> Result<Vec<Kept>, Error> {
    let rows = tx.rows(
        sql!("SELECT what, message, unused FROM spell_event WHERE spell = $1"),
        params![spell],
        |row| {
            let event =
                serde_json::from_str(&row.get::<String>(0)?).map_err(|_| Error::Decode {
                    column: 0,
                    expected: "event",
                })?;
            Ok(Kept {
                event,
                message: row.get(1)?,
                unused: row.get(2)?,
            })
        },
    )?;
    Ok(rows)
}

/// What was said of a visit, in order, and what it adds up to.
pub(super) fn said(
    tx: &mut Transaction<'_>,
    spell: SpellId,
) -> Result<(Vec<Event>, Course), FlowError> {
    let events = events(tx, spell)?.into_iter().map(|kept| kept.event);
    let ordered = in_order(events.collect());
    let course = course(&ordered);
    Ok((ordered, course))
}

/// Adds a visit up again, of which nothing new was said by a message.
pub(crate) fn add_up_again(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    spell: &Spell,
) -> Result<(), FlowError> {
    add_up(tx, environment, spell, (None, Moment::Told))?;
    Ok(())
}

/// What came of adding a visit up.
pub(super) struct AddedUp {
    /// Why the message at hand changed nothing, if it did not.
    pub(super) unused: Option<Unused>,
    /// The visit shows something else than before.
    pub(super) is_otherwise: bool,
}

/// Adds a visit up from everything that was said of it, and keeps what has changed: the spell, its
/// fact, who looks after the person, and what became of the messages.
pub(super) fn add_up(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    before: &Spell,
    (message, moment): (Option<MessageId>, Moment),
) -> Result<AddedUp, FlowError> {
    let kept = events(tx, before.id)?;
    let ordered = in_order(kept.iter().map(|kept| kept.event.clone()).collect());
    let course = course(&ordered);
    let mut now = applied(before, &course, &ordered);
    now.expected = dates::standing_date(tx, environment, (&now, &course), moment)?;
    let reviews = review::reviews(tx, now.id)?;
    (now.review, now.discharge_ready) = review::follow(&now, &reviews);
    let fates = ordered.iter().zip(&course.unused);
    let mut at_hand = None;
    for (event, unused) in fates {
        let this = kept.iter().find(|kept| kept.event.order == event.order);
        let Some(this) = this else { continue };
        if message.is_some() && this.message == message {
            at_hand = *unused;
        }
        note_fate(tx, now.id, this, message, *unused)?;
    }
    if !is_told(before, &now) {
        write_fact(tx, environment, &mut now)?;
    }
    if !reviews.is_empty() {
        tell_nights(tx, environment, &now, &reviews)?;
    }
    let is_otherwise = now != *before;
    if is_otherwise {
        look_after(tx, environment, before, &now)?;
        now.version = before.version.next();
        store::update(tx, &now)?;
        alert::tell(tx, environment, &now)?;
        touch(tx, "wards")?;
        touch(tx, "in-reach")?;
    }
    Ok(AddedUp {
        unused: at_hand,
        is_otherwise,
    })
}

/// What became of an event is known by the code of its reason; a message whose fate changes with a
/// later one is told so. The message at hand is told by whoever reads it.
fn note_fate(
    tx: &mut Transaction<'_>,
    spell: SpellId,
    kept: &Kept,
    at_hand: Option<MessageId>,
    unused: Option<Unused>,
) -> Result<(), Error> {
    let code = unused.map(|unused| format!("{unused:?}"));
    if code == kept.unused {
        return Ok(());
    }
    let order = &kept.event.order;
    tx.execute(
        sql!("UPDATE spell_event SET unused = $4 WHERE spell = $1 AND digest = $2 AND control_id = $3"),
        params![spell, order.digest, order.control_id, code],
    )?;
    match kept.message {
        Some(message) if Some(message) != at_hand => {
            crate::message::retell(tx, message, unused)?;
        }
        _ => {}
    }
    Ok(())
}

fn applied(before: &Spell, course: &Course, ordered: &[Event]) -> Spell {
    let about = &course.about;
    let mut now = Spell {
        method: about.method.clone(),
        specialty: about.specialty.clone(),
        consultant: about.consultant.clone(),
        destination: about.destination.clone(),
        medically_fit: about.medically_fit,
        ready_on: about.ready,
        came_from: about.came_from.clone(),
        diagnosis: about.diagnosis.clone(),
        arrived_by: about.arrived_by.clone(),
        last_message_at: ordered.iter().map(|event| event.order.made).max(),
        ward: None,
        bed: None,
        site: None,
        since: None,
        discharged_at: None,
        left_from: None,
        away: None,
        next: None,
        // The day of a stay that never was is kept for the fact that takes it back.
        admitted_at: before.admitted_at.filter(|_| before.thread.is_some()),
        ..before.clone()
    };
    match &course.stay {
        Stay::Unknown => now.state = SpellState::Unknown,
        Stay::Expected => now.state = SpellState::Expected,
        Stay::Cancelled => now.state = SpellState::Cancelled,
        Stay::InHospital(here) => {
            now.state = SpellState::InHospital;
            now.admitted_at = Some(here.admitted);
            now.since = Some(here.since);
            let place = here.place.as_ref();
            now.ward = place.map(|place| place.ward.clone());
            now.bed = place.and_then(|place| place.bed.clone());
            now.site = place.and_then(|place| place.site.clone());
            now.away.clone_from(&here.away);
            let next = here.next.as_ref();
            now.next = next.map(|place| (place.ward.clone(), place.bed.clone()));
        }
        Stay::Left(left) => {
            now.state = SpellState::Left;
            now.admitted_at = Some(left.admitted);
            now.discharged_at = Some(left.at);
            now.left_from.clone_from(&left.from);
        }
    }
    now
}

/// Whether the fact log already says of a spell what it should: most messages change nothing in it.
fn is_told(before: &Spell, now: &Spell) -> bool {
    let told = |spell: &Spell| {
        let (times, codes) = (
            (
                spell.admitted_at,
                spell.discharged_at,
                spell.discharge_ready,
            ),
            [
                &spell.destination,
                &spell.method,
                &spell.specialty,
                &spell.came_from,
                &spell.arrived_by,
            ]
            .map(Clone::clone),
        );
        (spell.state, times, codes, spell.diagnosis.clone())
    };
    before.thread.is_some() && told(before) == told(now)
}

fn write_fact(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    now: &mut Spell,
) -> Result<(), FlowError> {
    let person = facts_for_access(tx, now.person)?;
    let Some(wanted) = fact::fact_of(now, person.as_ref()) else {
        return Ok(());
    };
    let last = match now.thread {
        Some(thread) => stour_facts::thread(tx, thread)?.pop(),
        None => None,
    };
    if last.is_some_and(|last| fact::says_the_same(&last.what, &wanted)) {
        return Ok(());
    }
    now.thread = Some(append(tx, environment, wanted)?.thread);
    Ok(())
}

fn look_after(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    before: &Spell,
    now: &Spell,
) -> Result<(), Error> {
    let (was_in, is_in) = (
        before.state == SpellState::InHospital,
        now.state == SpellState::InHospital,
    );
    match (was_in, is_in, now.admitted_at) {
        (false, true, Some(admitted)) => know(
            tx,
            environment,
            now.person,
            now.organisation,
            WHY,
            london_date(admitted),
        ),
        (true, false, _) => {
            let until = now
                .discharged_at
                .map_or_else(|| environment.today(), london_date);
            let elsewhere = tx.optional(
                sql!(
                    "SELECT 1 FROM spell WHERE person = $1 AND state = 'in-hospital'
                       AND organisation = $2 AND id <> $3"
                ),
                params![now.person, now.organisation, now.id],
                |_| Ok(()),
            )?;
            match elsewhere {
                Some(()) => Ok(()),
                None => forget(tx, now.person, now.organisation, WHY, until),
            }
        }
        _ => Ok(()),
    }
}

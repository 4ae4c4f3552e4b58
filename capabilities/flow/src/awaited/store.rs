//! What is waited for, in the database.

use std::collections::BTreeMap;

use stour_database::{Error, Row, Transaction, Version, VersionError, params, sql, touch};
use stour_kernel::{Date, Environment, OdsCode, Timestamp, london_date, typed_id};
use stour_partnership::Reference;

use super::KINDS;
use super::day::{self, KeptDay};
use super::state::{Ended, Ending, NotSo, Waiting};
use crate::by::By;
use crate::error::{FlowError, reference};
use crate::list::has;
use crate::spell::{Spell, SpellId, SpellState, one};

typed_id!(pub AwaitedId, "something that somebody in hospital waits for");
stour_database::text_value!(AwaitedId);

/// What is asked for, before it has a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAwaited {
    /// A code of the list `awaited-kind`.
    pub kind: String,
    /// What it is.
    pub what: String,
    /// Who brings it about.
    pub who: String,
    /// When it was asked for.
    pub at: Timestamp,
}

/// What is wrong with what is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WrongAwaited {
    /// No kind of the list as it is today.
    #[error("Select what kind of thing it is")]
    Kind,
    /// Nothing is said to be waited for.
    #[error("Enter what the person waits for")]
    What,
    /// Nobody brings it about.
    #[error("Enter who does it next")]
    Who,
    /// What it is, or who brings it about, is a story.
    #[error("Use at most {LONGEST} characters")]
    Long(&'static str),
    /// It was asked for before the stay, or is still to be.
    #[error("Enter a time from the admission until now")]
    When,
}

/// The longest that what is waited for and who brings it about may be, in characters.
const LONGEST: usize = 200;

impl NewAwaited {
    /// All that is wrong with it for a stay, at a moment.
    pub fn wrongs(&self, stay: &Spell, now: Timestamp, reference: &Reference) -> Vec<WrongAwaited> {
        let is_long = |text: &str| text.chars().count() > LONGEST;
        let is_before = stay.admitted_at.is_some_and(|admitted| self.at < admitted);
        let is_listed = has(reference, KINDS, &self.kind, london_date(now));
        [
            (!is_listed, WrongAwaited::Kind),
            (self.what.is_empty(), WrongAwaited::What),
            (is_long(&self.what), WrongAwaited::Long("what")),
            (self.who.is_empty(), WrongAwaited::Who),
            (is_long(&self.who), WrongAwaited::Long("who")),
            (is_before || self.at > now, WrongAwaited::When),
        ]
        .into_iter()
        .filter_map(|(is_wrong, wrong)| is_wrong.then_some(wrong))
        .collect()
    }
}

/// Something that somebody in hospital waits for, or waited for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Awaited {
    /// Its name here.
    pub id: AwaitedId,
    /// The stay.
    pub spell: SpellId,
    /// What, by whom, and since when.
    pub asked: NewAwaited,
    /// How and when it ended.
    pub ended: Option<Ended>,
    /// Raised by every change.
    pub version: Version,
}

impl Awaited {
    /// The state that its end is a step from.
    ///
    /// # Errors
    /// [`NotSo::Over`] where it has ended.
    pub fn waiting(&self) -> Result<Waiting, NotSo> {
        match self.ended {
            None => Ok(Waiting {
                since: self.asked.at,
            }),
            Some(_) => Err(NotSo::Over),
        }
    }
}

fn stored(row: &Row<'_>) -> Result<Awaited, Error> {
    let since = row.get(5)?;
    let how = row.get::<Option<String>>(6)?;
    let how = how.as_deref().and_then(Ending::from_stored);
    let ended = match (how, row.get(7)?) {
        (Some(how), Some(at)) => Some(Ended {
            since,
            at,
            how,
            words: row.get(8)?,
        }),
        _ => None,
    };
    Ok(Awaited {
        id: row.get(0)?,
        spell: row.get(1)?,
        asked: NewAwaited {
            kind: row.get(2)?,
            what: row.get(3)?,
            who: row.get(4)?,
            at: since,
        },
        ended,
        version: row.get(9)?,
    })
}

/// One.
pub(super) fn awaited(tx: &mut Transaction<'_>, id: AwaitedId) -> Result<Option<Awaited>, Error> {
    tx.optional(
        sql!(
            "SELECT id, spell, kind, what, who, asked_at, ended, ended_at, words, version
             FROM awaited WHERE id = $1"
        ),
        params![id],
        stored,
    )
}

/// All of a stay, in the order in which they were asked for.
pub(crate) fn of_spell(tx: &mut Transaction<'_>, spell: SpellId) -> Result<Vec<Awaited>, Error> {
    tx.rows(
        sql!(
            "SELECT id, spell, kind, what, who, asked_at, ended, ended_at, words, version
             FROM awaited WHERE spell = $1 ORDER BY asked_at, id"
        ),
        params![spell],
        stored,
    )
}

/// What people who are in hospital wait for now.
pub(super) fn open(tx: &mut Transaction<'_>) -> Result<Vec<Awaited>, Error> {
    tx.rows(
        sql!(
            "SELECT a.id, a.spell, a.kind, a.what, a.who, a.asked_at, a.ended, a.ended_at, a.words, a.version
             FROM awaited a JOIN spell s ON s.id = a.spell
             WHERE a.ended IS NULL AND s.state = 'in-hospital' ORDER BY a.asked_at, a.id"
        ),
        params![],
        stored,
    )
}

/// What came since a moment.
pub(super) fn done_since(
    tx: &mut Transaction<'_>,
    since: Timestamp,
) -> Result<Vec<Awaited>, Error> {
    tx.rows(
        sql!(
            "SELECT id, spell, kind, what, who, asked_at, ended, ended_at, words, version
             FROM awaited WHERE ended = 'done' AND ended_at >= $1 ORDER BY ended_at, id"
        ),
        params![since],
        stored,
    )
}

/// What a ward's board says of everybody on it.
#[derive(Debug, Default)]
pub(crate) struct Board {
    waits: BTreeMap<SpellId, Vec<Awaited>>,
    days: BTreeMap<SpellId, KeptDay>,
}

impl Board {
    /// Of everybody on a ward, for a day.
    ///
    /// # Errors
    /// Those of the database.
    pub(crate) fn of_ward(
        tx: &mut Transaction<'_>,
        (organisation, ward): (OdsCode, &str),
        today: Date,
    ) -> Result<Self, Error> {
        let open = tx.rows(
            sql!(
                "SELECT a.id, a.spell, a.kind, a.what, a.who, a.asked_at, a.ended, a.ended_at, a.words, a.version
                 FROM spell s JOIN awaited a ON a.spell = s.id
                 WHERE s.state = 'in-hospital' AND s.organisation = $1 AND COALESCE(s.ward, '') = $2
                   AND a.ended IS NULL
                 ORDER BY a.asked_at, a.id"
            ),
            params![organisation, ward],
            stored,
        )?;
        let mut waits: BTreeMap<SpellId, Vec<Awaited>> = BTreeMap::new();
        for one in open {
            waits.entry(one.spell).or_default().push(one);
        }
        let days = day::of_ward(tx, (organisation, ward), today)?;
        Ok(Self { waits, days })
    }

    /// What somebody waits for, the longest first.
    pub(super) fn waits(&self, spell: SpellId) -> &[Awaited] {
        self.waits.get(&spell).map_or(&[], Vec::as_slice)
    }

    /// What was found of somebody's day.
    pub(super) fn day(&self, spell: SpellId) -> Option<&KeptDay> {
        self.days.get(&spell)
    }
}

fn step(
    tx: &mut Transaction<'_>,
    (id, number): (AwaitedId, Version),
    (at, by): (Timestamp, &By),
) -> Result<(), Error> {
    tx.execute(
        sql!(
            "INSERT INTO awaited_step (awaited, number, name, done_by_user, organisation, at)
             VALUES ($1, $2, $3, $4, $5, $6)"
        ),
        params![id, number, by.name, by.user, by.organisation, at],
    )?;
    touch(tx, "wards")
}

/// Notes what somebody in hospital waits for.
///
/// # Errors
/// [`FlowError::NotNow`] of somebody who is not in hospital, and where something is wrong with it ([`NewAwaited::wrongs`]);
/// [`FlowError::NotFound`].
pub fn ask(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    spell: SpellId,
    new: &NewAwaited,
    by: &By,
) -> Result<AwaitedId, FlowError> {
    let spell = one(tx, spell)?.ok_or(FlowError::NotFound)?;
    if spell.state != SpellState::InHospital {
        let why = "The person is no longer in hospital. Go back to the ward page to see who is.";
        return Err(FlowError::NotNow(why.to_owned()));
    }
    let now = environment.now();
    if let Some(wrong) = new.wrongs(&spell, now, reference()?).first() {
        return Err(FlowError::NotNow(format!("{wrong}.")));
    }
    let id: AwaitedId = environment.id();
    tx.execute(
        sql!(
            "INSERT INTO awaited (id, spell, kind, what, who, asked_at, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        params![
            id,
            spell.id,
            new.kind,
            new.what,
            new.who,
            new.at,
            Version::FIRST
        ],
    )?;
    step(tx, (id, Version::FIRST), (now, by))?;
    Ok(id)
}

/// Says that it came, or is not needed any more.
///
/// # Errors
/// [`FlowError::NotNow`] once it has ended, and for a moment before it was asked for or still to come; a version that is
/// not its any more; [`FlowError::NotFound`].
pub fn end(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, seen): (AwaitedId, Version),
    (at, how, words): (Timestamp, Ending, Option<String>),
    by: &By,
) -> Result<(), FlowError> {
    let found = awaited(tx, id)?.ok_or(FlowError::NotFound)?;
    found.version.expect(seen)?;
    let now = environment.now();
    let ended = found.waiting()?.end(at, now, (how, words))?;
    let next = found.version.next();
    let changed = tx.execute(
        sql!(
            "UPDATE awaited SET ended = $3, ended_at = $4, words = $5, version = $6
             WHERE id = $1 AND version = $2"
        ),
        params![id, seen, ended.how.as_str(), ended.at, ended.words, next],
    )?;
    if changed != 1 {
        return Err(VersionError::Changed.into());
    }
    step(tx, (id, next), (now, by))?;
    Ok(())
}

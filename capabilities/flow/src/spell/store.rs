//! Spells in the database.

use std::fmt;
use std::str::FromStr;

use stour_database::{Error, Row, Transaction, Value, Version, params, sql};
use stour_kernel::{Date, OdsCode, PersonId, ThreadId, Timestamp};
use stour_people::group;
use thiserror::Error as ThisError;

use super::SpellId;
use super::event::Diagnosis;
use super::expected::ExpectedDate;
use super::review::Review;
use super::stay::{Away, Whereabouts};

/// How far a spell has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SpellState {
    /// Nothing says that the person was admitted.
    Unknown,
    /// The person is to come in.
    Expected,
    /// The person is in hospital.
    InHospital,
    /// The person has left.
    Left,
    /// The admission was a mistake.
    Cancelled,
}

impl SpellState {
    const ALL: [Self; 5] = [
        Self::Unknown,
        Self::Expected,
        Self::InHospital,
        Self::Left,
        Self::Cancelled,
    ];

    /// As the database writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Expected => "expected",
            Self::InHospital => "in-hospital",
            Self::Left => "left",
            Self::Cancelled => "cancelled",
        }
    }
}

impl fmt::Display for SpellState {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// Text that is no state of a spell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ThisError)]
#[error("a spell is unknown, expected, in-hospital, left or cancelled")]
pub struct UnknownSpellState;

impl FromStr for SpellState {
    type Err = UnknownSpellState;

    fn from_str(text: &str) -> Result<Self, UnknownSpellState> {
        Self::ALL
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or(UnknownSpellState)
    }
}

stour_database::text_value!(SpellState);

/// One stay in hospital, as its messages say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spell {
    /// Its name here.
    pub id: SpellId,
    /// Who.
    pub person: PersonId,
    /// In which organisation, by ODS code; it need not be one of the partnership.
    pub organisation: OdsCode,
    /// The organisation's number for the visit.
    pub visit_number: String,
    /// By what the person is told from others under the same number; see
    /// [`Patient::identity`](crate::adt::Patient::identity).
    pub identity: String,
    /// The system that says so, as facts name it.
    pub source: String,
    /// How far it has come.
    pub state: SpellState,
    /// Since when in hospital.
    pub admitted_at: Option<Timestamp>,
    /// The ward, by the hospital's own code; only while in hospital.
    pub ward: Option<String>,
    /// The bed; only while in hospital.
    pub bed: Option<String>,
    /// The hospital's code; only while in hospital.
    pub site: Option<String>,
    /// Since when there.
    pub since: Option<Timestamp>,
    /// When the person left.
    pub discharged_at: Option<Timestamp>,
    /// The ward that the person left from.
    pub left_from: Option<String>,
    /// A code of the list `admission-method`.
    pub method: Option<String>,
    /// A code of the list `treatment-specialty`.
    pub specialty: Option<String>,
    /// The consultant.
    pub consultant: Option<String>,
    /// A code of the list `discharge-destination`.
    pub destination: Option<String>,
    /// When the person is expected to leave.
    pub expected: Option<ExpectedDate>,
    /// Whether the person no longer needs a hospital's medicine, if said.
    pub medically_fit: Option<bool>,
    /// Since when ready to leave, if said.
    pub ready_on: Option<Date>,
    /// When the latest message about it was made.
    pub last_message_at: Option<Timestamp>,
    /// Its thread in the fact log.
    pub thread: Option<ThreadId>,
    /// Raised by every change.
    pub version: Version,
    /// Not in the bed for a while; only while in hospital.
    pub away: Option<Away>,
    /// Where the person will be moved to: the ward, and the bed if said; only while in hospital.
    pub next: Option<(String, Option<String>)>,
    /// What the ward last found when it asked whether the person needs an acute hospital.
    pub review: Option<Review>,
    /// The discharge ready date, from the ward's reviews.
    pub discharge_ready: Option<Date>,
    /// Where the person was before: a code of the list `admission-source`.
    pub came_from: Option<String>,
    /// What the person mainly has.
    pub diagnosis: Option<Diagnosis>,
    /// How the person came: a code of the list `arrival-mode`.
    pub arrived_by: Option<String>,
}

fn review(row: &Row<'_>) -> Result<Option<Review>, Error> {
    let (on, meets, because, next_step) = (row.get(32)?, row.get(33)?, row.get(34)?, row.get(36)?);
    let (Some(on), Some(meets), Some(because), Some(next_step)) = (on, meets, because, next_step)
    else {
        return Ok(None);
    };
    Ok(Some(Review {
        on,
        meets,
        because,
        pathway: row.get(35)?,
        next_step,
    }))
}

fn diagnosis(row: &Row<'_>) -> Result<Option<Diagnosis>, Error> {
    let (code, coding, on): (Option<String>, _, _) = (row.get(39)?, row.get(40)?, row.get(41)?);
    Ok(code.map(|code| Diagnosis { code, coding, on }))
}

/// As the database writes whereabouts.
const ON_LEAVE: &str = "leave";
const ELSEWHERE: &str = "elsewhere";

fn away(row: &Row<'_>) -> Result<Option<Away>, Error> {
    let (kind, since, ward): (Option<String>, Option<Timestamp>, _) =
        (row.get(27)?, row.get(28)?, row.get(29)?);
    let whereabouts = match kind.as_deref() {
        Some(ON_LEAVE) => Whereabouts::OnLeave,
        Some(_) => Whereabouts::Elsewhere(ward),
        None => return Ok(None),
    };
    Ok(since.map(|since| Away { since, whereabouts }))
}

fn next(row: &Row<'_>) -> Result<Option<(String, Option<String>)>, Error> {
    let (ward, bed): (Option<String>, _) = (row.get(30)?, row.get(31)?);
    Ok(ward.map(|ward| (ward, bed)))
}

pub(super) const COLUMNS: [&str; 43] = [
    "id",
    "person",
    "organisation",
    "visit_number",
    "identity",
    "source",
    "state",
    "admitted_at",
    "ward",
    "bed",
    "site",
    "since",
    "discharged_at",
    "left_from",
    "method",
    "specialty",
    "consultant",
    "destination",
    "expected_on",
    "expected_by",
    "expected_basis",
    "expected_at",
    "medically_fit",
    "ready_on",
    "last_message_at",
    "thread",
    "version",
    "away",
    "away_since",
    "away_ward",
    "next_ward",
    "next_bed",
    "reviewed_on",
    "meets",
    "because",
    "pathway",
    "next_step",
    "discharge_ready",
    "came_from",
    "diagnosis",
    "diagnosis_coding",
    "diagnosed_on",
    "arrived_by",
];

fn stored(row: &Row<'_>) -> Result<Spell, Error> {
    let expected = match (row.get(18)?, row.get(19)?, row.get(20)?, row.get(21)?) {
        (Some(on), Some(by), Some(basis), Some(at)) => Some(ExpectedDate { on, by, basis, at }),
        _ => None,
    };
    Ok(Spell {
        id: row.get(0)?,
        person: row.get(1)?,
        organisation: row.get(2)?,
        visit_number: row.get(3)?,
        identity: row.get(4)?,
        source: row.get(5)?,
        state: row.get(6)?,
        admitted_at: row.get(7)?,
        ward: row.get(8)?,
        bed: row.get(9)?,
        site: row.get(10)?,
        since: row.get(11)?,
        discharged_at: row.get(12)?,
        left_from: row.get(13)?,
        method: row.get(14)?,
        specialty: row.get(15)?,
        consultant: row.get(16)?,
        destination: row.get(17)?,
        expected,
        medically_fit: row.get(22)?,
        ready_on: row.get(23)?,
        last_message_at: row.get(24)?,
        thread: row.get(25)?,
        version: row.get(26)?,
        away: away(row)?,
        next: next(row)?,
        review: review(row)?,
        discharge_ready: row.get(37)?,
        came_from: row.get(38)?,
        diagnosis: diagnosis(row)?,
        arrived_by: row.get(42)?,
    })
}

pub(super) fn values(spell: &Spell) -> Vec<Value<'static>> {
    let expected = spell.expected.as_ref();
    let (away, away_ward) = match spell.away.as_ref().map(|away| &away.whereabouts) {
        Some(Whereabouts::OnLeave) => (Some(ON_LEAVE), None),
        Some(Whereabouts::Elsewhere(ward)) => (Some(ELSEWHERE), ward.as_deref()),
        None => (None, None),
    };
    let (next, review) = (spell.next.as_ref(), spell.review.as_ref());
    let diagnosis = spell.diagnosis.as_ref();
    owned(params![
        spell.id,
        spell.person,
        spell.organisation,
        spell.visit_number,
        spell.identity,
        spell.source,
        spell.state,
        spell.admitted_at,
        spell.ward,
        spell.bed,
        spell.site,
        spell.since,
        spell.discharged_at,
        spell.left_from,
        spell.method,
        spell.specialty,
        spell.consultant,
        spell.destination,
        expected.map(|expected| expected.on),
        expected.map(|expected| expected.by),
        expected.map(|expected| expected.basis.as_str()),
        expected.map(|expected| expected.at),
        spell.medically_fit,
        spell.ready_on,
        spell.last_message_at,
        spell.thread,
        spell.version,
        away,
        spell.away.as_ref().map(|away| away.since),
        away_ward,
        next.map(|(ward, _)| ward.as_str()),
        next.and_then(|(_, bed)| bed.as_deref()),
        review.map(|review| review.on),
        review.map(|review| review.meets),
        review.map(|review| review.because.as_str()),
        review.and_then(|review| review.pathway.as_deref()),
        review.map(|review| review.next_step.as_str()),
        spell.discharge_ready,
        spell.came_from,
        diagnosis.map(|diagnosis| diagnosis.code.as_str()),
        diagnosis.and_then(|diagnosis| diagnosis.coding.as_deref()),
        diagnosis.and_then(|diagnosis| diagnosis.on),
        spell.arrived_by,
    ])
}

pub(super) fn owned(values: &[Value<'_>]) -> Vec<Value<'static>> {
    values.iter().cloned().map(Value::into_owned).collect()
}

pub(super) fn insert(tx: &mut Transaction<'_>, spell: &Spell) -> Result<(), Error> {
    tx.bulk("spell", &COLUMNS, [values(spell)])?;
    Ok(())
}

pub(super) fn update(tx: &mut Transaction<'_>, spell: &Spell) -> Result<(), Error> {
    tx.execute(
        sql!(
            "UPDATE spell SET person = $2, organisation = $3, visit_number = $4, identity = $5, source = $6,
                 state = $7, admitted_at = $8, ward = $9, bed = $10, site = $11, since = $12,
                 discharged_at = $13, left_from = $14, method = $15, specialty = $16, consultant = $17,
                 destination = $18, expected_on = $19, expected_by = $20, expected_basis = $21,
                 expected_at = $22, medically_fit = $23, ready_on = $24, last_message_at = $25,
                 thread = $26, version = $27, away = $28, away_since = $29, away_ward = $30,
                 next_ward = $31, next_bed = $32, reviewed_on = $33, meets = $34, because = $35, pathway = $36,
                 next_step = $37, discharge_ready = $38, came_from = $39, diagnosis = $40, diagnosis_coding = $41,
                 diagnosed_on = $42, arrived_by = $43
             WHERE id = $1"
        ),
        &values(spell),
    )?;
    Ok(())
}

/// One spell.
pub fn one(tx: &mut Transaction<'_>, id: SpellId) -> Result<Option<Spell>, Error> {
    tx.optional(
        sql!(
            "SELECT id, person, organisation, visit_number, identity, source, state, admitted_at, ward, bed,
                    site, since, discharged_at, left_from, method, specialty, consultant, destination,
                    expected_on, expected_by, expected_basis, expected_at, medically_fit, ready_on,
                    last_message_at, thread, version, away, away_since, away_ward, next_ward, next_bed,
                     reviewed_on, meets, because, pathway, next_step, discharge_ready, came_from, diagnosis,
                    diagnosis_coding, diagnosed_on, arrived_by
             FROM spell WHERE id = $1"
        ),
        params![id],
        stored,
    )
}

/// The spell of a visit, under whichever of the person's identifiers it was begun.
pub(super) fn of_visit(
    tx: &mut Transaction<'_>,
    person: PersonId,
    organisation: OdsCode,
    visit_number: &str,
) -> Result<Option<Spell>, Error> {
    let spell = begun_under(tx, person, organisation, visit_number)?;
    if spell.is_some() {
        return Ok(spell);
    }
    for member in group(tx, person)? {
        let spell = begun_under(tx, member, organisation, visit_number)?;
        if spell.is_some() {
            return Ok(spell);
        }
    }
    Ok(None)
}

fn begun_under(
    tx: &mut Transaction<'_>,
    person: PersonId,
    organisation: OdsCode,
    visit_number: &str,
) -> Result<Option<Spell>, Error> {
    tx.optional(
        sql!(
            "SELECT id, person, organisation, visit_number, identity, source, state, admitted_at, ward, bed,
                    site, since, discharged_at, left_from, method, specialty, consultant, destination,
                    expected_on, expected_by, expected_basis, expected_at, medically_fit, ready_on,
                    last_message_at, thread, version, away, away_since, away_ward, next_ward, next_bed,
                     reviewed_on, meets, because, pathway, next_step, discharge_ready, came_from, diagnosis,
                    diagnosis_coding, diagnosed_on, arrived_by
             FROM spell WHERE organisation = $1 AND visit_number = $2 AND person = $3"
        ),
        params![organisation, visit_number, person],
        stored,
    )
}

/// A person's spells that began, under whichever identifier, the latest first.
pub fn of_person(tx: &mut Transaction<'_>, person: PersonId) -> Result<Vec<Spell>, Error> {
    let mut found = Vec::new();
    for member in group(tx, person)? {
        found.extend(recorded_under(tx, member)?);
    }
    found.sort_by_key(|spell: &Spell| std::cmp::Reverse((spell.admitted_at, spell.id)));
    Ok(found)
}

fn recorded_under(tx: &mut Transaction<'_>, person: PersonId) -> Result<Vec<Spell>, Error> {
    tx.rows(
        sql!(
            "SELECT id, person, organisation, visit_number, identity, source, state, admitted_at, ward, bed,
                    site, since, discharged_at, left_from, method, specialty, consultant, destination,
                    expected_on, expected_by, expected_basis, expected_at, medically_fit, ready_on,
                    last_message_at, thread, version, away, away_since, away_ward, next_ward, next_bed,
                     reviewed_on, meets, because, pathway, next_step, discharge_ready, came_from, diagnosis,
                    diagnosis_coding, diagnosed_on, arrived_by
             FROM spell WHERE person = $1 AND state IN ('in-hospital', 'left')
             ORDER BY admitted_at DESC, id DESC"
        ),
        params![person],
        stored,
    )
}

/// Everybody on a ward, by bed. The empty ward holds those of whom no ward was said. Like
/// the other lists, it names the person who stands now.
pub fn on_ward(
    tx: &mut Transaction<'_>,
    organisation: OdsCode,
    ward: &str,
) -> Result<Vec<Spell>, Error> {
    tx.rows(
        sql!(
            "SELECT id, COALESCE((SELECT m.survivor FROM merged_person m WHERE m.person = spell.person), person), organisation,
                    visit_number, identity, source, state, admitted_at, ward, bed,
                    site, since, discharged_at, left_from, method, specialty, consultant, destination,
                    expected_on, expected_by, expected_basis, expected_at, medically_fit, ready_on,
                    last_message_at, thread, version, away, away_since, away_ward, next_ward, next_bed,
                     reviewed_on, meets, because, pathway, next_step, discharge_ready, came_from, diagnosis,
                    diagnosis_coding, diagnosed_on, arrived_by
             FROM spell
             WHERE state = 'in-hospital' AND organisation = $1 AND COALESCE(ward, '') = $2
             ORDER BY COALESCE(bed, ''), admitted_at, id"
        ),
        params![organisation, ward],
        stored,
    )
}

/// Everybody in hospital anywhere, the latest admission first.
pub fn in_hospital(tx: &mut Transaction<'_>) -> Result<Vec<Spell>, Error> {
    tx.rows(
        sql!(
            "SELECT id, COALESCE((SELECT m.survivor FROM merged_person m WHERE m.person = spell.person), person), organisation,
                    visit_number, identity, source, state, admitted_at, ward, bed,
                    site, since, discharged_at, left_from, method, specialty, consultant, destination,
                    expected_on, expected_by, expected_basis, expected_at, medically_fit, ready_on,
                    last_message_at, thread, version, away, away_since, away_ward, next_ward, next_bed,
                     reviewed_on, meets, because, pathway, next_step, discharge_ready, came_from, diagnosis,
                    diagnosis_coding, diagnosed_on, arrived_by
             FROM spell WHERE state = 'in-hospital' ORDER BY admitted_at DESC, id DESC"
        ),
        params![],
        stored,
    )
}

/// Everybody who left hospital at that moment or after it, the latest first.
pub fn left_since(tx: &mut Transaction<'_>, since: Timestamp) -> Result<Vec<Spell>, Error> {
    tx.rows(
        sql!(
            "SELECT id, COALESCE((SELECT m.survivor FROM merged_person m WHERE m.person = spell.person), person), organisation,
                    visit_number, identity, source, state, admitted_at, ward, bed,
                    site, since, discharged_at, left_from, method, specialty, consultant, destination,
                    expected_on, expected_by, expected_basis, expected_at, medically_fit, ready_on,
                    last_message_at, thread, version, away, away_since, away_ward, next_ward, next_bed,
                     reviewed_on, meets, because, pathway, next_step, discharge_ready, came_from, diagnosis,
                    diagnosis_coding, diagnosed_on, arrived_by
             FROM spell WHERE state = 'left' AND discharged_at >= $1
             ORDER BY discharged_at DESC, id DESC"
        ),
        params![since],
        stored,
    )
}

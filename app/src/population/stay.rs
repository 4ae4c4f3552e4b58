//! Stays in hospital, as the flow of patients and as hospital messages want them.

use anyhow::Context as _;
use jiff::civil::DateTime;
use serde::Deserialize;
use stour_facts::FactKind;
use stour_flow::adt::{Bed, SpellPatient, SpellStory};
use stour_kernel::{Date, OdsCode, Timestamp, london};

use super::{Chunk, EventRecord, PersonRecord};

/// What is read of the detail of a stay.
#[derive(Debug, Clone, Deserialize)]
pub struct Stay {
    /// Hospital site.
    pub site: String,
    /// List `admission-method`.
    pub admission_method: String,
    /// List `admission-source`.
    #[serde(default)]
    pub admission_source: Option<String>,
    /// Main reason, ICD-10 with its point.
    #[serde(default)]
    pub primary_diagnosis: Option<String>,
    /// Treatment function code.
    pub specialty: String,
    /// Local wall-clock time.
    pub admitted: DateTime,
    /// Local wall-clock time.
    #[serde(default)]
    pub discharged: Option<DateTime>,
    /// Each ward in turn.
    pub wards: Vec<OnWard>,
    /// The first day without criteria to reside.
    #[serde(default)]
    pub discharge_ready: Option<Date>,
    /// List `discharge-destination`.
    #[serde(default)]
    pub destination: Option<String>,
}

/// Time on one ward.
#[derive(Debug, Clone, Deserialize)]
pub struct OnWard {
    /// Ward code.
    pub ward: String,
    /// Bed number.
    pub bed: i32,
    /// Local wall-clock time.
    pub from: DateTime,
}

/// An instant of the hospital's clock on the wall.
pub(super) fn instant(local: DateTime) -> anyhow::Result<Timestamp> {
    local
        .to_zoned_datetime(london())
        .map(|zoned| zoned.timestamp())
        .with_context(|| format!("{local} is no time in London"))
}

/// The stays of a chunk, each with its person and event.
///
/// # Errors
/// When the detail of a stay lacks something.
pub fn stays(chunk: &Chunk) -> anyhow::Result<Vec<(&PersonRecord, &EventRecord, Stay)>> {
    let spells = chunk
        .events
        .iter()
        .filter(|event| event.kind == FactKind::Spell);
    spells
        .map(|event| {
            let person = chunk
                .people
                .binary_search_by_key(&event.person, |person| person.index);
            let person = person
                .ok()
                .and_then(|at| chunk.people.get(at))
                .context("a stay of nobody")?;
            Ok((person, event, Stay::of(event)?))
        })
        .collect()
}

impl Stay {
    /// What the detail of a stay says.
    ///
    /// # Errors
    /// When it lacks something.
    pub fn of(event: &EventRecord) -> anyhow::Result<Self> {
        let stay = Self::deserialize(&event.detail);
        stay.with_context(|| format!("the detail of the stay {}", event.reference))
    }

    /// The ward where the person is, or was last.
    pub fn last_ward(&self) -> Option<&OnWard> {
        self.wards.last()
    }
}

/// A stay as its hospital's messages tell it.
///
/// # Errors
/// When a time of it is none, or it has no ward.
pub fn story(
    person: &PersonRecord,
    event: &EventRecord,
    stay: &Stay,
) -> anyhow::Result<SpellStory> {
    let bed = |on: &OnWard| Bed {
        ward: on.ward.clone(),
        bed: on.bed.to_string(),
        site: stay.site.clone(),
    };
    let (first, moves) = stay.wards.split_first().context("a stay on no ward")?;
    let destination = stay.destination.clone().unwrap_or_default();
    Ok(SpellStory {
        patient: patient(person, event.organisation),
        organisation: event.organisation,
        visit_number: event.reference.clone(),
        method: stay.admission_method.clone(),
        specialty: stay.specialty.clone(),
        admitted: instant(stay.admitted)?,
        bed: bed(first),
        moves: moves
            .iter()
            .map(|on| Ok((instant(on.from)?, bed(on))))
            .collect::<anyhow::Result<_>>()?,
        discharged: stay
            .discharged
            .map(|at| instant(at).map(|at| (at, destination)))
            .transpose()?,
        expected: None,
        fit_since: stay
            .discharge_ready
            .map(|day| instant(day.at(9, 0, 0, 0)))
            .transpose()?,
        came_from: stay.admission_source.clone(),
        arrived_by: None,
        diagnosis: stay.primary_diagnosis.clone(),
    })
}

/// Somebody as a hospital's messages name them; the hospital's own number is made from hers here.
fn patient(person: &PersonRecord, hospital: OdsCode) -> SpellPatient {
    SpellPatient {
        nhs_number: Some(person.nhs_number),
        local: format!("{hospital}{:07}", person.index),
        family: person.family_name.clone(),
        given: person.given_names.clone(),
        born: Some(person.born),
        sex: sex(person).to_owned(),
        address: person.address.clone(),
        postcode: Some(person.postcode),
        practice: Some(person.practice),
    }
}

/// A code of HL7 table 0001.
pub(super) fn sex(person: &PersonRecord) -> &'static str {
    if person.female { "F" } else { "M" }
}

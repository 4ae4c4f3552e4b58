//! A ward as JSON.

use axum::Json;
use axum::extract::Path;
use serde::Serialize;
use stour_web::{Caller, Problem, Route};
use utoipa::{OpenApi, ToSchema};

use super::named;
use super::page::{Patient, patients};
use crate::spell::{Away, Spell, Whereabouts};

#[derive(OpenApi)]
#[openapi(paths(spells))]
pub(crate) struct ApiDoc;

pub(crate) fn routes() -> Vec<Route> {
    vec![Route::get(
        "/api/wards/{organisation}/{ward}/spells",
        "ward.read",
        spells,
    )]
}

/// A stay in hospital.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SpellJson {
    /// The stay.
    #[schema(format = "uuid")]
    id: String,
    /// The person.
    #[schema(format = "uuid")]
    person: String,
    /// The name that the record shows, family name first.
    name: String,
    /// The NHS number, when it may be relied on.
    nhs_number: Option<String>,
    /// The hospital's organisation.
    organisation: String,
    /// The hospital's number for the visit.
    visit_number: String,
    /// The ward, by the hospital's own code.
    ward: Option<String>,
    /// The bed.
    bed: Option<String>,
    /// Not in the bed for a while, though it is kept.
    away: Option<AwayJson>,
    /// The ward that the person will be moved to.
    next_ward: Option<String>,
    /// When admitted.
    #[schema(format = "date-time")]
    admitted_at: Option<String>,
    /// When the person left.
    #[schema(format = "date-time")]
    discharged_at: Option<String>,
    /// When the person is expected to leave.
    expected: Option<ExpectedJson>,
    /// Whether the person no longer needs a hospital's medicine, if said.
    medically_fit: Option<bool>,
    /// Since when ready to leave, if said.
    #[schema(format = "date")]
    ready_on: Option<String>,
    /// When the latest message about the stay was made.
    #[schema(format = "date-time")]
    last_message_at: Option<String>,
}

/// Somebody who is not in their bed for a while.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AwayJson {
    /// `leave` or `elsewhere` in the hospital.
    whereabouts: &'static str,
    /// Where in the hospital, as far as said.
    ward: Option<String>,
    /// Since when.
    #[schema(format = "date-time")]
    since: String,
}

impl AwayJson {
    fn new(away: &Away) -> Self {
        let (whereabouts, ward) = match &away.whereabouts {
            Whereabouts::OnLeave => ("leave", None),
            Whereabouts::Elsewhere(ward) => ("elsewhere", ward.clone()),
        };
        Self {
            whereabouts,
            ward,
            since: away.since.to_string(),
        }
    }
}

/// An expected date of discharge.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ExpectedJson {
    /// The day.
    #[schema(format = "date")]
    on: String,
    /// `system`, `message` or `staff`.
    by: &'static str,
    /// Who says so, or what the system's estimate rests on.
    basis: String,
}

impl SpellJson {
    pub(crate) fn new(spell: &Spell, person: &stour_people::PersonSummary) -> Self {
        let expected = spell.expected.as_ref().map(|expected| ExpectedJson {
            on: expected.on.to_string(),
            by: expected.by.as_str(),
            basis: expected.basis.clone(),
        });
        Self {
            id: spell.id.to_string(),
            person: spell.person.to_string(),
            name: person.name.listed(),
            nhs_number: person.nhs_number.map(stour_kernel::NhsNumber::digits),
            organisation: spell.organisation.to_string(),
            visit_number: spell.visit_number.clone(),
            ward: spell.ward.clone(),
            bed: spell.bed.clone(),
            away: spell.away.as_ref().map(AwayJson::new),
            next_ward: spell.next.as_ref().map(|(ward, _)| ward.clone()),
            admitted_at: spell.admitted_at.map(|at| at.to_string()),
            discharged_at: spell.discharged_at.map(|at| at.to_string()),
            expected,
            medically_fit: spell.medically_fit,
            ready_on: spell.ready_on.map(|on| on.to_string()),
            last_message_at: spell.last_message_at.map(|at| at.to_string()),
        }
    }
}

/// Everybody on a ward whom the caller may see, by bed.
#[utoipa::path(
    get, path = "/api/wards/{organisation}/{ward}/spells", tag = "flow",
    params(
        ("organisation" = String, Path, description = "The ODS code of the hospital's organisation"),
        ("ward" = String, Path, description = "The hospital's own code for the ward; - for those of whom none was given"),
    ),
    responses(
        (status = 200, description = "The stays", body = Vec<SpellJson>),
        (status = 403, description = "The ward is not the caller's to see"),
    )
)]
async fn spells(
    caller: Caller,
    Path((organisation, ward)): Path<(String, String)>,
) -> Result<Json<Vec<SpellJson>>, Problem> {
    let (organisation, ward) = named(&organisation, &ward)?;
    let patients = patients(&caller, organisation, &ward).await?;
    let json = |patient: &Patient| SpellJson::new(&patient.spell, &patient.summary);
    Ok(Json(patients.iter().map(json).collect()))
}

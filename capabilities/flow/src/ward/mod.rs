//! Ward pages: who is in which bed, since when, and when they are expected to go home.

mod api;
mod bed;
mod expected_page;
mod lines;
mod list_page;
mod long_page;
mod page;
mod review_page;
pub(crate) mod stay;
mod store;

pub(crate) use api::{ApiDoc, SpellJson, routes as api_routes};
pub(crate) use page::{community, facts_of, facts_of_people};
pub(crate) use review_page::standing as review_standing;
pub(crate) use stay::{Named, Where, find};
pub use store::{WardCount, occupancy};

use stour_access::Resource;
use stour_kernel::OdsCode;
use stour_web::{Caller, Problem, Route};

use crate::spell::Spell;

/// The ward of an address that holds those of whom no ward was given.
const NONE: &str = "-";

pub(crate) fn routes() -> Vec<Route> {
    const READ: &str = "ward.read";
    const EXPECTED: &str = "/wards/{organisation}/{ward}/spells/{id}/expected-date";
    const REVIEW: &str = "/wards/{organisation}/{ward}/spells/{id}/review";
    vec![
        Route::get("/wards", READ, list_page::page),
        Route::get("/wards/live", READ, list_page::live),
        Route::get("/wards/long-stays", READ, long_page::page),
        Route::get("/wards/{organisation}/{ward}", READ, page::page),
        Route::get("/wards/{organisation}/{ward}/live", READ, page::live),
        Route::get(EXPECTED, "ward.plan", expected_page::page),
        Route::post(EXPECTED, "ward.plan", expected_page::change),
        Route::get(REVIEW, "ward.plan", review_page::page),
        Route::post(REVIEW, "ward.plan", review_page::change),
    ]
}

/// Which ward an address names; the code is as the hospital sends it.
fn named(organisation: &str, ward: &str) -> Result<(OdsCode, String), Problem> {
    let organisation = organisation.parse().map_err(|_| Problem::not_found())?;
    let ward = if ward == NONE { "" } else { ward };
    if ward.chars().count() > 64 || ward.chars().any(char::is_control) {
        return Err(Problem::not_found());
    }
    Ok((organisation, ward.to_owned()))
}

/// Where a ward's page is.
pub(crate) fn address(organisation: &OdsCode, ward: &str) -> String {
    let ward = if ward.is_empty() { NONE } else { ward };
    format!("/wards/{organisation}/{}", crate::shown::segment(ward))
}

/// Where every estimate of when somebody leaves is.
pub(crate) fn estimates(spell: &Spell) -> String {
    let ward = spell.ward.as_deref().or(spell.left_from.as_deref());
    let ward = address(&spell.organisation, ward.unwrap_or_default());
    format!("{ward}/spells/{}/expected-dates", spell.id)
}

fn resource(organisation: OdsCode, code: &str) -> Resource {
    Resource::Ward {
        code: code.to_owned(),
        organisation,
    }
}

/// The wards of an organisation that a caller may see stand for all of them, so the list asks once.
fn may_see(caller: &Caller, organisation: OdsCode) -> bool {
    caller.may(caller.action(), &resource(organisation, ""))
}

//! The benefits of a programme: profiles, three ladders of evidence, and who may claim how much of a change.
//!
//! What a benefit is and what was expected of it are entries of registers. What came of it is read from the outcomes
//! capability ([`measured`]) and is never typed here. Signatures ([`signature`]) and claims ([`ledger`]) are rows of their
//! own, since what was signed or claimed is not to be edited.

mod attribution_page;
mod chart;
pub(crate) mod command;
mod evidence;
mod explain_page;
mod export;
mod glance;
mod kind;
mod ladder;
mod ledger;
mod map_page;
mod measured;
mod overview_page;
mod parts;
mod plan_page;
mod profile;
mod profile_page;
mod shown;
mod signature;
#[cfg(test)]
mod testing;
mod view;

pub(crate) use glance::{Glance, glance};
pub(crate) use measured::Measured;

use stour_register::{Around, Kind};
use stour_web::{Caller, Problem, Route};

use crate::governance::READ;
use crate::governance::field::programme_begins;
use crate::governance::shell::may;

/// Changing and explaining benefits.
const EDIT: &str = "benefit.edit";

/// The kinds of things kept here.
pub(crate) const KINDS: &[&Kind] = &[
    kind::KIND,
    parts::TRAJECTORY,
    parts::OUTPUT,
    parts::OUTCOME,
    parts::LINK,
    parts::CONVERSION,
    parts::SHARE,
    parts::BUDGET_LINE,
    parts::EXPLANATION,
    parts::EFFECT,
];

/// The pages of this part.
pub(crate) fn routes() -> Vec<Route> {
    use ledger::page as claims;
    use signature::page as sign;
    vec![
        Route::get(
            "/programmes/{programme}/benefits",
            READ,
            overview_page::show,
        ),
        Route::get("/programmes/{programme}/benefits/map", READ, map_page::show),
        Route::get(
            "/programmes/{programme}/benefits/plan",
            READ,
            plan_page::show,
        ),
        Route::get(
            "/programmes/{programme}/benefits/attribution",
            READ,
            attribution_page::show,
        ),
        Route::get(
            "/programmes/{programme}/benefits/export/{file}",
            READ,
            export::show,
        ),
        Route::get(
            "/programmes/{programme}/benefits/claims",
            READ,
            claims::show,
        ),
        Route::post(
            "/programmes/{programme}/benefits/claims",
            EDIT,
            claims::make,
        ),
        Route::post(
            "/programmes/{programme}/benefits/claims/{claim}/end",
            EDIT,
            claims::take,
        ),
        Route::get(
            "/programmes/{programme}/benefits/{number}",
            READ,
            profile_page::show,
        ),
        Route::get(
            "/programmes/{programme}/benefits/{number}/explain",
            READ,
            explain_page::show,
        ),
        Route::post(
            "/programmes/{programme}/benefits/{number}/explain",
            EDIT,
            explain_page::keep,
        ),
        Route::get(
            "/programmes/{programme}/benefits/{number}/sign",
            READ,
            sign::show,
        ),
        Route::post(
            "/programmes/{programme}/benefits/{number}/sign-operational",
            "benefit.sign-off",
            sign::operational,
        ),
        Route::post(
            "/programmes/{programme}/benefits/{number}/sign-money",
            "benefit.sign-off-money",
            sign::money,
        ),
    ]
}

/// The first day of the programme as fields have it, `2013-06-01`, where its month is known.
fn programme_starts(around: &Around) -> Option<String> {
    programme_begins(around).map(|begins| begins.to_string())
}

/// Only for those who may do this with benefits; others may read them.
///
/// # Errors
/// 403.
fn only_if_may(caller: &Caller, action: &str) -> Result<(), Problem> {
    if may(caller, action) {
        return Ok(());
    }
    Err(Problem::forbidden("You may read the programme’s benefits."))
}

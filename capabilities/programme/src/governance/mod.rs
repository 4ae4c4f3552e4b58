//! Who runs a programme: its boards and how they relate, roles with their responsibilities, who holds them, its
//! workstreams, what it set out to do at once, what partners offered, and with whom it talks.

pub(crate) mod board;
mod engagement;
mod engagement_page;
pub(crate) mod field;
mod figure;
mod figures_page;
mod list_page;
pub(crate) mod owner;
mod page;
mod participant;
pub(crate) mod parts;
mod programme;
pub(crate) mod role;
mod roles_page;
pub(crate) mod shell;
mod start_page;
pub(crate) mod words;
mod workstream;

use stour_register::Kind;
use stour_web::Route;

/// The kinds of things kept here.
pub(crate) const KINDS: &[&Kind] = &[
    programme::KIND,
    participant::KIND,
    board::BOARD,
    board::RELATION,
    board::SUB_PROGRAMME,
    role::ROLE,
    role::RESPONSIBILITY,
    role::HOLDER,
    workstream::KIND,
    engagement::QUICK_WIN,
    engagement::OFFER,
    engagement::COMMUNICATION,
    engagement::LESSON,
    figure::TABLE,
    figure::FIGURE,
];

/// Reading anything of a programme.
pub(crate) const READ: &str = "programme.read";
/// Changing its plan, governance and registers.
pub(crate) const EDIT: &str = "programme.edit";

/// The pages of this part.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/programmes", READ, list_page::show),
        Route::get("/programmes/new", READ, start_page::new),
        Route::post("/programmes/new", EDIT, start_page::start),
        Route::get("/programmes/{programme}/governance", READ, page::show),
        Route::get(
            "/programmes/{programme}/governance/roles",
            READ,
            roles_page::show,
        ),
        Route::get(
            "/programmes/{programme}/governance/engagement",
            READ,
            engagement_page::show,
        ),
        Route::get(
            "/programmes/{programme}/governance/figures",
            READ,
            figures_page::show,
        ),
    ]
}

//! What anybody may read: what was decided, by whom, by what vote, and what came of what was promised.

pub(crate) mod calendar;
pub(crate) mod clocks;
pub(crate) mod commitments;
pub(crate) mod committees;
pub(crate) mod export;
pub(crate) mod forward_plan;
mod frame;
pub(crate) mod home;
pub(crate) mod item;
pub(crate) mod meeting;
pub(crate) mod recommendations;
pub(crate) mod reports;
pub(crate) mod resolution;

use stour_database::Transaction;
use stour_register::{Around, in_force};
use stour_web::{Problem, Visitor};

pub(crate) use frame::{Part, below, may, page};

use crate::SCOPE;
use crate::record::{Record, Seen};

/// The record as anybody may read it today.
///
/// # Errors
/// Those of the database.
pub(crate) async fn open(visitor: &Visitor) -> Result<Record, Problem> {
    let today = visitor.today();
    let database = visitor.house().database();
    let entries = database
        .read(|tx: &mut Transaction<'_>| in_force(tx, SCOPE).map_err(Problem::from))
        .await?;
    Ok(Record::of(&Around::new(entries), Seen::Published, today))
}

/// The number in an address.
///
/// # Errors
/// 404 when it is none.
pub(crate) fn number(text: &str) -> Result<Option<i64>, Problem> {
    text.parse().map(Some).map_err(|_| Problem::not_found())
}

#[cfg(test)]
mod tests;

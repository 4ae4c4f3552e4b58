//! What those who keep the record do: registers, publishing, clocks, and answers to what was promised.

pub(crate) mod answer;
pub(crate) mod drafts;
mod frame;
mod incomplete;
pub(crate) mod publish;
pub(crate) mod registers;
mod settle;
pub(crate) mod work;

use stour_access::Resource;
use stour_database::Transaction;
use stour_register::{Around, in_force};
use stour_web::{Caller, Problem};

pub(crate) use settle::{accept, send_back};

use crate::SCOPE;
use crate::record::{Record, Seen};

/// The whole record, for somebody who may read it, and what it is made of.
///
/// # Errors
/// 403, and those of the database.
pub(crate) async fn open(caller: &Caller) -> Result<(Around, Record), Problem> {
    caller.permit_to("decision.read", Resource::House).await?;
    let today = caller.today();
    let database = caller.house().database();
    let entries = database
        .read(|tx: &mut Transaction<'_>| in_force(tx, SCOPE).map_err(Problem::from))
        .await?;
    let around = Around::new(entries);
    let record = Record::of(&around, Seen::Everything, today);
    Ok((around, record))
}

/// Whether somebody may do this.
pub(crate) fn may(caller: &Caller, action: &str) -> bool {
    action
        .parse()
        .is_ok_and(|action| caller.may(action, &Resource::House))
}

#[cfg(test)]
mod tests;

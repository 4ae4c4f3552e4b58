//! Who does something, as it is kept, and doing once what a form asks for.

use axum::response::Response;
use stour_access::{PersonFacts, Resource};
use stour_database::Transaction;
use stour_kernel::{Environment, OdsCode, UserId};
use stour_web::{Caller, Form, Problem, redirect};

use crate::error::FlowError;

/// Who does something, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct By {
    /// The name, as it was on the day.
    pub name: String,
    /// The account.
    pub user: UserId,
    /// The organisation they work for.
    pub organisation: OdsCode,
}

impl By {
    /// The caller.
    pub(crate) fn caller(caller: &Caller) -> Self {
        let actor = caller.actor();
        Self {
            name: actor.name.clone(),
            user: actor.user,
            organisation: actor.organisation,
        }
    }
}

/// Does what a form about a person asks for, once, however often it is sent; and leads to the address that `work` gives.
///
/// # Errors
/// The refusal, or why it is not done.
pub(crate) async fn carry_out<F>(
    caller: &Caller,
    form: &Form,
    person: PersonFacts,
    mut work: F,
) -> Result<Response, Problem>
where
    F: FnMut(&mut Transaction<'_>, &Environment, &By) -> Result<String, FlowError> + Send + 'static,
{
    let by = By::caller(caller);
    let sent = (form.key(), form.fingerprint());
    let work =
        move |tx: &mut Transaction<'_>, environment: &Environment| Ok(work(tx, environment, &by)?);
    let to = caller.write(sent, Resource::Person(person), work).await?;
    Ok(redirect(&to))
}

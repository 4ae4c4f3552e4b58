//! The person that a page of in-reach is about, as far as the caller may see them.

use axum::response::Response;
use stour_access::PersonFacts;
use stour_database::Transaction;
use stour_kernel::Environment;
use stour_people::{PersonSummary, facts_of, require, summary};
use stour_web::{Caller, Form, Problem};

use crate::by::{self, By};
use crate::error::FlowError;
use crate::spell::{Spell, SpellState, of_person};

/// The action under which these pages are read.
const READ: &str = "in-reach.read";

/// Somebody with their stay.
pub(crate) struct Opened {
    pub(crate) person: PersonFacts,
    /// The one that goes on; otherwise the latest.
    pub(crate) stay: Spell,
}

/// Opens it, and refuses a caller who may not do what the route does. Somebody who was never in hospital is not there.
///
/// # Errors
/// 404, also where the person must not seem to exist; 403 where they may.
pub(crate) async fn open(caller: &Caller, id: &str) -> Result<Opened, Problem> {
    let person = facts_of(caller, id).await?;
    require(caller, &person).await?;
    let who = person.id;
    let stays = caller
        .house()
        .database()
        .read(move |tx| Ok::<_, FlowError>(of_person(tx, who)?))
        .await?;
    let goes_on = |stay: &&Spell| stay.state == SpellState::InHospital;
    let stay = stays.iter().find(goes_on).or_else(|| stays.first());
    let stay = stay.cloned().ok_or_else(Problem::not_found)?;
    Ok(Opened { person, stay })
}

impl Opened {
    /// Where the person's page is.
    pub(crate) fn back(&self) -> String {
        format!("/in-reach/{}", self.person.id)
    }

    /// Whether the stay goes on.
    pub(crate) fn is_in(&self) -> bool {
        self.stay.state == SpellState::InHospital
    }

    /// Does what a form about the person asks for, once, and leads back to the person's page.
    ///
    /// # Errors
    /// The refusal, or why it is not done.
    pub(crate) async fn carry_out<F>(
        self,
        caller: &Caller,
        form: &Form,
        mut work: F,
    ) -> Result<Response, Problem>
    where
        F: FnMut(&mut Transaction<'_>, &Environment, &By) -> Result<(), FlowError> + Send + 'static,
    {
        let to = self.back();
        by::carry_out(caller, form, self.person, move |tx, environment, by| {
            work(tx, environment, by)?;
            Ok(to.clone())
        })
        .await
    }

    /// Who the person is, for a form: it shows and has done nothing.
    pub(crate) async fn who(&self, caller: &Caller) -> Result<PersonSummary, Problem> {
        let permit = caller.permit_person_to(READ, self.person.clone()).await?;
        let database = caller.house().database();
        Ok(database.read(move |tx| summary(tx, &permit)).await?)
    }
}

//! The stay that a page of the hub is about, as far as the caller may see it.

use axum::response::Response;
use stour_access::{PersonFacts, Resource};
use stour_database::Transaction;
use stour_kernel::{Environment, OdsCode};
use stour_people::{facts_for_access, require};
use stour_web::{Caller, Form, Problem};

use super::decision::{KeptDecision, decisions};
use super::notice::Notice;
use super::{NoticeId, Step, store};
use crate::by::{self, By};
use crate::error::FlowError;
use crate::spell::{self, Spell, SpellId};

/// A stay with its notices.
pub(super) struct Opened {
    pub(super) spell: Spell,
    pub(super) person: PersonFacts,
    /// Those that the caller may see, in the order in which they were sent.
    pub(super) notices: Vec<Notice>,
    /// What was done with them.
    pub(super) steps: Vec<Step>,
    /// What teams decided about the stay, in the order in which that was recorded.
    pub(super) decisions: Vec<KeptDecision>,
    /// Whether the caller belongs to the hospital's side.
    pub(super) from_hospital: bool,
}

/// Whether the caller may see the wards of a hospital, and so what is sent from there.
pub(super) fn is_of_hospital(caller: &Caller, organisation: OdsCode) -> bool {
    let ward = Resource::Ward {
        code: String::new(),
        organisation,
    };
    "ward.read"
        .parse()
        .is_ok_and(|action| caller.may(action, &ward))
}

/// Whether the caller may do something about a person: for a link to it.
pub(super) fn may(caller: &Caller, action: &str, person: &PersonFacts) -> bool {
    let person = Resource::Person(person.clone());
    action
        .parse()
        .is_ok_and(|action| caller.may(action, &person))
}

/// Those of some notices that a caller may see who is not of the hospital: those to their own organisation.
pub(super) fn seen(caller: &Caller, from_hospital: bool, notice: &Notice) -> bool {
    from_hospital || notice.council == caller.actor().organisation
}

/// Those notices about a stay that a caller may see.
pub(crate) fn visible(
    caller: &Caller,
    (spell, person): (&Spell, &PersonFacts),
    mut notices: Vec<Notice>,
) -> Vec<Notice> {
    if !may(caller, "notice.read", person) {
        return Vec::new();
    }
    let from_hospital = is_of_hospital(caller, spell.organisation);
    notices.retain(|notice| seen(caller, from_hospital, notice));
    notices
}

/// Whether the caller, being of the hospital's side, may open the page of a stay: for a link to it.
pub(crate) fn may_open(caller: &Caller, spell: &Spell, person: &PersonFacts) -> bool {
    is_of_hospital(caller, spell.organisation) && may(caller, "notice.read", person)
}

/// Opens a stay. To somebody who is neither of the hospital nor of a council that has a notice, it is not there.
///
/// # Errors
/// 404, also where the person must not seem to exist; 403 where they may.
pub(super) async fn open(caller: &Caller, id: &str) -> Result<Opened, Problem> {
    let id: SpellId = id.parse().map_err(|_| Problem::not_found())?;
    let found = caller
        .house()
        .database()
        .read(move |tx| {
            let Some(spell) = spell::one(tx, id)? else {
                return Ok(None);
            };
            let person = facts_for_access(tx, spell.person)?;
            let (notices, steps) = (store::of_stay(tx, id)?, store::steps(tx, id)?);
            let said = (notices, steps, decisions(tx, id)?);
            Ok::<_, FlowError>(person.map(|person| (spell, person, said)))
        })
        .await?;
    let (spell, person, (mut notices, mut steps, decisions)) =
        found.ok_or_else(Problem::not_found)?;
    require(caller, &person).await?;
    let from_hospital = is_of_hospital(caller, spell.organisation);
    notices.retain(|notice| seen(caller, from_hospital, notice));
    steps.retain(|step| notices.iter().any(|notice| notice.id == step.notice));
    if !from_hospital && notices.is_empty() {
        return Err(Problem::not_found());
    }
    Ok(Opened {
        spell,
        person,
        notices,
        steps,
        decisions,
        from_hospital,
    })
}

/// Opens a stay to send something about it.
///
/// # Errors
/// As [`open`]; 404 for whoever is not of the hospital.
pub(super) async fn open_to_send(caller: &Caller, id: &str) -> Result<Opened, Problem> {
    let opened = open(caller, id).await?;
    if opened.from_hospital {
        Ok(opened)
    } else {
        Err(Problem::not_found())
    }
}

/// Opens the stay of a notice to the caller's own organisation, with that notice.
///
/// # Errors
/// As [`open`]; 404 for a notice to another organisation.
pub(super) async fn open_to_answer(caller: &Caller, id: &str) -> Result<(Opened, Notice), Problem> {
    let id: NoticeId = id.parse().map_err(|_| Problem::not_found())?;
    let notice = caller
        .house()
        .database()
        .read(move |tx| store::notice(tx, id))
        .await?
        .filter(|notice| notice.council == caller.actor().organisation)
        .ok_or_else(Problem::not_found)?;
    let opened = open(caller, &notice.spell.to_string()).await?;
    Ok((opened, notice))
}

/// Where a stay's page is.
pub(crate) fn address(spell: SpellId) -> String {
    format!("/hub/stays/{spell}")
}

/// Does what a form about a stay asks for, once, and leads back to the page of the stay.
///
/// # Errors
/// The refusal, or why it is not done.
pub(super) async fn carry_out<F>(
    caller: &Caller,
    form: &Form,
    opened: Opened,
    mut work: F,
) -> Result<Response, Problem>
where
    F: FnMut(&mut Transaction<'_>, &Environment, SpellId, &By) -> Result<(), FlowError>
        + Send
        + 'static,
{
    let id = opened.spell.id;
    by::carry_out(caller, form, opened.person, move |tx, environment, by| {
        work(tx, environment, id, by)?;
        Ok(address(id))
    })
    .await
}

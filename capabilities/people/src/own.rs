//! A resident's own record.

use axum::http::StatusCode;
use stour_access::Permit;
use stour_design::{Heading, Markup, html};
use stour_kernel::PersonId;
use stour_web::{Caller, Page, Problem};

use crate::asking::facts_of_person;
use crate::person::record_page::{Shown, identity, load};
use crate::relationship::CARER;
use crate::timeline;

/// Permission for the record that the caller's account is linked to.
///
/// # Errors
/// 403 when it is linked to none.
pub(crate) async fn permit(caller: &Caller) -> Result<Permit<PersonId>, Problem> {
    let unlinked = || {
        Problem::forbidden(
            "Your account is not linked to a record yet. Ask your council or your GP practice to link it.",
        )
    };
    let person = caller.actor().person.ok_or_else(unlinked)?;
    let facts = match facts_of_person(caller, person).await {
        Err(problem) if problem.status == StatusCode::NOT_FOUND => return Err(unlinked()),
        facts => facts?,
    };
    caller.permit_person(facts).await
}

/// GET /my-record
pub(crate) async fn page(caller: Caller) -> Result<Page, Problem> {
    let permit = permit(&caller).await?;
    let shown = load(&caller, permit, None).await?;
    let main = html! {
        (Heading::page("My record"))
        p { strong { bdi { (shown.record.summary.name.spoken()) } } }
        p.nhsuk-lede-text { "What the organisations that look after you share about you." }
        (identity(&shown.record, caller.today(), false))
        (carers(&shown))
        (Heading::section("What has happened"))
        (timeline::page::table("The latest first", &shown.facts))
        p { a href="/my-record/who-has-looked" { "See who has looked at my record" } }
    };
    Ok(Page::new("My record", main))
}

/// Whether carers are recorded, without what their own records say.
fn carers(shown: &Shown) -> Markup {
    let person = shown.record.summary.id;
    let now = |relationship: &&crate::relationship::Relationship| {
        relationship.ends.is_none() && relationship.relation.kind.as_str() == CARER
    };
    let carers = shown.relationships.iter().filter(now);
    let (mine, others): (Vec<_>, Vec<_>) = carers.partition(|carer| carer.relation.other == person);
    html! {
        @match mine.len() {
            0 => {}
            1 => p { "One person is recorded as your carer." }
            count => p { (count) " people are recorded as your carers." }
        }
        @match others.len() {
            0 => {}
            1 => p { "You are recorded as the carer of one person." }
            count => p { "You are recorded as the carer of " (count) " people." }
        }
    }
}

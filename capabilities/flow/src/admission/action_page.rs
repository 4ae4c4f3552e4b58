//! What is to be done about emergency admissions: all of it, and one by one.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_database::{Transaction, Version};
use stour_design::{Heading, InsetText, SummaryList, SummaryRow, html};
use stour_kernel::Environment;
use stour_web::{Caller, Form, Mistakes, Page, Problem, redirect};

use super::act_form::{about_words, table};
use super::action::{self, Action, AdmissionActionId, CARE_HOMES, actions, steps};
use super::review::TOPIC;
use super::shared::may_act;
use crate::asked::{self, Step};
use crate::by::By;
use crate::error::FlowError;
use crate::shown;

const TITLE: &str = "What is to be done about emergency admissions";

/// Who chases what others are to do.
const CHASE: [&str; 3] = ["transfer-hub", "service-manager", "commissioner"];

/// Whether the caller may say what came of an action: whoever chases, and the organisation that is to do it.
fn may_answer(caller: &Caller, action: &Action) -> bool {
    let actor = caller.actor();
    let chases = CHASE.iter().any(|role| actor.has_role(role));
    may_act(caller) && (chases || action.asked.organisation == actor.organisation)
}

/// All of it.
pub(super) async fn list(caller: Caller) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    let all = caller.house().database().read(actions).await?;
    let today = caller.today();
    let (open, done): (Vec<Action>, Vec<Action>) =
        all.into_iter().partition(|action| action.done.is_none());
    let overdue = open
        .iter()
        .filter(|action| action.is_overdue(today))
        .count();
    let main = html! {
        (Heading::page(TITLE))
        p { "What the audit of emergency admissions asked somebody to do. It stays here until somebody says what came of it." }
        div id="actions" data-live="/admissions/actions/live" {
            @if open.is_empty() {
                (InsetText::new(html! { p { "Nothing is to be done. What a practice’s admissions show is asked for on the practice’s page: " a href="/admissions" { "choose a practice" } "." } }))
            } @else {
                p { (open.len()) " open, of which " (overdue) " overdue." }
                (table("To be done, the first to be due first", &open, today, true))
            }
            @if !done.is_empty() { (table("Done", &done, today, true)) }
        }
    };
    Ok(Page::new(TITLE, main)
        .under([("Emergency admissions", "/admissions")])
        .wide())
}

/// Tells an open page that something has changed.
pub(super) async fn live(caller: Caller) -> Result<Response, Problem> {
    caller.permit(Resource::House).await?;
    Ok(caller.house().live().events(TOPIC))
}

async fn open(caller: &Caller, id: &str) -> Result<(Action, Vec<Step>), Problem> {
    let id: AdmissionActionId = id.parse().map_err(|_| Problem::not_found())?;
    let found = caller.house().database().read(move |tx| {
        let found = action::action(tx, id)?;
        let steps = steps(tx, id)?;
        Ok::<_, FlowError>(found.map(|action| (action, steps)))
    });
    found.await?.ok_or_else(Problem::not_found)
}

/// One.
pub(super) async fn page(caller: Caller, Path(id): Path<String>) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    let (action, steps) = open(&caller, &id).await?;
    Ok(show(&caller, (&action, &steps), ("", &Mistakes::default())))
}

fn show(
    caller: &Caller,
    (action, steps): (&Action, &[Step]),
    (typed, mistakes): (&str, &Mistakes),
) -> Page {
    let wanted = &action.asked;
    let owner = shown::organisation_name(&wanted.organisation);
    let about = if wanted.about == CARE_HOMES {
        "/admissions/care-homes".to_owned()
    } else {
        format!("/admissions/practices/{}", shown::segment(&wanted.about))
    };
    let rows = [
        SummaryRow::new(
            "About",
            html! { a href=(about) { (about_words(&wanted.about)) } },
        ),
        SummaryRow::new("What was found", wanted.finding.as_str()),
        SummaryRow::new("What is to be done", wanted.what.as_str()),
        SummaryRow::new("Who", format!("{}, {owner}", wanted.owner)),
        SummaryRow::new(
            "By when",
            asked::due(wanted.due, action.done.as_ref(), caller.today()),
        ),
    ];
    let title = "Something to be done";
    let main = html! {
        (Heading::page(title))
        (SummaryList::new(rows))
        @if action.done.is_none() && may_answer(caller, action) {
            (asked::outcome_form(caller, &format!("/admissions/actions/{}/done", action.id), action.version, (typed, mistakes)))
        }
        (asked::history(steps))
    };
    Page::new(title, main)
        .back("/admissions/actions")
        .with_errors(mistakes.all())
}

/// Keeps what came of it.
pub(super) async fn done(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let (typed, mistakes) = asked::outcome(&form);
    let found = open(&caller, &id).await;
    let Ok((action, steps)) = found else {
        // Whoever may not act learns nothing of what is there.
        caller
            .permit_to("admission-audit.read", Resource::House)
            .await?;
        return Err(Problem::not_found());
    };
    if !may_answer(&caller, &action) {
        caller
            .permit_to("admission-audit.read", Resource::House)
            .await?;
        return Err(Problem::forbidden(
            "The organisation that is to do it says what came of it, or whoever chases it."
                .to_owned(),
        ));
    }
    if !mistakes.is_empty() {
        caller
            .permit_to("admission-audit.read", Resource::House)
            .await?;
        let page = show(&caller, (&action, &steps), (&typed, &mistakes));
        return Ok(page.into_response());
    }
    let seen: Version = form.get("version").parse()?;
    let (id, by) = (action.id, By::caller(&caller));
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        action::answer(tx, environment, (id, seen), &typed, &by)?;
        Ok(format!("/admissions/actions/{id}"))
    };
    let sent = (form.key(), form.fingerprint());
    Ok(redirect(&caller.write(sent, Resource::House, work).await?))
}

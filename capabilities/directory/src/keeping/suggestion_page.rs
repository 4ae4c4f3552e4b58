//! A suggestion beside what stands: for whoever makes it to check and send, for an editor to decide.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_database::{Transaction, Version};
use stour_design::{
    Button, Cell, Choice, Heading, Input, InsetText, Legend, Markup, Radios, SummaryList, Table,
    Task, TaskList, Textarea, html,
};
use stour_kernel::Environment;
use stour_web::words::moment;
use stour_web::{Caller, FieldError, Form, Mistakes, Page, Problem, form, redirect};

use super::complete::completeness;
use super::fields::{STATES, label};
use super::merge::{Approval, Beside, Difference, approve};
use super::mine_page::state_words;
use super::settings::{Settings, settings};
use super::step::Step;
use super::suggestion::{Suggestion, SuggestionState, put, suggestion};
use super::visit::{is_editor, may_change, of_caller, sent, words};
use crate::error::DirectoryError;

/// `GET /directory/suggestions/{id}`.
pub(crate) async fn show(caller: Caller, Path(id): Path<String>) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    let found = of_caller(&caller, &id).await?;
    page(&caller, found, &Mistakes::default()).await
}

async fn page(caller: &Caller, found: Suggestion, mistakes: &Mistakes) -> Result<Page, Problem> {
    let settings = settings()?;
    let database = caller.house().database();
    let beside = database
        .read(move |tx| Beside::read(tx, found.clone()))
        .await?;
    let suggestion = &beside.suggestion;
    let (service, errors) = beside.suggested(settings);
    let title = suggestion.listing_name.as_str();
    let is_draft = suggestion.state == SuggestionState::Draft;
    let decides = is_editor(caller) && suggestion.state == SuggestionState::Waiting;
    let kind = if suggestion.seen.is_some() {
        "A change to a listing"
    } else {
        "A new listing"
    };
    let complete = completeness(
        &service,
        beside
            .listing
            .as_ref()
            .and_then(|listing| listing.review_due),
        caller.today(),
        settings,
    );
    let main = html! {
        (Heading::page(title).caption(kind))
        (about(suggestion))
        @if may_change(caller, suggestion) { (steps(suggestion)) }
        (differences(&beside, settings))
        (problems(&errors, settings))
        p { "With this the listing is " (complete.score) "% complete." }
        @if !complete.missing.is_empty() {
            ul.nhsuk-list.nhsuk-list--bullet { @for label in &complete.missing { li { "Add: " (label) } } }
        }
        @if is_draft { (send_form(caller, suggestion, mistakes)) }
        @if decides { (decision_form(caller, &beside, settings, mistakes)) }
        @if matches!(suggestion.state, SuggestionState::Draft | SuggestionState::Waiting) && suggestion.made_by == caller.actor().user {
            form method="post" action={ "/directory/suggestions/" (suggestion.id) "/take-back" } {
                (form::hidden(caller))
                input type="hidden" name="version" value=(suggestion.version);
                (Button::secondary("Take it back"))
            }
        }
    };
    let back = if decides {
        "/directory/suggestions"
    } else {
        "/directory/mine"
    };
    Ok(Page::new(title, main)
        .back(back)
        .with_errors(mistakes.all()))
}

fn about(suggestion: &Suggestion) -> Markup {
    let mut rows = vec![
        ("State", state_words(suggestion.state).to_owned()),
        ("By", suggestion.made_by_name.clone()),
        ("When", moment(suggestion.made_at)),
    ];
    if !suggestion.words.is_empty() {
        rows.push(("What they say", suggestion.words.clone()));
    }
    if let Some((by, why)) = &suggestion.decided {
        rows.push(("Decided by", by.clone()));
        if !why.is_empty() {
            rows.push(("Why", why.clone()));
        }
    }
    html! { (SummaryList::new(rows)) }
}

fn steps(suggestion: &Suggestion) -> Markup {
    let tasks = Step::ALL.map(|step| {
        let is_changed = suggestion.changes.keys().any(|field| step.asks(field));
        let to = format!("/directory/suggestions/{}/{}", suggestion.id, step.code());
        let words = if is_changed { "Changed" } else { "As it was" };
        Task {
            heading: step.title().into(),
            href: Some(to),
            status: words.into(),
            ..Task::default()
        }
    });
    html! { (Heading::section("Parts of the listing")) (TaskList::new("parts", tasks.to_vec())) }
}

/// A text as people read it: boxes and states are no words of theirs.
fn readable(field: &str, text: &str) -> String {
    let state = STATES.iter().find(|(status, _)| status.as_str() == text);
    match (field, text) {
        (_, "") => "Nothing".to_owned(),
        ("status", _) => state.map_or(text, |(_, words)| words).to_owned(),
        (_, "yes") if field.contains('.') => "Yes".to_owned(),
        _ => text.to_owned(),
    }
}

fn differences(beside: &Beside, settings: &Settings) -> Markup {
    let all = beside.differences();
    if all.is_empty() {
        return html! { (InsetText::new("It changes nothing of what stands.")) };
    }
    let rows = all.iter().map(|one| {
        let mut stands = readable(&one.field, &one.stands);
        if one.is_contested() {
            stands.push_str(" (changed by somebody else meanwhile)");
        }
        let what: Cell = label(&one.field, settings).into();
        [
            what,
            stands.into(),
            readable(&one.field, &one.suggested).into(),
        ]
    });
    let columns = ["What", "Stands now", "Suggested"];
    html! { (Table { responsive: true, ..Table::new("What it changes", columns, rows) }) }
}

fn problems(errors: &[FieldError], settings: &Settings) -> Markup {
    html! {
        @if !errors.is_empty() {
            (InsetText::new(html! {
                p { "This cannot be approved as it is:" }
                ul.nhsuk-list.nhsuk-list--bullet {
                    @for error in errors { li { (label(&error.field, settings)) ": " (error.message) } }
                }
            }))
        }
    }
}

fn send_form(caller: &Caller, suggestion: &Suggestion, mistakes: &Mistakes) -> Markup {
    html! {
        form method="post" data-optional action={ "/directory/suggestions/" (suggestion.id) "/send" } novalidate {
            (form::hidden(caller))
            input type="hidden" name="version" value=(suggestion.version);
            (Textarea::new("words", "Anything the editor should know? (optional)").error(mistakes.of("words")))
            (Button { prevent_double_click: true, ..Button::new("Send to the editors") })
        }
    }
}

fn decision_form(
    caller: &Caller,
    beside: &Beside,
    settings: &Settings,
    mistakes: &Mistakes,
) -> Markup {
    let suggestion = &beside.suggestion;
    let stands = beside
        .listing
        .as_ref()
        .map(|listing| listing.version.to_string());
    html! {
        (Heading::section("Decide"))
        form method="post" action={ "/directory/suggestions/" (suggestion.id) "/decide" } novalidate {
            (form::hidden(caller))
            input type="hidden" name="version" value=(suggestion.version);
            input type="hidden" name="stands" value=(stands.unwrap_or_default());
            @for one in beside.differences() { (which(&one, settings, mistakes)) }
            (Input::new("why", "Why").hint("Whoever suggested it sees this").error(mistakes.of("why")))
            (Button { name: Some("decision".to_owned()), value: Some("approve".to_owned()), prevent_double_click: true, ..Button::new("Approve") })
            " "
            (Button { name: Some("decision".to_owned()), value: Some("refuse".to_owned()), prevent_double_click: true, ..Button::secondary("Refuse") })
        }
    }
}

/// Which a field is to be: chosen by the editor where two have changed it.
fn which(one: &Difference, settings: &Settings, mistakes: &Mistakes) -> Markup {
    let name = format!("which.{}", one.field);
    let choices = [
        Choice::new(
            "take",
            format!("As suggested: {}", readable(&one.field, &one.suggested)),
        ),
        Choice::new(
            "leave",
            format!("As it stands: {}", readable(&one.field, &one.stands)),
        ),
    ];
    html! {
        (Radios { small: true, error: mistakes.of(&name), ..Radios::new(name.as_str(), Legend::new(label(&one.field, settings)), choices) }
            .selected((!one.is_contested()).then_some("take")))
    }
}

/// Stores the next state of a suggestion that the caller may change.
async fn next(
    caller: &Caller,
    id: &str,
    form: &Form,
    then: impl Fn(&Suggestion, &Environment) -> Result<Suggestion, DirectoryError> + Send + 'static,
) -> Result<Response, Problem> {
    let found = of_caller(caller, id).await;
    let seen = form.get("version").parse::<Version>();
    let (Ok(found), Ok(seen)) = (&found, seen) else {
        caller.permit(Resource::House).await?;
        return Err(found.err().unwrap_or_else(Problem::changed));
    };
    let id = found.id;
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        let before = suggestion(tx, id)?.ok_or(DirectoryError::NotThere)?;
        before.version.expect(seen)?;
        let after = then(&before, environment)?;
        put(tx, environment, &before, &after)?;
        Ok("/directory/mine".to_owned())
    };
    let to = caller.write(sent(form), Resource::House, work).await?;
    Ok(redirect(&to))
}

/// `POST /directory/suggestions/{id}/send`.
pub(crate) async fn send(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let said = match words(form.get("words")) {
        Ok(said) => said,
        Err(message) => {
            caller.permit(Resource::House).await?;
            let mut mistakes = Mistakes::default();
            mistakes.add("words", message);
            let found = of_caller(&caller, &id).await?;
            return Ok(page(&caller, found, &mistakes).await?.into_response());
        }
    };
    let user = caller.actor().user;
    next(&caller, &id, &form, move |before, environment| {
        if before.state != SuggestionState::Draft || before.made_by != user {
            return Err(DirectoryError::Refused("This was sent before.".to_owned()));
        }
        if before.changes.is_empty() {
            let why = "This changes nothing yet. Change something, or take it back.";
            return Err(DirectoryError::Refused(why.to_owned()));
        }
        Ok(Suggestion {
            state: SuggestionState::Waiting,
            words: said.clone(),
            made_at: environment.now(),
            ..before.clone()
        })
    })
    .await
}

/// `POST /directory/suggestions/{id}/take-back`.
pub(crate) async fn take_back(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let user = caller.actor().user;
    next(&caller, &id, &form, move |before, _| {
        let is_open = matches!(
            before.state,
            SuggestionState::Draft | SuggestionState::Waiting
        );
        if !is_open || before.made_by != user {
            let why = "This was decided before, or is somebody else's.";
            return Err(DirectoryError::Refused(why.to_owned()));
        }
        Ok(Suggestion {
            state: SuggestionState::Withdrawn,
            ..before.clone()
        })
    })
    .await
}

/// `POST /directory/suggestions/{id}/decide`.
pub(crate) async fn decide(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let found = of_caller(&caller, &id).await;
    let seen = form.get("version").parse::<Version>();
    let decision = form.get("decision").to_owned();
    let (Ok(suggestion_found), Ok(seen), "approve" | "refuse") = (&found, seen, decision.as_str())
    else {
        caller.permit(Resource::House).await?;
        return Err(found.err().unwrap_or_else(|| {
            Problem::malformed("Choose what you decide, from the page of the suggestion.")
        }));
    };
    let mut mistakes = Mistakes::default();
    let why = mistakes
        .check("why", words(form.get("why")))
        .unwrap_or_default();
    if decision == "refuse" {
        mistakes.required(
            "why",
            form.get("why"),
            "Say why: whoever suggested it will see it",
        );
    }
    let approval = approval(&form);
    if decision == "approve" {
        undecided(&caller, suggestion_found.clone(), &approval, &mut mistakes).await?;
    }
    if !mistakes.is_empty() {
        caller.permit_to("directory.read", Resource::House).await?;
        let page = page(&caller, suggestion_found.clone(), &mistakes).await?;
        return Ok(page.into_response());
    }
    let (id, by) = (suggestion_found.id, caller.actor().name.clone());
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        let before = suggestion(tx, id)?.ok_or(DirectoryError::NotThere)?;
        before.version.expect(seen)?;
        if decision == "approve" {
            approve(tx, environment, before, &approval, (&by, &why))?;
        } else {
            refuse(tx, environment, &before, (&by, &why))?;
        }
        Ok("/directory/suggestions".to_owned())
    };
    let to = caller.write(sent(&form), Resource::House, work).await?;
    Ok(redirect(&to))
}

fn approval(form: &Form) -> Approval {
    let which = |wanted: &str| {
        let all = form.with_prefix("which.");
        all.filter(|(_, which)| *which == wanted)
            .map(|(field, _)| field.to_owned())
            .collect()
    };
    Approval {
        stands: form.get("stands").parse().ok(),
        taken: which("take"),
        left: which("leave"),
    }
}

/// Notes the contested fields of which the editor has not said which they are to be.
async fn undecided(
    caller: &Caller,
    found: Suggestion,
    approval: &Approval,
    mistakes: &mut Mistakes,
) -> Result<(), Problem> {
    let database = caller.house().database();
    let beside = database
        .read(move |tx| Beside::read(tx, found.clone()))
        .await?;
    for one in beside.differences() {
        let field = &one.field;
        let is_decided = approval.taken.contains(field) || approval.left.contains(field);
        if one.is_contested() && !is_decided {
            let message = format!(
                "Somebody else changed “{}” meanwhile. Choose which it is to be",
                label(field, settings()?)
            );
            mistakes.add(&format!("which.{field}"), message);
        }
    }
    Ok(())
}

fn refuse(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    before: &Suggestion,
    (by, why): (&str, &str),
) -> Result<(), DirectoryError> {
    if before.state != SuggestionState::Waiting {
        let why = "This suggestion was decided before. Load the page again.";
        return Err(DirectoryError::Refused(why.to_owned()));
    }
    let after = Suggestion {
        state: SuggestionState::Refused,
        decided: Some((by.to_owned(), why.to_owned())),
        ..before.clone()
    };
    put(tx, environment, before, &after)
}

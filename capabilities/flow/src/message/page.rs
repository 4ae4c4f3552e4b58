//! The pages of messages: those that could not be used, why, and what to do.

use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Deserialize;
use stour_access::Resource;
use stour_access::audit::AuditEntry;
use stour_database::{Transaction, touch};
use stour_design::{
    Button, Cell, Details, Heading, InsetText, Markup, Scroll, SummaryList, SummaryRow, Table, Tag,
    TagColour, html,
};
use stour_kernel::Environment;
use stour_web::{Caller, Form, Page, Problem, Route, form, redirect};

use super::store::{self, Kept, MessageState};
use super::{MessageId, store::body};
use crate::error::FlowError;
use crate::shown;

/// How many messages a page lists.
const PAGE: i64 = 50;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        Route::get("/messages", "message.read", list),
        Route::get("/messages/live", "message.read", live),
        Route::get("/messages/{id}", "message.read", show),
        Route::post("/messages/{id}/try-again", "message.receive", try_again),
    ]
}

/// What a list is of.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Asked {
    state: Option<String>,
    before: Option<String>,
}

/// Messages in one state, and how many there are in each.
pub(super) struct Listed {
    pub(super) state: MessageState,
    pub(super) counts: Vec<(MessageState, i64)>,
    pub(super) messages: Vec<Kept>,
    /// Where the next page begins.
    pub(super) next: Option<MessageId>,
}

/// Reads what was asked for.
pub(super) async fn listed(caller: &Caller, asked: &Asked) -> Result<Listed, Problem> {
    caller.permit(Resource::House).await?;
    let state = match asked.state.as_deref() {
        None => MessageState::SetAside,
        Some(text) => text.parse().map_err(|_| Problem::not_found())?,
    };
    let before = match asked.before.as_deref() {
        None => None,
        Some(text) => Some(
            text.parse::<MessageId>()
                .map_err(|_| Problem::not_found())?,
        ),
    };
    let (counts, mut messages) = caller
        .house()
        .database()
        .read(move |tx| {
            let counts = store::counts(tx)?;
            Ok::<_, FlowError>((counts, store::list(tx, state, before, PAGE + 1)?))
        })
        .await?;
    let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = messages.len() > page;
    messages.truncate(page);
    let next = messages.last().filter(|_| more).map(|message| message.id);
    Ok(Listed {
        state,
        counts,
        messages,
        next,
    })
}

async fn list(caller: Caller, Query(asked): Query<Asked>) -> Result<Page, Problem> {
    let listed = listed(&caller, &asked).await?;
    let main = html! {
        (Heading::page("Hospital messages"))
        div id="messages" data-live="/messages/live" {
            (board(&listed))
            (Heading::section(listed.state.words()))
            @if listed.messages.is_empty() {
                (InsetText::new("There are none."))
            } @else {
                (table(&listed.messages))
            }
            @if let Some(next) = listed.next {
                p { a href={ "/messages?state=" (listed.state) "&before=" (next) } { "Earlier messages" } }
            }
        }
    };
    Ok(Page::new("Hospital messages", main).wide())
}

fn board(listed: &Listed) -> Markup {
    let count = |state: MessageState| {
        listed
            .counts
            .iter()
            .find(|(one, _)| *one == state)
            .map_or(0, |(_, count)| *count)
    };
    html! {
        ul.stour-board {
            @for state in MessageState::ALL {
                li {
                    span.stour-board__number { (count(state)) }
                    span.stour-board__label {
                        a href={ "/messages?state=" (state) } aria-current=[(state == listed.state).then_some("page")] { (state.words()) }
                    }
                }
            }
        }
    }
}

fn table(messages: &[Kept]) -> Markup {
    let rows = messages.iter().map(|message| {
        vec![
            Cell::link(
                shown::moment(message.received_at),
                format!("/messages/{}", message.id),
            ),
            Cell::from(message.sender.as_str()),
            Cell::from(kind(message)),
            Cell::from(why(message)),
            Cell::from(
                message
                    .fault
                    .as_ref()
                    .map(|fault| fault.advice.clone())
                    .unwrap_or_default(),
            ),
        ]
    });
    let columns = [
        "Received",
        "From",
        "Message",
        "What became of it",
        "What to do",
    ];
    html! { (Table { scroll: true, ..Table::new("The latest first", columns, rows) }) }
}

fn kind(message: &Kept) -> Markup {
    html! {
        @if message.kind.is_empty() { "Not readable" } @else { (message.kind) }
        @if !message.control_id.is_empty() { br; span.nhsuk-u-font-size-16 { "number " (message.control_id) } }
        @if message.repeats > 0 { br; span.nhsuk-u-font-size-16 { "sent " (message.repeats + 1) " times, kept once" } }
    }
}

fn why(message: &Kept) -> Markup {
    let colour = match message.state {
        MessageState::Applied => TagColour::Green,
        MessageState::Received => TagColour::Blue,
        MessageState::Ignored => TagColour::Grey,
        MessageState::SetAside => TagColour::Orange,
        MessageState::Refused => TagColour::Red,
    };
    html! {
        (Tag::new(message.state.words(), colour))
        @if let Some(fault) = &message.fault { br; (fault) }
        @if let Some(left_out) = &message.left_out { br; "Left out: " (left_out) }
    }
}

async fn live(caller: Caller) -> Result<Response, Problem> {
    caller.permit(Resource::House).await?;
    Ok(caller.house().live().events("messages"))
}

/// One message, word for word: the audit has whom it is about before it is shown.
async fn show(caller: Caller, Path(id): Path<String>) -> Result<Page, Problem> {
    let id: MessageId = id.parse().map_err(|_| Problem::not_found())?;
    caller.permit(Resource::House).await?;
    let found = caller
        .house()
        .database()
        .read(move |tx| Ok::<_, FlowError>(store::one(tx, id)?.zip(Some(body(tx, id)?))))
        .await?;
    let (message, body) = found.ok_or_else(Problem::not_found)?;
    let mut entry = AuditEntry::by(caller.actor(), caller.action().as_str(), caller.purpose())
        .on("message", id)
        .request(caller.request_id());
    if let Some(person) = message.person {
        entry = entry.about(person);
    }
    caller
        .house()
        .access()
        .trail()
        .record(entry)
        .await
        .map_err(stour_access::Refused::from)?;
    let main = html! {
        (Heading::page("Hospital message"))
        (facts(&message))
        @if can_try_again(&message) {
            form method="post" action={ "/messages/" (id) "/try-again" } {
                (form::hidden(&caller))
                (Button::secondary("Try again"))
            }
        }
        (Heading::section("Word for word"))
        @match body {
            Some(body) => (raw(&body, message.charset.as_deref())),
            None => p { "It was not kept: only that it came, and why it was refused." },
        }
    };
    Ok(Page::new("Hospital message", main).under([("Hospital messages", "/messages")]))
}

/// Messages that may fare better once their cause is put right.
fn can_try_again(message: &Kept) -> bool {
    matches!(
        message.state,
        MessageState::SetAside | MessageState::Ignored
    )
}

fn facts(message: &Kept) -> Markup {
    let mut rows = vec![
        SummaryRow::new(
            "What became of it",
            html! { (Tag::plain(message.state.words())) },
        ),
        SummaryRow::new("Received", shown::moment(message.received_at)),
        SummaryRow::new("From", message.sender.as_str()),
        SummaryRow::new("Message", kind(message)),
        SummaryRow::new("Size", format!("{} bytes", message.size)),
    ];
    if let Some(fault) = &message.fault {
        if !fault.segment.is_empty() {
            rows.push(SummaryRow::new("Where", fault.place()));
        }
        rows.push(SummaryRow::new("Why", fault.reason.as_str()));
        rows.push(SummaryRow::new("What to do", fault.advice.as_str()));
    }
    if let Some(left_out) = &message.left_out {
        rows.push(SummaryRow::new("Left out", left_out.as_str()));
    }
    if let Some(at) = message.processed_at {
        rows.push(SummaryRow::new("Worked through", shown::moment(at)));
    }
    html! { (SummaryList { rows, ..SummaryList::default() }) }
}

fn raw(body: &[u8], charset: Option<&str>) -> Markup {
    let readable = stour_hl7v2::Message::parse(body);
    let text = match &readable {
        Ok(message) => message.text().to_owned(),
        Err(_) => String::from_utf8_lossy(body).into_owned(),
    };
    let lines: Vec<&str> = text
        .split(['\r', '\n'])
        .filter(|line| !line.is_empty())
        .collect();
    let content = html! { pre { @for line in &lines { (line) "\n" } } };
    html! {
        (Scroll { content: content.into(), labelled_by: Some("raw".to_owned()), reverse: false })
        p id="raw" { "The message as it came, one segment on each line." }
        @if let Some(charset) = charset {
            (Details::new("Character set", html! { p { "Read as " (charset) "." } }))
        }
    }
}

async fn try_again(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let id: MessageId = id.parse().map_err(|_| Problem::not_found())?;
    let work = move |tx: &mut Transaction<'_>, _: &Environment| {
        if !store::try_again(tx, id)? {
            return Err(match store::one(tx, id)? {
                None => Problem::not_found(),
                Some(_) => Problem::conflict(
                    "Only a message that was set aside or not needed, and was kept, can be tried again.",
                ),
            });
        }
        touch(tx, "messages")?;
        Ok(format!("/messages/{id}"))
    };
    let sent = (form.key(), form.fingerprint());
    Ok(redirect(&caller.write(sent, Resource::House, work).await?))
}

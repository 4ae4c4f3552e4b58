//! The versions of a text: what was decided on them, what changed between two, and what is to be decided.

use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Deserialize;
use stour_access::Resource;
use stour_database::Transaction;
use stour_design::{
    Button, Cell, Column, Heading, InsetText, Label, Markup, Select, Table, Textarea, html,
};
use stour_kernel::Environment;
use stour_web::words::moment;
use stour_web::{Caller, FieldError, Form, Page, Problem, form, redirect};

use super::difference::{Difference, differences};
use super::flow_page::{Asked, Shown, may, open, which};
use super::store::{decide, propose, publish_again, version, versions};
use super::{Author, ContentError, LONGEST_WORDS, SHIPPED_VERSION, StepKind, Version, shipped};

/// Lines of a text that are shown around what changed.
const AROUND: usize = 3;

/// `GET /content/{id}/versions`.
pub(crate) async fn show(
    caller: Caller,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, Problem> {
    let shown = open(&caller, &id, asked.version).await?;
    let content = id.clone();
    let all = caller
        .house()
        .database()
        .read(move |tx| versions(tx, &content))
        .await?;
    let main = html! {
        (Heading::page("Versions"))
        (which(&shown))
        (to_decide(&caller, &shown))
        (Heading::section("All versions"))
        (table(&shown, &all))
        (compare_form(&shown, &all))
        (decided(&shown))
    };
    Ok(Page::new("Versions", main)
        .under([("Advice", "/content"), (&id, &format!("/content/{id}"))])
        .wide())
}

/// What the caller can do with the version that is shown.
fn to_decide(caller: &Caller, shown: &Shown) -> Markup {
    let (id, number) = (shown.id(), shown.version.number);
    let content = &shown.content;
    let is_published = content.published == Some(number);
    let waits = content.waiting == Some(number);
    let own = shown.version.is_of(caller.actor().user);
    let was_published = shown
        .steps
        .iter()
        .any(|step| step.number == number && step.kind == StepKind::Published)
        || (number == SHIPPED_VERSION && shipped(id).is_some());
    let send = |to: &str, button: Button, words: Option<&str>| {
        html! {
            form method="post" action={ "/content/" (id) "/" (to) } novalidate {
                (form::hidden(caller))
                input type="hidden" name="number" value=(number);
                @if let Some(label) = words {
                    (Textarea { rows: Some(2), id: Some(format!("words-{to}")), ..Textarea::new("words", Label { target: Some(format!("words-{to}")), ..Label::new(label) }) })
                }
                (Button { prevent_double_click: true, ..button })
            }
        }
    };
    html! {
        @if !is_published && !waits && !was_published && may(caller, "content.edit") {
            (send("propose", Button::new(format!("Propose version {number}")), None))
        }
        @if waits && may(caller, "content.approve") {
            @if own {
                (InsetText::new("You saved this version, so somebody else must look at it."))
            } @else {
                (Heading::section(format!("Decide on version {number}")))
                p { a href={ "/content/" (id) "/preview?version=" (number) } { "See it as the public would" } " before you decide." }
                (send("approve", Button::new(format!("Approve and publish version {number}")), Some("What you looked at (optional)")))
                (send("decline", Button::secondary("Do not take it"), Some("Why not")))
            }
        }
        @if !is_published && was_published && may(caller, "content.approve") {
            (Heading::section("Go back to this version"))
            p { "The public read this version before. It can be published again at once." }
            (send("publish-again", Button::warning(format!("Publish version {number} again")), Some("Why")))
        }
    }
}

fn table(shown: &Shown, all: &[Version]) -> Markup {
    let id = shown.id();
    let rows = all.iter().map(|version| {
        let number = version.number;
        let taken = shown.steps.iter().rev().find(|step| step.number == number);
        let standing = match taken {
            _ if shown.content.published == Some(number) => Cell::from("The public reads it"),
            Some(step) => step.kind.words().into(),
            None if number == SHIPPED_VERSION && shipped(id).is_some() => "Published".into(),
            None => Cell::missing("Saved"),
        };
        vec![
            Cell::link(
                format!("Version {number}"),
                format!("/content/{id}/versions?version={number}"),
            ),
            version.what.as_str().into(),
            version.by.as_ref().map_or_else(
                || Cell::missing("The program"),
                |by| by.name.as_str().into(),
            ),
            version
                .at
                .map_or_else(|| Cell::missing("With the program"), |at| moment(at).into()),
            standing,
            if number > 1 {
                let before = number.saturating_sub(1);
                Cell::link(
                    format!("What changed since version {before}"),
                    format!("/content/{id}/compare?from={before}&to={number}"),
                )
            } else {
                Cell::missing("The first")
            },
        ]
    });
    let columns = [
        "Version",
        "What changed, and why",
        "Saved by",
        "When",
        "Where it stands",
        "Differences",
    ];
    html! {
        (Table { first_cell_is_header: true, responsive: true, ..Table::new("Versions", columns.map(Column::from), rows) })
    }
}

fn compare_form(shown: &Shown, all: &[Version]) -> Markup {
    let items: Vec<(String, String)> = all
        .iter()
        .map(|version| {
            (
                version.number.to_string(),
                format!("Version {}", version.number),
            )
        })
        .collect();
    let pairs = || {
        items
            .iter()
            .map(|(number, words)| (number.as_str(), words.as_str()))
    };
    let from = shown.content.published.unwrap_or(1).to_string();
    let to = shown.content.latest.to_string();
    html! {
        @if all.len() > 1 {
            (Heading::section("Compare two versions"))
            form method="get" action={ "/content/" (shown.id()) "/compare" } {
                (Select::new("from", Label::new("From"), pairs()).selected(Some(&from)))
                (Select::new("to", Label::new("To"), pairs()).selected(Some(&to)))
                (Button::secondary("Compare"))
            }
        }
    }
}

fn decided(shown: &Shown) -> Markup {
    html! {
        @if !shown.steps.is_empty() {
            (Heading::section("What was decided"))
            ul.nhsuk-list.nhsuk-list--bullet {
                @for step in shown.steps.iter().rev() {
                    li {
                        (moment(step.at)) ": version " (step.number) ". " (step.kind.words()) " by " (step.by.name) "."
                        @if !step.words.is_empty() { " “" (step.words) "”" }
                    }
                }
            }
        }
    }
}

/// Which two.
#[derive(Debug, Deserialize)]
pub(crate) struct Two {
    from: i64,
    to: i64,
}

/// `GET /content/{id}/compare`.
pub(crate) async fn compare(
    caller: Caller,
    Path(id): Path<String>,
    Query(two): Query<Two>,
) -> Result<Page, Problem> {
    let shown = open(&caller, &id, Some(two.to)).await?;
    let content = id.clone();
    let before = caller
        .house()
        .database()
        .read(move |tx| version(tx, &content, two.from))
        .await?
        .ok_or_else(Problem::not_found)?;
    let all = differences(&before.text, &shown.version.text);
    let title = format!(
        "What changed from version {} to version {}",
        two.from, two.to
    );
    let main = html! {
        (Heading::page(title.as_str()))
        @if before.text == shown.version.text { (InsetText::new("Nothing is different.")) }
        @else { (drawn(&all)) }
    };
    Ok(Page::new(title, main)
        .back(format!("/content/{id}/versions"))
        .wide())
}

/// What changed, with a few lines around it.
fn drawn(all: &[Difference<'_>]) -> Markup {
    let near = |place: usize| {
        let (first, last) = (place.saturating_sub(AROUND), place.saturating_add(AROUND));
        let mut around = all
            .iter()
            .skip(first)
            .take(last.saturating_sub(first).saturating_add(1));
        around.any(|one| !matches!(one, Difference::Same(_)))
    };
    let shown: Vec<(usize, &Difference<'_>)> = all
        .iter()
        .enumerate()
        .filter(|(place, _)| near(*place))
        .collect();
    let rows = shown.iter().map(|(_, one)| match one {
        Difference::Same(line) => vec![Cell::missing("the same"), Cell::from(*line)],
        Difference::Gone(line) => vec![Cell::from("taken out"), Cell::from(*line)],
        Difference::New(line) => vec![Cell::from("put in"), Cell::from(*line)],
    });
    html! { (Table::new("Lines, with a few of those around them", ["What", "Line"], rows.collect::<Vec<_>>())) }
}

fn number_of(form: &Form) -> Result<i64, Problem> {
    form.get("number")
        .parse()
        .map_err(|_| Problem::malformed("Say which version."))
}

fn words_of(form: &Form, needed: bool) -> Result<String, Problem> {
    let words = form.get("words").to_owned();
    let message = if words.chars().count() > LONGEST_WORDS {
        "Say it in at most 2,000 characters"
    } else if words.is_empty() && needed {
        "Say why"
    } else {
        return Ok(words);
    };
    Err(Problem::invalid(vec![FieldError {
        field: "words".to_owned(),
        message: message.to_owned(),
    }]))
}

/// Does something with a version of a text, and leads back to its versions.
async fn done(
    caller: &Caller,
    id: String,
    form: &Form,
    act: impl Fn(&mut Transaction<'_>, &Environment, (&str, i64), &Author) -> Result<(), ContentError>
    + Send
    + 'static,
) -> Result<Response, Problem> {
    let number = number_of(form)?;
    let by = Author::from(caller.actor());
    let work = move |tx: &mut Transaction<'_>, environment: &Environment| {
        act(tx, environment, (&id, number), &by)?;
        Ok(format!("/content/{id}/versions?version={number}"))
    };
    let sent = (form.key(), form.fingerprint());
    Ok(redirect(&caller.write(sent, Resource::House, work).await?))
}

/// `POST /content/{id}/propose`.
pub(crate) async fn put_forward(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    done(&caller, id, &form, |tx, environment, of, by| {
        propose(tx, environment, of, by)
    })
    .await
}

/// `POST /content/{id}/approve`.
pub(crate) async fn approve(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let words = words_of(&form, false)?;
    done(&caller, id, &form, move |tx, environment, of, by| {
        decide(tx, environment, of, (StepKind::Published, &words), by)
    })
    .await
}

/// `POST /content/{id}/decline`.
pub(crate) async fn decline(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let words = words_of(&form, true)?;
    done(&caller, id, &form, move |tx, environment, of, by| {
        decide(tx, environment, of, (StepKind::Declined, &words), by)
    })
    .await
}

/// `POST /content/{id}/publish-again`.
pub(crate) async fn again(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let words = words_of(&form, true)?;
    done(&caller, id, &form, move |tx, environment, of, by| {
        publish_again(tx, environment, of, &words, by)
    })
    .await
}

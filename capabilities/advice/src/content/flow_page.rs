//! One text of advice: what it asks, what should be looked at, how it is drawn, and what waits.

use axum::extract::{Path, Query};
use serde::Deserialize;
use stour_access::Resource;
use stour_design::{Button, Details, Heading, InsetText, Markup, SummaryList, Table, html};
use stour_guidance::{Flow, Way};
use stour_kernel::Date;
use stour_web::words::day;
use stour_web::{Caller, Page, Problem};

use super::graph_drawing;
use super::{Content, StepTaken, Version, contents, steps, version};

/// Which version; the latest unless told.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    /// Its number.
    pub(crate) version: Option<i64>,
}

/// A text, one of its versions, and what was decided.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    pub(crate) content: Content,
    pub(crate) version: Version,
    pub(crate) steps: Vec<StepTaken>,
}

impl Shown {
    pub(crate) fn id(&self) -> &str {
        &self.content.id
    }

    /// The flow, where this release can read it.
    pub(crate) fn flow(&self) -> Result<Flow, Problem> {
        Flow::read(&self.version.text).map_err(|mistakes| {
            Problem::conflict(format!(
                "This version cannot be used by this release: {mistakes}"
            ))
        })
    }
}

/// Opens a text for reading, by the action of the route.
pub(crate) async fn open(caller: &Caller, id: &str, number: Option<i64>) -> Result<Shown, Problem> {
    caller.permit(Resource::House).await?;
    find(caller, id, number).await
}

/// The same for a form that is only shown, or shown again: nothing has been changed by it.
pub(crate) async fn open_form(
    caller: &Caller,
    id: &str,
    number: Option<i64>,
) -> Result<Shown, Problem> {
    caller.permit_to("content.read", Resource::House).await?;
    if !may(caller, "content.edit") {
        return Err(Problem::forbidden(
            "You may read advice as it is written, and not change it.",
        ));
    }
    find(caller, id, number).await
}

async fn find(caller: &Caller, id: &str, number: Option<i64>) -> Result<Shown, Problem> {
    let id = id.to_owned();
    let database = caller.house().database();
    let found = database.read(move |tx| {
        let all = contents(tx)?;
        let Some(content) = all.into_iter().find(|content| content.id == id) else {
            return Ok(None);
        };
        let number = number.unwrap_or(content.latest);
        let steps = steps(tx, &id)?;
        let version = version(tx, &id, number)?;
        Ok::<_, stour_database::Error>(version.map(|version| Shown {
            content,
            version,
            steps,
        }))
    });
    found.await?.ok_or_else(Problem::not_found)
}

/// Whether the caller may do something to the texts.
pub(crate) fn may(caller: &Caller, action: &str) -> bool {
    action
        .parse()
        .is_ok_and(|action| caller.may(action, &Resource::House))
}

/// What is different about the version that is shown.
pub(crate) fn which(shown: &Shown) -> Markup {
    let number = shown.version.number;
    html! {
        p {
            "Version " (number)
            @if shown.content.published == Some(number) { ", which the public reads" }
            @else if shown.content.waiting == Some(number) { ", which waits to be looked at" }
            @else if shown.content.latest == number { ", the latest" }
            "."
        }
    }
}

/// `GET /content/{id}`.
pub(crate) async fn show(
    caller: Caller,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, Problem> {
    let shown = open(&caller, &id, asked.version).await?;
    let flow = shown.flow()?;
    let number = shown.version.number;
    let main = html! {
        (Heading::page(flow.title.as_str()))
        (which(&shown))
        @if may(&caller, "content.edit") {
            (Button::link("Change the words", format!("/content/{id}/words")))
            " "
            (Button { href: Some(format!("/content/{id}/text")), ..Button::secondary("Change it as a text") })
        }
        ul.nhsuk-list.nhsuk-list--bullet {
            li { a href={ "/content/" (id) "/preview?version=" (number) } { "See it as the public would" } }
            li { a href={ "/content/" (id) "/versions" } { "Versions, decisions and what changed" } }
            li { a href={ "/content/" (id) "/graph.dot?version=" (number) } { "The graph for Graphviz (.dot)" } }
            li { a href={ "/content/" (id) "/flow.toml?version=" (number) } { "The text (.toml)" } }
        }
        (about(&flow, caller.today()))
        (to_look_at(&flow))
        (Heading::section("How it leads on"))
        (graph_drawing::draw(&flow))
        (parts(&flow))
    };
    Ok(Page::new(flow.title.as_str(), main)
        .under([("Advice", "/content")])
        .wide())
}

fn about(flow: &Flow, today: Date) -> Markup {
    let due = flow.review_due;
    let late = if due < today { " – late" } else { "" };
    let kept = format!(
        "{} days{}",
        flow.keep_days,
        if flow.sensitive { ", sensitive" } else { "" }
    );
    html! {
        (SummaryList::new([
            ("For", flow.audience.clone()),
            ("Looked after by", flow.owner.clone()),
            ("To be looked at again by", format!("{}{late}", day(due))),
            ("Answers are kept", kept),
            ("Questions", flow.questions.len().to_string()),
            ("Outcomes", flow.outcomes.len().to_string()),
        ]))
    }
}

fn to_look_at(flow: &Flow) -> Markup {
    html! {
        @if !flow.warnings().is_empty() {
            (Heading::section("To be looked at"))
            ul.nhsuk-list.nhsuk-list--bullet { @for warning in flow.warnings() { li { (warning) } } }
        }
        @let unverified: Vec<_> = flow.sources.iter().filter(|source| source.status == stour_guidance::SourceStatus::Unverified).collect();
        @if !unverified.is_empty() {
            (InsetText::new(html! {
                p { "Not checked against the source yet:" }
                ul { @for source in &unverified { li { (source.what) ": " (source.gives) } } }
            }))
        }
    }
}

fn parts(flow: &Flow) -> Markup {
    let questions = flow.questions.iter().map(|question| {
        let options: Vec<&str> = question
            .choices
            .iter()
            .map(|one| one.label.as_str())
            .collect();
        vec![
            question.id.clone(),
            question.ask.clone(),
            question.kind.as_str().to_owned(),
            options.join("; "),
        ]
    });
    let outcomes = flow.outcomes.iter().map(|outcome| {
        let next: Vec<String> = outcome
            .next
            .iter()
            .map(|step| match &step.way {
                Way::Find(words) => format!("{} (find: {words})", step.label),
                Way::Flow(other) => format!("{} (advice: {other})", step.label),
                Way::Page(address) | Way::Link(address) => format!("{} ({address})", step.label),
                Way::Call(number) => format!("{} ({number})", step.label),
                Way::Ask => format!("{} (asks for help)", step.label),
            })
            .collect();
        vec![
            outcome.id.clone(),
            outcome.title.clone(),
            if outcome.urgent { "Urgent" } else { "" }.to_owned(),
            next.join("; "),
        ]
    });
    let cells = |row: Vec<String>| {
        row.into_iter()
            .map(Into::into)
            .collect::<Vec<stour_design::Cell>>()
    };
    let questions = Table::new(
        "Questions",
        ["Id", "Question", "Type", "Answers"],
        questions.map(cells).collect::<Vec<_>>(),
    );
    let outcomes = Table::new(
        "Outcomes",
        ["Id", "Title", "Urgent", "Next steps"],
        outcomes.map(cells).collect::<Vec<_>>(),
    );
    html! { (Details::expander("Questions and outcomes", html! { (questions) (outcomes) })) }
}

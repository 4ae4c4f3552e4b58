//! A version as the public would see it, and as files.

use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use stour_design::{Details, Heading, InsetText, Markup, html};
use stour_guidance::{Flow, Paths};
use stour_kernel::Date;
use stour_web::{Caller, Page, Problem};

use super::flow_page::{Asked, open, which};
use crate::flow::{Asked as AskedAs, Sent, conclusion, field};

/// The most paths that a page takes: some seconds' work at worst. The command line takes more.
const MOST_PATHS: u64 = 20_000;

/// `GET /content/{id}/preview`.
pub(crate) async fn show(
    caller: Caller,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, Problem> {
    let shown = open(&caller, &id, asked.version).await?;
    let flow = shown.flow()?;
    let main = html! {
        (Heading::page(format!("Preview: {}", flow.title)))
        (which(&shown))
        (InsetText::new("Every question and one example of every outcome, as the public would see them. Nothing here is sent."))
        @for question in &flow.questions {
            @let choices: Vec<_> = question.choices.iter().collect();
            (field(question, &choices, AskedAs::Among, (&Sent::default(), None)))
        }
        (outcomes(&flow, caller.today()))
    };
    Ok(Page::new("Preview", main).back(format!("/content/{id}?version={}", shown.version.number)))
}

/// Each outcome as the first path that ends there sees it.
fn outcomes(flow: &Flow, today: Date) -> Markup {
    let mut examples: Vec<(String, Markup)> = Vec::new();
    let walked = flow.walk(today, MOST_PATHS, |path| {
        if !examples.iter().any(|(id, _)| *id == path.outcome.id) {
            let answers = path.answers();
            let shown = flow.position(&answers, today);
            let shown = shown
                .and_then(|position| flow.conclude(&position).map(|said| conclusion(&said, None)));
            examples.extend(shown.map(|shown| (path.outcome.id.clone(), shown)));
        }
    });
    html! {
        p { (count(walked.ok().as_ref())) }
        @for outcome in &flow.outcomes {
            @let example = examples.iter().find(|(id, _)| *id == outcome.id);
            (Details::expander(format!("Outcome: {}", outcome.title), html! {
                @match example {
                    Some((_, shown)) => (shown),
                    None => p { "None of the paths that were taken ends here. “stour content check” takes them all." },
                }
            }))
        }
    }
}

fn count(walked: Option<&Paths>) -> String {
    walked.map_or_else(
        || format!("There are more than {MOST_PATHS} ways through it; these are the first."),
        |paths| {
            format!(
                "There are {} ways through it, of at most {} questions.",
                paths.count, paths.longest
            )
        },
    )
}

/// `GET /content/{id}/graph.dot`.
pub(crate) async fn dot(
    caller: Caller,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let shown = open(&caller, &id, asked.version).await?;
    let text = shown.flow()?.graph().dot(&id);
    Ok(file(
        &format!("{id}.dot"),
        "text/vnd.graphviz; charset=utf-8",
        text,
    ))
}

/// `GET /content/{id}/flow.toml`.
pub(crate) async fn toml(
    caller: Caller,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let shown = open(&caller, &id, asked.version).await?;
    Ok(file(
        &format!("{id}.toml"),
        "application/toml; charset=utf-8",
        shown.version.text,
    ))
}

fn file(name: &str, kind: &str, text: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    (headers, text).into_response()
}

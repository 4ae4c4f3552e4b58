//! One risk: what may happen, how bad, how that has moved, what is done, and what was taken to a board.

use axum::extract::Path;
use stour_design::{Button, Cell, Column, Heading, Markup, SummaryList, Table, html};
use stour_register::{Entry, Kind, versions};
use stour_web::words::moment;
use stour_web::{Caller, Page, Problem};

use super::response::{About, ESCALATION, Escalation, RESPONSE, Response};
use super::risk::{KIND, Risk, STATUS};
use super::scale::{IMPACT, LIKELIHOOD, Step, step_of_word};
use super::tables::{self, scored};
use super::trend::{Scored, scores, trend};
use crate::governance::EDIT;
use crate::governance::shell::{Opened, Part, may, open, page_below};
use crate::governance::words::label;

/// `GET /programmes/{programme}/risks/{number}`.
pub(crate) async fn show(
    caller: Caller,
    Path((programme, number)): Path<(String, i64)>,
) -> Result<Page, Problem> {
    let opened = open(&caller, &programme).await?;
    let entry = opened.entries.entry(KIND.name, number);
    let entry = entry.ok_or_else(Problem::not_found)?;
    let (id, risk) = (entry.id, Risk::read(entry));
    let database = caller.house().database();
    let history = database.read(move |tx| versions(tx, id)).await?;
    let main = main(&caller, &opened, &risk, &history);
    let title = format!("Risk {}", risk.reference());
    Ok(page_below(&opened, Part::Risks, &title, &main))
}

fn main(caller: &Caller, opened: &Opened, risk: &Risk, history: &[Entry]) -> Markup {
    let about = About::Risk(risk.number);
    let entry = opened.entry_address(KIND.name, risk.number);
    let scores = scores(history);
    let responses: Vec<Response> = Response::all(&opened.entries, opened.today)
        .into_iter()
        .filter(|one| one.about == about)
        .collect();
    let escalations: Vec<Escalation> = Escalation::all(&opened.entries)
        .into_iter()
        .filter(|one| one.about == about)
        .collect();
    html! {
        p { (risk.description.as_str()) }
        @if may(caller, EDIT) { (Button::link("Change this risk", format!("{entry}/edit"))) }
        (facts(opened, risk))
        p { a href=(entry) { "Every field, its history, and comparing two versions" } }
        (Heading::section("How its score has moved"))
        p { (trend(&scores).words()) "." }
        @if !scores.is_empty() { (moved(opened, &scores)) }
        (Heading::section(RESPONSE.many))
        @if responses.is_empty() { (none_here(caller, opened, risk, (RESPONSE, "No response is in the register for this risk."))) } @else { (tables::responses(opened, &responses)) }
        (Heading::section("Taken to a board"))
        @if escalations.is_empty() { (none_here(caller, opened, risk, (ESCALATION, "It was not taken to a board."))) } @else { (tables::escalations(opened, &escalations)) }
    }
}

/// That there is none, and the way to add one about this risk.
fn none_here(caller: &Caller, opened: &Opened, risk: &Risk, (kind, said): (&Kind, &str)) -> Markup {
    let new = format!("/registers/{}/new?risk={}", kind.name, risk.number);
    html! {
        p {
            (said)
            @if may(caller, kind.edit) { " " a href=(opened.address(&new)) { "Add the first " (kind.one) } "." }
        }
    }
}

fn facts(opened: &Opened, risk: &Risk) -> SummaryList {
    let said = |text: &str| {
        if text.is_empty() {
            "Not known".to_owned()
        } else {
            text.to_owned()
        }
    };
    let step = |list: &str, step: Option<Step>, given: &str| {
        let words = step.map_or_else(
            || "Not known".to_owned(),
            |step| format!("{} {}", step.number(), step.words(list)),
        );
        let means = step_of_word(given, &format!("{list}-words"), opened.today);
        html! {
            (words)
            @if !given.is_empty() {
                br; "The source says “" (given) "”"
                @if let Some(means) = means { ", which stands for " (means.number()) }
                "."
            }
        }
    };
    let (likelihood_given, impact_given) = (&risk.given.0, &risk.given.1);
    let rows = vec![
        ("Score", scored(opened, risk.score)),
        (
            "Likelihood",
            step(
                LIKELIHOOD,
                risk.score.map(|score| score.likelihood),
                likelihood_given,
            ),
        ),
        (
            "Impact",
            step(IMPACT, risk.score.map(|score| score.impact), impact_given),
        ),
        (
            "Proximity",
            html! { (said(&label("risk-proximity", &risk.proximity))) },
        ),
        ("Owner", html! { (said(&risk.owner)) }),
        (
            "Response",
            html! { (said(&label("risk-response", &risk.response))) },
        ),
        ("Mitigating action", html! { (said(&risk.action)) }),
        ("Action owner", html! { (said(&risk.action_owner)) }),
        ("Status", html! { (label(STATUS, &risk.status)) }),
        ("Source", html! { (said(&risk.source)) }),
    ];
    let unverified = (!risk.unverified.is_empty())
        .then(|| ("Not verified", html! { (risk.unverified.as_str()) }));
    SummaryList::new(rows.into_iter().chain(unverified))
}

fn moved(opened: &Opened, scores: &[Scored]) -> Markup {
    let rows = scores.iter().rev().map(|one| {
        vec![
            Cell::from(moment(one.at)),
            html! { (scored(opened, Some(one.score))) }.into(),
            one.score.likelihood.words(LIKELIHOOD).into(),
            one.score.impact.words(IMPACT).into(),
            one.by.as_str().into(),
            one.why.as_str().into(),
        ]
    });
    let columns = ["Since", "Score", "Likelihood", "Impact", "By", "Why"];
    html! {
        (Table { first_cell_is_header: true, responsive: true, ..Table::new("Scores, the latest first", columns.map(Column::from), rows) })
    }
}

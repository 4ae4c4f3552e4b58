//! Risks and issues at a glance: the heat map, what lacks an owner, the lists, what is due, and what waits for a board.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use serde::Deserialize;
use stour_design::{Button, Heading, Markup, WarningCallout, html};
use stour_register::{Entry, versions_of};
use stour_web::{Caller, Page, Problem};

use super::gap::{Gap, gaps};
use super::heat::heat;
use super::issue::{self, Issue};
use super::response::{ESCALATION, Escalation, RESPONSE, Response, Standing};
use super::risk::{self, Risk};
use super::sort::By;
use super::tables;
use super::trend::{Trend, scores, trend};
use crate::governance::EDIT;
use crate::governance::parts::{none_yet, registers};
use crate::governance::shell::{Opened, Part, may, open, page};

/// What an address asks for.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    sort: Option<String>,
    show: Option<String>,
}

/// `GET /programmes/{programme}/risks`.
pub(crate) async fn show(
    caller: Caller,
    Path(programme): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Page, Problem> {
    let opened = open(&caller, &programme).await?;
    let scope = opened.scope.clone();
    let database = caller.house().database();
    let history = database
        .read(move |tx| versions_of(tx, &scope, risk::KIND.name))
        .await?;
    let trends = trends(history);
    let with_closed = asked.show.as_deref() == Some("all");
    let sorted = By::asked(asked.sort.as_deref());
    let main = html! {
        (actions(&caller, &opened))
        (missing(&opened))
        (risks(&caller, &opened, &trends, (sorted, with_closed)))
        (issues(&caller, &opened, with_closed))
        (shown(&opened, with_closed))
        (due(&caller, &opened))
        (escalated(&caller, &opened))
    };
    Ok(page(&opened, Part::Risks, &main))
}

/// How each risk has moved, by its number.
pub(super) fn trends(history: Vec<Entry>) -> BTreeMap<i64, Trend> {
    let mut by_number: BTreeMap<i64, Vec<Entry>> = BTreeMap::new();
    for version in history {
        by_number.entry(version.number).or_default().push(version);
    }
    by_number
        .into_iter()
        .map(|(number, versions)| (number, trend(&scores(&versions))))
        .collect()
}

fn actions(caller: &Caller, opened: &Opened) -> Markup {
    let conditions = opened.address("/risks/conditions");
    html! {
        p { a href=(conditions) { "Assumptions, constraints and dependencies on others" } }
        @if may(caller, EDIT) {
            (Button::link("Add a risk", opened.address("/registers/risk/new")))
            " " (Button { href: Some(opened.address("/registers/issue/new")), ..Button::secondary("Add an issue") })
        }
    }
}

/// What lacks an owner or something else that it should have, or names an owner whom nobody knows.
fn missing(opened: &Opened) -> Markup {
    let gaps = gaps(&opened.entries, opened.today);
    if gaps.is_empty() {
        return html! {};
    }
    let title = match gaps.len() {
        1 => "One entry is not complete or not right".to_owned(),
        many => format!("{many} entries are not complete or not right"),
    };
    let list = html! {
        ul { @for gap in &gaps { li { (told(opened, gap)) } } }
    };
    html! { (WarningCallout::new(title, list).below_title()) }
}

fn told(opened: &Opened, gap: &Gap) -> Markup {
    html! {
        a href=(opened.entry_address(gap.kind, gap.number)) { (gap.reference) }
        ": " (gap.found.join("; "))
    }
}

fn risks(
    caller: &Caller,
    opened: &Opened,
    trends: &BTreeMap<i64, Trend>,
    (sorted, with_closed): (By, bool),
) -> Markup {
    let all = Risk::all(&opened.entries);
    let open: Vec<&Risk> = all
        .iter()
        .filter(|risk| risk.is_open(opened.today))
        .collect();
    let unscored = open.iter().filter(|risk| risk.score.is_none()).count();
    let mut listed: Vec<Risk> = all
        .iter()
        .filter(|risk| with_closed || risk.is_open(opened.today))
        .cloned()
        .collect();
    sorted.sort(&mut listed);
    let trend = |risk: &Risk| trends.get(&risk.number).copied().unwrap_or(Trend::Unscored);
    let listed: Vec<(Risk, Trend)> = listed
        .into_iter()
        .map(|risk| {
            let trend = trend(&risk);
            (risk, trend)
        })
        .collect();
    html! {
        @if open.iter().any(|risk| risk.score.is_some()) { (heat(&open, opened.today)) }
        @if unscored > 0 {
            p { (unscored) " of " (open.len()) " open risks have no score, so they are not on a heat map." }
        }
        (Heading::section(risk::KIND.many))
        @if all.is_empty() { (none_yet(caller, opened, risk::KIND)) } @else if listed.is_empty() {
            p { "No risk is open." }
        } @else {
            (tables::risks(opened, &listed, sorted))
            (registers(caller, opened, &[risk::KIND]))
        }
    }
}

fn issues(caller: &Caller, opened: &Opened, with_closed: bool) -> Markup {
    let all = Issue::all(&opened.entries);
    let listed: Vec<Issue> = all
        .iter()
        .filter(|issue| with_closed || issue.is_open(opened.today))
        .cloned()
        .collect();
    html! {
        (Heading::section(issue::KIND.many))
        @if all.is_empty() { (none_yet(caller, opened, issue::KIND)) } @else if listed.is_empty() {
            p { "No issue is open." }
        } @else {
            (tables::issues(opened, &listed))
            (registers(caller, opened, &[issue::KIND]))
        }
    }
}

/// The way to what is closed, and back.
fn shown(opened: &Opened, with_closed: bool) -> Markup {
    html! {
        p {
            @if with_closed {
                "Closed risks and issues are listed too. "
                a href=(opened.address("/risks")) { "Show only what is open" }
            } @else {
                "Only open risks and issues are listed. "
                a href=(opened.address("/risks?show=all")) { "Show closed ones too" }
            }
            "."
        }
    }
}

fn due(caller: &Caller, opened: &Opened) -> Markup {
    let all = Response::all(&opened.entries, opened.today);
    let overdue = all
        .iter()
        .filter(|one| one.standing(opened.today) == Standing::Overdue)
        .count();
    html! {
        (Heading::section("Responses due"))
        @if all.is_empty() { (none_yet(caller, opened, RESPONSE)) } @else {
            p { (overdue) " of " (all.len()) @if all.len() == 1 { " response is" } @else { " responses are" } " overdue." }
            (tables::responses(opened, &all))
            (registers(caller, opened, &[RESPONSE]))
        }
    }
}

fn escalated(caller: &Caller, opened: &Opened) -> Markup {
    let all = Escalation::all(&opened.entries);
    html! {
        (Heading::section("Taken to a board"))
        @if all.is_empty() { (none_yet(caller, opened, ESCALATION)) } @else {
            (tables::escalations(opened, &all))
            (registers(caller, opened, &[ESCALATION]))
        }
    }
}

//! Where a programme is: how it stands, what needs a decision, and what changed since the last board.

use axum::extract::Path;
use stour_design::{Button, Heading, Markup, WarningCallout, html};
use stour_register::lint;
use stour_web::words::capital;
use stour_web::{Caller, Page, Problem};

use super::changed::Change;
use super::changes_page::{by_kind, counts, told};
use super::issued::{From, Live, gather};
use super::report::Report;
use super::shown::{items, standing};
use crate::governance::EDIT;
use crate::governance::shell::{self, Opened, Part, may};
use crate::registers::REGISTER;

/// The most entries of a list that are told here.
const MOST: usize = 5;
/// The most changes that are told one by one here.
const MOST_CHANGES: usize = 10;

/// `GET /programmes/{programme}`.
pub(super) async fn show(caller: Caller, Path(programme): Path<String>) -> Result<Page, Problem> {
    let opened = shell::open(&caller, &programme).await?;
    let live = gather(&caller, &opened, From::Board).await?;
    let report = live.report(&opened);
    let main = html! {
        (about(&opened))
        (Heading::section("Where are we?"))
        (standing(&report))
        p { a href=(opened.address("/plan")) { "Plan" } ": " (report.plan) }
        p { a href=(opened.address("/benefits")) { "Benefits" } ": " strong { (report.benefits) "." } }
        (decisions(&caller, &opened, &report))
        (changed(&opened, &live))
        (Heading::section("Overdue"))
        (items(&opened, &report.overdue, "No activity that somebody reports on is overdue."))
        (Heading::section("Conflicts in the plan"))
        (items(&opened, &report.conflicts, "No dates contradict each other."))
        (Heading::section("The worst open risks"))
        (items(&opened, &report.risks, "No open risk is scored."))
        (Heading::section("Next"))
        (items(&opened, &report.next, "Nothing in the plan falls into the weeks to come."))
        (boards(&caller, &opened, &report))
        (incomplete(&opened))
        p { (Button { small: true, ..Button::link("See the highlight report", opened.address("/report")) }) }
    };
    Ok(shell::page(&opened, Part::Here, &main))
}

/// What the programme is, and what of it nobody has verified.
fn about(opened: &Opened) -> Markup {
    let programme = &opened.programme;
    html! {
        @if !programme.vision.is_empty() { p.nhsuk-lede-text { (programme.vision) } }
        @if !programme.summary.is_empty() { p { (programme.summary) } }
        @if !programme.unverified.is_empty() {
            (WarningCallout::new("Not verified", html! { p { (programme.unverified) } }).below_title())
        }
        @if !programme.source.is_empty() { p { "Source: " (programme.source) "." } }
    }
}

fn decisions(caller: &Caller, opened: &Opened, report: &Report) -> Markup {
    html! {
        (Heading::section("What needs a decision?"))
        (items(opened, &report.decisions, "No decision is asked of a board."))
        @if may(caller, EDIT) {
            p { a href=(opened.address("/registers/decision-request/new")) { "Ask a board for a decision" } }
        }
    }
}

fn changed(opened: &Opened, live: &Live) -> Markup {
    let real = live.changes.iter().filter(|change| change.is_real());
    let (loaded, by_people): (Vec<&Change>, Vec<&Change>) =
        real.partition(|change| change.was_loaded());
    let told_here: Vec<&Change> = by_people.iter().copied().take(MOST_CHANGES).collect();
    html! {
        (Heading::section("What changed?"))
        @if by_people.is_empty() {
            p { "Nobody has changed anything " (live.since.words) "." }
        } @else {
            p { (capital(&live.since.words)) ": " (counts(&by_people)) }
            ul {
                @for (kind, of_kind) in by_kind(&told_here) {
                    @for change in of_kind { li { (told(opened, kind, change)) } }
                }
            }
        }
        @if by_people.len() > told_here.len() {
            p { "And " (by_people.len() - told_here.len()) " more." }
        }
        @if !loaded.is_empty() {
            p { "Loaded from files of reference data in that time: " (loaded.len()) " entries." }
        }
        p { a href=(opened.address("/changes")) { "See everything that changed" } }
    }
}

fn boards(caller: &Caller, opened: &Opened, report: &Report) -> Markup {
    html! {
        (Heading::section("The next board"))
        p {
            @if report.next_board.is_empty() { "No meeting to come is recorded." } @else { (report.next_board) "." }
            " " a href=(opened.address("/registers/board-meeting")) { "Meetings of boards" }
            @if may(caller, EDIT) { ", " a href=(opened.address("/registers/board-meeting/new")) { "add a meeting" } }
        }
    }
}

/// What the registers lack, entry by entry.
fn incomplete(opened: &Opened) -> Markup {
    let found = lint(&REGISTER, &opened.entries, opened.today);
    let mut by_entry: Vec<(&'static str, i64, String, Vec<String>)> = Vec::new();
    for one in &found {
        let is_same = |(kind, number, _, _): &&mut (&str, i64, _, _)| {
            (*kind, *number) == (one.kind, one.number)
        };
        match by_entry.iter_mut().find(is_same) {
            Some((_, _, _, said)) => said.push(one.message.clone()),
            None => by_entry.push((
                one.kind,
                one.number,
                one.reference.clone(),
                vec![one.message.clone()],
            )),
        }
    }
    let name = |kind: &str| REGISTER.kind(kind).map_or("", |kind| kind.one);
    html! {
        @if !by_entry.is_empty() {
            (Heading::section("What the registers lack"))
            p {
                @if by_entry.len() == 1 { "One entry is not complete." }
                @else { (by_entry.len()) " entries are not complete." }
            }
            ul {
                @for (kind, number, reference, said) in by_entry.iter().take(MOST) {
                    li { (capital(name(kind))) " " a href=(opened.entry_address(kind, *number)) { (reference) } ": " (said.join("; ")) "." }
                }
            }
            p { a href=(opened.address("/registers")) { "See the registers" } }
        }
    }
}

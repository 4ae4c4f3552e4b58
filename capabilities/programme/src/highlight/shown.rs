//! A report as a page.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use stour_design::{Details, Heading, Markup, Tag, TagColour, html};
use stour_kernel::Date;
use stour_web::words::{day, segment};

use super::report::{Item, Report};
use super::rules::{Rag, rules};
use crate::governance::shell::Opened;

/// The most things of a part of a report that are told before the others are opened.
const MOST: usize = 3;

/// How many parts of a report stand in its left half.
const LEFT: usize = 5;

/// A day that a report holds as text, in words.
fn day_words(text: &str) -> String {
    text.parse::<Date>().map_or_else(|_| text.to_owned(), day)
}

/// How a programme stands, as a tag whose word says it.
pub(super) fn tag(rag: Rag) -> Tag {
    let colour = match rag {
        Rag::Red => TagColour::Red,
        Rag::Amber => TagColour::Orange,
        Rag::Green => TagColour::Green,
        Rag::NotReported => TagColour::Grey,
    };
    Tag::new(rag.words(), colour)
}

/// How a programme stands, and why.
pub(super) fn standing(report: &Report) -> Markup {
    html! {
        p { (tag(report.rag)) }
        @if report.reasons.is_empty() {
            p {
                @if report.rag == Rag::NotReported { "Nothing is recorded yet by which to say how the programme stands." }
                @else { "No rule finds anything to look at." }
            }
        } @else {
            ul {
                @for reason in &report.reasons { li { (reason.rag.words()) ": " (reason.words) "." } }
            }
        }
        @if rules().is_some_and(|rules| rules.status == stour_partnership::Status::Local) {
            p { "Computed from what is recorded, by thresholds of this partnership." }
        }
    }
}

/// Things that a report names, or that there are none.
pub(super) fn items(opened: &Opened, all: &[Item], none: &str) -> Markup {
    html! {
        @if all.is_empty() {
            p { (none) }
        } @else {
            ul { @for item in all { li { (one(opened, item)) } } }
        }
    }
}

/// The same, with those beyond the first to be opened: closed, they take a line, so that a report prints on a page.
fn first_items(opened: &Opened, all: &[Item], none: &str) -> Markup {
    let (first, rest) = all.split_at(all.len().min(MOST));
    html! {
        (items(opened, first, none))
        @if !rest.is_empty() {
            (Details::new(format!("And {} more", rest.len()), items(opened, rest, none)))
        }
    }
}

fn one(opened: &Opened, item: &Item) -> Markup {
    let name = html! {
        @if !item.reference.is_empty() { (item.reference) " " }
        (item.text)
    };
    html! {
        @if item.below.is_empty() { (name) } @else { a href=(opened.address(&item.below)) { (name) } }
        @if !item.note.is_empty() { ": " (item.note) }
    }
}

/// The whole report.
pub(super) fn whole(opened: &Opened, report: &Report) -> Markup {
    html! {
        div.stour-dense { (content(opened, report)) }
    }
}

fn content(opened: &Opened, report: &Report) -> Markup {
    html! {
        p { "From " (day_words(&report.from)) " to " (day_words(&report.until)) ", " (report.since) "." }
        @if !report.summary.is_empty() {
            (Heading::section("Summary"))
            @for line in report.summary.lines().filter(|line| !line.trim().is_empty()) { p { (line) } }
        }
        (Heading::section("How the programme stands"))
        (standing(report))
        p { (report.plan) }
        p { strong { "Benefits: " } (report.benefits) "." }
        div.nhsuk-grid-row {
            @let parts = report.parts();
            @let (left, right) = parts.split_at(LEFT.min(parts.len()));
            @for parts in [left, right] {
                div.nhsuk-grid-column-one-half {
                    @for (heading, none, all) in parts {
                        (Heading::section(*heading))
                        (first_items(opened, all, none))
                    }
                }
            }
        }
        p { strong { "The next board: " }
            @if report.next_board.is_empty() { "no meeting to come is recorded." } @else { (report.next_board) "." }
        }
    }
}

/// The report as a file.
pub(super) fn file(opened: &Opened, report: &Report) -> Response {
    let name = format!("{}-report-{}.csv", segment(&opened.scope), report.until);
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    (headers, report.csv()).into_response()
}

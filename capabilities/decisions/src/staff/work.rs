//! What needs doing: clocks that run, and drafts that wait to be published.

use axum::extract::Query;
use serde::Deserialize;
use stour_access::Resource;
use stour_design::{
    Button, Cell, Heading, Markup, NotificationBanner, Table, Tag, TagColour, html,
};
use stour_kernel::Date;
use stour_register::Entry;
use stour_web::words::day;
use stour_web::{Caller, Page, Problem, form};

use super::drafts::Drafts;
use super::frame::{self, Part};
use super::{incomplete, may, open};
use crate::noun::KINDS;
use crate::noun::commitment::Kept;
use crate::record::{Record, published};
use crate::running::running;
use crate::site::commitments;

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    published: Option<usize>,
}

/// `GET /decisions/work`.
pub(crate) async fn show(caller: Caller, Query(asked): Query<Asked>) -> Result<Page, Problem> {
    caller.permit(Resource::House).await?;
    let (around, record) = open(&caller).await?;
    let today = caller.today();
    let drafts = Drafts::of(&around, today);
    let main = html! {
        @match asked.published {
            None | Some(0) => {},
            Some(1) => (NotificationBanner::success("1 entry was published.")),
            Some(count) => (NotificationBanner::success(format!("{count} entries were published."))),
        }
        (Heading::section("Clocks"))
        (clocks(&record, today))
        (Heading::section("Promises and requests"))
        (promises(&record, today))
        (Heading::section("Not published yet"))
        (waiting(&caller, &record, &drafts))
        (Heading::section("To be completed or put right"))
        (incomplete::section(&around, today))
    };
    Ok(frame::page(Some(Part::Work), "What needs doing", &main))
}

/// The clocks; those of promises stand with the promises.
fn clocks(record: &Record, today: Date) -> Markup {
    let rows = running(record, today)
        .into_iter()
        .filter(|clock| clock.kind != "commitment")
        .map(|clock| {
            let what = format!("{}: {}", clock.called(), clock.what);
            let stands = if clock.late {
                html! { (Tag::new(clock.stands.as_str(), TagColour::Red)) }
            } else {
                html! { (clock.stands) }
            };
            [Cell::link(what, clock.href()), stands.into()]
        });
    let table = Table {
        responsive: true,
        ..Table::new("Clocks that run", ["Of what", "Where it stands"], rows)
    };
    html! {
        @if table.rows.is_empty() {
            p { "No clock is running: no key decision is planned, no decision can be called in, no health report waits for an answer and no authority is about to end." }
        } @else {
            (table)
        }
        p { a href="/decisions/clocks" { "How the clocks count, and the bank holidays they know" } }
    }
}

/// What is open or answered and not accepted, each with the way to answer it.
fn promises(record: &Record, today: Date) -> Markup {
    let rows: Vec<[Cell; 4]> = record
        .commitments
        .iter()
        .filter(|kept| !matches!(kept.is, Kept::Accepted(_)))
        .map(|kept| {
            let promise = kept.promise();
            [
                Cell::link(
                    promise.text.as_str(),
                    format!("/decisions/commitments/{}/answer", kept.number),
                ),
                commitments::owner(kept).into(),
                commitments::due(promise).into(),
                html! { (commitments::state(kept, today)) }.into(),
            ]
        })
        .collect();
    let columns = [
        "Promise or request",
        "Who answers for it",
        "Due by",
        "State",
    ];
    html! {
        @if rows.is_empty() {
            p { "Nothing that was promised is open." }
        } @else {
            (Table { compact: true, responsive: true, ..Table::new("Open, or answered and not yet accepted", columns, rows) })
        }
    }
}

fn waiting(caller: &Caller, record: &Record, drafts: &Drafts<'_>) -> Markup {
    let keeps = may(caller, "decision.edit");
    html! {
        @if drafts.is_empty() {
            p { "Everything in the record is published." }
        }
        @for (number, entries) in &drafts.meetings {
            @let undecided = Drafts::undecided(entries).count();
            @let meeting = record.meetings.get(Some(*number));
            @let committee = meeting.and_then(|meeting| record.committees.get(meeting.committee));
            @if let (Some(meeting), Some(committee)) = (meeting, committee) {
                (Heading::subsection(crate::site::meeting::title(committee, meeting)))
            }
            (list(entries))
            @if keeps && undecided > 0 {
                form method="post" action="/decisions/work/publish" {
                    (form::hidden(caller))
                    input type="hidden" name="meeting" value=(number);
                    (Button::new(format!("Publish this meeting and what hangs on it ({undecided})")))
                }
            }
        }
        @if !drafts.others.is_empty() {
            (Heading::subsection("Of no meeting"))
            @for entry in &drafts.others {
                (list(&[entry]))
                @if keeps && published(entry).is_none() {
                    form method="post" action="/decisions/work/publish" {
                        (form::hidden(caller))
                        input type="hidden" name="kind" value=(entry.kind);
                        input type="hidden" name="number" value=(entry.number);
                        (Button { small: true, ..Button::secondary(html! {
                            "Publish" span.nhsuk-u-visually-hidden { " " (named(entry)) }
                        }) })
                    }
                }
            }
        }
    }
}

/// `Key decision K1: a matter`.
fn named(entry: &Entry) -> String {
    let kind = KINDS.iter().find(|kind| kind.name == entry.kind);
    kind.map_or_else(String::new, |kind| {
        let one = stour_web::words::capital(kind.one);
        format!("{one} {}: {}", entry.reference(kind), entry.get(kind.title))
    })
}

fn list(entries: &[&Entry]) -> Markup {
    html! {
        ul.nhsuk-list.nhsuk-list--bullet {
            @for entry in entries {
                li {
                    a href={ "/decisions/registers/" (entry.kind) "/" (entry.number) } { (named(entry)) }
                    @if let Some(from) = published(entry) { ", from " (day(from)) }
                }
            }
        }
    }
}

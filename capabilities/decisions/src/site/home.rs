//! Where the public begins: search, latest meetings, what is ahead, and what came of promises.

use axum::extract::Query;
use serde::Deserialize;
use stour_design::{Button, Cell, Heading, Input, Markup, Table, Width, html};
use stour_kernel::Date;
use stour_web::{Page, Problem, Visitor};

use super::commitments::Tally;
use super::{Part, forward_plan, open, page};
use crate::noun::meeting::Meeting;
use crate::record::{Found, Held, Record, find};
use crate::words::{day_or_unknown, label, sortable};

/// How many meetings are shown.
const MEETINGS: usize = 8;
/// The longest search, in characters.
const LONGEST: usize = 200;

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    q: String,
}

/// `GET /decisions`.
pub(crate) async fn show(visitor: Visitor, Query(asked): Query<Asked>) -> Result<Page, Problem> {
    let record = open(&visitor).await?;
    let words: String = asked.q.trim().chars().take(LONGEST).collect();
    let main = html! {
        p { "What councils and health and wellbeing boards decided, by what vote, what they asked for and what came of it." }
        (search(&words))
        @if words.is_empty() {
            (overview(&record, visitor.today()))
        } @else {
            (results(&find(&record, &words), &words))
        }
    };
    Ok(page(&visitor, Part::Home, "Decisions and scrutiny", &main))
}

fn search(words: &str) -> Markup {
    let input = Input {
        hint: Some("For example: reablement, or care package".into()),
        ..Input::new("q", "Search the record")
            .value(words)
            .width(Width::TwoThirds)
    };
    html! {
        form method="get" action="/decisions" data-optional role="search" {
            (input)
            (Button::secondary("Search"))
        }
    }
}

fn results(found: &[Found], words: &str) -> Markup {
    html! {
        (Heading::section(match found.len() {
            0 => format!("Nothing found for “{words}”"),
            1 => format!("1 result for “{words}”"),
            count => format!("{count} results for “{words}”"),
        }))
        @if found.is_empty() {
            p { "Try fewer words, or " a href="/decisions/committees" { "look by committee" } "." }
        }
        ul.nhsuk-list {
            @for one in found {
                li { (one.what) ": " a href=(one.href) { (one.title) } }
            }
        }
        p { a href="/decisions" { "Back to the latest decisions" } }
    }
}

fn overview(record: &Record, today: Date) -> Markup {
    let meetings = record.latest_meetings();
    let ahead = forward_plan::ahead(record);
    let tally = Tally::of(record, today);
    html! {
        (Heading::section("What was promised, and what came of it"))
        p { (tally.words()) " " a href="/decisions/commitments" { "See every commitment" } "." }
        (Heading::section("Key decisions ahead"))
        @if ahead.is_empty() {
            p { "None is planned." }
        } @else {
            (forward_plan::table(record, &ahead, today))
        }
        (Heading::section("Meetings"))
        (meetings_table(record, meetings.iter().copied().take(MEETINGS), "Latest meetings"))
        @if meetings.len() > MEETINGS {
            p { a href="/decisions/calendar" { "See all " (meetings.len()) " meetings" } }
        }
        (Heading::section("Take the record with you"))
        p {
            "As data: " a href="/decisions/popolo.json" { "Popolo JSON" }
            @for (kind, words) in super::export::FILES {
                ", " a href={ "/decisions/export/" (kind) } { (words) " (CSV)" }
            }
            ". Meetings for a calendar program: " a href="/decisions/calendar.ics" { "iCalendar" } "."
        }
    }
}

/// Meetings in a table, with what each considered.
pub(crate) fn meetings_table<'r>(
    record: &Record,
    meetings: impl IntoIterator<Item = &'r Held<Meeting>>,
    caption: &str,
) -> Markup {
    let rows: Vec<[Cell; 4]> = meetings
        .into_iter()
        .map(|meeting| {
            let committee = record.committees.get(meeting.committee);
            let name = committee.map_or_else(String::new, |committee| committee.of_body());
            let agenda = record.agenda(meeting.number);
            let items = html! {
                @for (position, item) in agenda.iter().enumerate() {
                    @if position > 0 { br; }
                    a href={ "/decisions/items/" (item.number) } { (item.title) }
                }
            };
            [
                Cell::link(
                    day_or_unknown(meeting.date),
                    format!("/decisions/meetings/{}", meeting.number),
                )
                .sorted_by(sortable(meeting.date)),
                name.into(),
                label("meeting-status", &meeting.status).into(),
                items.into(),
            ]
        })
        .collect();
    if rows.is_empty() {
        return html! { p { "No meeting is published yet." } };
    }
    let table = Table {
        responsive: true,
        ..Table::new(caption, ["Day", "Body", "Status", "Items"], rows)
    };
    html! { (table) }
}

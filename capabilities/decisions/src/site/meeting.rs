//! A meeting, and an extract of its minutes to print.

use axum::extract::Path;
use stour_design::{Cell, Heading, Markup, SummaryList, SummaryRow, Table, WarningCallout, html};
use stour_web::{Page, Problem, Visitor};

use super::{Part, below, item, number, open};
use crate::noun::committee::Committee;
use crate::noun::meeting::Meeting;
use crate::record::{Held, Record};
use crate::words::{beside, day_or_unknown, label, noted, source};

fn found<'r>(
    record: &'r Record,
    text: &str,
) -> Result<(&'r Held<Meeting>, &'r Held<Committee>), Problem> {
    let meeting = record.meetings.get(number(text)?);
    meeting
        .and_then(|meeting| Some((meeting, record.committees.get(meeting.committee)?)))
        .ok_or_else(Problem::not_found)
}

/// `Cabinet, 30 October 2024`.
pub(crate) fn title(committee: &Committee, meeting: &Meeting) -> String {
    match meeting.date {
        Some(date) => format!("{}, {}", committee.name, stour_web::words::day(date)),
        None => format!("{}, day not known", committee.name),
    }
}

/// `GET /decisions/meetings/{number}`.
pub(crate) async fn show(visitor: Visitor, Path(text): Path<String>) -> Result<Page, Problem> {
    let record = open(&visitor).await?;
    let (meeting, committee) = found(&record, &text)?;
    let agenda = record.agenda(meeting.number);
    let main = html! {
        (quorum(committee, meeting))
        (about(committee, meeting))
        (Heading::section("Agenda"))
        @if agenda.is_empty() {
            p { "No item is published yet." }
        } @else {
            (Table {
                responsive: true,
                ..Table::new("Items", ["Number", "Item", "State"], agenda.iter().map(|item| [
                    Cell::from(if item.minuted_as.is_empty() { "Not known" } else { &item.minuted_as }),
                    Cell::link(item.title.as_str(), format!("/decisions/items/{}", item.number)),
                    label("agenda-item-state", &item.state).into(),
                ]))
            })
        }
        (interests(&record, meeting.number))
        p { a href={ "/decisions/meetings/" (meeting.number) "/extract" } { "Extract of the minutes, to print" } }
    };
    let title = title(committee, meeting);
    let heading = Heading::page(title.as_str()).caption(committee.body.as_str());
    let above = [
        ("Decisions", "/decisions"),
        ("Calendar", "/decisions/calendar"),
    ];
    Ok(below(
        &visitor,
        Part::Calendar,
        (heading, &title),
        above,
        &main,
    ))
}

fn about(committee: &Held<Committee>, meeting: &Held<Meeting>) -> Markup {
    let mut rows = vec![
        SummaryRow::new(
            "Body",
            html! { a href={ "/decisions/committees/" (committee.number) } { (committee.of_body()) } },
        ),
        SummaryRow::new("Day", day_or_unknown(meeting.date)),
        SummaryRow::new("Status", label("meeting-status", &meeting.status)),
    ];
    if !meeting.time.is_empty() {
        rows.push(SummaryRow::new("Time", meeting.time.as_str()));
    }
    if !meeting.place.is_empty() {
        rows.push(SummaryRow::new("Place", meeting.place.as_str()));
    }
    if let Some(present) = meeting.present {
        rows.push(SummaryRow::new("Members present", present.to_string()));
    }
    rows.push(SummaryRow::new(
        "Where it can be checked",
        source(&meeting.source),
    ));
    if !meeting.note.is_empty() {
        rows.push(SummaryRow::new("Note", meeting.note.as_str()));
    }
    html! { (SummaryList::new(rows)) }
}

/// That fewer members were there than must be.
fn quorum(committee: &Committee, meeting: &Meeting) -> Markup {
    html! {
        @if let Some((present, quorum)) = meeting.below_quorum(committee) {
            (WarningCallout::new("Fewer members were present than must be", html! {
                p { "Present: " (present) ". This body needs " (quorum) " to decide anything." }
            }).below_title())
        }
    }
}

fn interests(record: &Record, meeting: i64) -> Markup {
    let declared: Vec<_> = record
        .interests
        .iter()
        .filter(|interest| interest.meeting == Some(meeting))
        .filter_map(|interest| Some((record.holders.get(interest.person)?, interest)))
        .collect();
    html! {
        @if !declared.is_empty() {
            (Heading::section("Declarations of interest"))
            ul.nhsuk-list.nhsuk-list--bullet {
                @for (holder, interest) in declared {
                    li {
                        (holder.name) ": " (interest.nature)
                        @if !interest.action.is_empty() { ". " (interest.action) }
                        @if let Some(item) = record.items.get(interest.item) {
                            ". On: " a href={ "/decisions/items/" (item.number) } { (item::numbered(item)) }
                        }
                        (beside(&interest.note))
                    }
                }
            }
        }
    }
}

/// `GET /decisions/meetings/{number}/extract`.
pub(crate) async fn extract(visitor: Visitor, Path(text): Path<String>) -> Result<Page, Problem> {
    let record = open(&visitor).await?;
    let (meeting, committee) = found(&record, &text)?;
    let main = html! {
        p { (committee.of_body()) }
        p { "What this record holds of the minutes. The minutes that the council published are the ones that count: " (source(&meeting.source)) "." }
        (quorum(committee, meeting))
        @if !meeting.note.is_empty() { p { (meeting.note) } }
        (interests(&record, meeting.number))
        @for item in record.agenda(meeting.number) {
            (Heading::section(item::numbered(item)))
            (noted(&item.note))
            (item::minuted(&record, item))
        }
    };
    let named = title(committee, meeting);
    let heading = Heading::page(format!("Minutes extract: {named}"));
    let address = format!("/decisions/meetings/{}", meeting.number);
    let above = [
        ("Decisions", "/decisions"),
        (named.as_str(), address.as_str()),
    ];
    let title = format!("Minutes extract: {named}");
    Ok(below(
        &visitor,
        Part::Calendar,
        (heading, &title),
        above,
        &main,
    ))
}

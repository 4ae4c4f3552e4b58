//! Committees, and the page of one.

use axum::extract::Path;
use stour_design::{Cell, Heading, Markup, SummaryList, SummaryRow, Table, html};
use stour_kernel::Date;
use stour_web::words::day;
use stour_web::{Page, Problem, Visitor};

use super::{Part, below, commitments, home, number, open, page};
use crate::noun::committee::Committee;
use crate::noun::membership::Membership;
use crate::noun::office::OfficeHolder;
use crate::record::{Held, Record};
use crate::words::{beside, label, last_day, source};

/// `GET /decisions/committees`.
pub(crate) async fn list(visitor: Visitor) -> Result<Page, Problem> {
    let record = open(&visitor).await?;
    let rows = record.committees.iter().map(|committee| {
        let meetings = record
            .meetings
            .iter()
            .filter(|meeting| meeting.committee == Some(committee.number));
        [
            Cell::link(
                committee.name.as_str(),
                format!("/decisions/committees/{}", committee.number),
            ),
            committee.body.as_str().into(),
            label("committee-sort", &committee.sort).into(),
            meetings.count().to_string().into(),
        ]
    });
    let columns = [
        "Name",
        "Council or organisation",
        "What it is",
        "Meetings here",
    ];
    let main = html! {
        @if record.committees.is_empty() {
            p { "No committee is published yet." }
        } @else {
            (Table { responsive: true, ..Table::new("Bodies that decide or scrutinise", columns, rows) })
        }
    };
    Ok(page(&visitor, Part::Committees, "Committees", &main))
}

/// `GET /decisions/committees/{number}`.
pub(crate) async fn show(visitor: Visitor, Path(text): Path<String>) -> Result<Page, Problem> {
    let record = open(&visitor).await?;
    let committee = record
        .committees
        .get(number(&text)?)
        .ok_or_else(Problem::not_found)?;
    let mine = Some(committee.number);
    let mut meetings = record.latest_meetings();
    meetings.retain(|meeting| meeting.committee == mine);
    let promises: Vec<_> = record
        .commitments
        .iter()
        .filter(|kept| kept.promise().committee == mine)
        .collect();
    let main = html! {
        (about(committee))
        (members(&record, committee, visitor.today()))
        (Heading::section("Meetings"))
        (home::meetings_table(&record, meetings, "Meetings of this body"))
        (Heading::section("What it was promised, or asked for"))
        @if promises.is_empty() {
            p { "Nothing is recorded." }
        } @else {
            (commitments::table(&promises, visitor.today()))
        }
        p { a href={ "/decisions/recommendations?body=" (committee.number) } { "Recommendations it made or received" } }
    };
    let heading = Heading::page(committee.name.as_str()).caption(committee.body.as_str());
    let above = [
        ("Decisions", "/decisions"),
        ("Committees", "/decisions/committees"),
    ];
    let title = committee.of_body();
    Ok(below(
        &visitor,
        Part::Committees,
        (heading, &title),
        above,
        &main,
    ))
}

fn about(committee: &Held<Committee>) -> SummaryList {
    let known = |count: Option<u32>| {
        count.map_or_else(|| "Not known".to_owned(), |count| count.to_string())
    };
    let mut rows = vec![
        SummaryRow::new("What it is", label("committee-sort", &committee.sort)),
        SummaryRow::new("Members who may vote", known(committee.members)),
    ];
    if let Some(quorum) = committee.quorum {
        rows.push(SummaryRow::new(
            "Members who must be present",
            quorum.to_string(),
        ));
    }
    let call_in = committee.call_in.map_or_else(
        || "Not known: it is each council's own".to_owned(),
        |days| format!("{days} working days after a decision was published"),
    );
    if committee.sort == "executive" {
        rows.push(SummaryRow::new("Decisions can be called in", call_in));
    }
    if let Some(from) = committee.from {
        rows.push(SummaryRow::new("From", day(from)));
    }
    if let Some(until) = last_day(committee.until) {
        rows.push(SummaryRow::new("Until", day(until)));
    }
    rows.push(SummaryRow::new(
        "Where it can be checked",
        source(&committee.source),
    ));
    if !committee.note.is_empty() {
        rows.push(SummaryRow::new("Note", committee.note.as_str()));
    }
    SummaryList::new(rows)
}

/// Who sits on it today, and who sat or will sit on it.
fn members(record: &Record, committee: &Held<Committee>, today: Date) -> Markup {
    let now: Vec<[Cell; 3]> = record
        .members_on(committee.number, today)
        .map(|(holder, seat)| row(holder, seat))
        .collect();
    let others: Vec<[Cell; 3]> = record
        .seats(committee.number)
        .filter(|(holder, seat)| !seat.is_on(today) || !holder.is_on(today))
        .map(|(holder, seat)| row(holder, seat))
        .collect();
    let columns = ["Name", "As", "When"];
    html! {
        @if !now.is_empty() {
            (Heading::section("Members"))
            (Table::new("Members by name, as published", columns, now))
        }
        @if !others.is_empty() {
            (Heading::section("Members at other times"))
            (Table::new("Members at other times by name, as published", columns, others))
        }
    }
}

fn row(holder: &Held<OfficeHolder>, seat: &Held<Membership>) -> [Cell; 3] {
    let period = match (seat.from, last_day(seat.until)) {
        (None, None) => "Not known".to_owned(),
        (from, last) => format!(
            "{} to {}",
            from.map_or_else(|| "not known".to_owned(), day),
            last.map_or_else(|| "now".to_owned(), day),
        ),
    };
    [
        html! { (holder.name) (beside(&holder.note)) }.into(),
        html! { (seat.role) (beside(&seat.note)) }.into(),
        period.into(),
    ]
}

//! An item of an agenda: what was said, asked for and decided at it, and the whole matter from first to last.

mod matter;
mod said;

use axum::extract::Path;
use stour_design::{Heading, InsetText, Markup, SummaryList, SummaryRow, WarningCallout, html};
use stour_web::{Page, Problem, Visitor};

use super::{Part, below, number, open};
use crate::noun::item::Item;
use crate::record::{Held, Record};
use crate::words::{beside, label, lines, paragraphs, source};

pub(crate) use said::minuted;

/// `75. Transforming Urgent and Emergency Care Services`.
pub(crate) fn numbered(item: &Item) -> String {
    if item.minuted_as.is_empty() {
        item.title.clone()
    } else {
        format!("{}. {}", item.minuted_as, item.title)
    }
}

/// `GET /decisions/items/{number}`.
pub(crate) async fn show(visitor: Visitor, Path(text): Path<String>) -> Result<Page, Problem> {
    let record = open(&visitor).await?;
    let item = record
        .items
        .get(number(&text)?)
        .ok_or_else(Problem::not_found)?;
    let (Some(meeting), Some(committee)) = (record.meeting_of(item), record.committee_of(item))
    else {
        return Err(Problem::not_found());
    };
    let said = minuted(&record, item);
    let main = html! {
        (standing(&record, item))
        @if !item.summary.is_empty() { (paragraphs(&item.summary)) }
        (about(&record, item))
        @if !said.0.is_empty() {
            (Heading::section("What was said and decided"))
            (said)
        }
        (matter::table(&record, item))
    };
    let named = super::meeting::title(committee, meeting);
    let heading = Heading::page(item.title.as_str()).caption(named.as_str());
    let address = format!("/decisions/meetings/{}", meeting.number);
    let above = [
        ("Decisions", "/decisions"),
        (named.as_str(), address.as_str()),
    ];
    Ok(below(
        &visitor,
        Part::Home,
        (heading, &item.title),
        above,
        &main,
    ))
}

/// What a reader must know before anything else: that it was withdrawn, is a duplicate, or was urgent.
fn standing(record: &Record, item: &Held<Item>) -> Markup {
    let original = record.items.get(item.duplicate_of);
    html! {
        @if item.state == "withdrawn" {
            (WarningCallout::new("This item was withdrawn", html! {
                p {
                    "Nothing was decided here."
                    @if let Some(original) = original {
                        " It was on the agenda twice: see "
                        a href={ "/decisions/items/" (original.number) } { (original.title) } "."
                    }
                }
            }).below_title())
        } @else if let Some(original) = original {
            (InsetText::new(html! {
                p { "This is a duplicate of " a href={ "/decisions/items/" (original.number) } { (original.title) } "." }
            }))
        }
        @if !item.urgency.is_empty() {
            (InsetText::new(html! { p { strong { "Taken as urgent. " } (item.urgency) } }))
        }
    }
}

fn about(record: &Record, item: &Held<Item>) -> SummaryList {
    let mut rows = vec![SummaryRow::new(
        "State",
        label("agenda-item-state", &item.state),
    )];
    if !item.minuted_as.is_empty() {
        rows.push(SummaryRow::new(
            "Number in the minutes",
            item.minuted_as.as_str(),
        ));
    }
    if !item.presented_by.is_empty() {
        rows.push(SummaryRow::new("Presented by", lines(&item.presented_by)));
    }
    for report in record
        .reports
        .iter()
        .filter(|report| report.item == Some(item.number))
    {
        let exempt = if report.exempt {
            ". Part of it is exempt from publication"
        } else {
            ""
        };
        let place = if report.place.starts_with("https://") {
            source(&report.place)
        } else {
            html! { (report.place) }
        };
        let by = if report.by.is_empty() {
            String::new()
        } else {
            format!(", by the {}", report.by)
        };
        rows.push(SummaryRow::new(
            "Report",
            html! { (report.title) (by) br; (place) (exempt) (beside(&report.note)) },
        ));
    }
    let declared = record.interests.iter();
    for interest in declared.filter(|interest| interest.item == Some(item.number)) {
        let holder = record.holders.get(interest.person);
        let name = holder.map_or("", |holder| holder.name.as_str());
        let action = html! { @if !interest.action.is_empty() { ". " (interest.action) } };
        rows.push(SummaryRow::new(
            "Interest declared",
            html! { (name) ": " (interest.nature) (action) (beside(&interest.note)) },
        ));
    }
    rows.push(SummaryRow::new(
        "Where it can be checked",
        source(&item.source),
    ));
    if !item.note.is_empty() {
        rows.push(SummaryRow::new("Note", item.note.as_str()));
    }
    SummaryList::new(rows)
}

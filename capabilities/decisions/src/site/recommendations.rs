//! Recommendations and comments from one body to another, and the outcome of each.

use std::collections::BTreeMap;

use axum::extract::Query;
use serde::Deserialize;
use stour_design::{Button, Cell, Heading, Markup, Select, SelectItem, Table, html};
use stour_kernel::Date;
use stour_web::{Page, Problem, Visitor};

use super::{Part, open, page};
use crate::noun::recommendation::Outcome;
use crate::record::Record;
use crate::words::{beside, day_or_unknown, outcome_tag};

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    body: String,
}

/// Something that one body asked of another.
struct Asking<'r> {
    item: i64,
    from: i64,
    to: i64,
    on: Option<Date>,
    text: String,
    outcome: &'r Outcome,
    note: &'r str,
}

/// Everything that bodies asked of each other, by when it was asked.
fn everything(record: &Record) -> Vec<Asking<'_>> {
    let recommendations = record.recommendations.iter().map(|made| {
        let text = match made.letter.as_str() {
            "" => made.text.clone(),
            letter => format!("({letter}) {}", made.text),
        };
        (made.item, made.to, text, &made.outcome, made.note.as_str())
    });
    let comments = record.comments.iter().map(|made| {
        (
            made.item,
            made.to,
            format!("Comment: {}", made.text),
            &made.outcome,
            made.note.as_str(),
        )
    });
    let mut all: Vec<Asking<'_>> = recommendations
        .chain(comments)
        .filter_map(|(item, to, text, outcome, note)| {
            let item = record.items.get(item)?;
            let meeting = record.meeting_of(item)?;
            Some(Asking {
                item: item.number,
                from: meeting.committee?,
                to: to?,
                on: meeting.date,
                text,
                outcome,
                note,
            })
        })
        .collect();
    all.sort_by_key(|asking| (asking.on, asking.item));
    all
}

/// `GET /decisions/recommendations`.
pub(crate) async fn show(visitor: Visitor, Query(asked): Query<Asked>) -> Result<Page, Problem> {
    let record = open(&visitor).await?;
    let body: Option<i64> = asked.body.parse().ok();
    let mut to: BTreeMap<i64, Vec<Asking<'_>>> = BTreeMap::new();
    for asking in everything(&record) {
        if body.is_none_or(|body| asking.to == body || asking.from == body) {
            to.entry(asking.to).or_default().push(asking);
        }
    }
    let bodies = std::iter::once((String::new(), "All bodies".to_owned())).chain(
        record
            .committees
            .iter()
            .map(|committee| (committee.number.to_string(), committee.of_body())),
    );
    let items: Vec<SelectItem> = bodies.map(SelectItem::from).collect();
    let main = html! {
        p { "What each body was asked by another, and what it did with it." }
        form.stour-no-print method="get" action="/decisions/recommendations" data-optional {
            (Select::new("body", "Made or received by", items).selected(Some(&asked.body)))
            (Button::secondary("Show these"))
        }
        @if to.is_empty() {
            p { "No recommendation is published of this body." }
        }
        @for (number, askings) in &to {
            @if let Some(committee) = record.committees.get(Some(*number)) {
                (Heading::section(format!("To {}", committee.of_body())))
                p { (tally(askings)) }
                (table(&record, askings, &committee.name))
            }
        }
    };
    Ok(page(
        &visitor,
        Part::Recommendations,
        "From recommendation to outcome",
        &main,
    ))
}

fn tally(askings: &[Asking<'_>]) -> String {
    let count = |code: &str| {
        let of_code = askings.iter().filter(|asking| asking.outcome.code == code);
        of_code.count()
    };
    let parts: Vec<String> = [
        ("agreed", "agreed"),
        ("partly", "partly agreed"),
        ("not-agreed", "not agreed"),
        ("awaiting", "awaiting an answer"),
        ("not-known", "with an outcome that is not known"),
    ]
    .into_iter()
    .map(|(code, words)| (count(code), words))
    .filter(|(count, _)| *count > 0)
    .map(|(count, words)| format!("{count} {words}"))
    .collect();
    format!("{} received: {}.", askings.len(), parts.join(", "))
}

fn table(record: &Record, askings: &[Asking<'_>], name: &str) -> Markup {
    let rows = askings.iter().map(|asking| {
        let from = record.committees.get(Some(asking.from));
        let from = from.map_or("", |committee| committee.name.as_str());
        let asked = html! {
            (asking.text) br;
            a href={ "/decisions/items/" (asking.item) } {
                (from) ", " @match asking.on { Some(_) => (day_or_unknown(asking.on)), None => "day not known" }
            }
            (beside(asking.note))
        };
        let at = record.items.get(asking.outcome.at);
        let outcome = html! {
            (outcome_tag(&asking.outcome.code))
            @if let Some(item) = at {
                " " a href={ "/decisions/items/" (item.number) } {
                    (day_or_unknown(record.meeting_of(item).and_then(|meeting| meeting.date)))
                }
            }
        };
        [
            Cell::from(asked),
            outcome.into(),
            asking.outcome.reason.as_str().into(),
        ]
    });
    let caption = format!("What {name} was asked");
    html! {
        (Table { responsive: true, ..Table::new(caption, ["Asked, and by whom", "Outcome", "Why, or how it is known"], rows) })
    }
}

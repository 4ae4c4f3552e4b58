//! What committees were promised or asked for, and what came of it.

use axum::extract::{Path, Query};
use serde::Deserialize;
use stour_deadlines::Standing;
use stour_design::{
    Button, Cell, Heading, Markup, Select, SelectItem, SummaryList, SummaryRow, Table, Tag,
    TagColour, html,
};
use stour_kernel::Date;
use stour_web::words::day;
use stour_web::{Page, Problem, Visitor};

use super::{Part, below, may, number, open, page};
use crate::noun::commitment::{Kept, Promise};
use crate::record::{Held, Record};
use crate::words::{days, paragraphs, sortable, source};

/// How many commitments are in which state on a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) open: usize,
    /// Of those open, how many are past the day by which they were due.
    pub(crate) overdue: usize,
    pub(crate) answered: usize,
    pub(crate) accepted: usize,
}

impl Tally {
    /// Counts the commitments of the record.
    pub(crate) fn of(record: &Record, today: Date) -> Self {
        let mut tally = Self::default();
        for kept in record.commitments.iter() {
            let count = match kept.is {
                Kept::Open(_) => &mut tally.open,
                Kept::Answered(_) => &mut tally.answered,
                Kept::Accepted(_) => &mut tally.accepted,
            };
            *count = count.saturating_add(1);
            if is_overdue(kept, today) {
                tally.overdue = tally.overdue.saturating_add(1);
            }
        }
        tally
    }

    /// The counts in a sentence.
    pub(crate) fn words(self) -> String {
        let all = self
            .open
            .saturating_add(self.answered)
            .saturating_add(self.accepted);
        let overdue = match self.overdue {
            0 => "none past the day by which it was due".to_owned(),
            overdue => format!(
                "{overdue} past the day by which they were due, with no published answer seen"
            ),
        };
        match all {
            0 => "Nothing that was promised is recorded yet.".to_owned(),
            all => format!(
                "Of {all} promises and requests, {} are open ({overdue}), {} answered and not yet accepted, and {} accepted by the committee.",
                self.open, self.answered, self.accepted
            ),
        }
    }
}

fn is_overdue(kept: &Kept, today: Date) -> bool {
    matches!(kept.standing(today), Some(Standing::Overdue(_)))
}

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    state: String,
}

const STATES: [(&str, &str); 5] = [
    ("", "All"),
    ("open", "Open"),
    ("overdue", "Past the day, with no published answer seen"),
    ("answered", "Answered, and not yet accepted"),
    ("accepted", "Accepted"),
];

/// `GET /decisions/commitments`.
pub(crate) async fn list(visitor: Visitor, Query(asked): Query<Asked>) -> Result<Page, Problem> {
    let record = open(&visitor).await?;
    let today = visitor.today();
    let shown: Vec<_> = record
        .commitments
        .iter()
        .filter(|kept| match asked.state.as_str() {
            "overdue" => is_overdue(kept, today),
            "" => true,
            state => kept.code() == state,
        })
        .collect();
    let items = STATES.map(|(value, words)| SelectItem::from((value, words)));
    let main = html! {
        p { (Tally::of(&record, today).words()) }
        p { "A commitment counts as answered only when something published shows what came of it." }
        form.stour-no-print method="get" action="/decisions/commitments" data-optional {
            (Select::new("state", "Show", items).selected(Some(&asked.state)))
            (Button::secondary("Show these"))
        }
        @if shown.is_empty() {
            p { "No commitment is in this state." }
        } @else {
            (table(&shown, today))
        }
    };
    Ok(page(
        &visitor,
        Part::Commitments,
        "What was promised, and what came of it",
        &main,
    ))
}

/// Commitments in a table.
pub(crate) fn table(shown: &[&Held<Kept>], today: Date) -> Table {
    let rows = shown.iter().map(|kept| {
        let promise = kept.promise();
        [
            Cell::link(
                promise.text.as_str(),
                format!("/decisions/commitments/{}", kept.number),
            ),
            owner(kept).into(),
            Cell::from(due(promise)).sorted_by(sortable(promise.due)),
            html! { (state(kept, today)) }.into(),
        ]
    });
    let columns = [
        "Promise or request",
        "Who answers for it",
        "Due by",
        "State",
    ];
    Table {
        responsive: true,
        ..Table::new("Promises and requests", columns, rows)
    }
}

/// The day by which something is due, as the record says it too.
pub(crate) fn due(promise: &Promise) -> String {
    match (promise.due, promise.due_said.as_str()) {
        (None, "") => "No day was set".to_owned(),
        (None, said) => said.to_owned(),
        (Some(due), "") => day(due),
        (Some(due), said) => format!("{} (in the record: {said})", day(due)),
    }
}

/// Who answers for a commitment, where anybody is named.
pub(crate) fn owner(kept: &Kept) -> String {
    match kept.promise().owner.as_str() {
        "" => "Nobody is named".to_owned(),
        owner => owner.to_owned(),
    }
}

/// The state of a commitment in a tag whose words say it.
pub(crate) fn state(kept: &Kept, today: Date) -> Tag {
    match (kept, kept.standing(today)) {
        (Kept::Open(_), Some(Standing::Overdue(late))) => {
            let words = format!("No published answer was seen: due {} ago", days(late));
            Tag::new(words, TagColour::Orange)
        }
        (Kept::Open(_), _) => Tag::new("Open", TagColour::Yellow),
        (Kept::Answered(_), _) => Tag::new("Answered", TagColour::Blue),
        (Kept::Accepted(_), _) => Tag::new("Accepted", TagColour::Green),
    }
}

/// `GET /decisions/commitments/{number}`.
pub(crate) async fn show(visitor: Visitor, Path(text): Path<String>) -> Result<Page, Problem> {
    let record = open(&visitor).await?;
    let kept = record
        .commitments
        .get(number(&text)?)
        .ok_or_else(Problem::not_found)?;
    let today = visitor.today();
    let main = html! {
        p { (state(kept, today)) }
        (Heading::section("What was promised, or asked for"))
        (promise(&record, kept))
        (Heading::section("What came of it"))
        (came(&record, kept, today))
        @if may(&visitor, "commitment.answer") && !matches!(kept.is, Kept::Accepted(_)) {
            p.stour-no-print { a href={ "/decisions/commitments/" (kept.number) "/answer" } {
                "Answer this, or record whether the answer was accepted"
            } }
        }
    };
    let heading = Heading::page(kept.promise().text.as_str()).caption("Commitment");
    let above = [
        ("Decisions", "/decisions"),
        ("What was promised", "/decisions/commitments"),
    ];
    let title = kept.promise().text.clone();
    Ok(below(
        &visitor,
        Part::Commitments,
        (heading, &title),
        above,
        &main,
    ))
}

fn promise(record: &Record, kept: &Held<Kept>) -> Markup {
    let promise = kept.promise();
    let issue = record.issues.get(promise.issue);
    let comment = record.comments.get(promise.comment);
    let item = issue
        .and_then(|issue| record.items.get(issue.item))
        .or_else(|| record.items.get(comment?.item));
    let committee = record.committees.get(promise.committee);
    let mut rows = Vec::new();
    if let Some(committee) = committee {
        let link = html! { a href={ "/decisions/committees/" (committee.number) } { (committee.of_body()) } };
        rows.push(SummaryRow::new("To", link));
    }
    if let Some(item) = item {
        let link = html! { a href={ "/decisions/items/" (item.number) } { (super::item::numbered(item)) } };
        rows.push(SummaryRow::new("At", link));
    }
    if let Some(issue) = issue {
        let said = html! {
            p { strong { (issue.title) } }
            @for paragraph in &issue.paragraphs { p { (paragraph) } }
        };
        rows.push(SummaryRow::new("The issue raised", said));
    }
    if let Some(comment) = comment {
        rows.push(SummaryRow::new("The comment made", comment.text.as_str()));
    }
    rows.push(SummaryRow::new("Who answers for it", owner(kept)));
    rows.push(SummaryRow::new("Due by", due(promise)));
    rows.push(SummaryRow::new(
        "Where it can be checked",
        source(&kept.source),
    ));
    html! { (SummaryList::new(rows)) }
}

fn came(record: &Record, kept: &Held<Kept>, today: Date) -> Markup {
    let late = match kept.standing(today) {
        Some(Standing::Overdue(late)) => format!(
            "No published answer was seen. It was due {} ago.",
            days(late)
        ),
        Some(Standing::Running(0)) => {
            "No published answer was seen yet. It is due today.".to_owned()
        }
        Some(Standing::Running(left)) => format!(
            "No published answer was seen yet. It is due in {}.",
            days(left)
        ),
        _ => "No published answer was seen yet.".to_owned(),
    };
    html! {
        @if let Some(answer) = kept.answer() {
            (paragraphs(&answer.text))
            (SummaryList::new([
                SummaryRow::new("Answered on", match kept.standing(today) {
                    Some(Standing::MetLate(late)) => format!("{}, {} late", day(answer.on), days(late)),
                    _ => day(answer.on),
                }),
                SummaryRow::new("What shows it", evidence(&answer.evidence.to_string())),
                SummaryRow::new("Accepted by the committee", accepted(record, kept)),
            ]))
        } @else {
            p { (late) }
        }
        @if !kept.note.is_empty() { p { (kept.note) } }
    }
}

fn evidence(address: &str) -> Markup {
    if address.starts_with('/') {
        html! { a href=(address) { "A page of the record: " (address) } }
    } else {
        source(address)
    }
}

fn accepted(record: &Record, kept: &Kept) -> Markup {
    html! {
        @if let Kept::Accepted(commitment) = kept {
            (day(commitment.state().on))
            @if let Some(item) = record.items.get(commitment.state().at) {
                ", at " a href={ "/decisions/items/" (item.number) } { (super::item::numbered(item)) }
            }
        } @else { "Not recorded" }
    }
}

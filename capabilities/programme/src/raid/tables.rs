//! Risks, issues, responses and escalations as tables.

use stour_design::{Cell, Column, Markup, Sort, Table, TableCaption, Tag, TagColour, html};
use stour_web::words::day;

use super::issue::{self, Issue};
use super::response::{ESCALATION, Escalation, RESPONSE, Response, Standing};
use super::risk::{self, Risk};
use super::scale::{Score, bands};
use super::sort::By;
use super::trend::Trend;
use crate::governance::board::BOARD;
use crate::governance::parts::{or_dash, unverified};
use crate::governance::shell::Opened;
use crate::governance::words::label;

/// A score with its band. The band's word says what its colour says.
pub(super) fn scored(opened: &Opened, score: Option<Score>) -> Markup {
    const COLOURS: [TagColour; 4] = [
        TagColour::Green,
        TagColour::Yellow,
        TagColour::Orange,
        TagColour::Red,
    ];
    let Some(score) = score else {
        return html! { (Tag::new("Not scored", TagColour::White)) };
    };
    let band = score.band(opened.today);
    let rank = bands(opened.today)
        .iter()
        .position(|(code, _)| *code == band);
    let colour = COLOURS.get(rank.unwrap_or_default()).copied();
    html! { (Tag::new(format!("{} {}", score.number(), score.band_words()), colour.unwrap_or(TagColour::Red))) }
}

/// An owner, or that there is none, which is something to put right.
pub(super) fn owner(name: &str) -> Cell {
    if name.is_empty() {
        html! { (Tag::new("No owner", TagColour::Red)) }.into()
    } else {
        name.into()
    }
}

/// The risks, with how each has moved.
pub(super) fn risks(opened: &Opened, risks: &[(Risk, Trend)], sorted: By) -> Markup {
    let sortable = |words: &str, by: By| Column {
        sort: Some(match (by == sorted, by) {
            (false, _) => Sort::Unsorted,
            (true, By::Score) => Sort::Descending,
            (true, _) => Sort::Ascending,
        }),
        href: Some(format!("{}?sort={}", opened.address("/risks"), by.name())),
        ..Column::from(words)
    };
    let columns = vec![
        sortable("Risk", By::Number),
        Column::from("What may happen"),
        sortable("Score", By::Score),
        Column::from("Trend"),
        sortable("Proximity", By::Proximity),
        sortable("Owner", By::Owner),
        Column::from("What is done"),
        Column::from("By whom"),
    ];
    let rows = risks.iter().map(|(risk, trend)| {
        let words = html! { (risk.description.as_str()) (unverified(&risk.unverified)) };
        vec![
            Cell::link(
                risk.reference(),
                opened.address(&format!("/risks/{}", risk.number)),
            ),
            words.into(),
            scored(opened, risk.score).into(),
            trend.words().into(),
            or_dash(&label("risk-proximity", &risk.proximity)),
            owner(&risk.owner),
            or_dash(&risk.action),
            if risk.action.is_empty() {
                or_dash(&risk.action_owner)
            } else {
                owner(&risk.action_owner)
            },
        ]
    });
    table("risks-listed", risk::KIND.many, columns, rows.collect())
}

/// The issues.
pub(super) fn issues(opened: &Opened, issues: &[Issue]) -> Markup {
    let columns = [
        "Issue",
        "What has gone wrong",
        "Priority",
        "Owner",
        "What is done",
        "By whom",
    ];
    let rows = issues.iter().map(|issue| {
        vec![
            Cell::link(
                issue.reference(),
                opened.entry_address(issue::KIND.name, issue.number),
            ),
            issue.description.as_str().into(),
            or_dash(&label("issue-priority", &issue.priority)),
            owner(&issue.owner),
            or_dash(&issue.action),
            owner(&issue.action_owner),
        ]
    });
    let columns = columns.map(Column::from).to_vec();
    table("issues-listed", issue::KIND.many, columns, rows.collect())
}

/// Responses with where each stands.
pub(super) fn responses(opened: &Opened, responses: &[Response]) -> Markup {
    let columns = ["Response", "About", "Owner", "Due", "Where it stands"];
    let rows = responses.iter().map(|one| {
        let (kind, number) = one.about.entry();
        let standing = match one.standing(opened.today) {
            Standing::Overdue => html! { (Tag::new("Overdue", TagColour::Red)) },
            Standing::Due => html! { (Tag::new("To do", TagColour::Blue)) },
            Standing::Undated => html! { (Tag::new("No day given", TagColour::Orange)) },
            Standing::Done => html! {
                (Tag::new("Done", TagColour::Green))
                @if let Some(done) = one.done { " " (day(done)) }
                @if !one.outcome.is_empty() { ": " (one.outcome) }
            },
        };
        vec![
            Cell::link(
                one.action.as_str(),
                opened.entry_address(RESPONSE.name, one.number),
            ),
            Cell::link(one.about.reference(), opened.entry_address(kind, number)),
            owner(&one.owner),
            or_dash(&one.due.map_or_else(String::new, day)),
            standing.into(),
        ]
    });
    let columns = columns.map(Column::from).to_vec();
    table("responses-listed", RESPONSE.many, columns, rows.collect())
}

/// Escalations with what was decided.
pub(super) fn escalations(opened: &Opened, escalations: &[Escalation]) -> Markup {
    let columns = ["What is asked", "About", "To", "Raised", "Decided"];
    let rows = escalations.iter().map(|one| {
        let (kind, number) = one.about.entry();
        let board = opened.entries.entry(BOARD.name, one.to);
        let decided = if let Some(decided) = one.decided {
            html! { (day(decided)) @if !one.outcome.is_empty() { ": " (one.outcome) } }
        } else {
            html! { (Tag::new("Waits for a decision", TagColour::Orange)) }
        };
        vec![
            Cell::link(
                one.why.as_str(),
                opened.entry_address(ESCALATION.name, one.number),
            ),
            Cell::link(one.about.reference(), opened.entry_address(kind, number)),
            or_dash(board.map_or("", |board| board.get(BOARD.title))),
            or_dash(&one.raised.map_or_else(String::new, day)),
            decided.into(),
        ]
    });
    let columns = columns.map(Column::from).to_vec();
    table(
        "escalations-listed",
        ESCALATION.many,
        columns,
        rows.collect(),
    )
}

fn table(id: &str, caption: &str, columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Markup {
    let caption = TableCaption {
        visually_hidden: true,
        ..TableCaption::from(caption)
    };
    html! {
        (Table {
            first_cell_is_header: true,
            scroll: true,
            compact: true,
            id: Some(id.to_owned()),
            ..Table::new(caption, columns, rows)
        })
    }
}

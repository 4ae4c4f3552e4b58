//! What is minuted of an item: what was said, asked for, decided and voted.

use stour_design::{Cell, Heading, Markup, Table, html};

use crate::noun::item::Item;
use crate::noun::recommendation::Outcome;
use crate::noun::vote::Vote;
use crate::record::{Held, Record};
use crate::words::{beside, count, label, noted, outcome_tag, paragraphs};

/// Everything that is minuted of an item, under headings of the third level; nothing where nothing is.
pub(crate) fn minuted(record: &Record, item: &Held<Item>) -> Markup {
    html! {
        (minutes(record, item))
        (issues(record, item))
        (comments(record, item))
        (recommendations(record, item))
        (decisions(record, item))
        (votes(record, item))
    }
}

fn minutes(record: &Record, item: &Held<Item>) -> Markup {
    let minutes = record
        .minutes
        .iter()
        .filter(|minute| minute.item == Some(item.number));
    html! {
        @for minute in minutes {
            (Heading::subsection("Minutes"))
            @for paragraph in &minute.paragraphs { p { (paragraph) } }
            (noted(&minute.note))
        }
    }
}

fn issues(record: &Record, item: &Held<Item>) -> Markup {
    let issues: Vec<_> = record
        .issues
        .iter()
        .filter(|issue| issue.item == Some(item.number))
        .collect();
    html! {
        @if !issues.is_empty() {
            (Heading::subsection("Issues raised"))
            dl {
                @for issue in issues {
                    dt id={ "issue-" (issue.number) } { p.nhsuk-u-margin-bottom-1 { strong { (issue.title) } } }
                    dd.nhsuk-u-margin-left-0.nhsuk-u-margin-bottom-4 {
                        @for paragraph in &issue.paragraphs { p { (paragraph) } }
                        (noted(&issue.note))
                        @for kept in record.commitments.iter().filter(|kept| kept.promise().issue == Some(issue.number)) {
                            p { "What came of it: " a href={ "/decisions/commitments/" (kept.number) } { (kept.promise().text) } }
                        }
                    }
                }
            }
        }
    }
}

/// Which body something was made to, and what it did with it.
fn answered(record: &Record, outcome: &Outcome) -> Cell {
    let at = record.items.get(outcome.at);
    html! {
        (outcome_tag(&outcome.code))
        @if let Some(item) = at {
            " " a href={ "/decisions/items/" (item.number) } {
                "at " (record.committee_of(item).map_or("an item", |committee| committee.name.as_str()))
            }
        }
        @if !outcome.reason.is_empty() { br; (outcome.reason) }
    }
    .into()
}

fn body(record: &Record, committee: Option<i64>) -> String {
    let committee = record.committees.get(committee);
    committee.map_or_else(String::new, |committee| committee.name.clone())
}

fn comments(record: &Record, item: &Held<Item>) -> Markup {
    let rows: Vec<[Cell; 3]> = record
        .comments
        .iter()
        .filter(|comment| comment.item == Some(item.number))
        .map(|comment| {
            [
                html! { (comment.text) (beside(&comment.note)) }.into(),
                body(record, comment.to).into(),
                answered(record, &comment.outcome),
            ]
        })
        .collect();
    html! {
        @if !rows.is_empty() {
            (Table {
                responsive: true,
                ..Table::new("Comments to other bodies", ["Comment", "To", "What became of it"], rows)
            })
        }
    }
}

fn recommendations(record: &Record, item: &Held<Item>) -> Markup {
    let rows: Vec<[Cell; 3]> = record
        .recommendations
        .iter()
        .filter(|made| made.item == Some(item.number))
        .map(|made| {
            [
                html! {
                    @if !made.letter.is_empty() { "(" (made.letter) ") " }
                    (made.text)
                    (beside(&made.note))
                }
                .into(),
                body(record, made.to).into(),
                answered(record, &made.outcome),
            ]
        })
        .collect();
    html! {
        @if !rows.is_empty() {
            (Table {
                responsive: true,
                ..Table::new("Recommendations", ["Recommendation", "To", "What became of it"], rows)
            })
        }
    }
}

fn decisions(record: &Record, item: &Held<Item>) -> Markup {
    let decisions: Vec<_> = record
        .resolutions
        .iter()
        .filter(|resolution| resolution.item == Some(item.number))
        .collect();
    html! {
        @if !decisions.is_empty() {
            (Heading::subsection("Resolved"))
            ul.nhsuk-list {
                @for resolution in decisions {
                    li {
                        @if !resolution.letter.is_empty() { "(" (resolution.letter) ") " }
                        (paragraphs(&resolution.text))
                        (noted(&resolution.note))
                        p { a href={ "/decisions/resolutions/" (resolution.number) } {
                            "About this decision" span.nhsuk-u-visually-hidden { ": " (resolution.text) }
                        } }
                    }
                }
            }
        }
    }
}

/// What a vote came to, and whether a casting vote decided it.
fn result(vote: &Vote) -> String {
    let result = label("vote-result", &vote.result);
    if vote.casting {
        format!("{result}, by the casting vote of whoever presided")
    } else {
        result
    }
}

fn votes(record: &Record, item: &Held<Item>) -> Markup {
    let rows: Vec<[Cell; 6]> = record
        .votes
        .iter()
        .filter(|vote| vote.item == Some(item.number))
        .map(|vote| {
            [
                html! { (vote.on) (beside(&vote.note)) }.into(),
                label("vote-method", &vote.method).into(),
                count(vote.votes_for).into(),
                count(vote.against).into(),
                count(vote.abstain).into(),
                result(vote).into(),
            ]
        })
        .collect();
    html! {
        @if !rows.is_empty() {
            (Table {
                responsive: true,
                ..Table::new("Votes", ["On", "How it was taken", "For", "Against", "Abstentions", "Result"], rows)
            })
        }
    }
}

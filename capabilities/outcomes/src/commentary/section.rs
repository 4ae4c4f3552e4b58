//! What people say of a measure, on its page.

use stour_design::{Cell, Details, Heading, InsetText, Markup, Table, html};
use stour_kernel::{Date, london_date};

use super::{Commentary, Remark, Said};
use crate::shown::hidden_caption;
use crate::words;

/// A line of the change log: when it holds from or was recorded, what, and by whom.
pub(crate) type Change = (Date, String, String);

impl Commentary {
    /// What the figures mean, what is done about them.
    pub(crate) fn section(&self, address: &str, today: Date, may: bool) -> Markup {
        html! {
            (Heading::section("What the figures mean"))
            @if let Some(told) = self.narrative() {
                @for part in told.text.split("\n\n") { p { (part) } }
                p.nhsuk-u-secondary-text-colour { (by(told)) }
            } @else {
                p { "Nobody has written yet what the figures mean." }
            }
            @if may { p { a href={ (address) "/narrative" } { "Write what the figures mean" } } }
            (Heading::section("Actions"))
            (self.table(address, today, may))
            @if may { p { a href={ (address) "/action" } { "Add an action" } } }
        }
    }

    fn table(&self, address: &str, today: Date, may: bool) -> Markup {
        let row = |(action, end): (&Remark, Option<&Remark>)| -> Vec<Cell> {
            let Said::Action { owner, due } = &action.said else {
                return Vec::new();
            };
            let became = html! {
                @if let Some(end) = end {
                    (outcome(end))
                } @else {
                    @if *due < today { strong { "Overdue" } } @else { "Open" }
                    @if may {
                        ". "
                        a href={ (address) "/action/" (action.id) } {
                            "Say what came of it" span.nhsuk-u-visually-hidden { ": " (action.text) }
                        }
                    }
                }
            };
            vec![
                action.text.as_str().into(),
                owner.as_str().into(),
                words::day(*due).into(),
                became.into(),
            ]
        };
        html! {
            @if self.actions().next().is_none() {
                p { "No action has been recorded." }
            } @else {
                (Table {
                    responsive: true,
                    ..Table::new(
                        hidden_caption("Actions, with who is to do each, by when, and what came of it"),
                        ["What", "Who", "By", "What came of it"],
                        self.actions().map(row),
                    )
                })
            }
        }
    }

    /// What was said and decided over time, with what the page itself knows of changes.
    pub(crate) fn log(&self, known: Vec<Change>) -> Markup {
        let said = self.0.iter().map(|remark| {
            let day = london_date(remark.recorded_at);
            (day, change(remark), remark.told_by.clone())
        });
        let mut all: Vec<Change> = known.into_iter().chain(said).collect();
        all.sort_by_key(|(day, _, _)| std::cmp::Reverse(*day));
        let rows = all
            .iter()
            .map(|(day, what, by)| [words::day(*day), what.clone(), by.clone()]);
        let table = Table {
            responsive: true,
            ..Table::new(
                hidden_caption("Changes, the latest first"),
                ["Date", "What", "By"],
                rows,
            )
        };
        html! {
            (Heading::section("Change log"))
            @if all.is_empty() { (InsetText::new("Nothing has changed yet.")) }
            @else { (Details::new(words::counted(words::number(all.len()), "change"), html! { (table) })) }
        }
    }
}

fn by(remark: &Remark) -> String {
    format!(
        "{}, {}",
        remark.told_by,
        words::day(london_date(remark.recorded_at))
    )
}

fn outcome(end: &Remark) -> String {
    let what = match end.said {
        Said::Dropped(_) => "Will not be done",
        _ => "Done",
    };
    format!("{what}: {} ({})", end.text, by(end))
}

fn change(remark: &Remark) -> String {
    let text = &remark.text;
    match &remark.said {
        Said::Narrative => format!("What the figures mean: {text}"),
        Said::Action { owner, due } => {
            format!("Action for {owner}, by {}: {text}", words::day(*due))
        }
        Said::Done(_) => format!("Action done: {text}"),
        Said::Dropped(_) => format!("Action will not be done: {text}"),
        Said::Event(day) => format!("Happened on {}: {text}", words::day(*day)),
        Said::Rebase(day) => format!("Limits start afresh from {}: {text}", words::day(*day)),
    }
}

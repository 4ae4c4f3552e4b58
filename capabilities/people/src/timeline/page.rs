//! The timeline on a record.

use stour_design::{Cell, Column, Markup, Table, html};
use stour_facts::{Fact, FactKind};

use crate::words;

/// The lists in which the outcome of each kind of fact is found.
fn outcomes(kind: FactKind) -> &'static [&'static str] {
    match kind {
        FactKind::Spell => &["discharge-destination", "discharge-method"],
        FactKind::Service => &["reablement-outcome", "event-outcome"],
        _ => &["event-outcome", "reablement-outcome"],
    }
}

/// What happened, the latest start first, with who said so and when.
pub(crate) fn table(caption: &str, facts: &[Fact]) -> Markup {
    let columns = ["What", "When", "By whom", "Outcome", "Source", "Recorded"].map(Column::from);
    html! {
        @if facts.is_empty() {
            p { "Nothing is recorded." }
        } @else {
            (Table { responsive: true, first_cell_is_header: true, ..Table::new(caption, columns, facts.iter().map(row)) })
        }
    }
}

fn row(fact: &Fact) -> [Cell; 6] {
    let what = &fact.what;
    let outcome = what
        .outcome
        .as_ref()
        .map(|outcome| words::code(outcomes(what.kind), outcome));
    [
        what.kind.words().into(),
        Cell::from(words::period(Some(what.started), what.ended))
            .sorted_by(what.started.to_string()),
        words::organisation(&what.organisation).into(),
        outcome.unwrap_or_default().into(),
        format!("{} ({})", source(&what.source.system), what.recorded_by).into(),
        words::moment(fact.recorded_at).into(),
    ]
}

/// The system that said so, in words.
fn source(system: &str) -> String {
    match system.split_once(':') {
        Some(("hl7v2", organisation)) => {
            let sender = organisation.parse().map(|code| words::organisation(&code));
            format!(
                "Hospital message from {}",
                sender.unwrap_or_else(|_| organisation.to_owned())
            )
        }
        _ if system == "stour" => "Stour".to_owned(),
        _ => system.to_owned(),
    }
}

//! The timeline on a record.

use serde_json::Value;
use stour_design::{Cell, Column, Markup, Table, Tag, TagColour, html};
use stour_facts::{Fact, FactKind};
use stour_kernel::{Code, Date};

use crate::words;

/// The lists in which the outcome of each kind of fact is found.
fn outcomes(kind: FactKind) -> &'static [&'static str] {
    match kind {
        FactKind::Spell => &["discharge-destination", "discharge-method"],
        FactKind::AdmissionReview => &["admission-avoidable"],
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
            (Table { responsive: true, compact: true, first_cell_is_header: true, ..Table::new(caption, columns, entries(facts).iter().map(|entry| row(entry))) })
        }
    }
}

/// The facts of each row, the latest first: days in hospital without criteria to reside, one after
/// another at one place, are one row.
pub(super) fn entries(facts: &[Fact]) -> Vec<Vec<&Fact>> {
    let mut entries: Vec<Vec<&Fact>> = Vec::new();
    for fact in facts {
        let before = entries.iter_mut().rev().find(|entry| goes_on(entry, fact));
        match before {
            Some(entry) => entry.push(fact),
            None => entries.push(vec![fact]),
        }
    }
    entries
}

/// Whether a fact is the day before the earliest of these days.
fn goes_on(days: &[&Fact], fact: &Fact) -> bool {
    let (Some(earliest), day) = (days.last(), &fact.what) else {
        return false;
    };
    day.kind == FactKind::DayWithoutCriteriaToReside
        && earliest.what.kind == day.kind
        && earliest.what.organisation == day.organisation
        && day
            .started
            .tomorrow()
            .is_ok_and(|next| next == earliest.what.started)
}

fn row(entry: &[&Fact]) -> [Cell; 6] {
    let [fact, earlier @ ..] = entry else {
        return Default::default();
    };
    let what = &fact.what;
    let (first, happened) = match earlier.last() {
        Some(first) => (
            first.what.started,
            html! { (entry.len()) " days without criteria to reside" },
        ),
        None => (what.started, what_happened(what.kind, &what.detail)),
    };
    let ended = if earlier.is_empty() {
        what.ended
    } else {
        Some(what.started)
    };
    let outcome = what
        .outcome
        .as_ref()
        .map(|outcome| words::capital(&words::code(outcomes(what.kind), outcome)));
    [
        happened.into(),
        Cell::from(when(what.kind, first, ended)).sorted_by(first.to_string()),
        words::organisation_name(&what.organisation).into(),
        outcome.unwrap_or_default().into(),
        source(&what.source.system, &what.recorded_by).into(),
        words::moment(fact.recorded_at).into(),
    ]
}

/// The kind of a fact and, as far as its detail says, which: the service, the specialty of a stay, how somebody came.
fn what_happened(kind: FactKind, detail: &Value) -> Markup {
    let (field, list) = match kind {
        FactKind::Service => ("component", "service-component"),
        FactKind::Spell => ("specialty", "treatment-specialty"),
        FactKind::Request => ("channel", "contact-channel"),
        FactKind::Attendance => ("arrival_mode", "arrival-mode"),
        _ => ("", ""),
    };
    let code = detail
        .get(field)
        .and_then(Value::as_str)
        .and_then(|code| code.parse::<Code>().ok());
    let is_cancelled = detail
        .get("cancelled")
        .and_then(Value::as_bool)
        .unwrap_or_default();
    html! {
        (kind.words())
        @if let Some(code) = code { ": " (words::code(&[list], &code)) }
        @if is_cancelled { " " (Tag::new("Cancelled", TagColour::Grey)) }
    }
}

/// What lasts has a period, open while it has no end; the rest happens on a day.
fn when(kind: FactKind, started: Date, ended: Option<Date>) -> String {
    let lasts = matches!(kind, FactKind::Service | FactKind::Spell);
    match ended {
        Some(ended) if ended > started => words::period(Some(started), Some(ended)),
        None if lasts => words::period(Some(started), None),
        _ => words::day(started),
    }
}

/// Who or what said so: a member of staff by name, another system as a whole.
fn source(system: &str, recorded_by: &str) -> String {
    match system.split_once(':') {
        Some(("hl7v2", organisation)) => {
            let sender = organisation
                .parse()
                .map(|code| words::organisation_name(&code));
            format!(
                "Hospital message from {}",
                sender.unwrap_or_else(|_| organisation.to_owned())
            )
        }
        _ if system == "stour" => format!("Stour ({recorded_by})"),
        _ if system == "synthetic" => "Made up for the demonstration".to_owned(),
        _ => format!("{system} ({recorded_by})"),
    }
}

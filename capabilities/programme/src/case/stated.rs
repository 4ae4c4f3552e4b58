//! What a case states beside its lines: who offered to pay, and what was measured.

use stour_appraisal::{Appraisal, Limit, Tracked};
use stour_design::{Cell, Column, Heading, Markup, Table, Tag, TagColour, html};
use stour_kernel::Pence;

use crate::shown::{breaking, day, heard, money};

/// Who said that they would pay, held against what it costs.
pub(crate) fn funding(found: &Appraisal) -> Markup {
    let rows = found.funding.iter().map(|one| {
        let amount = match one.limit {
            Limit::Fixed => money(one.amount),
            Limit::UpTo => format!("up to {}", money(one.amount)),
        };
        vec![
            Cell::from(one.name.as_str()),
            amount.into(),
            one.period.as_str().into(),
            breaking(&one.source),
        ]
    });
    let columns = vec![
        Column::from("From"),
        Column::numeric("Amount"),
        "When".into(),
        "Source".into(),
    ];
    html! {
        @if !found.funding.is_empty() {
            (Heading::section("Who offered to pay"))
            p { (against(found)) }
            (Table { first_cell_is_header: true, responsive: true, ..Table::new(heard("Who offered to pay"), columns, rows) })
        }
    }
}

fn against(found: &Appraisal) -> String {
    let (offered, costs) = (found.funding_total, found.undiscounted_costs);
    let most = if found.funding_fixed == offered {
        ""
    } else {
        "at most "
    };
    let left = offered.as_i64().saturating_sub(costs.as_i64());
    let than = if left < 0 { "less" } else { "more" };
    let left = money(Pence::new(left.saturating_abs()));
    format!(
        "Together {most}{}, which is {left} {than} than the costs of the case, {} before discounting.",
        money(offered),
        money(costs)
    )
}

/// What was promised and what was measured.
pub(crate) fn tracked(found: &Appraisal) -> Markup {
    let columns = vec![
        Column::from("Measure"),
        Column::numeric("Before"),
        Column::numeric("Planned by then"),
        Column::numeric("Measured"),
        "Measured on".into(),
        "Against the plan".into(),
        "Source".into(),
    ];
    let rows = found.tracked.iter().map(row);
    html! {
        @if !found.tracked.is_empty() {
            (Heading::section("Measured against the plan"))
            (Table { first_cell_is_header: true, responsive: true, compact: true, ..Table::new(heard("Measured against the plan"), columns, rows) })
        }
    }
}

fn row(one: &Tracked) -> Vec<Cell> {
    let value = |value: &stour_appraisal::Value| match value {
        stour_appraisal::Value::Unknown(why) => Cell::missing(why.as_str()),
        known => known.to_string().into(),
    };
    let verdict = match (&one.on_trajectory.value, &one.on_trajectory.why_not) {
        (Some(true), _) => html! { (Tag::new("On plan", TagColour::Green)) },
        (Some(false), _) => html! { (Tag::new("Behind plan", TagColour::Orange)) },
        (None, why) => html! { (why.as_deref().unwrap_or_default()) },
    };
    vec![
        html! { (one.name) br; span.nhsuk-u-secondary-text-colour { (one.unit) } }.into(),
        value(&one.baseline),
        value(&one.trajectory),
        value(&one.reached),
        day(&one.measured_on).into(),
        verdict.into(),
        breaking(&one.source),
    ]
}

//! What an indicator is, as its page says it.

use stour_design::{Markup, SummaryList, html};
use stour_kernel::Date;
use stour_statistics::xmr::Direction;

use super::report::Report;
use crate::catalogue::Definition;
use crate::words;

/// Everything that its definition says.
pub(super) fn definition(report: &Report) -> Markup {
    let definition = report.definition;
    let better = match definition.direction {
        Direction::Increase => "More is better",
        Direction::Decrease => "Fewer is better",
        Direction::Neutral => "Neither more nor fewer is better by itself",
    };
    let until = definition.ends.map_or_else(String::new, |ends| {
        ends.yesterday().map_or_else(
            |_| String::new(),
            |last| format!(", until {}", words::day(last)),
        )
    });
    let list = |items: &[String]| {
        html! { ul.nhsuk-list.nhsuk-list--bullet { @for item in items { li { (item) } } } }
    };
    let mut rows: Vec<(&str, Markup)> = vec![
        ("Source", html! { (definition.source) }),
        (
            "Version",
            html! { (definition.definition_version) ", from " (words::day(definition.starts)) (until) },
        ),
    ];
    if !definition.known_as.is_empty() {
        let known = definition
            .known_as
            .iter()
            .map(|known| format!("{} {}, {}", known.framework, known.code, known.years));
        rows.push(("Known as", list(&known.collect::<Vec<_>>())));
    }
    if let Some(correction) = &definition.correction {
        rows.push(("Put right", html! { (correction) }));
    }
    rows.extend([
        ("About", html! { (definition.population) }),
        ("Above the line", html! { (definition.numerator) }),
        ("Below the line", html! { (definition.denominator) }),
        ("Period", html! { (definition.period) }),
        ("Better", html! { (better) }),
        ("Answers for it", html! { (owner(&definition.owner)) }),
    ]);
    if !definition.exclusions.is_empty() {
        rows.push(("Not counted", list(&definition.exclusions)));
    }
    if !definition.target.is_empty() {
        let targets = definition.target.iter().map(|target| {
            let until = target.until.and_then(|until| until.yesterday().ok());
            let until = until.map_or_else(String::new, |last| format!(" to {}", words::day(last)));
            format!(
                "{} from {}{until}: {}",
                super::chart::unit(report).value(target.value),
                words::day(target.from),
                target.source
            )
        });
        rows.push(("Target", list(&targets.collect::<Vec<_>>())));
    }
    if let Some(baseline) = &definition.baseline {
        let value = super::chart::unit(report).value(baseline.value);
        rows.push((
            "Baseline",
            html! { (value) ", " (baseline.of) ", " (baseline.period) ": " (baseline.source) },
        ));
    }
    if !definition.notes.is_empty() {
        rows.push(("Good to know", list(&definition.notes)));
    }
    html! {
        (SummaryList::new(rows))
    }
}

/// The version of the definition, as the change log has it.
pub(super) fn versions(definition: &Definition) -> Vec<(Date, String, String)> {
    let what = format!("{} of the definition holds", definition.definition_version);
    vec![(definition.starts, what, definition.source.clone())]
}

/// A role in words.
pub(crate) fn owner(role: &str) -> String {
    words::capital(&role.replace('-', " "))
}

//! The chart and the tables of how near expected dates came.

use stour_design::chart::{Bar, BarChart, Unit};
use stour_design::{Cell, Column, InsetText, Markup, Table, html};
use stour_discharge::{Accuracy, Kept, Share};
use stour_statistics::proportion::wilson;

use super::errors::{Line, Report, Whose};
use crate::shown;

const TOO_FEW: &str = "Too few to show";

/// How often each date of the system, and the ward's first, was kept.
pub(super) fn chart(report: &Report, days: i32, fewest: u32) -> Markup {
    let lines = report.whole.iter().filter_map(|(whose, line)| match line {
        Line::Shown(found) => Some((*whose, found)),
        Line::TooFew | Line::Nothing => None,
    });
    let bars: Vec<Bar> = lines
        .flat_map(|(whose, found)| {
            Share::TOLD
                .into_iter()
                .zip(found.kept)
                .map(move |kept| (whose, kept))
        })
        .filter(|(_, (_, kept))| kept.of >= fewest.max(1))
        .filter_map(|(whose, (share, kept))| bar(whose, share, kept))
        .collect();
    if bars.is_empty() {
        return html! {
            (InsetText::new("Of too few stays were dates expected for a chart. Choose a longer time."))
        };
    }
    let description = format!(
        "{} bars, one for each date, with a diamond where it should end.",
        bars.len()
    );
    let chart = BarChart {
        unit: Unit::PERCENT,
        mark_word: "Where it should be",
        columns: ["Date", "Ended on or before it", "Should be", "Stays"]
            .map(str::to_owned)
            .to_vec(),
        description,
        ..BarChart::new(
            "kept",
            title(report),
            format!(
                "Share of stays that ended on or before each expected date, the last {days} days, with 95% intervals"
            ),
            bars,
        )
    };
    html! { (chart) }
}

/// What the chart says: whether the interval of the system's first date reaches half.
fn title(report: &Report) -> &'static str {
    let system = report.whole.iter().find_map(|(whose, line)| match line {
        Line::Shown(found) if *whose == Whose::System => found.kept.first().copied(),
        _ => None,
    });
    let interval = system.and_then(|kept| wilson(kept.by.into(), kept.of.into(), 0.95).ok());
    match interval {
        None => "How often the ward’s dates were kept",
        Some(found) if found.upper < 0.5 => "The system expects people home too early",
        Some(found) if found.lower > 0.5 => "The system expects people home too late",
        Some(_) => "Half of stays end by the system’s date",
    }
}

fn bar(whose: Whose, share: Share, kept: Kept) -> Option<Bar> {
    let found = wilson(kept.by.into(), kept.of.into(), 0.95).ok()?;
    let should = f64::from(share.percent());
    let value = found.value * 100.0;
    let name = match (whose, share.percent()) {
        (Whose::System, percent) => format!("System, {percent}%"),
        (Whose::First, percent) => format!("Ward’s first, {percent}%"),
        (Whose::Last, percent) => format!("Ward’s last, {percent}%"),
    };
    let written = format!("{value:.0}%");
    Some(Bar {
        interval: Some((found.lower * 100.0, found.upper * 100.0)),
        mark: Some(should),
        cells: vec![
            written.clone(),
            format!("{should:.0}%"),
            kept.of.to_string(),
        ],
        ..Bar::amount(name, Some(value), written)
    })
}

fn columns(first: &'static str) -> [Column; 7] {
    [
        Column::from(first),
        Column::numeric("Stays"),
        Column::numeric("Days wrong (median)"),
        Column::from("On average"),
        Column::numeric("Ended by the 50% date"),
        Column::numeric("By the 80% date"),
        Column::numeric("By the 95% date"),
    ]
}

/// Each kind of date.
pub(super) fn whole(report: &Report, fewest: u32) -> Markup {
    let rows = report
        .whole
        .iter()
        .map(|(whose, line)| row(whose.words(), *line, fewest));
    html! {
        (Table { first_cell_is_header: true, responsive: true, ..Table::new("By whose date it was", columns("Whose"), rows) })
        p { "The average is moved by a few very long stays, so it may say later where most people left earlier: look at the shares first." }
    }
}

/// The system's, by specialty.
pub(super) fn by_specialty(report: &Report, fewest: u32) -> Markup {
    let name = |code: Option<&String>| match code {
        Some(code) => shown::label("treatment-specialty", code),
        None => "Specialty not said".to_owned(),
    };
    let rows = report
        .by_specialty
        .iter()
        .map(|(specialty, line)| row(&name(specialty.as_ref()), *line, fewest));
    html! {
        @if !report.by_specialty.is_empty() {
            (Table { first_cell_is_header: true, responsive: true, ..Table::new("The system’s dates at admission, by specialty", columns("Specialty"), rows) })
            p { "Of fewer than " (fewest) " stays nothing is shown, and of another specialty where a small number would follow from the total." }
        }
    }
}

fn row(name: &str, line: Line, fewest: u32) -> Vec<Cell> {
    let blank = |words: &str| {
        let mut cells = vec![Cell::from(name), Cell::from(words)];
        cells.extend((0..5).map(|_| Cell::from("")));
        cells
    };
    match line {
        Line::Nothing => blank("None"),
        Line::TooFew => blank(TOO_FEW),
        Line::Shown(found) => {
            let mut cells = vec![
                Cell::from(name),
                Cell::from(found.stays.to_string()),
                Cell::from(halves(found.middle_error)),
                Cell::from(bias(&found)),
            ];
            cells.extend(found.kept.map(|kept| Cell::from(share(kept, fewest))));
            cells
        }
    }
}

fn share(kept: Kept, fewest: u32) -> String {
    match (kept.of, wilson(kept.by.into(), kept.of.into(), 0.95)) {
        (0, _) | (_, Err(_)) => "Not said".to_owned(),
        (of, _) if of < fewest => TOO_FEW.to_owned(),
        (of, Ok(found)) => format!("{:.0}% of {of}", found.value * 100.0),
    }
}

/// Half days as days.
fn halves(halves: u32) -> String {
    let (whole, half) = (halves / 2, halves % 2);
    if half == 0 {
        whole.to_string()
    } else {
        format!("{whole}.5")
    }
}

/// Whether stays ended later than was expected, or earlier.
fn bias(found: &Accuracy) -> String {
    let tenths = found.bias.unsigned_abs();
    let days = format!("{}.{}", tenths / 10, tenths % 10);
    match found.bias {
        0 => "As expected".to_owned(),
        ..0 => format!("{days} days later than expected"),
        _ => format!("{days} days earlier than expected"),
    }
}

//! How pressure moved in the last weeks: a chart and a table of the same days.

use jiff::ToSpan;
use stour_design::chart::{Line, LinesChart, Unit};
use stour_design::{
    Cell, Column, Details, Heading, InsetText, Level as HeadingLevel, Markup, Table, html,
};
use stour_kernel::Date;

use super::history::{Change, Day, Days, Recorded, changes, days};
use super::level::Level;
use super::subject::{Measure, Subject};
use crate::shown;

/// How many days are shown, today among them.
const SHOWN: i64 = 28;
/// So many of the latest changes are shown.
const CHANGES: usize = 20;
/// The most lines that a chart tells apart.
const LINES: usize = 8;

/// The first day that is shown.
pub(super) fn first(today: Date) -> Date {
    today.checked_sub((SHOWN - 1).days()).unwrap_or(today)
}

/// The history of these.
pub(super) fn history(recorded: &[Recorded], subjects: &[Subject], today: Date) -> Markup {
    let days = &days(recorded);
    let shown: Vec<Date> = first(today)
        .series(1.day())
        .take_while(|day| *day <= today)
        .collect();
    let of = |subject: &Subject, day: Date| days.get(subject).and_then(|of| of.get(&day));
    let any = subjects
        .iter()
        .any(|subject| shown.iter().any(|day| of(subject, *day).is_some()));
    html! {
        (Heading::section("How pressure moved"))
        @if any {
            p { "The highest level of each day, by what was worked out each hour and kept. Of a day of which not all hours are known, the lowest level is not claimed." }
            (chart(days, subjects, (&shown, today)))
            (table(days, subjects, (&shown, today)))
            (changed(&changes(recorded), subjects))
        } @else {
            (InsetText::new("Nothing has been recorded yet. The level of each trust and service is recorded every hour; come back in an hour."))
        }
    }
}

/// What the chart shows, in at most ten words. Nothing is called calm while anything is not known.
fn message(days: &Days, subjects: &[Subject], (shown, today): (&[Date], Date)) -> String {
    let level = |subject: &Subject, day: Date| {
        let day_of = days.get(subject).and_then(|of| of.get(&day));
        day_of.and_then(|of| of.level(day == today))
    };
    let highest = |day: Date| subjects.iter().filter_map(|of| level(of, day)).max();
    let worst = shown.iter().filter_map(|day| highest(*day)).max();
    let open = shown.iter().filter(|day| {
        let unknown = |subject: &Subject| level(subject, **day).is_none();
        subjects.iter().any(unknown)
    });
    match (worst, open.count()) {
        (None, _) => "No level is known of any day".to_owned(),
        (Some(Level::One), 0) => "Level 1 throughout: no threshold was reached".to_owned(),
        (Some(Level::One), days) => format!("Level 1 where known; {days} days are not known"),
        (Some(worst), _) => {
            let reached = shown.iter().filter(|day| highest(**day) == Some(worst));
            let (count, all) = (reached.count(), shown.len());
            let number = worst.number();
            format!("Level {number} was reached on {count} of {all} days")
        }
    }
}

fn chart(days: &Days, subjects: &[Subject], (shown, today): (&[Date], Date)) -> LinesChart {
    let lines = subjects.iter().take(LINES).map(|subject| Line {
        name: subject.name(),
        values: shown
            .iter()
            .map(|day| {
                let of = days.get(subject).and_then(|of| of.get(day))?;
                of.level(*day == today)
                    .map(|level| f64::from(level.number()))
            })
            .collect(),
    });
    let periods = shown.iter().map(|day| day.strftime("%-d %b").to_string());
    LinesChart {
        unit: Unit::COUNT,
        period_word: "Day".to_owned(),
        zero_word: String::new(),
        level: Some(HeadingLevel::Three),
        description:
            "A line for each trust and service, from level 1 to level 4. It breaks where the level of a day is not known. The table below says the same in words."
                .to_owned(),
        ..LinesChart::new(
            "pressure",
            message(days, subjects, (shown, today)),
            "Highest level of the day, from 1 to 4, of each trust and service",
            periods.collect(),
            lines.collect(),
        )
    }
}

fn table(days: &Days, subjects: &[Subject], (shown, today): (&[Date], Date)) -> Markup {
    let rows = shown.iter().rev().map(|day| {
        let mut cells = vec![Cell::from(shown::day(*day))];
        cells.extend(subjects.iter().map(|subject| {
            let of = days.get(subject).and_then(|of| of.get(day));
            Cell::from(words(of, *day == today))
        }));
        cells
    });
    let names = subjects.iter().map(Subject::name);
    let columns = std::iter::once("Day".to_owned()).chain(names);
    let caption = format!("The highest level of each of the last {SHOWN} days, the latest first");
    let table = Table {
        first_cell_is_header: true,
        responsive: true,
        compact: true,
        ..Table::new(caption.clone(), columns.map(Column::from), rows)
    };
    html! { (Details::new(caption.as_str(), html! { (table) })) }
}

/// A day in words. What is not known of it is said in the same place.
pub(super) fn words(day: Option<&Day>, goes_on: bool) -> String {
    let Some(day) = day else {
        return "Not recorded".to_owned();
    };
    let hours = |number: u32| {
        if number == 1 {
            "1 hour".to_owned()
        } else {
            format!("{number} hours")
        }
    };
    let Some(highest) = day.highest else {
        return "Not known".to_owned();
    };
    if day.level(goes_on).is_none() {
        let number = highest.number();
        return format!("Not known; level {number} in {}", hours(day.known));
    }
    let worse = if day.open > 0 { " or worse" } else { "" };
    let missing = if day.unknown > 0 {
        format!(", not known for {}", hours(day.unknown))
    } else {
        String::new()
    };
    format!("Level {}{worse}{missing}", highest.number())
}

/// The latest changes, each with what led to it.
fn changed(changes: &[Change], subjects: &[Subject]) -> Markup {
    let known = changes
        .iter()
        .filter(|change| change.from.is_some() && subjects.contains(&change.to.subject));
    let rows = known.take(CHANGES).map(|change| {
        let to = &change.to;
        let from = change.from.map(|from| from.to_string());
        vec![
            Cell::from(shown::moment(to.hour)),
            Cell::from(to.subject.name()),
            Cell::from(from.unwrap_or_default()),
            Cell::from(to.standing.to_string()),
            Cell::from(because(&to.because)),
        ]
    });
    let rows: Vec<_> = rows.collect();
    let columns = ["Hour", "Trust or service", "From", "To", "Because of"];
    html! {
        @if !rows.is_empty() {
            (Table { responsive: true, compact: true, ..Table::new("The latest changes", columns, rows) })
        }
    }
}

fn because(names: &str) -> String {
    let words = names.split(',').filter_map(|name| {
        let measure = Measure::ALL.into_iter().find(|one| one.name() == name);
        measure.map(Measure::words)
    });
    let words: Vec<&str> = words.collect();
    words.join("; ")
}

//! How money, parts and tables of them are shown.

use stour_appraisal::{Measure, Unknown};
use stour_design::chart::Unit;
use stour_design::{Cell, Column, Content, Heading, Markup, Table, TableCaption, html};
use stour_kernel::Pence;

pub(crate) use stour_web::words::money;

/// How much more an amount is than another, with its sign.
pub(crate) fn moved(now: Pence, before: Pence) -> String {
    let by = now.as_i64().saturating_sub(before.as_i64());
    match by {
        0 => "no change".to_owned(),
        1.. => format!("+{}", money(Pence::new(by))),
        _ => money(Pence::new(by)),
    }
}

/// A part of a whole: 0.125 is 12.5%.
pub(crate) fn percent(part: f64) -> String {
    format!("{}%", crate::case::number::in_percent(part))
}

/// How many of a hundred, without decimals, but never 100 or 0 where it is not.
pub(crate) fn of_hundred(part: f64) -> String {
    let percent = part * 100.0;
    if percent > 99.0 && percent < 100.0 {
        "more than 99".to_owned()
    } else if percent > 0.0 && percent < 1.0 {
        "fewer than 1".to_owned()
    } else {
        format!("{percent:.0}")
    }
}

/// An amount, or why there is none.
pub(crate) fn measured<T>(measure: &Measure<T>, written: impl Fn(&T) -> String) -> Content {
    match (&measure.value, &measure.why_not) {
        (Some(value), _) => written(value).into(),
        (None, Some(why)) => html! { span.nhsuk-u-secondary-text-colour { (why) } }.into(),
        (None, None) => Content::default(),
    }
}

/// A day that a document gives as 2025-10-06, as pages write days.
pub(crate) fn day(iso: &str) -> String {
    iso.parse()
        .map_or_else(|_| iso.to_owned(), stour_web::words::day)
}

/// Whether and when something is paid back, as a sentence: "Paid back in 2027/28".
pub(crate) fn paid_back(year: &Measure<String>) -> String {
    match (&year.value, &year.why_not) {
        (Some(year), _) => format!("Paid back in {year}"),
        (None, why) => format!("Not paid back: {}", why.as_deref().unwrap_or_default()),
    }
}

/// A text that may be an address: it breaks anywhere rather than widen the page.
pub(crate) fn breaking(text: &str) -> Cell {
    Cell {
        break_words: true,
        ..text.into()
    }
}

/// A caption that is heard, where a heading above says the same.
pub(crate) fn heard(words: &str) -> TableCaption {
    TableCaption {
        visually_hidden: true,
        id: Some(
            words
                .replace(|c: char| !c.is_ascii_alphanumeric(), "-")
                .to_lowercase(),
        ),
        ..TableCaption::from(words)
    }
}

/// A table of numbers that scrolls by itself where it is wide; the first column names the rows.
pub(crate) fn numbers<'c>(
    caption: &str,
    columns: impl IntoIterator<Item = &'c str>,
    rows: impl IntoIterator<Item = Vec<Cell>>,
) -> Table {
    let mut columns = columns.into_iter();
    let first = columns.next().map(Column::from);
    let columns = first.into_iter().chain(columns.map(Column::numeric));
    // A sign stays with its amount; words may break.
    let cell = |(place, cell): (usize, Cell)| Cell {
        no_wrap: place > 0 && !cell.faint && cell.numeric != Some(false),
        ..cell
    };
    let rows = rows.into_iter().map(|row: Vec<Cell>| {
        let cells = row.into_iter().enumerate().map(cell);
        cells.collect::<Vec<Cell>>()
    });
    Table {
        first_cell_is_header: true,
        compact: true,
        scroll: true,
        ..Table::new(heard(caption), columns.collect::<Vec<_>>(), rows)
    }
}

/// One number of a page, large.
#[derive(Debug, Clone)]
pub(crate) struct Tile {
    pub(crate) number: String,
    pub(crate) label: String,
    /// What it was in the agreed version, or why there is none.
    pub(crate) note: Option<String>,
}

/// The numbers that a page begins with.
pub(crate) fn tiles(tiles: &[Tile]) -> Markup {
    html! {
        ul.stour-board {
            @for tile in tiles {
                li {
                    span.stour-board__number { (tile.number) }
                    span.stour-board__label { (tile.label) }
                    @if let Some(note) = &tile.note { span.stour-board__label { (note) } }
                }
            }
        }
    }
}

/// An amount as a number of pounds, to be drawn.
pub(crate) fn in_pounds(amount: Pence) -> f64 {
    amount
        .to_string()
        .replace(['£', ','], "")
        .parse()
        .unwrap_or(0.0)
}

/// A large amount in short: £133k, £1,205.6m.
pub(crate) fn in_short(amount: Pence) -> String {
    const MILLIONS: Unit = Unit {
        after: "m",
        decimals: 1,
        ..Unit::POUNDS
    };
    let pounds = in_pounds(amount);
    if pounds.abs() >= 950_000.0 {
        MILLIONS.value(pounds / 1e6)
    } else {
        Unit::MONEY.value(pounds)
    }
}

/// What a document cannot say, and why.
pub(crate) fn unknown(unknown: &[Unknown]) -> Markup {
    let rows = unknown.iter().map(|one| {
        vec![
            Cell::from(one.what.as_str()),
            one.why.as_str().into(),
            breaking(&one.source),
        ]
    });
    html! {
        @if !unknown.is_empty() {
            (Heading::section("What is not known"))
            (Table {
                first_cell_is_header: true,
                responsive: true,
                ..Table::new(heard("What is not known"), ["What", "Why", "Source"].map(Column::from), rows)
            })
        }
    }
}

#[cfg(test)]
mod tests;

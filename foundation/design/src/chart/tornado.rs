//! A tornado: what a result would be at the low and at the high value of each input, the largest swing first.

use maud::{Markup, Render, html};

use super::caption::caption;
use super::scale::drawable;
use super::table::DataTable;
use super::tornado_drawing::{Drawing, HIGH, LOW, NARROW, WIDE};
use super::unit::Unit;
use crate::component::Level;

/// What one input does to the result.
///
/// A number that is infinite, no number or beyond 1,000,000 billion counts as none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TornadoRow {
    /// The input.
    pub label: String,
    /// Its low value, as words: "2%". Empty when there is nothing short to say.
    pub low_at: String,
    /// Its high value, as words.
    pub high_at: String,
    /// The result at its low value; `None` when there is none, which the row then says.
    pub low: Option<f64>,
    /// The result at its high value.
    pub high: Option<f64>,
}

impl TornadoRow {
    pub(crate) fn low(&self) -> Option<f64> {
        self.low.and_then(drawable)
    }

    pub(crate) fn high(&self) -> Option<f64> {
        self.high.and_then(drawable)
    }
}

/// A tornado chart.
///
/// A figure with its headline, the drawing (for a wide place and for a narrow one; the style sheet shows the one that
/// fits), a key of what is in it, and a table of the same numbers.
#[derive(Debug, Clone)]
pub struct TornadoChart {
    /// Its id: what other ids in it begin with.
    pub id: String,
    /// The message, at most ten words: "Growth in demand decides whether it pays".
    pub title: String,
    /// The measure: "Net present value when one input changes and all others stay as agreed".
    pub subtitle: String,
    /// The level of the headline; a paragraph when `None`.
    pub level: Option<Level>,
    /// How numbers are written.
    pub unit: Unit,
    /// The result as agreed, from which bars begin. Without it they begin halfway between their ends.
    pub agreed: Option<f64>,
    /// What that is called.
    pub agreed_word: String,
    /// The inputs, from the top.
    pub rows: Vec<TornadoRow>,
    /// What inputs are called in the table.
    pub input_word: String,
    /// What those who cannot see the drawing hear.
    pub description: String,
    /// The table stands open under the drawing.
    pub open: bool,
}

impl TornadoChart {
    /// A tornado chart, to be completed with `..`.
    pub fn new(
        id: impl Into<String>,
        title: impl Into<String>,
        subtitle: impl Into<String>,
        agreed: Option<f64>,
        rows: Vec<TornadoRow>,
    ) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            subtitle: subtitle.into(),
            level: Some(Level::Two),
            unit: Unit::MONEY,
            agreed,
            agreed_word: "As agreed".to_owned(),
            rows,
            input_word: "Input".to_owned(),
            description: String::new(),
            open: false,
        }
    }

    fn key(&self) -> Markup {
        let sign = |fill, edge| {
            html! {
                svg.stour-mark-of-kind viewBox="0 0 16 16" width="16" height="16" focusable="false" aria-hidden="true" {
                    path d="M1 4h14v8H1z" fill=(fill) stroke=(edge) stroke-width="2" {}
                }
            }
        };
        html! {
            @if !self.rows.is_empty() {
                ul.stour-key aria-label="Key" {
                    li { (sign(LOW, LOW)) " At the low value of the input" }
                    li { (sign("#ffffff", HIGH)) " At the high value of the input" }
                }
            }
        }
    }

    fn table(&self) -> Markup {
        let valued = self
            .rows
            .iter()
            .any(|row| !row.low_at.is_empty() || !row.high_at.is_empty());
        let mut columns = vec![self.input_word.as_str()];
        columns.extend(if valued {
            [
                "Low value",
                "High value",
                "Result at low",
                "Result at high",
                "Swing",
            ]
            .as_slice()
        } else {
            ["Result at low", "Result at high", "Swing"].as_slice()
        });
        let columns: Vec<String> = columns.into_iter().map(str::to_owned).collect();
        let written = |value: Option<f64>| {
            value.map_or_else(|| "Missing".to_owned(), |value| self.unit.value(value))
        };
        let cells = |row: &TornadoRow| {
            let (low, high) = (row.low(), row.high());
            let swing = low.zip(high).map(|(low, high)| (high - low).abs());
            let at = valued.then(|| [row.low_at.clone(), row.high_at.clone()]);
            let at = at.into_iter().flatten();
            at.chain([written(low), written(high), written(swing)])
                .collect::<Vec<_>>()
        };
        DataTable {
            chart: &self.id,
            title: &self.title,
            subtitle: &self.subtitle,
            columns: &columns,
            rows: self
                .rows
                .iter()
                .map(|row| (row.label.as_str(), cells(row)))
                .collect(),
            words_last: false,
            open: self.open,
        }
        .markup()
    }
}

impl Render for TornadoChart {
    fn render(&self) -> Markup {
        html! {
            figure.stour-chart id=(self.id) {
                (caption(&self.id, self.level, &self.title, &self.subtitle))
                div.stour-chart__wide { (Drawing::new(self, &WIDE).svg()) }
                div.stour-chart__narrow { (Drawing::new(self, &NARROW).svg()) }
                (self.key())
                (self.table())
            }
        }
    }
}

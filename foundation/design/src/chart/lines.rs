//! Lines from period to period, and bands around them: how something may go, or how several things go together.

use maud::{Markup, Render, html};

use super::caption::caption;
use super::lines_drawing::{BAND_EDGE, BAND_FILL, Drawing, NARROW, WIDE};
use super::marker::Style;
use super::scale::drawable;
use super::table::DataTable;
use super::unit::Unit;
use crate::component::Level;

/// A line: a value for each period, `None` where there is none, which breaks it.
///
/// A number that is infinite, no number or beyond 1,000,000 billion counts as none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Line {
    /// What it is of: short, since it stands where the line ends.
    pub name: String,
    /// Its values, in the order of the periods.
    pub values: Vec<Option<f64>>,
}

impl Line {
    pub(crate) fn at(&self, position: usize) -> Option<f64> {
        self.values
            .get(position)
            .copied()
            .flatten()
            .and_then(drawable)
    }
}

/// A band: from and to for each period, `None` where there is neither, which breaks it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Band {
    /// What lies in it, for the key: "8 in 10 runs".
    pub name: String,
    /// What its lower edge is: "1 in 10 below".
    pub low_name: String,
    /// What its upper edge is: "1 in 10 above".
    pub high_name: String,
    /// Its edges, in the order of the periods.
    pub values: Vec<Option<(f64, f64)>>,
}

impl Band {
    pub(crate) fn at(&self, position: usize) -> Option<(f64, f64)> {
        let (from, to) = self.values.get(position).copied().flatten()?;
        let (from, to) = (drawable(from)?, drawable(to)?);
        Some((from.min(to), from.max(to)))
    }
}

/// A chart of lines.
///
/// A figure with its headline, the drawing (for a wide place and for a narrow one; the style sheet shows the one that
/// fits), a key of what is not labelled where it ends, and a table of the same numbers.
#[derive(Debug, Clone)]
pub struct LinesChart {
    /// Its id: what other ids in it begin with.
    pub id: String,
    /// The message, at most ten words: "Every partner is better off by 2031".
    pub title: String,
    /// The measure: "Savings less costs so far, each partner, each year".
    pub subtitle: String,
    /// The level of the headline; a paragraph when `None`.
    pub level: Option<Level>,
    /// How numbers are written.
    pub unit: Unit,
    /// What the periods are, for the table: "Year".
    pub period_word: String,
    /// The periods, from the left: "2027/28".
    pub periods: Vec<String>,
    /// Bands, the widest first.
    pub bands: Vec<Band>,
    /// Lines, at most eight. Each has a colour, a dash and a shape of mark by its place among them.
    pub lines: Vec<Line>,
    /// What nought means, at the end of its line: "Breaks even".
    pub zero_word: String,
    /// The axis holds nought, with a line there; otherwise it holds the lines alone, whose movement shows.
    pub from_zero: bool,
    /// What those who cannot see the drawing hear.
    pub description: String,
    /// The table stands open under the drawing.
    pub open: bool,
}

impl LinesChart {
    /// A chart of lines, to be completed with `..`.
    pub fn new(
        id: impl Into<String>,
        title: impl Into<String>,
        subtitle: impl Into<String>,
        periods: Vec<String>,
        lines: Vec<Line>,
    ) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            subtitle: subtitle.into(),
            level: Some(Level::Two),
            unit: Unit::MONEY,
            period_word: "Year".to_owned(),
            periods,
            bands: Vec::new(),
            lines,
            zero_word: "Breaks even".to_owned(),
            from_zero: true,
            description: String::new(),
            open: false,
        }
    }

    /// What is not named where it ends. The narrow drawing has less room for names than the wide one.
    fn key(&self, named_wide: bool, named_narrow: bool) -> Markup {
        let unnamed = !named_wide || !named_narrow;
        let lines = unnamed && !self.lines.is_empty();
        let narrow_only = named_wide && self.bands.is_empty();
        html! {
            @if lines || !self.bands.is_empty() {
                ul.stour-key.stour-key--narrow[narrow_only] aria-label="Key" {
                    @for (position, band) in self.bands.iter().enumerate() { li { (band_sign(position)) " " (band.name) } }
                    @if lines {
                        @for (position, line) in self.lines.iter().enumerate() {
                            li.stour-key__narrow[named_wide] { (Style::at(position).sample()) " " (line.name) }
                        }
                    }
                }
            }
        }
    }

    fn table(&self) -> Markup {
        let mut columns = vec![self.period_word.clone()];
        for band in &self.bands {
            columns.extend([band.low_name.clone(), band.high_name.clone()]);
        }
        columns.extend(self.lines.iter().map(|line| line.name.clone()));
        let written = |value: Option<f64>| {
            value.map_or_else(|| "Missing".to_owned(), |value| self.unit.value(value))
        };
        let cells = |position: usize| {
            let edges = self.bands.iter().flat_map(|band| {
                let (low, high) = band.at(position).unzip();
                [low, high]
            });
            let lines = self.lines.iter().map(|line| line.at(position));
            edges.chain(lines).map(written).collect::<Vec<_>>()
        };
        let rows = self.periods.iter().enumerate();
        DataTable {
            chart: &self.id,
            title: &self.title,
            subtitle: &self.subtitle,
            columns: &columns,
            rows: rows
                .map(|(position, period)| (period.as_str(), cells(position)))
                .collect(),
            words_last: false,
            open: self.open,
        }
        .markup()
    }
}

fn band_sign(position: usize) -> Markup {
    let dash = (position > 0).then_some("2 2");
    html! {
        svg.stour-mark-of-kind viewBox="0 0 16 16" width="16" height="16" focusable="false" aria-hidden="true" {
            @for _ in 0..=position { path d="M0 1h16v14H0z" fill=(BAND_FILL) fill-opacity=".16" {} }
            path d="M0 1.5H16M0 14.5H16" stroke=(BAND_EDGE) stroke-width="1.5" stroke-dasharray=[dash] fill="none" {}
        }
    }
}

impl Render for LinesChart {
    fn render(&self) -> Markup {
        let (wide, narrow) = (Drawing::new(self, &WIDE), Drawing::new(self, &NARROW));
        html! {
            figure.stour-chart id=(self.id) {
                (caption(&self.id, self.level, &self.title, &self.subtitle))
                div.stour-chart__wide { (wide.svg()) }
                div.stour-chart__narrow { (narrow.svg()) }
                (self.key(wide.names_lines(), narrow.names_lines()))
                (self.table())
            }
        }
    }
}

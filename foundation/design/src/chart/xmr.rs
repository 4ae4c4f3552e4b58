//! The XmR chart: a series, what it is expected to do, and where it does something else.

use maud::{Markup, Render, html};

use super::caption::caption;
use super::day::CivilDay;
use super::drawing::{Drawing, NARROW, WIDE};
use super::point::{Palette, PointKind};
use super::table::DataTable;
use super::unit::Unit;
use crate::component::Level;

/// What a series is expected to do around one of its points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// The mean, or another centre line.
    pub mean: f64,
    /// The lower process limit.
    pub lower: f64,
    /// The upper process limit.
    pub upper: f64,
}

/// One point of the series.
#[derive(Debug, Clone, PartialEq)]
pub struct XmrPoint {
    /// When it is: where it stands on the axis.
    pub day: CivilDay,
    /// What the table calls it, for example "24 November 2026" or "March 2026".
    pub label: String,
    /// Its value; `None` when it is missing, which breaks the line.
    pub value: Option<f64>,
    /// What it says.
    pub kind: PointKind,
    /// Why it says that, for example "above the upper limit"; empty when there is nothing to say.
    pub note: String,
    /// What is expected here. Neighbours with the same limits share a line; others begin a new one.
    pub limits: Option<Limits>,
    /// Where its number opens to what it is made of: from its mark, and from its row of the table by keyboard too.
    pub href: Option<String>,
}

/// Something that happened to the process, marked on the chart with a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// When.
    pub day: CivilDay,
    /// What, for example "Discharge hub opened; limits recalculated".
    pub label: String,
}

/// What is aimed at from a day on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Aim {
    /// The first day.
    pub from: CivilDay,
    /// The target.
    pub value: f64,
}

impl Aim {
    /// A target that held all along.
    pub const fn always(value: f64) -> Self {
        Self {
            from: CivilDay::new(1, 1, 1),
            value,
        }
    }
}

/// An XmR chart.
///
/// A figure with its headline, the drawing (for a wide place and for a narrow one; the style sheet shows the one that
/// fits), a key of what is in it, a table of the same numbers, and a link to them as CSV.
#[derive(Debug, Clone)]
pub struct XmrChart {
    /// Its id: what other ids in it begin with.
    pub id: String,
    /// The message, at most ten words: "Fewer people are waiting to leave hospital".
    pub title: String,
    /// The measure: "People without criteria to reside, each day, University Hospitals Dorset".
    pub subtitle: String,
    /// The level of the headline; a paragraph when `None`.
    pub level: Option<Level>,
    /// How numbers are written.
    pub unit: Unit,
    /// The series, in order of time.
    pub points: Vec<XmrPoint>,
    /// What is aimed at, in order of time: each holds until the next.
    pub targets: Vec<Aim>,
    /// What happened to the process.
    pub changes: Vec<Change>,
    /// What those who cannot see the drawing hear: the number of points, the period, the mean, the limits, the target, the
    /// latest value and what it says.
    pub description: String,
    /// Where the numbers are as CSV.
    pub csv_href: Option<String>,
    /// Which colours are used.
    pub palette: Palette,
}

impl XmrChart {
    /// A chart of a series, to be completed with `..`.
    pub fn new(
        id: impl Into<String>,
        title: impl Into<String>,
        subtitle: impl Into<String>,
        points: Vec<XmrPoint>,
    ) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            subtitle: subtitle.into(),
            level: Some(Level::Two),
            unit: Unit::COUNT,
            points,
            targets: Vec::new(),
            changes: Vec::new(),
            description: String::new(),
            csv_href: None,
            palette: Palette::Contrast,
        }
    }

    /// The last point that has a value.
    pub fn latest(&self) -> Option<(&XmrPoint, f64)> {
        self.points
            .iter()
            .rev()
            .find_map(|point| point.value.map(|value| (point, value)))
    }

    fn key(&self) -> Markup {
        let used = |kind: &PointKind| {
            self.points
                .iter()
                .any(|point| point.value.is_some() && point.kind == *kind)
        };
        let missing = self.points.iter().any(|point| point.value.is_none());
        let expected = self.points.iter().any(|point| point.limits.is_some());
        html! {
            ul.stour-key aria-label="Key" {
                @for kind in PointKind::ALL.iter().filter(|kind| used(kind)) {
                    li { (kind.mark(self.palette)) " " (kind.word()) }
                }
                @if missing {
                    li {
                        svg.stour-mark-of-kind viewBox="0 0 16 16" width="16" height="16" focusable="false" aria-hidden="true" {
                            path d="M4 4l8 8m0-8l-8 8" stroke="#4c6272" stroke-width="2" fill="none" {}
                        }
                        " Missing"
                    }
                }
                @if expected {
                    li {
                        svg.stour-mark-of-kind viewBox="0 0 16 16" width="16" height="16" focusable="false" aria-hidden="true" {
                            path d="M0 2h16v12H0z" fill="#003087" fill-opacity=".06" {}
                            path d="M0 2h16M0 14h16" stroke="#6f777b" stroke-width="1.5" stroke-dasharray="4 3" fill="none" {}
                        }
                        " Expected range"
                    }
                }
            }
            @if !self.changes.is_empty() {
                ul.stour-key.stour-key--changes aria-label="Changes" {
                    @for (change, letter) in self.changes.iter().zip('A'..='Z') { li { b { (letter) } " " (change.label) } }
                }
            }
        }
    }

    fn table(&self) -> Markup {
        let columns = [
            "Date",
            "Value",
            "Mean",
            "Lower limit",
            "Upper limit",
            "Variation",
        ];
        DataTable {
            chart: &self.id,
            title: &self.title,
            subtitle: &self.subtitle,
            columns: &columns.map(str::to_owned),
            rows: self.points.iter().map(|point| self.row(point)).collect(),
            words_last: true,
            open: false,
        }
        .markup()
    }

    fn row(&self, point: &XmrPoint) -> (Markup, Vec<String>) {
        let value = point
            .value
            .map_or_else(|| "Missing".to_owned(), |value| self.unit.value(value));
        let limits = point
            .limits
            .map(|limits| [limits.mean, limits.lower, limits.upper]);
        let variation = match point.value {
            None => String::new(),
            Some(_) if point.note.is_empty() => point.kind.word().to_owned(),
            Some(_) => format!("{}: {}", point.kind.word(), point.note),
        };
        let [mean, lower, upper] = limits.map_or_else(Default::default, |limits| {
            limits.map(|limit| self.unit.limit(limit))
        });
        let label = html! {
            @if let Some(href) = &point.href { a href=(href) { (point.label) } } @else { (point.label) }
        };
        (label, vec![value, mean, lower, upper, variation])
    }
}

impl Render for XmrChart {
    fn render(&self) -> Markup {
        html! {
            figure.stour-chart id=(self.id) {
                (caption(&self.id, self.level, &self.title, &self.subtitle))
                div.stour-chart__wide { (Drawing::new(self, &WIDE).svg()) }
                div.stour-chart__narrow { (Drawing::new(self, &NARROW).svg()) }
                (self.key())
                (self.table())
                @if let Some(href) = &self.csv_href {
                    p.stour-chart__download {
                        a href=(href) download { "Download CSV" span.nhsuk-u-visually-hidden { ": " (self.title) } }
                    }
                }
            }
        }
    }
}

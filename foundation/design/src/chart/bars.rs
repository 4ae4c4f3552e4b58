//! Bars from left to right, one for each thing that is compared: rates with their intervals, or the steps of a sum.

use maud::{Markup, Render, html};

use super::bars_drawing::{Drawing, NARROW, WIDE};
use super::caption::caption;
use super::scale::drawable;
use super::table::DataTable;
use super::unit::Unit;
use crate::component::Level;

/// What a bar says, besides its length.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum BarKind {
    /// An amount.
    #[default]
    Amount,
    /// A step of a sum that adds to it.
    Adds,
    /// A step of a sum that takes from it.
    Takes,
    /// What the steps before it come to.
    Total,
}

impl BarKind {
    /// Every kind, in the order of a key.
    pub const ALL: [Self; 4] = [Self::Amount, Self::Adds, Self::Takes, Self::Total];

    /// Outlined rather than filled, so that it is told from what adds without its colour.
    pub(crate) const fn is_outlined(self) -> bool {
        matches!(self, Self::Takes)
    }

    pub(crate) const fn colour(self) -> &'static str {
        match self {
            Self::Amount => "#005eb8",
            Self::Adds => "#00629b",
            Self::Takes => "#b34700",
            Self::Total => "#4c6272",
        }
    }
}

/// What kinds of bar are called in a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BarWords {
    /// Of an amount.
    pub amount: &'static str,
    /// Of a step that adds.
    pub adds: &'static str,
    /// Of a step that takes away.
    pub takes: &'static str,
    /// Of what the steps come to.
    pub total: &'static str,
}

impl BarWords {
    /// Of any sum.
    pub const SUM: Self = Self {
        amount: "Amount",
        adds: "Adds, to the right",
        takes: "Takes away, to the left",
        total: "Sum",
    };
    /// Of a gap in money.
    pub const GAP: Self = Self {
        amount: "Amount",
        adds: "Adds to the gap",
        takes: "Closes the gap",
        total: "Gap",
    };

    const fn of(self, kind: BarKind) -> &'static str {
        match kind {
            BarKind::Amount => self.amount,
            BarKind::Adds => self.adds,
            BarKind::Takes => self.takes,
            BarKind::Total => self.total,
        }
    }
}

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// What it is of: short, since it stands beside the bar.
    pub label: String,
    /// Where it begins.
    pub from: f64,
    /// Where it ends; `None` when there is nothing to draw, which `written` then says.
    pub to: Option<f64>,
    /// What it says.
    pub kind: BarKind,
    /// How sure the end is: from and to.
    pub interval: Option<(f64, f64)>,
    /// Something to hold the end against, drawn as a diamond.
    pub mark: Option<f64>,
    /// The number beside it, as words.
    pub written: String,
    /// The cells of its row in the table, after its label.
    pub cells: Vec<String>,
}

impl Bar {
    /// An amount from nought.
    pub fn amount(
        label: impl Into<String>,
        value: Option<f64>,
        written: impl Into<String>,
    ) -> Self {
        Self {
            label: label.into(),
            from: 0.0,
            to: value,
            kind: BarKind::Amount,
            interval: None,
            mark: None,
            written: written.into(),
            cells: Vec::new(),
        }
    }

    // What cannot be drawn counts as absent.

    pub(crate) fn from(&self) -> f64 {
        drawable(self.from).unwrap_or_default()
    }

    pub(crate) fn to(&self) -> Option<f64> {
        self.to.and_then(drawable)
    }

    pub(crate) fn interval(&self) -> Option<(f64, f64)> {
        let (low, high) = self.interval?;
        drawable(low).zip(drawable(high))
    }

    pub(crate) fn mark(&self) -> Option<f64> {
        self.mark.and_then(drawable)
    }
}

/// A chart of bars.
///
/// A figure with its headline, the drawing (for a wide place and for a narrow one; the style sheet shows the one that
/// fits), a key of what is in it, and a table of the same numbers.
#[derive(Debug, Clone)]
pub struct BarChart {
    /// Its id: what other ids in it begin with.
    pub id: String,
    /// The message, at most ten words: "Records without a number go to review more often".
    pub title: String,
    /// The measure: "Share of incoming records, each organisation, last 90 days, with 95% intervals".
    pub subtitle: String,
    /// The level of the headline; a paragraph when `None`.
    pub level: Option<Level>,
    /// How numbers on the axis are written.
    pub unit: Unit,
    /// The bars, from the top.
    pub bars: Vec<Bar>,
    /// What the diamonds are, for the key.
    pub mark_word: &'static str,
    /// What the kinds of bar are, for the key.
    pub words: BarWords,
    /// A line leads from where each bar ends to the next, which begins or ends there.
    pub connected: bool,
    /// The columns of the table: that of the labels first.
    pub columns: Vec<String>,
    /// The last column of the table is of words, not of numbers.
    pub words_last: bool,
    /// What those who cannot see the drawing hear.
    pub description: String,
    /// The table stands open under the drawing, where it is what the page is about.
    pub open: bool,
}

impl BarChart {
    /// A chart of bars, to be completed with `..`.
    pub fn new(
        id: impl Into<String>,
        title: impl Into<String>,
        subtitle: impl Into<String>,
        bars: Vec<Bar>,
    ) -> Self {
        Self {
            id: id.into(),
            title: title.into(),
            subtitle: subtitle.into(),
            level: Some(Level::Two),
            unit: Unit::COUNT,
            bars,
            mark_word: "",
            words: BarWords::SUM,
            connected: false,
            columns: Vec::new(),
            words_last: false,
            description: String::new(),
            open: false,
        }
    }

    fn key(&self) -> Markup {
        let used = |kind: &BarKind| {
            self.bars
                .iter()
                .any(|bar| bar.kind == *kind && bar.to().is_some())
        };
        let kinds: Vec<BarKind> = BarKind::ALL.into_iter().filter(used).collect();
        let intervals = self.bars.iter().any(|bar| bar.interval().is_some());
        let marks = self.bars.iter().any(|bar| bar.mark().is_some());
        let sign = |inner: Markup| {
            html! {
                svg.stour-mark-of-kind viewBox="0 0 16 16" width="16" height="16" focusable="false" aria-hidden="true" { (inner) }
            }
        };
        html! {
            @if kinds.len() > 1 || intervals || marks {
                ul.stour-key aria-label="Key" {
                    @if kinds.len() > 1 {
                        @for kind in kinds {
                            li { (sign(kind_sign(kind))) " " (self.words.of(kind)) }
                        }
                    }
                    @if intervals {
                        li { (sign(html! { path d="M1 8h14M1 4v8M15 4v8" stroke="#212b32" stroke-width="1.5" fill="none" {} })) " 95% interval" }
                    }
                    @if marks {
                        li { (sign(html! { path d="M8 2l6 6l-6 6l-6-6z" fill="#ffffff" stroke="#212b32" stroke-width="2" {} })) " " (self.mark_word) }
                    }
                }
            }
        }
    }

    fn table(&self) -> Markup {
        let rows = self
            .bars
            .iter()
            .map(|bar| (bar.label.as_str(), bar.cells.clone()));
        DataTable {
            chart: &self.id,
            title: &self.title,
            subtitle: &self.subtitle,
            columns: &self.columns,
            rows: rows.collect(),
            words_last: self.words_last,
            open: self.open,
        }
        .markup()
    }
}

fn kind_sign(kind: BarKind) -> Markup {
    let fill = if kind.is_outlined() {
        "#ffffff"
    } else {
        kind.colour()
    };
    html! { path d="M1 4h14v8H1z" fill=(fill) stroke=(kind.colour()) stroke-width="2" {} }
}

impl Render for BarChart {
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

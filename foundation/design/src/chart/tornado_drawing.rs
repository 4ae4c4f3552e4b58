//! The drawing of a tornado in a place of one size.

use maud::{Markup, html};

use super::coordinate::{coordinate as c, length};
use super::scale::{Scale, drawable};
use super::text;
use super::tornado::{TornadoChart, TornadoRow};

/// A size to draw in, in units of its own.
pub(crate) struct Place {
    name: &'static str,
    width: f64,
    text: f64,
    /// Labels stand above their bars, as they do anywhere when they are long.
    above: bool,
}

/// As wide as a column of text.
pub(crate) const WIDE: Place = Place {
    name: "wide",
    width: 800.0,
    text: 16.0,
    above: false,
};

/// As wide as a telephone.
pub(crate) const NARROW: Place = Place {
    name: "narrow",
    width: 345.0,
    text: 13.0,
    above: true,
};

/// The most of the width that labels beside the bars take.
const LABELS: f64 = 0.32;
/// The most of the width that what is written at one end takes.
const ENDS: f64 = 0.26;

pub(crate) const LOW: &str = "#005eb8";
pub(crate) const HIGH: &str = "#b34700";
const INK: &str = "#212b32";
const QUIET: &str = "#4c6272";

/// With more than this, what is written at the ends stands under the bar instead.
const MOST: f64 = 0.36;

/// What is written at the two ends of a bar: at the left one and at the right one.
struct Ends {
    left: String,
    right: String,
}

/// One row, placed.
struct Row<'a> {
    lines: Vec<String>,
    input: &'a TornadoRow,
    ends: Ends,
    /// Where it begins, and where its bar does.
    top: f64,
    bar: f64,
}

pub(crate) struct Drawing<'a> {
    chart: &'a TornadoChart,
    place: &'a Place,
    scale: Scale,
    agreed: Option<f64>,
    rows: Vec<Row<'a>>,
    left: f64,
    right: f64,
    /// Where labels beside the bars end; 0 when they stand above.
    beside: f64,
    bar: f64,
    bottom: f64,
    /// What is written at the ends stands under the bars, in two lines.
    under: bool,
}

impl<'a> Drawing<'a> {
    pub(crate) fn new(chart: &'a TornadoChart, place: &'a Place) -> Self {
        let size = place.text;
        let agreed = chart.agreed.and_then(drawable);
        let gap = size * 0.5;
        let room = |ends: &[Ends]| {
            let texts = ends
                .iter()
                .flat_map(|ends| [ends.left.as_str(), ends.right.as_str()]);
            text::widest(texts, size) + gap
        };
        let by_value = Self::ends(chart, agreed, true);
        let (ends, gutter) = match by_value {
            Some(by_value) if room(&by_value) <= place.width * ENDS => {
                let gutter = room(&by_value);
                (by_value, gutter)
            }
            _ => {
                let worded = Self::ends(chart, agreed, false).unwrap_or_default();
                let gutter = room(&worded);
                (worded, gutter)
            }
        };
        let under = gutter > place.width * MOST;
        let gutter = if under { gap } else { gutter };
        let labels = chart.rows.iter().map(|row| row.label.as_str());
        let widest = text::widest(labels, size) + gap * 2.0;
        let above = place.above || under || widest > place.width * LABELS;
        let beside = if above { 0.0 } else { widest };
        let (left, right) = (beside + gutter + 2.0, place.width - gutter - 2.0);
        let values: Vec<f64> = chart
            .rows
            .iter()
            .flat_map(|row| [row.low(), row.high()])
            .chain([agreed])
            .flatten()
            .collect();
        let scale = Scale::roomy(&values, chart.unit.least_span(), right, left);
        let mut drawing = Self {
            chart,
            place,
            scale,
            agreed,
            rows: Vec::new(),
            left,
            right,
            beside,
            bar: size * 1.05,
            under,
            bottom: size * if agreed.is_some() { 1.9 } else { 0.4 },
        };
        for (row, ends) in chart.rows.iter().zip(ends) {
            drawing.push(row, ends);
        }
        drawing
    }

    fn push(&mut self, row: &'a TornadoRow, ends: Ends) {
        let size = self.place.text;
        let lines = if self.beside > 0.0 {
            Vec::new()
        } else {
            text::lines(&row.label, size, self.place.width)
        };
        let top = self.bottom;
        let bar = top + size * 0.3 + length(lines.len()) * size * 1.25;
        let below = match (self.under, lines.is_empty()) {
            (true, _) => 3.4,
            (false, true) => 0.35,
            (false, false) => 0.8,
        };
        self.bottom = bar + self.bar + size * below;
        self.rows.push(Row {
            lines,
            input: row,
            ends,
            top,
            bar,
        });
    }

    /// What is written at both ends of every row: the input's value and the result, or which end it is and the result.
    /// There is nothing when a row does not say the input's values.
    fn ends(chart: &TornadoChart, agreed: Option<f64>, valued: bool) -> Option<Vec<Ends>> {
        let written = |word: &str, at: &str, value: Option<f64>| {
            let at = if valued { at } else { word };
            match value {
                Some(value) => format!("{at}: {}", chart.unit.value(value)),
                None => format!("{word}: missing"),
            }
        };
        let all = |row: &TornadoRow| {
            if valued && (row.low_at.is_empty() || row.high_at.is_empty()) {
                return None;
            }
            let (low, high) = (row.low(), row.high());
            let written = (
                written("Low", &row.low_at, low),
                written("High", &row.high_at, high),
            );
            let is_turned = match (low, high, agreed) {
                (Some(low), Some(high), _) => low > high,
                (Some(low), None, Some(agreed)) => low > agreed,
                (None, Some(high), Some(agreed)) => high < agreed,
                _ => false,
            };
            let (left, right) = if is_turned {
                (written.1, written.0)
            } else {
                written
            };
            Some(Ends { left, right })
        };
        chart.rows.iter().map(all).collect()
    }

    pub(crate) fn svg(&self) -> Markup {
        let chart = self.chart;
        let description = format!("{}-description-{}", chart.id, self.place.name);
        let height = self.bottom + self.place.text * 1.8;
        html! {
            svg viewBox={ "0 0 " (c(self.place.width)) " " (c(height)) } role="img" focusable="false"
                aria-labelledby={ (chart.id) "-title " (chart.id) "-subtitle" } aria-describedby=(description)
                font-size=(c(self.place.text)) fill=(QUIET) {
                desc id=(description) { (chart.description) }
                (self.axis())
                (self.base_line())
                @for row in &self.rows { (self.row(row)) }
            }
        }
    }

    /// From where lines from top to bottom begin: under the word over the line of what was agreed.
    fn start(&self) -> f64 {
        self.place.text * if self.agreed.is_some() { 1.5 } else { 0.2 }
    }

    fn down(&self, x: f64) -> String {
        format!("M{} {}V{}", c(x), c(self.start()), c(self.bottom))
    }

    fn axis(&self) -> Markup {
        let place = (self.place.width, self.place.text);
        let ticks = self.chart.unit.ticks_across(&self.scale, place, 6.0);
        html! {
            g text-anchor="middle" {
                @for (tick, written) in ticks {
                    @let x = self.scale.y(tick);
                    @let zero = (tick == 0.0).then_some(("bold", INK)).unzip();
                    path d=(self.down(x)) stroke="#d8dde0" {}
                    text x=(c(x)) y=(c(self.bottom + self.place.text * 1.3)) font-weight=[zero.0] fill=[zero.1] { (written) }
                }
            }
            @if self.scale.holds(0.0) {
                path.stour-chart__zero d=(self.down(self.scale.y(0.0))) stroke=(INK) stroke-dasharray="4 3" {}
            }
        }
    }

    /// The line of what was agreed, and over it what it is.
    fn base_line(&self) -> Markup {
        let Some(agreed) = self.agreed else {
            return html! {};
        };
        let x = self.scale.y(agreed);
        let word = format!(
            "{} {}",
            self.chart.agreed_word,
            self.chart.unit.value(agreed)
        );
        let half = text::bold_width(&word, self.place.text) / 2.0;
        let centre = x.min(self.place.width - half).max(half);
        html! {
            path.stour-chart__agreed d=(self.down(x)) stroke=(INK) stroke-width="2" {}
            text text-anchor="middle" x=(c(centre)) y=(c(self.place.text)) fill=(INK) font-weight="bold" { (word) }
        }
    }

    /// Where the bars of a row begin.
    fn base(&self, row: &TornadoRow) -> f64 {
        let (low, high) = (row.low(), row.high());
        let halfway = low.zip(high).map(|(low, high)| low + (high - low) / 2.0);
        let base = self.agreed.or(halfway).or(low).or(high);
        base.map_or_else(
            || f64::midpoint(self.left, self.right),
            |base| self.scale.y(base),
        )
    }

    fn row(&self, placed: &Row<'_>) -> Markup {
        let (row, size) = (placed.input, self.place.text);
        let base = self.base(row);
        let (low, high) = (
            row.low().map(|low| self.scale.y(low)),
            row.high().map(|high| self.scale.y(high)),
        );
        let reached = || [low, high].into_iter().flatten().chain([base]);
        let (first, last) = (
            reached().fold(f64::INFINITY, f64::min),
            reached().fold(f64::NEG_INFINITY, f64::max),
        );
        // On one side of the line, each of the two has half the height, so that neither hides the other.
        let beside = low
            .zip(high)
            .is_some_and(|(low, high)| (low - base) * (high - base) > 0.0);
        let half = if beside { self.bar / 2.0 } else { self.bar };
        let baseline = placed.bar + self.bar / 2.0 + size * 0.35;
        let Ends { left, right } = &placed.ends;
        let ends = if self.under {
            let foot = placed.bar + self.bar;
            [
                (0.0, foot + size * 1.2, "start", left),
                (self.place.width, foot + size * 2.4, "end", right),
            ]
        } else {
            let gap = size * 0.4;
            [
                (first - gap, baseline, "end", left),
                (last + gap, baseline, "start", right),
            ]
        };
        html! {
            @if self.beside > 0.0 {
                text.stour-chart__input x="0" y=(c(baseline)) fill=(INK) { (row.label) }
            }
            @for (position, line) in placed.lines.iter().enumerate() {
                text.stour-chart__input x="0" y=(c(placed.top + size * (1.1 + length(position) * 1.25))) fill=(INK) stroke="#ffffff"
                    stroke-width="5" paint-order="stroke" { (line) }
            }
            @if let Some(low) = low { (Self::bar(base, low, placed.bar, half, LOW, LOW)) }
            @if let Some(high) = high { (Self::bar(base, high, placed.bar + self.bar - half, half, "#ffffff", HIGH)) }
            path d={ "M" (c(base)) " " (c(placed.bar - 2.0)) "v" (c(self.bar + 4.0)) } stroke=(INK) stroke-width="2" {}
            @for (x, y, anchor, written) in ends {
                text.stour-chart__end x=(c(x)) y=(c(y)) text-anchor=(anchor) fill=(INK) stroke="#ffffff" stroke-width="5"
                    paint-order="stroke" { (written) }
            }
        }
    }

    fn bar(base: f64, end: f64, top: f64, height: f64, fill: &str, edge: &str) -> Markup {
        let (from, to) = (base.min(end), base.max(end));
        // The edge is drawn half inside and half outside.
        let d = format!(
            "M{} {}H{}v{}H{}z",
            c(from),
            c(top + 1.0),
            c(to),
            c(height - 2.0),
            c(from)
        );
        html! { path.stour-chart__bar d=(d) fill=(fill) stroke=(edge) stroke-width="2" {} }
    }
}

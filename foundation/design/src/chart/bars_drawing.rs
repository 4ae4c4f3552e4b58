//! The drawing of a chart of bars in a place of one size.

use std::fmt::Write as _;

use maud::{Markup, html};

use super::bars::{Bar, BarChart};
use super::coordinate::{coordinate as c, length};
use super::scale::Scale;
use super::text;

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

/// A part of a glyph's height: how wide an average one is in the widest font that stands in for Arial.
const GLYPH: f64 = 0.62;
/// The most of the width that labels beside the bars take.
const LABELS: f64 = 0.42;

/// How far labels above bars stand from the line at nought, which the bars begin at.
const INDENT: f64 = 0.4;
/// From one line of a label to the next.
const LINE: f64 = 1.2;

const INK: &str = "#212b32";
const QUIET: &str = "#4c6272";

pub(crate) struct Drawing<'a> {
    chart: &'a BarChart,
    place: &'a Place,
    scale: Scale,
    left: f64,
    right: f64,
    row: f64,
    bar: f64,
    /// The height of a label above its bar.
    label: f64,
    above: bool,
}

impl<'a> Drawing<'a> {
    pub(crate) fn new(chart: &'a BarChart, place: &'a Place) -> Self {
        // Capitals are wider than an average glyph of any font.
        let width = |text: &String| {
            let average = length(text.chars().count()) * place.text * GLYPH;
            average.max(text::width(text, place.text))
        };
        let widest =
            |texts: &mut dyn Iterator<Item = &String>| texts.map(width).fold(0.0, f64::max);
        let beside = widest(&mut chart.bars.iter().map(|bar| &bar.label)) + place.text * 0.8;
        let above = place.above || beside > place.width * LABELS;
        // Room for the half of a number of four signs that stands under an end of the scale; a longer one
        // is left out there.
        let half = place.text * GLYPH * 2.0;
        let left = if above { half } else { beside.max(half) };
        let room = widest(&mut chart.bars.iter().map(|bar| &bar.written)) + place.text;
        let right = (place.width - room.max(half)).max(left + place.width * 0.25);
        let values = chart.bars.iter().flat_map(|bar| {
            let (low, high) = bar.interval().unzip();
            [Some(bar.from()), bar.to(), low, high, bar.mark()]
        });
        let scale = Scale::holding(values.flatten().chain([0.0]), right, left);
        let bar = place.text * 0.9;
        let lines = |bar: &Bar| {
            text::lines(
                &bar.label,
                place.text,
                place.width - left - place.text * INDENT,
            )
            .len()
        };
        let lines = chart.bars.iter().map(lines).max().unwrap_or(1).max(1);
        let label = if above {
            place.text * (1.3 + LINE * length(lines.saturating_sub(1)))
        } else {
            0.0
        };
        let row = bar + label + place.text * if above { 0.6 } else { 0.7 };
        Self {
            chart,
            place,
            scale,
            left,
            right,
            row,
            bar,
            label,
            above,
        }
    }

    fn height(&self) -> f64 {
        self.bottom() + self.place.text * 1.8
    }

    fn bottom(&self) -> f64 {
        self.place.text * 0.5 + length(self.chart.bars.len()) * self.row
    }

    pub(crate) fn svg(&self) -> Markup {
        let chart = self.chart;
        let description = format!("{}-description-{}", chart.id, self.place.name);
        html! {
            svg viewBox={ "0 0 " (c(self.place.width)) " " (c(self.height())) } role="img" focusable="false"
                aria-labelledby={ (chart.id) "-title " (chart.id) "-subtitle" } aria-describedby=(description)
                font-size=(c(self.place.text)) fill=(QUIET) {
                desc id=(description) { (chart.description) }
                (self.axis())
                @if chart.connected { (self.connectors()) }
                (self.zero(false))
                @for (position, bar) in chart.bars.iter().enumerate() { (self.label(position, bar)) }
                @for (position, bar) in chart.bars.iter().enumerate() { (self.bar(position, bar)) }
                (self.zero(true))
            }
        }
    }

    /// The line at nought beside the bars or between them: over the bars, but under their labels.
    fn zero(&self, beside: bool) -> Markup {
        let x = c(self.scale.y(0.0));
        let mut path = String::new();
        let mut piece = |from: f64, to: f64| {
            let result = write!(path, "M{x} {}V{}", c(from), c(to));
            debug_assert!(result.is_ok(), "writing to a string does not fail");
        };
        let mut reached = self.place.text * 0.3;
        for top in (0..self.chart.bars.len()).map(|position| self.top(position)) {
            let end = top + self.bar;
            if beside {
                piece(top, end);
            } else {
                piece(reached, top);
            }
            reached = end;
        }
        if !beside {
            piece(reached, self.bottom());
        }
        html! { path d=(path) stroke=(INK) stroke-width="1.5" {} }
    }

    fn axis(&self) -> Markup {
        let place = (self.place.width, self.place.text);
        let most = if self.place.above { 3.0 } else { 5.0 };
        let ticks = self.chart.unit.ticks_across(&self.scale, place, most);
        html! {
            g text-anchor="middle" {
                @for (tick, written) in ticks {
                    @let x = self.scale.y(tick);
                    path d={ "M" (c(x)) " " (c(self.place.text * 0.3)) "V" (c(self.bottom())) } stroke="#d8dde0" {}
                    text x=(c(x)) y=(c(self.bottom() + self.place.text * 1.2)) { (written) }
                }
            }
        }
    }

    /// Where the bar at a position begins, from the top.
    fn top(&self, position: usize) -> f64 {
        self.place.text * 0.5 + length(position) * self.row + self.label
    }

    /// From where each bar ends down to the next one.
    fn connectors(&self) -> Markup {
        let bars = self.chart.bars.iter().enumerate();
        let followed = bars.take(self.chart.bars.len().saturating_sub(1));
        let mut path = String::new();
        for (position, bar) in followed {
            let Some(to) = bar.to() else { continue };
            let top = self.top(position);
            let (x, from, to) = (self.scale.y(to), top + self.bar, top + self.row);
            let result = write!(path, "M{} {}V{}", c(x), c(from), c(to));
            debug_assert!(result.is_ok(), "writing to a string does not fail");
        }
        html! { path.stour-chart__connectors d=(path) stroke=(QUIET) stroke-dasharray="2 2" fill="none" {} }
    }

    fn bar(&self, position: usize, bar: &Bar) -> Markup {
        let top = self.top(position);
        let (middle, base) = (top + self.bar / 2.0, top + self.bar * 0.85);
        let from = self.scale.y(bar.from());
        let to = self.scale.y(bar.to().unwrap_or(bar.from()));
        let (start, end) = (from.min(to), from.max(to));
        let ends = [
            Some(end),
            bar.interval().map(|(_, high)| self.scale.y(high)),
        ];
        let marked = bar
            .mark()
            .map(|mark| self.scale.y(mark) + self.place.text * 0.4);
        let after = ends.into_iter().flatten().chain(marked);
        let after = after.fold(self.left, f64::max);
        let (fill, edge) = if bar.kind.is_outlined() {
            ("#ffffff", Some(bar.kind.colour()))
        } else {
            (bar.kind.colour(), None)
        };
        html! {
            @if bar.to().is_some() {
                path d={ "M" (c(start)) " " (c(top)) "H" (c(end.max(start + 1.0))) "v" (c(self.bar)) "H" (c(start)) "z" } fill=(fill) stroke=[edge] stroke-width=[edge.map(|_| "2")] {}
            }
            @if let Some((low, high)) = bar.interval() { (self.interval(self.scale.y(low), self.scale.y(high), middle)) }
            @if let Some(mark) = bar.mark() { (self.mark(self.scale.y(mark), middle)) }
            text x=(c(after.min(self.right) + self.place.text * 0.4)) y=(c(base)) fill=(INK) { (bar.written) }
        }
    }

    /// The label of a bar, above it on a white ground.
    fn label(&self, position: usize, bar: &Bar) -> Markup {
        let (top, size) = (self.top(position), self.place.text);
        html! {
            @if self.above {
                @for (line, y) in self.above(&bar.label, top) {
                    text x=(c(self.left + size * INDENT)) y=(c(y)) fill=(INK) stroke="#ffffff" stroke-width="5" paint-order="stroke" { (line) }
                }
            } @else {
                text x=(c(self.left - size * 0.5)) y=(c(top + self.bar * 0.85)) text-anchor="end" fill=(INK) { (bar.label) }
            }
        }
    }

    /// The lines of a label above a bar, and their heights.
    fn above(&self, label: &str, top: f64) -> Vec<(String, f64)> {
        let size = self.place.text;
        let room = self.place.width - self.left - size * INDENT;
        let lines = text::lines(label, size, room);
        let above = lines.len().saturating_sub(1);
        let height =
            |position: usize| top - size * (0.3 + LINE * length(above.saturating_sub(position)));
        let lines = lines.into_iter().enumerate();
        lines
            .map(|(position, line)| (line, height(position)))
            .collect()
    }

    /// Dark on white and white-edged on the bar, so that it is seen on both.
    fn interval(&self, low: f64, high: f64, middle: f64) -> Markup {
        let cap = self.bar * 0.3;
        let path = format!(
            "M{low} {middle}H{high}M{low} {top}V{bottom}M{high} {top}V{bottom}",
            low = c(low),
            high = c(high),
            middle = c(middle),
            top = c(middle - cap),
            bottom = c(middle + cap),
        );
        html! {
            path d=(path) stroke="#ffffff" stroke-width="4" fill="none" {}
            path d=(path) stroke=(INK) stroke-width="1.5" fill="none" {}
        }
    }

    fn mark(&self, x: f64, middle: f64) -> Markup {
        let reach = self.bar * 0.4;
        let r = c(reach);
        let path = format!("M{} {}l{r} {r}l-{r} {r}l-{r}-{r}z", c(x), c(middle - reach));
        html! { path d=(path) fill="#ffffff" stroke=(INK) stroke-width="2" {} }
    }
}

//! The drawing of a chart of bars in a place of one size.

use maud::{Markup, html};

use super::bars::{Bar, BarChart};
use super::coordinate::{coordinate as c, length};
use super::scale::Scale;

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
    above: bool,
}

impl<'a> Drawing<'a> {
    pub(crate) fn new(chart: &'a BarChart, place: &'a Place) -> Self {
        let widest = |texts: &mut dyn Iterator<Item = &String>| {
            texts
                .map(|text| length(text.chars().count()) * place.text * GLYPH)
                .fold(0.0, f64::max)
        };
        let beside = widest(&mut chart.bars.iter().map(|bar| &bar.label)) + place.text * 0.8;
        let above = place.above || beside > place.width * LABELS;
        // Room for the half of a number of four signs that stands under an end of the scale.
        let half = place.text * GLYPH * 2.0;
        let left = if above { half } else { beside.max(half) };
        let room = widest(&mut chart.bars.iter().map(|bar| &bar.written)) + place.text;
        let right = (place.width - room.max(half)).max(left + place.width * 0.25);
        let values = chart.bars.iter().flat_map(|bar| {
            let (low, high) = bar.interval.unzip();
            [Some(bar.from), bar.to, low, high, bar.mark]
        });
        let scale = Scale::holding(values.flatten().chain([0.0]), right, left);
        let bar = place.text * 0.9;
        let row = bar + place.text * if above { 1.9 } else { 0.7 };
        Self {
            chart,
            place,
            scale,
            left,
            right,
            row,
            bar,
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
                @for (position, bar) in chart.bars.iter().enumerate() { (self.bar(position, bar)) }
                path d={ "M" (c(self.scale.y(0.0))) " " (c(self.place.text * 0.3)) "V" (c(self.bottom())) } stroke=(INK) stroke-width="1.5" {}
            }
        }
    }

    fn axis(&self) -> Markup {
        let wanted = if self.place.above { 3.0 } else { 5.0 };
        let (ticks, decimals) = self.scale.ticks(wanted);
        html! {
            g text-anchor="middle" {
                @for tick in ticks {
                    @let x = self.scale.y(tick);
                    path d={ "M" (c(x)) " " (c(self.place.text * 0.3)) "V" (c(self.bottom())) } stroke="#d8dde0" {}
                    text x=(c(x)) y=(c(self.bottom() + self.place.text * 1.2)) { (self.chart.unit.write(tick, decimals)) }
                }
            }
        }
    }

    fn bar(&self, position: usize, bar: &Bar) -> Markup {
        let top = self.place.text * 0.5 + length(position) * self.row;
        let top = if self.above {
            top + self.place.text * 1.3
        } else {
            top
        };
        let (middle, base) = (top + self.bar / 2.0, top + self.bar * 0.85);
        let from = self.scale.y(bar.from);
        let to = self.scale.y(bar.to.unwrap_or(bar.from));
        let (start, end) = (from.min(to), from.max(to));
        let ends = [Some(end), bar.interval.map(|(_, high)| self.scale.y(high))];
        let marked = bar
            .mark
            .map(|mark| self.scale.y(mark) + self.place.text * 0.4);
        let after = ends.into_iter().flatten().chain(marked);
        let after = after.fold(self.left, f64::max);
        html! {
            @if self.above {
                text x=(c(self.left)) y=(c(top - self.place.text * 0.3)) fill=(INK) { (bar.label) }
            } @else {
                text x=(c(self.left - self.place.text * 0.5)) y=(c(base)) text-anchor="end" fill=(INK) { (bar.label) }
            }
            @if bar.to.is_some() {
                path d={ "M" (c(start)) " " (c(top)) "H" (c(end.max(start + 1.0))) "v" (c(self.bar)) "H" (c(start)) "z" } fill=(bar.kind.colour()) {}
            }
            @if let Some((low, high)) = bar.interval { (self.interval(self.scale.y(low), self.scale.y(high), middle)) }
            @if let Some(mark) = bar.mark { (self.mark(self.scale.y(mark), middle)) }
            text x=(c(after.min(self.right) + self.place.text * 0.4)) y=(c(base)) fill=(INK) { (bar.written) }
        }
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

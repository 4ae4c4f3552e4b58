//! The drawing of lines and bands in a place of one size.

use std::fmt::Write as _;

use maud::{Markup, html};

use super::coordinate::{coordinate as c, length};
use super::end_label::{EndLabel, place};
use super::lines::{Band, Line, LinesChart};
use super::marker::Style;
use super::scale::Scale;
use super::text;

/// A size to draw in, in units of its own.
pub(crate) struct Place {
    name: &'static str,
    width: f64,
    height: f64,
    text: f64,
    mark: f64,
    /// The edges of bands are labelled where they end.
    edges: bool,
    /// The most of the width that labels where lines end take.
    labels: f64,
    /// About how many ticks of values there are.
    ticks: f64,
}

/// As wide as a column of text.
pub(crate) const WIDE: Place = Place {
    name: "wide",
    width: 800.0,
    height: 400.0,
    text: 16.0,
    mark: 4.5,
    edges: true,
    labels: 0.34,
    ticks: 8.0,
};

/// As wide as a telephone.
pub(crate) const NARROW: Place = Place {
    name: "narrow",
    width: 345.0,
    height: 300.0,
    text: 13.0,
    mark: 4.0,
    edges: false,
    labels: 0.3,
    ticks: 6.0,
};

/// The least of the width for the lines: with less, nothing is written where they end.
const PLOT: f64 = 0.3;
/// Marks stand at least this many of their sizes apart.
const APART: f64 = 5.0;

pub(crate) const BAND_FILL: &str = "#005eb8";
pub(crate) const BAND_EDGE: &str = "#4176ad";
const INK: &str = "#212b32";
const QUIET: &str = "#4c6272";
const LEADER: &str = "#768188";

pub(crate) struct Drawing<'a> {
    chart: &'a LinesChart,
    place: &'a Place,
    scale: Scale,
    ticks: Vec<(f64, String)>,
    labels: Vec<EndLabel>,
    named: bool,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl<'a> Drawing<'a> {
    pub(crate) fn new(chart: &'a LinesChart, place: &'a Place) -> Self {
        let positions = 0..chart.periods.len();
        let mut values: Vec<f64> = chart.from_zero.then_some(0.0).into_iter().collect();
        for position in positions {
            values.extend(chart.lines.iter().filter_map(|line| line.at(position)));
            let edges = chart.bands.iter().filter_map(|band| band.at(position));
            values.extend(edges.flat_map(|(low, high)| [low, high]));
        }
        let top = place.text * 0.7;
        let bottom = place.height - place.text * 2.2;
        let scale = Scale::roomy(&values, chart.unit.least_span(), top, bottom);
        let ticks = chart.unit.ticks(&scale, place.ticks);
        let room = |texts: &[EndLabel]| {
            let widths = texts
                .iter()
                .map(|label| text::bold_width(&label.text, place.text));
            widths.fold(0.0, f64::max)
        };
        let mut labels = Self::labels(chart, place, scale, true);
        let mut named = room(&labels) <= place.width * place.labels;
        if !named {
            labels = Self::labels(chart, place, scale, false);
        }
        let left = text::widest(ticks.iter().map(|(_, said)| said.as_str()), place.text);
        let left = left + place.text * 0.6;
        let gutter = place.text * 0.9;
        if place.width - left - room(&labels) - gutter < place.width * PLOT {
            labels.clear();
            named = false;
        }
        Self {
            left,
            right: place.width - room(&labels) - gutter,
            chart,
            place,
            scale,
            ticks,
            labels,
            named,
            top,
            bottom,
        }
    }

    /// Whether the name of each line stands where the line ends.
    pub(crate) fn names_lines(&self) -> bool {
        self.named
    }

    fn labels(chart: &LinesChart, place: &Place, scale: Scale, named: bool) -> Vec<EndLabel> {
        let last = chart.periods.len().saturating_sub(1);
        let mut labels = Vec::new();
        let mut add = |name: &str, value: f64, colour, is_last: bool| {
            let written = chart.unit.value(value);
            let text = match (named, is_last) {
                (true, true) => format!("{name} {written}"),
                (true, false) => name.to_owned(),
                (false, true) => written,
                (false, false) => return,
            };
            labels.push(EndLabel::new(text, scale.y(value), colour));
        };
        for (position, line) in chart.lines.iter().enumerate() {
            let known = (0..=last).rev().find_map(|at| Some((at, line.at(at)?)));
            if let Some((at, value)) = known {
                add(&line.name, value, Style::at(position).colour, at == last);
            }
        }
        if place.edges && named {
            for (low, high, band) in chart
                .bands
                .iter()
                .filter_map(|band| band.at(last).map(|(low, high)| (low, high, band)))
            {
                add(&band.low_name, low, QUIET, true);
                add(&band.high_name, high, QUIET, true);
            }
        }
        for label in &mut labels {
            label.bold = label.colour != QUIET;
        }
        if named && !chart.zero_word.is_empty() {
            labels.push(EndLabel::new(chart.zero_word.clone(), scale.y(0.0), INK));
        }
        labels
    }

    pub(crate) fn svg(&self) -> Markup {
        let chart = self.chart;
        let description = format!("{}-description-{}", chart.id, self.place.name);
        html! {
            svg viewBox={ "0 0 " (c(self.place.width)) " " (c(self.place.height)) } role="img" focusable="false"
                aria-labelledby={ (chart.id) "-title " (chart.id) "-subtitle" } aria-describedby=(description)
                font-size=(c(self.place.text)) fill=(QUIET) {
                desc id=(description) { (chart.description) }
                (self.value_axis())
                @for (position, band) in chart.bands.iter().enumerate() { (self.band(position, band)) }
                @if self.chart.from_zero {
                    path.stour-chart__zero d={ "M" (c(self.left)) " " (c(self.scale.y(0.0))) "H" (c(self.right)) } stroke=(INK) stroke-width="1.5" {}
                }
                // The first line is what the chart is about, so it lies on top.
                @for (position, line) in chart.lines.iter().enumerate().rev() { (self.line(position, line)) }
                (self.period_axis())
                (self.end_labels())
            }
        }
    }

    fn spacing(&self) -> f64 {
        let inset = self.place.text;
        let gaps = length(self.chart.periods.len().saturating_sub(1)).max(1.0);
        (self.right - self.left - inset * 2.0) / gaps
    }

    /// Where a period is drawn: in the middle if it is the only one.
    fn x(&self, position: usize) -> f64 {
        if self.chart.periods.len() < 2 {
            return f64::midpoint(self.left, self.right);
        }
        self.left + self.place.text + length(position) * self.spacing()
    }

    fn value_axis(&self) -> Markup {
        html! {
            g text-anchor="end" {
                @for (tick, written) in &self.ticks {
                    @let y = self.scale.y(*tick);
                    @let zero = (*tick == 0.0).then_some(("bold", INK)).unzip();
                    path d={ "M" (c(self.left)) " " (c(y)) "H" (c(self.right)) } stroke="#d8dde0" {}
                    text x=(c(self.left - self.place.text * 0.5)) y=(c(y + self.place.text * 0.35)) font-weight=[zero.0] fill=[zero.1] {
                        (written)
                    }
                }
            }
        }
    }

    /// Where a label of a period is centred: inside the drawing, if need be beside its place.
    fn label_x(&self, position: usize, label: &str) -> f64 {
        let half = text::width(label, self.place.text) / 2.0;
        self.x(position).min(self.place.width - half).max(half)
    }

    /// Every so many periods, so that their labels stand apart; the last one too where it has room.
    fn labelled(&self) -> Vec<(usize, &str)> {
        let periods = &self.chart.periods;
        let every = |step: usize| {
            let labels = periods.iter().map(String::as_str).enumerate();
            labels.step_by(step).collect::<Vec<_>>()
        };
        let apart = |pair: &[(usize, &str)]| match pair {
            [(one, before), (other, after)] => {
                let halves =
                    text::width(before, self.place.text) + text::width(after, self.place.text);
                self.label_x(*other, after) - self.label_x(*one, before)
                    >= halves / 2.0 + self.place.text * 0.6
            }
            _ => true,
        };
        let steps = [1, 2, 5, 10, 20, 25, 50, usize::MAX].into_iter();
        let mut shown = steps
            .map(every)
            .find(|labels| labels.windows(2).all(apart))
            .unwrap_or_default();
        if let (Some(before), Some(period)) = (shown.last(), periods.last()) {
            let last = (periods.len().saturating_sub(1), period.as_str());
            if last.0 != before.0 && apart(&[*before, last]) {
                shown.push(last);
            }
        }
        shown
    }

    fn period_axis(&self) -> Markup {
        html! {
            g text-anchor="middle" {
                @for (position, label) in self.labelled() {
                    path d={ "M" (c(self.x(position))) " " (c(self.bottom)) "v5" } stroke=(QUIET) {}
                    text x=(c(self.label_x(position, label))) y=(c(self.bottom + self.place.text * 1.55)) { (label) }
                }
            }
        }
    }

    /// Neighbouring periods in which a band has edges, as places: across, of the lower edge, of the upper edge.
    fn stretches(&self, band: &Band) -> Vec<Vec<(f64, f64, f64)>> {
        let mut stretches = vec![Vec::new()];
        for position in 0..self.chart.periods.len() {
            match (band.at(position), stretches.last_mut()) {
                (Some((low, high)), Some(stretch)) => {
                    stretch.push((self.x(position), self.scale.y(low), self.scale.y(high)));
                }
                _ => stretches.push(Vec::new()),
            }
        }
        stretches.retain(|stretch| !stretch.is_empty());
        stretches
    }

    /// A band, each narrower one darker and with another edge. A period alone is a bar.
    fn band(&self, position: usize, band: &Band) -> Markup {
        let (mut surface, mut edges) = (String::new(), String::new());
        for stretch in self.stretches(band) {
            let stretch = match stretch.as_slice() {
                [(x, low, high)] => {
                    let narrower = 1.0 / (1.0 + length(position));
                    let half = (self.spacing() * 0.3).min(self.place.text) * narrower;
                    vec![(x - half, *low, *high), (x + half, *low, *high)]
                }
                _ => stretch,
            };
            let upper = corners(stretch.iter().map(|(x, _, high)| (*x, *high)));
            let lower = corners(stretch.iter().map(|(x, low, _)| (*x, *low)));
            let back = corners(stretch.iter().rev().map(|(x, low, _)| (*x, *low)));
            let result = write!(surface, "M{upper}L{back}z");
            debug_assert!(result.is_ok(), "writing to a string does not fail");
            let result = write!(edges, "M{upper}M{lower}");
            debug_assert!(result.is_ok(), "writing to a string does not fail");
        }
        let dash = (position > 0).then_some("2 3");
        html! {
            path.stour-chart__band d=(surface) fill=(BAND_FILL) fill-opacity=".16" {}
            path d=(edges) stroke=(BAND_EDGE) stroke-width="1.5" stroke-dasharray=[dash] stroke-linejoin="round" fill="none" {}
        }
    }

    fn line(&self, position: usize, line: &Line) -> Markup {
        let style = Style::at(position);
        let count = self.chart.periods.len();
        let known = |at: usize| line.at(at).map(|value| (self.x(at), self.scale.y(value)));
        let every = (1..=count)
            .find(|every| length(*every) * self.spacing() >= self.place.mark * APART)
            .unwrap_or(1);
        let (mut path, mut marks) = (String::new(), String::new());
        let mut broken = true;
        for at in 0..count {
            let Some((x, y)) = known(at) else {
                broken = true;
                continue;
            };
            let result = write!(path, "{}{} {}", if broken { "M" } else { "L" }, c(x), c(y));
            debug_assert!(result.is_ok(), "writing to a string does not fail");
            let alone = broken && at.checked_add(1).and_then(known).is_none();
            // Marks are counted from the last period, where the label stands.
            let marked = count.saturating_sub(1).saturating_sub(at) % every == 0;
            if alone || marked {
                style.trace(&mut marks, x, y, self.place.mark);
            }
            broken = false;
        }
        let dash = (!style.dash.is_empty()).then_some(style.dash);
        html! {
            path.stour-chart__line d=(path) fill="none" stroke=(style.colour) stroke-width="2.5" stroke-dasharray=[dash] stroke-linejoin="round" {}
            path d=(marks) fill=(style.colour) stroke="#ffffff" {}
        }
    }

    fn end_labels(&self) -> Markup {
        let mut labels = self.labels.clone();
        let most = length(labels.len().saturating_sub(1)).max(1.0);
        let apart = (self.place.text * 1.2).min((self.bottom - self.top) / most);
        place(&mut labels, apart, self.top, self.bottom);
        let x = self.right + self.place.text * 0.7;
        html! {
            @for label in labels {
                @if (label.y - label.line).abs() > 2.0 {
                    path d={ "M" (c(self.right + 1.0)) " " (c(label.line)) "L" (c(x - 3.0)) " " (c(label.y)) } stroke=(LEADER) fill="none" {}
                }
                text x=(c(x)) y=(c(label.y + self.place.text * 0.35)) fill=(label.colour)
                    font-weight=[label.bold.then_some("bold")] { (label.text) }
            }
        }
    }
}

/// Corners of a path, after its first command.
fn corners(places: impl Iterator<Item = (f64, f64)>) -> String {
    let places: Vec<String> = places.map(|(x, y)| format!("{} {}", c(x), c(y))).collect();
    places.join("L")
}

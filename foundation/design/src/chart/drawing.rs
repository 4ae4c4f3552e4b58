//! The drawing of an XmR chart in a place of one size.

use std::fmt::Write as _;

use maud::{Markup, html};

use super::calendar;
use super::coordinate::{coordinate as c, length};
use super::day::CivilDay;
use super::end_label::{EndLabel, place};
use super::point::PointKind;
use super::scale::Scale;
use super::xmr::{Limits, XmrChart, XmrPoint};

/// A size to draw in, in units of its own: text keeps its size against the drawing, so a narrow place has a drawing of
/// its own instead of a small one.
pub(crate) struct Place {
    name: &'static str,
    width: f64,
    height: f64,
    text: f64,
    largest_mark: f64,
    smallest_mark: f64,
    long_labels: bool,
    titles: bool,
}

/// As wide as a column of text.
pub(crate) const WIDE: Place = Place {
    name: "wide",
    width: 800.0,
    height: 380.0,
    text: 16.0,
    largest_mark: 5.0,
    smallest_mark: 1.4,
    long_labels: true,
    titles: true,
};

/// As wide as a telephone.
pub(crate) const NARROW: Place = Place {
    name: "narrow",
    width: 345.0,
    height: 300.0,
    text: 13.0,
    largest_mark: 4.5,
    smallest_mark: 0.9,
    long_labels: false,
    titles: false,
};

/// A part of a glyph's height: how wide an average one is in Arial.
const GLYPH: f64 = 0.56;
/// With more points than this, no pointer can find one: the table has what a title would say.
const MOST_TITLES: usize = 400;

const INK: &str = "#212b32";
const LIMIT: &str = "#4c6272";
const LINE: &str = "#768188";
const TARGET: &str = "#b10e1e";

pub(crate) struct Drawing<'a> {
    chart: &'a XmrChart,
    place: &'a Place,
    scale: Scale,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    first_day: i32,
    last_day: i32,
    radius: f64,
}

/// Neighbouring points that share limits, from one position to another.
struct Stretch {
    limits: Limits,
    from: f64,
    to: f64,
}

impl<'a> Drawing<'a> {
    pub(crate) fn new(chart: &'a XmrChart, place: &'a Place) -> Self {
        let limits = chart.points.iter().filter_map(|point| point.limits);
        let values = chart.points.iter().filter_map(|point| point.value);
        let all = values
            .chain(limits.flat_map(|limits| [limits.lower, limits.mean, limits.upper]))
            .chain(chart.targets.iter().map(|aim| aim.value));
        let top = if chart.changes.is_empty() {
            place.text * 0.7
        } else {
            place.text * 1.7
        };
        let bottom = place.height - place.text * 2.2;
        let scale = Scale::holding(all, top, bottom);
        let first_day = chart.points.first().map_or(0, |point| point.day.number());
        let last_day = chart
            .points
            .last()
            .map_or(0, |point| point.day.number())
            .max(first_day);
        let mut drawing = Self {
            chart,
            place,
            scale,
            left: 0.0,
            right: place.width,
            top,
            bottom,
            first_day,
            last_day,
            radius: 0.0,
        };
        let widest = |texts: &mut dyn Iterator<Item = String>| {
            texts
                .map(|text| drawing.text_width(&text))
                .fold(0.0, f64::max)
        };
        let ticks = chart.unit.ticks(&scale, 5.0);
        let left = widest(&mut ticks.into_iter().map(|(_, written)| written)) + place.text * 0.6;
        let right = place.width
            - widest(&mut drawing.labels().into_iter().map(|label| label.text))
            - place.text * 0.9;
        drawing.left = left.max(place.text);
        drawing.right = right.max(place.width / 2.0);
        let spacing = (drawing.right - drawing.left) / length(chart.points.len()).max(1.0);
        drawing.radius = (spacing * 0.42).clamp(place.smallest_mark, place.largest_mark);
        drawing
    }

    pub(crate) fn svg(&self) -> Markup {
        let chart = self.chart;
        let description = format!("{}-description-{}", chart.id, self.place.name);
        // What is in an image is no link to those who hear it.
        let is_linked = chart.points.iter().any(|point| point.href.is_some());
        let role = if is_linked { "group" } else { "img" };
        html! {
            svg viewBox={ "0 0 " (c(self.place.width)) " " (c(self.place.height)) } role=(role) focusable="false"
                aria-labelledby={ (chart.id) "-title " (chart.id) "-subtitle" } aria-describedby=(description)
                font-size=(c(self.place.text)) fill=(LIMIT) {
                desc id=(description) { (chart.description) }
                (self.value_axis())
                (self.expected())
                (self.changes())
                @if self.is_crowded() {
                    (self.line())
                    (self.marks())
                    (self.mean())
                } @else {
                    (self.mean())
                    (self.line())
                    (self.marks())
                }
                (self.time_axis())
                (self.end_labels())
            }
        }
    }

    /// The line of a crowded series is a surface, which would cover the mean.
    fn is_crowded(&self) -> bool {
        self.radius < 2.0
    }

    fn text_width(&self, text: &str) -> f64 {
        // A per cent sign is wider than a digit.
        let wide = length(text.matches('%').count()) * 0.7;
        (length(text.chars().count()) + wide) * self.place.text * GLYPH
    }

    /// Where a day is drawn: the first and the last half a mark inside the plot.
    fn x(&self, day: i32) -> f64 {
        let inset = self.place.largest_mark + 2.0;
        let part =
            f64::from(day - self.first_day) / f64::from(self.last_day - self.first_day).max(1.0);
        self.left + inset + part * (self.right - self.left - inset * 2.0)
    }

    fn at(&self, point: &XmrPoint) -> f64 {
        self.x(point.day.number())
    }

    fn value_axis(&self) -> Markup {
        html! {
            g text-anchor="end" {
                @for (tick, written) in self.chart.unit.ticks(&self.scale, 5.0) {
                    @let y = self.scale.y(tick);
                    path d={ "M" (c(self.left)) " " (c(y)) "H" (c(self.right)) } stroke="#d8dde0" {}
                    text x=(c(self.left - self.place.text * 0.5)) y=(c(y + self.place.text * 0.35)) {
                        (written)
                    }
                }
            }
        }
    }

    fn time_axis(&self) -> Markup {
        let ticks = calendar::ticks(
            self.first_day,
            self.last_day,
            |day| self.x(day),
            |label| self.text_width(label) + self.place.text * 0.6,
        );
        html! {
            g text-anchor="middle" {
                @for tick in ticks {
                    @let x = self.x(tick.day);
                    path d={ "M" (c(x)) " " (c(self.bottom)) "v5" } stroke=(LIMIT) {}
                    text x=(c(x.max(self.text_width(&tick.label) / 2.0))) y=(c(self.bottom + self.place.text * 1.55)) {
                        (tick.label)
                    }
                }
            }
        }
    }

    fn stretches(&self) -> Vec<Stretch> {
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut before: Option<(Option<Limits>, f64)> = None;
        for point in &self.chart.points {
            let x = self.at(point);
            let begins = before.is_none_or(|(limits, _)| limits != point.limits);
            if begins {
                let edge = before.map_or(self.left, |(_, before)| f64::midpoint(before, x));
                if let (Some(last), Some((Some(_), _))) = (stretches.last_mut(), before) {
                    last.to = edge;
                }
                if let Some(limits) = point.limits {
                    stretches.push(Stretch {
                        limits,
                        from: edge,
                        to: self.right,
                    });
                }
            }
            before = Some((point.limits, x));
        }
        stretches
    }

    /// The band, the limits and the target.
    fn expected(&self) -> Markup {
        let y = |value| c(self.scale.y(value));
        html! {
            @for stretch in self.stretches() {
                @let across = format!("H{}", c(stretch.to));
                @let from = c(stretch.from);
                @let Limits { lower, upper, .. } = stretch.limits;
                path d={ "M" (from) " " (y(upper)) (across) "V" (y(lower)) "H" (from) "z" } fill="#003087" fill-opacity=".06" {}
                path d={ "M" (from) " " (y(upper)) (across) "M" (from) " " (y(lower)) (across) }
                    stroke="#6f777b" stroke-width="1.5" stroke-dasharray="7 5" {}
            }
            @for (place, aim) in self.chart.targets.iter().enumerate() {
                @let across = |day: CivilDay| self.x(day.number()).clamp(self.left, self.right);
                @let until = self.chart.targets.get(place + 1).map_or(self.right, |next| across(next.from));
                path d={ "M" (c(across(aim.from))) " " (y(aim.value)) "H" (c(until)) } stroke=(TARGET) stroke-width="2.5"
                    stroke-linecap="round" stroke-dasharray="0.1 6" {}
            }
        }
    }

    fn mean(&self) -> Markup {
        html! {
            @for stretch in self.stretches() {
                path d={ "M" (c(stretch.from)) " " (c(self.scale.y(stretch.limits.mean))) "H" (c(stretch.to)) }
                    stroke="#000" stroke-width="1.5" {}
            }
        }
    }

    fn changes(&self) -> Markup {
        html! {
            @for (change, letter) in self.chart.changes.iter().zip('A'..='Z') {
                @let x = c(self.x(change.day.number()).clamp(self.left, self.right));
                path d={ "M" (x) " " (c(self.top)) "V" (c(self.bottom)) } stroke=(INK) stroke-dasharray="2 3" {}
                text x=(x) y=(c(self.top - self.place.text * 0.4)) text-anchor="middle" font-weight="bold" fill=(INK) { (letter) }
            }
        }
    }

    /// The line through the values, broken where one is missing.
    fn line(&self) -> Markup {
        let mut path = String::new();
        let mut broken = true;
        for point in &self.chart.points {
            match point.value {
                Some(value) => {
                    let (x, y) = (c(self.at(point)), c(self.scale.y(value)));
                    let result = write!(path, "{}{x} {y}", if broken { "M" } else { "L" });
                    debug_assert!(result.is_ok(), "writing to a string does not fail");
                    broken = false;
                }
                None => broken = true,
            }
        }
        let width = if self.is_crowded() { "1" } else { "2" };
        html! { path.stour-chart__line d=(path) fill="none" stroke=(LINE) stroke-width=(width) stroke-linejoin="round" {} }
    }

    fn marks(&self) -> Markup {
        let titled = self.place.titles && self.chart.points.len() <= MOST_TITLES;
        let of_kind = |kind: PointKind| {
            self.chart
                .points
                .iter()
                .filter(move |point| point.kind == kind)
        };
        html! {
            @for kind in PointKind::ALL {
                @let marked = of_kind(kind).filter_map(|point| Some((point, point.value?))).collect::<Vec<_>>();
                @if marked.is_empty() {
                } @else if kind == PointKind::Common && self.is_crowded() {
                    (self.dots(&marked))
                } @else if titled && (kind.is_special() || marked.iter().any(|(point, _)| point.href.is_some())) {
                    g fill=(kind.colour(self.chart.palette)) {
                        @for (point, value) in marked { (self.mark(point, value)) }
                    }
                } @else {
                    path d=(self.shapes(&marked)) fill=(kind.colour(self.chart.palette)) {}
                }
            }
            (self.missing())
        }
    }

    /// One point, with its words for a pointer, and where it leads.
    fn mark(&self, point: &XmrPoint, value: f64) -> Markup {
        let said = self.title(point, value);
        let shape = html! { path d=(self.shapes(&[(point, value)])) { title { (said) } } };
        html! {
            @if let Some(href) = &point.href {
                a href=(href) tabindex="-1" aria-label=(said) { (shape) }
            } @else {
                (shape)
            }
        }
    }

    fn shapes(&self, points: &[(&XmrPoint, f64)]) -> String {
        let mut path = String::new();
        for (point, value) in points {
            let radius = if point.kind.is_special() {
                self.special_radius()
            } else {
                self.radius
            };
            point
                .kind
                .trace(&mut path, self.at(point), self.scale.y(*value), radius);
        }
        path
    }

    /// Among crowded points a special one must still be found, and its shape told.
    fn special_radius(&self) -> f64 {
        let part = if self.chart.points.len() <= 150 {
            0.6
        } else {
            0.42
        };
        self.radius.max(self.place.largest_mark * part)
    }

    /// Crowded common points, as round ends of lines without length: a third of the weight of circles.
    fn dots(&self, points: &[(&XmrPoint, f64)]) -> Markup {
        let mut path = String::new();
        for (point, value) in points {
            let result = write!(path, "M{} {}h0", c(self.at(point)), c(self.scale.y(*value)));
            debug_assert!(result.is_ok(), "writing to a string does not fail");
        }
        let colour = PointKind::Common.colour(self.chart.palette);
        html! { path d=(path) stroke=(colour) stroke-width=(c(self.radius * 2.0)) stroke-linecap="round" {} }
    }

    fn missing(&self) -> Markup {
        let reach = self.radius.max(2.0) * 0.8;
        let mut path = String::new();
        for point in self
            .chart
            .points
            .iter()
            .filter(|point| point.value.is_none())
        {
            let (x, y) = (
                c(self.at(point) - reach),
                c(self.bottom - reach * 2.0 - 3.0),
            );
            let side = c(reach * 2.0);
            let result = write!(path, "M{x} {y}l{side} {side}m0-{side}l-{side} {side}");
            debug_assert!(result.is_ok(), "writing to a string does not fail");
        }
        html! { @if !path.is_empty() { path d=(path) stroke=(LIMIT) stroke-width="1.5" fill="none" {} } }
    }

    fn title(&self, point: &XmrPoint, value: f64) -> String {
        let note = if point.note.is_empty() {
            String::new()
        } else {
            format!(": {}", point.note)
        };
        format!(
            "{}, {}, {}{note}",
            point.label,
            self.chart.unit.value(value),
            point.kind.word()
        )
    }

    fn labels(&self) -> Vec<EndLabel> {
        let unit = &self.chart.unit;
        let (upper, lower) = if self.place.long_labels {
            ("Upper limit", "Lower limit")
        } else {
            ("Upper", "Lower")
        };
        let mut labels = Vec::new();
        let mut add = |name: &str, written: String, value: f64, colour| {
            labels.push(EndLabel::new(
                format!("{name} {written}"),
                self.scale.y(value),
                colour,
            ));
        };
        if let Some(aim) = self.chart.targets.last() {
            add("Target", unit.value(aim.value), aim.value, TARGET);
        }
        if let Some(limits) = self.chart.points.last().and_then(|point| point.limits) {
            add(upper, unit.limit(limits.upper), limits.upper, LIMIT);
            add("Mean", unit.limit(limits.mean), limits.mean, INK);
            add(lower, unit.limit(limits.lower), limits.lower, LIMIT);
        }
        if let Some((_, value)) = self.chart.latest() {
            add("Latest", unit.value(value), value, INK);
        }
        if let Some(latest) = labels
            .last_mut()
            .filter(|label| label.text.starts_with("Latest"))
        {
            latest.bold = true;
        }
        labels
    }

    fn end_labels(&self) -> Markup {
        let mut labels = self.labels();
        place(&mut labels, self.place.text * 1.2, self.top, self.bottom);
        let x = self.right + self.place.text * 0.7;
        html! {
            @for label in labels {
                @if (label.y - label.line).abs() > 2.0 {
                    path d={ "M" (c(self.right + 1.0)) " " (c(label.line)) "L" (c(x - 3.0)) " " (c(label.y)) } stroke=(LINE) fill="none" {}
                }
                text x=(c(x)) y=(c(label.y + self.place.text * 0.35)) fill=(label.colour)
                    font-weight=[label.bold.then_some("bold")] { (label.text) }
            }
        }
    }
}

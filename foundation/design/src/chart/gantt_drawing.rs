//! The drawing of a Gantt chart in a place of one size.

use maud::{Markup, html};

use super::calendar;
use super::coordinate::{coordinate as c, length};
use super::gantt::{GanttChart, GanttEnd, GanttRow};
use super::text;

/// A size to draw in, in units of its own.
pub(crate) struct Place {
    name: &'static str,
    width: f64,
    text: f64,
    /// How much of the width labels take beside the bars; nothing when they stand above.
    beside: f64,
}

/// As wide as a column of text.
pub(crate) const WIDE: Place = Place {
    name: "wide",
    width: 960.0,
    text: 15.0,
    beside: 380.0,
};

/// As wide as a telephone.
pub(crate) const NARROW: Place = Place {
    name: "narrow",
    width: 345.0,
    text: 13.0,
    beside: 0.0,
};

pub(crate) const BAR: &str = "#005eb8";
pub(crate) const DONE: &str = "#4c6272";
pub(crate) const WAS: &str = "#4c6272";
pub(crate) const INK: &str = "#212b32";
const QUIET: &str = "#4c6272";
const GRID: &str = "#d8dde0";
const TODAY: &str = "#b10e1e";

/// The least width of a bar that can still be seen.
const LEAST: f64 = 3.0;

/// One row, placed.
struct Row<'a> {
    of: &'a GanttRow,
    lines: Vec<String>,
    top: f64,
    bar: f64,
    bottom: f64,
}

pub(crate) struct Drawing<'a> {
    chart: &'a GanttChart,
    place: &'a Place,
    rows: Vec<Row<'a>>,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    first: i32,
    last: i32,
}

impl<'a> Drawing<'a> {
    pub(crate) fn new(chart: &'a GanttChart, place: &'a Place) -> Self {
        let size = place.text;
        let days = chart.rows.iter().flat_map(|row| {
            let was = row.was.map(|(from, to)| [from, to]);
            [row.from, row.to]
                .into_iter()
                .chain(was.into_iter().flatten())
        });
        let days: Vec<i32> = days.map(super::day::CivilDay::number).collect();
        let first = days.iter().copied().min().unwrap_or(0);
        let last = days.iter().copied().max().unwrap_or(0).max(first + 1);
        let top = size * 2.2;
        let mut drawing = Self {
            chart,
            place,
            rows: Vec::new(),
            // Room for the points before the first bar and after the last one.
            left: place.beside + size * 1.6,
            right: place.width - size * 2.0,
            top,
            bottom: top,
            first,
            last,
        };
        for row in &chart.rows {
            drawing.push(row);
        }
        drawing
    }

    fn push(&mut self, row: &'a GanttRow) {
        let size = self.place.text;
        let room = if self.place.beside > 0.0 {
            self.place.beside - size * 0.5
        } else {
            self.place.width
        };
        let lines = text::lines(&row.label, size, room);
        let written = length(lines.len()) * size * 1.25;
        let top = self.bottom;
        let (bar, bottom) = if self.place.beside > 0.0 {
            let height = written.max(size * 1.25) + size * 0.8;
            (top + (height - self.height()) / 2.0, top + height)
        } else {
            let bar = top + size * 0.4 + written;
            (bar, bar + self.height() + size * 0.7)
        };
        self.bottom = bottom;
        self.rows.push(Row {
            of: row,
            lines,
            top,
            bar,
            bottom,
        });
    }

    /// The height of a bar.
    fn height(&self) -> f64 {
        self.place.text * 0.9
    }

    /// Where a day begins, or ends when it is the day after.
    fn x(&self, day: i32) -> f64 {
        let part = f64::from(day - self.first) / f64::from(self.last + 1 - self.first);
        self.left + part * (self.right - self.left)
    }

    pub(crate) fn svg(&self) -> Markup {
        let chart = self.chart;
        let description = format!("{}-description-{}", chart.id, self.place.name);
        let height = self.bottom + self.place.text * 0.6;
        let is_linked = chart.rows.iter().any(|row| row.href.is_some());
        // What is in an image is no link to those who hear it.
        let role = if is_linked { "group" } else { "img" };
        html! {
            svg viewBox={ "0 0 " (c(self.place.width)) " " (c(height)) } role=(role) focusable="false"
                aria-labelledby={ (chart.id) "-title " (chart.id) "-subtitle" } aria-describedby=(description)
                font-size=(c(self.place.text)) fill=(QUIET) {
                desc id=(description) { (chart.description) }
                (self.axis())
                @for row in &self.rows { (self.row(row)) }
                (self.today())
            }
        }
    }

    fn axis(&self) -> Markup {
        let room = |label: &str| text::width(label, self.place.text) + self.place.text;
        let ticks = calendar::ticks(self.first, self.last, |day| self.x(day), room);
        let top = self.top - self.place.text * 0.4;
        html! {
            g text-anchor="middle" {
                @for tick in ticks {
                    @let x = self.x(tick.day);
                    @let half = text::width(&tick.label, self.place.text) / 2.0;
                    path d={ "M" (c(x)) " " (c(top)) "V" (c(self.bottom)) } stroke=(GRID) {}
                    text x=(c(x.min(self.place.width - half).max(half))) y=(c(self.place.text * 1.1)) { (tick.label) }
                }
            }
        }
    }

    fn today(&self) -> Markup {
        let today = self.chart.today.map(super::day::CivilDay::number);
        let Some(today) = today.filter(|day| (self.first..=self.last).contains(day)) else {
            return html! {};
        };
        let x = self.x(today);
        let half = text::bold_width("Today", self.place.text) / 2.0;
        html! {
            path d={ "M" (c(x)) " " (c(self.top)) "V" (c(self.bottom)) } stroke=(TODAY) stroke-width="2" stroke-dasharray="2 3" {}
            text x=(c(x.min(self.place.width - half).max(half))) y=(c(self.top + self.place.text * 0.1)) text-anchor="middle" font-weight="bold"
                fill=(TODAY) stroke="#ffffff" stroke-width="4" paint-order="stroke" { "Today" }
        }
    }

    fn row(&self, placed: &Row<'_>) -> Markup {
        let (row, size) = (placed.of, self.place.text);
        let first_line = if self.place.beside > 0.0 {
            let written = length(placed.lines.len()) * size * 1.25;
            f64::midpoint(placed.top, placed.bottom) - written / 2.0 + size * 0.95
        } else {
            placed.top + size * 1.1
        };
        html! {
            path d={ "M0 " (c(placed.bottom)) "H" (c(self.place.width)) } stroke=(GRID) {}
            @if let Some(href) = &row.href {
                a href=(href) tabindex="-1" aria-label=(row.label) { (Self::label(&placed.lines, first_line, size)) }
            } @else {
                (Self::label(&placed.lines, first_line, size))
            }
            (self.bar(placed))
        }
    }

    /// The lines of a label. A space stands between them for whoever hears them as one: what is heard begins with what is
    /// seen (WCAG 2.5.3).
    fn label(lines: &[String], first: f64, size: f64) -> Markup {
        html! {
            @for (position, line) in lines.iter().enumerate() {
                text.stour-chart__input x="0" y=(c(first + length(position) * size * 1.25)) fill=(INK) {
                    (line) @if position + 1 < lines.len() { " " }
                }
            }
        }
    }

    fn bar(&self, placed: &Row<'_>) -> Markup {
        let (row, size) = (placed.of, self.place.text);
        let (from, to) = self.across(row.from.number(), row.to.number());
        let (top, bottom) = (placed.bar, placed.bar + self.height());
        let (fill, edge) = match (row.done, row.critical) {
            (true, _) => ("#ffffff", DONE),
            (false, true) => (BAR, INK),
            (false, false) => (BAR, BAR),
        };
        let width = if row.critical { "3" } else { "2" };
        let (begins, ends) = reach(row.end, (from, to), bottom - top);
        let room = text::width(&row.mark, size) + size * 0.6;
        let (at, anchor) = if ends + room <= self.place.width {
            (ends + size * 0.4, "start")
        } else {
            (begins - size * 0.4, "end")
        };
        html! {
            @if let Some((was_from, was_to)) = row.was {
                @let (from, to) = self.across(was_from.number(), was_to.number());
                @let (top, bottom) = (bottom + 1.0, bottom + size * 0.3);
                path.stour-chart__was d=(rectangle((from, to), (top, bottom))) fill="#ffffff" stroke=(WAS) stroke-width="1.5" stroke-dasharray="4 2" {}
            }
            path.stour-chart__bar d=(shape(row.end, (from, to), (top, bottom))) fill=(fill) stroke=(edge) stroke-width=(width) stroke-linejoin="round" {
                title { (row.label) ": " (row.when) }
            }
            @if !row.mark.is_empty() {
                text.stour-chart__end x=(c(at)) y=(c(f64::midpoint(top, bottom) + size * 0.35)) text-anchor=(anchor) fill=(INK)
                    stroke="#ffffff" stroke-width="4" paint-order="stroke" { (row.mark) }
            }
        }
    }

    fn across(&self, first: i32, last: i32) -> (f64, f64) {
        let (from, to) = (self.x(first), self.x(last.max(first) + 1));
        (from, to.max(from + LEAST))
    }
}

/// How far to the left and to the right a shape reaches.
fn reach(end: GanttEnd, (from, to): (f64, f64), height: f64) -> (f64, f64) {
    let point = height * 0.75;
    match end {
        GanttEnd::Days => (from, to),
        GanttEnd::By => (from - point, to),
        GanttEnd::Commencing => (from, to + point),
        GanttEnd::Onwards => (from, to + point * 2.0),
        GanttEnd::Moment => {
            let middle = f64::midpoint(from, to);
            (middle - height * 0.6, middle + height * 0.6)
        }
    }
}

fn rectangle((from, to): (f64, f64), (top, bottom): (f64, f64)) -> String {
    format!(
        "M{} {}H{}V{}H{}z",
        c(from),
        c(top),
        c(to),
        c(bottom),
        c(from)
    )
}

/// A bar with the points that say what happens at its end.
pub(crate) fn shape(end: GanttEnd, across: (f64, f64), (top, bottom): (f64, f64)) -> String {
    let (from, to) = across;
    let (begins, ends) = reach(end, across, bottom - top);
    let middle = f64::midpoint(top, bottom);
    let point = |base: f64, tip: f64| {
        format!(
            "M{} {}L{} {}L{} {}z",
            c(base),
            c(top),
            c(tip),
            c(middle),
            c(base),
            c(bottom)
        )
    };
    match end {
        GanttEnd::Days => rectangle(across, (top, bottom)),
        GanttEnd::By => rectangle(across, (top, bottom)) + &point(from, begins),
        GanttEnd::Commencing => rectangle(across, (top, bottom)) + &point(to, ends),
        GanttEnd::Onwards => {
            let half = f64::midpoint(to, ends);
            rectangle(across, (top, bottom)) + &point(to, half) + &point(half, ends)
        }
        GanttEnd::Moment => {
            let centre = f64::midpoint(from, to);
            format!(
                "M{} {}L{} {}L{} {}L{} {}z",
                c(begins),
                c(middle),
                c(centre),
                c(top),
                c(ends),
                c(middle),
                c(centre),
                c(bottom)
            )
        }
    }
}

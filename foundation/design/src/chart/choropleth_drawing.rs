//! The drawing of a map in a place of one size.

use std::fmt::Write as _;

use maud::{Markup, html};

use super::choropleth::{Choropleth, MapArea};
use super::classes::{Classed, Shade};
use super::coordinate::coordinate as c;
use super::inside::{At, bounds, roomiest};
use super::text;

/// A size to draw in, in units of its own.
pub(crate) struct Place {
    name: &'static str,
    width: f64,
    text: f64,
    /// The most height that the map and its enlarged part take.
    heights: (f64, f64),
    /// How wide an outline is.
    outline: f64,
}

/// As wide as a column of text.
pub(crate) const WIDE: Place = Place {
    name: "wide",
    width: 800.0,
    text: 14.0,
    heights: (600.0, 440.0),
    outline: 1.0,
};

/// As wide as a telephone.
pub(crate) const NARROW: Place = Place {
    name: "narrow",
    width: 345.0,
    text: 13.0,
    heights: (400.0, 300.0),
    outline: 0.8,
};

const INK: &str = "#212b32";

/// Room for half an outline around the map.
const MARGIN: f64 = 2.0;
/// Points are drawn on whole multiples of this, so that neighbours leave out the same ones.
const GRID: f64 = 0.5;

/// An area without a value: its filling is a pattern.
const WITHHELD: Shade = Shade { fill: "", ink: INK };

pub(crate) struct Drawing<'a> {
    map: &'a Choropleth,
    classed: &'a Classed,
    place: &'a Place,
    whole: Vec<Shape<'a>>,
    enlarged: Vec<Shape<'a>>,
    /// The lines above the enlarged part, and their heights.
    heading: Vec<(String, f64)>,
    /// Around those areas of the whole that are drawn once more.
    frame: Option<(At, At)>,
    height: f64,
}

/// An area before it has a place: points to the right and down.
#[derive(Clone, Copy)]
struct Outline<'a> {
    area: &'a MapArea,
    class: Option<usize>,
    rings: &'a [Vec<At>],
}

/// An area where it is drawn.
struct Shape<'a> {
    area: &'a MapArea,
    class: Option<usize>,
    rings: Vec<Vec<At>>,
}

impl<'a> Drawing<'a> {
    pub(crate) fn new(
        map: &'a Choropleth,
        classed: &'a Classed,
        outlines: &'a [Vec<Vec<At>>],
        place: &'a Place,
    ) -> Self {
        let areas = map.areas.iter().zip(&classed.of).zip(outlines);
        let all = areas.map(|((area, class), rings)| Outline {
            area,
            class: *class,
            rings,
        });
        let all: Vec<_> = all.collect();
        let part = all.iter().copied().filter(|one| one.area.enlarged);
        let part: Vec<_> = part.collect();
        let (whole, foot) = shapes(&all, place.width, place.heights.0, 0.0);
        let is_shown = !part.is_empty() && part.len() < all.len();
        let part = if is_shown { part } else { Vec::new() };
        let heading = text::lines(&map.enlarged_word, place.text, place.width);
        let heights = (0..u8::MAX).map(|line| foot + place.text * (1.5 + 1.2 * f64::from(line)));
        let heading: Vec<_> = heading.into_iter().zip(heights).collect();
        let top = heading.last().map_or(foot, |(_, last)| *last) + place.text * 0.5;
        let (enlarged, height) = shapes(&part, place.width, place.heights.1, top);
        let framed = whole.iter().filter(|shape| is_shown && shape.area.enlarged);
        let frame = bounds(framed.flat_map(|shape| shape.rings.iter().flatten().copied()));
        // A little outside, so that it does not lie on outlines.
        let frame = frame.map(|((left, top), (right, bottom))| {
            let (last, lowest) = (place.width - 1.0, foot - 1.0);
            (
                ((left - 3.0).max(1.0), (top - 3.0).max(1.0)),
                ((right + 3.0).min(last), (bottom + 3.0).min(lowest)),
            )
        });
        Self {
            map,
            classed,
            place,
            frame,
            height: if enlarged.is_empty() { foot } else { height },
            whole,
            enlarged,
            heading,
        }
    }

    pub(crate) fn svg(&self) -> Markup {
        let map = self.map;
        let description = format!("{}-description-{}", map.id, self.place.name);
        // What is in an image is no link to those who hear it.
        let is_linked = map.areas.iter().any(|area| area.href.is_some());
        let role = if is_linked { "group" } else { "img" };
        html! {
            svg viewBox={ "0 0 " (c(self.place.width)) " " (c(self.height)) } role=(role) focusable="false"
                aria-labelledby={ (map.id) "-title " (map.id) "-subtitle" } aria-describedby=(description)
                font-size=(c(self.place.text)) fill=(INK) {
                desc id=(description) { (map.description) }
                @if self.whole.iter().any(|shape| shape.class.is_none()) { (self.pattern()) }
                (self.areas(&self.whole))
                @if let Some(((left, top), (right, bottom))) = self.frame {
                    path.stour-chart__frame d={ "M" (c(left)) " " (c(top)) "H" (c(right)) "V" (c(bottom)) "H" (c(left)) "z" }
                        fill="none" stroke=(INK) stroke-width="1.5" stroke-dasharray="6 3" pointer-events="none" {}
                }
                @if !self.enlarged.is_empty() {
                    @for (line, y) in &self.heading { text.stour-chart__part x="0" y=(c(*y)) { (line) } }
                    (self.areas(&self.enlarged))
                }
            }
        }
    }

    fn hatching(&self) -> String {
        format!("{}-hatching-{}", self.map.id, self.place.name)
    }

    fn pattern(&self) -> Markup {
        html! {
            defs {
                pattern id=(self.hatching()) width="6" height="6" patternUnits="userSpaceOnUse" {
                    path d="M0 0h6v6H0z" fill="#ffffff" {}
                    path d="M0 6L6 0" stroke="#4c6272" {}
                }
            }
        }
    }

    fn areas(&self, shapes: &[Shape<'_>]) -> Markup {
        let hatching = format!("url(#{})", self.hatching());
        let labels = shapes.iter().map(|shape| self.label(shape));
        html! {
            g.stour-chart__areas stroke-width=(c(self.place.outline)) stroke-linejoin="round" fill-rule="evenodd" {
                @for shape in shapes {
                    @let said = self.said(shape);
                    @let shade = self.shade(shape);
                    @let fill = if shape.class.is_some() { shade.fill } else { hatching.as_str() };
                    // A light outline is put outside, where it takes nothing away from a dark spit of land.
                    @let (order, width) = if shade.ink == INK {
                        (None, None)
                    } else {
                        (Some("stroke"), Some(c(self.place.outline * 2.0)))
                    };
                    @let area = html! {
                        path d=(path(&shape.rings)) fill=(fill) stroke=(shade.ink) stroke-width=[width] paint-order=[order] {
                            title { (said) }
                        }
                    };
                    @if let Some(href) = &shape.area.href {
                        a href=(href) tabindex="-1" aria-label=(said) { (area) }
                    } @else {
                        (area)
                    }
                }
            }
            g text-anchor="middle" pointer-events="none" aria-hidden="true" {
                @for label in labels { (label) }
            }
        }
    }

    fn shade(&self, shape: &Shape<'_>) -> Shade {
        shape
            .class
            .map_or(WITHHELD, |class| self.classed.shade(class))
    }

    /// What an area says to a pointer that rests on it.
    fn said(&self, shape: &Shape<'_>) -> String {
        let value = shape.area.said(self.map.unit);
        let class = shape.class.map_or_else(String::new, |class| {
            let (class, last) = (class.saturating_add(1), self.classed.ranges.len());
            format!(", class {class} of {last}")
        });
        format!("{}: {value}{class}", shape.area.name)
    }

    /// The number of the class, under the letters of the area where there is room for both.
    fn label(&self, shape: &Shape<'_>) -> Markup {
        let size = self.place.text;
        let number = shape
            .class
            .map(|class| class.saturating_add(1).to_string())
            .unwrap_or_default();
        let short = shape.area.short.as_str();
        let fit = |lines: &[&str], room: f64| {
            let height = if lines.len() > 1 { 1.9 } else { 0.8 } * size;
            let width = text::widest(lines.iter().copied(), size);
            !lines.contains(&"") && width.hypot(height) / 2.0 + 0.5 <= room
        };
        let candidates: [&[&str]; 3] = [&[short, &number], &[&number], &[short]];
        let place = roomiest(&shape.rings);
        let written = place.and_then(|(at, room)| {
            let lines = candidates.into_iter().find(|lines| fit(lines, room))?;
            Some((at, lines))
        });
        let ink = self.shade(shape).ink;
        html! {
            @if let Some(((x, y), lines)) = written {
                @let first = if lines.len() > 1 { -0.2 } else { 0.36 };
                @for (line, down) in lines.iter().zip([first, first + 1.1]) {
                    @let (edge, width) = if shape.class.is_none() { (Some("#ffffff"), Some("4")) } else { (None, None) };
                    text x=(c(x)) y=(c(y + down * size)) fill=(ink) stroke=[edge] stroke-width=[width] paint-order=[edge.map(|_| "stroke")] { (line) }
                }
            }
        }
    }
}

/// Some areas as large as there is room below a line, and where they end.
fn shapes<'a>(areas: &[Outline<'a>], width: f64, height: f64, top: f64) -> (Vec<Shape<'a>>, f64) {
    let points = areas.iter().flat_map(|one| one.rings.iter().flatten());
    let ((left, upper), (right, lower)) = bounds(points.copied()).unwrap_or_default();
    let across = (width - MARGIN * 2.0) / (right - left).max(f64::MIN_POSITIVE);
    let down = (height - MARGIN * 2.0) / (lower - upper).max(f64::MIN_POSITIVE);
    // What has no extent either way is a point in the middle.
    let scale = across.min(down).min(1e30);
    let inset = (width - (right - left) * scale) / 2.0;
    let snapped = |value: f64| (value / GRID).round() * GRID;
    let at = |(x, y): &At| {
        (
            snapped((x - left) * scale + inset),
            snapped((y - upper) * scale + top + MARGIN),
        )
    };
    let ring = |ring: &Vec<At>| {
        let mut points: Vec<At> = ring.iter().map(at).collect();
        points.dedup();
        while points.len() > 1 && points.first() == points.last() {
            points.pop();
        }
        points
    };
    let shapes = areas.iter().map(|one| Shape {
        area: one.area,
        class: one.class,
        rings: one.rings.iter().map(ring).collect(),
    });
    let foot = top + MARGIN * 2.0 + (lower - upper) * scale;
    (shapes.collect(), foot)
}

/// The way round an area. What is too small to have an inside is a dot.
fn path(rings: &[Vec<At>]) -> String {
    let mut path = String::new();
    let mut add = |part: std::fmt::Arguments<'_>| {
        let result = path.write_fmt(part);
        debug_assert!(result.is_ok(), "writing to a string does not fail");
    };
    let drawn = rings.iter().filter(|ring| ring.len() > 2);
    for ring in drawn.clone() {
        let mut points = ring.iter();
        let Some(&(mut x, mut y)) = points.next() else {
            continue;
        };
        add(format_args!("M{} {}l", c(x), c(y)));
        let mut between = "";
        for (next_x, next_y) in points {
            add(format_args!("{between}{} {}", c(next_x - x), c(next_y - y)));
            (x, y, between) = (*next_x, *next_y, " ");
        }
        add(format_args!("z"));
    }
    if drawn.count() == 0
        && let Some((x, y)) = rings.iter().flatten().next()
    {
        add(format_args!("M{} {}h1v1h-1z", c(*x), c(*y)));
    }
    path
}

/// Lines from the lower left to the upper right of a rectangle.
pub(crate) fn hatch(width: f64, height: f64) -> String {
    let mut path = String::new();
    let steps = (1..=u8::MAX).map(|step| f64::from(step) * 6.0);
    for reach in steps.take_while(|reach| *reach < width + height) {
        let (from, to) = (
            ((reach - height).max(0.0), reach.min(height)),
            (reach.min(width), (reach - width).max(0.0)),
        );
        let result = write!(path, "M{} {}L{} {}", c(from.0), c(from.1), c(to.0), c(to.1));
        debug_assert!(result.is_ok(), "writing to a string does not fail");
    }
    path
}

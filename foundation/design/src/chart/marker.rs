//! How lines are told apart: a colour, a dash and the shape of the marks on them.

use std::fmt::Write as _;

use maud::{Markup, html};

use super::coordinate::coordinate as c;
use super::point::PointKind;

/// How one line of several is drawn.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    pub(crate) colour: &'static str,
    /// The lengths of its dashes and gaps; empty for an unbroken line.
    pub(crate) dash: &'static str,
    shape: Shape,
}

#[derive(Debug, Clone, Copy)]
enum Shape {
    OfPoint(PointKind),
    Plus,
    Cross,
    Slab,
}

/// Colours with at least 4.5:1 against white.
const STYLES: [Style; 8] = [
    style("#005eb8", "", Shape::OfPoint(PointKind::Common)),
    style("#b34700", "8 4", Shape::OfPoint(PointKind::Improvement)),
    style("#00703c", "2 3", Shape::OfPoint(PointKind::Concern)),
    style(
        "#7c2855",
        "12 4 2 4",
        Shape::OfPoint(PointKind::NeutralHigh),
    ),
    style("#212b32", "16 4", Shape::OfPoint(PointKind::NeutralLow)),
    style("#006d78", "5 3", Shape::Plus),
    style("#5b3a9b", "10 3 2 3 2 3", Shape::Cross),
    style("#7a5200", "4 6", Shape::Slab),
];

const fn style(colour: &'static str, dash: &'static str, shape: Shape) -> Style {
    Style {
        colour,
        dash,
        shape,
    }
}

impl Style {
    /// That of the line at a position; after eight they begin again.
    pub(crate) fn at(position: usize) -> Self {
        let [first, ..] = STYLES;
        STYLES
            .get(position % STYLES.len())
            .copied()
            .unwrap_or(first)
    }

    /// Adds its mark around a place to a path.
    pub(crate) fn trace(self, path: &mut String, x: f64, y: f64, radius: f64) {
        let corners: &[(f64, f64)] = match self.shape {
            Shape::OfPoint(kind) => return kind.trace(path, x, y, radius),
            Shape::Plus => &PLUS,
            Shape::Cross => &CROSS,
            Shape::Slab => &[(-1.5, -0.7), (1.5, -0.7), (1.5, 0.7), (-1.5, 0.7)],
        };
        for (position, (dx, dy)) in corners.iter().enumerate() {
            let (x, y) = (c(x + dx * radius), c(y + dy * radius));
            let result = write!(path, "{}{x} {y}", if position == 0 { "M" } else { "L" });
            debug_assert!(result.is_ok(), "writing to a string does not fail");
        }
        path.push('z');
    }

    /// A piece of its line with its mark, for a key.
    pub(crate) fn sample(self) -> Markup {
        let mut mark = String::new();
        self.trace(&mut mark, 16.0, 8.0, 4.5);
        let dash = (!self.dash.is_empty()).then_some(self.dash);
        html! {
            svg.stour-mark-of-line viewBox="0 0 32 16" width="32" height="16" focusable="false" aria-hidden="true" {
                path d="M0 8H32" stroke=(self.colour) stroke-width="2" stroke-dasharray=[dash] fill="none" {}
                path d=(mark) fill=(self.colour) stroke="#ffffff" {}
            }
        }
    }
}

const PLUS: [(f64, f64); 12] = [
    (-0.45, -1.25),
    (0.45, -1.25),
    (0.45, -0.45),
    (1.25, -0.45),
    (1.25, 0.45),
    (0.45, 0.45),
    (0.45, 1.25),
    (-0.45, 1.25),
    (-0.45, 0.45),
    (-1.25, 0.45),
    (-1.25, -0.45),
    (-0.45, -0.45),
];

/// The plus turned by an eighth.
const CROSS: [(f64, f64); 12] = [
    (0.0, -0.6),
    (0.6, -1.2),
    (1.2, -0.6),
    (0.6, 0.0),
    (1.2, 0.6),
    (0.6, 1.2),
    (0.0, 0.6),
    (-0.6, 1.2),
    (-1.2, 0.6),
    (-0.6, 0.0),
    (-1.2, -0.6),
    (-0.6, -1.2),
];

//! A series in the space of a word.

use std::fmt::Write as _;

use maud::{Markup, Render, html};

use super::coordinate::{coordinate as c, length};
use super::point::{Palette, PointKind};
use super::scale::Scale;

/// A series in the space of a word, its last point marked with what it says.
#[derive(Debug, Clone, Default)]
pub struct Sparkline {
    /// The series, evenly spaced; a missing value breaks the line.
    pub values: Vec<Option<f64>>,
    /// What the last point says.
    pub kind: PointKind,
    /// A line through the middle.
    pub mean: Option<f64>,
    /// What is aimed at: drawn where it is near enough not to flatten the series.
    pub target: Option<f64>,
    /// What those who cannot see it hear: "47 people on 24 November, fewer than usual; 24 months".
    pub label: String,
    /// Which colours are used.
    pub palette: Palette,
}

const WIDTH: f64 = 120.0;
const HEIGHT: f64 = 32.0;
const INSET: f64 = 7.0;

impl Sparkline {
    /// The target when it is no further from the series than the series is high.
    fn near_target(&self) -> Option<f64> {
        let values = || self.values.iter().flatten().copied();
        let (low, high) = (
            values().fold(f64::INFINITY, f64::min),
            values().fold(f64::NEG_INFINITY, f64::max),
        );
        let room = high - low;
        self.target
            .filter(|target| (low - room..=high + room).contains(target))
    }
}

impl Render for Sparkline {
    fn render(&self) -> Markup {
        let target = self.near_target();
        let all = self
            .values
            .iter()
            .flatten()
            .copied()
            .chain(self.mean)
            .chain(target);
        let scale = Scale::holding(all, INSET, HEIGHT - INSET);
        let step = (WIDTH - INSET * 2.0) / (length(self.values.len()) - 1.0).max(1.0);
        let mut path = String::new();
        let mut last = None;
        let mut broken = true;
        for (position, value) in self.values.iter().enumerate() {
            let Some(value) = value else {
                broken = true;
                continue;
            };
            let (x, y) = (INSET + length(position) * step, scale.y(*value));
            let result = write!(path, "{}{} {}", if broken { "M" } else { "L" }, c(x), c(y));
            debug_assert!(result.is_ok(), "writing to a string does not fail");
            broken = false;
            last = Some((x, y));
        }
        let mut mark = String::new();
        if let Some((x, y)) = last {
            self.kind.trace(&mut mark, x, y, 4.5);
        }
        let across = |value| format!("M0 {}H{}", c(scale.y(value)), c(WIDTH));
        html! {
            svg.stour-sparkline viewBox={ "0 0 " (c(WIDTH)) " " (c(HEIGHT)) } width=(c(WIDTH)) height=(c(HEIGHT)) role="img"
                focusable="false" aria-label=(self.label) {
                @if let Some(mean) = self.mean { path d=(across(mean)) stroke="#6f777b" stroke-width=".75" {} }
                @if let Some(target) = target {
                    path d=(across(target)) stroke="#b10e1e" stroke-width="1.5" stroke-linecap="round" stroke-dasharray="0.1 4" {}
                }
                path d=(path) fill="none" stroke="#4c6272" stroke-width="1.5" stroke-linejoin="round" {}
                path d=(mark) fill=(self.kind.colour(self.palette)) {}
            }
        }
    }
}

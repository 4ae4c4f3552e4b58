//! A value with its interval beside what it is held against, in the space of a word.

use maud::{Markup, Render, html};

use super::coordinate::coordinate as c;
use super::point::{Palette, PointKind};
use super::scale::drawable;

/// A value with its interval, and a line in the middle for what it is held against.
///
/// Each has a scale of its own, as wide as it must be: a column of them says which way each value lies and whether its
/// interval reaches the line, not how far one is from another.
#[derive(Debug, Clone, Default)]
pub struct Spine {
    /// The value.
    pub value: f64,
    /// How sure it is: from and to.
    pub interval: (f64, f64),
    /// What it is held against.
    pub against: f64,
    /// What that says.
    pub kind: PointKind,
    /// What those who cannot see it hear.
    pub label: String,
    /// Which colours are used.
    pub palette: Palette,
}

const WIDTH: f64 = 120.0;
const HEIGHT: f64 = 32.0;
const INSET: f64 = 7.0;
const CAP: f64 = 4.0;

impl Spine {
    /// Where a value lies from left to right.
    fn across(&self, value: f64) -> f64 {
        let (low, high) = self.interval;
        let apart = |value: f64| (value - self.against).abs();
        let reach = [low, high, self.value].map(apart);
        let reach = reach.into_iter().fold(0.0, f64::max);
        let part = drawable((value - self.against) / reach).unwrap_or_default();
        WIDTH / 2.0 + part * (WIDTH / 2.0 - INSET)
    }
}

impl Render for Spine {
    fn render(&self) -> Markup {
        let (low, high) = (self.across(self.interval.0), self.across(self.interval.1));
        let (middle, cap) = (HEIGHT / 2.0, c(CAP * 2.0));
        let line = format!(
            "M{low} {y}H{high}M{low} {top}v{cap}M{high} {top}v{cap}",
            low = c(low),
            high = c(high),
            y = c(middle),
            top = c(middle - CAP),
        );
        let mut mark = String::new();
        self.kind
            .trace(&mut mark, self.across(self.value), middle, 4.5);
        html! {
            svg.stour-sparkline viewBox={ "0 0 " (c(WIDTH)) " " (c(HEIGHT)) } width=(c(WIDTH)) height=(c(HEIGHT)) role="img"
                focusable="false" aria-label=(self.label) {
                path d={ "M" (c(WIDTH / 2.0)) " 1V" (c(HEIGHT - 1.0)) } stroke="#212b32" stroke-width="1.5" {}
                path d=(line) fill="none" stroke="#4c6272" stroke-width="1.5" {}
                path d=(mark) fill=(self.kind.colour(self.palette)) stroke="#ffffff" stroke-width=".75" {}
            }
        }
    }
}

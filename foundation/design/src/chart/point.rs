//! What kinds of point there are, and how each is drawn.

use std::fmt::Write as _;

use maud::{Markup, html};

use super::coordinate::coordinate;

/// What a point of an XmR chart says, in the words of NHS England's Making Data Count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PointKind {
    /// Varies as it always does.
    #[default]
    Common,
    /// Better than chance would have it.
    Improvement,
    /// Worse than chance would have it.
    Concern,
    /// Higher than chance would have it, where higher is neither better nor worse.
    NeutralHigh,
    /// Lower than chance would have it, where lower is neither better nor worse.
    NeutralLow,
}

/// Which colours are used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Palette {
    /// At least 4.5:1 against white.
    #[default]
    Contrast,
    /// Those of NHS England's Making Data Count, for packs that must look like others; some have less than 3:1.
    MakingDataCount,
}

impl PointKind {
    /// Every kind, in the order of a key.
    pub const ALL: [Self; 5] = [
        Self::Common,
        Self::Improvement,
        Self::Concern,
        Self::NeutralHigh,
        Self::NeutralLow,
    ];

    /// What it is called in a key and a table.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Common => "Expected variation",
            Self::Improvement => "Improvement",
            Self::Concern => "Concern",
            Self::NeutralHigh => "Unusually high",
            Self::NeutralLow => "Unusually low",
        }
    }

    /// Whether something other than chance is at work.
    pub fn is_special(self) -> bool {
        self != Self::Common
    }

    pub(crate) const fn colour(self, palette: Palette) -> &'static str {
        match (self, palette) {
            (Self::Common, Palette::Contrast) => "#6f777b",
            (Self::Improvement, Palette::Contrast) => "#00629b",
            (Self::Concern, Palette::Contrast) => "#b34700",
            (Self::NeutralHigh | Self::NeutralLow, _) => "#490092",
            (Self::Common, Palette::MakingDataCount) => "#a6a6a6",
            (Self::Improvement, Palette::MakingDataCount) => "#00b0f0",
            (Self::Concern, Palette::MakingDataCount) => "#e46c0a",
        }
    }

    /// Adds its shape around a place to a path: a circle, a diamond, a square, a triangle up or down.
    pub(crate) fn trace(self, path: &mut String, x: f64, y: f64, radius: f64) {
        let at = |dx: f64, dy: f64| format!("{} {}", coordinate(x + dx), coordinate(y + dy));
        let step = coordinate;
        // Shapes of one area look of one size, so the angular ones reach further than the circle or less far.
        let result = match self {
            Self::Common => {
                let (r, d) = (step(radius), step(radius * 2.0));
                write!(
                    path,
                    "M{}a{r} {r} 0 1 1 {d} 0a{r} {r} 0 1 1-{d} 0z",
                    at(-radius, 0.0)
                )
            }
            Self::Improvement => {
                let r = step(radius * 1.3);
                write!(path, "M{}l{r} {r}-{r} {r}-{r}-{r}z", at(0.0, -radius * 1.3))
            }
            Self::Concern => {
                let half = radius * 0.95;
                let side = step(half * 2.0);
                write!(path, "M{}h{side}v{side}h-{side}z", at(-half, -half))
            }
            Self::NeutralHigh => {
                let (r, height) = (step(radius * 1.25), step(radius * 2.2));
                write!(
                    path,
                    "M{}l{r} {height}h-{}z",
                    at(0.0, -radius * 1.3),
                    step(radius * 2.5)
                )
            }
            Self::NeutralLow => {
                let (r, height) = (step(radius * 1.25), step(radius * 2.2));
                write!(
                    path,
                    "M{}l{r}-{height}h-{}z",
                    at(0.0, radius * 1.3),
                    step(radius * 2.5)
                )
            }
        };
        debug_assert!(result.is_ok(), "writing to a string does not fail");
    }

    /// Its shape by itself, beside its word: for keys and tables.
    pub fn mark(self, palette: Palette) -> Markup {
        let mut path = String::new();
        self.trace(&mut path, 8.0, 8.0, 5.5);
        html! {
            svg.stour-mark-of-kind viewBox="0 0 16 16" width="16" height="16" focusable="false" aria-hidden="true" {
                path d=(path) fill=(self.colour(palette)) {}
            }
        }
    }
}

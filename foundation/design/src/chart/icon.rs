//! What a control chart says, in the space of a word: icons of our own drawing, which no other body's look like.
//!
//! A variation icon is a frame in the shape of the chart's own marks (circle, diamond, square, triangle) with a wave for
//! chance, or an arrow for the way it went. An assurance icon is a shield: full with a
//! tick, empty with a cross, or with a line that swings. Each is told from the others by shape alone; the colour repeats
//! it. The drawing has a white ground and rim of its own, so that it is seen on black too, where a reader has turned the
//! colours of pages over.

use maud::{Markup, Render, html};

use super::point::{Palette, PointKind};

/// What the latest value says of the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VariationIcon {
    /// No more than chance.
    CommonCause,
    /// Better, by rising.
    ImprovementHigh,
    /// Better, by falling.
    ImprovementLow,
    /// Worse, by rising.
    ConcernHigh,
    /// Worse, by falling.
    ConcernLow,
    /// Higher, which is neither better nor worse.
    NeutralHigh,
    /// Lower, which is neither better nor worse.
    NeutralLow,
}

/// Whether a target can be expected to be met while nothing changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AssuranceIcon {
    /// It will be.
    Passing,
    /// It will not be.
    Failing,
    /// Chance decides.
    HitOrMiss,
}

/// What is drawn.
struct Drawing {
    colour: &'static str,
    frame: &'static str,
    /// Lines within the frame.
    lines: &'static str,
    /// The frame is filled and the lines on it are white.
    filled: bool,
}

const UP: &str = "M16 23V10M10.5 15.5L16 10l5.5 5.5";
const DOWN: &str = "M16 9V22M10.5 16.5L16 22l5.5-5.5";
const SHIELD: &str = "M5 3.5h22v12c0 7-5 11-11 13.5c-6-2.5-11-6.5-11-13.5z";

impl VariationIcon {
    /// Every icon, in the order of a key.
    pub const ALL: [Self; 7] = [
        Self::CommonCause,
        Self::ImprovementHigh,
        Self::ImprovementLow,
        Self::ConcernHigh,
        Self::ConcernLow,
        Self::NeutralHigh,
        Self::NeutralLow,
    ];

    /// What those who cannot see it hear where it stands alone.
    pub const fn name(self) -> &'static str {
        match self {
            Self::CommonCause => "Variation: common cause",
            Self::ImprovementHigh => "Variation: improvement, high",
            Self::ImprovementLow => "Variation: improvement, low",
            Self::ConcernHigh => "Variation: concern, high",
            Self::ConcernLow => "Variation: concern, low",
            Self::NeutralHigh => "Variation: neither better nor worse, high",
            Self::NeutralLow => "Variation: neither better nor worse, low",
        }
    }

    /// The icon and its words, which are then its name: it is not said twice.
    pub fn beside(self, words: &str) -> Markup {
        beside(&self.drawing(), words)
    }

    const fn kind(self) -> PointKind {
        match self {
            Self::CommonCause => PointKind::Common,
            Self::ImprovementHigh | Self::ImprovementLow => PointKind::Improvement,
            Self::ConcernHigh | Self::ConcernLow => PointKind::Concern,
            Self::NeutralHigh => PointKind::NeutralHigh,
            Self::NeutralLow => PointKind::NeutralLow,
        }
    }

    const fn drawing(self) -> Drawing {
        let kind = self.kind();
        Drawing {
            colour: kind.colour(Palette::Contrast),
            frame: match kind {
                PointKind::Common => "M3 16a13 13 0 1 1 26 0a13 13 0 1 1-26 0z",
                PointKind::Improvement => "M16 2L30 16L16 30L2 16z",
                PointKind::Concern => "M4 4h24v24H4z",
                PointKind::NeutralHigh => "M16 2.5L30 28.5H2z",
                PointKind::NeutralLow => "M16 29.5L30 3.5H2z",
            },
            lines: match self {
                Self::CommonCause => "M8 16q4-8 8 0t8 0",
                Self::ImprovementHigh | Self::ConcernHigh => UP,
                Self::ImprovementLow | Self::ConcernLow => DOWN,
                Self::NeutralHigh => "M16 25V13.5M12 17.5L16 13.5l4 4",
                Self::NeutralLow => "M16 7V18.5M12 14.5L16 18.5l4-4",
            },
            filled: false,
        }
    }
}

impl AssuranceIcon {
    /// Every icon, in the order of a key.
    pub const ALL: [Self; 3] = [Self::Passing, Self::Failing, Self::HitOrMiss];

    /// What those who cannot see it hear where it stands alone.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Passing => "Target: consistently passing",
            Self::Failing => "Target: consistently failing",
            Self::HitOrMiss => "Target: hit and miss",
        }
    }

    /// The icon and its words, which are then its name: it is not said twice.
    pub fn beside(self, words: &str) -> Markup {
        beside(&self.drawing(), words)
    }

    const fn drawing(self) -> Drawing {
        Drawing {
            colour: match self {
                Self::Passing => PointKind::Improvement.colour(Palette::Contrast),
                Self::Failing => PointKind::Concern.colour(Palette::Contrast),
                Self::HitOrMiss => "#4c6272",
            },
            frame: SHIELD,
            lines: match self {
                Self::Passing => "M10 15.5l4.5 4.5L22 10.5",
                Self::Failing => "M11 10.5l10 10M21 10.5l-10 10",
                Self::HitOrMiss => "M9.5 19l4.5-7l4 7l4.5-7",
            },
            filled: matches!(self, Self::Passing),
        }
    }
}

impl Drawing {
    /// The icon; hidden from those who hear the page where it has no name.
    fn svg(&self, name: Option<&str>) -> Markup {
        let (ground, lines) = if self.filled {
            (self.colour, "#ffffff")
        } else {
            ("#ffffff", self.colour)
        };
        html! {
            svg.stour-icon viewBox="0 0 32 32" width="32" height="32" focusable="false" role=[name.map(|_| "img")]
                aria-label=[name] aria-hidden=[name.is_none().then_some("true")] {
                path d=(self.frame) fill="#ffffff" stroke="#ffffff" stroke-width="4" stroke-linejoin="round" {}
                path d=(self.frame) fill=(ground) stroke=(self.colour) stroke-width="2.5" stroke-linejoin="round" {}
                path d=(self.lines) fill="none" stroke=(lines) stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round" {}
            }
        }
    }
}

fn beside(drawing: &Drawing, words: &str) -> Markup {
    html! { span.stour-iconed { (drawing.svg(None)) span { (words) } } }
}

impl Render for VariationIcon {
    fn render(&self) -> Markup {
        self.drawing().svg(Some(self.name()))
    }
}

impl Render for AssuranceIcon {
    fn render(&self) -> Markup {
        self.drawing().svg(Some(self.name()))
    }
}

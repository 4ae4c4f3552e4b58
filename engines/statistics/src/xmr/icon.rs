//! The two icons of a chart, as kinds and in words. An icon is never shown without its words.

use serde::Serialize;

use super::{Direction, Kind, Limits, Profile};

/// What the latest value says of the process: the variation icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Variation {
    /// No signal.
    CommonCause,
    /// A signal upwards, where higher is better.
    ImprovementHigh,
    /// A signal downwards, where lower is better.
    ImprovementLow,
    /// A signal upwards, where lower is better.
    ConcernHigh,
    /// A signal downwards, where higher is better.
    ConcernLow,
    /// A signal upwards, where neither is better.
    NeutralHigh,
    /// A signal downwards, where neither is better.
    NeutralLow,
}

impl Variation {
    pub(super) fn of(kind: Kind, direction: Direction) -> Option<Self> {
        match (kind, direction) {
            (Kind::CommonCause, _) => Some(Self::CommonCause),
            (Kind::NeutralHigh, _) => Some(Self::NeutralHigh),
            (Kind::NeutralLow, _) => Some(Self::NeutralLow),
            (Kind::Improvement, Direction::Increase) => Some(Self::ImprovementHigh),
            (Kind::Improvement, Direction::Decrease) => Some(Self::ImprovementLow),
            (Kind::Concern, Direction::Increase) => Some(Self::ConcernLow),
            (Kind::Concern, Direction::Decrease) => Some(Self::ConcernHigh),
            (Kind::Improvement | Kind::Concern, Direction::Neutral) => None,
        }
    }

    /// The words beside the icon.
    pub fn words(self) -> &'static str {
        match self {
            Self::CommonCause => "Common cause",
            Self::ImprovementHigh => "Special cause: improvement (high)",
            Self::ImprovementLow => "Special cause: improvement (low)",
            Self::ConcernHigh => "Special cause: concern (high)",
            Self::ConcernLow => "Special cause: concern (low)",
            Self::NeutralHigh => "Special cause: neither better nor worse (high)",
            Self::NeutralLow => "Special cause: neither better nor worse (low)",
        }
    }
}

/// Whether the target can be expected to be met while nothing changes: the assurance icon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Assurance {
    /// The whole range between the limits meets the target.
    ConsistentlyPassing,
    /// None of the range between the limits meets the target.
    ConsistentlyFailing,
    /// The target lies within the limits, so chance decides.
    HitAndMiss,
}

impl Assurance {
    pub(super) fn of(
        profile: Profile,
        direction: Direction,
        target: f64,
        limits: Option<Limits>,
    ) -> Option<Self> {
        let high_is_good = match direction {
            Direction::Increase => true,
            Direction::Decrease => false,
            Direction::Neutral => return None,
        };
        let outcome = |passing| {
            if passing {
                Self::ConsistentlyPassing
            } else {
                Self::ConsistentlyFailing
            }
        };
        match (profile, limits) {
            (Profile::MakingDataCount, None) => None,
            (Profile::MakingDataCount, Some(limits)) => Some(if limits.lower >= limits.upper {
                let met = if high_is_good {
                    limits.upper >= target
                } else {
                    limits.upper <= target
                };
                outcome(met)
            } else if target >= limits.upper {
                outcome(!high_is_good)
            } else if target <= limits.lower {
                outcome(high_is_good)
            } else {
                Self::HitAndMiss
            }),
            (Profile::PlotTheDots022, limits) => Some(match limits {
                Some(limits) if target > limits.upper => outcome(!high_is_good),
                Some(limits) if target < limits.lower => outcome(high_is_good),
                _ => Self::HitAndMiss,
            }),
        }
    }

    /// The words beside the icon.
    pub fn words(self) -> &'static str {
        match self {
            Self::ConsistentlyPassing => "Consistently passing the target",
            Self::ConsistentlyFailing => "Consistently failing the target",
            Self::HitAndMiss => "Hit and miss: the target is met only by chance",
        }
    }
}

//! Levels of pressure, and what can be said of one while not everything is known.

use std::fmt;

/// How hard pressed something is. Larger is worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// As usual.
    One,
    /// Some pressure.
    Two,
    /// Severe pressure.
    Three,
    /// Extreme pressure.
    Four,
}

impl Level {
    /// Every level, the mildest first.
    pub const ALL: [Self; 4] = [Self::One, Self::Two, Self::Three, Self::Four];

    /// Its number, from 1 to 4.
    pub const fn number(self) -> u8 {
        match self {
            Self::One => 1,
            Self::Two => 2,
            Self::Three => 3,
            Self::Four => 4,
        }
    }

    /// The level of a number.
    pub fn of_number(number: i64) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|level| i64::from(level.number()) == number)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "level {}", self.number())
    }
}

/// From which values on a measure reaches each level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Thresholds {
    two: u64,
    three: u64,
    four: u64,
}

impl Thresholds {
    /// Values that rise; nothing where they do not.
    pub fn new(two: u64, three: u64, four: u64) -> Option<Self> {
        (0 < two && two < three && three < four).then_some(Self { two, three, four })
    }

    /// The level of a value.
    pub const fn level(self, value: u64) -> Level {
        if value >= self.four {
            Level::Four
        } else if value >= self.three {
            Level::Three
        } else if value >= self.two {
            Level::Two
        } else {
            Level::One
        }
    }

    /// The values of levels 2, 3 and 4.
    pub const fn values(self) -> [u64; 3] {
        [self.two, self.three, self.four]
    }
}

/// What is known of a value: it lies between the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// It is no less.
    pub low: u64,
    /// It is no more; nothing where that is not known.
    pub high: Option<u64>,
}

impl Span {
    /// Nothing is known of it.
    pub const UNKNOWN: Self = Self { low: 0, high: None };

    /// It is known.
    pub const fn exactly(value: u64) -> Self {
        Self {
            low: value,
            high: Some(value),
        }
    }

    /// It is known.
    pub fn is_exact(self) -> bool {
        self.high == Some(self.low)
    }
}

/// The level of something, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Whatever is not known changes nothing.
    Known(Level),
    /// It is this level or a worse one: never the mildest, since of that nothing would be said.
    AtLeast(Level),
    /// It may be any level.
    NotKnown,
}

impl Standing {
    /// The highest level that any measure reaches. Where what is not known could raise it, that is said, and a mild level
    /// is never claimed.
    pub fn of(measures: impl IntoIterator<Item = (Span, Thresholds)>) -> Self {
        let levels = measures.into_iter().map(|(span, thresholds)| {
            let high = span.high.map_or(Level::Four, |high| thresholds.level(high));
            (thresholds.level(span.low), high)
        });
        let both = levels.reduce(|(low, high), (other, top)| (low.max(other), high.max(top)));
        match both {
            Some((low, high)) if low == high => Self::Known(low),
            Some((low, _)) if low > Level::One => Self::AtLeast(low),
            _ => Self::NotKnown,
        }
    }

    /// The level, if there is one to act by.
    pub const fn level(self) -> Option<Level> {
        match self {
            Self::Known(level) | Self::AtLeast(level) => Some(level),
            Self::NotKnown => None,
        }
    }

    /// As the database writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Known(_) => "known",
            Self::AtLeast(_) => "at-least",
            Self::NotKnown => "not-known",
        }
    }

    /// What the database wrote. A row that cannot be read says nothing is known.
    pub fn stored(name: &str, level: Option<i64>) -> Self {
        match (name, level.and_then(Level::of_number)) {
            ("known", Some(level)) => Self::Known(level),
            ("at-least", Some(level)) => Self::AtLeast(level),
            _ => Self::NotKnown,
        }
    }
}

impl fmt::Display for Standing {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(level) => write!(out, "Level {}", level.number()),
            Self::AtLeast(level) => write!(out, "At least {level}"),
            Self::NotKnown => out.write_str("Not known"),
        }
    }
}

//! Values in classes from low to high, as a map shades them.

use super::scale::drawable;
use super::unit::Unit;

/// How the values of a map are put into classes, at most five.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Classes {
    /// Fifths: classes of about as many areas each. Values that are written alike are in one class, and where there
    /// are fewer than five different ones, each is a class.
    #[default]
    Fifths,
    /// Classes that begin at these values, after a first one of all that is lower. The lowest four are used.
    From(Vec<f64>),
}

/// The values of some areas in their classes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Classed {
    /// For each area its class, from nought; `None` without a value.
    pub(crate) of: Vec<Option<usize>>,
    /// What each class holds, in words.
    pub(crate) ranges: Vec<String>,
    /// How many areas are in each.
    pub(crate) counts: Vec<usize>,
}

impl Classes {
    /// Every value in its class; one that cannot be drawn is in none.
    pub(crate) fn classed(&self, values: &[Option<f64>], unit: Unit) -> Classed {
        let values: Vec<Option<f64>> = values
            .iter()
            .map(|value| value.and_then(drawable).map(|value| unit.as_written(value)))
            .collect();
        let mut sorted: Vec<f64> = values.iter().copied().flatten().collect();
        sorted.sort_by(f64::total_cmp);
        match self {
            Self::Fifths => fifths(&values, &sorted, unit),
            Self::From(starts) => from(&values, starts, unit),
        }
    }
}

fn fifths(values: &[Option<f64>], sorted: &[f64], unit: Unit) -> Classed {
    let mut different = sorted.to_vec();
    different.dedup();
    let count = different.len().min(5);
    let class = |value: f64| {
        let lower = |all: &[f64]| all.partition_point(|other| *other < value);
        if different.len() < 5 {
            lower(&different)
        } else {
            lower(sorted).saturating_mul(5) / sorted.len().max(1)
        }
    };
    let range = |wanted: usize| {
        let mut inside = sorted.iter().filter(|value| class(**value) == wanted);
        let low = inside.next();
        let high = inside.next_back().or(low);
        match low.zip(high) {
            Some((low, high)) if low < high => {
                format!("{} to {}", unit.value(*low), unit.value(*high))
            }
            Some((low, _)) => unit.value(*low),
            None => "Nothing".to_owned(),
        }
    };
    let ranges = (0..count).map(range).collect();
    Classed::new(values.iter().map(|value| value.map(class)), ranges)
}

fn from(values: &[Option<f64>], starts: &[f64], unit: Unit) -> Classed {
    let starts = starts.iter().copied().filter_map(drawable);
    let mut starts: Vec<f64> = starts.map(|start| unit.as_written(start)).collect();
    starts.sort_by(f64::total_cmp);
    starts.dedup();
    starts.truncate(4);
    let class = |value: f64| starts.partition_point(|start| *start <= value);
    let mut ranges = Vec::with_capacity(5);
    for (place, start) in starts.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|before| starts.get(before));
        let end = unit.value(*start);
        ranges.push(before.map_or_else(
            || format!("Under {end}"),
            |before| format!("{} to under {end}", unit.value(*before)),
        ));
    }
    ranges.push(starts.last().map_or_else(
        || "All values".to_owned(),
        |start| format!("{} and over", unit.value(*start)),
    ));
    Classed::new(values.iter().map(|value| value.map(class)), ranges)
}

impl Classed {
    fn new(of: impl Iterator<Item = Option<usize>>, ranges: Vec<String>) -> Self {
        let of: Vec<Option<usize>> = of.collect();
        let counts = (0..ranges.len())
            .map(|class| of.iter().filter(|one| **one == Some(class)).count())
            .collect();
        Self { of, ranges, counts }
    }

    /// The colour of a class: light for low and dark for high, as far apart as there is room.
    pub(crate) fn shade(&self, class: usize) -> Shade {
        let last = self.ranges.len().saturating_sub(1);
        let place = class.min(last).saturating_mul(4).checked_div(last);
        let shade = place.and_then(|place| SHADES.get(place));
        shade.copied().unwrap_or(MIDDLE)
    }
}

/// The colour of a class, and those that are seen on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shade {
    /// Of the area.
    pub(crate) fill: &'static str,
    /// Of its outline and of what is written in it: at least 4.5:1 against the area.
    pub(crate) ink: &'static str,
}

const DARK: &str = "#212b32";
const LIGHT: &str = "#ffffff";

const MIDDLE: Shade = Shade {
    fill: "#6d9dcb",
    ink: DARK,
};

/// One hue, so that they keep their order in grey. The first three have less than 3:1 against the page, which is why
/// areas are outlined.
const SHADES: [Shade; 5] = [
    Shade {
        fill: "#d6e4f2",
        ink: DARK,
    },
    Shade {
        fill: "#a9c6e3",
        ink: DARK,
    },
    MIDDLE,
    Shade {
        fill: "#3b72a8",
        ink: LIGHT,
    },
    Shade {
        fill: "#12436d",
        ink: LIGHT,
    },
];

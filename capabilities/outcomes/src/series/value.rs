//! A figure as it was published, and which figure it is.

use std::collections::BTreeMap;

use stour_kernel::Date;
use stour_statistics::attribute::Counted;

/// A figure of one period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Value {
    /// The figure, in the unit of its measure.
    pub value: f64,
    /// How many of how many, where the measure is a share and both were published.
    pub counted: Option<Counted>,
}

/// Figures by the first day of their periods.
pub type Values = BTreeMap<Date, Value>;

/// Which part of a measure a series is of; empty for the whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartKey {
    /// The list by which it is divided, by its id.
    pub breakdown: String,
    /// The part, by its code.
    pub code: String,
}

/// Why figures have no total.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoTotal {
    /// They are shares and not known what of, or there is none.
    NotCounted,
    /// They add up to no number.
    TooGreat,
}

impl NoTotal {
    /// The reason in words.
    pub(crate) const fn why(self) -> &'static str {
        match self {
            Self::NotCounted => "How many of how many is not known of every area.",
            Self::TooGreat => "The figures are too great to be added up: check what was imported.",
        }
    }
}

impl Value {
    /// A share, in per cent; `None` when there is nothing to be a share of.
    pub(crate) fn share(counted: Counted) -> Option<Self> {
        (counted.size > 0.0).then(|| Self {
            value: 100.0 * counted.count / counted.size,
            counted: Some(counted),
        })
    }

    /// All of them together: the share of all where they are shares, else their sum.
    pub(crate) fn together(values: &[Self], percent: bool) -> Result<Self, NoTotal> {
        if values.is_empty() {
            return Err(NoTotal::NotCounted);
        }
        if !percent {
            let sum: f64 = values.iter().map(|value| value.value).sum();
            return finite(sum).map(Self::from);
        }
        let mut all = Counted {
            count: 0.0,
            size: 0.0,
        };
        for value in values {
            let counted = value.counted.ok_or(NoTotal::NotCounted)?;
            all.count += counted.count;
            all.size += counted.size;
        }
        finite(all.count + all.size)?;
        Self::share(all).ok_or(NoTotal::NotCounted)
    }

    /// Whether it is the same figure, to the last bit.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        let bits = |value: &Self| {
            let counted = value
                .counted
                .map(|counted| (counted.count.to_bits(), counted.size.to_bits()));
            (value.value.to_bits(), counted)
        };
        bits(self) == bits(other)
    }
}

fn finite(sum: f64) -> Result<f64, NoTotal> {
    sum.is_finite().then_some(sum).ok_or(NoTotal::TooGreat)
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self {
            value,
            counted: None,
        }
    }
}

impl PartKey {
    /// Whether it is the whole.
    pub fn is_whole(&self) -> bool {
        self.breakdown.is_empty()
    }
}

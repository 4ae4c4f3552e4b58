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

impl Value {
    /// A share, in per cent; `None` when there is nothing to be a share of.
    pub(crate) fn share(counted: Counted) -> Option<Self> {
        (counted.size > 0.0).then(|| Self {
            value: 100.0 * counted.count / counted.size,
            counted: Some(counted),
        })
    }

    /// All of them together: the share of all where they are shares, else their sum. `None` where
    /// they are rates and not known what of, or there is none.
    pub(crate) fn together(values: &[Self], percent: bool) -> Option<Self> {
        if values.is_empty() {
            return None;
        }
        if !percent {
            return Some(values.iter().map(|value| value.value).sum::<f64>().into());
        }
        let mut all = Counted {
            count: 0.0,
            size: 0.0,
        };
        for value in values {
            let counted = value.counted?;
            all.count += counted.count;
            all.size += counted.size;
        }
        Self::share(all)
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

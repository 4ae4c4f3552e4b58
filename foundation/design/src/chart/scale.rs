//! From values to heights, with ticks on round numbers.

/// Beyond this, neither a place nor a label can be told from its neighbour.
const LARGEST: f64 = 1e15;

/// A value that can be drawn: neither infinite nor beyond all measure.
pub(crate) fn drawable(value: f64) -> Option<f64> {
    (value.is_finite() && value.abs() <= LARGEST).then_some(value)
}

/// A linear scale of values, larger ones higher.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scale {
    lowest: f64,
    highest: f64,
    top: f64,
    bottom: f64,
}

impl Scale {
    /// A scale that holds every value, with a little room above and below; it begins at zero where room would go below.
    pub(crate) fn holding(values: impl Iterator<Item = f64>, top: f64, bottom: f64) -> Self {
        let (lowest, highest) = values
            .filter(|value| value.is_finite())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                (low.min(value), high.max(value))
            });
        let (lowest, highest) = if lowest.is_finite() {
            (lowest, highest)
        } else {
            (0.0, 1.0)
        };
        let room = if highest > lowest {
            (highest - lowest) * 0.06
        } else {
            highest.abs().max(1.0) * 0.1
        };
        let below = if lowest >= 0.0 {
            (lowest - room).max(0.0)
        } else {
            lowest - room
        };
        Self {
            lowest: below,
            highest: highest + room,
            top,
            bottom,
        }
    }

    /// Like [`Scale::holding`], but never so short that neighbouring ticks are written alike.
    pub(crate) fn roomy(values: &[f64], least: f64, top: f64, bottom: f64) -> Self {
        let values = || values.iter().copied().filter(|value| value.is_finite());
        let (low, high) = (
            values().fold(f64::INFINITY, f64::min),
            values().fold(f64::NEG_INFINITY, f64::max),
        );
        let least = (low.abs().max(high.abs()) * 1e-3).max(least);
        let more = (high - low < least).then_some(low + least);
        Self::holding(values().chain(more), top, bottom)
    }

    /// Whether a value is on it.
    pub(crate) fn holds(&self, value: f64) -> bool {
        (self.lowest..=self.highest).contains(&value)
    }

    /// Where a value is drawn.
    pub(crate) fn y(&self, value: f64) -> f64 {
        let part = (value - self.lowest) / (self.highest - self.lowest);
        self.bottom - part * (self.bottom - self.top)
    }

    /// Round values, about `wanted` of them, and how many decimals they need.
    pub(crate) fn ticks(&self, wanted: f64) -> (Vec<f64>, usize) {
        let rough = (self.highest - self.lowest) / wanted;
        let magnitude = 10_f64.powf(rough.log10().floor());
        let multiple = [1.0, 2.0, 2.5, 5.0, 10.0]
            .into_iter()
            .find(|multiple| multiple * magnitude >= rough);
        let step = multiple.unwrap_or(10.0) * magnitude;
        let decimals = (0..6_u8)
            .find(|decimals| {
                let scaled = step * 10_f64.powi(i32::from(*decimals));
                (scaled - scaled.round()).abs() < 1e-6 * scaled
            })
            .unwrap_or(6);
        let begin = (self.lowest / step).ceil();
        let ticks = (0..50_u8)
            .map(|position| (begin + f64::from(position)) * step)
            .take_while(|value| *value <= self.highest + step * 1e-9)
            .map(|value| if value == 0.0 { 0.0 } else { value })
            .collect();
        (ticks, usize::from(decimals))
    }
}

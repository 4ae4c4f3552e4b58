//! How the numbers of a chart are written.

/// How the numbers of a chart are written: what stands before and after, and how many decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit {
    /// Before the number: "£".
    pub before: &'static str,
    /// After the number: "%". Words such as "days" belong in the subtitle.
    pub after: &'static str,
    /// Decimals of a value.
    pub decimals: u8,
    /// Decimals of a mean or a limit.
    pub limit_decimals: u8,
}

impl Unit {
    /// Whole things: people, beds.
    pub const COUNT: Self = Self {
        before: "",
        after: "",
        decimals: 0,
        limit_decimals: 1,
    };
    /// Per cent, where 84.5 is 84.5%.
    pub const PERCENT: Self = Self {
        before: "",
        after: "%",
        decimals: 1,
        limit_decimals: 1,
    };
    /// A measure with one decimal: days, rates.
    pub const MEASURE: Self = Self {
        before: "",
        after: "",
        decimals: 1,
        limit_decimals: 1,
    };
    /// Whole pounds.
    pub const POUNDS: Self = Self {
        before: "£",
        after: "",
        decimals: 0,
        limit_decimals: 0,
    };

    /// A value, for example "1,234" or "84.5%".
    pub fn value(&self, value: f64) -> String {
        self.write(value, usize::from(self.decimals))
    }

    /// A mean or a limit.
    pub fn limit(&self, value: f64) -> String {
        self.write(value, usize::from(self.limit_decimals))
    }

    pub(crate) fn write(&self, value: f64, decimals: usize) -> String {
        let digits = format!("{:.decimals$}", value.abs());
        let zero = digits.chars().all(|digit| matches!(digit, '0' | '.'));
        let minus = if value < 0.0 && !zero { "−" } else { "" };
        let (whole, fraction) = digits
            .split_once('.')
            .map_or((digits.as_str(), None), |(a, b)| (a, Some(b)));
        let mut grouped = String::with_capacity(digits.len().saturating_mul(2));
        for (position, digit) in whole.chars().enumerate() {
            if position > 0 && whole.len().saturating_sub(position) % 3 == 0 {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        if let Some(fraction) = fraction {
            grouped.push('.');
            grouped.push_str(fraction);
        }
        format!("{minus}{}{grouped}{}", self.before, self.after)
    }
}

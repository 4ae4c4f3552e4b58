//! How the numbers of a chart are written.

use super::scale::Scale;
use super::text;

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
    /// Large amounts in thousands, millions or billions: "£1.2m".
    pub shortened: bool,
}

/// What large amounts are counted in, and how that is written.
const SIZES: [(f64, &str); 4] = [(1.0, ""), (1e3, "k"), (1e6, "m"), (1e9, "bn")];

impl Unit {
    /// Whole things: people, beds.
    pub const COUNT: Self = Self {
        before: "",
        after: "",
        decimals: 0,
        limit_decimals: 1,
        shortened: false,
    };
    /// Per cent, where 84.5 is 84.5%.
    pub const PERCENT: Self = Self {
        before: "",
        after: "%",
        decimals: 1,
        limit_decimals: 1,
        shortened: false,
    };
    /// A measure with one decimal: days, rates.
    pub const MEASURE: Self = Self {
        before: "",
        after: "",
        decimals: 1,
        limit_decimals: 1,
        shortened: false,
    };
    /// Whole pounds.
    pub const POUNDS: Self = Self {
        before: "£",
        after: "",
        decimals: 0,
        limit_decimals: 0,
        shortened: false,
    };
    /// Amounts of money of any size: £950, £350k, £1.2m, −£2.0bn.
    pub const MONEY: Self = Self {
        before: "£",
        after: "",
        decimals: 0,
        limit_decimals: 0,
        shortened: true,
    };

    /// A value, for example "1,234" or "84.5%".
    pub fn value(&self, value: f64) -> String {
        if self.shortened {
            return self.short(value);
        }
        self.write(value, usize::from(self.decimals))
    }

    /// A value as it is read once it has been written; one that is shortened stays as it is.
    pub(crate) fn as_written(&self, value: f64) -> f64 {
        if self.shortened {
            return value;
        }
        let written = format!("{value:.*}", usize::from(self.decimals));
        // Nought has no sign in writing.
        written.parse().map_or(value, |read: f64| read + 0.0)
    }

    /// A mean or a limit.
    pub fn limit(&self, value: f64) -> String {
        if self.shortened {
            return self.short(value);
        }
        self.write(value, usize::from(self.limit_decimals))
    }

    /// The least that an axis spans, so that its ticks are not parts of a penny.
    pub(crate) fn least_span(&self) -> f64 {
        if self.shortened { 10.0 } else { 0.0 }
    }

    /// The ticks of an axis, about `wanted` of them, and what each says. All of them are counted in the same thing.
    pub(crate) fn ticks(&self, scale: &Scale, wanted: f64) -> Vec<(f64, String)> {
        let (ticks, decimals) = scale.ticks(wanted);
        if !self.shortened {
            let written = |tick: f64| (tick, self.write(tick, decimals));
            return ticks.into_iter().map(written).collect();
        }
        let largest = ticks.iter().map(|tick| tick.abs()).fold(0.0, f64::max);
        let step = match ticks.as_slice() {
            [first, second, ..] => second - first,
            _ => largest,
        };
        let mut sizes = SIZES.iter().rev().filter(|(size, _)| largest >= *size);
        let (size, word, decimals) = sizes
            .find_map(|(size, word)| Some((*size, *word, decimals_of(step / size)?)))
            .unwrap_or((1.0, "", 2));
        // Tenths of a pound are pence.
        let decimals = if size < 10.0 && decimals > 0 {
            2
        } else {
            decimals
        };
        let written = |tick: f64| {
            let word = if tick == 0.0 { "" } else { word };
            let decimals = if tick == 0.0 { 0 } else { decimals };
            (tick, self.write_in(tick / size, decimals, word))
        };
        ticks.into_iter().map(written).collect()
    }

    /// The ticks of an axis from left to right, at most about so many: as many as stand apart and inside a
    /// drawing of this width, written in this size.
    pub(crate) fn ticks_across(
        &self,
        scale: &Scale,
        (width, size): (f64, f64),
        most: f64,
    ) -> Vec<(f64, String)> {
        let is_inside = |(tick, said): &(f64, String)| {
            let (x, half) = (scale.y(*tick), text::width(said, size) / 2.0);
            x >= half && x + half <= width
        };
        let are_apart = |ticks: &[(f64, String)]| {
            let widest = text::widest(ticks.iter().map(|(_, said)| said.as_str()), size);
            ticks.windows(2).all(|pair| match pair {
                [(one, _), (other, _)] => scale.y(*other) - scale.y(*one) >= widest + size * 0.5,
                _ => true,
            })
        };
        let few = |wanted: f64| {
            let mut ticks = self.ticks(scale, wanted);
            ticks.retain(is_inside);
            ticks
        };
        let wanted = [6.0, 5.0, 4.0, 3.0, 2.0, 1.5, 1.0].into_iter();
        let mut tried = wanted.filter(|wanted| *wanted <= most).map(few);
        tried.find(|ticks| are_apart(ticks)).unwrap_or_default()
    }

    fn short(&self, value: f64) -> String {
        let mut written = String::new();
        for (size, word) in SIZES {
            let amount = value.abs() / size;
            let decimals = match word {
                "" => 0,
                "k" => usize::from(amount < 9.95),
                _ => usize::from(amount < 99.95),
            };
            written = self.write_in(value / size, decimals, word);
            if amount < 999.5 {
                break;
            }
        }
        written
    }

    pub(crate) fn write(&self, value: f64, decimals: usize) -> String {
        self.write_in(value, decimals, "")
    }

    fn write_in(&self, value: f64, decimals: usize, word: &str) -> String {
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
        format!("{minus}{}{grouped}{word}{}", self.before, self.after)
    }
}

/// How many decimals, two at most, write every multiple of a step.
fn decimals_of(step: f64) -> Option<usize> {
    (0..=2_u8)
        .find(|decimals| {
            let scaled = step * 10_f64.powi(i32::from(*decimals));
            scaled == 0.0 || (scaled > 0.5 && (scaled - scaled.round()).abs() < 1e-6 * scaled)
        })
        .map(usize::from)
}

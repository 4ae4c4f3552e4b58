//! Which number of a case is meant, where one is varied.

use std::fmt::{self, Display};
use std::ops::RangeInclusive;

use serde::{Serialize, Serializer};

use super::{Case, Line};
use crate::amount;

/// A number of a line or a cohort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Field {
    Scale,
    Population,
    TakeUp,
    Impact,
    UnitValue,
    Deadweight,
    Displacement,
    DropOff,
    Lag,
    Optimism,
}

impl Field {
    const OF_A_LINE: [(Self, &'static str); 9] = [
        (Self::Scale, "scale"),
        (Self::TakeUp, "take_up"),
        (Self::Impact, "impact"),
        (Self::UnitValue, "unit_value"),
        (Self::Deadweight, "deadweight"),
        (Self::Displacement, "displacement"),
        (Self::DropOff, "drop_off"),
        (Self::Lag, "lag"),
        (Self::Optimism, "optimism_bias"),
    ];

    pub(crate) fn as_str(self) -> &'static str {
        let named = Self::OF_A_LINE.iter().find(|(field, _)| *field == self);
        named.map_or("population_scale", |(_, name)| name)
    }

    /// The values that the number may take, agreed, varied or drawn: proportions, multiples, units,
    /// years or pounds (a unit value). What is not a proportion ends where it can only be a slip.
    pub(crate) const fn range(self, is_benefit: bool) -> RangeInclusive<f64> {
        match self {
            Self::TakeUp | Self::Deadweight | Self::Displacement | Self::DropOff => 0.0..=1.0,
            Self::Optimism if is_benefit => 0.0..=1.0,
            Self::Optimism => 0.0..=100.0,
            Self::Lag => 0.0..=1.0e3,
            Self::Scale | Self::Population | Self::Impact => 0.0..=1.0e9,
            Self::UnitValue => 0.0..=amount::LARGEST_POUNDS,
        }
    }

    /// Whether a line is so many times larger when the number is: all but those that shape its years.
    pub(crate) const fn multiplies(self) -> bool {
        !matches!(self, Self::DropOff | Self::Lag)
    }
}

/// An input: `LINE.field` for a number of a line, `COHORT.population_scale` for a multiple of a
/// population.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Input {
    pub(crate) of: String,
    pub(crate) field: Field,
}

impl Display for Input {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.of, self.field.as_str())
    }
}

impl Serialize for Input {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Input {
    /// The input that a document names, or why there is none.
    pub(crate) fn find(name: &str, lines: &[Line]) -> Result<Self, String> {
        let (of, field) = name.rsplit_once('.').ok_or_else(|| {
            format!("{name:?} names no input: write LINE.impact or COHORT.population_scale")
        })?;
        if field == Field::Population.as_str() {
            let found = Self {
                of: of.to_owned(),
                field: Field::Population,
            };
            return lines
                .iter()
                .any(|line| found.moves(line))
                .then_some(found)
                .ok_or_else(|| format!("{name:?}: no line has a cohort called {of:?}"));
        }
        let known = Field::OF_A_LINE.iter().find(|(_, known)| *known == field);
        let Some((field, _)) = known else {
            let names = Field::OF_A_LINE.map(|(_, known)| known);
            return Err(format!(
                "{name:?} names no input of a line: use {}",
                crate::words::any_of(&names)
            ));
        };
        let line = line(lines, of).ok_or_else(|| format!("{name:?}: there is no line {of:?}"))?;
        if !line.has(*field) {
            return Err(format!(
                "{name:?}: the line gives it by year, or not at all; vary {of}.scale instead"
            ));
        }
        Ok(Self {
            of: of.to_owned(),
            field: *field,
        })
    }

    /// Whether this input is a number of the line.
    pub(crate) fn moves(&self, line: &Line) -> bool {
        match self.field {
            Field::Population => line.cohort.as_ref() == Some(&self.of),
            _ => line.id == self.of,
        }
    }

    /// The agreed value; of a population, the multiple 1.
    pub(crate) fn agreed(&self, case: &Case) -> f64 {
        let line = self.line(&case.lines);
        line.map_or(1.0, |line| line.factors.get(self.field))
    }

    /// The values that the number may take.
    pub(crate) fn range(&self, lines: &[Line]) -> RangeInclusive<f64> {
        let line = self.line(lines);
        self.field.range(line.is_some_and(Line::is_benefit))
    }

    /// The line whose number it is; none for that of a cohort.
    fn line<'l>(&self, lines: &'l [Line]) -> Option<&'l Line> {
        match self.field {
            Field::Population => None,
            _ => line(lines, &self.of),
        }
    }

    /// Every number of a line that can be varied by itself, the population of its cohort first.
    pub(super) fn of_line(line: &Line) -> Vec<Self> {
        let population = line.cohort.iter().map(|cohort| Self {
            of: cohort.clone(),
            field: Field::Population,
        });
        let fields = Field::OF_A_LINE.iter().map(|(field, _)| *field);
        let fields = fields.filter(|field| line.has(*field)).map(|field| Self {
            of: line.id.clone(),
            field,
        });
        population.chain(fields).collect()
    }

    /// Every number of the case that can be varied by itself.
    pub(crate) fn all(case: &Case) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for line in &case.lines {
            all.extend(Self::of_line(line));
        }
        all.sort();
        all.dedup();
        all
    }
}

/// The line of this id, of lines in the order of their ids.
fn line<'l>(lines: &'l [Line], id: &str) -> Option<&'l Line> {
    let place = lines.binary_search_by(|line| line.id.as_str().cmp(id));
    lines.get(place.ok()?)
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Notation {
    /// A part of a whole: 0.15 is 15 per cent.
    Proportion,
    /// Pounds.
    Pounds,
    /// A number of units or years, or a multiple.
    Number,
}

/// A number of a case that can be varied by itself.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct InputValue {
    /// As `[[uncertain]]` and [`Case::what_if`] name it: `LINE.impact` or `COHORT.population_scale`.
    pub name: String,
    /// The name of the line or the cohort.
    pub of: String,
    /// What the number is, in words, such as "impact: hospital days each".
    pub what: String,
    /// As agreed: a proportion, pounds (not pence) or a number, by `written`.
    pub agreed: f64,
    /// The least that it may be, in the same unit.
    pub least: f64,
    /// The most that it may be, in the same unit.
    pub most: f64,
    /// How it is written.
    pub written: Notation,
}

impl InputValue {
    /// The input of a line, or of the cohort that drives it.
    pub(super) fn of(input: &Input, line: &Line, case: &Case) -> Self {
        let name = match input.field {
            Field::Population => case.cohorts.get(&input.of).unwrap_or(&input.of),
            _ => &line.name,
        };
        let range = input.range(&case.lines);
        Self {
            name: input.to_string(),
            of: name.clone(),
            what: input.field.words(line),
            agreed: input.agreed(case),
            least: *range.start(),
            most: *range.end(),
            written: input.field.notation(),
        }
    }
}

impl Field {
    fn words(self, line: &Line) -> String {
        let words = match self {
            Self::Impact => {
                let unit = line.driven.as_ref().map_or("", |driven| &driven.unit);
                return format!("impact: {unit}");
            }
            Self::Scale => "the whole line, as a multiple",
            Self::Population => "population, as a multiple",
            Self::TakeUp => "take-up",
            Self::UnitValue => "unit value in pounds",
            Self::Deadweight => "deadweight",
            Self::Displacement => "displacement",
            Self::DropOff => "drop-off in each further year",
            Self::Lag => "lag in years",
            Self::Optimism => "optimism bias",
        };
        words.to_owned()
    }

    const fn notation(self) -> Notation {
        match self {
            Self::TakeUp
            | Self::Deadweight
            | Self::Displacement
            | Self::DropOff
            | Self::Optimism => Notation::Proportion,
            Self::UnitValue => Notation::Pounds,
            Self::Scale | Self::Population | Self::Impact | Self::Lag => Notation::Number,
        }
    }
}

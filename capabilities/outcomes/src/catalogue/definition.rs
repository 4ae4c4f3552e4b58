//! What an indicator is, as data: one file of `reference/indicators`.

use std::collections::BTreeMap;

use serde::Deserialize;
use stour_indicators::{Dimension, Rule, Selector};
use stour_kernel::Date;
use stour_statistics::xmr::Direction;

use crate::measure::Altitude;

/// An indicator.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Its name in addresses.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What there is more or fewer of, for a headline.
    pub subject: String,
    /// What its values are: `per cent of discharges`.
    pub unit: String,
    /// Which way is better.
    pub direction: Direction,
    /// What it is about: one of `reference/themes.toml`.
    pub theme: String,
    /// Who looks at it: the whole system, a service or place, a person.
    pub altitude: Vec<Altitude>,
    /// The role that answers for it.
    pub owner: String,
    /// Whose definition it is, and where it stands.
    pub source: String,
    /// What frameworks call it.
    #[serde(default)]
    pub known_as: Vec<KnownAs>,
    /// Which version of the definition this is.
    pub definition_version: String,
    /// The first day it holds.
    pub starts: Date,
    /// The first day it no longer does; `None` while it holds.
    pub ends: Option<Date>,
    /// Who it is about.
    pub population: String,
    /// Who or what is counted above the line.
    pub numerator: String,
    /// Who or what is counted below the line.
    pub denominator: String,
    /// What it is counted by.
    pub period: String,
    /// Who or what is not counted at all.
    #[serde(default)]
    pub exclusions: Vec<String>,
    /// What else a reader should know.
    #[serde(default)]
    pub notes: Vec<String>,
    /// A slip of a document that cites it, put right.
    pub correction: Option<String>,
    /// What is to be reached, and when.
    #[serde(default)]
    pub target: Vec<Target>,
    /// Where it stood at the outset.
    pub baseline: Option<Baseline>,
    /// How it is shown.
    pub shown: Shown,
    /// Which counts are too small to publish.
    pub small_numbers: SmallNumbers,
    /// Which facts are meant.
    #[serde(default)]
    pub select: BTreeMap<String, Selector>,
    /// How they are counted; none of an indicator that is not computed from facts.
    pub rule: Option<Rule>,
    /// The published measures in which it is found, where it is not computed from facts.
    #[serde(default)]
    pub published: Vec<String>,
    /// Why it is not computed from facts.
    pub why_not: Option<String>,
}

/// What a framework calls an indicator.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownAs {
    /// The framework.
    pub framework: String,
    /// Its code there.
    pub code: String,
    /// The years of that form: `2013-14`.
    pub years: String,
}

/// What is to be reached.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// The first day it is the target.
    pub from: Date,
    /// The first day it no longer is; `None` while it is.
    pub until: Option<Date>,
    /// In the unit of the indicator.
    pub value: f64,
    /// Who set it, and where.
    pub source: String,
}

/// Where an indicator stood at the outset: what later numbers are held against. No number of a baseline is worked out
/// here; it is what somebody published.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// In the unit of the indicator.
    pub value: f64,
    /// Of whom and of what it is.
    pub of: String,
    /// When it was.
    pub period: String,
    /// Who published it, and where.
    pub source: String,
}

/// How cells become a number.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shown {
    /// Which number.
    pub statistic: Statistic,
    /// What a rate is per; 100,000 of a rate of people.
    pub per: Option<f64>,
    /// Which percentile.
    pub percentile: Option<f64>,
    /// What a mean or sum is divided by to be in the unit: 100 from pence to pounds.
    pub divide_by: Option<f64>,
    /// The people a rate is of.
    pub of: Option<Population>,
    /// Whether ages are evened out.
    pub standardised: Option<Standardised>,
    /// Digits after the point.
    pub decimals: u8,
    /// The confidence of the interval, between 0 and 1.
    pub interval: f64,
    /// How many complete months the main value covers.
    pub months: i32,
    /// How many days after a month's end its figures are complete.
    #[serde(default)]
    pub complete_after: i32,
    /// What it is taken apart by.
    pub apart: Vec<Apart>,
}

/// Which number is made of the cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Statistic {
    /// How many.
    Count,
    /// What is measured, added up.
    Sum,
    /// How many for so many people.
    Rate,
    /// What is measured, added up, for so many people.
    SumRate,
    /// How many of how many, in per cent.
    Proportion,
    /// What is measured, on average.
    Mean,
    /// What is measured, in the middle or at another percentile.
    Percentile,
    /// Worked out from other indicators.
    Formula,
    /// Years to live from birth.
    LifeExpectancy,
    /// Years of life between the most and the least deprived.
    SlopeOfInequality,
}

/// The people of whom a rate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Population {
    /// The youngest age, a multiple of five or 18.
    pub age_from: u8,
    /// The first age that is too old, a multiple of five.
    pub age_before: Option<u8>,
}

impl Population {
    /// The age from which somebody is an adult: how many of those of 15 to 19 are is known.
    pub const ADULT: u8 = 18;
}

/// How ages are evened out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standardised {
    /// By the European Standard Population of 2013.
    Direct,
    /// Against the rates of the whole partnership: places may not be ranked by it.
    Indirect,
}

/// What a number may be taken apart by on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Apart {
    /// Councils.
    Council,
    /// Localities.
    Locality,
    /// Ages.
    Age,
    /// Sexes.
    Sex,
    /// Tenths of deprivation.
    Deprivation,
    /// Middle-layer super output areas.
    SmallArea,
    /// Who did it.
    Provider,
}

impl Apart {
    /// The dimension of cells.
    pub const fn dimension(self) -> Dimension {
        match self {
            Self::Council => Dimension::Council,
            Self::Locality => Dimension::Locality,
            Self::Age => Dimension::Age,
            Self::Sex => Dimension::Sex,
            Self::Deprivation => Dimension::Deprivation,
            Self::SmallArea => Dimension::SmallArea,
            Self::Provider => Dimension::Provider,
        }
    }
}

/// Which counts are too small to publish.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmallNumbers {
    /// The smallest count that is not published.
    pub from: u64,
    /// The largest.
    pub to: u64,
    /// The rule in words, with whose it is.
    pub rule: String,
}

impl SmallNumbers {
    /// Whether the count is one of them.
    pub fn has(&self, count: u64) -> bool {
        (self.from..=self.to).contains(&count)
    }
}

impl Definition {
    /// The target on a day.
    pub fn target_on(&self, day: Date) -> Option<&Target> {
        let holds =
            |target: &&Target| target.from <= day && target.until.is_none_or(|until| day < until);
        self.target.iter().rfind(holds)
    }

    /// Whether it is of years of life, which a month has too few deaths for: it is shown over periods that overlap.
    pub const fn is_of_lives(&self) -> bool {
        matches!(
            self.shown.statistic,
            Statistic::LifeExpectancy | Statistic::SlopeOfInequality
        )
    }

    /// Whether each value is needed to make its number, not only how many there are and what they add up to.
    pub const fn needs_values(&self) -> bool {
        matches!(
            self.shown.statistic,
            Statistic::Percentile | Statistic::LifeExpectancy | Statistic::SlopeOfInequality
        )
    }

    /// The dimensions that its cells are needed in.
    pub fn dimensions(&self) -> Vec<Dimension> {
        let apart = self.shown.apart.iter();
        let mut dimensions: Vec<Dimension> = apart.clone().map(|apart| apart.dimension()).collect();
        dimensions.insert(0, Dimension::Whole);
        if self.shown.apart.contains(&Apart::Council) && self.shown.apart.contains(&Apart::Locality)
        {
            dimensions.push(Dimension::LocalityInCouncil);
        }
        if self.shown.statistic == Statistic::SlopeOfInequality {
            dimensions.push(Dimension::Deprivation);
        }
        if self.needs_ages() {
            dimensions.push(Dimension::Age);
            dimensions.extend(apart.filter_map(|apart| match apart {
                Apart::Council => Some(Dimension::AgeInCouncil),
                Apart::Locality => Some(Dimension::AgeInLocality),
                Apart::Deprivation => Some(Dimension::AgeInDeprivation),
                _ => None,
            }));
            if dimensions.contains(&Dimension::LocalityInCouncil) {
                dimensions.push(Dimension::AgeInLocalityInCouncil);
            }
        }
        dimensions.sort_unstable();
        dimensions.dedup();
        dimensions
    }

    /// Whether each age band of a piece is needed to make its number.
    const fn needs_ages(&self) -> bool {
        self.shown.standardised.is_some()
    }
}

//! How facts are counted: the data that a definition is written in.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::selector::Selector;

/// What is counted, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The name by which errors and formulas call it.
    pub id: String,
    /// Which facts are meant, by the names that the rule uses.
    pub select: BTreeMap<String, Selector>,
    /// How they are counted.
    pub rule: Rule,
}

/// Names of selectors; a fact that any of them means is meant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Names(pub Vec<String>);

/// Which day of a fact decides the month that it counts in, and the age.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dated {
    /// The day it began.
    #[default]
    Start,
    /// The day it ended; while it goes on it is not counted.
    End,
}

/// What is measured of each fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    /// Nights from the first day to the day it ended.
    Nights,
    /// Its quantity: minutes, a score.
    Quantity,
    /// Days from the day that its quantity names to the day it ended, none if that came first: from ready for
    /// discharge to discharged.
    DaysSinceQuantity,
    /// Pence.
    Cost,
}

/// Days between two facts, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// The earliest day, in days after the first fact ended; before it when negative.
    pub from: i32,
    /// The latest day.
    pub to: i32,
}

/// Facts that must not have gone before. Of two that began on one day, the one that ended first went before.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unless {
    /// Which facts.
    pub any: Names,
    /// Within so many days before: one that ended fewer days before than these, or goes on. The night decides, so with 1
    /// it is one that ended on the very day, or later.
    pub days: i32,
}

/// Facts that must be near.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Linked {
    /// Which facts.
    pub to: Names,
    /// When they begin, after the first fact ended.
    pub within: Span,
}

/// How facts are counted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Rule {
    /// Each fact once, with what is measured of it: numbers, rates, sums, means, percentiles.
    Events {
        /// Which facts.
        count: Names,
        /// Which day decides.
        #[serde(default)]
        dated: Dated,
        /// What is measured; a fact of which that is not known is not counted.
        value: Option<Value>,
        /// What must not have gone before.
        unless: Option<Unless>,
    },
    /// Of some facts, those that are also others: proportions.
    Share {
        /// Below the line.
        whole: Names,
        /// Above the line.
        part: Names,
        /// Which day decides.
        #[serde(default)]
        dated: Dated,
        /// What is added up in place of counting facts: a share of spending.
        value: Option<Value>,
    },
    /// People with such a fact within so many months, each once in each month.
    People {
        /// Which facts.
        count: Names,
        /// How many months, the month itself included; 1 when not given.
        over: Option<i32>,
    },
    /// Days of a fact that fall in each month; the day it ended is not one.
    Days {
        /// Which facts.
        count: Names,
        /// Whether they are counted from the day that the quantity names.
        #[serde(default)]
        since_quantity: bool,
        /// How many days at its beginning are left out: with 7, somebody counts from the eighth day of a stay on. None when
        /// not given.
        #[serde(default)]
        after: u16,
    },
    /// What each fact cost, evenly over its days, so that each month has the part of the days that fall in it. The day it
    /// ended is not one, unless it is the first; what goes on is taken to have cost this much up to the day of counting,
    /// and what ends later to cost this much up to then. A fact without a cost is not counted.
    Spread {
        /// Which facts.
        count: Names,
    },
    /// On the last day of each month: people with such a fact going on, and of them those with another.
    Open {
        /// Below the line.
        whole: Names,
        /// Above the line; everybody when not given.
        part: Option<Names>,
    },
    /// Facts that ended, and whether others began within so many days: readmission, sequels, coverage.
    Follow {
        /// Which facts.
        from: Names,
        /// What must be near.
        linked: Option<Linked>,
        /// What may come.
        then: Names,
        /// Within which days.
        within: Span,
        /// Whether what may come counts too where it began by the day the first fact ended and ended after that day, or
        /// goes on.
        #[serde(default)]
        going_on: bool,
        /// Whether death by the last of those days counts as having come.
        #[serde(default)]
        death: bool,
        /// Whether those are counted above the line to whom it did not come.
        #[serde(default)]
        absent: bool,
        /// What must not have gone before.
        unless: Option<Unless>,
    },
    /// Where somebody is so many days after leaving hospital.
    Home(Box<Home>),
    /// Deaths; what is measured is the age: life expectancy.
    Deaths,
    /// Worked out from other indicators.
    Formula {
        /// Their names in braces, joined by `+`, `-`, `*`, `/`: `{acute-spend} / ({acute-spend} + {community-spend})`.
        of: String,
    },
}

/// Where somebody is so many days after leaving hospital.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Home {
    /// Stays in hospital, ended or not, however they ended.
    pub stay: Names,
    /// Of those, the ones that ended in death.
    pub died: Names,
    /// Of those, the ones that ended neither at home nor in a care home.
    pub moved_on: Names,
    /// What must follow the discharge.
    pub with: Names,
    /// How many days before the discharge it may begin.
    pub window_before: i32,
    /// How many days after.
    pub window_after: i32,
    /// The youngest age, in whole years on the day of discharge.
    pub age_from: i32,
    /// The day that is looked at, in days after the discharge.
    pub days: i32,
    /// Services in a care home.
    pub care_home: Names,
    /// Services in another place that is not home.
    pub elsewhere: Names,
    /// What followed, when it ended in death.
    pub with_died: Names,
    /// What followed, when it ended with a move to a care home.
    pub with_care_home: Names,
    /// What followed, when it ended with a move to another council's area.
    pub with_moved_away: Names,
}

impl Rule {
    /// Every name of a selector that the rule uses.
    pub(crate) fn names(&self) -> Vec<&str> {
        let lists: Vec<&Names> = match self {
            Self::Events { count, unless, .. } => [count]
                .into_iter()
                .chain(unless.iter().map(|unless| &unless.any))
                .collect(),
            Self::Share { whole, part, .. } => vec![whole, part],
            Self::People { count, .. } | Self::Days { count, .. } | Self::Spread { count } => {
                vec![count]
            }
            Self::Open { whole, part } => [whole].into_iter().chain(part).collect(),
            Self::Follow {
                from,
                linked,
                then,
                unless,
                ..
            } => [from, then]
                .into_iter()
                .chain(linked.iter().map(|linked| &linked.to))
                .chain(unless.iter().map(|unless| &unless.any))
                .collect(),
            Self::Home(home) => home.lists().to_vec(),
            Self::Deaths | Self::Formula { .. } => Vec::new(),
        };
        let names = lists.into_iter().flat_map(|names| &names.0);
        names.map(String::as_str).collect()
    }
}

impl Home {
    const fn lists(&self) -> [&Names; 9] {
        [
            &self.stay,
            &self.died,
            &self.moved_on,
            &self.with,
            &self.care_home,
            &self.elsewhere,
            &self.with_died,
            &self.with_care_home,
            &self.with_moved_away,
        ]
    }
}

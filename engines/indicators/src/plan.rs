//! Definitions compiled against what facts are said in.

use std::collections::BTreeSet;

use thiserror::Error;

use crate::columns::{Event, index};
use crate::compiled::{Counted, Meant};
use crate::day::Day;
use crate::rule::{Definition, Names, Rule, Span};
use crate::selector::Selector;
use crate::vocabulary::Vocabulary;

/// Why definitions cannot be counted by.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PlanError {
    /// A rule names a selector that is not there.
    #[error("{indicator} counts {name:?}, which it does not define: add [select.{name}]")]
    NoSelector {
        /// Which indicator.
        indicator: String,
        /// The name.
        name: String,
    },
    /// A selector that no rule names.
    #[error("{indicator} defines {name:?} and never uses it: take [select.{name}] away")]
    Unused {
        /// Which indicator.
        indicator: String,
        /// The name.
        name: String,
    },
    /// A span that ends before it begins.
    #[error("{indicator} looks from day {from} to day {to}: the first comes after the second")]
    Span {
        /// Which indicator.
        indicator: String,
        /// The first day.
        from: i32,
        /// The last day.
        to: i32,
    },
    /// Months over which people are counted that are none.
    #[error("{indicator} counts people over {over} months: it must be from 1 to 120")]
    Over {
        /// Which indicator.
        indicator: String,
        /// The number of months.
        over: i32,
    },
}

/// A selector, its groups written out, and its answer for each description if it asks for more than words.
#[derive(Debug, Clone)]
struct Known {
    selector: Selector,
    says: Vec<bool>,
}

/// Selectors any of which may mean a fact, and what they say of each description.
#[derive(Debug, Clone)]
struct List {
    selectors: Vec<usize>,
    says: Vec<Says>,
}

/// What selectors say of a description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    /// No such fact is meant.
    No,
    /// Every such fact is meant.
    Yes,
    /// Age and lengths decide.
    Perhaps,
}

/// The indicators that a fact may count in.
#[derive(Debug, Clone)]
struct Begun {
    indicators: Vec<usize>,
    /// For how many of the first of them later facts matter.
    awaiting: usize,
}

/// Definitions, ready to count by.
#[derive(Debug, Clone)]
pub struct Plan {
    selectors: Vec<Known>,
    lists: Vec<List>,
    pub(crate) counted: Vec<Counted>,
    /// By description: the indicators that such a fact may count in, first those for which later facts matter too.
    begins: Vec<Begun>,
    /// The indicators that count people by something other than a fact.
    pub(crate) of_people: Vec<usize>,
}

impl Plan {
    /// Compiles definitions. `members` gives the codes of a field that belong to a group of its code list.
    ///
    /// # Errors
    /// What cannot be counted, for each definition in turn.
    pub fn new(
        definitions: &[Definition],
        vocabulary: &Vocabulary,
        members: impl Fn(&str, &str) -> Vec<String>,
    ) -> Result<Self, PlanError> {
        let mut plan = Self {
            selectors: Vec::new(),
            lists: Vec::new(),
            counted: Vec::new(),
            begins: Vec::new(),
            of_people: Vec::new(),
        };
        for definition in definitions {
            check(definition)?;
            let counted = Counted::new(&definition.rule, &mut |names| {
                plan.find(definition, names, &members)
            })?;
            if matches!(counted, Counted::Deaths) {
                plan.of_people.push(plan.counted.len());
            }
            plan.counted.push(counted);
        }
        plan.learn(vocabulary);
        Ok(plan)
    }

    /// Learns the descriptions that a vocabulary has beyond those known, so that facts said in them are counted.
    pub fn learn(&mut self, vocabulary: &Vocabulary) {
        for description in vocabulary.descriptions().iter().skip(self.descriptions()) {
            let says: Vec<bool> = self
                .selectors
                .iter()
                .map(|known| known.selector.says(description))
                .collect();
            for list in &mut self.lists {
                let said = list
                    .selectors
                    .iter()
                    .filter(|it| says.get(**it) == Some(&true));
                let measure = |selector: &usize| {
                    let known = self.selectors.get(*selector);
                    known.is_some_and(|known| known.selector.measures())
                };
                let says = said.map(|it| {
                    if measure(it) {
                        Says::Perhaps
                    } else {
                        Says::Yes
                    }
                });
                list.says.push(says.fold(Says::No, Says::or));
            }
            for (known, says) in self.selectors.iter_mut().zip(says) {
                if known.selector.measures() {
                    known.says.push(says);
                }
            }
            self.begins.push(self.begun_by(self.begins.len()));
        }
    }

    /// How many indicators it counts.
    pub const fn len(&self) -> usize {
        self.counted.len()
    }

    /// Whether it counts none.
    pub const fn is_empty(&self) -> bool {
        self.counted.is_empty()
    }

    /// How many descriptions it knows: facts said in later ones are not counted until it learns them.
    pub const fn descriptions(&self) -> usize {
        self.begins.len()
    }

    /// The indicators that such a fact may count in, or only those for which later facts matter.
    #[inline]
    pub(crate) fn begun(&self, description: u32, awaiting: bool) -> &[usize] {
        let Some(begun) = self.begins.get(index(description)) else {
            return &[];
        };
        let all = begun.indicators.as_slice();
        if awaiting {
            all.get(..begun.awaiting).unwrap_or_default()
        } else {
            all
        }
    }

    /// Whether a fact is one of those that are meant: by its words, then by its lengths and `age`.
    #[inline]
    pub(crate) fn means(
        &self,
        meant: Meant,
        event: &Event,
        age: impl Fn() -> Option<i32>,
        as_of: Day,
    ) -> bool {
        let description = index(event.description);
        let Some(list) = self.lists.get(meant.0) else {
            return false;
        };
        match list.says.get(description) {
            None | Some(Says::No) => false,
            Some(Says::Yes) => true,
            Some(Says::Perhaps) => {
                let known = list
                    .selectors
                    .iter()
                    .filter_map(|it| self.selectors.get(*it));
                let mut said = known.filter(|known| known.says.get(description) == Some(&true));
                said.any(|known| known.selector.fits(event, age(), as_of.number()))
            }
        }
    }

    fn begun_by(&self, description: usize) -> Begun {
        let says = |meant: Meant| {
            let list = self.lists.get(meant.0);
            list.and_then(|list| list.says.get(description)) != Some(&Says::No)
        };
        let begins = |counted: &Counted| match counted {
            Counted::Events { count, .. }
            | Counted::People { count, .. }
            | Counted::Days { count, .. }
            | Counted::Spread { count } => says(*count),
            Counted::Share { whole, .. } | Counted::Open { whole, .. } => says(*whole),
            Counted::Follow(follow) => says(follow.from),
            Counted::Home(home) => says(home.with),
            Counted::Deaths | Counted::Formula => false,
        };
        let begun = self.counted.iter().enumerate();
        let begun = begun.filter(|(_, counted)| begins(counted));
        let (awaiting, others): (Vec<_>, Vec<_>) = begun.partition(|(_, counted)| counted.awaits());
        Begun {
            awaiting: awaiting.len(),
            indicators: awaiting
                .into_iter()
                .chain(others)
                .map(|(place, _)| place)
                .collect(),
        }
    }

    /// Finds selectors by name; what another definition uses too is kept once.
    fn find(
        &mut self,
        definition: &Definition,
        names: &Names,
        members: &impl Fn(&str, &str) -> Vec<String>,
    ) -> Result<Meant, PlanError> {
        let mut selectors = Vec::with_capacity(names.0.len());
        for name in &names.0 {
            let selector = definition.select.get(name);
            let selector = selector.ok_or_else(|| PlanError::NoSelector {
                indicator: definition.id.clone(),
                name: name.clone(),
            })?;
            let selector = selector.written_out(members);
            let is = |known: &Known| known.selector == selector;
            selectors.push(place(&mut self.selectors, is, || Known {
                selector: selector.clone(),
                says: Vec::new(),
            }));
        }
        let is = |list: &List| list.selectors == selectors;
        Ok(Meant(place(&mut self.lists, is, || List {
            selectors: selectors.clone(),
            says: Vec::new(),
        })))
    }
}

impl Says {
    /// What two selectors say together.
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Yes, _) | (_, Self::Yes) => Self::Yes,
            (Self::Perhaps, _) | (_, Self::Perhaps) => Self::Perhaps,
            (Self::No, Self::No) => Self::No,
        }
    }
}

/// The place of what is wanted, which is added if it is not there.
fn place<T>(all: &mut Vec<T>, is: impl Fn(&T) -> bool, make: impl Fn() -> T) -> usize {
    let found = all.iter().position(is);
    found.unwrap_or_else(|| {
        all.push(make());
        all.len().saturating_sub(1)
    })
}

/// What is wrong with a definition by itself.
fn check(definition: &Definition) -> Result<(), PlanError> {
    let indicator = || definition.id.clone();
    let used: BTreeSet<&str> = definition.rule.names().into_iter().collect();
    let unused = definition
        .select
        .keys()
        .find(|name| !used.contains(name.as_str()));
    if let Some(name) = unused {
        return Err(PlanError::Unused {
            indicator: indicator(),
            name: name.clone(),
        });
    }
    match &definition.rule {
        Rule::Follow { within, linked, .. } => {
            let linked = linked.iter().map(|linked| linked.within);
            let mut spans = std::iter::once(*within).chain(linked);
            if let Some(Span { from, to }) = spans.find(|span| span.from > span.to) {
                return Err(PlanError::Span {
                    indicator: indicator(),
                    from,
                    to,
                });
            }
        }
        Rule::People {
            over: Some(over), ..
        } if !(1..=120).contains(over) => {
            return Err(PlanError::Over {
                indicator: indicator(),
                over: *over,
            });
        }
        _ => {}
    }
    Ok(())
}

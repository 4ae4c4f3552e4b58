//! Definitions compiled against what facts are said in.

use std::collections::BTreeSet;

use thiserror::Error;

use crate::columns::{Event, index};
use crate::day::Day;
use crate::rule::{Dated, Definition, Home, Names, Rule, Span, Unless, Value};
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

/// The facts that a list of selectors means.
#[derive(Debug, Clone, Default)]
pub(crate) struct Meant(Vec<usize>);

/// A selector with its answer for each description.
#[derive(Debug, Clone)]
struct Known {
    selector: Selector,
    says: Vec<bool>,
}

/// What must not have gone before.
#[derive(Debug, Clone)]
pub(crate) struct Before {
    pub(crate) any: Meant,
    pub(crate) days: i32,
}

/// A rule with its selectors found.
#[derive(Debug, Clone)]
pub(crate) enum Counted {
    Events {
        count: Meant,
        dated: Dated,
        value: Option<Value>,
        unless: Option<Before>,
    },
    Share {
        whole: Meant,
        part: Meant,
        dated: Dated,
        value: Option<Value>,
    },
    People {
        count: Meant,
        over: i32,
    },
    Days {
        count: Meant,
        since_quantity: bool,
    },
    Open {
        whole: Meant,
        part: Option<Meant>,
    },
    Follow(Box<Follow>),
    Home(Box<AtHome>),
    Deaths,
    Formula,
}

#[derive(Debug, Clone)]
pub(crate) struct Follow {
    pub(crate) from: Meant,
    pub(crate) linked: Option<(Meant, Span)>,
    pub(crate) then: Meant,
    pub(crate) within: Span,
    pub(crate) death: bool,
    pub(crate) absent: bool,
    pub(crate) unless: Option<Before>,
}

#[derive(Debug, Clone)]
pub(crate) struct AtHome {
    pub(crate) rule: Home,
    pub(crate) stay: Meant,
    pub(crate) died: Meant,
    pub(crate) moved_on: Meant,
    pub(crate) with: Meant,
    pub(crate) care_home: Meant,
    pub(crate) elsewhere: Meant,
    pub(crate) with_died: Meant,
    pub(crate) with_care_home: Meant,
    pub(crate) with_moved_away: Meant,
}

/// Definitions, ready to count by.
#[derive(Debug, Clone)]
pub struct Plan {
    selectors: Vec<Known>,
    pub(crate) counted: Vec<Counted>,
    /// By description: the indicators that such a fact may count in.
    begins: Vec<Vec<usize>>,
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
            counted: Vec::new(),
            begins: Vec::new(),
            of_people: Vec::new(),
        };
        for definition in definitions {
            check(definition)?;
            let counted = plan.compile(definition)?;
            if matches!(counted, Counted::Deaths) {
                plan.of_people.push(plan.counted.len());
            }
            plan.counted.push(counted);
        }
        for known in &mut plan.selectors {
            let descriptions = vocabulary.descriptions().iter();
            known.says = descriptions
                .map(|description| known.selector.says(description, &members))
                .collect();
        }
        plan.begins = (0..vocabulary.descriptions().len())
            .map(|description| plan.begun_by(description))
            .collect();
        Ok(plan)
    }

    /// How many indicators it counts.
    pub const fn len(&self) -> usize {
        self.counted.len()
    }

    /// Whether it counts none.
    pub const fn is_empty(&self) -> bool {
        self.counted.is_empty()
    }

    /// For how many descriptions it was compiled: facts said in later ones need a new plan.
    pub const fn descriptions(&self) -> usize {
        self.begins.len()
    }

    pub(crate) fn begun(&self, description: u32) -> &[usize] {
        self.begins
            .get(index(description))
            .map_or(&[], Vec::as_slice)
    }

    /// Whether a fact is one of those that are meant: by its words, then by its lengths and `age`.
    pub(crate) fn means(
        &self,
        meant: &Meant,
        event: &Event,
        age: impl Fn() -> Option<i32>,
        as_of: Day,
    ) -> bool {
        let description = index(event.description);
        meant.0.iter().any(|selector| {
            self.selectors.get(*selector).is_some_and(|known| {
                known.says.get(description).copied().unwrap_or_default()
                    && (!known.selector.measures()
                        || known.selector.fits(event, age(), as_of.number()))
            })
        })
    }

    fn begun_by(&self, description: usize) -> Vec<usize> {
        let says = |meant: &Meant| {
            meant.0.iter().any(|selector| {
                let known = self.selectors.get(*selector);
                known.is_some_and(|known| known.says.get(description) == Some(&true))
            })
        };
        let begins = |counted: &Counted| match counted {
            Counted::Events { count, .. }
            | Counted::People { count, .. }
            | Counted::Days { count, .. } => says(count),
            Counted::Share { whole, .. } | Counted::Open { whole, .. } => says(whole),
            Counted::Follow(follow) => says(&follow.from),
            Counted::Home(home) => says(&home.with),
            Counted::Deaths | Counted::Formula => false,
        };
        let indicators = self.counted.iter().enumerate();
        indicators
            .filter(|(_, counted)| begins(counted))
            .map(|(place, _)| place)
            .collect()
    }

    fn compile(&mut self, definition: &Definition) -> Result<Counted, PlanError> {
        let mut meant = |names: &Names| self.meant(definition, names);
        Ok(match &definition.rule {
            Rule::Events {
                count,
                dated,
                value,
                unless,
            } => Counted::Events {
                count: meant(count)?,
                dated: *dated,
                value: *value,
                unless: unless
                    .as_ref()
                    .map(|it| before(it, &mut meant))
                    .transpose()?,
            },
            Rule::Share {
                whole,
                part,
                dated,
                value,
            } => Counted::Share {
                whole: meant(whole)?,
                part: meant(part)?,
                dated: *dated,
                value: *value,
            },
            Rule::People { count, over } => Counted::People {
                count: meant(count)?,
                over: over.unwrap_or(1),
            },
            Rule::Days {
                count,
                since_quantity,
            } => Counted::Days {
                count: meant(count)?,
                since_quantity: *since_quantity,
            },
            Rule::Open { whole, part } => Counted::Open {
                whole: meant(whole)?,
                part: part.as_ref().map(meant).transpose()?,
            },
            Rule::Follow {
                from,
                linked,
                then,
                within,
                death,
                absent,
                unless,
            } => Counted::Follow(Box::new(Follow {
                from: meant(from)?,
                linked: linked
                    .as_ref()
                    .map(|linked| Ok((meant(&linked.to)?, linked.within)))
                    .transpose()?,
                then: meant(then)?,
                within: *within,
                death: *death,
                absent: *absent,
                unless: unless
                    .as_ref()
                    .map(|it| before(it, &mut meant))
                    .transpose()?,
            })),
            Rule::Home(home) => Counted::Home(Box::new(AtHome {
                rule: (**home).clone(),
                stay: meant(&home.stay)?,
                died: meant(&home.died)?,
                moved_on: meant(&home.moved_on)?,
                with: meant(&home.with)?,
                care_home: meant(&home.care_home)?,
                elsewhere: meant(&home.elsewhere)?,
                with_died: meant(&home.with_died)?,
                with_care_home: meant(&home.with_care_home)?,
                with_moved_away: meant(&home.with_moved_away)?,
            })),
            Rule::Deaths => Counted::Deaths,
            Rule::Formula { .. } => Counted::Formula,
        })
    }

    /// Finds selectors by name; one that another definition uses too is kept once.
    fn meant(&mut self, definition: &Definition, names: &Names) -> Result<Meant, PlanError> {
        let mut found = Vec::new();
        for name in &names.0 {
            let selector = definition.select.get(name);
            let selector = selector.ok_or_else(|| PlanError::NoSelector {
                indicator: definition.id.clone(),
                name: name.clone(),
            })?;
            let known = self.selectors.iter();
            let place = known
                .enumerate()
                .find(|(_, known)| known.selector == *selector)
                .map(|(place, _)| place);
            found.push(place.unwrap_or_else(|| {
                self.selectors.push(Known {
                    selector: selector.clone(),
                    says: Vec::new(),
                });
                self.selectors.len().saturating_sub(1)
            }));
        }
        Ok(Meant(found))
    }
}

fn before(
    unless: &Unless,
    meant: &mut impl FnMut(&Names) -> Result<Meant, PlanError>,
) -> Result<Before, PlanError> {
    Ok(Before {
        any: meant(&unless.any)?,
        days: unless.days,
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
            let spans = [*within]
                .into_iter()
                .chain(linked.iter().map(|linked| linked.within));
            for span in spans {
                if span.from > span.to {
                    return Err(PlanError::Span {
                        indicator: indicator(),
                        from: span.from,
                        to: span.to,
                    });
                }
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

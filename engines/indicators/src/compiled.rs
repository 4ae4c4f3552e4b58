//! Rules with their selectors found.

use crate::plan::PlanError;
use crate::rule::{Dated, Home, Linked, Names, Rule, Span, Unless, Value};

/// The facts that a list of selectors means, by its place in the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Meant(pub(crate) usize);

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
        after: u16,
    },
    Spread {
        count: Meant,
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
    pub(crate) going_on: bool,
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

type Found<T> = Result<T, PlanError>;

impl Counted {
    /// Whether how a fact counts depends on later facts too.
    pub(crate) const fn awaits(&self) -> bool {
        match self {
            Self::People { .. } | Self::Open { .. } | Self::Follow(_) | Self::Home(_) => true,
            Self::Events { .. }
            | Self::Share { .. }
            | Self::Days { .. }
            | Self::Spread { .. }
            | Self::Deaths
            | Self::Formula => false,
        }
    }

    /// A rule whose selectors are found by `find`.
    pub(crate) fn new(rule: &Rule, find: &mut impl FnMut(&Names) -> Found<Meant>) -> Found<Self> {
        Ok(match rule {
            Rule::Events {
                count,
                dated,
                value,
                unless,
            } => Self::Events {
                count: find(count)?,
                dated: *dated,
                value: *value,
                unless: Before::new(unless.as_ref(), find)?,
            },
            Rule::Share {
                whole,
                part,
                dated,
                value,
            } => Self::Share {
                whole: find(whole)?,
                part: find(part)?,
                dated: *dated,
                value: *value,
            },
            Rule::People { count, over } => Self::People {
                count: find(count)?,
                over: over.unwrap_or(1),
            },
            Rule::Days {
                count,
                since_quantity,
                after,
            } => Self::Days {
                count: find(count)?,
                since_quantity: *since_quantity,
                after: *after,
            },
            Rule::Spread { count } => Self::Spread {
                count: find(count)?,
            },
            Rule::Open { whole, part } => Self::Open {
                whole: find(whole)?,
                part: part.as_ref().map(find).transpose()?,
            },
            Rule::Follow {
                from,
                linked,
                then,
                within,
                going_on,
                death,
                absent,
                unless,
            } => Self::Follow(Box::new(Follow {
                from: find(from)?,
                linked: linked_to(linked.as_ref(), find)?,
                then: find(then)?,
                within: *within,
                going_on: *going_on,
                death: *death,
                absent: *absent,
                unless: Before::new(unless.as_ref(), find)?,
            })),
            Rule::Home(home) => Self::Home(Box::new(AtHome::new(home, find)?)),
            Rule::Deaths => Self::Deaths,
            Rule::Formula { .. } => Self::Formula,
        })
    }
}

fn linked_to(
    linked: Option<&Linked>,
    find: &mut impl FnMut(&Names) -> Found<Meant>,
) -> Found<Option<(Meant, Span)>> {
    let linked = linked.map(|linked| Ok((find(&linked.to)?, linked.within)));
    linked.transpose()
}

impl Before {
    fn new(
        unless: Option<&Unless>,
        find: &mut impl FnMut(&Names) -> Found<Meant>,
    ) -> Found<Option<Self>> {
        let before = unless.map(|unless| {
            Ok(Self {
                any: find(&unless.any)?,
                days: unless.days,
            })
        });
        before.transpose()
    }
}

impl AtHome {
    fn new(rule: &Home, find: &mut impl FnMut(&Names) -> Found<Meant>) -> Found<Self> {
        Ok(Self {
            stay: find(&rule.stay)?,
            died: find(&rule.died)?,
            moved_on: find(&rule.moved_on)?,
            with: find(&rule.with)?,
            care_home: find(&rule.care_home)?,
            elsewhere: find(&rule.elsewhere)?,
            with_died: find(&rule.with_died)?,
            with_care_home: find(&rule.with_care_home)?,
            with_moved_away: find(&rule.with_moved_away)?,
            rule: rule.clone(),
        })
    }
}

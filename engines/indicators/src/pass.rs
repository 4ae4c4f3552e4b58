//! One pass over people's facts: everything that counts, in the order in which it is found.

use crate::case::{Case, Verdict};
use crate::columns::{Event, Subject};
use crate::compiled::{Before, Counted, Meant};
use crate::day::{Calendar, Day, Moment, Month};
use crate::monthly::Noted;
use crate::plan::Plan;
use crate::rule::{Dated, Value};

/// A pass over people's facts, as they stand on a day.
#[derive(Debug)]
pub struct Pass<'p> {
    pub(crate) plan: &'p Plan,
    pub(crate) as_of: Day,
    pub(crate) first: Month,
    /// The month of `as_of`.
    pub(crate) now: Month,
    calendar: Calendar,
    /// Of one person: where people are counted by months.
    pub(crate) noted: Vec<Noted>,
    /// Of one person: indicator and the day of a discharge that was counted.
    pub(crate) discharges: Vec<(usize, Day)>,
    /// Room for the cases of one person, kept so that it need not be made for each.
    pub(crate) replaced: Vec<Case>,
}

/// A fact of somebody's.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fact {
    /// Its place among the person's.
    pub(crate) place: usize,
    pub(crate) event: Event,
    /// Its first day.
    pub(crate) began: Moment,
}

impl<'p> Pass<'p> {
    /// A pass that counts what happened from a month on, as it can be judged on the day `as_of`: what begins
    /// later is not known yet, and what ends later goes on.
    pub fn new(plan: &'p Plan, first: Month, as_of: Day) -> Self {
        // Follow-up and services look back further than what is counted.
        let calendar = Calendar::new(first.plus(-120).first(), as_of.plus(1));
        Self {
            plan,
            as_of,
            first,
            now: calendar.month(as_of),
            calendar,
            noted: Vec::new(),
            discharges: Vec::new(),
            replaced: Vec::new(),
        }
    }

    /// Hands on everything that counts of one person, and what came close.
    pub fn subject(&mut self, subject: &Subject<'_>, take: impl FnMut(&Case)) {
        self.beyond(subject, 0, take);
    }

    /// The same, but of the first so many facts without what follows from them and from earlier ones alone.
    pub(crate) fn beyond(
        &mut self,
        subject: &Subject<'_>,
        first: usize,
        mut take: impl FnMut(&Case),
    ) {
        let subject = &subject.as_of(self.as_of);
        self.discharges.clear();
        for (place, description) in subject.descriptions().iter().enumerate() {
            let begun = self.plan.begun(*description, place < first);
            if begun.is_empty() {
                continue;
            }
            let Some(event) = subject.event(place) else {
                continue;
            };
            let fact = Fact {
                place,
                event,
                began: self.moment(subject, event.started),
            };
            for indicator in begun {
                self.begin(*indicator, subject, &fact, &mut take);
            }
        }
        if !self.noted.is_empty() {
            self.by_month(subject, &mut take);
        }
        for indicator in &self.plan.of_people {
            self.death(*indicator, subject, &mut take);
        }
    }

    fn begin(
        &mut self,
        indicator: usize,
        subject: &Subject<'_>,
        fact: &Fact,
        take: &mut impl FnMut(&Case),
    ) {
        let Some(counted) = self.plan.counted.get(indicator) else {
            return;
        };
        let case = match counted {
            Counted::Events {
                count,
                dated,
                value,
                unless,
            } => self.events(
                indicator,
                subject,
                fact,
                (*dated, *value),
                (*count, unless.as_ref()),
            ),
            Counted::Share {
                whole,
                part,
                dated,
                value,
            } => self.share(indicator, subject, fact, (*dated, *value), (*whole, *part)),
            Counted::Follow(follow) => self.follow(indicator, subject, fact, follow),
            Counted::Home(home) => self.home(indicator, subject, fact, home),
            Counted::Days {
                count,
                since_quantity,
                after,
            } => {
                let from = (*since_quantity, *after);
                return self.days(indicator, subject, fact, (*count, from), take);
            }
            Counted::Spread { count } => {
                return self.spread(indicator, subject, fact, *count, take);
            }
            Counted::People { over, .. } => return self.active(indicator, fact, *over),
            Counted::Open { .. } => return self.open(indicator, fact),
            Counted::Deaths | Counted::Formula => return,
        };
        if let Some(case) = case {
            take(&case);
        }
    }

    fn events(
        &self,
        indicator: usize,
        subject: &Subject<'_>,
        fact: &Fact,
        (dated, value): (Dated, Option<Value>),
        (count, unless): (Meant, Option<&Before>),
    ) -> Option<Case> {
        let moment = self.decides(subject, fact, dated)?;
        let value = measured(value, &fact.event)?;
        if !self.means(count, &fact.event, moment.age) {
            return None;
        }
        let before = unless.and_then(|unless| self.before(unless, subject, fact));
        Some(Case {
            value,
            verdict: before.map_or(Verdict::Counted, Verdict::Before),
            ..Self::case(indicator, subject, Some((fact.place, &fact.event)), moment)
        })
    }

    fn share(
        &self,
        indicator: usize,
        subject: &Subject<'_>,
        fact: &Fact,
        (dated, value): (Dated, Option<Value>),
        (whole, part): (Meant, Meant),
    ) -> Option<Case> {
        let moment = self.decides(subject, fact, dated)?;
        let measured = measured(value, &fact.event)?;
        if !self.means(whole, &fact.event, moment.age) {
            return None;
        }
        let is_part = self.means(part, &fact.event, moment.age);
        Some(Case {
            weight: value.map_or(1, |_| measured),
            verdict: if is_part {
                Verdict::Counted
            } else {
                Verdict::NotPart
            },
            ..Self::case(indicator, subject, Some((fact.place, &fact.event)), moment)
        })
    }

    /// The day that decides; none where it has not come.
    pub(crate) fn decides(
        &self,
        subject: &Subject<'_>,
        fact: &Fact,
        dated: Dated,
    ) -> Option<Moment> {
        let ended = fact.event.ended;
        match dated {
            Dated::Start => Some(fact.began),
            Dated::End if ended == fact.began.day => Some(fact.began),
            Dated::End => ended.is_known().then(|| self.moment(subject, ended)),
        }
    }

    #[inline]
    pub(crate) fn case(
        indicator: usize,
        subject: &Subject<'_>,
        fact: Option<(usize, &Event)>,
        moment: Moment,
    ) -> Case {
        Case {
            indicator,
            month: moment.month,
            day: moment.day,
            event: fact.map(|(place, _)| place),
            age: moment.age,
            sex: subject.sex,
            place: fact.map_or(subject.place, |(_, event)| event.place),
            area: subject.area,
            description: fact.map(|(_, event)| event.description),
            value: 0,
            weight: 1,
            verdict: Verdict::Counted,
        }
    }

    #[inline]
    pub(crate) fn month(&self, day: Day) -> Month {
        self.calendar.month(day)
    }

    #[inline]
    pub(crate) fn moment(&self, subject: &Subject<'_>, day: Day) -> Moment {
        self.calendar.moment(subject.born, day)
    }

    #[inline]
    pub(crate) fn means(&self, meant: Meant, event: &Event, age: Option<i32>) -> bool {
        self.plan.means(meant, event, || age, self.as_of)
    }

    /// Whether a fact is meant, by the age of its person when it began.
    pub(crate) fn means_then(&self, meant: Meant, subject: &Subject<'_>, event: &Event) -> bool {
        let age = || self.moment(subject, event.started).age;
        self.plan.means(meant, event, age, self.as_of)
    }

    fn death(&self, indicator: usize, subject: &Subject<'_>, take: &mut impl FnMut(&Case)) {
        if subject.died <= self.as_of {
            let moment = self.moment(subject, subject.died);
            let mut case = Self::case(indicator, subject, None, moment);
            match case.age {
                Some(age) => case.value = i64::from(age),
                None => case.verdict = Verdict::BirthUnknown,
            }
            take(&case);
        }
    }
}

/// What is measured of a fact; none where that is not known of it.
fn measured(value: Option<Value>, event: &Event) -> Option<i64> {
    let days = |from: i32| {
        let days = i64::from(event.ended.number()) - i64::from(from);
        event.ended.is_known().then_some(days.max(0))
    };
    let known = event.quantity != Event::UNKNOWN;
    match value {
        None => Some(0),
        Some(Value::Nights) => days(event.started.number()),
        Some(Value::Quantity) => known.then(|| i64::from(event.quantity)),
        Some(Value::DaysSinceQuantity) if known => days(event.quantity),
        Some(Value::DaysSinceQuantity) => None,
        Some(Value::Cost) => Some(event.cost),
    }
}

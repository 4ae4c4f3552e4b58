//! What is counted month by month, for as long as a fact goes on.

use crate::case::{Case, Verdict};
use crate::columns::{Event, Subject};
use crate::compiled::{Counted, Meant};
use crate::day::{Day, Month};
use crate::pass::{Fact, Pass};

/// A month in which somebody counts for a fact, unless for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Noted {
    indicator: usize,
    month: Month,
    fact: usize,
}

impl Pass<'_> {
    /// One case for each month in which the fact has days.
    pub(crate) fn days(
        &self,
        indicator: usize,
        subject: &Subject<'_>,
        fact: &Fact,
        (count, since_quantity): (Meant, bool),
        take: &mut impl FnMut(&Case),
    ) {
        let event = &fact.event;
        let from = match (since_quantity, event.quantity) {
            (false, _) => event.started,
            (true, Event::UNKNOWN) => return,
            (true, day) => Day::new(day).max(event.started),
        };
        // A day that is not over is not counted yet.
        let until = event.ended.min(self.as_of);
        let mut day = from.max(self.first.first());
        while day < until {
            let moment = self.moment(subject, day);
            let next = moment.month.plus(1).first();
            let mut case = Self::case(indicator, subject, Some((fact.place, event)), moment);
            if self.means(count, event, case.age) {
                case.value = i64::from(next.min(until).since(day));
                take(&case);
            }
            day = next;
        }
    }

    /// Notes the months in which somebody counts for a fact: from its first to its last, and so many more.
    pub(crate) fn active(&mut self, indicator: usize, fact: &Fact, over: i32) {
        let (first, ended) = (fact.began.month, fact.event.ended);
        let last = if ended == fact.began.day {
            first
        } else {
            self.month(ended.min(self.as_of))
        };
        let now = self.now;
        self.note(indicator, fact.place, first, last.plus(over - 1).min(now));
    }

    /// Notes the months on whose last day the fact goes on.
    pub(crate) fn open(&mut self, indicator: usize, fact: &Fact) {
        let until = fact.event.ended.min(self.as_of.plus(1));
        let last = self.month(until);
        let last = if last.last() < until {
            last
        } else {
            last.plus(-1)
        };
        self.note(indicator, fact.place, fact.began.month, last);
    }

    fn note(&mut self, indicator: usize, fact: usize, from: Month, to: Month) {
        let mut month = from.max(self.first);
        while month <= to {
            self.noted.push(Noted {
                indicator,
                month,
                fact,
            });
            month = month.plus(1);
        }
    }

    /// Each month that was noted, once: for the latest fact that is meant.
    pub(crate) fn by_month(&mut self, subject: &Subject<'_>, take: &mut impl FnMut(&Case)) {
        let mut noted = std::mem::take(&mut self.noted);
        noted.sort_unstable();
        let same = |one: &Noted, other: &Noted| {
            (one.indicator, one.month) == (other.indicator, other.month)
        };
        for noted in noted.chunk_by(same) {
            if let Some(case) = self.one_month(subject, noted) {
                take(&case);
            }
        }
        noted.clear();
        self.noted = noted;
    }

    /// What somebody counts as in a month; none where no fact that was noted is meant.
    fn one_month(&self, subject: &Subject<'_>, noted: &[Noted]) -> Option<Case> {
        let Noted {
            indicator, month, ..
        } = *noted.first()?;
        let moment = self.moment(subject, month.last().min(self.as_of));
        let latest = |meant: Meant, also: Option<Meant>| {
            let facts = noted.iter().rev();
            let mut facts =
                facts.filter_map(|noted| Some((noted.fact, subject.event(noted.fact)?)));
            facts.find(|(_, event)| {
                self.means(meant, event, moment.age)
                    && also.is_none_or(|also| self.means(also, event, moment.age))
            })
        };
        let (counts, is_part) = match self.plan.counted.get(indicator)? {
            Counted::People { count, .. } => (latest(*count, None)?, true),
            Counted::Open { whole, part } => match latest(*whole, *part) {
                Some(fact) => (fact, true),
                None => (latest(*whole, None)?, false),
            },
            _ => return None,
        };
        let (place, event) = counts;
        let mut case = Self::case(indicator, subject, Some((place, &event)), moment);
        if !is_part {
            case.verdict = Verdict::NotPart;
        }
        Some(case)
    }
}

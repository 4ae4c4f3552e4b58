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
        (count, (since_quantity, after)): (Meant, (bool, u16)),
        take: &mut impl FnMut(&Case),
    ) {
        let event = &fact.event;
        let from = match (since_quantity, event.quantity) {
            (false, _) => event.started,
            (true, Event::UNKNOWN) => return,
            (true, day) => Day::new(day).max(event.started),
        };
        // A day that is not over is not counted yet.
        let days = (from.plus(after.into()), event.ended.min(self.as_of));
        let value = |from: Day, until: Day| i64::from(until.since(from));
        self.each_month(subject, fact, (indicator, count), days, value, take);
    }

    /// One case for each month that has a part of what the fact cost.
    pub(crate) fn spread(
        &self,
        indicator: usize,
        subject: &Subject<'_>,
        fact: &Fact,
        count: Meant,
        take: &mut impl FnMut(&Case),
    ) {
        let (cost, began) = (fact.event.cost, fact.event.started);
        if cost == 0 {
            return;
        }
        // What goes on has cost this much up to the day of counting, that day included.
        let tomorrow = self.as_of.plus(1);
        let ends = subject.ends(fact.place).filter(|day| day.is_known());
        // What ended on its first day has that day.
        let ends = ends.unwrap_or(tomorrow).max(began.plus(1));
        let until = |day: Day| share(cost, day.since(began), ends.since(began));
        let days = (began, ends.min(tomorrow));
        // Differences of what it came to by then leave nothing out: the months add up to the whole, to the penny.
        let value = |from: Day, to: Day| until(to).wrapping_sub(until(from));
        self.each_month(subject, fact, (indicator, count), days, value, take);
    }

    /// One case for each month of the days of a fact, from the first to before the last; `value` is what of it falls between
    /// two of them.
    fn each_month(
        &self,
        subject: &Subject<'_>,
        fact: &Fact,
        (indicator, count): (usize, Meant),
        (from, until): (Day, Day),
        value: impl Fn(Day, Day) -> i64,
        take: &mut impl FnMut(&Case),
    ) {
        let event = &fact.event;
        let mut day = from.max(self.first.first());
        let mut verdict = Verdict::Counted;
        while day < until {
            let moment = self.moment(subject, day);
            let next = moment.month.plus(1).first();
            let mut case = Self::case(indicator, subject, Some((fact.place, event)), moment);
            if self.means(count, event, case.age) {
                case.value = value(day, next.min(until));
                case.verdict = verdict;
                take(&case);
                verdict = Verdict::GoesOn;
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

/// What so many days of all its days have of a cost, rounded down to whole pence.
fn share(cost: i64, days: i32, of: i32) -> i64 {
    let share = (i128::from(cost) * i128::from(days)).div_euclid(i128::from(of.max(1)));
    // No more than the whole, as they are no more than all.
    i64::try_from(share).unwrap_or(cost)
}

//! One pass over people's facts: everything that counts, in the order in which it is found.

use crate::case::{Case, Verdict};
use crate::columns::{Event, Subject};
use crate::day::{Calendar, Day, Month};
use crate::plan::{Before, Counted, Follow, Meant, Plan};
use crate::rule::{Dated, Value};

/// A pass over people's facts, as they stand on a day.
#[derive(Debug)]
pub struct Pass<'p> {
    pub(crate) plan: &'p Plan,
    pub(crate) as_of: Day,
    first: Month,
    calendar: Calendar,
    /// Of one person: indicator, month, and the fact for which the person counts.
    months: Vec<(usize, Month, usize)>,
    /// Of one person: indicator and the day of a discharge that was counted.
    pub(crate) discharges: Vec<(usize, Day)>,
}

impl<'p> Pass<'p> {
    /// A pass that counts what happened from a month on, as it can be judged on the day `as_of`: what begins
    /// later is not known yet.
    pub fn new(plan: &'p Plan, first: Month, as_of: Day) -> Self {
        Self {
            plan,
            as_of,
            first,
            // Follow-up and services look back further than what is counted.
            calendar: Calendar::new(first.plus(-120).first(), as_of.plus(1)),
            months: Vec::new(),
            discharges: Vec::new(),
        }
    }

    /// Hands on everything that counts of one person, and what came close.
    pub fn subject(&mut self, subject: &Subject<'_>, mut take: impl FnMut(&Case)) {
        self.months.clear();
        self.discharges.clear();
        for (place, description) in subject.descriptions().iter().enumerate() {
            let begun = self.plan.begun(*description);
            if begun.is_empty() {
                continue;
            }
            let Some(event) = subject.event(place) else {
                continue;
            };
            if event.started > self.as_of {
                continue;
            }
            for indicator in begun {
                self.begin(*indicator, subject, (place, &event), &mut take);
            }
        }
        self.by_month(subject, &mut take);
        for indicator in &self.plan.of_people {
            self.death(*indicator, subject, &mut take);
        }
    }

    fn begin(
        &mut self,
        indicator: usize,
        subject: &Subject<'_>,
        (place, event): (usize, &Event),
        take: &mut impl FnMut(&Case),
    ) {
        let Some(counted) = self.plan.counted.get(indicator) else {
            return;
        };
        match counted {
            Counted::Events {
                count,
                dated,
                value,
                unless,
            } => {
                let Some(mut case) = self.dated(indicator, subject, (place, event), *dated) else {
                    return;
                };
                let Some(value) = measured(*value, event) else {
                    return;
                };
                case.value = value;
                if !self.means(count, event, case.age) {
                    return;
                }
                if let Some(before) = unless
                    .as_ref()
                    .and_then(|it| self.before(it, subject, (place, event)))
                {
                    case.verdict = Verdict::Before(before);
                }
                take(&case);
            }
            Counted::Share {
                whole,
                part,
                dated,
                value,
            } => {
                let Some(mut case) = self.dated(indicator, subject, (place, event), *dated) else {
                    return;
                };
                let Some(measured) = measured(*value, event) else {
                    return;
                };
                if !self.means(whole, event, case.age) {
                    return;
                }
                if value.is_some() {
                    case.weight = measured;
                }
                if !self.means(part, event, case.age) {
                    case.verdict = Verdict::NotPart;
                }
                take(&case);
            }
            Counted::Days {
                count,
                since_quantity,
            } => self.days(
                indicator,
                subject,
                (place, event),
                (count, *since_quantity),
                take,
            ),
            Counted::People { over, .. } => self.active(indicator, (place, event), *over),
            Counted::Open { .. } => self.open(indicator, (place, event)),
            Counted::Follow(follow) => {
                self.follow(indicator, subject, (place, event), follow, take);
            }
            Counted::Home(home) => self.home(indicator, subject, (place, event), home, take),
            Counted::Deaths | Counted::Formula => {}
        }
    }

    /// A fact as a case that counts, on the day that decides; none where that has not come.
    fn dated(
        &self,
        indicator: usize,
        subject: &Subject<'_>,
        (place, event): (usize, &Event),
        dated: Dated,
    ) -> Option<Case> {
        let day = match dated {
            Dated::Start => event.started,
            Dated::End => event.ended,
        };
        (day <= self.as_of).then(|| self.case(indicator, subject, Some((place, event)), day))
    }

    pub(crate) fn case(
        &self,
        indicator: usize,
        subject: &Subject<'_>,
        fact: Option<(usize, &Event)>,
        day: Day,
    ) -> Case {
        Case {
            indicator,
            month: self.calendar.month(day),
            day,
            event: fact.map(|(place, _)| place),
            age: self.calendar.age(subject.born, day),
            sex: subject.sex,
            place: fact.map_or(subject.place, |(_, event)| event.place),
            area: subject.area,
            description: fact.map(|(_, event)| event.description),
            value: 0,
            weight: 1,
            verdict: Verdict::Counted,
        }
    }

    pub(crate) fn means(&self, meant: &Meant, event: &Event, age: Option<i32>) -> bool {
        self.plan.means(meant, event, || age, self.as_of)
    }

    /// Whether a fact is meant, by the age of its person when it began.
    pub(crate) fn means_then(&self, meant: &Meant, subject: &Subject<'_>, event: &Event) -> bool {
        event.started <= self.as_of
            && self.plan.means(
                meant,
                event,
                || self.calendar.age(subject.born, event.started),
                self.as_of,
            )
    }

    /// When what must not have gone before ended, if it did; a day of its own where it goes on.
    fn before(
        &self,
        before: &Before,
        subject: &Subject<'_>,
        (place, event): (usize, &Event),
    ) -> Option<Day> {
        let earliest = event.started.plus(before.days.saturating_neg());
        let others = subject.events().enumerate().take(place);
        others
            .filter(|(_, other)| other.ended > earliest)
            .filter(|(_, other)| self.means_then(&before.any, subject, other))
            .map(|(_, other)| other.ended)
            .max()
    }

    /// One case for each month in which the fact has days.
    fn days(
        &self,
        indicator: usize,
        subject: &Subject<'_>,
        (place, event): (usize, &Event),
        (count, since_quantity): (&Meant, bool),
        take: &mut impl FnMut(&Case),
    ) {
        let from = match (since_quantity, event.quantity) {
            (false, _) => event.started,
            (true, Event::UNKNOWN) => return,
            (true, day) => Day::new(day).max(event.started),
        };
        // A day that is not over is not counted yet.
        let until = event.ended.min(self.as_of);
        let mut day = from.max(self.first.first());
        while day < until {
            let next = self.calendar.month(day).plus(1).first();
            let mut case = self.case(indicator, subject, Some((place, event)), day);
            if self.means(count, event, case.age) {
                case.value = i64::from(next.min(until).since(day));
                take(&case);
            }
            day = next;
        }
    }

    /// Notes the months in which somebody counts for a fact: from its first to its last, and so many more.
    fn active(&mut self, indicator: usize, (place, event): (usize, &Event), over: i32) {
        let now = self.calendar.month(self.as_of);
        let last = self.calendar.month(event.ended.min(self.as_of));
        self.note(
            indicator,
            place,
            self.calendar.month(event.started),
            last.plus(over - 1).min(now),
        );
    }

    /// Notes the months on whose last day the fact goes on.
    fn open(&mut self, indicator: usize, (place, event): (usize, &Event)) {
        let until = event.ended.min(self.as_of.plus(1));
        let last = self.calendar.month(until);
        self.note(
            indicator,
            place,
            self.calendar.month(event.started),
            if last.last() < until {
                last
            } else {
                last.plus(-1)
            },
        );
    }

    fn note(&mut self, indicator: usize, place: usize, from: Month, to: Month) {
        let mut month = from.max(self.first);
        while month <= to {
            self.months.push((indicator, month, place));
            month = month.plus(1);
        }
    }

    /// Each month that was noted, once: for the latest fact that is meant.
    fn by_month(&mut self, subject: &Subject<'_>, take: &mut impl FnMut(&Case)) {
        if self.months.is_empty() {
            return;
        }
        let mut months = std::mem::take(&mut self.months);
        months.sort_unstable();
        for facts in months.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
            let Some((indicator, month, _)) = facts.first().copied() else {
                continue;
            };
            let day = month.last().min(self.as_of);
            let age = self.calendar.age(subject.born, day);
            let found = facts
                .iter()
                .rev()
                .filter_map(|(_, _, place)| Some((*place, subject.event(*place)?)));
            match self.plan.counted.get(indicator) {
                Some(Counted::People { count, .. }) => {
                    let mut found = found.filter(|(_, event)| self.means(count, event, age));
                    if let Some((place, event)) = found.next() {
                        take(&self.monthly(indicator, subject, (place, &event), (month, day)));
                    }
                }
                Some(Counted::Open { whole, part }) => {
                    let meant: Vec<_> = found
                        .filter(|(_, event)| self.means(whole, event, age))
                        .collect();
                    let is_part = |event: &Event| {
                        part.as_ref()
                            .is_none_or(|part| self.means(part, event, age))
                    };
                    let counts = meant.iter().find(|(_, event)| is_part(event));
                    if let Some((place, event)) = counts.or(meant.first()) {
                        let mut case =
                            self.monthly(indicator, subject, (*place, event), (month, day));
                        if counts.is_none() {
                            case.verdict = Verdict::NotPart;
                        }
                        take(&case);
                    }
                }
                _ => {}
            }
        }
        months.clear();
        self.months = months;
    }

    fn monthly(
        &self,
        indicator: usize,
        subject: &Subject<'_>,
        fact: (usize, &Event),
        (month, day): (Month, Day),
    ) -> Case {
        Case {
            month,
            ..self.case(indicator, subject, Some(fact), day)
        }
    }

    fn follow(
        &self,
        indicator: usize,
        subject: &Subject<'_>,
        (place, event): (usize, &Event),
        follow: &Follow,
        take: &mut impl FnMut(&Case),
    ) {
        let Some(mut case) = self.dated(indicator, subject, (place, event), Dated::End) else {
            return;
        };
        if !self.means(&follow.from, event, case.age) {
            return;
        }
        let others = || {
            let others = subject.events().enumerate();
            others
                .filter(move |(other, _)| *other != place)
                .map(|(_, other)| other)
        };
        if let Some((to, within)) = &follow.linked {
            let near = |other: &Event| {
                (within.from..=within.to).contains(&other.started.since(event.ended))
                    && self.means_then(to, subject, other)
            };
            if !others().any(|other| near(&other)) {
                return;
            }
        }
        let others_came = others()
            .filter(|other| {
                (follow.within.from..=follow.within.to).contains(&other.started.since(event.ended))
            })
            .filter(|other| self.means_then(&follow.then, subject, other))
            .map(|other| other.started)
            .min();
        let last = event.ended.plus(follow.within.to);
        let died = (follow.death && subject.died <= last.min(self.as_of)).then_some(subject.died);
        let first = others_came.into_iter().chain(died).min();
        let before = follow
            .unless
            .as_ref()
            .and_then(|it| self.before(it, subject, (place, event)));
        case.value = first.map_or(0, |day| i64::from(day.since(event.ended)));
        case.verdict = match (before, first, follow.absent) {
            (Some(before), _, _) => Verdict::Before(before),
            (None, Some(day), false) => Verdict::Followed(day),
            (None, Some(day), true) => Verdict::NotPartFollowed(day),
            (None, None, _) if last >= self.as_of => Verdict::NotYet,
            (None, None, true) => Verdict::Counted,
            (None, None, false) => Verdict::NotPart,
        };
        take(&case);
    }

    fn death(&self, indicator: usize, subject: &Subject<'_>, take: &mut impl FnMut(&Case)) {
        if subject.died <= self.as_of {
            let mut case = self.case(indicator, subject, None, subject.died);
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
        let days = event.ended.number().checked_sub(from)?;
        event.ended.is_known().then(|| i64::from(days.max(0)))
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

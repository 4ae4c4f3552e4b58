//! Counting written anew from what the rules say: plain loops over people, dates and words.

mod home;

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use stour_indicators::{
    Dated, Day, Definition, Names, Rule, Selector, Span, Unless, Value, Verdict,
};
use stour_kernel::Date;

use crate::selecting::{days, fits, says};
use crate::world::{Somebody, Thing};

/// What a case should be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Expected {
    pub(crate) month: Date,
    pub(crate) day: Date,
    pub(crate) thing: Option<usize>,
    pub(crate) age: Option<i32>,
    pub(crate) value: i64,
    pub(crate) weight: i64,
    pub(crate) verdict: String,
}

/// One person as known on a day, and the words that rules use.
struct Known<'w> {
    somebody: &'w Somebody,
    /// Facts that had begun, those that had not ended without an end.
    things: Vec<Thing>,
    select: &'w BTreeMap<String, Selector>,
    as_of: Date,
    first: Date,
}

pub(crate) fn age(born: Option<Date>, on: Date) -> Option<i32> {
    let born = born.filter(|born| *born <= on)?;
    let years = i32::from(on.year()) - i32::from(born.year());
    let birthday_to_come = (on.month(), on.day()) < (born.month(), born.day());
    Some(years - i32::from(birthday_to_come))
}

fn told(verdict: Verdict) -> String {
    format!("{verdict:?}")
}

fn day(date: Date) -> Day {
    Day::from(date)
}

/// Every case of a person, in no order.
pub(crate) fn cases(
    definition: &Definition,
    somebody: &Somebody,
    (first, as_of): (Date, Date),
) -> Vec<Expected> {
    let seen = somebody
        .things
        .iter()
        .filter(|thing| thing.started <= as_of);
    let things = seen.map(|thing| Thing {
        ended: thing.ended.filter(|ended| *ended <= as_of),
        ..thing.clone()
    });
    let known = Known {
        somebody,
        things: things.collect(),
        select: &definition.select,
        as_of,
        first,
    };
    match &definition.rule {
        Rule::Events {
            count,
            dated,
            value,
            unless,
        } => known.events(count, *dated, *value, unless.as_ref()),
        Rule::Share {
            whole,
            part,
            dated,
            value,
        } => known.share(whole, part, *dated, *value),
        Rule::People { count, over } => known.people(count, over.unwrap_or(1)),
        Rule::Days {
            count,
            since_quantity,
            after,
        } => known.days(count, *since_quantity, *after),
        Rule::Spread { count } => known.spread(count),
        Rule::Open { whole, part } => known.open(whole, part.as_ref()),
        Rule::Follow { .. } => known.follow(&definition.rule),
        Rule::Home(home) => known.home(home),
        Rule::Deaths => known.deaths(),
        Rule::Formula { .. } => Vec::new(),
    }
}

impl Known<'_> {
    fn expected(&self, on: Date, thing: Option<usize>) -> Expected {
        Expected {
            month: on.first_of_month(),
            day: on,
            thing,
            age: age(self.somebody.born, on),
            value: 0,
            weight: 1,
            verdict: told(Verdict::Counted),
        }
    }

    fn is(&self, names: &Names, thing: &Thing, on: Date) -> bool {
        let age = age(self.somebody.born, on);
        let mut selectors = names.0.iter().map(|name| &self.select[name]);
        selectors.any(|selector| says(selector, thing) && fits(selector, thing, age, self.as_of))
    }

    fn was(&self, names: &Names, thing: &Thing) -> bool {
        self.is(names, thing, thing.started)
    }

    fn gone_before(&self, place: usize, unless: &Unless) -> Option<Day> {
        let mut last = None;
        for other in &self.things[..place] {
            let recent = other.ended.is_none_or(|ended| {
                days(ended, self.things[place].started) < i64::from(unless.days)
            });
            if recent && self.was(&unless.any, other) {
                last = last.max(Some(other.ended.map_or(Day::NEVER, day)));
            }
        }
        last
    }

    fn events(
        &self,
        count: &Names,
        dated: Dated,
        value: Option<Value>,
        unless: Option<&Unless>,
    ) -> Vec<Expected> {
        let mut found = Vec::new();
        for (place, thing) in self.things.iter().enumerate() {
            let (Some(on), Some(value)) = (decides(thing, dated), measured(thing, value)) else {
                continue;
            };
            if !self.is(count, thing, on) {
                continue;
            }
            let mut expected = self.expected(on, Some(place));
            expected.value = value;
            if let Some(before) = unless.and_then(|unless| self.gone_before(place, unless)) {
                expected.verdict = told(Verdict::Before(before));
            }
            found.push(expected);
        }
        found
    }

    fn share(
        &self,
        whole: &Names,
        part: &Names,
        dated: Dated,
        value: Option<Value>,
    ) -> Vec<Expected> {
        let mut found = Vec::new();
        for (place, thing) in self.things.iter().enumerate() {
            let (Some(on), Some(measured)) = (decides(thing, dated), measured(thing, value)) else {
                continue;
            };
            if !self.is(whole, thing, on) {
                continue;
            }
            let mut expected = self.expected(on, Some(place));
            if value.is_some() {
                expected.weight = measured;
            }
            if !self.is(part, thing, on) {
                expected.verdict = told(Verdict::NotPart);
            }
            found.push(expected);
        }
        found
    }

    /// Every month that has begun.
    fn months(&self) -> impl Iterator<Item = Date> {
        let as_of = self.as_of;
        (0..)
            .map(move |months: i32| self.first + months.months())
            .take_while(move |month| *month <= as_of)
    }

    fn people(&self, count: &Names, over: i32) -> Vec<Expected> {
        let mut found = Vec::new();
        for month in self.months() {
            let on = month.last_of_month().min(self.as_of);
            let earliest = month - (over - 1).months();
            let within = |thing: &Thing| {
                let last = thing.ended.unwrap_or(self.as_of);
                thing.started <= month.last_of_month() && last.last_of_month() >= earliest
            };
            let latest = self
                .things
                .iter()
                .rposition(|thing| within(thing) && self.is(count, thing, on));
            found.extend(latest.map(|place| self.expected(on, Some(place))));
        }
        found
    }

    fn days(&self, count: &Names, since_quantity: bool, after: u16) -> Vec<Expected> {
        let mut found: Vec<Expected> = Vec::new();
        for (place, thing) in self.things.iter().enumerate() {
            let from = match (since_quantity, thing.quantity) {
                (false, _) => thing.started,
                (true, Some(number)) => Day::new(number).date().unwrap().max(thing.started),
                (true, None) => continue,
            };
            let until = thing.ended.unwrap_or(self.as_of);
            let mut on = from.max(self.first);
            while on < until {
                if days(from, on) >= after.into() {
                    self.add(&mut found, place, on, 1);
                }
                on = on.tomorrow().unwrap();
            }
        }
        self.once_below(found, count)
    }

    /// Each day of a fact is given what it may of the cost, and keeps the rest of a penny for the next.
    fn spread(&self, count: &Names) -> Vec<Expected> {
        let mut found: Vec<Expected> = Vec::new();
        for (place, thing) in self.things.iter().enumerate() {
            let (from, tomorrow) = (thing.started, self.as_of.tomorrow().unwrap());
            // The end to come too.
            let ended = self.somebody.things[place].ended.unwrap_or(tomorrow);
            let all = days(from, ended).max(1);
            let (mut on, mut rest) = (from, 0);
            for _ in 0..all {
                rest += thing.cost;
                let pence = rest.div_euclid(all);
                rest -= pence * all;
                if thing.cost != 0 && on >= self.first && on <= self.as_of {
                    self.add(&mut found, place, on, pence);
                }
                on = on.tomorrow().unwrap();
            }
        }
        self.once_below(found, count)
    }

    /// Adds to what a fact has in the month of a day.
    fn add(&self, found: &mut Vec<Expected>, place: usize, on: Date, value: i64) {
        match found.last_mut() {
            Some(last) if last.thing == Some(place) && last.month == on.first_of_month() => {
                last.value += value;
            }
            _ => found.push(Expected {
                value,
                ..self.expected(on, Some(place))
            }),
        }
    }

    /// Those that are meant; each fact is new in the first of its months.
    fn once_below(&self, mut found: Vec<Expected>, count: &Names) -> Vec<Expected> {
        found
            .retain(|expected| self.is(count, &self.things[expected.thing.unwrap()], expected.day));
        for at in 1..found.len() {
            if found[at - 1].thing == found[at].thing {
                found[at].verdict = told(Verdict::GoesOn);
            }
        }
        found
    }

    fn open(&self, whole: &Names, part: Option<&Names>) -> Vec<Expected> {
        let mut found = Vec::new();
        for on in self.months().map(Date::last_of_month) {
            if on > self.as_of {
                continue;
            }
            let goes_on =
                |thing: &Thing| thing.started <= on && thing.ended.is_none_or(|ended| ended > on);
            let is_whole = |thing: &Thing| goes_on(thing) && self.is(whole, thing, on);
            let is_part =
                |thing: &Thing| is_whole(thing) && part.is_none_or(|part| self.is(part, thing, on));
            if let Some(place) = self.things.iter().rposition(is_part) {
                found.push(self.expected(on, Some(place)));
            } else if let Some(place) = self.things.iter().rposition(is_whole) {
                found.push(Expected {
                    verdict: told(Verdict::NotPart),
                    ..self.expected(on, Some(place))
                });
            }
        }
        found
    }

    /// The first day on which another fact began within days of the end of one.
    fn near(&self, place: usize, ended: Date, names: &Names, within: Span) -> Option<Date> {
        let mut first = None;
        for (other, thing) in self.things.iter().enumerate() {
            let apart = days(ended, thing.started);
            if other != place
                && (i64::from(within.from)..=i64::from(within.to)).contains(&apart)
                && self.was(names, thing)
            {
                first = Some(first.map_or(thing.started, |first: Date| first.min(thing.started)));
            }
        }
        first
    }

    fn follow(&self, rule: &Rule) -> Vec<Expected> {
        let Rule::Follow {
            from,
            linked,
            then,
            within,
            going_on,
            death,
            absent,
            unless,
        } = rule
        else {
            panic!("another rule");
        };
        let mut found = Vec::new();
        for (place, thing) in self.things.iter().enumerate() {
            let Some(ended) = thing.ended.filter(|ended| self.is(from, thing, *ended)) else {
                continue;
            };
            let is_near = |linked: &stour_indicators::Linked| {
                self.near(place, ended, &linked.to, linked.within).is_some()
            };
            if !linked.as_ref().is_none_or(is_near) {
                continue;
            }
            let last = ended + within.to.days();
            let mut came = self.near(place, ended, then, *within);
            for (other, thing) in self.things.iter().enumerate() {
                let outlasts = thing.ended.is_none_or(|other| other > ended);
                if *going_on
                    && other != place
                    && thing.started <= ended
                    && outlasts
                    && self.was(then, thing)
                {
                    came = Some(came.map_or(thing.started, |came| came.min(thing.started)));
                }
            }
            if let Some(died) = self.somebody.died
                && *death
                && died <= last
                && died <= self.as_of
            {
                came = Some(came.map_or(died, |came| came.min(died)));
            }
            let before = unless
                .as_ref()
                .and_then(|unless| self.gone_before(place, unless));
            let verdict = match (before, came) {
                (Some(before), _) => Verdict::Before(before),
                (None, Some(came)) if *absent => Verdict::NotPartFollowed(day(came)),
                (None, Some(came)) => Verdict::Followed(day(came)),
                (None, None) if last >= self.as_of => Verdict::NotYet,
                (None, None) if *absent => Verdict::Counted,
                (None, None) => Verdict::NotPart,
            };
            found.push(Expected {
                value: came.map_or(0, |came| days(ended, came)),
                verdict: told(verdict),
                ..self.expected(ended, Some(place))
            });
        }
        found
    }

    fn deaths(&self) -> Vec<Expected> {
        let died = self.somebody.died.filter(|died| *died <= self.as_of);
        died.map(|died| {
            let death = self.expected(died, None);
            match death.age {
                Some(age) => Expected {
                    value: age.into(),
                    ..death
                },
                None => Expected {
                    verdict: told(Verdict::BirthUnknown),
                    ..death
                },
            }
        })
        .into_iter()
        .collect()
    }
}

fn decides(thing: &Thing, dated: Dated) -> Option<Date> {
    match dated {
        Dated::Start => Some(thing.started),
        Dated::End => thing.ended,
    }
}

fn measured(thing: &Thing, value: Option<Value>) -> Option<i64> {
    Some(match value {
        None => 0,
        Some(Value::Nights) => days(thing.started, thing.ended?),
        Some(Value::Quantity) => i64::from(thing.quantity?),
        Some(Value::DaysSinceQuantity) => {
            days(Day::new(thing.quantity?).date().unwrap(), thing.ended?).max(0)
        }
        Some(Value::Cost) => thing.cost,
    })
}

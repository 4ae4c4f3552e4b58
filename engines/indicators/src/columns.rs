//! Facts as columns: one array for each thing that is known, each person's facts together and in order of time.

use crate::day::{Day, Written};
use crate::vocabulary::Vocabulary;
use stour_kernel::Date;

/// A fact, as numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// What it is, by the vocabulary.
    pub description: u32,
    /// Council and locality at the time, by the vocabulary.
    pub place: u32,
    /// The first day.
    pub started: Day,
    /// The day it ended; [`Day::NEVER`] while it goes on.
    pub ended: Day,
    /// What else is measured of its kind: a day number, minutes, a score; [`Event::UNKNOWN`] where it is not known.
    pub quantity: i32,
    /// What it cost, in pence; nought where it has no cost of its own.
    pub cost: i64,
}

impl Event {
    /// The quantity of a fact of which none is known.
    pub const UNKNOWN: i32 = i32::MIN;
}

/// Somebody whom facts are about, apart from the facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Person {
    /// Whose it is: an identifier as a number.
    pub id: u128,
    /// The date of birth, where it is known.
    pub born: Option<Date>,
    /// The day of death; [`Day::NEVER`] of the living.
    pub died: Day,
    /// Whether the person is recorded as female or male; none where neither is recorded.
    pub female: Option<bool>,
    /// The small area of the address, by the vocabulary.
    pub area: u32,
    /// The council and locality of the address and practice, by the vocabulary.
    pub place: u32,
}

/// One person's facts, borrowed from the columns.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'c> {
    pub(crate) born: Written,
    pub(crate) died: Day,
    pub(crate) sex: u8,
    pub(crate) area: u32,
    pub(crate) place: u32,
    description: &'c [u32],
    at: &'c [u32],
    started: &'c [Day],
    ended: &'c [Day],
    quantity: &'c [i32],
    cost: &'c [i64],
    /// What ends later has not ended.
    now: Day,
}

impl<'c> Subject<'c> {
    /// How many facts there are.
    pub const fn len(&self) -> usize {
        self.description.len()
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.description.is_empty()
    }

    /// How many of the first facts are the same as another's; none where what is known of the person is not.
    pub(crate) fn same(&self, other: &Self) -> usize {
        let about = |one: &Self| (one.born, one.died, one.sex, one.area, one.place);
        if about(self) != about(other) {
            return 0;
        }
        let shared = self.len().min(other.len());
        [
            alike(self.started, other.started),
            alike(self.ended, other.ended),
            alike(self.description, other.description),
            alike(self.at, other.at),
            alike(self.quantity, other.quantity),
            alike(self.cost, other.cost),
        ]
        .into_iter()
        .fold(shared, usize::min)
    }

    /// What was known at the end of a day: without the facts that began later, and what ended later goes on.
    #[inline]
    pub(crate) fn as_of(self, now: Day) -> Self {
        // The last has nearly always begun, and a processor that guesses so need not wait for it.
        let begun = match self.started.last() {
            Some(last) if *last > now => self.started.partition_point(|started| *started <= now),
            _ => self.len(),
        };
        Self {
            description: self.description.get(..begun).unwrap_or_default(),
            now,
            ..self
        }
    }

    pub(crate) const fn descriptions(&self) -> &'c [u32] {
        self.description
    }

    /// The facts that began from one day to another, both included, with their places.
    pub(crate) fn began(
        &self,
        first: Day,
        last: Day,
    ) -> impl Iterator<Item = (usize, Event)> + use<'c> {
        let subject = *self;
        let from = self.started.partition_point(|started| *started < first);
        let places = from..subject.len();
        let events = places.filter_map(move |place| Some((place, subject.event(place)?)));
        events.take_while(move |(_, event)| event.started <= last)
    }

    /// The fact at a place, from 0.
    #[inline]
    pub fn event(&self, place: usize) -> Option<Event> {
        let ended = *self.ended.get(place)?;
        Some(Event {
            description: *self.description.get(place)?,
            place: *self.at.get(place)?,
            started: *self.started.get(place)?,
            ended: if ended > self.now { Day::NEVER } else { ended },
            quantity: *self.quantity.get(place)?,
            cost: *self.cost.get(place)?,
        })
    }

    /// The day on which the fact at a place ended or is to end, though it be after what is known.
    pub(crate) fn ends(&self, place: usize) -> Option<Day> {
        self.ended.get(place).copied()
    }

    /// Every fact, in order of its first day.
    pub fn events(&self) -> impl Iterator<Item = Event> + use<'c> {
        let subject = *self;
        (0..subject.len()).filter_map(move |place| subject.event(place))
    }
}

/// How many of the first are alike.
fn alike<T: PartialEq>(one: &[T], other: &[T]) -> usize {
    let pairs = one.iter().zip(other);
    pairs.take_while(|(one, other)| one == other).count()
}

/// The facts of many people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    pub(crate) id: Vec<u128>,
    pub(crate) born: Vec<i32>,
    pub(crate) died: Vec<Day>,
    pub(crate) sex: Vec<u8>,
    pub(crate) area: Vec<u32>,
    pub(crate) home: Vec<u32>,
    /// Where each person's facts end.
    pub(crate) until: Vec<u32>,
    pub(crate) description: Vec<u32>,
    pub(crate) place: Vec<u32>,
    pub(crate) started: Vec<Day>,
    pub(crate) ended: Vec<Day>,
    pub(crate) quantity: Vec<i32>,
    pub(crate) cost: Vec<i64>,
}

pub(crate) const FEMALE: u8 = 1;
pub(crate) const MALE: u8 = 2;

impl Columns {
    /// How many people there are.
    pub const fn people(&self) -> usize {
        self.id.len()
    }

    /// How many facts there are.
    pub const fn facts(&self) -> usize {
        self.description.len()
    }

    /// Adds somebody with all their facts, which are put in order of time: by the day they began, then the day they
    /// ended, then by their numbers. In whatever order they come, the same facts are the same columns.
    pub fn push(&mut self, person: &Person, facts: &mut [Event]) {
        facts.sort_unstable_by_key(|fact| {
            let time = (fact.started, fact.ended);
            (time, fact.description, fact.quantity, fact.place, fact.cost)
        });
        self.append(person, facts);
    }

    /// The same, but facts of the same days are in the order of what they say, whatever numbers the vocabulary gave
    /// that: where two vocabularies learnt the same in another order, the same facts are in the same order.
    pub fn push_said(&mut self, person: &Person, facts: &mut [Event], vocabulary: &Vocabulary) {
        let time = |fact: &Event| (fact.started, fact.ended);
        facts.sort_unstable_by(|one, other| {
            let first = time(one).cmp(&time(other));
            first
                .then_with(|| vocabulary.order(one.description, other.description))
                .then(one.quantity.cmp(&other.quantity))
                .then_with(|| vocabulary.order_of_places(one.place, other.place))
                .then(one.cost.cmp(&other.cost))
        });
        self.append(person, facts);
    }

    fn append(&mut self, person: &Person, facts: &[Event]) {
        self.id.push(person.id);
        self.born.push(Written::of(person.born).number());
        self.died.push(person.died);
        self.sex.push(match person.female {
            Some(true) => FEMALE,
            Some(false) => MALE,
            None => 0,
        });
        self.area.push(person.area);
        self.home.push(person.place);
        for fact in facts {
            self.description.push(fact.description);
            self.place.push(fact.place);
            self.started.push(fact.started);
            self.ended.push(fact.ended);
            self.quantity.push(fact.quantity);
            self.cost.push(fact.cost);
        }
        self.until
            .push(u32::try_from(self.facts()).unwrap_or(u32::MAX));
    }

    /// Whose facts are at a place, from 0.
    pub fn id(&self, place: usize) -> Option<u128> {
        self.id.get(place).copied()
    }

    /// Who is at a place, from 0.
    pub fn person(&self, place: usize) -> Option<Person> {
        Some(Person {
            id: *self.id.get(place)?,
            born: Written::of_number(*self.born.get(place)?).date(),
            died: *self.died.get(place)?,
            female: match *self.sex.get(place)? {
                FEMALE => Some(true),
                MALE => Some(false),
                _ => None,
            },
            area: *self.area.get(place)?,
            place: *self.home.get(place)?,
        })
    }

    /// Where somebody's facts are, when people were added in order of their identifiers.
    pub fn find(&self, id: &u128) -> Option<usize> {
        self.id.binary_search(id).ok()
    }

    /// The facts of the person at a place.
    #[inline]
    pub fn subject(&self, place: usize) -> Option<Subject<'_>> {
        let from = match place.checked_sub(1) {
            Some(before) => index(*self.until.get(before)?),
            None => 0,
        };
        let range = from..index(*self.until.get(place)?);
        Some(Subject {
            born: Written::of_number(*self.born.get(place)?),
            died: *self.died.get(place)?,
            sex: *self.sex.get(place)?,
            area: *self.area.get(place)?,
            place: *self.home.get(place)?,
            description: self.description.get(range.clone())?,
            at: self.place.get(range.clone())?,
            started: self.started.get(range.clone())?,
            ended: self.ended.get(range.clone())?,
            quantity: self.quantity.get(range.clone())?,
            cost: self.cost.get(range)?,
            now: Day::NEVER,
        })
    }

    /// Everybody, in the order in which they were added.
    pub fn subjects(&self) -> impl Iterator<Item = Subject<'_>> {
        (0..self.people()).filter_map(|place| self.subject(place))
    }

    /// The first and the last day of any fact; none where there are no facts.
    pub fn days(&self) -> Option<(Day, Day)> {
        let first = self.started.iter().min()?;
        let last = self.started.iter().max()?;
        let ended = self.ended.iter().filter(|day| day.is_known()).max();
        Some((*first, ended.map_or(*last, |ended| *ended.max(last))))
    }
}

#[inline]
pub(crate) fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

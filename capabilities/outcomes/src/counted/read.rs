//! From the log to columns: the latest version of every fact, those of merged records as one person's.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;
use stour_database::{Result, Row, Transaction, params, sql};
use stour_facts::FactKind;
use stour_indicators::{Columns, Day, Description, Event, Person, Vocabulary};
use stour_kernel::{Date, Id, PersonId, TypedId};

use crate::catalogue::{Fields, QuantityIs};

/// The place of facts about nobody: no identifier is nought.
pub(super) const NOBODY: u128 = 0;

/// Everybody's facts.
#[derive(Debug, Default)]
pub(super) struct Everybody {
    /// In order of identifiers: those of whom there are facts, and the dead.
    pub(super) columns: Columns,
    /// In order of identifiers: the living of whom there are no facts.
    pub(super) quiet: Columns,
    /// Those whose facts are not found in one place of the log, or are not one history: merged people, nobody, and
    /// whoever has facts but no record, whose columns are nobody's.
    pub(super) apart: HashMap<u128, Columns>,
    /// The name of the newest fact: whether a file still belongs to a database is seen by it.
    pub(super) newest: String,
    /// The day on which the file was made that they were read from; none where it was the log.
    pub(super) made: Option<Date>,
}

/// The band of a life table that an age belongs to: under 1, 1 to 4, then five years each, the last from 90.
pub(super) fn life_band(age: i64) -> Option<usize> {
    Some(match usize::try_from(age).ok()? {
        0 => 0,
        age => (age / 5 + 1).min(19),
    })
}

/// Reads facts, each in the words that indicators may read.
#[derive(Debug)]
pub(super) struct Reader<'r> {
    fields: &'r Fields,
    vocabulary: &'r mut Vocabulary,
}

/// A row of `person`, and of whose history it is part.
struct Known {
    person: Person,
    survivor: Option<u128>,
}

impl<'r> Reader<'r> {
    pub(super) fn new(fields: &'r Fields, vocabulary: &'r mut Vocabulary) -> Self {
        Self { fields, vocabulary }
    }

    /// Reads the whole log.
    pub(super) fn everybody(&mut self, tx: &mut Transaction<'_>) -> Result<Everybody> {
        let mut people = Vec::new();
        tx.each(
            sql!("SELECT id, born, died, sex, lsoa, council, locality, survivor FROM person ORDER BY id"),
            params![],
            |row| {
                people.push(self.person(row)?);
                Ok(())
            },
        )?;
        people.sort_by_key(|known: &Known| known.person.id);
        let nobody = self.nobody();
        let mut gathered = Gathered::new(&people, nobody);
        tx.each(
            sql!(
                "SELECT f.kind, f.organisation, f.started, f.ended, f.outcome, f.cost, f.council, f.locality, f.detail,
                        f.person, f.id
                 FROM fact f
                 WHERE NOT EXISTS (SELECT 1 FROM fact later
                                   WHERE later.thread = f.thread AND later.version > f.version)
                 ORDER BY f.person"
            ),
            params![],
            |row| {
                let person: Option<PersonId> = row.get(9)?;
                let event = self.event(row)?;
                let id = person.map_or(NOBODY, |person| person.id().as_u128());
                gathered.take((id, event, row.get(10)?), &*self.vocabulary);
                Ok(())
            },
        )?;
        Ok(gathered.finish(self.vocabulary))
    }

    /// The facts of one person as they stand; `None` of somebody who was merged into another, and where nothing is
    /// known.
    pub(super) fn one(
        &mut self,
        tx: &mut Transaction<'_>,
        person: Option<PersonId>,
    ) -> Result<Option<Columns>> {
        let mut found = None;
        if let Some(person) = person {
            found = tx.optional(
                sql!("SELECT id, born, died, sex, lsoa, council, locality, survivor FROM person WHERE id = $1"),
                params![person],
                |row| self.person(row),
            )?;
            if found.as_ref().is_some_and(|known| known.survivor.is_some()) {
                return Ok(None);
            }
        }
        let mut events = Vec::new();
        let mut take = |row: &Row<'_>| {
            events.push(self.event(row)?);
            Ok(())
        };
        match person {
            Some(person) => tx.each(
                sql!(
                    "SELECT f.kind, f.organisation, f.started, f.ended, f.outcome, f.cost, f.council, f.locality, f.detail
                     FROM fact f
                     WHERE (f.person = $1 OR f.person IN (SELECT m.id FROM person m WHERE m.survivor = $1))
                       AND NOT EXISTS (SELECT 1 FROM fact later
                                       WHERE later.thread = f.thread AND later.version > f.version)"
                ),
                params![person],
                &mut take,
            )?,
            None => tx.each(
                sql!(
                    "SELECT f.kind, f.organisation, f.started, f.ended, f.outcome, f.cost, f.council, f.locality, f.detail
                     FROM fact f
                     WHERE f.person IS NULL
                       AND NOT EXISTS (SELECT 1 FROM fact later
                                       WHERE later.thread = f.thread AND later.version > f.version)"
                ),
                params![],
                &mut take,
            )?,
        }
        let who = found.map_or_else(|| self.nobody(), |known| known.person);
        Ok(Some(together(&who, events, self.vocabulary)))
    }

    /// Whose facts are those about nobody, and those of somebody who has no record.
    fn nobody(&mut self) -> Person {
        Person {
            id: NOBODY,
            born: None,
            died: Day::NEVER,
            female: None,
            area: self.vocabulary.area(""),
            place: self.vocabulary.place("", ""),
        }
    }

    fn person(&mut self, row: &Row<'_>) -> Result<Known> {
        let text = |column: usize| {
            Ok::<_, stour_database::Error>(row.get::<Option<String>>(column)?.unwrap_or_default())
        };
        let sex = text(3)?;
        Ok(Known {
            person: Person {
                id: row.get::<PersonId>(0)?.id().as_u128(),
                born: row.get(1)?,
                died: row.get::<Option<Date>>(2)?.map_or(Day::NEVER, Day::from),
                female: match sex.as_str() {
                    "F" => Some(true),
                    "M" => Some(false),
                    _ => None,
                },
                area: self.vocabulary.area(&text(4)?),
                place: self.vocabulary.place(&text(5)?, &text(6)?),
            },
            survivor: row
                .get::<Option<PersonId>>(7)?
                .map(|survivor| survivor.id().as_u128()),
        })
    }

    fn event(&mut self, row: &Row<'_>) -> Result<Event> {
        let kind: FactKind = row.get(0)?;
        let outcome: Option<String> = row.get(4)?;
        let detail: Value = serde_json::from_str(&row.get::<String>(8)?).unwrap_or_default();
        let council: Option<String> = row.get(6)?;
        let locality: Option<String> = row.get(7)?;
        let description = Description {
            kind: kind.as_str().to_owned(),
            organisation: row.get(1)?,
            fields: self.words(kind, outcome.as_deref(), &detail),
        };
        Ok(Event {
            description: self.vocabulary.description(description),
            place: self.vocabulary.place(
                council.as_deref().unwrap_or_default(),
                locality.as_deref().unwrap_or_default(),
            ),
            started: Day::from(row.get::<Date>(2)?),
            ended: row.get::<Option<Date>>(3)?.map_or(Day::NEVER, Day::from),
            quantity: self.quantity(kind, &detail),
            cost: row.get::<Option<i64>>(5)?.unwrap_or_default(),
        })
    }

    fn words(
        &self,
        kind: FactKind,
        outcome: Option<&str>,
        detail: &Value,
    ) -> BTreeMap<String, String> {
        let of = |name: &String| match name.as_str() {
            "outcome" => outcome,
            name => detail.get(name)?.as_str(),
        };
        let fields = self.fields.of(kind);
        fields
            .filter_map(|field| {
                let code = field.from.iter().find_map(of)?;
                Some((field.name.clone(), code.to_owned()))
            })
            .collect()
    }

    fn quantity(&self, kind: FactKind, detail: &Value) -> i32 {
        let known = || {
            let quantity = self.fields.quantity(kind)?;
            let value = detail.get(&quantity.from)?;
            match quantity.is {
                QuantityIs::Number => i32::try_from(value.as_i64()?).ok(),
                QuantityIs::Day => Some(Day::from(value.as_str()?.parse::<Date>().ok()?).number()),
            }
        };
        known().unwrap_or(Event::UNKNOWN)
    }
}

/// Facts on their way into columns, a person's together.
struct Gathered<'p> {
    people: &'p [Known],
    nobody: Person,
    /// Whom each merged person was merged into.
    survivors: HashMap<u128, u128>,
    /// The next of the people who has not been passed.
    next: usize,
    current: Option<(u128, Vec<Event>)>,
    stashed: HashMap<u128, Vec<Event>>,
    found: Everybody,
}

impl<'p> Gathered<'p> {
    fn new(people: &'p [Known], nobody: Person) -> Self {
        let merged = people.iter();
        let survivors: HashMap<u128, u128> = merged
            .filter_map(|known| Some((known.person.id, known.survivor?)))
            .collect();
        Self {
            people,
            nobody,
            stashed: survivors
                .values()
                .map(|survivor| (*survivor, Vec::new()))
                .collect(),
            survivors,
            next: 0,
            current: None,
            found: Everybody::default(),
        }
    }

    fn take(&mut self, (id, event, fact): (u128, Event, String), vocabulary: &Vocabulary) {
        // Identifiers of version 7 sort by when they were made.
        if fact > self.found.newest {
            self.found.newest = fact;
        }
        let id = self.survivors.get(&id).copied().unwrap_or(id);
        if id == NOBODY || self.stashed.contains_key(&id) {
            self.stashed.entry(id).or_default().push(event);
            return;
        }
        match &mut self.current {
            Some((current, events)) if *current == id => events.push(event),
            _ => {
                self.put(vocabulary);
                self.current = Some((id, vec![event]));
            }
        }
    }

    /// Puts the person whose facts are complete into the columns, after everybody before them who has none.
    fn put(&mut self, vocabulary: &Vocabulary) {
        let Some((id, mut events)) = self.current.take() else {
            return;
        };
        self.pass(Some(id), vocabulary);
        if let Some(known) = self.known(id) {
            let columns = &mut self.found.columns;
            columns.push_said(&known.person, &mut events, vocabulary);
        } else {
            self.stashed.entry(id).or_default().append(&mut events);
        }
    }

    fn known(&self, id: u128) -> Option<&'p Known> {
        let people = self.people;
        let place = people.binary_search_by_key(&id, |known| known.person.id);
        people.get(place.ok()?)
    }

    /// Passes the people before one, or all: their deaths count without any fact, and the living are on record.
    fn pass(&mut self, before: Option<u128>, vocabulary: &Vocabulary) {
        while let Some(known) = self.people.get(self.next) {
            if before.is_some_and(|before| known.person.id >= before) {
                if before == Some(known.person.id) {
                    self.next += 1;
                }
                return;
            }
            self.next += 1;
            if known.survivor.is_some() || self.stashed.contains_key(&known.person.id) {
                continue;
            }
            let columns = if known.person.died.is_known() {
                &mut self.found.columns
            } else {
                &mut self.found.quiet
            };
            columns.push_said(&known.person, &mut [], vocabulary);
        }
    }

    fn finish(mut self, vocabulary: &Vocabulary) -> Everybody {
        self.put(vocabulary);
        self.pass(None, vocabulary);
        for (id, events) in std::mem::take(&mut self.stashed) {
            let person = self.known(id).map_or(self.nobody, |known| known.person);
            let columns = together(&person, events, vocabulary);
            self.found.apart.insert(id, columns);
        }
        self.found
    }
}

/// Facts as columns: those of a person as one history, those of nobody each by itself, so that none follows another.
fn together(person: &Person, mut events: Vec<Event>, vocabulary: &Vocabulary) -> Columns {
    let mut columns = Columns::default();
    if person.id == NOBODY {
        for event in &mut events {
            columns.push(person, std::slice::from_mut(event));
        }
    } else {
        columns.push_said(person, &mut events, vocabulary);
    }
    columns
}

/// The person of a number.
pub(super) fn person(id: u128) -> Option<PersonId> {
    Id::of_u128(id).map(PersonId::from)
}

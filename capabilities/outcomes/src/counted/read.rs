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
    /// In order of identifiers.
    pub(super) columns: Columns,
    /// Those whose facts are not found in one place of the log: merged people, and nobody.
    pub(super) apart: HashMap<u128, Columns>,
    /// How many people are on record and living, by council and locality, small area and band of ages.
    pub(super) on_record: OnRecord,
    /// The name of the newest fact: whether a file still belongs to a database is seen by it.
    pub(super) newest: String,
}

/// People by the numbers of their place and small area in the vocabulary, in the bands of a life table: under 1, 1 to 4,
/// then five years each, the last from 90.
pub(super) type OnRecord = BTreeMap<(u32, u32), [u32; 20]>;

/// The band of a life table that an age belongs to.
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
    pub(super) fn everybody(&mut self, tx: &mut Transaction<'_>, today: Date) -> Result<Everybody> {
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
        let on_record = on_record(&people, today);
        let mut gathered = Gathered::new(&people);
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
                gathered.take(person.map_or(NOBODY, |person| person.id().as_u128()), event, row.get(10)?);
                Ok(())
            },
        )?;
        Ok(Everybody {
            on_record,
            ..gathered.finish()
        })
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
        let who = found.map_or_else(|| self.nobody(person), |known| known.person);
        Ok(Some(together(&who, events)))
    }

    fn nobody(&mut self, person: Option<PersonId>) -> Person {
        Person {
            id: person.map_or(NOBODY, |person| person.id().as_u128()),
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

fn on_record(people: &[Known], today: Date) -> OnRecord {
    let mut found = OnRecord::new();
    let living = people
        .iter()
        .filter(|known| !known.person.died.is_known() && known.survivor.is_none());
    for Known { person, .. } in living {
        let age = person.born.and_then(|born| stour_people::age(born, today));
        let band = age.and_then(|age| life_band(age.into()));
        let bands = found.entry((person.place, person.area)).or_default();
        if let Some(count) = band.and_then(|band| bands.get_mut(band)) {
            *count += 1;
        }
    }
    found
}

/// Facts on their way into columns, a person's together.
struct Gathered<'p> {
    people: &'p [Known],
    /// Whom each merged person was merged into.
    survivors: HashMap<u128, u128>,
    /// The next of the people who has not been passed.
    next: usize,
    current: Option<(u128, Vec<Event>)>,
    stashed: HashMap<u128, Vec<Event>>,
    found: Everybody,
}

impl<'p> Gathered<'p> {
    fn new(people: &'p [Known]) -> Self {
        let merged = people.iter();
        let survivors: HashMap<u128, u128> = merged
            .filter_map(|known| Some((known.person.id, known.survivor?)))
            .collect();
        Self {
            people,
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

    fn take(&mut self, id: u128, event: Event, fact: String) {
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
                self.put();
                self.current = Some((id, vec![event]));
            }
        }
    }

    /// Puts the person whose facts are complete into the columns, after everybody before them who has died without
    /// any.
    fn put(&mut self) {
        let Some((id, mut events)) = self.current.take() else {
            return;
        };
        self.pass(Some(id));
        match self
            .people
            .binary_search_by_key(&id, |known| known.person.id)
        {
            Ok(place) => {
                if let Some(known) = self.people.get(place) {
                    self.found.columns.push(&known.person, &mut events);
                }
            }
            // Facts of somebody who has no record are nobody's.
            Err(_) => self.stashed.entry(NOBODY).or_default().append(&mut events),
        }
    }

    /// Passes the people before one, or all: their deaths count without any fact.
    fn pass(&mut self, before: Option<u128>) {
        while let Some(known) = self.people.get(self.next) {
            if before.is_some_and(|before| known.person.id >= before) {
                if before == Some(known.person.id) {
                    self.next += 1;
                }
                return;
            }
            self.next += 1;
            let id = known.person.id;
            if known.person.died.is_known()
                && known.survivor.is_none()
                && !self.stashed.contains_key(&id)
            {
                self.found.columns.push(&known.person, &mut []);
            }
        }
    }

    fn finish(mut self) -> Everybody {
        self.put();
        self.pass(None);
        for (id, events) in std::mem::take(&mut self.stashed) {
            let known = self
                .people
                .binary_search_by_key(&id, |known| known.person.id)
                .ok();
            let known = known.and_then(|place| self.people.get(place));
            let nobody = Person {
                id,
                born: None,
                died: Day::NEVER,
                female: None,
                area: 0,
                place: 0,
            };
            let columns = together(known.map_or(&nobody, |known| &known.person), events);
            self.found.apart.insert(id, columns);
        }
        self.found
    }
}

/// Facts as columns: those of a person as one history, those of nobody each by itself, so that none follows another.
fn together(person: &Person, mut events: Vec<Event>) -> Columns {
    let mut columns = Columns::default();
    if person.id == NOBODY {
        for event in &mut events {
            columns.push(person, std::slice::from_mut(event));
        }
    } else {
        columns.push(person, &mut events);
    }
    columns
}

/// The person of a number.
pub(super) fn person(id: u128) -> Option<PersonId> {
    Id::of_u128(id).map(PersonId::from)
}

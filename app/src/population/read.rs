//! Reading a population's folder: checked whole, then handed over chunk by chunk.

use std::collections::HashSet;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use stour_facts::FactKind;
use stour_kernel::{Code, Date};
use stour_partnership::Reference;
use stour_population::MAXIMUM_PEOPLE;

use super::record::chunk_of;
use super::row;
use super::table::{self, Table};
use super::{Chunk, EventRecord, Mistakes, PersonRecord, RelationshipRecord, Stay};

/// What to do about rows that are out of order.
const SORT: &str = "Sort people by index, and events and relationships by the index of their person's block, as `stour synth` does.";

/// The lists that codes in the detail of an event come from.
const LISTS: [(&str, &str); 10] = [
    ("component", "service-component"),
    ("service_type", "service-type"),
    ("route", "route-of-access"),
    ("channel", "contact-channel"),
    ("delivery", "delivery-mechanism"),
    ("admission_method", "admission-method"),
    ("admission_source", "admission-source"),
    ("discharge_method", "discharge-method"),
    ("destination", "discharge-destination"),
    ("specialty", "treatment-specialty"),
];

/// A population's folder.
#[derive(Debug, Clone)]
pub struct Folder<'a> {
    path: PathBuf,
    reference: &'a Reference,
    today: Date,
}

/// A folder in which nothing is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// How many people.
    pub people: u64,
    /// How many events.
    pub events: u64,
    /// SHA-256 of the three files.
    pub digest: String,
}

/// The three tables, side by side.
struct Tables {
    people: Table,
    events: Table,
    relationships: Table,
}

impl<'a> Folder<'a> {
    /// The folder at a path, whose codes are to be those of this partnership on this day.
    pub fn new(path: &Path, reference: &'a Reference, today: Date) -> Self {
        Self {
            path: path.to_owned(),
            reference,
            today,
        }
    }

    /// How many bytes the three files have.
    pub fn size(&self) -> u64 {
        let files = [table::PEOPLE, table::EVENTS, table::RELATIONSHIPS];
        files
            .iter()
            .filter_map(|file| std::fs::metadata(self.path.join(file)).ok())
            .map(|file| file.len())
            .sum()
    }

    /// Reads everything and keeps nothing: whether all of it can be loaded.
    ///
    /// # Errors
    /// What is wrong, or that a file cannot be read.
    pub fn check(&self, mut at: impl FnMut(u64)) -> anyhow::Result<Result<Checked, Mistakes>> {
        let mut numbers = HashSet::new();
        let (mut people, mut events) = (0, 0);
        let mut mistakes = Mistakes::default();
        self.read(&mut mistakes, &mut |chunk, bytes, mistakes| {
            for person in &chunk.people {
                if !numbers.insert(person.nhs_number) {
                    let reason = format!(
                        "the NHS number of person {} is another person's too",
                        person.index
                    );
                    let remedy = "Give each person a number of their own.";
                    mistakes.add(super::Mistake::new(
                        table::PEOPLE,
                        0,
                        "nhs_number",
                        reason,
                        remedy,
                    ));
                }
            }
            people += u64::try_from(chunk.people.len()).unwrap_or(0);
            events += u64::try_from(chunk.events.len()).unwrap_or(0);
            at(bytes);
            Ok(())
        })?;
        if mistakes.count() > 0 {
            return Ok(Err(mistakes));
        }
        Ok(Ok(Checked {
            people,
            events,
            digest: self.digest()?,
        }))
    }

    /// Hands over the chunks of a folder that has been checked.
    ///
    /// # Errors
    /// Those of `take`; and when the files have changed since.
    pub fn each(
        &self,
        mut take: impl FnMut(Chunk, u64) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let mut mistakes = Mistakes::default();
        self.read(&mut mistakes, &mut |chunk, bytes, mistakes| {
            if mistakes.count() > 0 {
                bail!("the files have changed since they were checked:\n{mistakes}");
            }
            take(chunk, bytes)
        })?;
        if mistakes.count() > 0 {
            bail!("the files have changed since they were checked:\n{mistakes}");
        }
        Ok(())
    }

    fn digest(&self) -> anyhow::Result<String> {
        let mut digest = Sha256::new();
        for name in [table::PEOPLE, table::EVENTS, table::RELATIONSHIPS] {
            let mut file =
                File::open(self.path.join(name)).with_context(|| format!("cannot read {name}"))?;
            let mut piece = vec![0; 1 << 18];
            loop {
                let length = file.read(&mut piece)?;
                if length == 0 {
                    break;
                }
                digest.update(piece.get(..length).unwrap_or_default());
            }
            digest.update(name);
        }
        Ok(stour_kernel::hex(&digest.finalize()))
    }

    fn read(
        &self,
        mistakes: &mut Mistakes,
        take: &mut dyn FnMut(Chunk, u64, &mut Mistakes) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let open = |file, columns, mistakes: &mut Mistakes| {
            Table::open(&self.path, (file, columns), mistakes)
        };
        let people = open(table::PEOPLE, &table::PERSON_COLUMNS, mistakes);
        let events = open(table::EVENTS, &table::EVENT_COLUMNS, mistakes);
        let relationships = open(table::RELATIONSHIPS, &table::RELATIONSHIP_COLUMNS, mistakes);
        let (Some(people), Some(events), Some(relationships)) = (people, events, relationships)
        else {
            return Ok(());
        };
        let mut tables = Tables {
            people,
            events,
            relationships,
        };
        let mut last = None;
        while let Some(chunk) = self.chunk(&mut tables, last, mistakes) {
            last = Some(chunk.number);
            let bytes = tables.people.position()
                + tables.events.position()
                + tables.relationships.position();
            take(chunk, bytes, mistakes)?;
        }
        if tables.people.broken || tables.events.broken || tables.relationships.broken {
            return Ok(());
        }
        left_over(&mut tables.events, "person", mistakes);
        left_over(&mut tables.relationships, "from_index", mistakes);
        Ok(())
    }

    /// The next chunk: the people whose indices belong together, and the rows of the other tables
    /// that are about them.
    fn chunk(
        &self,
        tables: &mut Tables,
        last: Option<u64>,
        mistakes: &mut Mistakes,
    ) -> Option<Chunk> {
        let mut chunk = Chunk::default();
        let mut previous: Option<u64> = None;
        while tables.people.next(mistakes) {
            let table = &mut tables.people;
            let Some(index) = table.parse::<u64>("index", mistakes) else {
                continue;
            };
            if index >= MAXIMUM_PEOPLE {
                let reason = format!("{index} is more than any population has");
                table.wrong("index", reason, "Count people from 0.", mistakes);
                continue;
            }
            let number = chunk_of(index);
            if previous.is_some_and(|_| number > chunk.number) {
                table.keep();
                break;
            }
            if previous.is_some_and(|previous| index <= previous)
                || last.is_some_and(|last| number <= last)
            {
                table.wrong("index", format!("{index} comes too late"), SORT, mistakes);
                continue;
            }
            (previous, chunk.number) = (Some(index), number);
            chunk.people.extend(self.person(table, index, mistakes));
        }
        previous?;
        if tables.people.broken {
            return None;
        }
        self.events(&mut tables.events, &mut chunk, mistakes);
        self.relationships(&mut tables.relationships, &mut chunk, mistakes);
        Some(chunk)
    }

    fn person(&self, table: &Table, index: u64, mistakes: &mut Mistakes) -> Option<PersonRecord> {
        let before = mistakes.count();
        let person = row::person(table, index, mistakes)?;
        let reference = self.reference;
        if !person.nhs_number.is_test_range() {
            let remedy = "Load made-up people only: their numbers begin with 999.";
            table.wrong(
                "nhs_number",
                "it may be a real person's".to_owned(),
                remedy,
                mistakes,
            );
        }
        if person.born > self.today
            || person
                .died
                .is_some_and(|died| died < person.born || died > self.today)
        {
            table.wrong(
                "born",
                "born or died after today, or died before birth".to_owned(),
                "Correct the dates.",
                mistakes,
            );
        }
        for (column, known) in [
            ("lsoa", reference.lsoa(&person.lsoa).is_some()),
            ("council", reference.area(&person.council).is_some()),
            ("locality", reference.locality(&person.locality).is_some()),
            ("practice", reference.practice(&person.practice).is_some()),
        ] {
            if !known {
                let reason = format!("{:?} is not in the reference data", table.text(column));
                table.wrong(
                    column,
                    reason,
                    "Use a code of reference/, or add it there with its dates.",
                    mistakes,
                );
            }
        }
        (mistakes.count() == before).then_some(person)
    }

    fn events(&self, table: &mut Table, chunk: &mut Chunk, mistakes: &mut Mistakes) {
        let mut references = HashSet::new();
        while table.next(mistakes) {
            let Some(index) = table.parse::<u64>("person", mistakes) else {
                continue;
            };
            if chunk_of(index) > chunk.number {
                table.keep();
                return;
            }
            let Some(person) = find(chunk, index) else {
                table.wrong(
                    "person",
                    format!("there is no person {index} at this place"),
                    SORT,
                    mistakes,
                );
                continue;
            };
            if table.text("nhs_number") != person.nhs_number.digits() {
                let reason = format!("it is not the NHS number of person {index}");
                table.wrong(
                    "nhs_number",
                    reason,
                    "Correct the index or the number.",
                    mistakes,
                );
            }
            let Some(event) = self.event(table, index, mistakes) else {
                continue;
            };
            if !references.insert((event.system.clone(), event.reference.clone())) {
                let reason = format!("{:?} stands twice", event.reference);
                table.wrong(
                    "source_reference",
                    reason,
                    "Give each event a reference of its own.",
                    mistakes,
                );
            }
            chunk.events.push(event);
        }
    }

    fn event(&self, table: &Table, person: u64, mistakes: &mut Mistakes) -> Option<EventRecord> {
        let before = mistakes.count();
        let event = row::event(table, person, mistakes)?;
        if event.started > self.today || event.ended.is_some_and(|ended| ended < event.started) {
            table.wrong(
                "started",
                "it starts after today or after it ends".to_owned(),
                "Correct the dates.",
                mistakes,
            );
        }
        if self.reference.organisation(&event.organisation).is_none() {
            let reason = format!(
                "{:?} is not in the reference data",
                table.text("organisation")
            );
            table.wrong(
                "organisation",
                reason,
                "Use a code of reference/organisations.csv, or add it there.",
                mistakes,
            );
        }
        for (field, list) in LISTS {
            let Some(code) = event.detail.get(field).and_then(Value::as_str) else {
                continue;
            };
            let known = self
                .reference
                .code_list(list)
                .zip(code.parse::<Code>().ok());
            if known.is_none_or(|(list, code)| list.label(&code).is_none()) {
                let reason = format!("{field} {code:?} is not in the code list {list}");
                table.wrong(
                    "detail",
                    reason,
                    "Use a code of reference/code-lists.",
                    mistakes,
                );
            }
        }
        if event.kind == FactKind::Spell
            && let Err(error) = Stay::of(&event)
        {
            table.wrong(
                "detail",
                format!("{error:#}"),
                "Give a stay its site, times, wards and codes.",
                mistakes,
            );
        }
        (mistakes.count() == before).then_some(event)
    }

    fn relationships(&self, table: &mut Table, chunk: &mut Chunk, mistakes: &mut Mistakes) {
        let kinds = self.reference.code_list("relationship");
        while table.next(mistakes) {
            let Some(from) = table.parse::<u64>("from_index", mistakes) else {
                continue;
            };
            if chunk_of(from) > chunk.number {
                table.keep();
                return;
            }
            let Some(to) = table.parse::<u64>("to_index", mistakes) else {
                continue;
            };
            let Some(kind) = table.parse::<Code>("kind", mistakes) else {
                continue;
            };
            if kinds.is_none_or(|kinds| kinds.label(&kind).is_none()) {
                let reason = format!("{kind:?} is not in the code list relationship");
                table.wrong(
                    "kind",
                    reason,
                    "Use a code of reference/code-lists.",
                    mistakes,
                );
            }
            if from == to || find(chunk, from).is_none() || find(chunk, to).is_none() {
                let reason = format!("{from} and {to} are not two people of one block");
                table.wrong("to_index", reason, SORT, mistakes);
                continue;
            }
            chunk
                .relationships
                .push(RelationshipRecord { from, kind, to });
        }
    }
}

/// Rows about people that the table of people does not have.
fn left_over(table: &mut Table, column: &'static str, mistakes: &mut Mistakes) {
    if table.next(mistakes) {
        let reason = format!("there is no person {}", table.text(column));
        table.wrong(column, reason, SORT, mistakes);
    }
}

fn find(chunk: &Chunk, index: u64) -> Option<&PersonRecord> {
    let place = chunk
        .people
        .binary_search_by_key(&index, |person| person.index)
        .ok()?;
    chunk.people.get(place)
}

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use serde::Serialize;
use stour_kernel::{Date, Environment};
use stour_population::{EventRow, PersonRow, RelationshipRow};

use super::{Checked, Chunk, Files, Folder, Making, Mistakes, Text, each_block, prepare, table};
use crate::open::reference;

const TODAY: Date = Date::constant(2026, 11, 24);
const MAKING: Making = Making {
    people: 2_300,
    seed: 3,
    today: TODAY,
};

/// A folder that goes with the test.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = format!("stour-population-{}-{number}", std::process::id());
        Self(std::env::temp_dir().join(folder))
    }

    /// A population of two blocks, written here.
    fn written() -> Self {
        let scratch = Self::new();
        let mut files = Files::begin(&scratch.0, true).unwrap();
        let generator = MAKING.generator().unwrap();
        each_block(
            &generator,
            |block| Text::of(block, true),
            |text| files.take(&text),
        )
        .unwrap();
        files.finish().unwrap();
        scratch
    }

    /// Changes a file: each line by its number from 1.
    fn change(&self, file: &str, change: impl Fn(usize, &str) -> String) {
        let path = self.0.join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        let lines = text
            .lines()
            .enumerate()
            .map(|(number, line)| change(number + 1, line) + "\n");
        std::fs::write(&path, lines.collect::<String>()).unwrap();
    }

    fn check(&self) -> Result<Checked, Mistakes> {
        folder(&self.0).check(|_| {}).unwrap()
    }

    /// Where the first mistake is, and how many there are.
    fn first_mistake(&self) -> (String, usize) {
        let mistakes = self.check().expect_err("a mistake");
        let first = &mistakes.listed()[0];
        (
            format!(
                "{}:{}:{}: {}",
                first.file, first.line, first.field, first.reason
            ),
            mistakes.count(),
        )
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn folder(path: &Path) -> Folder<'static> {
    Folder::new(path, reference().unwrap(), TODAY)
}

fn made() -> Vec<Chunk> {
    let mut chunks = Vec::new();
    let take = |chunk| {
        chunks.push(chunk);
        Ok(())
    };
    each_block(&MAKING.generator().unwrap(), Chunk::of, take).unwrap();
    chunks
}

fn read(path: &Path) -> Vec<Chunk> {
    let mut chunks = Vec::new();
    let take = |chunk, _| {
        chunks.push(chunk);
        Ok(())
    };
    folder(path).each(take).unwrap();
    chunks
}

#[test]
fn the_tables_have_the_columns_of_the_generator() {
    fn headings(row: &impl Serialize) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.serialize(row).unwrap();
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        text.lines().next().unwrap().to_owned()
    }
    let block = MAKING.generator().unwrap().block(0);
    let household = block
        .households
        .iter()
        .find(|household| !household.relationships.is_empty())
        .unwrap();
    let person = &household.people[0];
    let everybody = block
        .households
        .iter()
        .flat_map(|household| &household.people);
    let busy = everybody
        .into_iter()
        .find(|person| !person.history.is_empty())
        .unwrap();
    assert_eq!(
        headings(&PersonRow::new(household, person)),
        table::PERSON_COLUMNS.join(",")
    );
    assert_eq!(
        headings(&EventRow::new(busy, &busy.history[0]).unwrap()),
        table::EVENT_COLUMNS.join(",")
    );
    let relationship = RelationshipRow::from(household.relationships[0]);
    assert_eq!(
        headings(&relationship),
        table::RELATIONSHIP_COLUMNS.join(",")
    );
}

#[test]
fn what_was_written_is_read_back_whole() {
    let scratch = Scratch::written();
    let (made, read) = (made(), read(&scratch.0));
    assert_eq!(made.len(), 2);
    assert_eq!(made, read);
    let checked = scratch.check().unwrap();
    assert_eq!(checked.people, 2_300);
    let messages = std::fs::read(scratch.0.join("adt.hl7")).unwrap();
    assert!(stour_hl7v2::messages(&messages).count() > 100);
    assert!(
        Files::begin(&scratch.0, true).is_err(),
        "a population was written over"
    );
}

#[test]
fn every_chunk_can_be_made_ready_for_the_database() {
    let environment = Environment::fixed("2026-11-24T09:00:00Z");
    for chunk in made() {
        let prepared = prepare(&chunk, &environment, None).unwrap();
        assert_eq!(prepared.people.len(), chunk.people.len());
        assert_eq!(prepared.facts.len(), chunk.events.len());
        assert_eq!(prepared.relations.len(), chunk.relationships.len());
        let open =
            |event: &&super::EventRecord| event.kind.as_str() == "spell" && event.ended.is_none();
        assert!(prepared.spells.len() >= chunk.events.iter().filter(open).count());
        assert!(
            prepared
                .facts
                .iter()
                .all(|fact| fact.ended.is_none_or(|ended| ended >= fact.started))
        );
    }
}

#[test]
fn columns_may_come_in_any_order() {
    let scratch = Scratch::written();
    scratch.change(table::RELATIONSHIPS, |_, line| {
        let cells: Vec<&str> = line.split(',').collect();
        format!("{},{},{}", cells[2], cells[0], cells[1])
    });
    assert_eq!(read(&scratch.0), made());
}

#[test]
fn headings_that_are_missing_unknown_or_there_twice_are_named() {
    for (from, to, said) in [
        (
            "born",
            "birthday",
            "people.csv:1:birthday: no column has this heading",
        ),
        (
            "born",
            "sex",
            "people.csv:1:sex: two columns have this heading",
        ),
        (",born", "", "people.csv:1:born: the column is missing"),
    ] {
        let scratch = Scratch::written();
        scratch.change(table::PEOPLE, |number, line| {
            if number == 1 {
                line.replacen(from, to, 1)
            } else {
                line.to_owned()
            }
        });
        assert_eq!(scratch.first_mistake().0, said);
    }
    let empty = Scratch::new();
    assert!(empty.first_mistake().0.starts_with("people.csv:0:"));
}

/// One cell of line 3 of a file, changed.
fn with(written: &Scratch, file: &str, column: usize, value: &str) -> String {
    let scratch = Scratch::new();
    std::fs::create_dir_all(&scratch.0).unwrap();
    for name in [table::PEOPLE, table::EVENTS, table::RELATIONSHIPS] {
        std::fs::copy(written.0.join(name), scratch.0.join(name)).unwrap();
    }
    scratch.change(file, |number, line| {
        if number != 3 {
            return line.to_owned();
        }
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(line.as_bytes());
        let row = reader.records().next().unwrap().unwrap();
        let mut cells: Vec<&str> = row.iter().collect();
        cells[column] = value;
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&cells).unwrap();
        String::from_utf8(writer.into_inner().unwrap())
            .unwrap()
            .trim_end()
            .to_owned()
    });
    match scratch.check() {
        Ok(_) => "nothing".to_owned(),
        Err(_) => scratch.first_mistake().0,
    }
}

#[test]
fn a_value_that_is_wrong_is_named_by_its_line_and_field() {
    let written = Scratch::written();
    let places = |file: &str| match file {
        table::PEOPLE => table::PERSON_COLUMNS.to_vec(),
        table::EVENTS => table::EVENT_COLUMNS.to_vec(),
        _ => table::RELATIONSHIP_COLUMNS.to_vec(),
    };
    for (file, column, value) in [
        (table::PEOPLE, "nhs_number", "9434765919"),
        (table::PEOPLE, "nhs_number", "9992895404"),
        (table::PEOPLE, "born", "2026-13-01"),
        (table::PEOPLE, "born", "2026-12-01"),
        (table::PEOPLE, "sex", "F"),
        (table::PEOPLE, "postcode", "nowhere"),
        (table::PEOPLE, "lsoa", "E01999999"),
        (table::PEOPLE, "council", "E06000099"),
        (table::PEOPLE, "practice", "J99999"),
        (table::PEOPLE, "restricted", "perhaps"),
        (table::PEOPLE, "frailty", "very"),
        (table::PEOPLE, "family_name", "\u{202e}"),
        (table::PEOPLE, "index", "-1"),
        (table::PEOPLE, "index", "99999999"),
        (table::PEOPLE, "index", "0"),
        (table::EVENTS, "kind", "visit"),
        (table::EVENTS, "started", "2027-01-01"),
        (table::EVENTS, "started", "yesterday"),
        (table::EVENTS, "organisation", "ZZZ"),
        (table::EVENTS, "cost_pence", "1.50"),
        (table::EVENTS, "source_reference", ""),
        (table::EVENTS, "nhs_number", "9990000018"),
        (table::EVENTS, "detail", "[1]"),
        (table::EVENTS, "detail", r#"{"component":"unknown"}"#),
        (table::RELATIONSHIPS, "kind", "enemy"),
        (table::RELATIONSHIPS, "to_index", "999999"),
    ] {
        let place = places(file)
            .iter()
            .position(|known| *known == column)
            .unwrap();
        let said = with(&written, file, place, value);
        assert!(
            said.starts_with(&format!("{file}:3:{column}: ")),
            "{file} {column} {value}: {said}"
        );
    }
}

#[test]
fn a_file_that_is_cut_off_or_out_of_order_is_refused() {
    let scratch = Scratch::written();
    let path = scratch.0.join(table::PEOPLE);
    let text = std::fs::read_to_string(&path).unwrap();
    let half: String = text.chars().take(text.len() / 2).collect();
    std::fs::write(&path, half).unwrap();
    let (said, count) = scratch.first_mistake();
    assert!(
        said.starts_with("people.csv:") && count == 1,
        "{said} and {count}"
    );

    let scratch = Scratch::written();
    let swapped = std::fs::read_to_string(scratch.0.join(table::EVENTS)).unwrap();
    let mut lines: Vec<&str> = swapped.lines().collect();
    let last = lines.len() - 1;
    lines.swap(1, last);
    std::fs::write(scratch.0.join(table::EVENTS), lines.join("\n") + "\n").unwrap();
    assert!(scratch.first_mistake().0.starts_with("events.csv:"));

    let scratch = Scratch::written();
    scratch.change(table::PEOPLE, |number, line| {
        if number == 2_301 {
            String::new()
        } else {
            line.to_owned()
        }
    });
    assert!(
        scratch.check().is_err(),
        "events of somebody who is not there were taken"
    );
}

#[test]
fn text_that_is_no_utf_8_is_refused() {
    let scratch = Scratch::written();
    let path = scratch.0.join(table::PEOPLE);
    let mut bytes = std::fs::read(&path).unwrap();
    let place = bytes.iter().position(|byte| *byte == b'\n').unwrap() + 20;
    bytes[place] = 0xE9;
    std::fs::write(&path, bytes).unwrap();
    assert!(scratch.first_mistake().0.starts_with("people.csv:2:"));
}

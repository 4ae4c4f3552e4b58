//! A set: an index, and records that come in to be linked to it.

use std::io::Write;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::errors::{Sender, letter};
use crate::people::{People, Person};
use crate::random::Random;
use crate::words::{Vocabulary, Words};

/// As many rows as the range of NHS numbers for tests has people for.
pub const MAXIMUM_ROWS: usize = 1_200_000;

/// How unevenly records come: a person's chance falls with this power, so that some have many.
const UNEVEN: f64 = 1.6;

/// The organisation that keeps the index.
const INDEX: &str = "SPINE";

/// What to make.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Rows of index and incoming together, at most [`MAXIMUM_ROWS`]. About 73 in 100 are the index.
    pub rows: usize,
    /// The same seed makes the same bytes.
    pub seed: u64,
    /// Where names come from.
    pub vocabulary: Vocabulary,
    /// Whether incoming records have NHS numbers at all.
    pub numbers: bool,
}

/// One record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Unique in the set.
    pub id: usize,
    /// Whom the record is truly about.
    pub person: usize,
    /// Who keeps the record.
    pub organisation: &'static str,
    /// The NHS number as written; empty where there is none, as for each text below.
    pub number: String,
    /// First name.
    pub given: String,
    /// Family name.
    pub surname: String,
    /// Date of birth, year first.
    pub born: String,
    /// `F`, `M` or nothing.
    pub sex: &'static str,
    /// First line of the address.
    pub address: String,
    /// Postcode.
    pub postcode: String,
    /// Telephone number.
    pub phone: String,
    /// The true household: to analyse errors with, not to link by.
    pub household: usize,
}

/// The index, and the incoming records.
///
/// # Errors
///
/// When more rows are asked for than there are numbers for people.
pub fn generate(options: &Options) -> Result<(Vec<Row>, Vec<Row>)> {
    anyhow::ensure!(
        options.rows <= MAXIMUM_ROWS,
        "the 999 range of NHS numbers has people for {MAXIMUM_ROWS} rows: ask for fewer"
    );
    let words = Words::new(options.vocabulary, options.seed);
    let people = People::new(options.rows.div_ceil(4) * 3, &words, options.seed);
    let index: Vec<Row> = people
        .people
        .iter()
        .enumerate()
        .filter(|(_, person)| person.in_index)
        .zip(0..)
        .map(|((place, person), id)| indexed(&people, id, place, person))
        .collect();
    let mut order: Vec<usize> = (0..people.people.len()).collect();
    Random::new(options.seed, 4).shuffle(&mut order);
    let mut sender = Sender::new(&people, &words, options.seed);
    let mut incoming = Vec::with_capacity(options.rows.saturating_sub(index.len()));
    for id in index.len()..options.rows {
        let place = uneven(&order, &mut sender.random);
        let Some(person) = people.people.get(place) else {
            break;
        };
        let mut row = sender.record(id, place, person);
        if !options.numbers {
            row.number.clear();
        }
        incoming.push(row);
    }
    Ok((index, incoming))
}

/// Somebody, some much more often than others.
fn uneven(order: &[usize], random: &mut Random) -> usize {
    let point = random.unit().powf(UNEVEN);
    // A fraction of the list is found by halving it: no cast from a float is needed.
    let ranks = u32::try_from(order.len()).unwrap_or(u32::MAX);
    let (mut low, mut high) = (0, ranks.max(1) - 1);
    while low < high {
        let middle = low.midpoint(high);
        if f64::from(middle) + 1.0 > point * f64::from(ranks) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    let rank = usize::try_from(low).unwrap_or(0);
    order.get(rank).copied().unwrap_or(0)
}

fn indexed(people: &People<'_>, id: usize, place: usize, person: &Person<'_>) -> Row {
    let (address, postcode) = people.lines(person.home);
    Row {
        id,
        person: place,
        organisation: INDEX,
        number: person.number.digits(),
        given: person.given.to_owned(),
        surname: person.surname.to_owned(),
        born: person.born.to_string(),
        sex: letter(person.sex),
        address,
        postcode: postcode.to_owned(),
        phone: person.phone.to_string(),
        household: person.household,
    }
}

/// Writes `index.csv`, `incoming.csv` and, both together, `all.csv` into a folder, which it makes.
///
/// # Errors
///
/// When the folder or a file cannot be written.
pub fn write(folder: &Path, index: &[Row], incoming: &[Row]) -> Result<()> {
    std::fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    for (name, parts) in [
        ("index.csv", [index, &[]]),
        ("incoming.csv", [&[], incoming]),
        ("all.csv", [index, incoming]),
    ] {
        let path = folder.join(name);
        std::fs::File::create(&path)
            .and_then(|file| table(file, parts.into_iter().flatten()))
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

fn table<'r>(file: impl Write, rows: impl Iterator<Item = &'r Row>) -> std::io::Result<()> {
    let mut out = csv::Writer::from_writer(file);
    out.write_record([
        "rec_id",
        "person_id",
        "org",
        "nhs_number",
        "given_name",
        "surname",
        "dob",
        "sex",
        "address_1",
        "postcode",
        "phone",
        "household",
    ])?;
    for row in rows {
        out.write_record([
            row.id.to_string().as_str(),
            row.person.to_string().as_str(),
            row.organisation,
            &row.number,
            &row.given,
            &row.surname,
            &row.born,
            row.sex,
            &row.address,
            &row.postcode,
            &row.phone,
            row.household.to_string().as_str(),
        ])?;
    }
    out.flush()
}

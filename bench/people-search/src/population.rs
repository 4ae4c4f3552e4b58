//! People with names that repeat as real ones do.

use anyhow::{Context as _, Result};
use stour_database::Database;
use stour_kernel::{Date, Environment, NhsNumber, Postcode, Randomness as _, SeededRandomness};
use stour_people::{
    Address, Demographics, IdentifierStatus, NewPerson, PersonName, Place, insert_all,
};

/// What the population that is loaded begins from.
pub const SEED: u64 = 7;
/// NHS numbers are taken from here on.
pub const FIRST_NUMBER: u32 = 900_000_000;
/// How many people go in with one transaction.
const BATCH: usize = 25_000;
const FAMILIES: [&str; 20] = [
    "Smith", "Jones", "Taylor", "Brown", "Williams", "Wilson", "Johnson", "Davies", "Robinson",
    "Wright", "Thompson", "Evans", "Walker", "White", "Roberts", "Green", "Hall", "Wood",
    "Jackson", "Clarke",
];
const GIVEN: [&str; 30] = [
    "John",
    "Mary",
    "David",
    "Susan",
    "Michael",
    "Margaret",
    "Peter",
    "Patricia",
    "Robert",
    "Christine",
    "James",
    "Jean",
    "Paul",
    "Barbara",
    "Andrew",
    "Ann",
    "Mark",
    "Elizabeth",
    "William",
    "Sarah",
    "George",
    "Joan",
    "Thomas",
    "Dorothy",
    "Richard",
    "Karen",
    "Stephen",
    "Sheila",
    "Alan",
    "Julie",
];
const STARTS: [&str; 24] = [
    "Al", "Bar", "Ben", "Car", "Col", "Dar", "Ed", "Fen", "Gar", "Hal", "Har", "Hol", "Ken", "Lan",
    "Mar", "Mor", "Nor", "Pen", "Ral", "San", "Stan", "Thorn", "Wal", "Win",
];
const MIDDLES: [&str; 20] = [
    "a", "be", "ca", "den", "e", "fi", "ga", "her", "i", "ker", "lo", "me", "ning", "o", "per",
    "ri", "sel", "ter", "ver", "wi",
];
const ENDS: [&str; 20] = [
    "bury", "by", "combe", "den", "field", "ford", "ham", "hurst", "ing", "ley", "man", "more",
    "ness", "ridge", "sby", "son", "stead", "ton", "well", "worth",
];
/// Every postcode sector begins with one of these and a digit.
const DISTRICTS: [&str; 16] = [
    "BH1", "BH2", "BH4", "BH5", "BH6", "BH7", "BH8", "BH9", "BH10", "BH11", "BH15", "BH23", "DT1",
    "DT4", "DT6", "SP7",
];

/// What a search may be made from.
#[derive(Debug)]
pub struct Known {
    /// The family name.
    pub family: String,
    /// The first given name.
    pub given: String,
    /// The date of birth.
    pub born: Date,
    /// Where the person lives.
    pub postcode: Postcode,
    /// The NHS number.
    pub number: NhsNumber,
}

/// Makes people, the same for the same seed.
#[derive(Debug)]
pub struct Source {
    random: SeededRandomness,
    families: Zipf,
    given: Zipf,
    number: u32,
}

/// Draws a rank: the chance of rank `n` falls as one over `n + shift`.
#[derive(Debug)]
struct Zipf {
    sums: Vec<f64>,
}

impl Source {
    /// From a seed; NHS numbers follow one another from nine digits on.
    pub fn new(seed: u64, first_number: u32) -> Self {
        Self {
            random: SeededRandomness::new(seed),
            families: Zipf::new(10_000, 6.0),
            given: Zipf::new(1_500, 6.0),
            number: first_number,
        }
    }

    /// The next person.
    ///
    /// # Errors
    /// When the person would not be valid, which a test run shows at once.
    pub fn person(&mut self, environment: &Environment) -> Result<NewPerson> {
        person(self, environment)
    }

    /// A number below a limit.
    pub fn below(&self, limit: u32) -> u32 {
        below(&self.random, limit)
    }
}

impl Zipf {
    fn new(ranks: usize, shift: f64) -> Self {
        let mut sum = 0.0;
        let mut rank = shift;
        let sums = std::iter::repeat_with(|| {
            rank += 1.0;
            sum += 1.0 / rank;
            sum
        });
        Self {
            sums: sums.take(ranks).collect(),
        }
    }

    fn draw(&self, random: &SeededRandomness) -> usize {
        let share = f64::from(below(random, 1 << 30)) / f64::from(1_u32 << 30);
        let aim = share * self.sums.last().copied().unwrap_or(1.0);
        self.sums.partition_point(|sum| *sum < aim)
    }
}

fn below(random: &SeededRandomness, limit: u32) -> u32 {
    u32::try_from(random.next_u64() % u64::from(limit)).unwrap_or(0)
}

fn pick<'t>(list: &[&'t str], place: usize) -> &'t str {
    list.get(place % list.len()).copied().unwrap_or("")
}

/// The name of a rank: the commonest are real, the others made of syllables.
fn name_of(rank: usize, common: &[&str]) -> String {
    if let Some(name) = common.get(rank) {
        return (*name).to_owned();
    }
    let rest = rank - common.len();
    let (start, rest) = (pick(&STARTS, rest), rest / STARTS.len());
    let (end, rest) = (pick(&ENDS, rest), rest / ENDS.len());
    let middle = if rest == 0 {
        ""
    } else {
        pick(&MIDDLES, rest - 1)
    };
    format!("{start}{middle}{end}")
}

/// Loads people and returns every thousandth, to be searched for.
///
/// # Errors
/// Those of the database.
pub fn load(database: &Database, environment: &Environment, people: usize) -> Result<Vec<Known>> {
    let mut source = Source::new(SEED, FIRST_NUMBER);
    let mut known = Vec::new();
    let mut left = people;
    while left > 0 {
        let size = left.min(BATCH);
        let mut batch = Vec::with_capacity(size);
        for _ in 0..size {
            batch.push(person(&mut source, environment)?);
        }
        known.extend(batch.iter().step_by(1_000).filter_map(remember));
        let environment = environment.clone();
        database.write_blocking(move |tx| insert_all(tx, &environment, &batch))?;
        left -= size;
    }
    Ok(known)
}

fn remember(person: &NewPerson) -> Option<Known> {
    let who = &person.demographics;
    Some(Known {
        family: who.name.family.to_string(),
        given: who.name.given.first()?.to_string(),
        born: who.born?,
        postcode: who.address.as_ref()?.postcode?,
        number: who.nhs_number?,
    })
}

fn person(source: &mut Source, environment: &Environment) -> Result<NewPerson> {
    let random = &source.random;
    let number = loop {
        source.number += 1;
        if let Some(number) = NhsNumber::from_first_nine(source.number) {
            break number;
        }
    };
    let family = name_of(source.families.draw(random), &FAMILIES);
    let given: Vec<String> = (0..2)
        .map(|_| name_of(source.given.draw(random), &GIVEN))
        .collect();
    let year = 1926 + i16::try_from(below(random, 100))?;
    let day = u64::from(below(random, 365));
    let born = Date::new(year, 1, 1)?.checked_add(std::time::Duration::from_secs(86_400 * day))?;
    let letters = b"ABDEFGHJLNPQRSTUWXYZ";
    let letter = |draw: u32| {
        letters
            .get(usize::try_from(draw).unwrap_or(0))
            .map_or('A', |letter| char::from(*letter))
    };
    let district = pick(&DISTRICTS, usize::try_from(below(random, 16))?);
    let postcode = format!(
        "{district} {}{}{}",
        below(random, 10),
        letter(below(random, 20)),
        letter(below(random, 20))
    );
    let address = Address {
        lines: vec![
            format!("{} High Street", 1 + below(random, 200)),
            "Poole".to_owned(),
        ],
        postcode: Some(postcode.parse()?),
        lsoa: None,
    };
    let name = PersonName::new(&family, &given.join(" ")).context("a name")?;
    Ok(NewPerson {
        id: environment.id(),
        demographics: Demographics {
            nhs_number: Some(number),
            born: Some(born),
            address: Some(address),
            ..Demographics::named(name)
        },
        number_status: IdentifierStatus::Traced,
        place: Place::default(),
        restricted: false,
        objection: false,
        known_to: Vec::new(),
        source: "QVV".parse()?,
        recorded_by: "bench".to_owned(),
    })
}

//! The searches that advisers type.

use std::hint::black_box;

use anyhow::Result;
use stour_database::Database;
use stour_people::{Query, Scope, search};

use crate::clock::{Spent, timed};
use crate::population::Known;

/// One way to search, and how to make it from a person who is there.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    make: fn(&Known) -> String,
}

/// How often each is run.
const TIMES: usize = 200;

/// The mix: what is typed most, and what is worst to answer.
pub(crate) const KINDS: &[Kind] = &[
    Kind {
        name: "Smith, John",
        make: |_| "Smith, John".to_owned(),
    },
    Kind {
        name: "john smith",
        make: |_| "john smith".to_owned(),
    },
    Kind {
        name: "smith",
        make: |_| "smith".to_owned(),
    },
    Kind {
        name: "jo smi",
        make: |_| "jo smi".to_owned(),
    },
    Kind {
        name: "j s",
        make: |_| "j s".to_owned(),
    },
    Kind {
        name: "s",
        make: |_| "s".to_owned(),
    },
    Kind {
        name: "john mary david smith",
        make: |_| "john mary david smith".to_owned(),
    },
    Kind {
        name: "five initials",
        make: |_| "a b c d e".to_owned(),
    },
    Kind {
        name: "nobody's name",
        make: |_| "smith quizzaciously".to_owned(),
    },
    Kind {
        name: "given family",
        make: |known| format!("{} {}", known.given, known.family),
    },
    Kind {
        name: "family given",
        make: |known| format!("{}, {}", known.family, known.given),
    },
    Kind {
        name: "family initial",
        make: |known| format!("{} {}", known.family, start(&known.given, 1)),
    },
    Kind {
        name: "starts of both",
        make: |known| format!("{} {}", start(&known.given, 3), start(&known.family, 4)),
    },
    Kind {
        name: "family, date of birth",
        make: |known| format!("{} {}", known.family, known.born),
    },
    Kind {
        name: "date of birth",
        make: |known| known.born.to_string(),
    },
    Kind {
        name: "smith, year of birth",
        make: |known| format!("smith {}", known.born.year()),
    },
    Kind {
        name: "smith, postcode district",
        make: |known| format!("smith {}", known.postcode.outward()),
    },
    Kind {
        name: "given, postcode district",
        make: |known| format!("{} {}", known.given, known.postcode.outward()),
    },
    Kind {
        name: "postcode",
        make: |known| known.postcode.to_string(),
    },
    Kind {
        name: "postcode district",
        make: |known| known.postcode.outward().to_owned(),
    },
    Kind {
        name: "NHS number",
        make: |known| known.number.to_string(),
    },
];

fn start(name: &str, length: usize) -> String {
    name.chars().take(length).collect()
}

/// Runs one kind of search for people here and there in the population, from the box to the list of
/// people in order. Returns the most that any found.
pub(crate) fn run(
    database: &Database,
    kind: &Kind,
    known: &[Known],
) -> Result<(usize, Vec<Spent>)> {
    let today = "2026-11-24".parse()?;
    let mut most = 0;
    let mut all = Vec::with_capacity(TIMES);
    for person in known.iter().cycle().step_by(7).take(TIMES) {
        let text = (kind.make)(person);
        let (found, spent) = timed(|| {
            let query = Query::parse(&text, today)?;
            Ok(database.read_blocking(move |tx| search(tx, &query, &Scope::Everybody, 50))?)
        })?;
        most = most.max(black_box(found).people.len());
        all.push(spent);
    }
    Ok((most, all))
}

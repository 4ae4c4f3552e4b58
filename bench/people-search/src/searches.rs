//! The searches that advisers type.

use std::hint::black_box;

use anyhow::Result;
use stour_database::{Database, Transaction};
use stour_people::{Found, Query, Scope, search, search_near};

use stour_bench_people_search::clock::{Spent, timed};
use stour_bench_people_search::population::Known;

/// One way to search, and how to make it from a person who is there.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    make: fn(&Known) -> String,
    by: By,
    how: Search,
}

/// As typed, or by names that are near.
type Search = fn(&mut Transaction<'_>, &Query, &Scope, usize) -> stour_database::Result<Found>;

/// Who searches.
#[derive(Clone, Copy)]
enum By {
    /// An adviser, who may find everybody.
    Adviser,
    /// A ward of a hospital that knows nobody: everybody who fits is looked at and left out.
    Ward,
}

/// How often each is run.
const TIMES: usize = 200;

/// The mix: what is typed most, and what is worst to answer.
pub(crate) const KINDS: &[Kind] = &[
    kind("Smith, John", By::Adviser, |_| "Smith, John".to_owned()),
    kind("john smith", By::Adviser, |_| "john smith".to_owned()),
    kind("smith", By::Adviser, |_| "smith".to_owned()),
    kind("jo smi", By::Adviser, |_| "jo smi".to_owned()),
    kind("j s", By::Adviser, |_| "j s".to_owned()),
    kind("s", By::Adviser, |_| "s".to_owned()),
    kind("john mary david smith", By::Adviser, |_| {
        "john mary david smith".to_owned()
    }),
    kind("five initials", By::Adviser, |_| "a b c d e".to_owned()),
    kind("nobody's name", By::Adviser, |_| {
        "smith quizzaciously".to_owned()
    }),
    kind("given family", By::Adviser, |known| {
        format!("{} {}", known.given, known.family)
    }),
    kind("family given", By::Adviser, |known| {
        format!("{}, {}", known.family, known.given)
    }),
    kind("family initial", By::Adviser, |known| {
        format!("{} {}", known.family, start(&known.given, 1))
    }),
    kind("starts of both", By::Adviser, |known| {
        format!("{} {}", start(&known.given, 3), start(&known.family, 4))
    }),
    kind("family, date of birth", By::Adviser, |known| {
        format!("{} {}", known.family, known.born)
    }),
    kind("date of birth", By::Adviser, |known| known.born.to_string()),
    kind("smith, year of birth", By::Adviser, |known| {
        format!("smith {}", known.born.year())
    }),
    kind("smith, postcode district", By::Adviser, |known| {
        format!("smith {}", known.postcode.outward())
    }),
    kind("given, postcode district", By::Adviser, |known| {
        format!("{} {}", known.given, known.postcode.outward())
    }),
    kind("postcode", By::Adviser, |known| known.postcode.to_string()),
    kind("postcode district", By::Adviser, |known| {
        known.postcode.outward().to_owned()
    }),
    kind("NHS number", By::Adviser, |known| known.number.to_string()),
    kind("ward: smith", By::Ward, |_| "smith".to_owned()),
    kind("ward: jo smi", By::Ward, |_| "jo smi".to_owned()),
    kind("ward: given family", By::Ward, |known| {
        format!("{} {}", known.given, known.family)
    }),
    kind("ward: s", By::Ward, |_| "s".to_owned()),
    near("near: jonh smiht", |_| "jonh smiht".to_owned()),
    near("near: smiht", |_| "smiht".to_owned()),
    near("near: swapped letters in both", |known| {
        format!("{} {}", swapped(&known.given), swapped(&known.family))
    }),
    near("near: swapped, date of birth", |known| {
        format!("{} {}", swapped(&known.family), known.born)
    }),
    near("near: nobody's name", |_| "quizzaciously".to_owned()),
];

const fn kind(name: &'static str, by: By, make: fn(&Known) -> String) -> Kind {
    let how: Search = search;
    Kind {
        name,
        make,
        by,
        how,
    }
}

/// A search that finds nobody as typed: what it costs more to look for names that are near.
const fn near(name: &'static str, make: fn(&Known) -> String) -> Kind {
    let how: Search = search_near;
    let by = By::Adviser;
    Kind {
        name,
        make,
        by,
        how,
    }
}

/// The name with two of its letters the other way round.
fn swapped(name: &str) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let middle = letters.len() / 2;
    if middle > 0 {
        letters.swap(middle - 1, middle);
    }
    letters.into_iter().collect()
}

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
    let scope = match kind.by {
        By::Adviser => Scope::Everybody,
        By::Ward => Scope::KnownTo("R0D".parse()?),
    };
    let mut most = 0;
    let mut all = Vec::with_capacity(TIMES);
    for person in known.iter().cycle().step_by(7).take(TIMES) {
        let text = (kind.make)(person);
        let (found, spent) = timed(|| {
            let (query, scope) = (Query::parse(&text, today)?, scope.clone());
            let how = kind.how;
            Ok(database.read_blocking(move |tx| how(tx, &query, &scope, 50))?)
        })?;
        most = most.max(black_box(found).people.len());
        all.push(spent);
    }
    Ok((most, all))
}

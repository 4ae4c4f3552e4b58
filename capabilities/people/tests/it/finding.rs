//! Search against an oracle that looks at everybody.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use stour_database::Database;
use stour_database::testing::each_database;
use stour_kernel::{Date, Environment, NhsNumber, PersonId};
use stour_people::{
    Demographics, Found, MIGRATIONS, NewPerson, Query, Scope, insert_all, know, search,
};

use crate::people::{at_home, day, demographics, environment, new_person, ods, read, write};

const FAMILIES: [&str; 10] = [
    "Smith",
    "Smythe",
    "Smith-Jones",
    "Jones",
    "O'Brien",
    "Brien",
    "de la Cruz",
    "Müller",
    "Ng",
    "Łoś",
];
const GIVEN: [&str; 8] = [
    "John",
    "Mary",
    "Mary Ann",
    "Joan",
    "Jo",
    "Smith",
    "Zoë",
    "Anne-Marie",
];
const POSTCODES: [&str; 5] = ["BH1 1AA", "BH11 1AA", "BH8 9RN", "DT1 1AA", "W1A 1AA"];
/// Looks after one in nine.
const FEW: &str = "RDY";
/// Looks after all others: more than are looked at one by one.
const MOST: &str = "R0D";
const BORN: [&str; 4] = ["1941-03-12", "1941-03-13", "1941-12-03", "2020-02-29"];

/// What a person can be found by, said without the index: plain words, each as people would write
/// them without accents.
struct Known {
    id: PersonId,
    words: Vec<&'static str>,
    postcode: &'static str,
    born: &'static str,
    /// An organisation that looks after few people, or another that looks after most.
    organisation: &'static str,
}

fn plain(name: &str) -> Vec<&'static str> {
    match name {
        "Smith" => vec!["smith"],
        "Smythe" => vec!["smythe"],
        "Smith-Jones" => vec!["smith", "jones", "smithjones"],
        "Jones" => vec!["jones"],
        "O'Brien" => vec!["o", "brien", "obrien"],
        "Brien" => vec!["brien"],
        "de la Cruz" => vec!["de", "la", "cruz", "delacruz"],
        "Müller" => vec!["muller"],
        "Ng" => vec!["ng"],
        "Łoś" => vec!["los"],
        "John" => vec!["john"],
        "Mary" => vec!["mary"],
        "Mary Ann" => vec!["mary", "ann"],
        "Joan" => vec!["joan"],
        "Jo" => vec!["jo"],
        "Zoë" => vec!["zoe"],
        "Anne-Marie" => vec!["anne", "marie", "annemarie"],
        other => panic!("{other}"),
    }
}

fn population(environment: &Environment, size: usize) -> (Vec<NewPerson>, Vec<Known>) {
    let mut people = Vec::new();
    let mut known = Vec::new();
    for number in 0..size {
        // Steps that share no factor visit every combination unevenly.
        let pick = |step: usize, of: usize| number * step % (of * 3) % of;
        let (family, given) = (FAMILIES[pick(7, 10)], GIVEN[pick(5, 8)]);
        let (postcode, born) = (POSTCODES[pick(11, 5)], BORN[pick(13, 4)]);
        let nhs_number = NhsNumber::from_first_nine(999_000_000 + u32::try_from(number).unwrap());
        let who = Demographics {
            nhs_number,
            address: at_home(&["1 High Street"], postcode),
            ..demographics(family, given, born)
        };
        let person = new_person(environment, who);
        let words = [plain(family), plain(given)].concat();
        known.push(Known {
            id: person.id,
            words,
            postcode,
            born,
            organisation: if number % 9 == 0 { FEW } else { MOST },
        });
        people.push(person);
    }
    (people, known)
}

/// A part of a search, and whether it is true of somebody.
type Asked = (String, fn(&Known, &str) -> bool);

fn name(prefix: &str) -> Asked {
    (prefix.to_owned(), |known, text| {
        known.words.iter().any(|word| word.starts_with(text))
    })
}

fn asked() -> impl Strategy<Value = Vec<Asked>> {
    const WORDS: &[&str] = &[
        "s", "smi", "smith", "smithj", "jo", "john", "mary", "ann", "obrien", "de", "muller", "n",
        "los", "anne", "q",
    ];
    let names = prop::collection::vec(prop::sample::select(WORDS).prop_map(name), 0..4);
    let born = prop::option::weighted(
        0.3,
        prop::sample::select(&["1941-03-12", "1941", "03/1941", "2020-02-29"][..]).prop_map(
            |text| -> Asked {
                (text.to_owned(), |known, text| match text {
                    "1941" => known.born.starts_with("1941"),
                    "03/1941" => known.born.starts_with("1941-03"),
                    text => known.born == text,
                })
            },
        ),
    );
    let postcode = prop::option::weighted(
        0.3,
        prop::sample::select(&["bh1", "bh11", "bh1 1", "bh8 9rn", "w1a"][..]).prop_map(
            |text| -> Asked {
                (text.to_owned(), |known, text| match text {
                    "bh1" => known.postcode.starts_with("BH1 "),
                    "bh11" => {
                        known.postcode.starts_with("BH11 ") || known.postcode.starts_with("BH1 1")
                    }
                    text => known.postcode.to_lowercase().starts_with(text),
                })
            },
        ),
    );
    (names, born, postcode)
        .prop_map(|(names, born, postcode)| names.into_iter().chain(born).chain(postcode).collect())
}

fn find(database: &Database, text: &str, scope: Scope, limit: usize) -> Found {
    let query = Query::parse(text, day("2026-11-24")).unwrap();
    read(database, move |tx| search(tx, &query, &scope, limit))
}

#[test]
fn the_index_finds_whom_looking_at_everybody_finds() {
    each_database(&[stour_facts::MIGRATIONS, MIGRATIONS], |database| {
        let environment = environment();
        let (people, known) = population(&environment, 3_000);
        let carers: Vec<(PersonId, &'static str)> = known
            .iter()
            .map(|known| (known.id, known.organisation))
            .collect();
        write(&database, move |tx| {
            insert_all(tx, &environment, &people)?;
            carers.iter().try_for_each(|(id, organisation)| {
                know(
                    tx,
                    &environment,
                    *id,
                    ods(organisation),
                    "service",
                    day("2026-01-01"),
                )
            })
        });
        let by_id: BTreeMap<PersonId, &Known> =
            known.iter().map(|known| (known.id, known)).collect();
        let mut runner = TestRunner::new(Config {
            cases: 150,
            ..Config::default()
        });
        let cases = (
            asked(),
            prop::option::of(prop::sample::select(&[FEW, MOST][..])),
            prop::sample::select(vec![5_usize, 50, 3_000]),
        );
        runner
            .run(&cases, |(asked, mine, limit)| {
                if asked.is_empty() {
                    return Ok(());
                }
                let text = asked
                    .iter()
                    .map(|(text, _)| text.as_str())
                    .collect::<Vec<_>>()
                    .join(" ");
                let scope = mine.map_or(Scope::Everybody, |mine| Scope::KnownTo(ods(mine)));
                let is_right = |known: &Known| {
                    mine.is_none_or(|mine| known.organisation == mine)
                        && asked.iter().all(|(text, holds)| holds(known, text))
                };
                let right = known.iter().filter(|known| is_right(known)).count();
                let found = find(&database, &text, scope, limit);
                prop_assert_eq!(found.more, right > limit, "{}", text);
                prop_assert_eq!(found.people.len(), right.min(limit), "{}", text);
                for person in &found.people {
                    prop_assert!(
                        is_right(by_id[person]),
                        "{}: {:?}",
                        text,
                        by_id[person].words
                    );
                }
                let is_exact = |known: &Known| {
                    asked.iter().all(|(text, _)| {
                        !text.chars().all(char::is_alphabetic)
                            || known.words.contains(&text.as_str())
                    })
                };
                let exact = known
                    .iter()
                    .filter(|known| is_right(known) && is_exact(known))
                    .count();
                let shown = found
                    .people
                    .iter()
                    .filter(|person| is_exact(by_id[*person]))
                    .count();
                prop_assert_eq!(shown, exact.min(limit), "{}: exact ones come first", text);
                Ok(())
            })
            .unwrap();
    });
}

#[test]
fn the_nearest_name_comes_first_and_a_number_finds_one() {
    each_database(&[stour_facts::MIGRATIONS, MIGRATIONS], |database| {
        let environment = environment();
        let names = [
            ("Smithers", "John"),
            ("Johnson", "Smith"),
            ("Jones", "Mary John Smith"),
            ("Smith", "Mary John"),
            ("Smith", "Johnathan"),
            ("Smith", "John Paul"),
            ("Smith", "John"),
        ];
        let people: Vec<NewPerson> = (0..)
            .zip(names)
            .map(|(number, (family, given))| {
                let nhs_number = NhsNumber::from_first_nine(999_100_000 + 10 * number);
                let who = Demographics {
                    nhs_number,
                    ..demographics(family, given, "1941-03-12")
                };
                new_person(&environment, who)
            })
            .collect();
        let ids: Vec<PersonId> = people.iter().map(|person| person.id).collect();
        let numbers: Vec<Option<NhsNumber>> = people
            .iter()
            .map(|person| person.demographics.nhs_number)
            .collect();
        write(&database, move |tx| insert_all(tx, &environment, &people));
        let everybody = Scope::Everybody;
        let found = find(&database, "john smith", everybody.clone(), 50).people;
        let places: Vec<usize> = found
            .iter()
            .map(|id| ids.iter().position(|other| other == id).unwrap())
            .collect();
        assert_eq!(places[..3], [6, 5, 3]);
        assert_eq!(places.len(), 7);
        for (id, number) in ids
            .iter()
            .zip(numbers)
            .filter_map(|(id, number)| Some((id, number?)))
        {
            for text in [number.digits(), number.to_string(), format!("{number} smi")] {
                assert_eq!(
                    find(&database, &text, everybody.clone(), 50).people,
                    [*id],
                    "{text}"
                );
            }
            assert_eq!(
                find(&database, &format!("{number} jane"), everybody.clone(), 50).people,
                []
            );
            assert_eq!(
                find(&database, &number.digits(), Scope::KnownTo(ods("RDY")), 50).people,
                []
            );
        }
    });
}

#[test]
fn strange_searches_find_nobody_and_break_nothing() {
    each_database(&[stour_facts::MIGRATIONS, MIGRATIONS], |database| {
        let today: Date = day("2026-11-24");
        for text in [
            "'; DROP TABLE person; --",
            "%",
            "_",
            "a%b",
            "\\",
            "\u{202E}smith",
            "<script>",
            "\0",
            "نور",
            "😀",
        ] {
            if let Ok(query) = Query::parse(text, today) {
                let found = read(&database, move |tx| {
                    search(tx, &query, &Scope::Everybody, 50)
                });
                assert_eq!(
                    found,
                    Found {
                        people: vec![],
                        more: false
                    },
                    "{text}"
                );
            }
        }
    });
}

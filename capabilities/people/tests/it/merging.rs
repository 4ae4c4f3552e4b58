//! Merging and parting people.

use std::collections::BTreeMap;
use std::sync::{Arc, Barrier};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use stour_database::testing::each_database;
use stour_database::{Database, Value, Version, params, sql};
use stour_facts::append;
use stour_kernel::PersonId;
use stour_people::{
    Demographics, MIGRATIONS, MergeId, PeopleError, create, facts_for_access_all, group, know,
    known_among, match_or_create, merge, resolve, store_missing_entries, undo_merge,
};

use crate::people::{at_home, day, demographics, environment, ods, read, service, write};

const TABLES: [stour_database::Migrations; 2] = [stour_facts::MIGRATIONS, MIGRATIONS];

fn version(database: &Database, person: PersonId) -> Version {
    read(database, move |tx| {
        tx.one(
            sql!("SELECT version FROM person WHERE id = $1"),
            params![person],
            |row| row.get(0),
        )
    })
}

fn merge_now(
    database: &Database,
    survivor: PersonId,
    merged: PersonId,
) -> Result<MergeId, PeopleError> {
    let environment = environment();
    let (one, other) = (version(database, survivor), version(database, merged));
    database.write_blocking(move |tx| {
        merge(
            tx,
            &environment,
            (survivor, one),
            (merged, other),
            "the same",
            "A Reviewer",
        )
    })
}

fn undo_now(database: &Database, id: MergeId) -> Result<(), PeopleError> {
    let environment = environment();
    database
        .write_blocking(move |tx| undo_merge(tx, &environment, id, "not the same", "A Reviewer"))
        .map(|_| ())
}

/// Everything that follows from sources and merges, of these people: all but versions and numbers
/// that only ever grow.
fn dump(database: &Database, people: &[PersonId]) -> Vec<String> {
    let people = people.to_vec();
    read(database, move |tx| {
        let mut rows = Vec::new();
        for person in &people {
            for (statement, columns) in [
                (
                    sql!(
                        "SELECT id, survivor, born, died, sex, practice, locality, council, lsoa, restricted
                         FROM person WHERE id = $1"
                    ),
                    10,
                ),
                (
                    sql!(
                        "SELECT person, number, use_code, family, given, prefix, shown, starts, ends, source,
                                recorded_at, ended_at FROM person_name WHERE person = $1 ORDER BY number"
                    ),
                    12,
                ),
                (
                    sql!(
                        "SELECT person, number, lines, postcode, lsoa, shown, starts, ends, source, recorded_at,
                                ended_at FROM person_address WHERE person = $1 ORDER BY number"
                    ),
                    11,
                ),
                (
                    sql!(
                        "SELECT person, number, kind, value, starts, ends, source, recorded_at, ended_at
                         FROM person_contact WHERE person = $1 ORDER BY number"
                    ),
                    9,
                ),
                (
                    sql!(
                        "SELECT person, system, value, status, source, recorded_at
                         FROM person_identifier WHERE person = $1 ORDER BY system, value"
                    ),
                    6,
                ),
                (
                    sql!("SELECT person, word, words FROM person_word WHERE person = $1 ORDER BY word"),
                    3,
                ),
                (
                    sql!("SELECT person, line FROM match_entry WHERE person = $1"),
                    2,
                ),
                (
                    sql!("SELECT person, organisation, why, until FROM person_known_to WHERE person = $1 ORDER BY organisation, why"),
                    4,
                ),
                (
                    sql!("SELECT person, id, started FROM fact WHERE person = $1 ORDER BY id"),
                    3,
                ),
                (
                    sql!("SELECT person, record, step FROM record_link WHERE person = $1 ORDER BY record"),
                    3,
                ),
            ] {
                tx.each(statement, params![person], |row| {
                    let mut line = format!("{statement:?}").chars().take(60).collect::<String>();
                    for column in 0..columns {
                        let value = row.get::<Value<'static>>(column)?;
                        line = format!("{line}|{value:?}");
                    }
                    rows.push(line);
                    Ok(())
                })?;
            }
        }
        Ok(rows)
    })
}

/// Six people: with and without NHS numbers, told of by several organisations, one of them stored
/// before sources were kept.
fn six(database: &Database, round: u64) -> Vec<PersonId> {
    let environment = environment();
    write(database, move |tx| {
        let mut people = Vec::new();
        for number in 0..6_u64 {
            let family = ["Smith", "Smyth", "Jones", "Smith", "Brown", "O'Neill"]
                [usize::try_from(number).unwrap()];
            let local = |organisation: &str| format!("{organisation}{round}-{number}").parse().ok();
            let who = Demographics {
                nhs_number: (number != 2).then(|| test_number(round * 6 + number)),
                local: local("A"),
                address: at_home(&["1 High Street", "Poole"], "BH15 1AA"),
                telephone: (number % 2 == 0).then(|| "07700 900123".to_owned()),
                ..demographics(family, "Mary", "1941-03-12")
            };
            // Made, not matched: they are as alike as people are who are joined by mistake.
            let person = create(tx, &environment, &who, ods("RBD"), "RBD")?;
            if number % 2 == 1 {
                let elsewhere = Demographics {
                    local: local("B"),
                    address: at_home(&["2 Low Road"], "DT1 1AA"),
                    died: (number == 3).then(|| day("2026-11-01")),
                    email: Some(format!("mary{number}@example.org")),
                    ..who.clone()
                };
                assert_eq!(
                    match_or_create(tx, &environment, &elsewhere, ods("R0D"))?.person,
                    person
                );
                let later = Demographics {
                    telephone: Some("01202 496000".to_owned()),
                    ..Demographics {
                        nhs_number: None,
                        address: None,
                        local: local("B"),
                        ..demographics("Married", "Mary", "1941-03-12")
                    }
                };
                assert_eq!(
                    match_or_create(tx, &environment, &later, ods("R0D"))?.person,
                    person
                );
            }
            if number % 3 == 1 {
                know(
                    tx,
                    &environment,
                    person,
                    ods("RDY"),
                    "service:1",
                    day("2026-11-01"),
                )?;
            }
            append(
                tx,
                &environment,
                service(person, &environment.id::<PersonId>().to_string()),
            )
            .unwrap();
            people.push(person);
        }
        for statement in [
            sql!(
                "DELETE FROM source_record WHERE record IN (SELECT record FROM record_link WHERE person = $1)"
            ),
            sql!("DELETE FROM record_link WHERE person = $1"),
            sql!("DELETE FROM match_entry WHERE person = $1"),
        ] {
            tx.execute(statement, params![people[4]])?;
        }
        assert_eq!(store_missing_entries(tx, &environment, 100)?, 1);
        // The first touch stores what the tables say as sources: it is not undone by any undoing.
        Ok::<_, PeopleError>(people)
    })
}

/// Lists that look only at those merged, or at those known, find what the records say.
fn assert_lists_agree(database: &Database, people: &[PersonId]) {
    let people = people.to_vec();
    read(database, move |tx| {
        for person in &people {
            let survivors = [
                sql!("SELECT survivor FROM person WHERE id = $1 AND survivor IS NOT NULL"),
                sql!("SELECT survivor FROM merged_person WHERE person = $1"),
            ]
            .map(|statement| {
                let row = tx.optional(statement, params![person], |row| row.get::<PersonId>(0));
                row.unwrap()
            });
            assert_eq!(survivors[0], survivors[1], "{person}");
        }
        let facts = facts_for_access_all(tx, &people)?;
        let standing: Vec<PersonId> = facts.iter().map(|person| person.id).collect();
        let known = facts
            .iter()
            .filter(|person| person.known_to.contains(&ods("RDY")));
        assert_eq!(
            known_among(tx, ods("RDY"), standing)?,
            known.map(|person| person.id).collect()
        );
        Ok(())
    });
}

/// A number of the test range with a right check digit.
fn test_number(seed: u64) -> stour_kernel::NhsNumber {
    (seed * 40..)
        .find_map(|number| format!("999{number:07}").parse().ok())
        .unwrap()
}

/// Merge the person of this place into that one, or undo the merge of this place.
#[derive(Debug, Clone)]
enum Move {
    Merge(usize, usize),
    Undo(usize),
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = prop_oneof![
        3 => (0_usize..6, 0_usize..6).prop_map(|(one, other)| Move::Merge(one, other)),
        2 => (0_usize..8).prop_map(Move::Undo),
    ];
    prop::collection::vec(one, 1..12)
}

/// Links of the person stored before sources were kept come with the first touch.
fn without_links(dump: &[String]) -> Vec<&String> {
    dump.iter()
        .filter(|line| !line.contains("record, step"))
        .collect()
}

fn plays(database: &Database, round: u64, moves: &[Move]) -> Result<(), TestCaseError> {
    let people = six(database, round);
    let before = dump(database, &people);
    // Merges that stand, in the order in which they were made.
    let mut standing: Vec<(MergeId, PersonId, PersonId)> = Vec::new();
    let mut seen: BTreeMap<Vec<(PersonId, PersonId)>, Vec<String>> = BTreeMap::new();
    for play in moves {
        match play {
            Move::Merge(one, other) => {
                let (survivor, merged) = (people[*one], people[*other]);
                match merge_now(database, survivor, merged) {
                    Ok(id) => standing.push((id, survivor, merged)),
                    Err(error) => {
                        prop_assert!(!matches!(error, PeopleError::Database(_)), "{error}");
                    }
                }
            }
            Move::Undo(place) if !standing.is_empty() => {
                let (id, ..) = standing.remove(place % standing.len());
                undo_now(database, id).map_err(|error| TestCaseError::fail(error.to_string()))?;
                let again = undo_now(database, id);
                prop_assert_eq!(again, Err(PeopleError::AlreadyUndone));
            }
            Move::Undo(_) => {}
        }
        let mut edges: Vec<_> = standing
            .iter()
            .map(|(_, one, other)| (*one, *other))
            .collect();
        edges.sort();
        assert_lists_agree(database, &people);
        let now = dump(database, &people);
        if let Some(then) = seen.get(&edges) {
            prop_assert_eq!(without_links(then), without_links(&now));
        }
        seen.insert(edges, now);
    }
    let last = dump(database, &people);
    let mut undoing = standing.clone();
    undoing.sort_by_key(|(_, survivor, merged)| (*merged, *survivor));
    for (id, ..) in undoing {
        undo_now(database, id).map_err(|error| TestCaseError::fail(error.to_string()))?;
    }
    let alone = dump(database, &people);
    prop_assert_eq!(without_links(&before), without_links(&alone));
    // Only the merges that had stood, and no other, lead to where all of them had led.
    for (_, survivor, merged) in &standing {
        merge_now(database, *survivor, *merged)
            .map_err(|error| TestCaseError::fail(error.to_string()))?;
    }
    let rebuilt = dump(database, &people);
    prop_assert_eq!(without_links(&last), without_links(&rebuilt));
    Ok(())
}

#[test]
fn merges_undone_in_any_order_leave_what_the_others_alone_would_have_made() {
    each_database(&TABLES, |database| {
        let mut round = 0;
        let rounds = std::cell::RefCell::new(&mut round);
        let mut runner = TestRunner::new(Config {
            cases: 24,
            max_shrink_iters: 40,
            failure_persistence: None,
            ..Config::default()
        });
        let played = runner.run(&moves(), |moves| {
            let round = {
                let mut round = rounds.borrow_mut();
                **round += 1;
                **round
            };
            plays(&database, round, &moves)
        });
        if let Err(error) = played {
            panic!("{error}");
        }
    });
}

#[test]
fn what_cannot_be_merged_or_undone_says_why() {
    each_database(&TABLES, |database| {
        let people = six(&database, 1);
        let (a, b, c) = (people[0], people[1], people[2]);
        let nobody: PersonId = environment().id();
        assert_eq!(merge_now(&database, a, a), Err(PeopleError::SamePerson));
        let (environment, seen) = (environment(), version(&database, a));
        let unknown = environment.clone();
        let no_merge = unknown.id::<MergeId>();
        assert_eq!(
            database.write_blocking(move |tx| merge(
                tx,
                &unknown,
                (a, seen),
                (nobody, Version::FIRST),
                "",
                ""
            )),
            Err(PeopleError::NoPerson)
        );
        assert_eq!(undo_now(&database, no_merge), Err(PeopleError::NoMerge));
        let stale = version(&database, b);
        let id = merge_now(&database, a, b).unwrap();
        assert_ne!(version(&database, a), seen, "both versions are raised");
        assert_ne!(version(&database, b), stale, "both versions are raised");
        assert_eq!(
            merge_now(&database, c, b),
            Err(PeopleError::AlreadyMerged(a))
        );
        assert_eq!(
            merge_now(&database, b, c),
            Err(PeopleError::AlreadyMerged(a))
        );
        assert_eq!(merge_now(&database, b, a), Err(PeopleError::MergedOtherWay));
        let late = environment.clone();
        let fresh = version(&database, c);
        let refused =
            database.write_blocking(move |tx| merge(tx, &late, (a, seen), (c, fresh), "", ""));
        assert!(
            matches!(refused, Err(PeopleError::Version(_))),
            "{refused:?}"
        );
        assert_eq!(
            version(&database, c),
            fresh,
            "what is refused changes nothing"
        );
        undo_now(&database, id).unwrap();
        assert_eq!(undo_now(&database, id), Err(PeopleError::AlreadyUndone));
        let refused = database
            .write_blocking(move |tx| merge(tx, &environment, (a, seen), (b, stale), "", ""));
        assert!(
            matches!(refused, Err(PeopleError::Version(_))),
            "{refused:?}"
        );
    });
}

#[test]
fn of_two_merges_crosswise_at_once_exactly_one_stands() {
    each_database(&TABLES, |database| {
        for round in 0..8 {
            let people = six(&database, 100 + round);
            let (a, b) = (people[0], people[5]);
            let seen = (version(&database, a), version(&database, b));
            let barrier = Arc::new(Barrier::new(2));
            let threads = [((a, seen.0), (b, seen.1)), ((b, seen.1), (a, seen.0))].map(
                |(survivor, merged)| {
                    let (database, barrier, environment) =
                        (database.clone(), Arc::clone(&barrier), environment());
                    std::thread::spawn(move || {
                        barrier.wait();
                        database.write_blocking(move |tx| {
                            merge(tx, &environment, survivor, merged, "the same", "A Reviewer")
                        })
                    })
                },
            );
            let tries = threads.map(|thread| thread.join().unwrap());
            assert_eq!(
                tries.iter().filter(|tried| tried.is_ok()).count(),
                1,
                "{tries:?}"
            );
            for tried in tries {
                assert!(
                    matches!(
                        tried,
                        Ok(_)
                            | Err(PeopleError::MergedOtherWay
                                | PeopleError::AlreadyMerged(_)
                                | PeopleError::Version(_))
                    ),
                    "{tried:?}"
                );
            }
            let (one, other, members) = read(&database, move |tx| {
                Ok((resolve(tx, a)?, resolve(tx, b)?, group(tx, a)?))
            });
            assert_eq!(one, other);
            assert_eq!(members.len(), 2);
            assert_eq!(Some(members[0]), one);
        }
    });
}

#[test]
fn a_number_of_somebody_merged_still_leads_to_the_survivor_and_goes_back() {
    each_database(&TABLES, |database| {
        let people = six(&database, 7);
        let (a, b) = (people[0], people[1]);
        let id = merge_now(&database, a, b).unwrap();
        let says = |local: &str, number| {
            let who = Demographics {
                nhs_number: Some(number),
                local: local.parse().ok(),
                ..demographics("Smith", "Mary", "1941-03-12")
            };
            let environment = environment();
            write(&database, move |tx| {
                match_or_create(tx, &environment, &who, ods("RDY"))
            })
            .person
        };
        let number = |place: u64| test_number(7 * 6 + place);
        assert_eq!(says("N1", number(1)), a, "by the number of the one merged");
        let held = || {
            let environment = environment();
            let who = Demographics {
                nhs_number: Some(number(1)),
                ..demographics("Other", "Olive", "1950-01-01")
            };
            database
                .write_blocking(move |tx| create(tx, &environment, &who, ods("10A"), "An Adviser"))
        };
        assert_eq!(held(), Err(PeopleError::NumberHeld(a)));
        undo_now(&database, id).unwrap();
        assert_eq!(held(), Err(PeopleError::NumberHeld(b)));
        assert_eq!(
            says("N1", number(1)),
            a,
            "the record was linked to the survivor and stays there"
        );
    });
}

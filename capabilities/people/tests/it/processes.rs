//! Two processes on one PostgreSQL, each with everybody in a memory of its own.

use std::sync::{Arc, Barrier};
use std::thread;

use stour_database::testing::Place;
use stour_database::{Database, OpenOptions};
use stour_kernel::{PersonId, Timestamp};
use stour_people::{
    Demographics, MIGRATIONS, MatchOutcome, Matched, catch_up_blocking, match_or_create, recognise,
};

use crate::people::{at_home, demographics, environment, ods, read};

/// A process: its own connections, and its own memory beside them.
fn process(place: &Place) -> Database {
    let options = OpenOptions {
        readers: 2,
        writers: 4,
        ..OpenOptions::default()
    };
    Database::open(&place.url, &options).unwrap()
}

const FAMILIES: [&str; 6] = [
    "Quillfeather",
    "Tregonning",
    "Abernethy",
    "Mbeki",
    "Szymanski",
    "Osgood",
];

const GIVEN: [&str; 3] = ["Ada", "Bertram", "Constance"];

/// Somebody of one of the families, like none of the others.
fn who(given: usize, family: usize) -> Demographics {
    let number = family * GIVEN.len() + given;
    let born = format!(
        "{}-{:02}-{:02}",
        1920 + number * 4,
        number * 5 % 12 + 1,
        number * 7 % 28 + 1
    );
    Demographics {
        address: at_home(
            &[&format!("{} {} Road", number * 37 + 11, GIVEN[given])],
            &format!("BH{} {}JQ", number + 1, number % 9 + 1),
        ),
        ..demographics(FAMILIES[family], GIVEN[given], &born)
    }
}

/// Both processes are told of somebody at once, each by another organisation.
fn at_once(processes: &[Database; 2], told: [Demographics; 2]) -> [Matched; 2] {
    let barrier = Arc::new(Barrier::new(2));
    let told = told.into_iter().zip(processes).zip(["RBD", "R0D"]);
    let threads: Vec<_> = told
        .map(|((who, database), source)| {
            let (database, barrier, environment) =
                (database.clone(), Arc::clone(&barrier), environment());
            thread::spawn(move || {
                barrier.wait();
                database
                    .write_blocking(move |tx| match_or_create(tx, &environment, &who, ods(source)))
                    .unwrap()
            })
        })
        .collect();
    let matched: Vec<Matched> = threads
        .into_iter()
        .map(|thread| thread.join().unwrap())
        .collect();
    matched.try_into().unwrap()
}

fn known(database: &Database, who: &Demographics) -> Option<PersonId> {
    let who = who.clone();
    read(database, move |tx| recognise(tx, &who, ods("RDY")))
}

#[test]
fn two_processes_that_make_a_person_at_once_make_one_and_each_sees_whom_the_other_made() {
    let place = Place::postgres();
    let processes = [process(&place), process(&place)];
    processes[0]
        .migrate(
            &[stour_facts::MIGRATIONS, MIGRATIONS],
            Timestamp::UNIX_EPOCH,
        )
        .unwrap();
    for round in 0..FAMILIES.len() {
        let ada = who(0, round);
        let [one, other] = at_once(&processes, [ada.clone(), ada.clone()]);
        let same = one.person;
        assert_eq!(other.person, same, "round {round}");
        let is_made = |matched: &Matched| matches!(matched.outcome, MatchOutcome::Created { .. });
        let made = [one, other].iter().filter(|one| is_made(one)).count();
        assert_eq!(made, 1, "round {round}: {one:?} and {other:?}");
        // Two at different homes: neither process has the other's in memory.
        let apart = [who(1, round), who(2, round)];
        let [one, other] = at_once(&processes, apart.clone());
        assert_ne!(one.person, other.person);
        for database in &processes {
            assert_eq!(known(database, &ada), Some(same));
            assert_eq!(known(database, &apart[0]), Some(one.person));
            assert_eq!(known(database, &apart[1]), Some(other.person));
        }
        // One process is behind the other, then the other way round.
        catch_up_blocking(&processes[round % 2]).unwrap();
    }
    for database in &processes {
        catch_up_blocking(database).unwrap();
        assert_eq!(catch_up_blocking(database).unwrap(), 0);
        for family in 0..FAMILIES.len() {
            for given in 0..GIVEN.len() {
                assert!(known(database, &who(given, family)).is_some());
            }
        }
    }
}

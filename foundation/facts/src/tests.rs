use serde_json::json;
use stour_database::testing::each_database;
use stour_kernel::{Date, Environment, PersonId, Timestamp};

use crate::change::{changed_after, last_change, touch};
use crate::{
    Fact, FactError, FactKind, MIGRATIONS, NewFact, Source, append, append_all, each_latest,
    of_person, of_person_as_known, thread,
};

fn environment(second: i64) -> Environment {
    Environment::seeded(
        Timestamp::from_second(1_764_000_000 + second).unwrap(),
        7 + u64::try_from(second).unwrap(),
    )
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn service(person: PersonId, reference: &str) -> NewFact {
    NewFact {
        thread: None,
        kind: FactKind::Service,
        person: Some(person),
        organisation: "RDY".parse().unwrap(),
        commissioner: None,
        locality: None,
        council: Some("E06000058".parse().unwrap()),
        started: day("2026-09-01"),
        ended: None,
        outcome: None,
        cost: None,
        source: Source {
            system: "stour".to_owned(),
            reference: reference.to_owned(),
        },
        detail: json!({ "component": "Reablement" }),
        recorded_by: "A Worker".to_owned(),
    }
}

#[test]
fn a_service_that_ends_is_the_next_version_and_the_past_can_still_be_read() {
    each_database(&[MIGRATIONS], |db| {
        let (then, later) = (environment(0), environment(3600));
        let person: PersonId = then.id();
        let (known_then, now) = (then.now(), later.clone());
        let (first, second): (Fact, Fact) = db
            .write_blocking(move |tx| {
                let first = append(tx, &then, service(person, "s1"))?;
                let ended = NewFact {
                    thread: Some(first.thread),
                    ended: Some(day("2026-10-10")),
                    outcome: Some("independent".parse().unwrap()),
                    ..service(person, "s1")
                };
                let second = append(tx, &now, ended)?;
                Ok::<_, FactError>((first, second))
            })
            .unwrap();
        assert_eq!((first.version, second.version), (1, 2));
        assert_eq!(first.thread, second.thread);
        let (current, past, all) = db
            .read_blocking(move |tx| {
                Ok::<_, stour_database::Error>((
                    of_person(tx, person)?,
                    of_person_as_known(tx, person, known_then)?,
                    thread(tx, first.thread)?,
                ))
            })
            .unwrap();
        assert_eq!(
            current.iter().map(|fact| fact.version).collect::<Vec<_>>(),
            [2]
        );
        assert_eq!(
            past.iter().map(|fact| fact.what.ended).collect::<Vec<_>>(),
            [None]
        );
        assert_eq!(all.len(), 2);
        assert_eq!(all.last(), Some(&second));
    });
}

#[test]
fn the_same_source_is_taken_once_and_an_end_before_the_start_is_refused() {
    each_database(&[MIGRATIONS], |db| {
        let environment = environment(0);
        let person: PersonId = environment.id();
        let once = environment.clone();
        let many = move |tx: &mut stour_database::Transaction<'_>| {
            append_all(
                tx,
                &once,
                ["a", "b"].map(|reference| service(person, reference)),
            )
        };
        assert_eq!(db.write_blocking(many.clone()), Ok(2));
        let again = db.write_blocking(many);
        assert!(matches!(again, Err(FactError::Database(error)) if error.is_duplicate()));
        let backwards = db.write_blocking(move |tx| {
            append(
                tx,
                &environment,
                NewFact {
                    ended: Some(day("2026-08-01")),
                    ..service(person, "c")
                },
            )
        });
        assert!(matches!(backwards, Err(FactError::EndsBeforeStart { .. })));
        let found = db
            .read_blocking(|tx| {
                let mut found = Vec::new();
                each_latest(
                    tx,
                    FactKind::Service,
                    (day("2026-09-01"), day("2026-09-02")),
                    |fact| {
                        found.push(fact.what.source.reference);
                    },
                )?;
                Ok::<_, stour_database::Error>(found)
            })
            .unwrap();
        assert_eq!(found, ["a", "b"]);
    });
}

#[test]
fn every_kind_reads_back_as_itself() {
    for kind in FactKind::ALL {
        assert_eq!(kind.as_str().parse(), Ok(kind));
    }
    assert!("visit".parse::<FactKind>().is_err());
}

#[test]
fn whoever_is_noted_is_found_once_after_the_change_before() {
    each_database(&[MIGRATIONS], |db| {
        let environment = environment(0);
        let people: Vec<PersonId> = (0..123).map(|_| environment.id()).collect();
        let noted = people.clone();
        db.write_blocking(move |tx| {
            touch(tx, noted.iter().copied().map(Some))?;
            touch(tx, [None])
        })
        .unwrap();
        let again = people.clone();
        db.write_blocking(move |tx| touch(tx, again.iter().take(60).copied().map(Some)))
            .unwrap();
        let changed = |after: i64| {
            db.read_blocking(move |tx| changed_after(tx, after))
                .unwrap()
        };
        let of = |number: i64, mut people: Vec<PersonId>| {
            people.sort_by_key(ToString::to_string);
            people
                .into_iter()
                .map(|person| (number, Some(person)))
                .collect::<Vec<_>>()
        };
        let (first, rest) = people.split_at(60);
        assert_eq!(changed(3), []);
        assert_eq!(changed(2), of(3, first.to_vec()));
        assert_eq!(
            changed(1),
            [vec![(2, None)], of(3, first.to_vec())].concat()
        );
        let all = [of(1, rest.to_vec()), vec![(2, None)], of(3, first.to_vec())];
        assert_eq!(changed(0), all.concat());
        assert_eq!(db.read_blocking(last_change).unwrap(), 3);
    });
}

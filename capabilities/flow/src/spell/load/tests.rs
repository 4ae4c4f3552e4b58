use stour_database::Database;
use stour_database::testing::each_database;
use stour_facts::Fact;
use stour_kernel::{Environment, PersonId};
use stour_people::{Demographics, PersonName};

use super::super::event::Place;
use super::super::store::{SpellState, in_hospital, of_person};
use super::{LoadedSpell, insert_spells};
use crate::message::{incoming, keep, work_through};

fn person(database: &Database, environment: &Environment) -> PersonId {
    let environment = environment.clone();
    let who = Demographics {
        local: Some("H123".parse().unwrap()),
        ..Demographics::named(PersonName::new("Smith", "Ann").unwrap())
    };
    let source = "R0D".parse().unwrap();
    let made = database
        .write_blocking(move |tx| stour_people::match_or_create(tx, &environment, &who, source));
    made.unwrap().person
}

fn spell(person: PersonId, number: &str) -> LoadedSpell {
    LoadedSpell {
        person,
        born: Some("1941-02-03".parse().unwrap()),
        organisation: "R0D".parse().unwrap(),
        visit_number: number.to_owned(),
        admitted: "2026-11-20T09:00:00Z".parse().unwrap(),
        place: Place {
            ward: "BAMU".to_owned(),
            bed: Some("4".to_owned()),
            site: None,
        },
        method: Some("21".to_owned()),
        specialty: Some("300".to_owned()),
        left: None,
        expected: None,
        ready: None,
        came_from: None,
        arrived_by: None,
        diagnosis: None,
        frailty: None,
        thread: None,
        source: "synthetic".to_owned(),
    }
}

#[test]
fn loaded_spells_are_on_the_wards_and_later_messages_add_to_them() {
    let migrations = [
        stour_partnership::MIGRATIONS,
        stour_facts::MIGRATIONS,
        stour_people::MIGRATIONS,
        crate::MIGRATIONS,
    ];
    each_database(&migrations, |database| {
        let environment = Environment::fixed("2026-11-24T09:00:00Z");
        let person = person(&database, &environment);
        let left = LoadedSpell {
            admitted: "2026-11-01T09:00:00Z".parse().unwrap(),
            left: Some(("2026-11-05T12:00:00Z".parse().unwrap(), "19".to_owned())),
            ..spell(person, "V1")
        };
        let loaded = [left, spell(person, "V2")];
        let own = environment.clone();
        let stored = database
            .write_blocking(move |tx| insert_spells(tx, &own, &loaded))
            .unwrap();
        assert_eq!(stored, 2);
        let inside = database.read_blocking(in_hospital).unwrap();
        assert_eq!(inside.len(), 1);
        assert_eq!(
            inside[0].expected, None,
            "the system's estimate comes with the next look at it"
        );
        let home = "MSH|^~\\&|PAS|R0D|||202611231500||ADT^A03|1|P|2.4\rEVN||202611231500||||202611231500\r\
                    PID|1||H123^^^R0D^PI||Smith^Ann\rPV1|1|I|BAMU^^4||||||||||||||||V2\r";
        let came = [incoming(
            bytes::Bytes::from_static(home.as_bytes()),
            "a test",
            true,
        )];
        let keeper = environment.clone();
        database
            .write_blocking(move |tx| keep(tx, &keeper, &came))
            .unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime
            .block_on(work_through(&database, &environment))
            .unwrap();
        let all = database
            .read_blocking(move |tx| of_person(tx, person))
            .unwrap();
        let states: Vec<SpellState> = all.iter().map(|spell| spell.state).collect();
        assert_eq!(states, [SpellState::Left, SpellState::Left]);
        let facts: Vec<Fact> = database
            .read_blocking(move |tx| stour_facts::of_person(tx, person))
            .unwrap();
        let versions: Vec<i64> = facts.iter().map(|fact| fact.version).collect();
        assert_eq!(versions, [2, 1]);
    });
}

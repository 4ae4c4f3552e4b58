use serde_json::{Value, json};
use stour_database::Error;
use stour_database::testing::each_database;
use stour_facts::{NewFact, Source, append};
use stour_kernel::Environment;
use stour_partnership::reference;
use stour_people::{Demographics, PersonName, create};

use super::*;
use crate::indicator::{Exclusion, Verdict, still_at_home};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn fact(
    person: PersonId,
    kind: FactKind,
    started: &str,
    ended: Option<&str>,
    detail: Value,
) -> NewFact {
    NewFact {
        thread: None,
        kind,
        person: Some(person),
        organisation: "R0D".parse().unwrap(),
        commissioner: None,
        locality: "poole-bay".parse().ok(),
        council: "E06000058".parse().ok(),
        started: day(started),
        ended: ended.map(day),
        outcome: None,
        cost: None,
        source: Source {
            system: "test".to_owned(),
            reference: format!("{person}-{kind}-{started}"),
        },
        detail,
        recorded_by: "a test".to_owned(),
    }
}

fn reablement() -> Value {
    json!({ "service_type": "short-term-st-max", "component": "reablement" })
}

fn born(name: &str, on: &str, died: Option<&str>) -> Demographics {
    Demographics {
        born: Some(day(on)),
        died: died.map(day),
        ..Demographics::named(PersonName::new(name, "Test").unwrap())
    }
}

/// Somebody in hospital from 1 to 10 March 2026 with reablement the next day.
fn somebody(
    tx: &mut Transaction<'_>,
    env: &Environment,
    who: &Demographics,
    destination: &str,
) -> PersonId {
    let person = create(tx, env, who, "R0D".parse().unwrap(), "a test").unwrap();
    let stay = json!({ "destination": destination, "wards": [] });
    append(
        tx,
        env,
        fact(
            person,
            FactKind::Spell,
            "2026-03-01",
            Some("2026-03-10"),
            stay,
        ),
    )
    .unwrap();
    append(
        tx,
        env,
        fact(person, FactKind::Service, "2026-03-11", None, reablement()),
    )
    .unwrap();
    person
}

#[test]
fn the_latest_version_of_each_fact_is_what_counts() {
    each_database(&[stour_facts::MIGRATIONS, stour_people::MIGRATIONS], |db| {
        let (people, cases) = db
            .write_blocking(|tx| {
                let env = Environment::fixed("2026-11-24T09:00:00Z");
                let home = somebody(tx, &env, &born("Home", "1940-01-01", None), "19");
                let dead = somebody(
                    tx,
                    &env,
                    &born("Dead", "1940-01-01", Some("2026-05-01")),
                    "19",
                );
                let young = somebody(tx, &env, &born("Young", "1980-01-01", None), "19");
                let moved = somebody(tx, &env, &born("Moved", "1940-01-01", None), "51");
                let back = somebody(tx, &env, &born("Back", "1940-01-01", None), "19");
                let stay = fact(back, FactKind::Spell, "2026-06-01", None, json!({}));
                let open = append(tx, &env, stay.clone()).unwrap();
                let corrected = NewFact {
                    thread: Some(open.thread),
                    ended: Some(day("2026-06-04")),
                    ..stay
                };
                append(tx, &env, corrected).unwrap();
                let other = create(
                    tx,
                    &env,
                    &born("Other", "1940-01-01", None),
                    "R0D".parse().unwrap(),
                    "a test",
                )
                .unwrap();
                append(
                    tx,
                    &env,
                    fact(
                        other,
                        FactKind::Spell,
                        "2026-03-01",
                        Some("2026-03-10"),
                        json!({}),
                    ),
                )
                .unwrap();
                let definition = still_at_home().unwrap();
                let cases =
                    cases_of_everybody(tx, definition, reference().unwrap(), day("2026-11-24"))?;
                Ok::<_, Error>(([home, dead, young, moved, back], cases))
            })
            .unwrap();
        let verdict = |person: PersonId| {
            let mut of = cases.iter().filter(|case| case.person == person);
            let case = of.next().unwrap();
            assert!(of.next().is_none());
            assert_eq!(case.council, "E06000058".parse().ok());
            case.verdict.clone()
        };
        let place = "NHS other provider: general ward".to_owned();
        assert_eq!(
            people.map(verdict),
            [
                Verdict::AtHome,
                Verdict::Died(day("2026-05-01")),
                Verdict::Excluded(Exclusion::TooYoung(46)),
                Verdict::Excluded(Exclusion::Destination(place)),
                Verdict::AtHome,
            ]
        );
        assert_eq!(cases.len(), 5);
    });
}

#[test]
fn the_ways_in_which_a_hospital_says_that_somebody_died_are_known() {
    let definition = still_at_home().unwrap();
    let list = reference().unwrap().code_list("discharge-destination");
    let of = |outcome: Option<&str>, detail: Value| {
        let row = FactRow {
            person: Environment::fixed("2026-11-24T09:00:00Z").id(),
            born: None,
            died: None,
            kind: FactKind::Spell,
            started: day("2026-03-01"),
            ended: Some(day("2026-03-10")),
            outcome: outcome.map(|code| code.parse().unwrap()),
            council: None,
            locality: None,
            detail: serde_json::from_value(detail).unwrap(),
        };
        episode(definition, list, &row)
    };
    assert_eq!(of(Some("died"), json!({})), Episode::Died);
    assert_eq!(of(Some("79"), json!({})), Episode::Died);
    assert_eq!(
        of(Some("discharged"), json!({ "destination": "79" })),
        Episode::Died
    );
    assert_eq!(of(None, json!({ "discharge_method": "4" })), Episode::Died);
    assert_eq!(
        of(Some("discharged"), json!({ "destination": "55" })),
        Episode::Counted
    );
    assert_eq!(of(Some("discharged"), json!({})), Episode::Counted);
    assert_eq!(of(None, json!({ "destination": "98" })), Episode::Counted);
    assert_eq!(
        of(None, json!({ "destination": "88" })),
        Episode::Elsewhere("Hospice".to_owned())
    );
    assert_eq!(
        of(None, json!({ "destination": "not a code" })),
        Episode::Counted
    );
}

#[test]
fn somebody_whose_records_were_merged_counts_once_with_what_both_say() {
    each_database(&[stour_facts::MIGRATIONS, stour_people::MIGRATIONS], |db| {
        let env = Environment::fixed("2026-11-24T09:00:00Z");
        let (stay, service, id) = db
            .write_blocking(move |tx| {
                let source = "R0D".parse().unwrap();
                let stay = create(
                    tx,
                    &env,
                    &born("Stay", "1940-01-01", None),
                    source,
                    "a test",
                )?;
                let service = create(
                    tx,
                    &env,
                    &born("Care", "1940-01-01", None),
                    source,
                    "a test",
                )?;
                let what = json!({ "destination": "19", "wards": [] });
                let spell = fact(
                    stay,
                    FactKind::Spell,
                    "2026-03-01",
                    Some("2026-03-10"),
                    what,
                );
                append(tx, &env, spell).unwrap();
                for person in [stay, service] {
                    let care = fact(person, FactKind::Service, "2026-03-11", None, reablement());
                    append(tx, &env, care).unwrap();
                }
                let seen = [stay, service].map(|person| stour_people::version_of(tx, person));
                let [Ok(Some(one)), Ok(Some(other))] = seen else {
                    panic!("{seen:?}")
                };
                let id =
                    stour_people::merge(tx, &env, (service, other), (stay, one), "", "a test")?;
                Ok::<_, stour_people::PeopleError>((stay, service, id))
            })
            .unwrap();
        let cases = || {
            db.read_blocking(|tx| {
                let definition = still_at_home().unwrap();
                cases_of_everybody(tx, definition, reference().unwrap(), day("2026-11-24"))
            })
            .unwrap()
        };
        let merged = cases();
        assert_eq!(merged.len(), 1);
        assert_eq!(
            (merged[0].person, &merged[0].verdict),
            (service, &Verdict::AtHome)
        );
        let env = Environment::fixed("2026-11-24T10:00:00Z");
        db.write_blocking(move |tx| stour_people::undo_merge(tx, &env, id, "", "a test"))
            .unwrap();
        let parted = cases();
        assert_eq!(parted.len(), 1);
        assert_eq!(parted[0].person, stay);
    });
}

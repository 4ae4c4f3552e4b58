//! "Still at home" by its definition, one person after another: what each adds above and below the line.

use serde_json::{Value, json};
use stour_database::Error;
use stour_facts::{FactKind, NewFact, Source, append};
use stour_kernel::PersonId;
use stour_people::{Demographics, PersonName, create};
use stour_web::testing::Site;

use crate::support::{day, house};

/// Counted above the line, below it alone, and not at all.
const HOME: (i64, i64) = (1, 1);
const NOT: (i64, i64) = (0, 1);
const OUT: (i64, i64) = (0, 0);

/// Somebody who left hospital on 10 March 2026. Day 91 is 9 June.
#[derive(Clone)]
struct Told {
    born: Option<&'static str>,
    died: Option<&'static str>,
    facts: Vec<Fact>,
}

#[derive(Clone)]
struct Fact {
    kind: FactKind,
    from: &'static str,
    to: Option<&'static str>,
    outcome: Option<&'static str>,
    detail: Value,
}

fn stay(from: &'static str, to: Option<&'static str>, detail: Value) -> Fact {
    Fact {
        kind: FactKind::Spell,
        from,
        to,
        outcome: None,
        detail,
    }
}

fn service(component: &str, from: &'static str, to: Option<&'static str>) -> Fact {
    Fact {
        kind: FactKind::Service,
        from,
        to,
        outcome: None,
        detail: json!({ "component": component }),
    }
}

/// In hospital from 1 to 10 March, reablement from the next day to 20 April.
fn usual() -> Told {
    Told {
        born: Some("1940-01-01"),
        died: None,
        facts: vec![
            stay(
                "2026-03-01",
                Some("2026-03-10"),
                json!({ "destination": "19" }),
            ),
            Fact {
                outcome: Some("independent"),
                ..service("reablement", "2026-03-11", Some("2026-04-20"))
            },
        ],
    }
}

fn with(fact: Fact) -> Told {
    let mut told = usual();
    told.facts.push(fact);
    told
}

fn but(change: impl FnOnce(&mut Told)) -> Told {
    let mut told = usual();
    change(&mut told);
    told
}

fn record(site: &Site, told: &Told) -> PersonId {
    let (environment, told) = (site.environment().clone(), told.clone());
    site.database()
        .write_blocking(move |tx| {
            let who = Demographics {
                born: told.born.map(day),
                died: told.died.map(day),
                ..Demographics::named(PersonName::new("Family", "Ann").unwrap())
            };
            let person = create(tx, &environment, &who, "R0D".parse().unwrap(), "a test").unwrap();
            for (number, fact) in told.facts.iter().enumerate() {
                let new = NewFact {
                    thread: None,
                    kind: fact.kind,
                    person: Some(person),
                    organisation: "R0D".parse().unwrap(),
                    commissioner: None,
                    locality: None,
                    council: "E06000058".parse().ok(),
                    started: day(fact.from),
                    ended: fact.to.map(day),
                    outcome: fact.outcome.map(|outcome| outcome.parse().unwrap()),
                    cost: None,
                    source: Source {
                        system: "test".to_owned(),
                        reference: format!("{person}-{number}"),
                    },
                    detail: fact.detail.clone(),
                    recorded_by: "a test".to_owned(),
                };
                append(tx, &environment, new).unwrap();
            }
            Ok::<_, Error>(person)
        })
        .unwrap()
}

/// Checks what each of some people adds.
fn each_adds(cases: &[(&str, Told, (i64, i64))]) {
    house(|site| {
        let mut manager = site.browser("service-manager");
        let mut total = || {
            let json = manager.get_json("/api/indicators/still-at-home");
            let half = |half: &str| {
                let found = json.pointer(&format!("/total/{half}"));
                found.and_then(Value::as_i64).unwrap()
            };
            (half("numerator"), half("denominator"))
        };
        let mut before = total();
        for (name, told, adds) in cases {
            record(site, told);
            let after = total();
            assert_eq!((after.0 - before.0, after.1 - before.1), *adds, "{name}");
            before = after;
        }
    });
}

#[test]
fn death_by_the_day_is_not_at_home_whoever_recorded_it() {
    each_adds(&[
        ("at home on the day", usual(), HOME),
        (
            "died on the day",
            but(|it| it.died = Some("2026-06-09")),
            NOT,
        ),
        (
            "died the day after",
            but(|it| it.died = Some("2026-06-10")),
            HOME,
        ),
        (
            "died in another stay, by its method",
            with(stay(
                "2026-05-01",
                Some("2026-05-09"),
                json!({ "discharge_method": "4" }),
            )),
            NOT,
        ),
        (
            "died in another stay, by its destination",
            with(stay(
                "2026-05-01",
                Some("2026-05-09"),
                json!({ "destination": "79" }),
            )),
            NOT,
        ),
        (
            "died in reablement",
            but(|it| it.facts[1].outcome = Some("died")),
            NOT,
        ),
    ]);
}

#[test]
fn the_night_of_the_day_decides_about_hospital_and_care_homes() {
    let nothing = || json!({ "destination": "19" });
    each_adds(&[
        (
            "in hospital that night",
            with(stay("2026-06-09", Some("2026-06-10"), nothing())),
            NOT,
        ),
        (
            "in hospital since",
            with(stay("2026-05-09", None, nothing())),
            NOT,
        ),
        (
            "home that day",
            with(stay("2026-06-01", Some("2026-06-09"), nothing())),
            HOME,
        ),
        (
            "in and out that day",
            with(stay("2026-06-09", Some("2026-06-09"), nothing())),
            HOME,
        ),
        (
            "a stay that never was",
            with(Fact {
                outcome: Some("cancelled"),
                ..stay("2026-05-09", None, nothing())
            }),
            HOME,
        ),
        (
            "in a care home since",
            with(service("long-term-residential-care", "2026-04-21", None)),
            NOT,
        ),
        (
            "out of a care home that day",
            with(service(
                "long-term-residential-care",
                "2026-04-21",
                Some("2026-06-09"),
            )),
            HOME,
        ),
        (
            "extra care housing is home",
            with(service("extra-care-housing", "2026-04-21", None)),
            HOME,
        ),
        (
            "prison is not",
            with(Fact {
                detail: json!({ "service_type": "long-term-prison" }),
                ..service("", "2026-04-21", None)
            }),
            NOT,
        ),
    ]);
}

#[test]
fn a_move_to_a_care_home_is_believed_where_no_care_home_service_says_more() {
    let moved = |told: &mut Told| told.facts[1].outcome = Some("care-home");
    each_adds(&[
        ("moved to a care home", but(moved), NOT),
        (
            "and came back",
            but(|it| {
                moved(it);
                let home = service(
                    "short-term-residential-care",
                    "2026-04-20",
                    Some("2026-05-20"),
                );
                it.facts.push(home);
            }),
            HOME,
        ),
        (
            "moved away",
            but(|it| it.facts[1].outcome = Some("moved-away")),
            NOT,
        ),
    ]);
}

#[test]
fn who_is_outside_the_definition_adds_nothing() {
    let left_for = |destination: &'static str| {
        but(|it| it.facts[0].detail = json!({ "destination": destination }))
    };
    each_adds(&[
        ("date of birth not known", but(|it| it.born = None), OUT),
        ("64 on the day", but(|it| it.born = Some("1961-03-11")), OUT),
        (
            "65 on the day",
            but(|it| it.born = Some("1961-03-10")),
            HOME,
        ),
        ("left for another hospital", left_for("51"), OUT),
        ("left for a place that nobody knows", left_for("98"), HOME),
        ("left for a place that is not said", left_for("99"), HOME),
        ("still in hospital", but(|it| it.facts[0].to = None), OUT),
        (
            "reablement four days before",
            but(|it| it.facts[1].from = "2026-03-06"),
            OUT,
        ),
        (
            "three days before",
            but(|it| it.facts[1].from = "2026-03-07"),
            HOME,
        ),
        (
            "seven days after",
            but(|it| it.facts[1].from = "2026-03-17"),
            HOME,
        ),
        (
            "eight days after",
            but(|it| it.facts[1].from = "2026-03-18"),
            OUT,
        ),
        (
            "of two discharges the later",
            but(|it| {
                it.facts.push(stay(
                    "2026-03-12",
                    Some("2026-03-13"),
                    json!({ "destination": "19" }),
                ));
                it.facts.push(service("reablement", "2026-03-14", None));
            }),
            HOME,
        ),
    ]);
}

//! Cases that read like examples, then the rule against a brute-force one that walks every day.

use proptest::prelude::*;
use stour_kernel::Environment;

use super::*;
use crate::indicator::still_at_home;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn definition() -> &'static Definition {
    still_at_home().unwrap()
}

fn person() -> PersonId {
    Environment::fixed("2026-01-01T00:00:00Z").id()
}

fn spell(started: &str, ended: Option<&str>) -> Spell {
    Spell {
        started: day(started),
        ended: ended.map(day),
        episode: Episode::Counted,
    }
}

fn service(component: &str, started: &str, ended: Option<&str>, outcome: &str) -> Service {
    Service {
        started: day(started),
        ended: ended.map(day),
        component: component.to_owned(),
        service_type: String::new(),
        outcome: outcome.to_owned(),
        council: None,
        locality: None,
    }
}

/// Born in 1940, in hospital from 1 to 10 March 2025, reablement the next day. Day 91 is 9 June.
fn history() -> History {
    History {
        person: person(),
        born: Some(day("1940-01-01")),
        died: None,
        spells: vec![spell("2025-03-01", Some("2025-03-10"))],
        services: vec![service(
            "reablement",
            "2025-03-11",
            Some("2025-04-20"),
            "independent",
        )],
    }
}

fn of(history: &History) -> Vec<Verdict> {
    let cases = cases(definition(), history, day("2026-01-01"));
    cases.into_iter().map(|case| case.verdict).collect()
}

fn one(change: impl FnOnce(&mut History)) -> Verdict {
    let mut history = history();
    change(&mut history);
    let found = of(&history);
    assert_eq!(found.len(), 1);
    found[0].clone()
}

#[test]
fn somebody_at_home_on_the_day_is_counted() {
    let found = cases(definition(), &history(), day("2026-01-01"));
    assert_eq!(found[0].day, day("2025-06-09"));
    assert_eq!(found[0].verdict, Verdict::AtHome);
    assert_eq!(found[0].verdict.words(definition()), "Counted: at home");
}

#[test]
fn death_by_the_day_is_not_at_home_whoever_recorded_it() {
    assert_eq!(
        one(|it| it.died = Some(day("2025-06-09"))),
        Verdict::Died(day("2025-06-09"))
    );
    assert_eq!(one(|it| it.died = Some(day("2025-06-10"))), Verdict::AtHome);
    let in_hospital = one(|it| {
        it.spells.push(Spell {
            episode: Episode::Died,
            ..spell("2025-05-01", Some("2025-05-09"))
        });
    });
    assert_eq!(in_hospital, Verdict::Died(day("2025-05-09")));
    assert_eq!(
        in_hospital.words(definition()),
        "Not counted: died on 9 May 2025"
    );
    let in_reablement = one(|it| it.services[0].outcome = "died".to_owned());
    assert_eq!(in_reablement, Verdict::Died(day("2025-04-20")));
}

#[test]
fn the_night_of_the_day_decides_about_hospital_and_care_homes() {
    let stay = |started, ended| one(|it| it.spells.push(spell(started, ended)));
    assert_eq!(
        stay("2025-06-09", Some("2025-06-10")),
        Verdict::InHospital(day("2025-06-09"))
    );
    assert_eq!(
        stay("2025-05-09", None),
        Verdict::InHospital(day("2025-05-09"))
    );
    assert_eq!(stay("2025-06-01", Some("2025-06-09")), Verdict::AtHome);
    assert_eq!(stay("2025-06-09", Some("2025-06-09")), Verdict::AtHome);
    let home = |started, ended| {
        one(|it| {
            it.services
                .push(service("long-term-residential-care", started, ended, ""));
        })
    };
    assert_eq!(
        home("2025-04-21", None),
        Verdict::InCareHome(day("2025-04-21"))
    );
    assert_eq!(home("2025-04-21", Some("2025-06-09")), Verdict::AtHome);
    let extra_care = one(|it| {
        it.services
            .push(service("extra-care-housing", "2025-04-21", None, ""));
    });
    assert_eq!(extra_care, Verdict::AtHome);
}

#[test]
fn a_move_to_a_care_home_is_believed_where_no_care_home_service_says_more() {
    let moved = |it: &mut History| it.services[0].outcome = "care-home".to_owned();
    assert_eq!(one(moved), Verdict::InCareHome(day("2025-04-20")));
    let came_back = one(|it| {
        moved(it);
        let stay = service(
            "short-term-residential-care",
            "2025-04-20",
            Some("2025-05-20"),
            "",
        );
        it.services.push(stay);
    });
    assert_eq!(came_back, Verdict::AtHome);
    let away = one(|it| it.services[0].outcome = "moved-away".to_owned());
    assert_eq!(away, Verdict::MovedAway(day("2025-04-20")));
}

#[test]
fn who_is_outside_the_definition_is_told_why() {
    assert_eq!(
        one(|it| it.born = None),
        Verdict::Excluded(Exclusion::BirthUnknown)
    );
    assert_eq!(
        one(|it| it.born = Some(day("1960-03-11"))),
        Verdict::Excluded(Exclusion::TooYoung(64))
    );
    assert_eq!(one(|it| it.born = Some(day("1960-03-10"))), Verdict::AtHome);
    let moved = one(|it| it.spells[0].episode = Episode::Elsewhere("Hospice".to_owned()));
    assert_eq!(
        moved.words(definition()),
        "Outside the count: moved to Hospice"
    );
    assert!(!moved.is_in_denominator());
    let on = |today| {
        cases(definition(), &history(), day(today))[0]
            .verdict
            .clone()
    };
    assert_eq!(on("2025-06-09"), Verdict::NotYet);
    assert_eq!(on("2025-06-10"), Verdict::AtHome);
}

#[test]
fn reablement_follows_a_discharge_from_three_days_before_to_seven_after() {
    let starting = |date: &str| {
        let mut history = history();
        history.services[0].started = day(date);
        of(&history).len()
    };
    assert_eq!(starting("2025-03-06"), 0);
    assert_eq!(starting("2025-03-07"), 1);
    assert_eq!(starting("2025-03-17"), 1);
    assert_eq!(starting("2025-03-18"), 0);
    let mut in_hospital = history();
    in_hospital.spells[0].ended = None;
    assert!(of(&in_hospital).is_empty());
}

#[test]
fn the_later_of_two_discharges_counts_and_each_discharge_once() {
    let mut history = history();
    history.spells.push(spell("2025-03-12", Some("2025-03-13")));
    history
        .services
        .push(service("reablement", "2025-03-14", None, ""));
    let days: Vec<Date> = cases(definition(), &history, day("2026-01-01"))
        .iter()
        .map(|case| case.discharged)
        .collect();
    assert_eq!(days, [day("2025-03-13")]);
}

/// The same definition in another way: a calendar with what the person did on each day.
fn by_calendar(
    definition: &Definition,
    history: &History,
    today: Date,
) -> Vec<(Date, &'static str)> {
    let numbered = |date: Date| i64::from((date - day("2024-01-01")).get_days());
    let nights = |started: Date, ended: Option<Date>| {
        (numbered(started)..ended.map_or(5_000, numbered)).collect::<BTreeSet<i64>>()
    };
    let has = |list: &[String], code: &str| list.iter().any(|known| known == code);
    let reablement: Vec<&Service> = history
        .services
        .iter()
        .filter(|it| has(&definition.reablement, &it.component))
        .collect();
    let mut discharges = BTreeSet::new();
    for service in &reablement {
        for offset in -7..=3 {
            let wanted = numbered(service.started) + 3 - (offset + 7);
            let left = history.spells.iter().any(|spell| {
                spell.episode != Episode::Died
                    && spell.ended.is_some_and(|ended| numbered(ended) == wanted)
            });
            if left {
                discharges.insert(wanted);
                break;
            }
        }
    }
    let mut dead: Vec<i64> = history.died.iter().map(|date| numbered(*date)).collect();
    dead.extend(
        history
            .spells
            .iter()
            .filter(|it| it.episode == Episode::Died)
            .filter_map(|it| it.ended)
            .map(numbered),
    );
    dead.extend(
        reablement
            .iter()
            .filter(|it| it.outcome == "died")
            .filter_map(|it| it.ended)
            .map(numbered),
    );
    let mut found = Vec::new();
    for date in discharges {
        let watched = date + 91;
        let born = history.born.unwrap();
        let left = day("2024-01-01")
            .checked_add(jiff::Span::new().days(date))
            .unwrap();
        let birthdays = (1..200)
            .filter(|years| {
                born.checked_add(jiff::Span::new().years(*years))
                    .is_ok_and(|birthday| birthday <= left)
            })
            .count();
        let in_hospital = history
            .spells
            .iter()
            .any(|it| nights(it.started, it.ended).contains(&watched));
        let care: Vec<&Service> = history
            .services
            .iter()
            .filter(|it| has(&definition.care_homes, &it.component))
            .collect();
        let in_care = care
            .iter()
            .any(|it| nights(it.started, it.ended).contains(&watched));
        let ending = |outcome: &str| {
            reablement
                .iter()
                .filter(|it| numbered(it.started) >= date - 3 && it.outcome == outcome)
                .filter_map(|it| it.ended.map(numbered))
                .filter(|ended| *ended <= watched)
                .max()
        };
        let believed = ending("care-home").is_some_and(|moved| {
            care.iter()
                .all(|it| it.ended.is_some_and(|ended| numbered(ended) <= moved))
        });
        found.push((
            left,
            if birthdays < 65 {
                "Too young at discharge"
            } else if watched >= numbered(today) {
                "The day to look at is not over"
            } else if dead.iter().any(|died| *died <= watched) {
                "Died"
            } else if in_hospital {
                "In hospital"
            } else if in_care || believed {
                "In a care home"
            } else if ending("moved-away").is_some() {
                "Moved to another council’s area"
            } else {
                "At home"
            },
        ));
    }
    found
}

prop_compose! {
    fn dates()(start in 0_i64..500, length in proptest::option::weighted(0.85, 0_i64..120)) -> (Date, Option<Date>) {
        let on = |number| day("2024-01-01").checked_add(jiff::Span::new().days(number)).unwrap();
        (on(start), length.map(|length| on(start + length)))
    }
}

prop_compose! {
    fn any_spell()((started, ended) in dates(), died in proptest::bool::weighted(0.1)) -> Spell {
        let episode = if died && ended.is_some() { Episode::Died } else { Episode::Counted };
        Spell { started, ended, episode }
    }
}

prop_compose! {
    fn any_service()(
        (started, ended) in dates(),
        component in prop_oneof![
            4 => Just("reablement"), 1 => Just("long-term-residential-care"),
            1 => Just("short-term-nursing-care"), 1 => Just("home-support-or-domiciliary-care"),
        ],
        outcome in prop_oneof![
            4 => Just("independent"), 1 => Just("care-home"), 1 => Just("moved-away"), 1 => Just("died"), 1 => Just(""),
        ],
    ) -> Service {
        Service {
            started,
            ended,
            component: component.to_owned(),
            service_type: String::new(),
            outcome: if ended.is_some() { outcome.to_owned() } else { String::new() },
            council: None,
            locality: None,
        }
    }
}

prop_compose! {
    fn any_history()(
        spells in proptest::collection::vec(any_spell(), 0..6),
        mut services in proptest::collection::vec(any_service(), 0..6),
        near in proptest::collection::vec((any::<prop::sample::Index>(), -5_i64..10), 0..6),
        born in 1930_i16..1970,
        died in proptest::option::weighted(0.2, 0_i64..800),
    ) -> History {
        // Most reablement near a discharge, so that most histories say something.
        for (service, (which, offset)) in services.iter_mut().zip(near) {
            if !spells.is_empty() && service.component == "reablement"
                && let Some(ended) = which.get(&spells).ended
            {
                let started = ended.checked_add(jiff::Span::new().days(offset)).unwrap();
                service.ended = service.ended.map(|ended| ended.max(started));
                service.started = started;
            }
        }
        let on = |number| day("2024-01-01").checked_add(jiff::Span::new().days(number)).unwrap();
        History { person: person(), born: Some(day(&format!("{born}-06-15"))), died: died.map(on), spells, services }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn the_rule_agrees_with_a_calendar(history in any_history(), today in 300_i64..900) {
        let today = day("2024-01-01").checked_add(jiff::Span::new().days(today)).unwrap();
            let found: Vec<_> = cases(definition(), &history, today)
            .iter()
            .map(|case| (case.discharged, case.verdict.kind()))
            .collect();
        prop_assert_eq!(found, by_calendar(definition(), &history, today));
    }
}

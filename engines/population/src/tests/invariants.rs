//! What no person's record may contradict, for any seed.

use std::collections::{HashMap, HashSet};

use jiff::civil::DateTime;
use proptest::prelude::*;

use crate::event::{Detail, Event, Spell};
use crate::tests::sample::{generator, today};
use crate::{EventKind, Household, HouseholdKind, Person, adt};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn records_hold_together(seed in any::<u64>(), count in 1_u64..700) {
        let households: Vec<Household> = generator(seed, count).households().collect();
        people_are_told_apart(&households);
        relationships_are_real(&households);
        for household in &households {
            for person in &household.people {
                person_holds_together(household, person);
            }
        }
    }
}

fn people_are_told_apart(households: &[Household]) {
    let mut numbers = HashSet::new();
    let mut references = HashSet::new();
    for (next, person) in (0..).zip(households.iter().flat_map(|household| &household.people)) {
        assert_eq!(person.index, next, "indices run without a gap");
        assert!(person.nhs_number.is_test_range());
        assert!(numbers.insert(person.nhs_number), "an NHS number twice");
        for event in &person.history {
            assert!(
                references.insert(event.reference.clone()),
                "{} twice",
                event.reference
            );
        }
    }
}

fn relationships_are_real(households: &[Household]) {
    let people: HashMap<u64, &Person> = households
        .iter()
        .flat_map(|household| &household.people)
        .map(|person| (person.index, person))
        .collect();
    for household in households {
        for tie in &household.relationships {
            assert_ne!(tie.from, tie.to);
            assert!(
                household
                    .people
                    .iter()
                    .any(|person| person.index == tie.from)
            );
            let (from, to) = (people[&tie.from], people[&tie.to]);
            match tie.kind {
                "carer" => {
                    assert!(
                        from.died.is_none() && to.died.is_none(),
                        "the dead neither care nor are cared for"
                    );
                    assert!(from.carer_of.contains(&tie.to));
                }
                "parent" => assert!(from.born < to.born, "{} before {}", from.born, to.born),
                "child" => assert!(from.born > to.born),
                kind => assert!(["spouse-or-partner", "sibling"].contains(&kind), "{kind}"),
            }
        }
    }
}

fn person_holds_together(household: &Household, person: &Person) {
    let last = person.died.unwrap_or(today());
    assert!(person.born <= today() && last <= today());
    assert!(person.born < last || person.born == today());
    assert!(!person.given_names.is_empty() && !person.family_name.is_empty());
    assert!(person.given_names.iter().all(|name| !name.is_empty()));
    assert_eq!(
        person.care_home.is_some(),
        household.kind == HouseholdKind::CareHome
    );
    let mut before = None;
    for event in &person.history {
        assert!(
            before.is_none_or(|before| before <= event.started),
            "earliest first"
        );
        before = Some(event.started);
        event_is_within(person, event);
        detail_agrees(person, event);
    }
    stays_do_not_overlap(person);
    services_do_not_overlap(person, |component| component == "reablement");
    services_do_not_overlap(person, |component| component.starts_with("long-term"));
    services_do_not_overlap(person, |component| {
        ["home-support-or-domiciliary-care", "direct-payment"].contains(&component)
    });
}

fn event_is_within(person: &Person, event: &Event) {
    let last = person.died.unwrap_or(today());
    let shown = || {
        format!(
            "{event:?} of someone born {} died {:?}",
            person.born, person.died
        )
    };
    assert!(
        event.started >= person.born && event.started <= last,
        "{}",
        shown()
    );
    assert!(
        event
            .ended
            .is_none_or(|ended| ended >= event.started && ended <= last),
        "{}",
        shown()
    );
    if event.ended.is_none() {
        assert!(person.died.is_none(), "open after death: {}", shown());
        assert!(
            event.outcome.is_none(),
            "an outcome before the end: {}",
            shown()
        );
    }
    assert!(
        event.cost.is_none_or(|cost| !cost.is_negative()),
        "{}",
        shown()
    );
}

fn detail_agrees(person: &Person, event: &Event) {
    match &event.detail {
        Detail::Spell(spell) => spell_agrees(person, event, spell),
        Detail::Service(service) => {
            assert!(
                service.discharged.is_none_or(|day| event.started >= day),
                "a service before its discharge"
            );
        }
        Detail::Attendance(attendance) => {
            assert_eq!(attendance.arrived.date(), event.started);
            assert_eq!(
                attendance.spell.is_some(),
                event.outcome == Some("admitted")
            );
        }
        Detail::DelayedDay(day) => {
            let spell = person
                .history
                .iter()
                .find(|spell| spell.reference == day.spell)
                .unwrap();
            assert!(event.started >= spell.started);
            assert!(spell.ended.is_none_or(|ended| event.started < ended));
        }
        Detail::Review(review) => {
            let service = person
                .history
                .iter()
                .find(|service| service.reference == review.service)
                .unwrap();
            assert!(event.started >= service.started);
            assert!(
                service
                    .ended
                    .is_none_or(|ended| event.ended.unwrap() <= ended)
            );
        }
        _ => {}
    }
}

fn spell_agrees(person: &Person, event: &Event, spell: &Spell) {
    assert_eq!(spell.discharged.is_some(), event.ended.is_some());
    assert_eq!(spell.admitted.date(), event.started);
    assert_eq!(spell.discharged.map(DateTime::date), event.ended);
    assert!(
        spell
            .discharged
            .is_none_or(|moment| moment >= spell.admitted)
    );
    assert!(!spell.wards.is_empty());
    assert_eq!(spell.wards[0].from, spell.admitted);
    assert_eq!(spell.wards.last().unwrap().to, spell.discharged);
    for pair in spell.wards.windows(2) {
        assert_eq!(pair[0].to, Some(pair[1].from));
        assert!(pair[0].from <= pair[1].from);
    }
    assert!(
        spell
            .discharge_ready
            .is_none_or(|ready| ready >= event.started)
    );
    assert_eq!(
        event.outcome == Some("died"),
        spell.destination == Some("79")
    );
    let told = adt::events(person, event);
    assert_eq!(
        told.len(),
        spell.wards.len() + usize::from(spell.discharged.is_some())
    );
    assert!(
        told.iter()
            .all(|told| told.recorded >= told.occurred && told.recorded.date() <= today())
    );
    assert!(told.iter().all(|told| told.control_id.len() <= 20));
}

fn stays_do_not_overlap(person: &Person) {
    let stays = person
        .history
        .iter()
        .filter(|event| event.kind() == EventKind::Spell);
    let stays: Vec<&Event> = stays.collect();
    for pair in stays.windows(2) {
        let ended = pair[0].ended.expect("only the last stay is open");
        assert!(ended <= pair[1].started, "{pair:?}");
    }
}

fn services_do_not_overlap(person: &Person, which: impl Fn(&str) -> bool) {
    let services = person.history.iter().filter(|event| match &event.detail {
        Detail::Service(service) => which(service.component),
        _ => false,
    });
    let services: Vec<&Event> = services.collect();
    for pair in services.windows(2) {
        let ended = pair[0].ended.expect("only the last service is open");
        assert!(ended <= pair[1].started, "{pair:?}");
    }
}

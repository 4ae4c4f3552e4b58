//! Every case of every rule is the one that the rule's words give.

use std::cell::RefCell;
use std::collections::BTreeMap;

use proptest::prelude::*;
use stour_indicators::{Case, Day, Definition, Pass};
use stour_kernel::Date;

use crate::oracle::{self, Expected};
use crate::world::{
    self, FIRST, Somebody, columns, date, plan, rules, selectors, used, vocabulary,
};

/// What the engine finds of a person, in order.
fn found(definition: &Definition, somebody: &Somebody, as_of: Date) -> Vec<Expected> {
    let vocabulary = vocabulary();
    let plan = plan(std::slice::from_ref(definition), &vocabulary);
    let columns = columns(std::slice::from_ref(somebody));
    let mut found = Vec::new();
    let mut pass = Pass::new(&plan, FIRST, Day::from(as_of));
    let subject = columns.subject(0).unwrap();
    pass.subject(&subject, |case| {
        belongs(case, somebody);
        found.push(Expected {
            month: case.month.first().date().unwrap(),
            day: case.day.date().unwrap(),
            thing: case.event,
            age: case.age,
            value: case.value,
            weight: case.weight,
            verdict: format!("{:?}", case.verdict),
        });
    });
    found.sort();
    found
}

/// A case about a fact has the fact's words and place; one about a person, the person's.
fn belongs(case: &Case, somebody: &Somebody) {
    let thing = case.event.map(|place| &somebody.things[place]);
    let place = thing.map_or(somebody.place, |thing| thing.place);
    assert_eq!(usize::try_from(case.place), Ok(place));
    assert_eq!(usize::try_from(case.area), Ok(somebody.area));
    let what = case
        .description
        .map(|number| usize::try_from(number).unwrap());
    assert_eq!(what, thing.map(|thing| thing.what));
}

/// Compares many, and sees that each of these verdicts was among them.
fn agrees(rule: usize, verdicts: &[&str]) {
    compare(rule, 500, verdicts);
}

fn compare(rule: usize, many: u32, verdicts: &[&str]) {
    let world = (
        rules()[rule].clone(),
        selectors(),
        world::somebody(),
        world::as_of(),
    );
    let seen = RefCell::new(BTreeMap::<String, usize>::new());
    let config = ProptestConfig::with_cases(many);
    proptest!(config, |((rule, select, somebody, as_of) in world)| {
        let definition = used(&rule, &select);
        let mut expected = oracle::cases(&definition, &somebody, (date("2016-01-01"), as_of));
        expected.sort();
        for case in &expected {
            let (verdict, _) = case.verdict.split_once('(').unwrap_or((&case.verdict, ""));
            *seen.borrow_mut().entry(verdict.to_owned()).or_default() += 1;
        }
        prop_assert_eq!(found(&definition, &somebody, as_of), expected);
    });
    let seen = seen.into_inner();
    for verdict in verdicts {
        assert!(
            seen.contains_key(*verdict),
            "{verdict} was never compared: {seen:?}"
        );
    }
}

#[test]
fn events_are_counted_as_the_rule_says() {
    agrees(0, &["Counted", "Before"]);
}

#[test]
fn shares_are_counted_as_the_rule_says() {
    agrees(1, &["Counted", "NotPart"]);
}

#[test]
fn people_are_counted_as_the_rule_says() {
    agrees(2, &["Counted"]);
}

#[test]
fn days_are_counted_as_the_rule_says() {
    agrees(3, &["Counted", "GoesOn"]);
}

#[test]
fn what_goes_on_is_counted_as_the_rule_says() {
    agrees(4, &["Counted", "NotPart"]);
}

#[test]
fn what_follows_is_counted_as_the_rule_says() {
    let verdicts = [
        "Counted",
        "NotPart",
        "Followed",
        "NotPartFollowed",
        "Before",
        "NotYet",
    ];
    compare(5, 1000, &verdicts);
}

#[test]
fn who_is_at_home_is_counted_as_the_rule_says() {
    let verdicts = [
        "Counted",
        "Died",
        "InHospital",
        "InCareHome",
        "Elsewhere",
        "MovedAway",
        "NotYet",
        "TooYoung",
        "BirthUnknown",
        "MovedOn",
    ];
    compare(6, 4000, &verdicts);
}

#[test]
fn deaths_are_counted_as_the_rule_says() {
    agrees(7, &["Counted"]);
}

#[test]
fn what_facts_cost_is_spread_as_the_rule_says() {
    compare(8, 1000, &["Counted", "GoesOn"]);
}

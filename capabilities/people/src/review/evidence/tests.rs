use stour_kernel::{Environment, Timestamp};

use super::{Agreement, Told, compare, parts};
use crate::person::PersonName;
use crate::source::Said;

fn at(day: &str) -> Timestamp {
    format!("{day}T09:00:00Z").parse().unwrap()
}

fn told(source: &str, versions: &[(&str, Said)]) -> Told {
    Told {
        record: Environment::fixed("2026-11-24T09:00:00Z").id(),
        source: source.parse().unwrap(),
        local: Some("A1".parse().unwrap()),
        versions: versions
            .iter()
            .map(|(day, said)| (at(day), said.clone()))
            .collect(),
    }
}

fn named(family: &str, given: &str) -> Said {
    Said {
        name: Some(PersonName::new(family, given).unwrap()),
        ..Said::default()
    }
}

fn agreement(name: &str, left: &[Told], right: &[Told]) -> Option<Agreement> {
    let fields = compare([left, right]);
    let field = fields.iter().find(|field| field.name == name);
    field.map(|field| field.agreement)
}

#[test]
fn fields_are_the_same_partly_different_or_of_one_side() {
    let born = |day: &str| Said {
        born: Some(day.parse().unwrap()),
        ..named("O'Neil", "Cathy")
    };
    let left = [told("RBD", &[("2026-01-01", born("1950-03-12"))])];
    let right = [
        told("R0D", &[("2026-01-02", named("ONEIL", "Catherine"))]),
        told("RDY", &[("2026-01-03", named("Smith", "Catherine"))]),
    ];
    assert_eq!(
        agreement("Family name", &left, &right),
        Some(Agreement::Partly)
    );
    assert_eq!(
        agreement("Given names", &left, &right),
        Some(Agreement::Different)
    );
    assert_eq!(
        agreement("Date of birth", &left, &right),
        Some(Agreement::OneSide)
    );
    assert_eq!(
        agreement("Date of birth", &left, &left),
        Some(Agreement::Same)
    );
    assert_eq!(
        agreement("Telephone", &left, &right),
        None,
        "nobody says any"
    );
    let own = agreement("Organisation’s own number", &left, &right);
    assert_eq!(
        own,
        Some(Agreement::Different),
        "alike, of two organisations"
    );
}

#[test]
fn a_record_says_what_it_said_last_and_since_when() {
    let moved = told(
        "RBD",
        &[
            ("2026-01-01", named("Smith", "Mary")),
            ("2026-02-01", named("Jones", "Mary")),
            ("2026-03-01", Said::default()),
        ],
    );
    let fields = compare([std::slice::from_ref(&moved), &[]]);
    let family = &fields[0].sides[0];
    assert_eq!(family.len(), 1);
    assert_eq!(family[0].text, "Jones");
    assert_eq!(family[0].from, [("RBD".parse().unwrap(), at("2026-02-01"))]);
    let given = &fields[1].sides[0];
    assert_eq!(given[0].from, [("RBD".parse().unwrap(), at("2026-01-01"))]);
}

#[test]
fn the_words_that_differ_are_marked() {
    let left = [told("RBD", &[("2026-01-01", named("Smith", "Mary Ann"))])];
    let right = [told("R0D", &[("2026-01-01", named("Smith", "Mary Jane"))])];
    let fields = compare([&left, &right]);
    let [left, right] = &fields[1].sides;
    assert_eq!(parts(&left[0], right), [("Mary", true), ("Ann", false)]);
    assert_eq!(parts(&left[0], &[]), [("Mary", true), ("Ann", true)]);
}

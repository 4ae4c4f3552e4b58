use std::collections::HashMap;

use super::record::soundex;
use super::{Index, Record, Step};

/// A record: number, given name, family name, date of birth, sex, postcode.
fn record(fields: [&str; 6]) -> Record {
    let names = ["number", "given", "family", "born", "sex", "postcode"];
    let fields: HashMap<&str, &str> = names.into_iter().zip(fields).collect();
    Record::new(|name| fields.get(name).copied().unwrap_or_default().to_owned())
}

fn index() -> Index {
    Index::new(vec![
        record(["9990000018", "Joan", "Hardy", "1941-03-02", "F", "BH21 3AA"]),
        record([
            "9990000026",
            "Thomas",
            "O'Brien",
            "1970-10-15",
            "M",
            "DT4 7AA",
        ]),
        record([
            "9990000034",
            "Jack",
            "Loveless",
            "2020-01-09",
            "M",
            "BH1 4BB",
        ]),
    ])
}

fn traced(fields: [&str; 6]) -> Option<(usize, Step)> {
    index()
        .trace(&record(fields))
        .map(|found| (found.place, found.step))
}

#[test]
fn a_number_and_a_date_of_birth_are_enough() {
    let joan = traced(["9990000018", "Kevin", "Osmond", "1941-03-02", "M", ""]);
    assert_eq!(joan, Some((0, Step::CrossCheck)));
    assert_eq!(
        traced([
            "9990000018",
            "Kevin",
            "Osmond",
            "1990-07-07",
            "M",
            "DT4 7AA"
        ]),
        None
    );
}

#[test]
fn a_date_of_birth_may_be_partly_right_where_the_names_begin_alike() {
    for born in [
        "1914-03-02",
        "1941-03-20",
        "1941-02-03",
        "1941-03-09",
        "1950-03-02",
    ] {
        let joan = traced(["9990000018", "J", "Harding", born, "", ""]);
        assert_eq!(joan, Some((0, Step::CrossCheck)), "{born}");
    }
    assert_eq!(
        traced(["9990000018", "J", "Harding", "1950-03-20", "", ""]),
        Some((0, Step::CrossCheck))
    );
    assert_eq!(
        traced(["9990000018", "J", "Harding", "1950-03-09", "", ""]),
        None
    );
    assert_eq!(
        traced(["9990000018", "Mary", "Hardy", "1941-03-09", "", ""]),
        None
    );
    let unnamed = traced(["9990000018", "", "Hardy", "1941-03-09", "", "BH21 9ZZ"]);
    assert_eq!(unnamed, Some((0, Step::CrossCheck)));
}

#[test]
fn what_sounds_alike_is_found_when_nothing_contradicts() {
    let tom = traced(["", "THOMAS", "Obryan", "1970-10-15", "M", "DT4 7AA"]);
    assert_eq!(tom, Some((1, Step::Alphanumeric)));
    let nickname = traced(["", "Tom", "O'Brien", "1970-10-15", "M", ""]);
    assert_eq!(nickname, Some((1, Step::Alphanumeric)));
}

#[test]
fn the_last_step_has_no_least_score() {
    let moved = traced(["", "Thomas", "O'Brien", "1970-10-15", "M", "BH9 1ZZ"]);
    assert_eq!(moved, Some((1, Step::Algorithmic)));
    // A twin who is not in the index is taken for the one who is.
    let twin = traced(["", "Harry", "Loveless", "2020-01-09", "M", "BH1 4BB"]);
    assert_eq!(twin, Some((2, Step::Algorithmic)));
}

#[test]
fn two_alike_are_neither() {
    let twins = Index::new(vec![
        record(["", "Jasper", "Loveless", "2020-01-09", "M", "BH1 4BB"]),
        record(["", "Jaspar", "Loveless", "2020-01-09", "M", "BH1 4BB"]),
    ]);
    assert_eq!(
        twins.trace(&record([
            "",
            "Jac",
            "Loveless",
            "2020-01-09",
            "M",
            "BH1 4BB"
        ])),
        None
    );
}

#[test]
fn soundex_is_the_american_one() {
    for (name, sound) in [
        ("ROBERT", "R163"),
        ("RUPERT", "R163"),
        ("ASHCRAFT", "A261"),
        ("TYMCZAK", "T522"),
        ("PFISTER", "P236"),
        ("HONEYMAN", "H555"),
        ("O'BRIEN", "O165"),
        ("LEE", "L000"),
        ("", ""),
    ] {
        assert_eq!(soundex(name), sound, "{name}");
    }
}

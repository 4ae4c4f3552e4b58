use super::*;
use crate::decide::Decision;
use crate::fixture::{ADA, Person, decide};

/// Somebody who could be Ada but for what the rule is about.
fn held_by(index: Person, incoming: Person) -> Option<Rule> {
    let (decision, _, rule, _) = decide(&[index], incoming);
    assert_ne!(decision, Decision::Link);
    rule
}

#[test]
fn without_a_rule_the_same_person_is_linked() {
    for incoming in [ADA, ADA.unnumbered()] {
        assert_eq!(decide(&[ADA], incoming).0, Decision::Link);
    }
}

#[test]
fn two_traced_numbers_are_never_one_person() {
    let traced = |number| Person {
        number,
        status: NumberStatus::Traced,
        ..ADA
    };
    assert_eq!(
        held_by(traced("9990000018"), traced("9990000026")),
        Some(Rule::TwoTracedNumbers)
    );
}

#[test]
fn the_dead_have_no_new_records() {
    let died = Person {
        died: "2020-01-31",
        ..ADA
    };
    assert_eq!(held_by(died, ADA), Some(Rule::ActivityAfterDeath));
    assert_eq!(decide(&[died], died).0, Decision::Link);
    assert_eq!(decide(&[ADA], died).0, Decision::Link);
}

#[test]
fn twins_differ_in_the_given_name_alone() {
    let twin = Person {
        given: "Grace",
        ..ADA
    };
    assert_eq!(held_by(ADA, twin.unnumbered()), Some(Rule::Twins));
    let copied = Person {
        status: NumberStatus::Untraced,
        ..twin
    };
    assert_eq!(held_by(ADA, copied), Some(Rule::Twins));
    let second = Person {
        order: Some(2),
        ..twin
    };
    assert_eq!(
        held_by(
            Person {
                order: Some(1),
                ..ADA
            },
            second
        ),
        Some(Rule::Twins)
    );
    let (decision, _, rule, _) = decide(
        &[Person {
            order: Some(1),
            ..ADA
        }],
        second.unnumbered(),
    );
    assert_eq!((decision, rule), (Decision::New, Some(Rule::BirthOrder)));
}

#[test]
fn a_twin_with_the_other_s_number_is_seen_where_both_are_known() {
    let twin = Person {
        given: "Grace",
        number: "9990000026",
        ..ADA
    };
    let mixed_up = Person {
        given: "Gracie",
        number: ADA.number,
        ..twin
    };
    assert_ne!(decide(&[ADA, twin], mixed_up).0, Decision::Link);
}

#[test]
fn a_number_alone_links_nobody() {
    let other = Person {
        given: "Kevin",
        family: "Osmond",
        born: "1990-07-07",
        sex: "M",
        address: "4 Sea View",
        postcode: "DT4 7AA",
        telephone: "",
        ..ADA
    };
    assert_eq!(held_by(ADA, other), Some(Rule::NumberAlone));
    let (decision, _, rule, _) = decide(
        &[ADA, other],
        Person {
            number: other.number,
            ..ADA
        },
    );
    assert_ne!(decision, Decision::New);
    assert!(rule.is_none() || rule == Some(Rule::NumberOfAnother));
}

#[test]
fn a_number_of_somebody_else_is_looked_at() {
    let other = Person {
        number: "9990000026",
        given: "Kevin",
        family: "Osmond",
        born: "1990-07-07",
        sex: "M",
        ..ADA
    };
    let (decision, _, rule, index) = decide(
        &[ADA, other],
        Person {
            number: "9990000026",
            ..ADA
        },
    );
    assert_eq!(
        (decision, rule, index),
        (Decision::Review, Some(Rule::NumberOfAnother), Some(0))
    );
}

#[test]
fn what_else_holds_a_link_without_a_number() {
    let ada = Person {
        middle: "Louise",
        ..ADA
    };
    for (incoming, rule) in [
        (
            Person {
                middle: "Anne",
                ..ADA
            },
            Rule::MiddleNames,
        ),
        (
            Person {
                born: "1967-11-30",
                ..ADA
            },
            Rule::DatesOfBirth,
        ),
        (
            Person {
                born: "",
                address: "4 Sea View",
                postcode: "DT4 7AA",
                telephone: "",
                ..ADA
            },
            Rule::NoDateOfBirth,
        ),
        (
            Person {
                given: "Baby",
                ..ADA
            },
            Rule::PlaceholderName,
        ),
        (
            Person {
                family: "Selby",
                address: "8 High Street",
                postcode: "DT6 5CC",
                ..ADA
            },
            Rule::NothingOfTheFamily,
        ),
        (
            Person {
                given: "Kevin",
                sex: "M",
                address: "4 Sea View",
                postcode: "DT4 7AA",
                ..ADA
            },
            Rule::SexAndGivenName,
        ),
    ] {
        assert_eq!(held_by(ada, incoming.unnumbered()), Some(rule));
    }
}

#[test]
fn a_restricted_record_is_never_linked() {
    let hidden = Person {
        restricted: true,
        ..ADA
    };
    assert_eq!(held_by(hidden, ADA), Some(Rule::Restricted));
    let withheld = Person {
        address: "",
        postcode: "",
        status: NumberStatus::Traced,
        ..ADA
    };
    assert_eq!(
        held_by(withheld, ADA.unnumbered()),
        Some(Rule::PlaceWithheld)
    );
}

#[test]
fn in_a_care_home_a_neighbour_can_be_meant() {
    let resident = Person {
        address: "Stour Lodge Care Home",
        ..ADA
    }
    .unnumbered();
    let neighbour = Person {
        family: "Quillfeathers",
        born: "1941-03-25",
        telephone: "",
        number: "9990000026",
        ..resident
    };
    let (decision, _, rule, _) = decide(
        &[
            Person {
                number: ADA.number,
                ..resident
            },
            neighbour,
        ],
        resident,
    );
    assert_eq!(
        (decision, rule),
        (Decision::Review, Some(Rule::CommunalAddress))
    );
}

#[test]
fn every_rule_has_words_of_its_own() {
    let mut words: Vec<&str> = Rule::ALL
        .iter()
        .flat_map(|rule| [rule.as_str(), rule.words()])
        .collect();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), 2 * Rule::ALL.len());
}

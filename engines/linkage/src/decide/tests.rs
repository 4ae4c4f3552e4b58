use super::*;
use crate::fixture::{ADA, Person, decide};

#[test]
fn each_tier_decides_what_it_can() {
    let moved = Person {
        address: "4 Sea View",
        postcode: "DT4 7AA",
        ..ADA
    };
    let step = |incoming| {
        let (decision, step, _, index) = decide(&[ADA], incoming);
        assert_eq!((decision, index), (Decision::Link, Some(0)));
        step
    };
    assert_eq!(step(moved), Step::CrossCheck);
    assert_eq!(step(ADA.unnumbered()), Step::Exact);
    assert_eq!(step(moved.unnumbered()), Step::Probabilistic);
    assert_eq!(
        step(
            Person {
                given: "Quillfeather",
                family: "Ada",
                ..ADA
            }
            .unnumbered()
        ),
        Step::Probabilistic
    );
}

#[test]
fn half_a_date_needs_both_names() {
    let turned = Person {
        born: "1941-12-03",
        ..ADA
    };
    assert_eq!(decide(&[ADA], turned).1, Step::CrossCheck);
    let other_name = Person {
        given: "Kevin",
        address: "4 Sea View",
        postcode: "DT4 7AA",
        telephone: "",
        ..turned
    };
    assert_ne!(decide(&[ADA], other_name).1, Step::CrossCheck);
}

#[test]
fn two_who_fit_alike_are_looked_at() {
    let son = Person {
        number: "9990000026",
        born: "1967-11-30",
        ..ADA
    };
    let incoming = Person {
        born: "",
        telephone: "",
        ..ADA
    }
    .unnumbered();
    let (decision, _, rule, _) = decide(&[ADA, son], incoming);
    assert_eq!((decision, rule), (Decision::Review, Some(Rule::RunnerUp)));
}

#[test]
fn somebody_else_is_new() {
    let other = Person {
        number: "9990000034",
        given: "Kevin",
        family: "Osmond",
        born: "1990-07-07",
        sex: "M",
        address: "4 Sea View",
        postcode: "DT4 7AA",
        telephone: "",
        ..ADA
    };
    assert_eq!(decide(&[ADA], other).0, Decision::New);
    assert_eq!(decide(&[], other).0, Decision::New);
    assert_eq!(decide(&[ADA], Person::default()).0, Decision::New);
}

#[test]
fn the_order_of_the_index_does_not_matter() {
    let others = [
        Person {
            number: "9990000026",
            given: "Grace",
            ..ADA
        },
        Person {
            number: "9990000034",
            born: "1967-11-30",
            ..ADA
        },
        ADA,
    ];
    let forwards = decide(&others, ADA.unnumbered());
    let mut reversed = others;
    reversed.reverse();
    let backwards = decide(&reversed, ADA.unnumbered());
    assert_eq!(
        (forwards.0, forwards.1, forwards.2),
        (backwards.0, backwards.1, backwards.2)
    );
    assert_eq!((forwards.3, backwards.3), (Some(2), Some(0)));
}

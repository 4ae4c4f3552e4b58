use super::RunnerUp;
use crate::fixture::{ADA, Person, batch, explain};

#[test]
fn the_bits_add_up_to_the_weight() {
    let moved = Person {
        address: "4 Sea View",
        postcode: "DT4 7AA",
        ..ADA
    }
    .unnumbered();
    let explanation = explain(&[ADA], moved);
    let sum: f64 = explanation.fields.iter().map(|field| field.bits).sum();
    let all = sum + explanation.prior + explanation.household_bits;
    assert!(
        (all - explanation.weight).abs() < 0.01,
        "{all} {}",
        explanation.weight
    );
}

#[test]
fn the_same_records_are_explained_in_the_same_bytes() {
    let bytes = || {
        serde_json::to_string(&explain(
            &[
                ADA,
                Person {
                    given: "Grace",
                    ..ADA
                },
            ],
            ADA,
        ))
        .unwrap()
    };
    assert_eq!(bytes(), bytes());
}

/// Somebody of the same name elsewhere, born on another day.
const NAMESAKE: Person = Person {
    number: "",
    born: "1938-03-12",
    address: "4 Sea View",
    postcode: "DT4 7AA",
    telephone: "",
    ..ADA
};

#[test]
fn the_next_best_is_told_with_what_parts_the_two() {
    let (batch, mut model) = batch(&[NAMESAKE, ADA], ADA);
    let outcome = batch.decide(&mut model, |_, _| None)[0];
    let linked = batch.explain(&model, &outcome);
    let (namesake, ada) = (0, 1);
    let other = batch.explain_pair(&model, &outcome, namesake);
    assert_eq!(outcome.index, Some(ada));
    assert_eq!(
        linked.runner_up,
        Some(RunnerUp::of(linked.weight, other.weight))
    );
    assert_eq!(
        other.runner_up,
        Some(RunnerUp::of(other.weight, linked.weight))
    );
    let margin = linked.runner_up.unwrap().margin;
    assert!(margin > 10.0, "{margin}");
    let behind = other.runner_up.unwrap().margin;
    assert!(behind < -10.0, "{behind}");
    assert_eq!(outcome.other_than(ada).map(|(next, _)| next), Some(0));
    assert_eq!(outcome.other_than(namesake).map(|(next, _)| next), Some(1));
}

#[test]
fn nobody_else_is_no_runner_up() {
    assert_eq!(explain(&[ADA], ADA).runner_up, None);
}

#[test]
fn a_sentence_says_why() {
    let sentence = explain(
        &[ADA],
        Person {
            given: "Grace",
            ..ADA
        }
        .unnumbered(),
    )
    .sentence;
    assert_eq!(
        sentence,
        "Held for somebody to look. Born on the same day at the same address with different given names: they may be \
         twins. For it: telephone (same), family name (same), date of birth (same), residence (same home). Against it: \
         given name (different)."
    );
}

use crate::fixture::{ADA, Person, explain};

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

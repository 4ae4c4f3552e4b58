use proptest::prelude::*;

use super::*;
use crate::store::Store;

fn weights() -> Weights {
    Weights::new(&Model::new(&["suburb"]).unwrap(), 1000, Task::Match)
}

#[test]
fn agreement_counts_for_and_difference_against() {
    let weights = weights();
    let model = Model::new(&["suburb"]).unwrap();
    for (field, comparison) in model
        .comparisons
        .iter()
        .enumerate()
        .filter(|(field, _)| *field != NAME_ORDER)
    {
        let bits: Vec<f64> = (1..)
            .zip(&comparison.levels)
            .map(|(level, _)| weights.bits(field, level, None))
            .collect();
        let (same, different) = (bits[0], bits[bits.len() - 1]);
        assert!(
            same > 0.0 && different < 0.0,
            "{}: {bits:?}",
            comparison.name
        );
        assert!(
            bits.iter().all(|bits| *bits <= same),
            "{}: {bits:?}",
            comparison.name
        );
        assert!(
            weights.bits(field, 0, None).abs() < f64::EPSILON,
            "what is missing says nothing"
        );
    }
}

#[test]
fn the_rarer_a_value_the_more_it_says() {
    let weights = weights();
    let bits: Vec<f64> = [1, 2, 10, 500]
        .map(|count| weights.bits(BORN, 1, Some(weights.date(count))))
        .to_vec();
    assert!(bits.is_sorted_by(|one, other| one > other), "{bits:?}");
}

#[test]
fn a_date_nearer_to_the_other_never_says_less() {
    let weights = weights();
    let bits: Vec<f64> = (1..=7)
        .map(|level| weights.bits(BORN, level, None))
        .collect();
    assert!(bits.is_sorted_by(|one, other| one >= other), "{bits:?}");
}

proptest! {
    #[test]
    fn probabilities_are_shares(weights in prop::collection::vec(-60.0..60.0_f64, 0..8)) {
        let probabilities = Weights::probabilities(&weights);
        prop_assert!(probabilities.iter().all(|probability| (0.0..=1.0).contains(probability)));
        prop_assert!(probabilities.iter().sum::<f64>() <= 1.0 + 1e-9);
        for (one, other) in weights.iter().zip(&probabilities).flat_map(|one| weights.iter().zip(&probabilities).map(move |other| (one, other))) {
            prop_assert!(one.0 < other.0 || one.1 >= other.1);
        }
    }

    #[test]
    fn relatives_only_take_away(levels in prop::collection::vec(0..8_u8, EXTRA)) {
        let model = Model::new(&[]).unwrap();
        let mut pattern = Pattern::default();
        for (field, (comparison, level)) in model.comparisons.iter().zip(levels).enumerate() {
            pattern.levels[field] = level % u8::try_from(comparison.levels.len() + 1).unwrap();
        }
        let store = Store::new(0);
        let weight = Weights::new(&model, 1000, Task::Match).weigh(&pattern, Side { store: &store, at: 0 });
        prop_assert!(weight.household < 0.001, "{weight:?}");
    }
}

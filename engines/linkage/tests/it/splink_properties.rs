//! What must hold for every record, whatever its values.

use proptest::prelude::*;
use stour_linkage::splink::{Frequencies, Model, Part, Record, Value};

/// A model whose levels all treat the two records alike: names, date of birth, postcode, email.
const STANDARD: &str = include_str!("../splink/splink5_standard.model.json");

fn model() -> Model {
    Model::from_json(STANDARD).unwrap()
}

/// A value of a column: often one of a few, so that records agree, sometimes anything.
fn text(usual: &'static [&'static str]) -> impl Strategy<Value = Option<String>> {
    let usual = prop::sample::select(usual).prop_map(str::to_owned);
    prop::option::weighted(0.85, prop_oneof![3 => usual, 1 => any::<String>()])
}

fn row() -> impl Strategy<Value = Vec<(&'static str, Option<String>)>> {
    (
        text(&["Brama", "Brame", "Tölka", "T"]),
        text(&["Sheku", "Shekul", "Dimora"]),
        text(&["1980-01-02", "1980-02-01", "1981-1-2", "1980-02-30"]),
        text(&["QA1 2AB", "QA1 2AD", "QA11 3AB", "QB1 2AB"]),
        text(&["brama@a.example", "brama@b.example", "brame@a.example", "@"]),
        text(&["Alba", "Brol"]),
    )
        .prop_map(|(given, family, dob, postcode, email, town)| {
            vec![
                ("given", given),
                ("family name", family),
                ("dob", dob),
                ("postcode", postcode),
                ("email", email),
                ("town", town),
            ]
        })
}

fn evidence(part: &Part<'_>) -> (i32, f64, f64) {
    (part.vector_value, part.bits, part.term_frequency_bits)
}

proptest! {
    #[test]
    fn a_pair_has_the_same_score_either_way_round(a in row(), b in row()) {
        let model = model();
        let (a, b) = (model.record(a), model.record(b));
        let frequencies = model.frequencies([&a, &b]);
        prop_assert_eq!(model.score(&a, &b, &frequencies), model.score(&b, &a, &frequencies));
    }

    #[test]
    fn the_weight_is_the_prior_and_the_parts(a in row(), b in row()) {
        let model = model();
        let (a, b) = (model.record(a), model.record(b));
        let score = model.score(&a, &b, &model.frequencies([&a, &b])).unwrap();
        let parts = score.parts.iter().map(|part| part.bits + part.term_frequency_bits);
        let sum = score.prior + parts.sum::<f64>();
        prop_assert!((score.weight - sum).abs() < 1e-9);
        prop_assert!((0.0..=1.0).contains(&score.probability));
        let odds = score.probability / (1.0 - score.probability);
        prop_assert!(!odds.is_finite() || (odds.log2() - score.weight).abs() < 1e-6);
    }

    #[test]
    fn a_missing_value_adds_no_bits(mut a in row(), b in row(), column in 0..6_usize) {
        let model = model();
        let b = model.record(b);
        a[column].1 = None;
        let a = model.record(a);
        let score = model.score(&a, &b, &model.frequencies([&a, &b])).unwrap();
        prop_assert_eq!(evidence(&score.parts[column]), (-1, 0.0, 0.0));
    }

    #[test]
    fn without_frequencies_nothing_is_adjusted(a in row(), b in row()) {
        let model = model();
        let (a, b) = (model.record(a), model.record(b));
        let plain = model.score(&a, &b, &Frequencies::none()).unwrap();
        prop_assert!(plain.parts.iter().all(|part| part.term_frequency_bits == 0.0));
    }

    #[test]
    fn a_rule_admits_only_pairs_with_a_common_key(a in row(), b in row()) {
        let model = model();
        let (a, b) = (model.record(a), model.record(b));
        for rule in model.blocking_rules() {
            let lefts = rule.left_keys(&a).unwrap();
            let rights = rule.right_keys(&b).unwrap();
            let meet = lefts.iter().any(|key| rights.contains(key));
            let admitted = rule.admits(&a, &b).unwrap();
            prop_assert!(meet || !admitted, "{}", rule.sql());
            prop_assert!(!rule.is_key_only() || admitted == meet, "{}", rule.sql());
        }
    }
}

fn people(model: &Model, names: &[&str]) -> Vec<Record> {
    names
        .iter()
        .map(|name| model.record([("town", *name)]))
        .collect()
}

#[test]
fn a_rarer_value_adds_more_bits() {
    let model = model();
    let records = people(&model, &["Alba", "Alba", "Alba", "Alba", "Brol", "Brol"]);
    let frequencies = model.frequencies(&records);
    assert_eq!(frequencies.share("TOWN", &"Brol".into()), Some(2.0 / 6.0));
    let bits = |a: usize, b: usize| {
        let score = model.score(&records[a], &records[b], &frequencies).unwrap();
        score.parts.last().unwrap().term_frequency_bits
    };
    assert!(
        (bits(4, 5) - bits(0, 1) - 1.0).abs() < 1e-12,
        "twice as rare is one bit more"
    );
}

#[test]
fn supplied_frequencies_are_used_and_checked() {
    let model = model();
    let records = people(&model, &["Alba", "Alba"]);
    let mut frequencies = Frequencies::none();
    for share in [0.0, -0.1, 1.1, f64::NAN] {
        assert!(frequencies.set("town", Value::from("Alba"), share).is_err());
    }
    let score = |frequencies: &Frequencies| {
        let score = model.score(&records[0], &records[1], frequencies).unwrap();
        score.weight
    };
    frequencies.set("Town", Value::from("Alba"), 0.5).unwrap();
    let half = score(&frequencies);
    frequencies.set("town", Value::from("Alba"), 0.25).unwrap();
    assert!((score(&frequencies) - half - 1.0).abs() < 1e-12);
}

#[test]
fn a_model_names_what_it_needs() {
    let model = model();
    let mut columns = model.columns().to_vec();
    columns.sort();
    let expected = [
        "dob",
        "email",
        "family name",
        "given",
        "postcode",
        "sex",
        "town",
    ];
    assert_eq!(columns, expected);
    assert_eq!(model.unique_id_column(), "unique_id");
    let comparisons: Vec<&str> = model.comparisons().collect();
    assert_eq!(
        comparisons,
        ["given", "family_name", "dob", "postcode", "email", "town"]
    );
}

//! Models that are wrong, or meant to do harm: an error that helps, never a panic.

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use stour_linkage::splink::{Frequencies, Model, ModelError, Value};

const CUSTOM: &str = include_str!("../splink/splink5_custom.model.json");

/// A model of one comparison of surnames with this level between the usual ones.
fn model_with(level: &Json) -> Json {
    json!({
        "link_type": "dedupe_only",
        "sql_dialect": "duckdb",
        "probability_two_random_records_match": 0.01,
        "comparisons": [{
            "output_column_name": "surname",
            "comparison_levels": [
                {
                    "sql_condition": "surname_l IS NULL OR surname_r IS NULL",
                    "is_null_level": true,
                },
                level,
                { "sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.9 },
            ],
        }],
        "blocking_rules_to_generate_predictions": ["l.surname = r.surname"],
    })
}

fn level(sql: &str) -> Json {
    json!({ "sql_condition": sql, "label_for_charts": "alike", "m_probability": 0.9,
            "u_probability": 0.1 })
}

fn read(model: &Json) -> Result<Model, ModelError> {
    Model::from_json(&model.to_string())
}

#[track_caller]
fn assert_refused(model: &Json, pieces: &[&str]) {
    let message = read(model).unwrap_err().to_string();
    for piece in pieces {
        assert!(message.contains(piece), "{piece:?} is not in: {message}");
    }
}

#[test]
fn an_error_says_which_level_where_in_the_sql_and_what_is_supported() {
    let where_it_is = "comparison \"surname\", level 2 (\"alike\")";
    let cases: [(&str, &[&str]); 16] = [
        (
            "soundex(surname_l) = 'x'",
            &["no function soundex", "soundex(surname_l)", "levenshtein"],
        ),
        (
            "surname_l = ",
            &["at the end of the SQL", "a value is expected"],
        ),
        (
            "surname = surname_r",
            &["\"surname = surname_r\"", "_l or _r"],
        ),
        ("(surname_l = surname_r", &[") is expected"]),
        ("surname_l = 'x", &["quotation mark ' is not closed"]),
        ("surname_l ~ 'x'", &["sign '~' is not supported"]),
        ("surname_l['part'] = 'x'", &["fields of a struct"]),
        (
            "cast(surname_l as blob) = 1",
            &["this type is not supported", "TIMESTAMP"],
        ),
        (
            "levenshtein(surname_l) < 1",
            &["levenshtein does not take 1 arguments"],
        ),
        (
            "try_strptime(surname_l, '%Q') is null",
            &["%Q is not supported", "%Y"],
        ),
        (
            "try_strptime(surname_l, surname_r) is null",
            &["date format must be a constant"],
        ),
        (
            "regexp_extract(surname_l, '(', 0) = 'x'",
            &["pattern \"(\" cannot be read"],
        ),
        (
            "regexp_extract(surname_l, '(a{1000}){1000}') = 'x'",
            &["is too large"],
        ),
        (
            "date_diff('week', surname_l, surname_r) < 1",
            &["'day', 'month' or 'year'"],
        ),
        (
            "surname_l = surname_r surname_l",
            &["an operator or the end of the SQL"],
        ),
        ("ELSE", &["ELSE must be the last level"]),
    ];
    for (sql, pieces) in cases {
        assert_refused(&model_with(&level(sql)), &[pieces, &[where_it_is]].concat());
    }
}

#[test]
fn probabilities_that_splink_does_not_take_are_refused() {
    for (m, piece) in [
        (json!(0), "m_probability is 0; it must be from 1e-300"),
        (json!(-0.5), "m_probability is -0.5"),
        (json!(1.5), "m_probability is 1.5"),
        (json!(1e-301), "1e-300"),
        (
            json!("a lot"),
            "m_probability is \"a lot\", which is not a number",
        ),
        (json!([1]), "which is not a number"),
    ] {
        let mut level = level("surname_l = surname_r");
        level["m_probability"] = m.clone();
        assert_refused(&model_with(&level), &[piece]);
        level["u_probability"] = m;
        level["m_probability"] = json!(0.5);
        assert!(read(&model_with(&level)).is_err());
    }
    for prior in [json!(0), json!(1), json!(-1), json!(2)] {
        let mut model = model_with(&level("surname_l = surname_r"));
        model["probability_two_random_records_match"] = prior;
        assert_refused(
            &model,
            &[
                "probability_two_random_records_match",
                "above 0 and below 1",
            ],
        );
    }
    let huge = model_with(&level("surname_l = surname_r"))
        .to_string()
        .replace("0.9", "1e999");
    assert!(matches!(Model::from_json(&huge), Err(ModelError::Json(_))));
}

#[test]
fn a_probability_that_is_missing_is_the_one_that_splink_starts_from() {
    let mut level = level("surname_l = surname_r");
    level["m_probability"] = json!(null);
    level["u_probability"] = json!("level not observed in training dataset");
    let model = read(&model_with(&level)).unwrap();
    let record = model.record([("surname", "Brama")]);
    let score = model.score(&record, &record, &Frequencies::none()).unwrap();
    let expected = (0.95_f64 / 1e-6).log2();
    assert!((score.parts[0].bits - expected).abs() < 1e-12);
}

#[test]
fn a_model_as_a_whole_is_checked() {
    let right = model_with(&level("surname_l = surname_r"));
    let mut spark = right.clone();
    spark["sql_dialect"] = json!("spark");
    assert_refused(&spark, &["sql_dialect", "spark is not supported", "duckdb"]);

    let mut without = right.clone();
    without["comparisons"] = json!([]);
    assert_refused(&without, &["comparisons", "at least one"]);

    let mut short = right.clone();
    short["comparisons"][0]["comparison_levels"]
        .as_array_mut()
        .unwrap()
        .remove(1);
    assert_refused(&short, &["comparison \"surname\"", "two levels"]);

    let mut unknown = right.clone();
    unknown["comparisons"][0]["comparison_levels"][1]["new_setting"] = json!(1);
    assert_refused(&unknown, &["unknown field `new_setting`"]);

    let mut kind = right.clone();
    kind["link_type"] = json!("everything");
    assert_refused(&kind, &["unknown variant `everything`"]);

    let mut rule = right.clone();
    rule["blocking_rules_to_generate_predictions"][0] = json!("surname_l = surname_r");
    assert_refused(&rule, &["blocking rule 1", "l.name or r.name"]);

    let mut frequency = right;
    frequency["comparisons"][0]["comparison_levels"][1]["sql_condition"] =
        json!("levenshtein(surname_l, surname_r) < 2");
    frequency["comparisons"][0]["comparison_levels"][1]["tf_adjustment_column"] = json!("surname");
    assert_refused(&frequency, &["exact match on surname alone"]);

    for text in ["", "null", "[]", "{}", "{\"comparisons\": 1}", "\u{feff}{"] {
        assert!(
            matches!(Model::from_json(text), Err(ModelError::Json(_))),
            "{text}"
        );
    }
}

#[test]
fn no_nesting_exhausts_the_stack() {
    let json = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(Model::from_json(&json).is_err());
    let deep = 9_000;
    for sql in [
        format!("{}1{} = 1", "(".repeat(deep), ")".repeat(deep)),
        format!("{}true", "not ".repeat(deep / 2)),
        format!("{}1 = 1", "- ".repeat(deep)),
        format!("1{} = 1", " + 1".repeat(deep / 2)),
        format!("surname_l{} = 1", "[1]".repeat(deep / 2)),
        format!("surname_l{}", " is null".repeat(deep / 5)),
        format!("1{} = 1", "::int".repeat(deep / 3)),
        format!("{}1{} = 1", "[".repeat(deep), "]".repeat(deep)),
        format!("{}1{} = 1", "abs(".repeat(3000), ")".repeat(3000)),
        format!("{}1", "case when ".repeat(1500)),
        format!("{}x", "list_transform(surname_l, x -> ".repeat(500)),
        format!("{}1{}", "(".repeat(40), " between 0 and 1)".repeat(40)),
        format!("{}1{}", "(".repeat(40), " in (0, 1, 2))".repeat(40)),
        "x".repeat(100_000),
    ] {
        assert!(read(&model_with(&level(&sql))).is_err(), "{sql:.40}");
    }
    // Many conditions side by side are no nesting.
    let sql = vec!["surname_l = surname_r"; 600].join(" and ");
    assert!(read(&model_with(&level(&sql))).is_ok());
}

#[test]
fn values_of_another_kind_are_an_error_of_the_pair() {
    let model = read(&model_with(&level("levenshtein(surname_l, surname_r) < 2"))).unwrap();
    let text = model.record([("surname", Value::from("Brama"))]);
    let number = model.record([("surname", Value::from(1_i64))]);
    let error = model
        .score(&text, &number, &Frequencies::none())
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("comparison \"surname\", level \"alike\""),
        "{error}"
    );
    assert!(
        error.contains("an integer is used where text is needed"),
        "{error}"
    );

    let other = Model::from_json(CUSTOM).unwrap();
    let foreign = other.record([("given", "Brama")]);
    let small = read(&model_with(&level("surname_l = surname_r"))).unwrap();
    assert!(
        other
            .score(
                &small.record([("surname", "x")]),
                &foreign,
                &Frequencies::none()
            )
            .is_err()
    );
}

#[test]
fn without_an_else_level_a_pair_may_have_no_score() {
    let mut model = model_with(&level("surname_l = surname_r"));
    model["comparisons"][0]["comparison_levels"][2]["sql_condition"] = json!("surname_l = 'x'");
    let model = read(&model).unwrap();
    let (a, b) = (
        model.record([("surname", "Brama")]),
        model.record([("surname", "Sheku")]),
    );
    assert!(model.score(&a, &a, &Frequencies::none()).is_ok());
    let error = model
        .score(&a, &b, &Frequencies::none())
        .unwrap_err()
        .to_string();
    assert!(error.contains("no level holds"), "{error}");
}

/// Pieces of SQL that can stand side by side in a condition.
fn piece() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "surname_l",
        "surname_r",
        "\"surname_l\"",
        "'x'",
        "''",
        "1",
        "0.5",
        "-",
        "+",
        "*",
        "/",
        "||",
        "=",
        "<>",
        "<=",
        "(",
        ")",
        "[",
        "]",
        ",",
        "and",
        "or",
        "not",
        "is",
        "null",
        "is null",
        "in (",
        "between",
        "like",
        "case",
        "when",
        "then",
        "else",
        "end",
        "::",
        "cast(",
        "as",
        "int",
        "date",
        "levenshtein(",
        "jaro_winkler_similarity(",
        "try_strptime(",
        "'%Y-%m-%d'",
        "regexp_extract(",
        "'[a-'",
        "list_transform(",
        "x",
        "->",
        "lambda x:",
        "substr(",
        "epoch(",
        "coalesce(",
        "list_max(",
        "array_length(",
        "true",
        "99999999999999999999",
        "1e308",
    ]);
    prop_oneof![9 => known.prop_map(str::to_owned), 1 => any::<String>()]
}

proptest! {
    #[test]
    fn no_condition_makes_the_model_panic(
        pieces in prop::collection::vec(piece(), 0..14),
        values in prop::collection::vec(any::<String>(), 2),
    ) {
        let mut json = model_with(&level(&pieces.join(" ")));
        for blocking in [false, true] {
            if blocking {
                let rule = pieces.join(" ").replace("surname_l", "l.surname");
                let rule = rule.replace("surname_r", "r.surname");
                json = model_with(&level("surname_l = surname_r"));
                json["blocking_rules_to_generate_predictions"][0] = json!(rule);
            }
            if let Ok(model) = read(&json) {
                let a = model.record([("surname", values[0].as_str())]);
                let b = model.record([("surname", Value::List(vec![values[1].as_str().into()]))]);
                for (left, right) in [(&a, &a), (&a, &b), (&b, &b)] {
                    _ = model.score(left, right, &Frequencies::none());
                    _ = model.blocking_rules()[0].admits(left, right);
                    _ = model.blocking_rules()[0].left_keys(left);
                }
            }
        }
    }

    #[test]
    fn no_pattern_makes_the_model_panic(pattern in "[\\[\\]^a\\-\\\\dwb{},0-9|()?*:&~.$]{0,12}") {
        let pattern = pattern.replace('\'', "''");
        let sql = format!("regexp_extract(surname_l, '{pattern}', 0) = surname_r");
        if let Ok(model) = read(&model_with(&level(&sql))) {
            let a = model.record([("surname", "a1-b")]);
            prop_assert!(model.score(&a, &a, &Frequencies::none()).is_ok());
        }
    }

    #[test]
    fn no_damage_to_the_json_makes_the_model_panic(
        place in 0..CUSTOM.len(), cut in 0..40_usize, new in any::<String>(),
    ) {
        let start = CUSTOM.floor_char_boundary(place);
        let end = CUSTOM.floor_char_boundary((place + cut).min(CUSTOM.len()));
        let (before, after) = (CUSTOM.split_at(start).0, CUSTOM.split_at(end).1);
        let damaged = format!("{before}{new}{after}");
        if let Ok(model) = Model::from_json(&damaged) {
            let record = model.record([("given", "Brama"), ("dob", "1980-01-02")]);
            _ = model.score(&record, &record, &model.frequencies([&record]));
        }
    }
}

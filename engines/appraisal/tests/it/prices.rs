//! Prices of other years, and corrections for optimism.

use serde_json::{Value, json};
use stour_appraisal::{Case, appraise};
use stour_kernel::Pence;

use crate::document;

fn example(changes: &[(&str, &str)]) -> String {
    let mut text = document("reablement.toml");
    for (old, new) in changes {
        assert!(text.contains(old), "{old}");
        text = text.replacen(old, new, 1);
    }
    text
}

fn worked(text: &str) -> Value {
    let case = Case::read(text).unwrap_or_else(|wrong| panic!("{wrong}"));
    serde_json::to_value(appraise(&case).unwrap()).unwrap()
}

fn line<'v>(found: &'v Value, id: &str) -> &'v Value {
    let lines = found["lines"].as_array().unwrap();
    lines.iter().find(|line| line["id"] == id).unwrap()
}

#[test]
fn real_amounts_are_shown_in_cash_by_the_named_series() {
    let found = worked(&document("reablement.toml"));
    let years = found["nominal"]["years"]["value"].as_array().unwrap();
    // 2027/28: 248,826.08 + 89,739.09 + 30,000 − 242,000 = 126,565.17; × 1.02.
    assert_eq!(years[1]["real"], 12_656_517);
    assert_eq!(years[1]["nominal"], 12_909_647);
    let deflator = found["nominal"]["deflator"].as_str().unwrap();
    assert!(deflator.starts_with("Made-up prices"), "{deflator}");
}

#[test]
fn without_a_series_cash_is_not_known_and_says_why() {
    let text = document("programme-2013.toml");
    let found = worked(&text);
    assert_eq!(found["nominal"]["years"]["value"], Value::Null);
    assert_eq!(
        found["nominal"]["years"]["why_not"],
        "the case brings no [deflator]"
    );
}

#[test]
fn cash_is_brought_to_the_prices_of_the_case() {
    let found = worked(&example(&[(
        "price_base = 2026\namounts = { 2026 = \"£180,000.00\"",
        "price_base = \"cash\"\namounts = { 2026 = \"£180,000.00\"",
    )]));
    let amounts: Vec<&Value> = (0..3)
        .map(|at| &line(&found, "team")["cells"][at]["amount"])
        .collect();
    // £242,000 ÷ 1.02 and ÷ 1.045.
    assert_eq!(
        amounts,
        [&json!(19_800_000), &json!(23_725_490), &json!(23_157_895)]
    );
}

#[test]
fn optimism_bias_by_type_of_project_goes_from_the_upper_to_the_lower_bound() {
    let stated = "optimism_bias = { percent = 10, source = \"made up\" }";
    for (project, measure, managed, rate) in [
        ("standard-buildings", "capital-cost", 0.5, 0.13),
        ("equipment-development", "capital-cost", 0.0, 2.0),
        ("equipment-development", "capital-cost", 1.0, 0.1),
        ("outsourcing", "operating-cost", 0.25, 0.3075),
    ] {
        let by_project = format!(
            "optimism_bias = {{ vintage = \"mott-macdonald-2002\", project = \"{project}\", measure = \"{measure}\", managed = {managed} }}"
        );
        let found = worked(&example(&[(stated, &by_project)]));
        let told = line(&found, "team")["optimism_bias"]["rate"]
            .as_f64()
            .unwrap();
        assert!((told - rate).abs() < 1e-12, "{project}: {told}");
    }
    for (wrong, reason) in [
        (
            "{ vintage = \"mott-macdonald-2002\", project = \"a-castle\", measure = \"capital-cost\", managed = 0 }",
            "has no project type",
        ),
        (
            "{ vintage = \"mott-macdonald-2002\", project = \"outsourcing\", measure = \"capital-cost\", managed = 0 }",
            "has no such bounds",
        ),
        (
            "{ vintage = \"mott-macdonald-2002\", project = \"outsourcing\", measure = \"operating-cost\", managed = 2 }",
            "0 to 1",
        ),
        (
            "{ vintage = \"mott-macdonald-2002\", project = \"standard-buildings\", measure = \"works-duration\", managed = 0 }",
            "lengthens a plan",
        ),
        (
            "{ project = \"outsourcing\" }",
            "needs vintage, measure and managed",
        ),
        ("{ percent = 10 }", "needs its source"),
        ("{ }", "is one of"),
        ("{ percent = -5, source = \"made up\" }", "from 0%"),
    ] {
        let text = example(&[(stated, &format!("optimism_bias = {wrong}"))]);
        let refused = Case::read(&text).expect_err(wrong);
        assert!(refused.to_string().contains(reason), "{wrong}: {refused}");
    }
}

#[test]
fn optimism_bias_by_evidence_needs_the_table_of_the_case() {
    let stated = "optimism_bias = { percent = 25, source = \"made up\" }";
    let by_evidence = "optimism_bias = { by_evidence = true }";
    let refused = Case::read(&example(&[(stated, by_evidence)])).unwrap_err();
    assert!(
        refused
            .to_string()
            .contains("paste the table of your guidance"),
        "{refused}"
    );
    let table = "[optimism_by_evidence]\nname = \"Ours\"\nsource = \"made up\"\ndated = \"2026-01-01\"\nlevel = [{ level = 2, percent = 30 }]\n\n[[partner]]\nid = \"council\"";
    let found = worked(&example(&[
        (stated, by_evidence),
        ("[[partner]]\nid = \"council\"", table),
    ]));
    let told = &line(&found, "bed-days")["optimism_bias"];
    assert_eq!(told["rate"], 0.3);
    assert!(
        told["source"]
            .as_str()
            .unwrap()
            .contains("evidence of level 2"),
        "{told}"
    );
    let other = table.replace("level = 2", "level = 3");
    let refused = Case::read(&example(&[
        (stated, by_evidence),
        ("[[partner]]\nid = \"council\"", &other),
    ]))
    .unwrap_err();
    assert!(
        refused.to_string().contains("no row for level 2"),
        "{refused}"
    );
}

#[test]
fn amounts_are_read_as_text_or_pounds() {
    let pence = |amount: &str| {
        let text = example(&[("2026 = \"£180,000.00\"", &format!("2026 = {amount}"))]);
        Case::read(&text).map(|case| appraise(&case).unwrap().lines[2].cells[0].amount)
    };
    for same in ["\"£180,000.00\"", "\"180000\"", "180000", "180000.00"] {
        assert_eq!(pence(same).unwrap(), Pence::new(19_800_000), "{same}");
    }
    for wrong in [
        "\"\"",
        "0.001",
        "1e300",
        "\"£99,999,999,999.00\"",
        "true",
        "nan",
    ] {
        assert!(pence(wrong).is_err(), "{wrong}");
    }
}

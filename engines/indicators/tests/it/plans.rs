//! Definitions that cannot be counted by are refused with what is wrong.

use std::collections::BTreeMap;

use serde::Deserialize;
use stour_indicators::{Definition, Plan, PlanError, Rule, Selector, Vocabulary};

#[derive(Deserialize)]
struct Written {
    #[serde(default)]
    select: BTreeMap<String, Selector>,
    rule: Rule,
}

fn planned(text: &str) -> Result<Plan, PlanError> {
    let written: Written = toml::from_str(text).unwrap();
    let definition = Definition {
        id: "it".to_owned(),
        select: written.select,
        rule: written.rule,
    };
    Plan::new(&[definition], &Vocabulary::default(), |_, _| Vec::new())
}

fn refused(text: &str) -> String {
    planned(text).unwrap_err().to_string()
}

#[test]
fn a_name_that_is_not_there_is_told_whichever_list_has_it() {
    let told = "it counts \"x\", which it does not define: add [select.x]";
    for rule in [
        r#"kind = "events", count = ["x"]"#,
        r#"kind = "events", count = [], unless = { any = ["x"], days = 1 }"#,
        r#"kind = "share", whole = ["x"], part = []"#,
        r#"kind = "share", whole = [], part = ["x"]"#,
        r#"kind = "people", count = ["x"]"#,
        r#"kind = "days", count = ["x"]"#,
        r#"kind = "open", whole = ["x"]"#,
        r#"kind = "open", whole = [], part = ["x"]"#,
        r#"kind = "follow", from = ["x"], then = [], within = { from = 0, to = 1 }"#,
        r#"kind = "follow", from = [], then = ["x"], within = { from = 0, to = 1 }"#,
        r#"kind = "follow", from = [], then = [], within = { from = 0, to = 1 }, linked = { to = ["x"], within = { from = 0, to = 0 } }"#,
        r#"kind = "follow", from = [], then = [], within = { from = 0, to = 1 }, unless = { any = ["x"], days = 1 }"#,
    ] {
        assert_eq!(refused(&format!("rule = {{ {rule} }}")), told, "{rule}");
    }
    let lists = [
        "stay",
        "died",
        "moved_on",
        "with",
        "care_home",
        "elsewhere",
        "with_died",
        "with_care_home",
        "with_moved_away",
    ];
    for wrong in lists {
        let line = |list: &str| {
            let names = if list == wrong { "[\"x\"]" } else { "[]" };
            format!("{list} = {names}")
        };
        let rule = "[rule]\nkind = \"home\"\nwindow_before = 3\nwindow_after = 7\nage_from = 65\ndays = 91";
        let text = format!("{rule}\n{}", lists.map(line).join("\n"));
        assert_eq!(refused(&text), told, "{wrong}");
    }
}

#[test]
fn a_selector_that_nothing_names_is_told() {
    for rule in [
        r#"kind = "events", count = []"#,
        r#"kind = "deaths""#,
        r#"kind = "formula", of = "{a} / {b}""#,
    ] {
        assert_eq!(
            refused(&format!(
                "rule = {{ {rule} }}\nselect.x = {{ kind = \"spell\" }}"
            )),
            "it defines \"x\" and never uses it: take [select.x] away"
        );
    }
}

#[test]
fn a_span_that_ends_before_it_begins_is_told() {
    let follow = |within: &str, linked: &str| {
        format!(
            "rule = {{ kind = \"follow\", from = [], then = [], within = {{ {within} }}, linked = {{ to = [], within = {{ {linked} }} }} }}"
        )
    };
    assert!(planned(&follow("from = 0, to = 0", "from = -1, to = -1")).is_ok());
    let told = |from, to| {
        format!("it looks from day {from} to day {to}: the first comes after the second")
    };
    assert_eq!(
        refused(&follow("from = 1, to = 0", "from = 0, to = 0")),
        told(1, 0)
    );
    assert_eq!(
        refused(&follow("from = 0, to = 0", "from = 0, to = -1")),
        told(0, -1)
    );
}

#[test]
fn people_are_counted_over_a_month_at_least_and_ten_years_at_most() {
    let over = |over: i32| {
        planned(&format!(
            "rule = {{ kind = \"people\", count = [], over = {over} }}"
        ))
    };
    for months in [1, 12, 120] {
        assert!(over(months).is_ok());
    }
    for months in [i32::MIN, -1, 0, 121, i32::MAX] {
        assert_eq!(
            over(months).unwrap_err(),
            PlanError::Over {
                indicator: "it".to_owned(),
                over: months
            }
        );
    }
}

#[test]
fn the_first_definition_that_is_wrong_is_named() {
    let definition = |id: &str, over| Definition {
        id: id.to_owned(),
        select: BTreeMap::new(),
        rule: toml::from_str(&format!("kind = \"people\"\ncount = []\nover = {over}")).unwrap(),
    };
    let definitions = [
        definition("one", 1),
        definition("two", 0),
        definition("three", 0),
    ];
    let error = Plan::new(&definitions, &Vocabulary::default(), |_, _| Vec::new()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "two counts people over 0 months: it must be from 1 to 120"
    );
}

//! Conditions: what they say, how they bind, and what is no condition.

use std::fmt::Write as _;

use stour_guidance::Flow;

use crate::{answers, flow, leads, outcome};

const QUESTIONS: &str = r#"
[[question]]
id = "kind"
type = "choice"
ask = "Kind?"
then = "parts"
option = [{ id = "a", label = "A" }, { id = "b", label = "B" }, { id = "c", label = "C" }]

[[question]]
id = "parts"
type = "several"
ask = "Parts?"
required = false
then = "sure"
option = [{ id = "x", label = "X" }, { id = "y", label = "Y" }, { id = "z", label = "Z" }, { id = "none", label = "None", alone = true }]

[[question]]
id = "sure"
type = "yes-no"
ask = "Sure?"
then = "people"

[[question]]
id = "people"
type = "number"
ask = "People?"
then = "savings"

[[question]]
id = "savings"
type = "money"
ask = "Savings?"
required = false
then = "day"

[[question]]
id = "day"
type = "date"
ask = "Day?"
required = false
then = "place"

[[question]]
id = "place"
type = "postcode"
ask = "Place?"
required = false
then = "end"
"#;

/// The flow whose last question leads to `yes` when a condition holds.
fn with(condition: &str) -> Result<Flow, String> {
    let value = "\n[[value]]\nid = \"twice\"\nis = \"people * 2\"\n[[value]]\nid = \"wealth\"\nis = \"savings + £100.50\"\n";
    let route = format!("[[question.route]]\nwhen = \"{condition}\"\nto = \"yes\"\n");
    let text = flow(&format!(
        "{QUESTIONS}{route}{value}{}{}",
        outcome("yes"),
        outcome("end")
    ));
    Flow::read(&text).map_err(|mistakes| mistakes.to_string())
}

fn holds(condition: &str, all: &[(&str, &[&str])]) -> bool {
    let flow = with(condition).unwrap_or_else(|mistakes| panic!("{condition}: {mistakes}"));
    match leads(&flow, &answers(all)).as_str() {
        "yes" => true,
        "end" => false,
        other => panic!("{condition}: {other}"),
    }
}

const GIVEN: [(&str, &[&str]); 7] = [
    ("kind", &["b"]),
    ("parts", &["x", "z"]),
    ("sure", &["no"]),
    ("people", &["3"]),
    ("savings", &["£23,250"]),
    ("day", &["2026-11-04"]),
    ("place", &["bh8 9rn"]),
];

#[test]
fn conditions_hold_as_they_read() {
    let all = [
        ("kind is b", true),
        ("kind is not b", false),
        ("kind is one of (a, b)", true),
        ("kind is not one of (a, c)", true),
        ("parts includes x", true),
        ("parts includes y", false),
        ("parts includes any of (y, z)", true),
        ("count(parts) = 2", true),
        ("sure", false),
        ("sure is no", true),
        ("not sure", true),
        ("not not sure", false),
        ("people >= 3 and people <= 3 and people = 3", true),
        ("people > 3 or people < 3", false),
        ("twice = 6", true),
        ("people + 1 - 2 * 2 = 0", true),
        ("(people + 1 - 2) * 2 = 4", true),
        ("savings > £23,249.99", true),
        ("savings * 2 = £46,500", true),
        ("wealth - £100.50 = savings", true),
        ("day >= 2026-11-04", true),
        ("day > today", true),
        ("days until(day) = 2", true),
        ("days until(day) - 3 < 0", true),
        ("answered(place)", true),
        ("all of (kind is b, sure is no, people = 3)", true),
        ("any of (kind is a, sure)", false),
        ("at least 2 of (kind is b, sure, people = 3)", true),
        ("at least 3 of (kind is b, sure, people = 3)", false),
        ("count(kind is b, sure, people = 3) = 2", true),
        // and binds more than or, not more than both.
        ("sure and sure or kind is b", true),
        ("sure and (sure or kind is b)", false),
        ("not sure or kind is b and sure", true),
    ];
    for (condition, expected) in all {
        assert_eq!(holds(condition, &GIVEN), expected, "{condition}");
    }
}

#[test]
fn what_was_not_answered_makes_no_comparison_true() {
    let given: [(&str, &[&str]); 7] = [
        ("kind", &["a"]),
        ("parts", &[]),
        ("sure", &["yes"]),
        ("people", &["0"]),
        ("savings", &[]),
        ("day", &[]),
        ("place", &[]),
    ];
    for condition in [
        "savings >= £0",
        "savings < £1",
        "wealth > £0",
        "day <= today",
        "days until(day) < 5",
        "parts includes x",
        "count(parts) > 0",
        "answered(savings)",
        "answered(place)",
        "answered(parts)",
    ] {
        assert!(!holds(condition, &given), "{condition}");
        assert!(
            holds(&format!("not ({condition})"), &given),
            "not {condition}"
        );
    }
    assert!(holds("count(parts) = 0", &given));
}

#[test]
fn sums_that_do_not_fit_hold_nothing() {
    let given: Vec<(&str, &[&str])> = GIVEN
        .iter()
        .copied()
        .map(|(name, given)| {
            if name == "people" {
                (name, &["1000000"][..])
            } else {
                (name, given)
            }
        })
        .collect();
    let mut huge = "people".to_owned();
    for _ in 0..4 {
        huge = format!("{huge} * 1000000");
    }
    assert!(!holds(&format!("{huge} > 0"), &given));
    assert!(!holds(&format!("{huge} <= 0"), &given));
}

#[test]
fn what_is_no_condition_is_told() {
    let all = [
        ("", "ends too early"),
        ("kind", "write which answer"),
        ("kind is", "ends too early"),
        ("kind is d", "no option \\\"d\\\""),
        ("kind is a b", "nothing more was expected"),
        ("parts", "several answers"),
        ("parts is x", "several answers"),
        ("parts includes w", "no option"),
        (
            "people",
            "a condition holds or does not, and this is a number",
        ),
        ("people > £3", "cannot be compared"),
        ("people > savings", "cannot be compared"),
        ("savings + people > £3", "only numbers with numbers"),
        ("savings * savings > £3", "multiplied by a number"),
        ("day + 3 > today", "only numbers with numbers"),
        ("days until(people) > 3", "until a date"),
        ("place is b", "answered(place)"),
        ("answered(twice)", "no question"),
        ("unknown > 3", "no question and no earlier value"),
        ("Kind is a", "small letters"),
        ("kind is a &", "no place in a condition"),
        ("at least 4 of (sure, sure)", "4 are asked for"),
        ("at least sure of (sure)", "how many"),
        ("all of sure", "is missing"),
        ("(sure", "is missing"),
        ("sure)", "nothing more was expected"),
        ("people > 99999999999999999999", "too large"),
        ("day > 2026-02-30", "no date"),
        ("savings > £1,2", "no amount"),
        ("count(people) > 1", "one part is a number"),
        ("sure and people", "one part is a number"),
        ("sure > sure", "cannot be compared"),
    ];
    for (condition, says) in all {
        let told = with(condition).expect_err(condition);
        let says = says.replace('\\', "");
        assert!(told.contains(&says), "{condition}: {told}");
    }
    let deep = format!("{}sure{}", "(".repeat(200), ")".repeat(200));
    assert!(with(&deep).unwrap_err().contains("nested too deeply"));
    let long = vec!["sure"; 1_000].join(" and ");
    assert!(with(&long).unwrap_err().contains("2000 characters"));
    // Many at one height are not deep.
    assert!(with(&vec!["(sure)"; 150].join(" and ")).is_ok());
}

#[test]
fn values_that_multiply_each_other_do_not_take_for_ever() {
    let mut values = "\n[[value]]\nid = \"v0\"\nis = \"people + people\"\n".to_owned();
    for number in 1..60 {
        let before = number - 1;
        write!(
            values,
            "[[value]]\nid = \"v{number}\"\nis = \"v{before} + v{before}\"\n"
        )
        .unwrap();
    }
    let text = flow(&format!("{QUESTIONS}{values}{}", outcome("end")));
    let told = Flow::read(&text).unwrap_err().to_string();
    assert!(told.contains("too many steps"), "{told}");
}

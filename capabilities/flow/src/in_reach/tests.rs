//! What the rules of suggestions say, and which files of them are refused.

use std::collections::BTreeSet;

use stour_kernel::Date;

use super::alert::is_near;
use super::suggest::{Carers, Known, read, rules, suggestions};

fn today() -> Date {
    Date::constant(2026, 11, 24)
}

/// Somebody of whom nothing suggests anything.
fn nothing() -> Known {
    Known {
        organisation: "RDY".parse().unwrap(),
        packages: Vec::new(),
        reason: None,
        waits: BTreeSet::new(),
        carers: Carers::Sure,
        has_about_me: true,
        is_near: false,
    }
}

fn found(known: &Known) -> Vec<String> {
    let all = suggestions(known, &[], today()).unwrap();
    all.into_iter().map(|one| one.rule.id.to_string()).collect()
}

#[test]
fn each_rule_holds_where_its_conditions_do() {
    assert_eq!(found(&nothing()), Vec::<String>::new());
    let package = || vec!["Homecare".to_owned()];
    let reason = |code: &str| Some(code.to_owned());
    let waits = |code: &str| BTreeSet::from([code.to_owned()]);
    let cases: [(Known, &[&str]); 10] = [
        (
            Known {
                packages: package(),
                ..nothing()
            },
            &["package-open"],
        ),
        (
            Known {
                packages: package(),
                reason: reason("CA11"),
                ..nothing()
            },
            &["package-open", "package-restart"],
        ),
        // Without care that goes on there is none to start again.
        (
            Known {
                reason: reason("CA11"),
                ..nothing()
            },
            &[],
        ),
        (
            Known {
                reason: reason("IP1"),
                ..nothing()
            },
            &["reablement"],
        ),
        // A council does not provide reablement here.
        (
            Known {
                organisation: "E06000058".parse().unwrap(),
                reason: reason("IP1"),
                ..nothing()
            },
            &[],
        ),
        (
            Known {
                waits: waits("equipment"),
                ..nothing()
            },
            &["equipment-waited"],
        ),
        (
            Known {
                carers: Carers::None,
                ..nothing()
            },
            &["carer-unknown"],
        ),
        (
            Known {
                carers: Carers::Unsure,
                ..nothing()
            },
            &["carer-unsure"],
        ),
        (
            Known {
                has_about_me: false,
                ..nothing()
            },
            &["about-me"],
        ),
        (
            Known {
                is_near: true,
                ..nothing()
            },
            &["home-soon"],
        ),
    ];
    for (known, expected) in cases {
        assert_eq!(found(&known), expected, "{known:?}");
    }
}

#[test]
fn every_rule_says_whose_it_is_and_that_it_is_not_agreed() {
    for rule in rules().unwrap() {
        assert!(
            rule.source
                .starts_with("The partnership's own, to be agreed")
        );
        assert!(rule.status.needs_warning(), "{}", rule.id);
    }
}

#[test]
fn a_file_of_rules_that_is_wrong_is_refused_with_the_reason() {
    let rule = |conditions: &str, kind: &str| {
        format!(
            "[[suggestion]]\nid = \"one\"\n{conditions}\nkind = \"{kind}\"\nsays = \"Do\"\nstarts = \"2026-01-01\"\nstatus = \"local\"\nsource = \"Us\"\n"
        )
    };
    let right = rule("near = true", "home");
    assert_eq!(read(&right).unwrap().len(), 1);
    let twice = format!("{right}{right}");
    let cases = [
        (rule("", "home"), "has no condition"),
        (rule("about_me = true", "home"), "has no condition"),
        (
            rule("near = true", "house"),
            "in-reach-kind has no code house",
        ),
        (
            rule("reasons = [\"ZZ9\"]", "home"),
            "delay-reason has no code ZZ9",
        ),
        (
            rule("waits = [\"taxi\"]", "home"),
            "awaited-kind has no code taxi",
        ),
        (
            rule("services = [\"taxi\"]", "home"),
            "no onward service taxi",
        ),
        (rule("carer = \"some\"", "home"), "unknown variant"),
        (rule("ready = true", "home"), "unknown field"),
        (right.replace("2026-01-01", "soon"), "starts"),
        (twice, "is there twice"),
    ];
    for (text, why) in cases {
        let said = read(&text).unwrap_err();
        assert!(said.contains(why), "{said} does not say {why}");
    }
}

#[test]
fn carers_are_sure_only_where_all_who_still_care_have_said_yes() {
    assert_eq!(Carers::of([], false), Carers::None);
    assert_eq!(Carers::of([], true), Carers::Unsure, "nobody was asked");
    assert_eq!(Carers::of(["yes", "yes"], false), Carers::Sure);
    assert_eq!(Carers::of(["yes"], true), Carers::Sure);
    for said in ["no", "with-support", "not-asked"] {
        assert_eq!(Carers::of(["yes", said], false), Carers::Unsure, "{said}");
    }
}

#[test]
fn today_and_tomorrow_are_near_and_no_other_day() {
    let tomorrow = today().tomorrow().unwrap();
    assert!(is_near(today(), today()) && is_near(tomorrow, today()));
    assert!(!is_near(today().yesterday().unwrap(), today()));
    assert!(!is_near(tomorrow.tomorrow().unwrap(), today()));
}

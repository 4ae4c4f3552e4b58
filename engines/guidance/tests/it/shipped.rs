//! The flows that the product ships, on every path.

use stour_guidance::{At, Flow, Path, Way};

use crate::{shipped, today};

const FLOWS: [&str; 7] = [
    "care-and-support",
    "carer",
    "coming-out-of-hospital",
    "help-tonight",
    "paying-for-care",
    "staying-at-home",
    "worried-about-someone",
];
const MOST: u64 = 500_000;

fn read(name: &str) -> Flow {
    Flow::read(&shipped(name)).unwrap_or_else(|mistakes| panic!("{name}:\n{mistakes}"))
}

#[test]
fn every_path_of_every_flow_ends_in_its_outcome_with_something_to_do() {
    for name in FLOWS {
        let flow = read(name);
        let mut taken = 0_u64;
        let paths = flow.walk(today(), MOST, |path| {
            taken += 1;
            // What is kept and read again leads to the same place.
            let answers = path.answers();
            let position = flow.position(&answers, today()).unwrap();
            assert_eq!(
                position.at,
                At::Outcome(path.outcome),
                "{name}: {answers:?}"
            );
            assert_eq!(position.trail, path.steps, "{name}");
            let said = flow.conclude(&position).unwrap();
            assert!(!said.next.is_empty(), "{name}: {answers:?}");
            for step in path.steps {
                let ids = step.answer.written();
                let urgent = step
                    .question
                    .choices
                    .iter()
                    .find(|one| ids.contains(&one.id) && one.urgent.is_some());
                if let Some(urgent) = urgent {
                    assert_eq!(urgent.urgent.as_ref(), Some(&path.outcome.id));
                    assert_eq!(
                        path.steps.last(),
                        Some(step),
                        "an urgent answer ends the flow"
                    );
                }
            }
            for reason in &said.reasons {
                let words = reason.plain();
                assert!(
                    !words.contains('{') && !words.contains("  "),
                    "{name}: {words}"
                );
            }
        });
        let paths = paths.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(paths.count, taken);
        println!(
            "{name}: {} paths, at most {} questions, {:?}",
            paths.count, paths.longest, paths.by_outcome
        );
        assert!(
            paths.never_taken.is_empty(),
            "{name}: {:?}",
            paths.never_taken
        );
        assert!(
            paths.never_offered.is_empty(),
            "{name}: {:?}",
            paths.never_offered
        );
        assert!(paths.by_outcome.values().all(|count| *count > 0), "{name}");
    }
}

#[test]
fn words_are_plain_and_nobody_is_told_that_they_may_not_ask() {
    for name in FLOWS {
        let flow = read(name);
        let warnings: Vec<String> = flow.warnings().iter().map(ToString::to_string).collect();
        assert!(warnings.is_empty(), "{name}:\n{}", warnings.join("\n"));
        let text = shipped(name).to_lowercase();
        for words in ["not eligible", "ineligible", "you do not qualify"] {
            assert!(!text.contains(words), "{name} says {words:?}");
        }
    }
}

#[test]
fn flows_lead_to_flows_that_there_are_and_call_only_national_numbers() {
    const NATIONAL: [&str; 8] = [
        "999",
        "111",
        "101",
        "105",
        "116 123",
        "0800 111 999",
        "0808 2000 247",
        "0800 1111",
    ];
    for name in FLOWS {
        for outcome in &read(name).outcomes {
            for step in &outcome.next {
                match &step.way {
                    Way::Flow(other) => assert!(FLOWS.contains(&other.as_str()), "{name}: {other}"),
                    Way::Call(number) => assert!(NATIONAL.contains(&number.as_str()), "{number}"),
                    Way::Page(page) => assert_eq!(page, "/paying-for-care"),
                    Way::Find(_) | Way::Ask => {}
                    Way::Link(link) => panic!("{name} links to {link}"),
                }
            }
        }
    }
}

/// What was answered, as the regulations read it and the engine does not.
fn ids(path: &Path<'_>, question: &str) -> Vec<String> {
    let step = path.steps.iter().find(|step| step.question.id == question);
    step.map(|step| step.answer.written()).unwrap_or_default()
}

#[test]
fn care_and_support_follows_the_regulations_on_every_path() {
    let flow = read("care-and-support");
    let ten = [
        "food", "washing", "toilet", "clothes", "safe", "clean", "people", "work", "places",
        "children",
    ];
    flow.walk(today(), MOST, |path| {
        let urgent = ids(path, "now") != ["no"];
        let young = ids(path, "health") == ["young"];
        let from_illness = ids(path, "health") != ["no"];
        let named: Vec<String> = ["care", "home", "life"]
            .into_iter()
            .flat_map(|one| ids(path, one))
            .filter(|id| id != "none")
            .collect();
        assert!(named.iter().all(|id| ten.contains(&id.as_str())));
        let unable = ids(path, "why").iter().any(|id| id != "none");
        let impact = ids(path, "impact").join("");
        let expected = if urgent {
            "urgent"
        } else if young {
            "young"
        } else if !from_illness {
            "other-help"
        } else if named.len() >= 2 && unable && impact == "lot" {
            "likely"
        } else if (named.len() >= 2 && impact != "little")
            || (!named.is_empty() && unable && impact == "lot")
        {
            "may"
        } else {
            "managing"
        };
        let found = if path.outcome.urgent {
            "urgent"
        } else {
            path.outcome.id.as_str()
        };
        assert_eq!(found, expected, "{:?}", path.answers());
    })
    .unwrap();
}

#[test]
fn a_carer_is_told_by_health_one_outcome_and_impact_on_every_path() {
    let flow = read("carer");
    flow.walk(today(), MOST, |path| {
        let asked = !ids(path, "impact").is_empty();
        if !asked {
            assert!(
                ["child", "young", "paid-work", "not-caring"].contains(&path.outcome.id.as_str())
                    || path.outcome.urgent
            );
            return;
        }
        let affected = ids(path, "health") != ["no"] || ids(path, "miss") != ["none"];
        let impact = ids(path, "impact").join("");
        let willing = ids(path, "willing").join("");
        let expected = if willing == "no" {
            "stopping"
        } else if affected && impact == "lot" {
            "likely"
        } else if affected || impact == "lot" || impact == "some" || willing == "with-help" {
            "may"
        } else {
            "less"
        };
        assert_eq!(path.outcome.id, expected, "{:?}", path.answers());
    })
    .unwrap();
}

#[test]
fn who_pays_changes_at_the_published_limits_to_the_penny() {
    let flow = read("paying-for-care");
    for (savings, expected) in [
        ("£14,250", "income"),
        ("£14,250.01", "share"),
        ("£23,250", "share"),
        ("£23,250.01", "full"),
        ("0", "income"),
    ] {
        let given = crate::answers(&[
            ("where", &["home"]),
            ("health", &["no"]),
            ("savings", &[savings]),
            ("home-owner", &["no"]),
        ]);
        assert_eq!(crate::leads(&flow, &given), expected, "{savings}");
    }
}

#[test]
fn what_a_flow_looks_up_is_a_word_of_a_need() {
    #[derive(serde::Deserialize)]
    struct List {
        need: Vec<Need>,
    }
    #[derive(serde::Deserialize)]
    struct Need {
        label: String,
        #[serde(default)]
        words: Vec<String>,
        #[serde(default)]
        says: Vec<String>,
    }
    let list: List = toml::from_str(&shipped("synonyms")).unwrap();
    let typed: Vec<String> = list
        .need
        .into_iter()
        .flat_map(|need| [vec![need.label], need.words, need.says].concat())
        .map(|words| words.to_lowercase())
        .collect();
    for name in FLOWS {
        for outcome in &read(name).outcomes {
            for step in &outcome.next {
                if let Way::Find(words) = &step.way {
                    assert!(typed.contains(words), "{name}: {words:?} means no need");
                }
            }
        }
    }
}

#[test]
fn somebody_under_18_is_led_to_help_for_their_age() {
    for (name, question) in [
        ("care-and-support", "health"),
        ("carer", "cares"),
        ("worried-about-someone", "age"),
    ] {
        let mut met = 0;
        read(name)
            .walk(today(), MOST, |path| {
                if ids(path, question) == ["young"] {
                    met += 1;
                    assert_eq!(path.outcome.id, "young", "{name}");
                }
            })
            .unwrap();
        assert!(met > 0, "{name}");
    }
}

#[test]
fn a_home_is_spoken_of_to_whoever_owns_one_and_may_need_a_care_home() {
    let flow = read("paying-for-care");
    flow.walk(today(), MOST, |path| {
        let answers = path.answers();
        let position = flow.position(&answers, today()).unwrap();
        let said = flow.conclude(&position).unwrap();
        let says = |words: &str| said.reasons.iter().any(|one| one.plain().contains(words));
        assert!(says("section 117"), "{answers:?}");
        let owns = ids(path, "home-owner") != ["no"];
        let unsure = ids(path, "where") == ["not-sure"];
        if owns && unsure {
            assert!(says("home may count"), "{answers:?}");
        }
    })
    .unwrap();
}

//! Flows at random, against a second reading of them that knows nothing of the engine.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use proptest::prelude::*;
use stour_guidance::{Answers, At, Flow};

use crate::{flow, outcome, today};

/// A condition on earlier questions.
#[derive(Debug, Clone)]
enum When {
    Is(usize, u8),
    Includes(usize, u8),
    Many(usize, u8),
    AtLeast(usize, i64),
    Not(Box<When>),
    Both(Box<When>, Box<When>),
    Either(Box<When>, Box<When>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// One of three.
    Choice,
    /// Any of three.
    Several,
    /// 0 to 100.
    Number,
}

#[derive(Debug, Clone)]
struct Asked {
    kind: Kind,
    required: bool,
    routes: Vec<(When, usize)>,
}

/// Where place `n` is: a question, or one of two outcomes after them.
fn name(place: usize, questions: usize) -> String {
    match place.checked_sub(questions) {
        None => format!("q{place}"),
        Some(0) => "end".to_owned(),
        Some(_) => "other".to_owned(),
    }
}

fn when_text(when: &When, kinds: &[Kind]) -> String {
    match when {
        When::Is(question, option)
        | When::Includes(question, option)
        | When::Many(question, option) => match kinds[*question] {
            Kind::Choice => format!("q{question} is o{option}"),
            Kind::Several if matches!(when, When::Many(..)) => {
                format!("count(q{question}) >= {option}")
            }
            Kind::Several => format!("q{question} includes o{option}"),
            Kind::Number => format!("q{question} > {}", i64::from(*option) * 30),
        },
        When::AtLeast(question, bound) => match kinds[*question] {
            Kind::Number => format!("q{question} >= {bound}"),
            _ => format!("answered(q{question})"),
        },
        When::Not(one) => format!("not ({})", when_text(one, kinds)),
        When::Both(one, other) => format!(
            "({}) and ({})",
            when_text(one, kinds),
            when_text(other, kinds)
        ),
        When::Either(one, other) => format!(
            "any of ({}, {})",
            when_text(one, kinds),
            when_text(other, kinds)
        ),
    }
}

fn text(asked: &[Asked]) -> String {
    let kinds: Vec<Kind> = asked.iter().map(|one| one.kind).collect();
    let count = asked.len();
    let mut text = String::new();
    let mut used = BTreeSet::from(["end".to_owned()]);
    for (place, one) in asked.iter().enumerate() {
        let of = match one.kind {
            Kind::Choice => "choice",
            Kind::Several => "several",
            Kind::Number => "number",
        };
        write!(text, "[[question]]\nid = \"q{place}\"\ntype = \"{of}\"\nask = \"Q?\"\nrequired = {}\nthen = \"{}\"\n",
            one.required,
            name(place + 1, count)
        ).unwrap();
        if one.kind == Kind::Number {
            text.push_str("most = 100\n");
        } else {
            text.push_str("option = [{ id = \"o0\", label = \"0\" }, { id = \"o1\", label = \"1\" }, { id = \"o2\", label = \"2\" }]\n");
        }
        for (when, to) in &one.routes {
            let to = name(*to, count);
            write!(
                text,
                "[[question.route]]\nwhen = \"{}\"\nto = \"{to}\"\n",
                when_text(when, &kinds)
            )
            .unwrap();
            used.insert(to);
        }
    }
    text.push_str(&outcome("end"));
    if used.contains("other") {
        text.push_str(&outcome("other"));
    }
    flow(&text)
}

/// What was answered on the way, read without the engine.
type Way = Vec<Option<Vec<String>>>;

fn read(asked: &Asked, given: Option<&Vec<String>>) -> Option<Vec<String>> {
    let given: Vec<String> = given?
        .iter()
        .map(|one| one.trim().to_owned())
        .filter(|one| !one.is_empty())
        .collect();
    let known = ["o0", "o1", "o2"];
    let fits = match asked.kind {
        _ if given.is_empty() => !asked.required,
        Kind::Choice => given.len() == 1 && known.contains(&given[0].as_str()),
        Kind::Several => given.iter().all(|one| known.contains(&one.as_str())),
        Kind::Number => {
            given.len() == 1
                && given[0]
                    .parse::<i64>()
                    .is_ok_and(|number| (0..=100).contains(&number))
        }
    };
    fits.then_some(given)
}

fn holds(when: &When, asked: &[Asked], way: &Way) -> bool {
    let given = |question: &usize| way[*question].clone().unwrap_or_default();
    let number = |question: &usize| {
        given(question)
            .first()
            .and_then(|text| text.parse::<i64>().ok())
    };
    match when {
        When::Is(question, option)
        | When::Includes(question, option)
        | When::Many(question, option) => match asked[*question].kind {
            Kind::Several if matches!(when, When::Many(..)) => {
                let set: BTreeSet<String> = given(question).into_iter().collect();
                set.len() >= usize::from(*option)
            }
            Kind::Choice | Kind::Several => given(question).contains(&format!("o{option}")),
            Kind::Number => number(question).is_some_and(|number| number > i64::from(*option) * 30),
        },
        When::AtLeast(question, bound) => match asked[*question].kind {
            Kind::Number => number(question).is_some_and(|number| number >= *bound),
            _ => !given(question).is_empty(),
        },
        When::Not(one) => !holds(one, asked, way),
        When::Both(one, other) => holds(one, asked, way) && holds(other, asked, way),
        When::Either(one, other) => holds(one, asked, way) || holds(other, asked, way),
    }
}

/// Where answers lead, and through which questions.
fn leads(asked: &[Asked], answers: &Answers) -> (Vec<usize>, usize) {
    let mut way: Way = vec![None; asked.len()];
    let (mut at, mut trail) = (0, Vec::new());
    while let Some(one) = asked.get(at) {
        let Some(answer) = read(one, answers.0.get(&format!("q{at}"))) else {
            break;
        };
        way[at] = Some(answer);
        trail.push(at);
        let route = one.routes.iter().find(|(when, _)| holds(when, asked, &way));
        at = route.map_or(at + 1, |(_, to)| *to);
    }
    (trail, at)
}

fn when(place: usize) -> impl Strategy<Value = When> {
    let leaf = prop_oneof![
        (0..=place, 0..3_u8).prop_map(|(question, option)| When::Is(question, option)),
        (0..=place, 0..3_u8).prop_map(|(question, option)| When::Includes(question, option)),
        (0..=place, 0..4_u8).prop_map(|(question, option)| When::Many(question, option.min(2))),
        (0..=place, 0..110_i64).prop_map(|(question, bound)| When::AtLeast(question, bound)),
    ];
    leaf.prop_recursive(2, 6, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|one| When::Not(Box::new(one))),
            (inner.clone(), inner.clone())
                .prop_map(|(one, other)| When::Both(Box::new(one), Box::new(other))),
            (inner.clone(), inner)
                .prop_map(|(one, other)| When::Either(Box::new(one), Box::new(other))),
        ]
    })
}

fn question(place: usize, count: usize) -> impl Strategy<Value = Asked> {
    let kind = prop_oneof![Just(Kind::Choice), Just(Kind::Several), Just(Kind::Number)];
    let routes = prop::collection::vec((when(place), place + 1..count + 2), 0..3);
    (kind, any::<bool>(), routes).prop_map(|(kind, required, routes)| Asked {
        kind,
        required,
        routes,
    })
}

fn questions() -> impl Strategy<Value = Vec<Asked>> {
    (1_usize..5).prop_flat_map(|count| {
        (0..count)
            .map(|place| question(place, count))
            .collect::<Vec<_>>()
    })
}

fn given() -> impl Strategy<Value = Vec<Vec<String>>> {
    let text = prop_oneof![
        Just("o0".to_owned()),
        Just("o1".to_owned()),
        Just("o2".to_owned()),
        Just(String::new()),
        Just(" ".to_owned()),
        (0..120_i64).prop_map(|number| number.to_string()),
        any::<String>(),
    ];
    prop::collection::vec(prop::collection::vec(text, 0..4), 0..5)
}

fn kept(given: &[Vec<String>]) -> Answers {
    let named = given
        .iter()
        .enumerate()
        .map(|(place, answer)| (format!("q{place}"), answer.clone()));
    Answers(named.collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_answers_lead_where_a_second_reading_says(asked in questions(), all in prop::collection::vec(given(), 1..12)) {
        let text = text(&asked);
        // Some questions may be jumped over by every answer that there is, but never by the words of the flow: each leads to the next.
        let flow = Flow::read(&text).map_err(|mistakes| TestCaseError::fail(format!("{mistakes}\n{text}")))?;
        for given in &all {
            // A comma in a number and letters for digits are the engine's own reading.
            prop_assume!(!given.iter().flatten().any(|text| text.contains(',') || text.trim().starts_with('+')));
            let answers = kept(given);
            let position = flow.position(&answers, today()).unwrap();
            let (trail, at) = leads(&asked, &answers);
            let found: Vec<String> = position.trail.iter().map(|step| step.question.id.clone()).collect();
            let expected: Vec<String> = trail.iter().map(|place| format!("q{place}")).collect();
            prop_assert_eq!(found, expected, "{}\n{:?}", text, answers);
            let id = match position.at {
                At::Question(question) => question.id.clone(),
                At::Outcome(outcome) => outcome.id.clone(),
            };
            prop_assert_eq!(id, name(at, asked.len()));
            // Carried over to itself, what was on the way stays on the way.
            let carried = flow.carry(&flow, &answers, today());
            let again = flow.position(&carried.kept, today()).unwrap();
            prop_assert_eq!(again.trail, position.trail);
        }
    }

    #[test]
    fn every_outcome_that_answers_can_reach_is_at_the_end_of_a_path(asked in questions(), all in prop::collection::vec(given(), 1..40)) {
        let text = text(&asked);
        let flow = Flow::read(&text).map_err(|mistakes| TestCaseError::fail(mistakes.to_string()))?;
        let mut trails = BTreeSet::new();
        let paths = flow.walk(today(), 100_000, |path| {
            let answers = path.answers();
            let (trail, at) = leads(&asked, &answers);
            assert_eq!(name(at, asked.len()), path.outcome.id);
            assert_eq!(trail.len(), path.steps.len());
            trails.insert((trail, at));
        });
        // Four questions of five sets and a dozen bounds each are many.
        prop_assume!(paths.is_ok());
        let paths = paths.unwrap();
        prop_assert_eq!(paths.by_outcome.values().sum::<u64>(), paths.count);
        for given in &all {
            let (trail, at) = leads(&asked, &kept(given));
            if at >= asked.len() {
                prop_assert!(trails.contains(&(trail.clone(), at)), "{:?} {} of {:?}\n{}", trail, at, given, text);
            }
        }
    }

    #[test]
    fn no_text_makes_the_engine_fall(text in any::<String>()) {
        let _ = Flow::read(&text);
        let _ = Flow::read(&flow(&text));
        let _ = stour_guidance::LightText::read(&text);
        let _ = stour_guidance::reading_age([text.as_str()]);
        let condition = toml::Value::String(text).to_string();
        let question = format!("[[question]]\nid = \"one\"\ntype = \"yes-no\"\nask = \"One?\"\nthen = \"end\"\n[[question.route]]\nwhen = {condition}\nto = \"end\"\n{}", outcome("end"));
        let _ = Flow::read(&flow(&question));
    }
}

use std::fmt::Write as _;

use proptest::prelude::*;
use toml::Value;

use super::LineDraft;
use crate::WORKED;
use crate::case::change::{Change, line_of};
use crate::case::frame::Frame;
use crate::document::read;

const REABLEMENT: &str = WORKED[0].text;

/// A document with its whole numbers as real ones, so that 1 and 1.0 are the same.
fn plain(value: Value) -> Value {
    match value {
        Value::Integer(whole) => Value::Float(whole.to_string().parse().unwrap()),
        Value::Array(items) => items.into_iter().map(plain).collect::<Vec<_>>().into(),
        Value::Table(table) => {
            let table = table.into_iter();
            Value::Table(table.map(|(key, value)| (key, plain(value))).collect())
        }
        other => other,
    }
}

fn values(text: &str) -> Value {
    plain(Value::Table(text.parse().unwrap()))
}

/// Opens each line in the form and saves it as it is.
fn opened_and_saved(text: &str) -> Vec<String> {
    let document: toml::Table = text.parse().unwrap();
    let frame = Frame::of(&document);
    let lines = document.get("line").and_then(Value::as_array);
    let saved = lines.into_iter().flatten().map(|line| {
        let id = line["id"].as_str().unwrap();
        let draft = LineDraft::of(line_of(&document, id).unwrap());
        let written = draft
            .line(&frame)
            .unwrap_or_else(|error| panic!("{error:?}"));
        Change::PutLine(id.to_owned(), written).apply(text).unwrap()
    });
    saved.collect()
}

#[test]
fn a_line_that_is_opened_and_saved_is_the_same_to_the_byte() {
    let mut lines = 0;
    for worked in WORKED {
        for saved in opened_and_saved(worked.text) {
            assert_eq!(saved, worked.text, "{}", worked.name);
            lines += 1;
        }
    }
    assert!(lines >= 10, "{lines}");
}

#[test]
fn a_cost_keeps_its_evidence() {
    let with = REABLEMENT.replace(
        "paid_by = { council",
        "evidence = \"none\"\npaid_by = { council",
    );
    read(&with).unwrap();
    assert!(opened_and_saved(&with).iter().all(|saved| *saved == with));
}

#[test]
fn a_form_that_is_blank_asks_for_what_a_line_needs_all_at_once() {
    let document: toml::Table = REABLEMENT.parse().unwrap();
    let frame = Frame::of(&document);
    let asked = |side: &str| {
        let mistakes = LineDraft::blank(side, &frame).line(&frame).unwrap_err();
        let fields = mistakes.all().iter().map(|error| error.field.clone());
        fields.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        asked("cost"),
        "id name layer intervention source optimism-percent optimism-source share-council amount-2026"
    );
    assert_eq!(
        asked("benefit"),
        "id name layer intervention source claims evidence optimism-percent optimism-source share-council amount-2026"
    );
}

#[test]
fn a_percentage_of_the_form_is_a_proportion_of_the_text() {
    let document: toml::Table = REABLEMENT.parse().unwrap();
    let frame = Frame::of(&document);
    let draft = LineDraft::of(line_of(&document, "home-care").unwrap());
    assert_eq!(draft.get("take_up"), "0; 30; 35");
    assert_eq!(draft.get("share-council"), "100");
    assert_eq!(draft.get("share-nhs"), "");
    assert_eq!(draft.get("optimism-percent"), "40");
    let mut draft = draft;
    draft.put("take_up", "12.5%; 7;35 %");
    let line = draft.line(&frame).unwrap();
    let wanted = [0.125, 0.07, 0.35].map(Some);
    let written = line["driver"]["take_up"].as_array().unwrap();
    let written: Vec<_> = written.iter().map(toml_edit::Value::as_float).collect();
    assert_eq!(written, wanted);
}

#[test]
fn every_field_that_is_no_number_is_told_at_once() {
    let document: toml::Table = REABLEMENT.parse().unwrap();
    let frame = Frame::of(&document);
    let mut draft = LineDraft::of(line_of(&document, "bed-days").unwrap());
    let wrong = [
        ("share-nhs", "all"),
        ("optimism-percent", "some"),
        ("cashable", "yes"),
        ("first_year", "next"),
        ("take_up", "30; x"),
        ("impact", "1 2"),
        ("unit_value", "much"),
        ("deadweight", "inf"),
        ("lag", "soon"),
    ];
    for (field, text) in wrong {
        draft.put(field, text);
    }
    let mistakes = draft.line(&frame).unwrap_err();
    let fields: Vec<&str> = mistakes
        .all()
        .iter()
        .map(|error| error.field.as_str())
        .collect();
    assert_eq!(fields, wrong.map(|(field, _)| field));
}

/// A proportion as somebody may write it.
fn part() -> impl Strategy<Value = f64> {
    prop_oneof![
        (0_u32..=1_000_000).prop_map(|part| f64::from(part) / 1e6),
        0.0..=1.0_f64,
    ]
}

/// How a line is put together: its side, its prices, whose it is, by year or by people, and the take-up.
type How = ([bool; 5], Vec<f64>, i64);

/// A benefit or a cost, by year or by people; the engine need not accept it.
fn line() -> impl Strategy<Value = String> {
    let words = "[A-Za-z0-9£\"'\\\\.é_-][A-Za-z0-9 =£\"'\\\\;:#,.]{0,12}[A-Za-z0-9.\"]";
    let how = (
        any::<[bool; 5]>(),
        prop::collection::vec(part(), 9),
        0_i64..100_000_000_000,
    );
    (words, words, how).prop_map(|(name, source, how)| {
        let quoted = |text: &str| Value::from(text).to_string();
        let head = head(&how);
        let (name, source) = (quoted(&name), quoted(&source));
        format!(
            "[[line]]\nid = \"made\"\nname = {name}\nsource = {source}\n{head}{}",
            amounts(&how)
        )
    })
}

fn head(([is_benefit, is_dated, is_ones, ..], parts, _): &How) -> String {
    let (side, whose) = if *is_benefit {
        ("benefit", "gained_by")
    } else {
        ("cost", "paid_by")
    };
    let base = if *is_dated { "2025" } else { "\"cash\"" };
    let shares = if *is_ones {
        "\"nhs\"".to_owned()
    } else {
        format!("{{ nhs = {:?}, council = {:?} }}", parts[0], 1.0 - parts[0])
    };
    let bias = parts[1] * 100.0;
    let mut head = format!(
        "side = \"{side}\"\nlayer = \"fiscal\"\nintervention = \"x\"\nprice_base = {base}\n{whose} = {shares}\noptimism_bias = {{ percent = {bias:?}, source = \"y\" }}\n"
    );
    if *is_benefit {
        let claims = "claims = \"z\"\nevidence = \"none\"\ncashable";
        let _ = writeln!(head, "{claims} = {:?}", parts[2]);
    }
    head
}

fn amounts(([is_benefit, _, _, is_by_year, is_one], parts, pence): &How) -> String {
    let money = stour_kernel::Pence::new(*pence);
    if *is_by_year {
        return format!("amounts = {{ 2026 = \"{money}\", 2027 = \"£0.00\" }}\n");
    }
    let take_up = if *is_one {
        format!("{:?}", parts[3])
    } else {
        format!("[{:?}, {:?}, {:?}]", parts[3], parts[4], parts[5])
    };
    let mut driver = format!(
        "[line.driver] # people\ncohort = \"over-75\"\nfirst_year = 2026\nlast_year = 2027\ntake_up = {take_up}\nunit = \"days\"\nimpact = {:?}\nunit_value = \"{money}\"\n",
        parts[6] * 50.0
    );
    if *is_benefit {
        let (deadweight, drop_off) = (parts[7], parts[8]);
        let _ = writeln!(
            driver,
            "deadweight = {deadweight:?}\ndisplacement = {:?}\ndrop_off = {drop_off:?}\nlag = {:?}",
            parts[0], parts[2]
        );
    }
    driver
}

proptest! {
    #[test]
    fn any_line_that_is_opened_and_saved_means_the_same(line in line()) {
        let (before, _) = REABLEMENT.split_once("[[uncertain]]").unwrap();
        let text = format!("{before}{line}");
        for saved in opened_and_saved(&text) {
            prop_assert_eq!(values(&saved), values(&text));
            prop_assert_eq!(&saved, &text);
        }
    }
}

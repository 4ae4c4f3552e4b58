use proptest::prelude::*;

use super::number::{decimal, money, money_in_words, whole};
use super::{lower_first, number_in, numbers};
use crate::testing::{RISK, around, known};
use crate::{Holds, Kind, Values};

/// What a field of the risks used here makes of a text.
fn read(field: &str, text: &str) -> Result<String, String> {
    let around = around();
    known(&around).read(RISK.field(field).unwrap(), text, "")
}

#[test]
fn money_is_read_as_people_write_it() {
    for (text, kept) in [
        ("£3,600,000", "3600000"),
        ("3600000", "3600000"),
        ("12.50", "12.50"),
        ("£12.5", "12.50"),
        ("12.00", "12"),
        ("−£1,234.56", "-1234.56"),
        ("0", "0"),
    ] {
        assert_eq!(money(text).as_deref(), Some(kept), "{text}");
    }
    for text in ["", "£", "12.345", "1,23", "3.6m", "twelve", "--1"] {
        assert_eq!(money(text), None, "{text}");
    }
    assert_eq!(money_in_words("3600000"), "£3,600,000");
    assert_eq!(money_in_words("-12.50"), "−£12.50");
}

#[test]
fn numbers_have_one_spelling() {
    for (text, kept) in [
        ("9.70", "9.7"),
        ("+09.70", "9.7"),
        ("−30", "-30"),
        ("-0.0", "0"),
        ("1,205.6", "1205.6"),
        ("0.5", "0.5"),
    ] {
        assert_eq!(decimal(text).as_deref(), Some(kept), "{text}");
    }
    for text in ["", ".5", "5.", "1.2.3", "1e5", "1,20", "NaN", "- 5", "ten"] {
        assert_eq!(decimal(text), None, "{text}");
    }
    assert_eq!(whole("1,200").as_deref(), Some("1200"));
    for text in ["-1", "1.0", "", "99999999999999999999"] {
        assert_eq!(whole(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn what_is_kept_is_kept_again(text in "[-−+£]?[0-9]{0,7}(,[0-9]{3})?(\\.[0-9]{0,3})?") {
        for read in [money, decimal, whole] {
            if let Some(kept) = read(&text) {
                prop_assert_eq!(read(&kept), Some(kept.clone()));
            }
        }
    }

    #[test]
    fn whatever_a_field_takes_it_takes_again(field in 0..RISK.fields.len(), text in any::<String>()) {
        let around = around();
        let known = known(&around);
        let field = &RISK.fields[field];
        if let Ok(kept) = known.read(field, &text, "") {
            prop_assert_eq!(known.read(field, &kept, ""), Ok(kept.clone()));
        }
    }
}

#[test]
fn entries_are_named_as_people_call_them() {
    for text in ["2", "R2", "r 2", "R2 Political support"] {
        assert_eq!(number_in(&RISK, text), Some(2), "{text}");
    }
    assert_eq!(number_in(&RISK, "Q2"), None);
    assert_eq!(read("related", "R2; 1,r2").as_deref(), Ok("2, 1"));
    assert_eq!(numbers("2, 1").collect::<Vec<_>>(), [2, 1]);
    let unknown = read("related", "1, 7").unwrap_err();
    assert_eq!(
        unknown,
        "There is no risk “7”. Give related risks by its number, such as R1"
    );
}

#[test]
fn owners_are_those_who_are_known() {
    assert_eq!(
        read("owner", "programme board; sponsors").as_deref(),
        Ok("Programme Board; Sponsors")
    );
    let unknown = read("owner", "Sponsors; Nobody; Mr X").unwrap_err();
    assert!(unknown.contains("“Nobody” or “Mr X”"), "{unknown}");
}

#[test]
fn codes_are_those_in_force_by_code_or_label() {
    assert_eq!(read("channel", "Web form").as_deref(), Ok("web"));
    assert_eq!(read("channel", "WEB").as_deref(), Ok("web"));
    let unknown = read("channel", "pigeon").unwrap_err();
    assert!(
        unknown.starts_with("Choose channel from: Telephone, Web form"),
        "{unknown}"
    );
}

#[test]
fn what_stands_there_already_stays() {
    let around = around();
    let known = known(&around);
    for (field, was) in [
        ("channel", "pigeon"),
        ("owner", "Somebody who left"),
        ("related", "99"),
    ] {
        let field = RISK.field(field).unwrap();
        assert_eq!(known.read(field, was, was).as_deref(), Ok(was));
        assert!(known.read(field, was, "").is_err());
    }
}

#[test]
fn every_mistake_is_told_at_once() {
    let around = around();
    let typed: Values = [("cost", "much"), ("due", "Smarch"), ("colour", "red")]
        .into_iter()
        .collect();
    let errors = known(&around)
        .judge(&RISK, &typed, &Values::default())
        .unwrap_err();
    let told: Vec<(&str, &str)> = errors
        .iter()
        .map(|error| (error.field.as_str(), error.message.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("title", "Enter what may happen"),
            (
                "due",
                "Enter due as a month and a year, such as September 2013"
            ),
            (
                "cost",
                "Enter what it would cost in pounds, such as £3,600,000 or 12.50"
            ),
            ("colour", "A risk has no field “colour”"),
        ]
    );
}

#[test]
fn what_a_check_found_before_does_not_stop_another_change() {
    let mut around = around();
    let first = around.of_kind("risk").next().unwrap().clone();
    around.of = Some(first.id);
    let known = known(&around);
    let wrong: Values = [("title", "A"), ("cost", "5"), ("closed", "yes")]
        .into_iter()
        .collect();
    let judged = |typed: &Values, was: &Values| known.judge(&RISK, typed, was);
    assert!(judged(&wrong, &Values::default()).is_err());
    let mut renamed = wrong.clone();
    renamed.set("title", "B");
    assert_eq!(judged(&renamed, &wrong), Ok(renamed));
}

#[test]
fn fields_are_named_within_sentences() {
    assert_eq!(lower_first("Owner"), "owner");
    assert_eq!(lower_first("SRO"), "SRO");
    assert_eq!(lower_first(""), "");
}

#[test]
fn a_kind_knows_its_fields() {
    let kind: &Kind = &RISK;
    assert_eq!(kind.field("owner").unwrap().holds, Holds::Owner);
    assert!(kind.field("colour").is_none());
}

use proptest::prelude::*;
use stour_kernel::Date;
use stour_web::TypedDate;

use super::{Draft, prose};
use crate::lists::Lists;

fn today() -> Date {
    "2026-11-24".parse().unwrap()
}

fn filled() -> Draft {
    Draft {
        channel: "telephone".to_owned(),
        route: "community-other-route".to_owned(),
        asked_by: "carer".to_owned(),
        asker: "Her   son,  01202 000000".to_owned(),
        words: "She fell\r\nand cannot wash".to_owned(),
        support_reason: "personal-care-support".to_owned(),
        received: TypedDate::default(),
    }
}

fn wrong(change: impl Fn(&mut Draft)) -> Vec<(String, String)> {
    let mut draft = filled();
    change(&mut draft);
    let mistakes = draft
        .check(&Lists::embedded().unwrap(), today())
        .unwrap_err();
    let all = mistakes.all().iter();
    all.map(|error| (error.field.clone(), error.message.clone()))
        .collect()
}

fn received(parts: [&str; 3]) -> impl Fn(&mut Draft) {
    move |draft: &mut Draft| draft.received = TypedDate::typed(parts)
}

#[test]
fn a_filled_form_is_a_request_received_today() {
    let asked = filled()
        .check(&Lists::embedded().unwrap(), today())
        .unwrap();
    assert_eq!(asked.received_on, today());
    assert_eq!(asked.asker, "Her son, 01202 000000");
    assert_eq!(asked.words, "She fell\nand cannot wash");
    assert_eq!(
        asked.support_reason.unwrap().as_str(),
        "personal-care-support"
    );
}

#[test]
fn everything_that_is_wrong_is_said_at_once() {
    let fields: Vec<String> = wrong(|draft| *draft = Draft::default())
        .into_iter()
        .map(|(field, _)| field)
        .collect();
    assert_eq!(fields, ["channel", "asked-by", "words", "route"]);
}

#[test]
fn codes_are_those_of_their_lists_on_the_day() {
    assert_eq!(
        wrong(|draft| draft.channel = "fax".to_owned())[0].0,
        "channel"
    );
    assert_eq!(
        wrong(|draft| draft.channel = "telephone\0".to_owned())[0].0,
        "channel"
    );
    let reason = wrong(|draft| draft.support_reason = "none".to_owned());
    assert_eq!(reason[0].0, "support-reason");
    // The Release 2 lists did not exist yet.
    let early = "2024-01-01".parse().unwrap();
    let mistakes = filled()
        .check(&Lists::embedded().unwrap(), early)
        .unwrap_err();
    assert_eq!(mistakes.all()[0].field, "support-reason");
}

#[test]
fn the_day_of_receipt_is_a_past_day_of_the_last_year() {
    for parts in [
        ["2026", "11", "25"],
        ["2025", "11", "22"],
        ["2026", "2", "30"],
        ["2026", "", ""],
        ["twenty", "11", "24"],
        ["99999", "1", "1"],
        ["-1", "1", "1"],
    ] {
        assert_eq!(wrong(received(parts))[0].0, "received-day", "{parts:?}");
    }
    let mut draft = filled();
    received(["24", "11", "2025"])(&mut draft);
    let asked = draft.check(&Lists::embedded().unwrap(), today()).unwrap();
    assert_eq!(asked.received_on.to_string(), "2025-11-24");
}

#[test]
fn text_that_is_too_long_or_invisible_is_refused() {
    let long = wrong(|draft| draft.words = "é".repeat(4_001));
    assert_eq!(
        long[0].1,
        "What is asked must be 4000 characters or fewer: this has 4001"
    );
    let mut draft = filled();
    draft.words = "é".repeat(4_000);
    assert!(draft.check(&Lists::embedded().unwrap(), today()).is_ok());
    assert_eq!(wrong(|draft| draft.words = "a\0b".to_owned())[0].0, "words");
    assert_eq!(
        wrong(|draft| draft.words = "a\u{202E}b".to_owned())[0].0,
        "words"
    );
    assert_eq!(
        wrong(|draft| draft.words = "\u{a0}\n\t ".to_owned())[0].0,
        "words"
    );
    assert_eq!(wrong(|draft| draft.asker = "a".repeat(201))[0].0, "asker");
    assert_eq!(
        wrong(|draft| draft.asker = "a\u{1b}[31m".to_owned())[0].0,
        "asker"
    );
}

proptest! {
    #[test]
    fn prose_that_is_taken_is_stored_as_it_will_be_read(text in any::<String>()) {
        if let Ok(kept) = prose(&text, 50, "missing", "It") {
            prop_assert!(kept.chars().count() <= 50);
            prop_assert!(!kept.contains(['\0', '\r']));
            prop_assert_eq!(prose(&kept, 50, "missing", "It"), Ok(kept.clone()));
        }
    }

    #[test]
    fn no_form_makes_it_panic(
        fields in proptest::array::uniform6(any::<String>()),
        received in proptest::array::uniform3(any::<String>()),
    ) {
        let [channel, route, asked_by, asker, words, support_reason] = fields;
        let draft = Draft { channel, route, asked_by, asker, words, support_reason, received: TypedDate::typed(received.each_ref().map(String::as_str)) };
        let lists = Lists::embedded().unwrap();
        prop_assert!(draft.check(&lists, today()).is_err());
    }
}

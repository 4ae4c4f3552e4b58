use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::keeping::fields::fields_of;
use crate::keeping::settings::settings;
use crate::testing::service;

const HALL: &str = "e94c9f38-1e8f-4564-91d4-d53501ab1765";
const NEW: &str = "e94c9f38-1e8f-4564-91d4-d53501ab1999";

fn club() -> Service {
    service(json!({
        "phones": [{ "id": "e94c9f38-1e8f-4564-91d4-d53501ab1700", "number": "01632 960001" }],
        "schedules": [{
            "id": "e94c9f38-1e8f-4564-91d4-d53501ab1701", "freq": "MONTHLY", "byday": "1TU",
            "description": "Every first Tuesday", "opens_at": "10:00",
        }],
    }))
}

/// A change of one field to a text that it can hold, written as it is kept.
fn change() -> impl Strategy<Value = (String, String)> {
    let words = "[A-Za-z][A-Za-z <>&'é]{0,30}[a-z]";
    let of = |fields: Vec<String>, texts: BoxedStrategy<String>| {
        (prop::sample::select(fields), texts).boxed()
    };
    let texts = ["name", "description", "how", "wait", "fees", "who", "alert"];
    let places = [HALL, NEW];
    let lines = places.iter().flat_map(|id| {
        ["name", "street", "town", "county"].map(|name| format!("place.{id}.{name}"))
    });
    let answers = ["entrance", "toilet"].map(|code| format!("access.{HALL}.{code}"));
    let days = ["mo", "fr"].map(|day| format!("time.{NEW}.{day}"));
    prop_oneof![
        of(texts.map(str::to_owned).into(), words.boxed()),
        of(lines.collect(), words.boxed()),
        of(answers.into(), words.boxed()),
        of(days.into(), Just("yes".to_owned()).boxed()),
        of(
            vec![
                format!("time.{NEW}.opens"),
                "time.e94c9f38-1e8f-4564-91d4-d53501ab1701.opens".to_owned()
            ],
            "1[0-9]:[0-5][0-9]".boxed()
        ),
        of(
            vec![format!("price.{NEW}.amount")],
            "£[1-9][0-9]{0,2}\\.[0-9]{2}".boxed()
        ),
        of(vec![format!("contact.{NEW}.name")], words.boxed()),
        of(
            vec![format!("phone.{NEW}.number")],
            "01632 960[0-9]{3}".boxed()
        ),
        of(vec!["email".to_owned()], "[a-z]{1,8}@example\\.org".boxed()),
    ]
}

fn changes() -> impl Strategy<Value = Fields> {
    prop::collection::btree_map(0..40_u8, change(), 0..12)
        .prop_map(|numbered| numbered.into_values().collect())
}

proptest! {
    #[test]
    fn a_change_changes_what_it_says_and_nothing_else(changes in changes()) {
        let settings = settings().unwrap();
        let mut service = club();
        let mut expected = fields_of(&service, settings);
        expected.extend(changes.clone());
        prop_assert_eq!(apply(&mut service, &changes, settings), vec![]);
        prop_assert_eq!(fields_of(&service, settings), expected);
        prop_assert_eq!(service.organization, club().organization);
    }

    #[test]
    fn changes_of_different_fields_lose_nothing_in_any_order(one in changes(), other in changes()) {
        let settings = settings().unwrap();
        let mut other = other;
        other.retain(|field, _| !one.contains_key(field));
        let both = |first: &Fields, second: &Fields| {
            let mut service = club();
            apply(&mut service, first, settings);
            apply(&mut service, second, settings);
            fields_of(&service, settings)
        };
        prop_assert_eq!(both(&one, &other), both(&other, &one));
    }

    #[test]
    fn no_text_breaks_a_service(field in "[a-z-]{1,8}(\\.[a-f0-9-]{1,36}\\.[a-z]{1,8})?", text in "\\PC{0,40}") {
        let settings = settings().unwrap();
        let mut service = club();
        let changes = Fields::from([(field, text)]);
        apply(&mut service, &changes, settings);
        let written = serde_json::to_string(&service).unwrap();
        prop_assert_eq!(serde_json::from_str::<Service>(&written).unwrap(), service);
    }
}

#[test]
fn what_is_taken_out_is_gone_and_what_repeats_otherwise_keeps_its_rule() {
    let settings = settings().unwrap();
    let mut service = club();
    let phone = "phone.e94c9f38-1e8f-4564-91d4-d53501ab1700.remove".to_owned();
    let place = format!("place.{HALL}.remove");
    let changes = Fields::from([(phone, "yes".to_owned()), (place, "yes".to_owned())]);
    assert_eq!(apply(&mut service, &changes, settings), vec![]);
    assert!(service.phones.is_empty() && service.service_at_locations.is_empty());
    let day = "time.e94c9f38-1e8f-4564-91d4-d53501ab1701.mo".to_owned();
    let refused = apply(
        &mut service,
        &Fields::from([(day, "yes".to_owned())]),
        settings,
    );
    assert_eq!(refused.len(), 1);
    assert_eq!(service.schedules, club().schedules);
}

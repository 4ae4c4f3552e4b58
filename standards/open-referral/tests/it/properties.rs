//! What holds of anything that can be read.

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use stour_open_referral::{read_organization, read_service, read_taxonomy};

use crate::strict::{assert_valid, compiled, says_nothing_somewhere};

/// Values that feeds have put where others belong.
fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        "\\PC{0,20}".prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        prop::sample::select(vec![
            "active",
            "WEEKLY",
            "DAILY",
            "MO,TU",
            "1MO,-1FR",
            "2026-02-30",
            "2026-01-31",
            "10:00",
            "25:00",
            "T",
            "2026-01-02T03:04:05",
            "http://a b.org/%zz#x#y",
            "www.x.org",
            "a@b.org",
            "a@@b",
            "<p>x</p>",
            "&amp;lt;",
            "ac148810-d857-441c-9679-408f346de14b",
            "-1",
            "999",
            "Ã©",
            "physical",
            "+1SU",
            "BH21 1AA",
            "[::1]",
            "http://[",
        ])
        .prop_map(Value::from),
    ]
}

fn any_json() -> impl Strategy<Value = Value> {
    let names = prop::sample::select(vec![
        "id",
        "name",
        "status",
        "description",
        "url",
        "email",
        "minimum_age",
        "maximum_age",
        "last_modified",
        "assured_date",
        "schedules",
        "freq",
        "interval",
        "byday",
        "bymonthday",
        "dtstart",
        "until",
        "count",
        "opens_at",
        "closes_at",
        "valid_from",
        "valid_to",
        "organization",
        "organization_id",
        "service_at_locations",
        "location",
        "addresses",
        "address_1",
        "postal_code",
        "latitude",
        "longitude",
        "contacts",
        "phones",
        "number",
        "attributes",
        "taxonomy_term",
        "taxonomy",
        "term_uri",
        "vocabulary",
        "eligibilitys",
        "regular_schedules",
        "holiday_schedules",
        "closed",
        "service_taxonomys",
        "fundings",
        "fees",
        "cost_options",
        "amount",
        "languages",
        "language",
        "service_areas",
        "uri",
        "reviews",
        "attending_type",
        "weekday",
        "x_own",
        "location_type",
        "accessibility",
        "organization_identifiers",
        "identifier",
        "identifier_type",
        "taxonomy_terms",
        "parent_id",
        "wkst",
        "service",
    ]);
    leaf().prop_recursive(5, 60, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(
                names.clone().prop_map(str::to_owned),
                inner.clone(),
                0..10
            )
            .prop_map(|fields| Value::Object(fields.into_iter().collect::<Map<_, _>>())),
            prop::collection::btree_map(any::<String>(), inner, 0..3)
                .prop_map(|fields| Value::Object(fields.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

fn named(value: Value) -> Value {
    match value {
        Value::Object(mut fields) => {
            fields.insert("name".to_owned(), json!("A name"));
            Value::Object(fields)
        }
        other => json!({ "id": other, "name": "A name" }),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn any_json_at_all_is_read_or_set_aside(value in any_json()) {
        let _ = read_service(value.clone(), "f");
        let _ = read_organization(value.clone(), "f");
        let _ = read_taxonomy(value, "f");
    }

    #[test]
    fn whatever_is_read_is_written_validly_and_read_again_as_it_was(value in any_json()) {
        let read = read_service(named(value), "f").unwrap();
        let written = serde_json::to_value(&read.record).unwrap();
        prop_assert!(!says_nothing_somewhere(&written), "{written:#}");
        thread_local! {
            static SCHEMA: Option<jsonschema::Validator> = compiled("service");
        }
        SCHEMA.with(|schema| {
            if let Some(schema) = schema {
                assert_valid(schema, &written);
            }
        });
        // By the strict reader, and by the lenient one, which finds nothing to put right.
        let text = serde_json::to_string(&read.record).unwrap();
        prop_assert_eq!(&serde_json::from_str::<stour_open_referral::Service>(&text).unwrap(), &read.record);
        let again = read_service(written, "f").unwrap();
        prop_assert_eq!(&again.repairs, &vec![]);
        prop_assert_eq!(again.record, read.record);
    }
}

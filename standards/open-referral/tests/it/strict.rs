//! What is written is valid by the published schemas.

use jsonschema::Validator;
use serde_json::{Value, json};
use stour_open_referral::{
    Organization, Page, Service, ServiceAtLocation, Taxonomy, TaxonomyTerm, read_organization,
    read_service, read_taxonomy, read_taxonomy_term,
};

use crate::json as file;

/// The validator of a schema of the profile, formats and all.
pub(crate) fn validator(schema: &Value) -> Validator {
    jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        .build(schema)
        .unwrap()
}

pub(crate) fn compiled(name: &str) -> Option<Validator> {
    file(&format!("hsds-uk-3.0/compiled/{name}.json")).map(|schema| validator(&schema))
}

pub(crate) fn assert_valid(validator: &Validator, value: &Value) {
    let errors: Vec<String> = validator
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?} in {value:#}");
}

/// Whether anything in a value is null, or an empty text, list or object.
pub(crate) fn says_nothing_somewhere(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty() || items.iter().any(says_nothing_somewhere),
        Value::Object(fields) => fields.is_empty() || fields.values().any(says_nothing_somewhere),
        _ => false,
    }
}

#[test]
fn the_examples_are_read_without_loss_and_written_validly() {
    let (Some(service), Some(schema)) = (
        file("hsds-uk-3.0-examples/service_full.json"),
        compiled("service"),
    ) else {
        return;
    };
    let mut expected = service.clone();
    let read = read_service(service, "examples").unwrap();
    let written = serde_json::to_value(&read.record).unwrap();
    assert_valid(&schema, &written);
    // The example's addresses are at example.com and its place is north of the pole: those are left out.
    let reasons: std::collections::BTreeSet<&str> =
        read.repairs.iter().map(|one| &*one.why).collect();
    assert_eq!(
        reasons.into_iter().collect::<Vec<_>>(),
        [
            "it is an example, not an address",
            "it is no place on land here"
        ]
    );
    without(&mut expected, &|value| {
        value
            .as_str()
            .is_some_and(|text| text.starts_with("http://example.com"))
    });
    let location = expected
        .pointer_mut("/service_at_locations/0/location")
        .unwrap()
        .as_object_mut()
        .unwrap();
    location.remove("latitude");
    location.remove("longitude");
    // No text of ours has space around it.
    let description = expected["description"].as_str().unwrap().trim().to_owned();
    expected["description"] = description.into();
    expected["organization_id"] = expected["organization"]["id"].clone();
    assert_eq!(written, expected);
}

fn without(value: &mut Value, gone: &dyn Fn(&Value) -> bool) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, value| !gone(value));
            fields.values_mut().for_each(|value| without(value, gone));
        }
        Value::Array(items) => items.iter_mut().for_each(|value| without(value, gone)),
        _ => {}
    }
}

#[test]
fn every_kind_of_record_is_written_validly() {
    let Some(schema) = compiled("organization") else {
        return;
    };
    let organization: Organization = read_organization(
        file("hsds-uk-3.0-examples/organization_full.json").unwrap(),
        "e",
    )
    .unwrap()
    .record;
    assert_valid(&schema, &serde_json::to_value(&organization).unwrap());
    let place = file("hsds-uk-3.0-examples/service_at_location_full.json").unwrap();
    let service = read_service(place["service"].clone(), "e").unwrap().record;
    let mut place: ServiceAtLocation =
        serde_json::from_value(json!({ "id": place["id"] })).unwrap();
    place.service = Some(Box::new(service));
    assert_valid(
        &compiled("service_at_location").unwrap(),
        &serde_json::to_value(&place).unwrap(),
    );
    let term: TaxonomyTerm = read_taxonomy_term(
        file("hsds-uk-3.0-examples/taxonomy_term.json").unwrap(),
        "e",
    )
    .unwrap()
    .record;
    let schema = validator(&file("hsds-uk-3.0/taxonomy_term.json").unwrap());
    assert_valid(&schema, &serde_json::to_value(&term).unwrap());
    let taxonomy: Taxonomy =
        read_taxonomy(file("hsds-uk-3.0-examples/taxonomy.json").unwrap(), "e")
            .unwrap()
            .record;
    let schema = validator(&file("validator-schemas-v3uk/taxonomy.json").unwrap());
    assert_valid(&schema, &serde_json::to_value(&taxonomy).unwrap());
}

#[test]
fn pages_are_enveloped_as_the_profile_says() {
    let Some(schema) = file("hsds-uk-3.0/openapi.json") else {
        return;
    };
    let schema = validator(&schema["components"]["schemas"]["Page"]);
    let list = compiled("service_list").unwrap();
    let service = read_service(file("hsds-uk-3.0-examples/service_full.json").unwrap(), "e")
        .unwrap()
        .record;
    let page = serde_json::to_value(Page::new(vec![service.shallow()], 1, 1, 50)).unwrap();
    assert_valid(&schema, &page);
    assert_valid(&list, &page["contents"][0]);
    assert_eq!(page["contents"][0].get("schedules"), None);
    let empty = serde_json::to_value(Page::<Service>::new(Vec::new(), 0, 1, 50)).unwrap();
    assert_eq!(
        empty,
        json!({ "total_items": 0, "total_pages": 0, "page_number": 1, "size": 0, "first_page": true,
                "last_page": true, "empty": true, "contents": [] })
    );
    let middle = Page::new(vec![1, 2], 7, 2, 2);
    assert_eq!(
        (middle.total_pages, middle.first_page, middle.last_page),
        (4, false, false)
    );
}

/// The mock feeds of the official validator: what it calls right is right by the schemas, what it calls wrong is
/// wrong, and of both we read what there is and write what is right.
#[test]
fn mock_feeds_that_are_right_and_wrong() {
    for feed in ["V3.0-UK-Default", "V3.0-UK-Fail", "V3.0-UK-Warn"] {
        let Some(list) = file(&format!("validator-mocks/{feed}/service_list.json")) else {
            return;
        };
        let schema = compiled("service").unwrap();
        let full = file(&format!("validator-mocks/{feed}/service_full.json"));
        let services = list["contents"]
            .as_array()
            .unwrap()
            .iter()
            .cloned()
            .chain(full);
        let mut wrong = 0;
        for service in services {
            wrong += schema.iter_errors(&service).count();
            match read_service(service, feed) {
                Ok(read) => {
                    let written = serde_json::to_value(&read.record).unwrap();
                    assert_valid(&schema, &written);
                    assert!(!says_nothing_somewhere(&written));
                }
                Err(aside) => assert_eq!(aside.why, "it has no name"),
            }
        }
        assert_eq!(wrong > 0, feed == "V3.0-UK-Fail", "{feed}: {wrong} errors");
    }
}

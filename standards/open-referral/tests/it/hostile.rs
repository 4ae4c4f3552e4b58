//! What is not meant well.

use serde_json::{Value, json};
use stour_open_referral::{read_service, read_taxonomy};

#[test]
fn a_description_of_five_megabytes_is_cut_and_noted() {
    for filler in ["word ", "<b>", "&lt;", "Ã©", "\u{0}"] {
        let long = filler.repeat(5 * 1024 * 1024 / filler.len());
        let read =
            read_service(json!({ "id": "1", "name": "A", "description": long }), "f").unwrap();
        let kept = read
            .record
            .description
            .as_deref()
            .map_or(0, |text| text.chars().count());
        assert!(kept <= 20_000, "{filler:?}");
        assert!(
            read.repairs
                .iter()
                .all(|one| one.was.chars().count() <= 161)
        );
    }
}

#[test]
fn a_record_that_is_deep_and_wide_is_read() {
    let mut deep = json!({});
    for _ in 0..100 {
        deep = json!({ "service": deep, "organization": deep.clone(), "location": { "id": 1 } });
        if deep.to_string().len() > 200_000 {
            break;
        }
    }
    let many: Vec<Value> = (0..5_000)
        .map(|number| json!({ "id": number, "number": number }))
        .collect();
    let read = read_service(
        json!({ "id": "1", "name": "A", "x": deep, "contacts": [{ "phones": many }] }),
        "f",
    )
    .unwrap();
    assert_eq!(read.record.contacts[0].phones.len(), 5_000);
    assert!(read.repairs.len() <= 200);
}

#[test]
fn terms_that_are_each_others_parents_are_only_terms() {
    let (a, b) = (
        "3f7b145d-84af-42d7-8fae-eaca714b02b2",
        "0bc248fa-dc27-4650-9ba4-8f1a24ef16a2",
    );
    let read = read_taxonomy(
        json!({ "id": "t", "name": "T", "taxonomy_terms": [
            { "id": a, "name": "A", "parent_id": b }, { "id": b, "name": "B", "parent_id": a },
            { "id": a, "name": "A", "parent_id": a },
        ] }),
        "f",
    );
    assert_eq!(read.unwrap().record.taxonomy_terms.len(), 3);
}

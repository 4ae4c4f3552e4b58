use serde_json::{Value, json};
use stour_open_referral::check::{Outcome, Verdict, Version};

use super::simulated::{json as answer, plain};
use super::{checked, verdict};

/// What the three kinds of service are found by.
const KINDS: [(&str, &str, &str, f64); 3] = [
    ("walking", "MO", "BH8 9RN", 50.7),
    ("singing", "TU", "DT1 1XJ", 50.9),
    ("sewing", "WE", "SP7 8AA", 51.1),
];

fn service(number: usize) -> Value {
    let kind = number % 3;
    let (name, day, postcode, north) = KINDS.get(kind).copied().unwrap_or_default();
    json!({
        "id": format!("service-{number}"), "name": format!("Group {name}"),
        "organization": {"id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610", "name": "A", "description": "B"},
        "assured_date": "2026-10-01", "url": null,
        "eligibilitys": [{"id": "1", "minimum_age": kind * 20, "maximum_age": kind * 20 + 19}],
        "regular_schedules": [{"id": "1", "byday": day, "opens_at": "10:00", "closes_at": "12:00"}],
        "service_taxonomys": [{"id": "1", "taxonomy": {"id": format!("term-{kind}"), "name": "T", "vocabulary": "v"}}],
        "service_at_locations": [{"id": "1", "location": {
            "id": "3a19ff88-4620-4d17-9830-ac1d859eb5d5", "latitude": north, "longitude": -1.9,
            "physical_addresses": [{"id": "1", "postal_code": postcode}],
        }}],
    })
}

/// A feed of 1.0, which has no root, that filters all or nothing.
fn feed(path: &str, filters: bool) -> stour_open_referral::check::Answer {
    let (list, query) = path.split_once('?').unwrap_or((path, ""));
    if let Some(id) = list.strip_prefix("/services/") {
        let number = id.trim_start_matches("service-").parse();
        return number.map_or_else(|_| plain(404, ""), |number| answer(&service(number)));
    }
    if list != "/services" {
        return plain(404, "");
    }
    let kind = [
        ("minimum_age=0&", 0),
        ("minimum_age=20", 1),
        ("minimum_age=40", 2),
        ("BH8", 0),
        ("DT1", 1),
        ("SP7", 2),
        ("day=MO", 0),
        ("day=TU", 1),
        ("day=WE", 2),
        ("term-0", 0),
        ("term-1", 1),
        ("term-2", 2),
        ("walking", 0),
        ("singing", 1),
        ("sewing", 2),
        ("zqx", 9),
    ]
    .into_iter()
    .find(|(words, _)| filters && query.contains(words));
    let all: Vec<Value> = (0..30)
        .filter(|number| kind.as_ref().is_none_or(|(_, kind)| number % 3 == *kind))
        .map(service)
        .collect();
    answer(&json!({
        "totalElements": all.len(), "totalPages": 1, "number": 0, "size": all.len(), "first": true, "last": true,
        "empty": all.is_empty(), "content": all,
    }))
}

#[test]
fn version_one_is_known_by_its_pages_and_held_to_its_own_rules() {
    let report = checked(|path: &str| Ok(feed(path, true)));
    assert_eq!(report.version, Some(Version::V1));
    assert_eq!(report.outcome, Outcome::Pass, "{report}");
    for id in [
        "root",
        "services",
        "service",
        "filter-age",
        "filter-place",
        "filter-time",
        "filter-taxonomy",
        "filter-text",
    ] {
        assert_eq!(verdict(&report, id), Some(Verdict::Pass), "{id}: {report}");
    }
    for id in ["taxonomies", "organizations", "locations", "reviews"] {
        assert_eq!(verdict(&report, id), Some(Verdict::Warning), "{id}");
    }
    assert_eq!(verdict(&report, "organization"), None);
    assert_eq!(report.completeness["regular_schedule"], 30);
}

#[test]
fn version_one_too_fails_where_filters_are_ignored() {
    let report = checked(|path: &str| Ok(feed(path, false)));
    assert_eq!(report.outcome, Outcome::Fail);
    for id in [
        "filter-age",
        "filter-place",
        "filter-time",
        "filter-taxonomy",
        "filter-text",
    ] {
        assert_eq!(verdict(&report, id), Some(Verdict::Fail), "{id}: {report}");
    }
}

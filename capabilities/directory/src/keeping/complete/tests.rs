use serde_json::json;

use super::*;
use crate::keeping::settings::settings;
use crate::testing::service;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn every_part_of_the_rule_is_known_and_counts_its_weight() {
    let settings = settings().unwrap();
    let bare = service(json!({ "service_at_locations": [], "description": "Short." }));
    let today = day("2026-11-24");
    let none = completeness(&bare, None, today, settings);
    assert_eq!(none.score, 0);
    assert_eq!(none.missing.len(), settings.complete.len());
    let full = service(json!({
        "description": "A".repeat(100),
        "email": "lunch@example.org",
        "schedules": [{ "id": "e94c9f38-1e8f-4564-91d4-d53501ab1766", "opens_at": "10:00" }],
        "minimum_age": 60,
        "fees_description": "Free",
        "application_process": "Come along",
        "assured_date": "2026-11-01",
        "service_at_locations": [{
            "id": "e94c9f38-1e8f-4564-91d4-d53501ab1765",
            "location": {
                "id": "3a19ff88-4620-4d17-9830-ac1d859eb5d5", "location_type": "physical",
                "addresses": [{ "id": "74706e55-df26-4b84-80fe-ecc30b5befb4", "address_1": "", "city": "",
                    "state_province": "", "postal_code": "BH21 1AA", "country": "GB", "address_type": "physical" }],
                "accessibility": [{ "id": "3a19ff88-4620-4d17-9830-ac1d859eb5d6", "description": "Way in" }],
            },
        }],
    }));
    let all = completeness(&full, Some(day("2027-01-01")), today, settings);
    assert_eq!((all.score, all.missing.len()), (100, 0));
    let overdue = completeness(&full, Some(today), today, settings);
    assert_eq!(overdue.score, 95);
    assert_eq!(
        overdue.missing,
        ["That somebody said it is right since the last review"]
    );
}

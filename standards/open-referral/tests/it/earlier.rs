//! Version 1.0 becomes 3.0.

use serde_json::json;
use stour_open_referral::{Weekday, opening, read_service};

use crate::strict::{assert_valid, compiled};

#[test]
fn what_version_one_says_is_said_in_version_three() {
    let read = read_service(
        json!({
            "id": "ac148810-d857-441c-9679-408f346de14b",
            "name": "Carers' group",
            "organization": { "id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610", "name": "Friends", "url": "https://friends.org.uk" },
            "fees": "£5",
            "deliverable_type": "Advice",
            "attending_type": "venue",
            "reviews": [{ "score": "5" }],
            "fundings": [{ "id": "f1", "source": "The council" }],
            "eligibilitys": [
                { "id": "e1", "eligibility": "adult", "minimum_age": 18, "maximum_age": 64 },
                { "id": "e2", "minimum_age": 65, "maximum_age": 100, "taxonomys": [{ "id": "esdCircumstance:Carer", "name": "Carer" }] },
            ],
            "regular_schedules": [{ "id": "s1", "freq": "WEEKLY", "byday": "TU", "dtstart": "2026-01-06", "opens_at": "10:00", "closes_at": "12:00" }],
            "holiday_schedules": [{ "id": "h1", "closed": true, "start_date": "2026-12-22", "end_date": "2026-12-31" }],
            "service_taxonomys": [{ "id": "t1", "taxonomy": { "id": "esdServiceType:298", "name": "Carers support groups", "vocabulary": "esdServiceTypes" } }],
            "languages": [{ "id": "l1", "language": "Polish" }],
            "service_areas": [{ "id": "a1", "service_area": "Purbeck" }],
            "contacts": [{ "id": "c1", "name": "Reception", "phones": [{ "id": "p1", "number": "01202 496000" }] }],
            "service_at_locations": [{ "id": "sl1", "location": {
                "id": "loc1", "name": "Hall", "latitude": 50.7, "longitude": -2.0,
                "physical_addresses": [{ "id": "ad1", "address_1": "1 High Street", "address_2": "Upper floor", "city": "Wareham",
                    "state_province": "Dorset", "postal_code": "BH20 4AA", "country": "GB", "uprn": "100040" }],
                "accessibility_for_disabilities": [{ "id": "acc1", "accessibility": "Ramp" }],
            } }],
        }),
        "v1-feed",
    )
    .unwrap();
    let service = &read.record;
    assert_eq!(service.minimum_age, stour_open_referral::Age::new(18.0));
    assert_eq!(service.maximum_age, stour_open_referral::Age::new(100.0));
    assert_eq!(
        service.eligibility_description.as_deref(),
        Some("adult, Carer")
    );
    assert_eq!(service.funding[0].source.as_deref(), Some("The council"));
    assert_eq!(service.cost_options[0].amount.unwrap().0.as_i64(), 500);
    assert_eq!(
        service
            .organization
            .as_ref()
            .unwrap()
            .website
            .as_ref()
            .unwrap()
            .as_str(),
        "https://friends.org.uk"
    );
    assert_eq!(service.schedules.len(), 2);
    assert_eq!(
        service.schedules[0].attending_type.as_deref(),
        Some("venue")
    );
    assert_eq!(service.languages[0].name.as_deref(), Some("Polish"));
    let terms: Vec<_> = service
        .attributes
        .iter()
        .filter_map(|one| one.taxonomy_term.as_ref()?.term_uri.as_ref())
        .collect();
    let terms: Vec<&str> = terms
        .into_iter()
        .map(stour_open_referral::Uri::as_str)
        .collect();
    assert_eq!(
        terms,
        [
            "http://id.esd.org.uk/circumstance/Carer",
            "http://id.esd.org.uk/service/298"
        ]
    );
    let location = service.service_at_locations[0].location.as_ref().unwrap();
    assert_eq!(
        location.addresses[0].address_2.as_deref(),
        Some("Upper floor")
    );
    assert_eq!(location.external_identifier.as_deref(), Some("100040"));
    assert_eq!(
        location.accessibility[0].accessibility.as_deref(),
        Some("Ramp")
    );
    let all = opening::schedules(service);
    let week = opening::week(&all, "2026-11-24".parse().unwrap());
    assert!(week.is_open(Weekday::Tuesday) && !week.is_open(Weekday::Monday));
    assert!(!opening::hours_on(&all, "2026-12-15".parse().unwrap()).is_empty());
    assert!(opening::hours_on(&all, "2026-12-29".parse().unwrap()).is_empty());
    let dropped: Vec<_> = read
        .repairs
        .iter()
        .filter(|one| one.became.is_none())
        .map(|one| &*one.at)
        .collect();
    assert_eq!(dropped, ["reviews", "deliverable_type"]);
    if let Some(schema) = compiled("service") {
        assert_valid(&schema, &serde_json::to_value(service).unwrap());
    }
}

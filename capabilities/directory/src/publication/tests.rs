use serde_json::json;
use stour_database::testing::each_database;

use super::*;
use crate::listing;
use crate::testing::{environment, migrations, saved, service};

fn listed(over: serde_json::Value) -> Listing {
    let service = service(over);
    Listing {
        id: ListingId(service.id),
        provenance: crate::listing::Provenance::own(ListingId(service.id)),
        visibility: Visibility::Public,
        service,
        cleared: Vec::new(),
        same_as: None,
        review_due: None,
        withdrawn_at: None,
        version: stour_database::Version::FIRST,
        updated_at: Timestamp::UNIX_EPOCH,
    }
}

/// Everything that leaves of a listing as one text.
fn leaves(listing: Listing) -> Option<String> {
    let published = outgoing(listing).unwrap()?;
    Some(serde_json::to_string(published.service()).unwrap())
}

#[test]
fn sensitive_words_and_marks_hold_a_listing() {
    for over in [
        json!({ "name": "Bournemouth Refuge" }),
        json!({ "name": "Women’s refuges" }),
        json!({ "description": "Safe\u{a0}house for women.\nREFUGE" }),
        json!({ "description": "At a confidential   address" }),
        json!({ "confidential": true }),
        json!({ "isInternal": "Yes" }),
        json!({ "public": 0 }),
        json!({ "organization": { "id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610", "name": "The Refuge", "description": "x" } }),
        json!({ "service_at_locations": [{ "id": "e94c9f38-1e8f-4564-91d4-d53501ab1765", "location": {
            "id": "3a19ff88-4620-4d17-9830-ac1d859eb5d5", "location_type": "physical", "confidential": "true" } }] }),
        json!({ "attributes": [{ "id": "ae58cc39-8b70-4ab1-8aea-786882e5ac8e", "taxonomy_term": {
            "id": "3f7b145d-84af-42d7-8fae-eaca714b02b2", "name": "Refuge", "description": "d" } }] }),
    ] {
        assert!(
            !reasons(&service(over.clone())).unwrap().is_empty(),
            "{over}"
        );
        assert_eq!(leaves(listed(over.clone())), None, "{over}");
    }
    for over in [
        json!({ "name": "Refugee support" }),
        json!({ "description": "Private and confidential advice" }),
    ] {
        assert!(leaves(listed(over)).is_some());
    }
}

#[test]
fn a_person_may_let_a_listing_out_with_or_without_its_places() {
    each_database(&migrations(), |database| {
        let environment = environment();
        let held = saved(
            &database,
            &environment,
            service(json!({ "name": "The Refuge" })),
        );
        assert!(matches!(held.visibility, Visibility::Held(_)));
        let decided = database
            .write_blocking(move |tx| {
                let seen = (held.id, held.version);
                let by = ("An editor", "They ask to be listed");
                listing::decide(tx, &environment, seen, Visibility::WithoutPlaces, by)
            })
            .unwrap();
        let text = leaves(decided.clone()).unwrap();
        for secret in ["High Street", "BH21", "50.75", "Village hall", "Wimborne"] {
            assert!(!text.contains(secret), "{secret} left in {text}");
        }
        // Another reason holds it anew; the same one does not.
        let again = judge(&decided.service, Some(&decided)).unwrap();
        assert_eq!(again, Visibility::WithoutPlaces);
        let other = service(json!({ "name": "The Refuge", "description": "Staff only" }));
        assert!(matches!(
            judge(&other, Some(&decided)).unwrap(),
            Visibility::Held(_)
        ));
    });
}

#[test]
fn people_and_unknown_fields_stay() {
    let text = leaves(listed(json!({
        "assurer_email": "jane.smith@dorset.example.org",
        "internal_notes": "Ring Jane at home",
        "contacts": [
            { "id": "1e7efce3-639b-4880-940c-b95cd30cdb50", "name": "Jane Smith", "email": "jane@gmail.com",
              "phones": [{ "id": "1554f2e2-a373-45db-a3fa-9fc48a61c15e", "number": "07700 900123" }] },
            { "id": "1e7efce3-639b-4880-940c-b95cd30cdb51", "name": "Ann Jones", "title": "Manager",
              "phones": [{ "id": "1554f2e2-a373-45db-a3fa-9fc48a61c15f", "number": "+44 (0)7700 900124" },
                         { "id": "1554f2e2-a373-45db-a3fa-9fc48a61c160", "number": "01202 496000" }] },
            { "id": "1e7efce3-639b-4880-940c-b95cd30cdb52", "name": "Reception", "email": "info@friends.example.org" },
            { "id": "1e7efce3-639b-4880-940c-b95cd30cdb53", "name": "Sam Brown", "email": "sam@gmail.com",
              "published_by_provider": true },
        ],
    })))
    .unwrap();
    for secret in [
        "Jane",
        "jane",
        "900123",
        "Ann Jones",
        "900124",
        "internal_notes",
        "published_by_provider",
    ] {
        assert!(!text.contains(secret), "{secret} left in {text}");
    }
    for open in [
        "Manager",
        "01202 496000",
        "info@friends.example.org",
        "Sam Brown",
    ] {
        assert!(text.contains(open), "{open} is missing from {text}");
    }
}

#[test]
fn a_mobile_number_is_seen_wherever_it_stands() {
    let named = |number: &str| {
        leaves(listed(json!({ "contacts": [
            { "id": "1e7efce3-639b-4880-940c-b95cd30cdb51", "name": "Ann Jones", "title": "Manager",
              "phones": [{ "id": "1554f2e2-a373-45db-a3fa-9fc48a61c15f", "number": number }] },
        ] })))
        .unwrap()
        .contains("Ann Jones")
    };
    for mobile in [
        "01202 123456 or 07700 900123",
        "01202 123456 07700 900123",
        "01202123456/+44 (0)7700-900123",
        "01202123456+447700900123",
        "01202 123456, 0044 7700 900123",
        "Tel. (0)7700 900123",
        "07700 900123 or 01202 123456",
        "+44/7700/900123",
    ] {
        assert!(!named(mobile), "{mobile}");
    }
    for other in [
        "01202 075123",
        "01202 447123 or 01202 075123",
        "0300 123 0755 or 0300 123 0756",
        "01202 123456 ext. 0712",
        "+44 (0)20 7946 0958",
    ] {
        assert!(named(other), "{other}");
    }
}

#[test]
fn a_masked_place_loses_where_it_is() {
    let mut listing = listed(json!({ "mask_exact_address": true }));
    let text = leaves(listing.clone()).unwrap();
    assert!(!text.contains("High Street") && !text.contains("50.75") && !text.contains("BH21"));
    listing.service.extra.remove("mask_exact_address");
    assert!(leaves(listing).unwrap().contains("High Street"));
}

#[test]
fn what_is_not_active_or_was_withdrawn_stays() {
    for status in ["inactive", "defunct", "temporarily closed"] {
        assert_eq!(leaves(listed(json!({ "status": status }))), None);
    }
    let gone = Listing {
        withdrawn_at: Some(Timestamp::UNIX_EPOCH),
        ..listed(json!({}))
    };
    assert_eq!(leaves(gone), None);
    let held = Listing {
        visibility: Visibility::Held("Not ours".to_owned()),
        ..listed(json!({}))
    };
    assert_eq!(leaves(held), None);
}

/// Services with the word "zqsecret" wherever it must not leave, and "zqopen" where it may.
fn with_secrets() -> Vec<serde_json::Value> {
    let id = |number: u128| stour_open_referral::Uuid::of_u128(number).to_string();
    let organization =
        |number: u128, name: &str| json!({ "id": id(number), "name": name, "description": name });
    let place = |number: u128, over: serde_json::Value| {
        let mut location = json!({
            "id": id(number), "location_type": "physical", "name": "zqsecret hall", "latitude": 50.7531, "longitude": -1.9831,
            "addresses": [{ "id": id(number + 1), "address_1": "zqsecret street", "city": "Wimborne",
                "state_province": "Dorset", "postal_code": "BH21 1AA", "country": "GB", "address_type": "physical" }],
        });
        if let (Some(location), Some(over)) = (location.as_object_mut(), over.as_object()) {
            location.extend(over.clone());
        }
        json!([{ "id": id(number + 2), "location": location }])
    };
    vec![
        json!({ "id": id(1), "name": "Refuge zqsecret", "organization": organization(101, "zqsecret aid"),
            "service_at_locations": place(1000, json!({})) }),
        json!({ "id": id(2), "name": "zqsecret meeting", "organization": organization(102, "zqsecret friends"),
            "service_at_locations": place(2000, json!({ "confidential": true })) }),
        json!({ "id": id(3), "name": "zqsecret archive", "status": "inactive", "organization": organization(103, "zqsecret past") }),
        json!({ "id": id(4), "name": "zqsecret rota", "internal": "true", "organization": organization(104, "zqsecret staff") }),
        json!({ "id": id(5), "name": "zqopen club", "description": "zqopen words", "organization": organization(105, "zqopen charity"),
            "assurer_email": "zqsecret.person@council.example.org", "notes_zqsecret": "zqsecret",
            "contacts": [{ "id": id(51), "name": "Zqsecret Person", "email": "zqsecret@gmail.com",
                "phones": [{ "id": id(52), "number": "07700 900 999" }] }],
            "service_at_locations": place(5000, json!({ "mask_exact_address": true })) }),
    ]
}

#[test]
fn nothing_that_must_stay_can_be_got_out_by_anybody() {
    stour_web::testing::each_house(
        || vec![crate::capability()],
        |site| {
            let with_secrets = with_secrets();
            for over in &with_secrets {
                saved(site.database(), site.environment(), service(over.clone()));
            }
            let mut addresses = vec![
                "/open-referral/v3/services?full=true&per_page=500".to_owned(),
                "/open-referral/v3/services?search=zqsecret".to_owned(),
                "/open-referral/v3/service_at_locations?per_page=500".to_owned(),
                "/open-referral/v3/service_at_locations?postcode=BH21+1AA&proximity=100".to_owned(),
                "/find?q=zqsecret".to_owned(),
                "/find?q=zqopen".to_owned(),
                "/find?q=refuge&near=BH21+1AA".to_owned(),
            ];
            for number in [1, 2, 3, 4, 5, 101, 102, 103, 104, 105, 1002, 2002, 5002] {
                let id = stour_open_referral::Uuid::of_u128(number);
                for path in [
                    "/find",
                    "/find/organisations",
                    "/open-referral/v3/services",
                    "/open-referral/v3/service_at_locations",
                    "/directory/listings",
                ] {
                    addresses.push(format!("{path}/{id}"));
                }
            }
            let mut seen = false;
            for address in addresses {
                let answer = site.stranger().get(&address);
                let asked = address.contains("zqsecret");
                let body = answer.body.to_lowercase();
                // The page shows the words that were asked for, and nothing else of them.
                let found = body.replace("value=\"zqsecret\"", "");
                let words = ["zqsecret", "900 999", "50.7531", "1.9831"];
                for word in words
                    .iter()
                    .filter(|word| !(asked && **word == "zqsecret" && address.starts_with("/find")))
                {
                    assert!(
                        !found.contains(word),
                        "{word} at {address}: {}",
                        answer.body
                    );
                }
                assert!(
                    !body.contains("zqsecret hall")
                        && !body.contains("zqsecret street")
                        && !body.contains("zqsecret aid")
                );
                seen |= body.contains("zqopen club");
            }
            assert!(seen, "the service that may be seen is not");
        },
    );
}

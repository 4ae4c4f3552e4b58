//! What the tests of this crate share.

use serde_json::{Value, json};
use stour_database::{Database, Migrations};
use stour_kernel::Environment;
use stour_open_referral::Service;

use crate::listing::{self, Listing, ListingId, NewListing, Provenance};

/// The tables that a test of the store needs.
pub(crate) fn migrations() -> Vec<Migrations> {
    vec![crate::MIGRATIONS]
}

/// A repeatable environment.
pub(crate) fn environment() -> Environment {
    Environment::seeded("2026-11-24T09:00:00Z".parse().unwrap(), 1)
}

/// A service of a lunch club, with these fields put over it.
pub(crate) fn service(over: Value) -> Service {
    let mut all = json!({
        "id": "ac148810-d857-441c-9679-408f346de14b",
        "name": "Lunch club",
        "status": "active",
        "description": "A hot meal and company.",
        "organization": {
            "id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610",
            "name": "Stour Valley Friends",
            "description": "A charity",
        },
        "service_at_locations": [{
            "id": "e94c9f38-1e8f-4564-91d4-d53501ab1765",
            "location": {
                "id": "3a19ff88-4620-4d17-9830-ac1d859eb5d5",
                "location_type": "physical",
                "name": "Village hall",
                "latitude": 50.75,
                "longitude": -1.98,
                "addresses": [{
                    "id": "74706e55-df26-4b84-80fe-ecc30b5befb4",
                    "address_1": "1 High Street", "city": "Wimborne", "state_province": "Dorset",
                    "postal_code": "BH21 1AA", "country": "GB", "address_type": "physical",
                }],
            },
        }],
    });
    if let (Value::Object(all), Value::Object(over)) = (&mut all, over) {
        all.extend(over);
    }
    serde_json::from_value(all).unwrap()
}

/// Stores a service as a new listing kept here.
pub(crate) fn saved(database: &Database, environment: &Environment, service: Service) -> Listing {
    let environment = environment.clone();
    database
        .write_blocking(move |tx| {
            let id = ListingId(service.id);
            let new = NewListing {
                id,
                provenance: Provenance::own(id),
                service: service.clone(),
                review_due: None,
                seen: None,
            };
            listing::save(tx, &environment, new, "A test", "It is new")
        })
        .unwrap()
}

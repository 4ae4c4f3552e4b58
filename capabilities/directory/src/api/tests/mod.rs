//! The open feed as its readers meet it.

mod answers;
mod check;
mod made;
mod parameters;
mod refused;
mod schema;

use serde_json::Value;
use stour_kernel::Environment;
use stour_open_referral::Service;
use stour_web::testing::{Answer, Site, each_house};

use crate::listing::{self, ListingId, NewListing, Provenance};

const ROOT: &str = "/open-referral/v3";

/// Runs a test on a house with the made-up services, on each database.
fn each_feed(test: impl Fn(&Site)) {
    each_house(
        || vec![crate::capability()],
        |site| {
            for service in made::services() {
                save(&site, service);
            }
            test(&site);
        },
    );
}

/// Stores a service as a new listing.
fn save(site: &Site, service: Value) {
    let environment: Environment = site.environment().clone();
    let service: Service = serde_json::from_value(service).unwrap();
    site.database()
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
        .unwrap();
}

fn get(site: &Site, path: &str) -> Answer {
    site.stranger().get(&format!("{ROOT}{path}"))
}

/// The contents of a page.
fn contents(site: &Site, path: &str) -> Vec<Value> {
    let answer = get(site, path);
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    answer.json()["contents"].as_array().unwrap().clone()
}

/// The ids of a page.
fn ids(site: &Site, path: &str) -> Vec<String> {
    let contents = contents(site, path);
    contents
        .iter()
        .map(|entry| entry["id"].as_str().unwrap().to_owned())
        .collect()
}

/// Every service, whole.
fn whole(site: &Site) -> Vec<Value> {
    let whole = contents(site, "/services?full=true&per_page=500");
    assert_eq!(whole.len(), made::PUBLISHED);
    whole
}

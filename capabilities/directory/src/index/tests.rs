use serde_json::json;
use stour_database::Database;
use stour_database::testing::each_database;
use stour_kernel::Environment;
use stour_search::{Band, Facet, Found, Open, Place, Point, Query};

use super::directory;
use crate::error::DirectoryError;
use crate::listing::{self, ListingId, NewListing, Provenance};
use crate::testing::{environment, saved, service};
use crate::{FINDING_MIGRATIONS, MIGRATIONS};

fn find(database: &Database, query: Query) -> Found {
    let environment = environment();
    database
        .read_blocking(move |tx| -> Result<Found, DirectoryError> {
            let directory = directory(tx, &environment)?;
            Ok(directory.find(&query).unwrap())
        })
        .unwrap()
}

fn words(words: &str) -> Query {
    Query {
        words: words.to_owned(),
        ..Query::default()
    }
}

fn ids(found: &Found) -> Vec<&str> {
    found.hits.iter().map(|hit| hit.id.as_str()).collect()
}

const LUNCH: &str = "ac148810-d857-441c-9679-408f346de14b";
const FRIENDS: &str = "organisation:d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610";

#[test]
fn what_is_saved_is_found_by_the_next_search() {
    each_database(&[MIGRATIONS, FINDING_MIGRATIONS], |database| {
        let environment = environment();
        assert_eq!(find(&database, Query::default()).total, 0);
        let listing = saved(&database, &environment, service(json!({})));
        assert_eq!(ids(&find(&database, words("lunch"))), [LUNCH]);
        assert_eq!(
            ids(&find(&database, words("stour valley friends"))),
            [FRIENDS, LUNCH]
        );
        // A change at the same moment is seen as well.
        let changed = service(json!({"name": "Choir"}));
        database
            .write_blocking(move |tx| {
                let id = ListingId(changed.id);
                let new = NewListing {
                    id,
                    provenance: Provenance::own(id),
                    service: changed.clone(),
                    review_due: None,
                    seen: Some(listing.version),
                };
                listing::save(tx, &environment, new, "A test", "It sings now")
            })
            .unwrap();
        assert_eq!(ids(&find(&database, words("choir"))), [LUNCH]);
        assert_eq!(find(&database, words("lunch")).total, 0);
    });
}

#[test]
fn what_may_not_leave_is_not_found() {
    each_database(&[MIGRATIONS, FINDING_MIGRATIONS], |database| {
        let environment = environment();
        let refuge = service(json!({"name": "A women's refuge"}));
        saved(&database, &environment, refuge);
        assert_eq!(find(&database, Query::default()).total, 0);
        assert_eq!(find(&database, words("refuge")).total, 0);
    });
}

#[test]
fn listings_are_read_for_what_they_can_be_narrowed_by() {
    each_database(&[MIGRATIONS, FINDING_MIGRATIONS], |database| {
        let environment: Environment = environment();
        let over = json!({
            "minimum_age": 55, "maximum_age": 120,
            "eligibility_description": "For carers, and people with dementia.",
            "cost_options": [{"id": "9c4ab6d2-6a5e-4f1e-8f6a-3a86ea0b0a01", "amount": 0}],
            "schedules": [{"id": "9c4ab6d2-6a5e-4f1e-8f6a-3a86ea0b0a02", "freq": "WEEKLY", "byday": "MO",
                           "opens_at": "10:00", "closes_at": "12:00"}],
            "service_areas": [{"id": "9c4ab6d2-6a5e-4f1e-8f6a-3a86ea0b0a03", "name": "Dorset"}],
        });
        saved(&database, &environment, service(over));
        let found = find(&database, words("lunch"));
        let value = |facet: Facet| {
            let values = found.facets.get(&facet).into_iter().flatten();
            values.map(|value| value.value.clone()).collect::<Vec<_>>()
        };
        assert_eq!(value(Facet::Eligibility), ["carers", "dementia"]);
        assert_eq!(value(Facet::Cost), ["free"]);
        assert_eq!(value(Facet::Day), ["0"]);
        assert_eq!(value(Facet::Way), ["place"]);
        // The postcode of the fixture does not exist: the nearest one says which council it is.
        assert_eq!(value(Facet::Council), ["E06000059"]);
        let near = |within, minute| Query {
            place: Some(Place {
                point: Point::new(50.76, -1.98).unwrap(),
                council: None,
                within: Some(within),
            }),
            open: Some(Open {
                days: vec![0],
                between: Some((minute, minute)),
            }),
            ..words("lunch")
        };
        let found = find(&database, near(2_000.0, 660));
        assert_eq!(found.hits[0].band, Band::Near);
        assert!((found.hits[0].metres.unwrap() - 1_112.0).abs() < 3.0);
        assert_eq!(find(&database, near(1_000.0, 660)).total, 0);
        assert_eq!(find(&database, near(2_000.0, 720)).total, 0);
    });
}

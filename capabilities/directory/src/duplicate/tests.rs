use serde_json::{Value, json};
use stour_database::{Database, PageSize, Transaction};
use stour_kernel::Environment;
use stour_open_referral::Uuid;
use stour_web::testing::{Site, each_house};

use super::decision::kept_of;
use super::model::Model;
use super::traits::Traits;
use super::*;
use crate::error::DirectoryError;
use crate::listing::{self, Listing, NewListing, Provenance, Role};
use crate::testing::{environment, service};

/// A listing of a feed.
fn of_feed(number: u128, feed: &str, source_id: &str, over: Value) -> NewListing {
    let id = ListingId(Uuid::of_u128(number));
    NewListing {
        id,
        provenance: Provenance {
            feed: feed.to_owned(),
            source_id: source_id.to_owned(),
            url: None,
            role: if feed == "council" {
                Role::Assurer
            } else {
                Role::Nobody
            },
            read_at: None,
        },
        service: service(over),
        review_due: None,
        seen: None,
    }
}

fn stored(database: &Database, environment: &Environment, new: NewListing) -> Listing {
    let environment = environment.clone();
    database
        .write_blocking(move |tx| {
            listing::save(tx, &environment, new.clone(), "A test", "It is new")
        })
        .unwrap()
}

fn in_house(test: impl Fn(Site)) {
    each_house(|| vec![crate::capability()], test);
}

fn queue_of(site: &Site, state: PairState) -> Vec<Pair> {
    let page = site
        .database()
        .read_blocking(move |tx| store::pairs(tx, state, None, PageSize::default()));
    page.unwrap().items
}

fn now(site: &Site, id: ListingId) -> Listing {
    site.database()
        .read_blocking(move |tx| listing::listing(tx, id))
        .unwrap()
        .unwrap()
}

/// One service as two feeds have it, and a sister of it at the same place.
fn three(site: &Site) -> [Listing; 3] {
    let (database, environment) = (site.database(), site.environment());
    let phone = |id: &str| json!([{ "id": id, "number": "01202 496000" }]);
    [
        of_feed(1, "council", "c1", json!({ "phones": phone("1554f2e2-a373-45db-a3fa-9fc48a61c15e") })),
        of_feed(2, "network", "n1", json!({
            "name": "The Lunch Club", "phones": [{ "id": "1554f2e2-a373-45db-a3fa-9fc48a61c15f", "number": "+44 (0)1202 496000" }],
        })),
        of_feed(3, "network", "n2", json!({ "name": "Befriending", "phones": phone("1554f2e2-a373-45db-a3fa-9fc48a61c160") })),
    ]
    .map(|new| stored(database, environment, new))
}

#[test]
fn one_service_of_two_feeds_is_found_and_its_sister_is_not() {
    in_house(|site| {
        let [council, network, _] = three(&site);
        assert_eq!(compare(site.house()).unwrap(), 3);
        let open = queue_of(&site, PairState::Open);
        let pairs: Vec<_> = open.iter().map(|pair| (pair.first, pair.second)).collect();
        assert_eq!(pairs, [(council.id, network.id)]);
        assert!(open[0].weight > 0.9, "{open:?}");
        // Looking again finds nothing else, and nothing twice.
        compare(site.house()).unwrap();
        assert_eq!(queue_of(&site, PairState::Open).len(), 1);
    });
}

#[test]
fn a_pair_whose_evidence_is_gone_is_closed() {
    in_house(|site| {
        let [_, network, _] = three(&site);
        compare(site.house()).unwrap();
        let environment = site.environment().clone();
        let changed = NewListing {
            seen: Some(network.version),
            ..of_feed(
                2,
                "network",
                "n1",
                json!({ "name": "Chess", "service_at_locations": [], "organization": null }),
            )
        };
        let save = move |tx: &mut Transaction<'_>| {
            listing::save(tx, &environment, changed.clone(), "A test", "Another")
        };
        site.database().write_blocking(save).unwrap();
        compare(site.house()).unwrap();
        assert_eq!(queue_of(&site, PairState::Open), []);
        assert_eq!(queue_of(&site, PairState::Gone).len(), 1);
    });
}

#[test]
fn the_queue_is_answered_with_a_reason_and_undone_exactly() {
    in_house(|site| {
        let [council, network, _] = three(&site);
        compare(site.house()).unwrap();
        let mut browser = site.browser("editor");
        let address = format!("/directory/duplicates/{}/{}", council.id, network.id);
        let list = browser.get("/directory/duplicates");
        assert!(
            list.shows("The Lunch Club") && list.shows(&address),
            "{}",
            list.body
        );
        let page = browser.get(&address);
        for shown in [
            "Agrees",
            "Differs",
            "From council (assurer)",
            "nearer to the service",
        ] {
            assert!(page.shows(shown), "{shown} in {}", page.body);
        }
        let pair = &queue_of(&site, PairState::Open)[0];
        let version = pair.version.to_string();
        let without = browser.post(&address, &[("version", &version), ("answer", "first")]);
        assert_eq!(without.status, 422);
        let sent = [
            ("version", version.as_str()),
            ("answer", "first"),
            ("why", "One club"),
        ];
        assert_eq!(browser.post(&address, &sent).status, 303);
        let follower = now(&site, network.id);
        assert_eq!(follower.same_as, Some(council.id));
        assert_eq!(now(&site, council.id), council);
        // Sent again with what was seen before, it is refused.
        assert_eq!(browser.post(&address, &sent).status, 412);
        let page = browser.get(&address);
        let undo = page
            .body
            .split("action=\"")
            .find(|part| part.starts_with("/directory/duplicates/decisions/"))
            .unwrap();
        let undo = undo.split('"').next().unwrap().to_owned();
        assert_eq!(
            browser.post(&undo, &[("why", "They are two clubs")]).status,
            303
        );
        let again = now(&site, network.id);
        assert_eq!(
            (again.same_as, again.service),
            (None, network.service.clone())
        );
        assert_eq!(queue_of(&site, PairState::Open).len(), 1);
        assert_eq!(browser.post(&undo, &[("why", "Once more")]).status, 412);
        assert!(browser.get(&address).shows("Undone by"));
        let versions = site
            .database()
            .read_blocking(move |tx| listing::versions(tx, network.id))
            .unwrap();
        let why: Vec<_> = versions.iter().map(|one| one.why.as_str()).collect();
        assert_eq!(why, ["They are two clubs", "One club", "It is new"]);
    });
}

#[test]
fn two_things_and_later_are_kept_and_not_asked_again() {
    in_house(|site| {
        let [council, network, _] = three(&site);
        compare(site.house()).unwrap();
        let mut browser = site.browser("editor");
        let address = format!("/directory/duplicates/{}/{}", council.id, network.id);
        for (answer, state) in [("later", PairState::Later), ("two", PairState::Two)] {
            let all: Vec<Pair> = [PairState::Open, PairState::Later]
                .into_iter()
                .flat_map(|state| queue_of(&site, state))
                .collect();
            let version = all[0].version.to_string();
            let sent = [
                ("version", version.as_str()),
                ("answer", answer),
                ("why", "We asked them"),
            ];
            assert_eq!(browser.post(&address, &sent).status, 303);
            compare(site.house()).unwrap();
            assert_eq!(queue_of(&site, state).len(), 1, "{answer}");
            assert_eq!(queue_of(&site, PairState::Open), []);
        }
        assert_eq!(now(&site, network.id).same_as, None);
    });
}

#[test]
fn others_may_not_answer() {
    in_house(|site| {
        let [council, network, _] = three(&site);
        compare(site.house()).unwrap();
        let address = format!("/directory/duplicates/{}/{}", council.id, network.id);
        let sent = [("version", "\"1\""), ("answer", "first"), ("why", "x")];
        for role in ["resident", "ward", "provider"] {
            let mut browser = site.browser(role);
            assert_eq!(browser.post(&address, &sent).status, 403, "{role}");
        }
        assert_ne!(site.stranger().get("/directory/duplicates").status, 200);
        assert_eq!(now(&site, network.id), network);
    });
}

#[test]
fn only_the_same_identifier_and_name_are_decided_here() {
    in_house(|site| {
        let (database, environment) = (site.database(), site.environment());
        let uuid = "ac148810-d857-441c-9679-408f346de14b";
        let one = stored(
            database,
            environment,
            of_feed(1, "council", uuid, json!({})),
        );
        let other = stored(
            database,
            environment,
            of_feed(2, "network", uuid, json!({ "description": "Otherwise" })),
        );
        let third = stored(
            database,
            environment,
            of_feed(4, "third", uuid, json!({ "name": "Something else" })),
        );
        compare(site.house()).unwrap();
        assert_eq!(now(&site, other.id).same_as, Some(one.id));
        assert_eq!(now(&site, third.id).same_as, None);
        let decided = queue_of(&site, PairState::Same);
        let ids = (decided[0].first, decided[0].second);
        let decisions = database
            .read_blocking(move |tx| store::decisions(tx, ids))
            .unwrap();
        assert_eq!(decisions[0].decided_by, "This system");
        // Undone by a person, it is not decided here again.
        let (undone, decision) = (environment.clone(), decisions[0].id);
        database
            .write_blocking(move |tx| undo(tx, &undone, decision, ("An editor", "No")))
            .unwrap();
        compare(site.house()).unwrap();
        assert_eq!(now(&site, other.id).same_as, None);
        assert!(
            queue_of(&site, PairState::Open)
                .iter()
                .any(|pair| (pair.first, pair.second) == ids)
        );
    });
}

#[test]
fn a_listing_follows_only_one_that_stands() {
    in_house(|site| {
        let [council, network, _] = three(&site);
        compare(site.house()).unwrap();
        let environment = site.environment().clone();
        let refused = site.database().write_blocking(move |tx| {
            let seen = (network.id, network.version);
            listing::follow(
                tx,
                &environment,
                seen,
                Some(council.id),
                ("A test", "Before"),
            )?;
            let pair = store::pair(tx, (council.id, network.id))?.unwrap();
            decide(
                tx,
                &environment,
                ((pair.first, pair.second), pair.version),
                Answer::Same(network.id),
                ("A test", "x"),
            )
        });
        assert!(matches!(refused, Err(DirectoryError::Refused(_))));
    });
}

#[test]
fn the_listing_of_the_nearest_publisher_is_kept() {
    let listing = |number, feed: &str, over| {
        let new = of_feed(number, feed, "x", over);
        Listing {
            id: new.id,
            provenance: new.provenance,
            service: new.service,
            visibility: listing::Visibility::Public,
            cleared: Vec::new(),
            same_as: None,
            review_due: None,
            withdrawn_at: None,
            version: Version::FIRST,
            updated_at: environment().now(),
        }
    };
    let council = listing(2, "council", json!({}));
    let network = listing(1, "network", json!({ "assured_date": "2026-11-01" }));
    let other = listing(3, "other", json!({ "assured_date": "2026-01-01" }));
    assert_eq!(kept_of(&council, &network), council.id);
    assert_eq!(kept_of(&other, &network), network.id);
    // What is weighed does not depend on which comes first.
    let model = Model::embedded().unwrap();
    let (one, two) = (Traits::of(&council), Traits::of(&network));
    assert_eq!(model.weigh(&one, &two), model.weigh(&two, &one));
}

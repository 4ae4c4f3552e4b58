use serde_json::json;
use stour_database::testing::each_database;
use stour_database::{PageSize, Version};
use stour_open_referral::Uuid;
use stour_web::testing::each_house;

use super::*;
use crate::error::DirectoryError;
use crate::publication::Published;
use crate::testing::{environment, migrations, saved, service};

#[test]
fn every_state_of_a_listing_is_kept_with_who_and_why() {
    each_database(&migrations(), |database| {
        let environment = environment();
        let first = saved(&database, &environment, service(json!({})));
        let id = first.id;
        let (kept, changed, stale) = database
            .write_blocking(move |tx| {
                let next = NewListing {
                    id,
                    provenance: Provenance::own(id),
                    service: service(json!({ "name": "Dinner club" })),
                    review_due: None,
                    seen: Some(Version::FIRST),
                };
                let changed = save(tx, &environment, next.clone(), "An editor", "A new name")?;
                let stale = save(tx, &environment, next, "Another", "Too late");
                Ok::<_, DirectoryError>((versions(tx, id)?, changed, stale))
            })
            .unwrap();
        assert_eq!(changed.version.number(), 2);
        assert!(matches!(stale, Err(DirectoryError::Version(_))));
        let said: Vec<_> = kept.iter().map(|one| (&*one.saved_by, &*one.why)).collect();
        assert_eq!(said, [("An editor", "A new name"), ("A test", "It is new")]);
        let (new, old) = (&kept[0].service, &kept[1].service);
        assert_eq!(
            difference(old, new),
            [Change {
                what: "Name".to_owned(),
                before: Some("Lunch club".to_owned()),
                after: Some("Dinner club".to_owned()),
            }]
        );
    });
}

#[test]
fn only_what_is_active_public_and_itself_is_published() {
    each_database(&migrations(), |database| {
        let environment = environment();
        let named = |number: u128, over| {
            let mut made = service(over);
            made.id = Uuid::of_u128(number);
            made
        };
        let shown = saved(&database, &environment, named(1, json!({})));
        saved(
            &database,
            &environment,
            named(2, json!({ "status": "inactive" })),
        );
        let held = saved(
            &database,
            &environment,
            named(3, json!({ "name": "The Refuge" })),
        );
        let same = saved(&database, &environment, named(4, json!({})));
        assert!(matches!(held.visibility, Visibility::Held(_)));
        let (list, changed) = database
            .write_blocking(move |tx| {
                let to = Some(shown.id);
                follow(
                    tx,
                    &environment,
                    (same.id, same.version),
                    to,
                    ("An editor", "One and the same"),
                )?;
                let list = published(tx, None, PageSize::default())?;
                let start = "2026-11-24T09:00:00Z".parse().unwrap();
                let changed = changed_since(tx, (start, None), PageSize::new(3).unwrap())?;
                Ok::<_, DirectoryError>((list, changed))
            })
            .unwrap();
        let ids: Vec<_> = list.items.iter().map(Published::id).collect();
        assert_eq!(ids, [shown.id]);
        assert_eq!(changed.items.len(), 3);
        assert!(changed.next.is_some());
        assert_eq!(
            changed
                .items
                .iter()
                .filter(|one| one.published.is_some())
                .count(),
            1
        );
    });
}

#[test]
fn a_difference_names_fields_in_words() {
    let before = service(json!({}));
    let mut after = before.clone();
    let place = after.service_at_locations[0].location.as_mut().unwrap();
    place.addresses[0].postal_code = "BH21 1AB".to_owned();
    let changes = difference(&before, &after);
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0].what, "Place 1: address 1: postcode");
    assert_eq!(difference(&after, &after), []);
}

#[test]
fn an_editor_holds_and_publishes_a_listing_with_a_reason() {
    each_house(
        || vec![crate::capability()],
        |site| {
            let held = saved(
                site.database(),
                site.environment(),
                service(json!({ "name": "The Refuge" })),
            );
            let address = format!("/directory/listings/{}", held.id);
            let mut browser = site.browser("editor");
            assert!(browser.get("/directory/held").shows("The Refuge"));
            let page = browser.get(&address);
            assert!(
                page.shows("it may be a refuge") && page.shows("Kept here"),
                "{}",
                page.body
            );
            let form = format!("{address}/visibility");
            let version = held.version.to_string();
            let without = browser.post(&form, &[("version", &version), ("visibility", "public")]);
            assert!(without.status == 422 && without.shows("Say why"));
            let sent = [
                ("version", version.as_str()),
                ("visibility", "without-places"),
                ("why", "They agree <b>"),
            ];
            assert_eq!(browser.post(&form, &sent).status, 303);
            assert_eq!(browser.post(&form, &sent).status, 412);
            let id = held.id;
            let out = site
                .database()
                .read_blocking(move |tx| published_listing(tx, id))
                .unwrap()
                .unwrap();
            let place = out.service().service_at_locations[0]
                .location
                .as_ref()
                .unwrap();
            assert_eq!((place.addresses.len(), place.position()), (0, None));
            let page = browser.get(&address);
            assert!(
                page.shows("They agree &lt;b&gt;") && page.shows("without places"),
                "{}",
                page.body
            );
            for role in ["resident", "ward"] {
                let mut other = site.browser(role);
                assert_eq!(other.post(&form, &sent).status, 403);
                assert_eq!(other.get(&address).status, 403);
            }
            assert_ne!(site.stranger().get(&address).status, 200);
            assert_eq!(browser.get("/directory/listings/nonsense").status, 404);
        },
    );
}

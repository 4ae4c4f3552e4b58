//! Listings follow what feeds say.

use super::*;

#[test]
fn listings_are_kept_in_step_with_a_feed() {
    with_feed(|site, add_at| {
        let services = Arc::new(Mutex::new((1..=5).map(club).collect::<Vec<_>>()));
        let held = services.clone();
        add_at(&serve(move |path, query, _| match path {
            "/" => said(&json!({ "version": "HSDS-UK-3.0" })),
            "/services" => said(&page(&held.lock().unwrap(), page_of(query), 2)),
            _ => StatusCode::NOT_FOUND.into_response(),
        }));
        let first = read(site);
        assert_eq!(
            (first.state, first.why.clone(), counts(&first)),
            (RunState::Finished, None, [5, 5, 0, 0, 0, 0, 0])
        );
        let all = listings(site);
        assert_eq!(
            (all.len(), all[0].provenance.role, &*all[0].provenance.feed),
            (5, Role::Assurer, "a-feed")
        );
        assert!(
            all[0]
                .provenance
                .url
                .as_ref()
                .unwrap()
                .contains("/services/")
        );
        // Nothing has changed.
        assert_eq!(counts(&read(site)), [5, 0, 0, 5, 0, 0, 0]);
        // One is new, one changed, one gone, one cannot be read.
        {
            let mut services = services.lock().unwrap();
            services[0]["name"] = json!("Another name");
            services[1] = json!({ "id": "x", "status": "active" });
            services.push(club(6));
        }
        let third = read(site);
        assert_eq!(counts(&third), [6, 1, 1, 3, 1, 0, 1]);
        let all = listings(site);
        assert_eq!(
            all.iter().filter(|one| one.withdrawn_at.is_some()).count(),
            1
        );
        assert_eq!(&*all[0].service.name, "Another name");
        let notes = site
            .database()
            .read_blocking(move |tx| store::notes(tx, third.id, 10))
            .unwrap();
        assert_eq!(
            (notes.len(), notes[0].set_aside, notes[0].why.as_str()),
            (1, true, "it has no name")
        );
        // What comes back is there again.
        services.lock().unwrap()[1] = club(2);
        assert_eq!(counts(&read(site)), [6, 0, 1, 5, 0, 0, 0]);
        assert!(listings(site).iter().all(|one| one.withdrawn_at.is_none()));
    });
}

#[test]
fn a_shallow_list_is_read_service_by_service_and_one_that_fails_keeps_its_listing() {
    with_feed(|site, add_at| {
        let broken = Arc::new(std::sync::atomic::AtomicBool::new(false));
        let is_broken = broken.clone();
        let address = serve(move |path, query, _| {
            let all: Vec<Value> = (1..=3).map(club).collect();
            let shallow: Vec<Value> = all
                .iter()
                .map(|one| json!({ "id": one["id"], "name": one["name"], "status": "active" }))
                .collect();
            match path.strip_prefix("/base/services/") {
                Some(id) if is_broken.load(Ordering::Relaxed) && all[1]["id"] == id => {
                    "<html>oh</html>".into_response()
                }
                Some(id) => said(all.iter().find(|one| one["id"] == id).unwrap()),
                None if path == "/base/services" => said(&page(&shallow, page_of(query), 10)),
                None => StatusCode::NOT_FOUND.into_response(),
            }
        });
        add_at(&format!("{address}/base/services/"));
        assert_eq!(counts(&read(site)), [3, 3, 0, 0, 0, 0, 0]);
        assert!(
            listings(site)
                .iter()
                .all(|one| one.service.contacts.len() == 1)
        );
        broken.store(true, Ordering::Relaxed);
        let run = read(site);
        assert_eq!(counts(&run), [3, 0, 0, 2, 0, 0, 1]);
        assert!(
            listings(site)
                .iter()
                .all(|one| one.withdrawn_at.is_none() && one.service.contacts.len() == 1)
        );
    });
}

#[test]
fn only_what_has_changed_is_asked_for_where_the_feed_honours_that() {
    with_feed(|site, add_at| {
        let queries = Arc::new(Mutex::new(Vec::new()));
        let seen = queries.clone();
        add_at(&serve(move |path, query, _| {
            if path != "/services" {
                return StatusCode::NOT_FOUND.into_response();
            }
            let after = asked(query, "modified_after").map(str::to_owned);
            seen.lock().unwrap().push(after.clone());
            let all = match after {
                None => (1..=3).map(club).collect(),
                Some(after) if after.starts_with("2999") => Vec::new(),
                Some(_) => vec![club(2)],
            };
            said(&page(&all, page_of(query), 10))
        }));
        assert_eq!(counts(&read(site))[1], 3);
        queries.lock().unwrap().clear();
        let run = read(site);
        assert_eq!((run.whole, counts(&run)), (false, [1, 0, 0, 1, 0, 0, 0]));
        assert!(queries.lock().unwrap().iter().all(Option::is_some));
        // After a week the whole of it is read, or nothing would ever be withdrawn.
        site.clock().advance(Duration::from_hours(8 * 24));
        assert!(read(site).whole);
    });
}

#[test]
fn a_removed_feed_takes_its_listings_with_it() {
    with_feed(|site, add_at| {
        add_at(&serve(|path, query, _| match path {
            "/services" => said(&page(&[club(1)], page_of(query), 2)),
            _ => StatusCode::NOT_FOUND.into_response(),
        }));
        read(site);
        let environment = site.environment().clone();
        let gone = site
            .database()
            .write_blocking(move |tx| remove(tx, &environment, &name(), "A test"));
        assert_eq!(gone.unwrap(), 1);
        assert!(listings(site)[0].withdrawn_at.is_some());
        assert!(matches!(
            sync(site.house(), &name(), options(), &mut |_| {}),
            Err(DirectoryError::NotThere)
        ));
    });
}

#[test]
fn what_a_shallow_list_says_is_unchanged_is_not_asked_for_again() {
    with_feed(|site, add_at| {
        let details = Arc::new(AtomicUsize::new(0));
        let asked_for = details.clone();
        add_at(&serve(move |path, query, _| {
            let all: Vec<Value> = (1..=3)
                .map(|number| {
                    let mut one = club(number);
                    one["last_modified"] = json!("2026-01-02T03:04:05Z");
                    one
                })
                .collect();
            let shallow: Vec<Value> = all
                .iter()
                .map(|one| json!({ "id": one["id"], "name": one["name"], "last_modified": one["last_modified"] }))
                .collect();
            match path.strip_prefix("/services/") {
                Some(id) => {
                    asked_for.fetch_add(1, Ordering::Relaxed);
                    said(all.iter().find(|one| one["id"] == id).unwrap())
                }
                None if path == "/services" => said(&page(&shallow, page_of(query), 10)),
                None => StatusCode::NOT_FOUND.into_response(),
            }
        }));
        assert_eq!(counts(&read(site)), [3, 3, 0, 0, 0, 0, 0]);
        assert_eq!(counts(&read(site)), [3, 0, 0, 3, 0, 0, 0]);
        assert_eq!(details.load(Ordering::Relaxed), 3);
        // Each week every one of them is.
        site.clock().advance(Duration::from_hours(8 * 24));
        assert_eq!(counts(&read(site)), [3, 0, 0, 3, 0, 0, 0]);
        assert_eq!(details.load(Ordering::Relaxed), 6);
        assert!(listings(site).iter().all(|one| one.withdrawn_at.is_none()));
    });
}

#[test]
fn what_was_changed_here_stands_beside_what_the_feed_changes() {
    with_feed(|site, add_at| {
        let services = Arc::new(Mutex::new(vec![club(1)]));
        let held = services.clone();
        add_at(&serve(move |path, query, _| match path {
            "/services" => said(&page(&held.lock().unwrap(), page_of(query), 2)),
            _ => StatusCode::NOT_FOUND.into_response(),
        }));
        read(site);
        let before = listings(site).remove(0);
        let environment = site.environment().clone();
        let mut service = before.service.clone();
        service.name = "Our name".parse().unwrap();
        let edited = listing::NewListing {
            id: before.id,
            provenance: before.provenance.clone(),
            service,
            review_due: None,
            seen: Some(before.version),
        };
        site.database()
            .write_blocking(move |tx| {
                listing::save(
                    tx,
                    &environment,
                    edited.clone(),
                    "A provider",
                    "Our new name",
                )
            })
            .unwrap();
        // The feed says what it said: what was changed here stands.
        assert_eq!(counts(&read(site)), [1, 0, 0, 1, 0, 0, 0]);
        assert_eq!(&*listings(site)[0].service.name, "Our name");
        // It changes something else, and then the same.
        services.lock().unwrap()[0]["description"] = json!("Chess");
        assert_eq!(counts(&read(site)), [1, 0, 1, 0, 0, 0, 0]);
        services.lock().unwrap()[0]["name"] = json!("Their name");
        assert_eq!(counts(&read(site)), [1, 0, 0, 1, 0, 0, 0]);
        services.lock().unwrap()[0]["alert"] = json!("Closed this week");
        assert_eq!(counts(&read(site)), [1, 0, 1, 0, 0, 0, 0]);
        let now = listings(site).remove(0).service;
        let shown = (&*now.name, now.description.as_deref(), now.alert.as_deref());
        assert_eq!(shown, ("Our name", Some("Chess"), Some("Closed this week")));
    });
}

//! Feeds that fail, lie or never end.

use super::*;

#[test]
fn a_feed_that_dies_half_way_leaves_what_was_there_and_is_taken_up() {
    with_feed(|site, add_at| {
        let dead = Arc::new(std::sync::atomic::AtomicBool::new(false));
        let asked_for = Arc::new(Mutex::new(Vec::new()));
        let (is_dead, pages) = (dead.clone(), asked_for.clone());
        add_at(&serve(move |path, query, _| {
            if path != "/services" {
                return StatusCode::NOT_FOUND.into_response();
            }
            let all: Vec<Value> = (1..=6).map(club).collect();
            let number = page_of(query);
            if asked(query, "modified_after").is_none() {
                pages.lock().unwrap().push(number);
            }
            if number == 2 && is_dead.load(Ordering::Relaxed) {
                return StatusCode::BAD_GATEWAY.into_response();
            }
            said(&page(&all, number, 2))
        }));
        assert_eq!(counts(&read(site)), [6, 6, 0, 0, 0, 0, 0]);
        dead.store(true, Ordering::Relaxed);
        let stopped = read(site);
        assert_eq!(stopped.state, RunState::Stopped);
        assert!(
            stopped
                .why
                .as_ref()
                .unwrap()
                .starts_with("page 2: it did not answer"),
            "{stopped:?}"
        );
        assert_eq!(
            (stopped.next_page, counts(&stopped)),
            (2, [2, 0, 0, 2, 0, 0, 0])
        );
        assert!(listings(site).iter().all(|one| one.withdrawn_at.is_none()));
        dead.store(false, Ordering::Relaxed);
        asked_for.lock().unwrap().clear();
        let taken_up = read(site);
        assert_eq!(
            (taken_up.state, counts(&taken_up)),
            (RunState::Finished, [6, 0, 0, 6, 0, 0, 0])
        );
        assert_eq!(*asked_for.lock().unwrap(), [2, 3]);
        assert!(listings(site).iter().all(|one| one.withdrawn_at.is_none()));
    });
}

#[test]
fn a_busy_feed_is_asked_again() {
    with_feed(|site, add_at| {
        add_at(&serve(|path, query, times| match path {
            "/services" if times % 2 == 1 => said(&page(&[club(1)], page_of(query), 2)),
            "/services" => (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "0")]).into_response(),
            _ => StatusCode::NOT_FOUND.into_response(),
        }));
        assert_eq!(counts(&read(site)), [1, 1, 0, 0, 0, 0, 0]);
    });
}

#[test]
fn a_feed_that_repeats_itself_or_says_it_has_more_withdraws_nothing() {
    with_feed(|site, add_at| {
        let mode = Arc::new(AtomicUsize::new(0));
        let now = mode.clone();
        add_at(&serve(move |path, query, _| {
            if path != "/services" {
                return StatusCode::NOT_FOUND.into_response();
            }
            let all: Vec<Value> = (1..=4).map(club).collect();
            let mut body = page(&all, page_of(query), 2);
            match now.load(Ordering::Relaxed) {
                // Whatever is asked for, the first page.
                1 => body = page(&all, 1, 2),
                // More than it gives.
                2 => body = json!({ "total_items": 40, "total_pages": 1, "contents": [club(1)] }),
                // Pages without end.
                3 => {
                    let number = u128::try_from(page_of(query)).unwrap();
                    body = json!({ "contents": [club(number % 3 + 1)] });
                }
                _ => {}
            }
            said(&body)
        }));
        assert_eq!(counts(&read(site))[1], 4);
        for (number, why) in [
            (1, "repeats itself"),
            (2, "nothing was withdrawn"),
            (3, "repeats itself"),
        ] {
            mode.store(number, Ordering::Relaxed);
            let run = read(site);
            assert!(run.why.as_ref().unwrap().contains(why), "{number}: {run:?}");
            assert!(listings(site).iter().all(|one| one.withdrawn_at.is_none()));
        }
    });
}

#[test]
fn a_feed_that_has_lost_most_of_itself_is_looked_at_first() {
    with_feed(|site, add_at| {
        let empty = Arc::new(std::sync::atomic::AtomicBool::new(false));
        let is_empty = empty.clone();
        add_at(&serve(move |path, query, _| {
            let all: Vec<Value> = if is_empty.load(Ordering::Relaxed) {
                Vec::new()
            } else {
                (1..=30).map(club).collect()
            };
            match path {
                "/services" => said(&page(&all, page_of(query), 50)),
                _ => StatusCode::NOT_FOUND.into_response(),
            }
        }));
        assert_eq!(counts(&read(site))[1], 30);
        empty.store(true, Ordering::Relaxed);
        let whole = Options {
            whole: true,
            ..options()
        };
        later(site);
        let run = sync(site.house(), &name(), whole, &mut |_| {}).unwrap();
        assert!(
            run.why.as_ref().unwrap().contains("lost 30 of 30"),
            "{run:?}"
        );
        later(site);
        let accepted = Options {
            accept_withdrawals: true,
            ..whole
        };
        let run = sync(site.house(), &name(), accepted, &mut |_| {}).unwrap();
        assert_eq!(run.counts.withdrawn, 30);
    });
}

#[test]
fn wrong_json_and_descriptions_without_end_do_no_harm() {
    with_feed(|site, add_at| {
        let mode = Arc::new(AtomicUsize::new(0));
        let now = mode.clone();
        add_at(&serve(move |path, _, _| {
            match (path, now.load(Ordering::Relaxed)) {
                ("/services", 0) => said(&json!({ "content": [
                { "id": "a", "name": "A", "description": "word ".repeat(1_000_000), "regular_schedules": [] },
                { "id": "b", "name": "B", "service_taxonomys": [{ "taxonomy": { "id": "t1", "name": "T1", "parent_id": "t1" } }] },
                17, null, "x", [],
            ], "totalElements": 6, "totalPages": 1, "last": true })),
                ("/services", 1) => "{\"contents\": [".into_response(),
                ("/services", 2) => said(&json!("no page")),
                ("/services", 3) => said(&json!({ "contents": 3 })),
                _ => StatusCode::NOT_FOUND.into_response(),
            }
        }));
        let run = read(site);
        assert_eq!(
            (run.state, counts(&run)),
            (RunState::Finished, [6, 2, 0, 0, 0, 2, 4])
        );
        for (number, why) in [(1, "no JSON"), (2, "no page"), (3, "no page")] {
            mode.store(number, Ordering::Relaxed);
            let run = read(site);
            assert!(
                run.state == RunState::Stopped && run.why.as_ref().unwrap().contains(why),
                "{run:?}"
            );
            assert_eq!(listings(site).len(), 2);
        }
        let feed = site
            .database()
            .read_blocking(|tx| store::feed(tx, &name()))
            .unwrap()
            .unwrap();
        assert_eq!(feed.standard.as_deref(), Some("1.0"));
    });
}

#[test]
fn a_feed_that_counts_its_pages_from_nought_is_read_whole() {
    with_feed(|site, add_at| {
        add_at(&serve(|path, query, _| {
            let all: Vec<Value> = (1..=5).map(club).collect();
            match path {
                "/services" => said(&page(&all, page_of(query) + 1, 2)),
                _ => StatusCode::NOT_FOUND.into_response(),
            }
        }));
        assert_eq!(counts(&read(site)), [5, 5, 0, 0, 0, 0, 0]);
    });
}

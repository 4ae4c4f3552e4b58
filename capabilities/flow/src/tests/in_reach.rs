use axum::http::StatusCode;

use super::{admitted, adt, house, known_to, store, take};

#[test]
fn in_reach_shows_people_in_hospital_whom_the_organisation_knows() {
    house(|site| {
        let person = admitted(&site);
        let mut community = site.browser("community");
        let before = community.get("/in-reach");
        assert!(
            before
                .body
                .contains("Nobody whom you look after is in hospital now.")
        );
        known_to(&site, person, "RDY");
        let page = community.get("/in-reach").body;
        for part in [
            "SMITH, Ann",
            "bed 4",
            "University Hospitals Dorset",
            "Has a record with you",
        ] {
            assert!(page.contains(part), "{part} is not on the page:\n{page}");
        }
        let json = community.get_json("/api/in-reach");
        assert_eq!(json["in_hospital"][0]["spell"]["ward"], "BAMU");
        take(&site, &[adt("A03", "2", "202611231500", "BAMU")]);
        let page = community.get("/in-reach").body;
        assert!(page.contains("Nobody whom you look after is in hospital now."));
        assert!(page.contains("23 November 2026 at 3:00pm"));
    });
}

#[test]
fn a_message_reaches_an_open_page_within_a_second() {
    house(|site| {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .unwrap();
        let working = runtime.spawn((crate::message::JOB.run)(site.house().clone()));
        let version = || {
            let topics = site
                .database()
                .read_blocking(stour_database::topics)
                .unwrap();
            topics.get("in-reach").copied().unwrap_or_default()
        };
        let before = version();
        store(&site, &[adt("A01", "1", "202611200900", "BAMU")]);
        // Bounded so that a page that never follows fails; how soon it does is measured in a browser.
        for _ in 0..1_000 {
            if version() != before {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        assert_ne!(version(), before, "the page was not told");
        working.abort();
        let mut community = site.browser("community");
        assert!(
            community
                .get("/in-reach")
                .body
                .contains("data-live=\"/in-reach/live\"")
        );
    });
}

#[test]
fn in_reach_is_for_those_who_do_it() {
    house(|site| {
        for role in ["ward", "adviser", "chief-officer", "integration"] {
            let mut browser = site.browser(role);
            assert_eq!(
                browser.get("/in-reach").status,
                StatusCode::FORBIDDEN,
                "{role}"
            );
            assert_eq!(
                browser.get("/api/in-reach").status,
                StatusCode::FORBIDDEN,
                "{role}"
            );
        }
    });
}

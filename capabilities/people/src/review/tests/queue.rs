//! The queue in the browser.

use axum::http::StatusCode;
use stour_web::testing::each_house;

use super::{capabilities, pair, pair_of};

#[test]
fn only_the_records_team_sees_pairs_and_only_those_who_answer_for_it_the_counts() {
    each_house(capabilities, |site| {
        let pair = pair(&site);
        for role in stour_access::ROLES {
            let mut browser = site.browser(role.name);
            let is_records = role.name == "records";
            for path in [
                "/reviews",
                "/reviews/next",
                "/reviews/labels.csv",
                &pair.address(),
            ] {
                let status = browser.get(path).status;
                let expected = match path {
                    _ if !is_records => StatusCode::FORBIDDEN,
                    "/reviews/next" => StatusCode::SEE_OTHER,
                    _ => StatusCode::OK,
                };
                assert_eq!(status, expected, "{path} as {}", role.name);
            }
            let counts = ["records", "governance", "analyst"].contains(&role.name);
            for path in ["/matching/quality", "/matching/calibration"] {
                let status = browser.get(path).status;
                let expected = if counts {
                    StatusCode::OK
                } else {
                    StatusCode::FORBIDDEN
                };
                assert_eq!(status, expected, "{path} as {}", role.name);
            }
            for path in ["merges", "merge"] {
                let status = browser
                    .get(&format!("/people/{}/{path}", pair.candidate))
                    .status;
                assert_eq!(
                    status == StatusCode::OK,
                    is_records,
                    "{path} as {}",
                    role.name
                );
            }
            let sent = [("answer", "same"), ("reason-same", "same-moved")];
            let posted = browser.post(&pair.address(), &sent).status;
            assert!(posted.is_client_error(), "{}", role.name);
        }
    });
}

#[test]
fn the_queue_says_what_waits_why_and_since_when() {
    each_house(capabilities, |site| {
        pair(&site);
        pair_of(&site, "Jones", [false, false]);
        let mut records = site.browser("records");
        let queue = records.get("/reviews");
        for text in [
            "SMITH, Marie",
            "JONES, Mary",
            "The records agree too much to be ignored",
            "Dorset County Hospital",
            "1 December 2026",
            "To answer",
            "Local setting; no national target was found (unverified)",
        ] {
            assert!(queue.shows(text), "{text}: {}", queue.body);
        }
        let number = |page: &str, label: &str| {
            let (before, _) = page.split_once(label).unwrap();
            let number = before.rsplit_once("stour-board__number\">").unwrap().1;
            number.split_once('<').unwrap().0.parse::<u32>().unwrap()
        };
        assert_eq!(number(&queue.body, "to review in all"), 2);
        assert_eq!(number(&queue.body, ">overdue<"), 0);
        site.clock().set("2026-12-05T09:00:00Z".parse().unwrap());
        let mut records = site.browser("records");
        let later = records.get("/reviews?due=overdue");
        assert_eq!(number(&later.body, ">overdue<"), 2);
        assert!(later.shows("Overdue</strong>") && later.shows("7 to 27 days: 2"));
        assert!(
            records
                .get("/reviews?state=second")
                .shows("No pair is like that")
        );
        assert!(
            records
                .get("/reviews?source=RBD&kind=link")
                .shows("SMITH, Marie")
        );
        pair_of(&site, "Brown", [false, false]);
        let narrowed = records.get("/reviews?due=overdue");
        assert!(
            narrowed.shows("Showing 2 of 3")
                && narrowed.shows("href=\"/reviews\">Clear the filter"),
            "{}",
            narrowed.body
        );
        assert!(!records.get("/reviews").shows("Clear the filter"));
        assert!(!records.get("/reviews?source=R0D").shows("SMITH, Marie"));
        assert!(
            records
                .get("/reviews?state=nonsense&source=%27")
                .shows("SMITH, Marie")
        );
    });
}

#[test]
fn a_long_queue_is_paged_without_loss_past_what_is_hidden() {
    each_house(capabilities, |site| {
        for number in 0..60 {
            let is_hidden = number % 10 == 3;
            pair_of(&site, &format!("Family{number}"), [is_hidden, false]);
        }
        let mut records = site.browser("records");
        let first = records.get("/reviews");
        let count = |body: &str| body.matches("FAMILY").count() / 2;
        assert_eq!(count(&first.body), 50);
        let rest = first.body.split_once("&amp;from=").unwrap().1;
        let from = rest.split_once('"').unwrap().0;
        let second = records.get(&format!("/reviews?from={from}"));
        assert_eq!(count(&second.body), 4, "{}", second.body);
        assert!(first.shows(">54<"), "of 60, six are hidden");
    });
}

#[test]
fn a_search_leads_the_records_team_to_what_was_joined_and_others_to_the_record() {
    each_house(capabilities, |site| {
        let pair = pair(&site);
        let found = site.browser("records").get("/people?q=smith+mary");
        assert!(
            found.shows(&format!("/people/{}/merges", pair.candidate)),
            "{}",
            found.body
        );
        assert!(!found.shows("create a new record"));
        let found = site.browser("adviser").get("/people?q=smith+mary");
        assert!(found.shows(&format!("\"/people/{}\"", pair.candidate)));
        let refused = site
            .browser("records")
            .get(&format!("/people/{}", pair.candidate));
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    });
}

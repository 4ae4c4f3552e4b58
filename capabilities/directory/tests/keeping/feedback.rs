use axum::http::StatusCode;
use serde_json::json;

use crate::house::{CLUB, between, club, save, with_directory};

const WRONG: [(&str, &str); 3] = [("listing", CLUB), ("kind", "wrong"), ("words", "It moved")];

#[test]
fn what_the_public_says_reaches_the_editors() {
    with_directory(|site| {
        let mut anybody = site.stranger();
        let page = anybody.get(&format!("/directory/feedback?listing={CLUB}"));
        assert!(page.shows("Tell us about this listing"));
        let hostile = "<img src=x onerror=alert(1)>";
        let thanks = anybody.post(
            "/directory/feedback",
            &[WRONG[0], WRONG[1], ("words", hostile)],
        );
        assert!(thanks.shows("Thank you"));
        let mut editor = site.browser("editor");
        let queue = editor.get("/directory/suggestions");
        assert!(queue.shows("&lt;img src=x onerror=alert(1)&gt;"));
        assert!(!queue.shows("<img src=x"));
        assert!(queue.shows("Something is wrong or out of date"));
        let id = between(&queue.body, "/directory/notes/", "/settle").to_owned();
        let settle = format!("/directory/notes/{id}/settle");
        let why = format!("why-{id}");
        assert_eq!(
            editor.post(&settle, &[("version", "\"1\"")]).status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        editor.post(&settle, &[("version", "\"1\""), (&why, "Put right")]);
        assert!(!editor.get("/directory/suggestions").shows("onerror"));
    });
}

#[test]
fn mistakes_are_told_and_nothing_is_kept() {
    with_directory(|site| {
        let mut anybody = site.stranger();
        let long = "a".repeat(2_001);
        for (field, text) in [
            ("kind", "praise"),
            ("words", ""),
            ("words", long.as_str()),
            ("words", "a\u{202E}b"),
        ] {
            let mut fields = WRONG.to_vec();
            fields.retain(|(name, _)| *name != field);
            fields.push((field, text));
            let answer = anybody.post("/directory/feedback", &fields);
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        }
        let mine = anybody.post(
            "/directory/feedback",
            &[WRONG[0], ("kind", "mine"), WRONG[2]],
        );
        assert!(mine.shows("Tell us where to reply"));
        assert!(
            site.browser("editor")
                .get("/directory/suggestions")
                .shows("From the public")
        );
        assert!(
            !site
                .browser("editor")
                .get("/directory/suggestions")
                .shows("It moved")
        );
    });
}

#[test]
fn programs_and_floods_are_kept_out() {
    with_directory(|site| {
        let mut anybody = site.stranger();
        let mut trapped = WRONG.to_vec();
        trapped.push(("website", "https://example.com"));
        assert!(
            anybody
                .post("/directory/feedback", &trapped)
                .shows("Thank you")
        );
        assert!(
            !site
                .browser("editor")
                .get("/directory/suggestions")
                .shows("It moved")
        );
        for _ in 0..20 {
            assert_eq!(
                anybody.post("/directory/feedback", &WRONG).status,
                StatusCode::OK
            );
        }
        let flood = anybody.post("/directory/feedback", &WRONG);
        assert_eq!(flood.status, StatusCode::TOO_MANY_REQUESTS);
        site.clock().advance(std::time::Duration::from_hours(24));
        assert_eq!(
            anybody.post("/directory/feedback", &WRONG).status,
            StatusCode::OK
        );
    });
}

#[test]
fn nobody_learns_of_a_listing_that_is_held() {
    with_directory(|site| {
        let mut refuge = club();
        refuge.description = serde_json::from_value(json!("A women's refuge.")).unwrap();
        save(&site, refuge, None);
        let mut anybody = site.stranger();
        let held = anybody.get(&format!("/directory/feedback?listing={CLUB}"));
        let none = anybody.get("/directory/feedback?listing=ac148810-d857-441c-9679-408f346de199");
        assert_eq!(
            (held.status, none.status),
            (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND)
        );
        assert_eq!(
            anybody.post("/directory/feedback", &WRONG).status,
            StatusCode::NOT_FOUND
        );
        let mut provider = site.browser("provider");
        let claimed = provider.post(
            "/directory/claims/new",
            &[("listing", CLUB), ("words", "Mine")],
        );
        assert_eq!(claimed.status, StatusCode::NOT_FOUND);
    });
}

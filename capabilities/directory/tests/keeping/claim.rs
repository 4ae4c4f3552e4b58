use axum::http::StatusCode;

use crate::house::{CLUB, between, granted, version, with_directory};

#[test]
fn an_editor_decides_who_keeps_listings_and_each_sees_the_answer() {
    with_directory(|site| {
        let mut ann = site.browser("provider");
        assert_eq!(
            ann.get(&format!("/directory/mine/{CLUB}")).status,
            StatusCode::NOT_FOUND
        );
        granted(&site, &mut ann);
        let mine = ann.get("/directory/mine");
        assert!(mine.shows("Lunch club"));
        assert!(mine.shows("You keep them, and are asked first"));
        assert!(
            ann.get(&format!("/directory/mine/{CLUB}"))
                .shows("Still right")
        );
        let twice = ann.post(
            "/directory/claims/new",
            &[("listing", CLUB), ("words", "I run it")],
        );
        assert_eq!(twice.status, StatusCode::CONFLICT);
    });
}

#[test]
fn somebody_elses_claim_takes_nothing_over() {
    with_directory(|site| {
        let (mut ann, mut bob) = (site.browser("provider"), site.browser("provider"));
        granted(&site, &mut ann);
        bob.post(
            "/directory/claims/new",
            &[("listing", CLUB), ("words", "I run it now")],
        );
        let mut editor = site.browser("editor");
        let page = editor.get("/directory/claims");
        assert!(page.shows("Kept already by"));
        let id = between(&page.body, "/directory/claims/", "/decide").to_owned();
        let decide = format!("/directory/claims/{id}/decide");
        editor.post(&decide, &[("version", "\"1\""), ("decision", "grant")]);
        assert!(
            ann.get("/directory/mine")
                .shows("You keep them, and are asked first")
        );
        assert!(bob.get("/directory/mine").shows("You keep them"));
        assert!(!bob.get("/directory/mine").shows("asked first"));
        // The lead is passed on by an editor alone.
        let led = editor.post(&decide, &[("version", "\"2\""), ("decision", "lead")]);
        assert_eq!(led.location(), "/directory/claims", "{}", led.body);
        assert!(bob.get("/directory/mine").shows("asked first"));
        assert!(!ann.get("/directory/mine").shows("asked first"));
        let field = format!("why-{id}");
        let mute = editor.post(&decide, &[("version", "\"3\""), ("decision", "revoke")]);
        assert_eq!(mute.status, StatusCode::UNPROCESSABLE_ENTITY);
        let revoked = editor.post(
            &decide,
            &[
                ("version", "\"3\""),
                ("decision", "revoke"),
                (&field, "Left <b>"),
            ],
        );
        assert_eq!(revoked.location(), "/directory/claims", "{}", revoked.body);
        assert!(bob.get("/directory/mine").shows("No longer yours"));
        assert!(bob.get("/directory/mine").shows("Left &lt;b&gt;"));
        assert_eq!(
            bob.get(&format!("/directory/mine/{CLUB}")).status,
            StatusCode::NOT_FOUND
        );
        // Who was refused or revoked may ask again.
        let again = bob.post(
            "/directory/claims/new",
            &[("listing", CLUB), ("words", "Back")],
        );
        assert_eq!(again.location(), "/directory/mine");
    });
}

#[test]
fn a_claim_that_somebody_else_decided_is_not_decided_twice() {
    with_directory(|site| {
        let mut ann = site.browser("provider");
        ann.post(
            "/directory/claims/new",
            &[("listing", CLUB), ("words", "I run it")],
        );
        let mut editor = site.browser("editor");
        let page = editor.get("/directory/claims");
        let id = between(&page.body, "/directory/claims/", "/decide").to_owned();
        let (decide, seen) = (format!("/directory/claims/{id}/decide"), version(&page));
        let why = format!("why-{id}");
        let refused = [
            ("version", seen.as_str()),
            ("decision", "refuse"),
            (why.as_str(), "Not theirs"),
        ];
        assert_eq!(editor.post(&decide, &refused).status, StatusCode::SEE_OTHER);
        let late = site
            .browser("editor")
            .post(&decide, &[("version", &seen), ("decision", "grant")]);
        assert_eq!(late.status, StatusCode::PRECONDITION_FAILED);
        assert!(ann.get("/directory/mine").shows("Not theirs"));
    });
}

#[test]
fn each_role_may_do_what_the_policies_say() {
    with_directory(|site| {
        let pages = [
            ("/directory/mine", ["provider", "editor"].as_slice()),
            (
                "/directory/claims",
                &["editor", "service-manager", "analyst", "chief-officer"],
            ),
            (
                "/directory/suggestions",
                &["editor", "service-manager", "analyst", "chief-officer"],
            ),
            (
                "/directory/reviews",
                &["editor", "service-manager", "analyst", "chief-officer"],
            ),
        ];
        for role in [
            "provider",
            "editor",
            "service-manager",
            "analyst",
            "chief-officer",
            "adviser",
            "ward",
            "governance",
            "finance",
        ] {
            let mut browser = site.browser(role);
            for (page, may) in pages {
                let expected = if may.contains(&role) {
                    StatusCode::OK
                } else {
                    StatusCode::FORBIDDEN
                };
                assert_eq!(browser.get(page).status, expected, "{role} {page}");
            }
            let to_editors = browser.post(
                "/directory/claims/00000000-0000-7000-8000-000000000000/decide",
                &[("version", "\"1\""), ("decision", "grant")],
            );
            let expected = if role == "editor" {
                StatusCode::NOT_FOUND
            } else {
                StatusCode::FORBIDDEN
            };
            assert_eq!(to_editors.status, expected, "{role}");
        }
        let mut stranger = site.stranger();
        assert_ne!(stranger.get("/directory/mine").status, StatusCode::OK);
        assert_ne!(
            stranger.get("/directory/suggestions").status,
            StatusCode::OK
        );
    });
}

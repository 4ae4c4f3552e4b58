use axum::http::{Method, StatusCode};
use stour_access::audit::{Verdict, verify};
use stour_web::testing::{Site, each_house};
use stour_web::{Capability, House, Parts, Route, Settings, StartError, router};

use super::capability::notes;

fn each(test: impl Fn(Site)) {
    each_house(|| vec![notes()], test);
}

#[test]
fn a_form_sent_twice_is_done_once_and_answers_the_same() {
    each(|site| {
        let mut adviser = site.browser("adviser");
        let first = adviser.post("/notes", &[("text", "one <b>note</b>")]);
        assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
        let again = adviser.post_again("/notes", &[("text", "one <b>note</b>")]);
        assert_eq!(again.location(), first.location());
        let other = adviser.post_again("/notes", &[("text", "another")]);
        assert_eq!(other.status, StatusCode::CONFLICT);
        let list = site.browser("chief-officer").get("/notes");
        assert_eq!(
            list.body
                .matches("<li>one &lt;b&gt;note&lt;/b&gt;</li>")
                .count(),
            1,
            "{}",
            list.body
        );
        assert!(!list.shows("another"));
    });
}

#[test]
fn a_write_that_fails_leaves_nothing() {
    each(|site| {
        let mut adviser = site.browser("adviser");
        assert_eq!(
            adviser.post("/notes", &[("text", "refuse me")]).status,
            StatusCode::CONFLICT
        );
        assert_eq!(
            adviser.post("/notes", &[("text", "")]).status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        assert!(
            !site
                .browser("chief-officer")
                .get("/notes")
                .shows("refuse me")
        );
    });
}

#[test]
fn who_may_not_is_refused_and_both_answers_are_in_the_audit() {
    each(|site| {
        assert_eq!(
            site.browser("ward").get("/notes").status,
            StatusCode::FORBIDDEN
        );
        assert_eq!(
            site.browser("chief-officer")
                .post("/notes", &[("text", "x")])
                .status,
            StatusCode::FORBIDDEN
        );
        assert_eq!(
            site.browser("adviser")
                .post("/notes", &[("text", "x")])
                .status,
            StatusCode::SEE_OTHER
        );
        let (refused, verdict) = site
            .database()
            .read_blocking(|tx| {
                let refused = tx.rows(
                    stour_database::sql!(
                        "SELECT action FROM audit_entry WHERE decision = 'refuse' ORDER BY action"
                    ),
                    stour_database::params![],
                    |row| row.get::<String>(0),
                )?;
                let verdict = verify(tx, None)
                    .map_err(|error| stour_database::Error::Statement(error.to_string()))?;
                Ok::<_, stour_database::Error>((refused, verdict))
            })
            .unwrap();
        assert_eq!(refused, ["board.read", "person.create"]);
        assert!(matches!(verdict, Verdict::Sound { .. }), "{verdict:?}");
    });
}

#[test]
fn an_answer_that_nobody_decided_on_does_not_leave() {
    each(|site| {
        let answer = site.browser("chief-officer").get("/notes/undecided");
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(!answer.shows("nobody decided"));
        let panicked = site.browser("chief-officer").get("/notes/panic");
        assert_eq!(panicked.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(panicked.shows("Request number") && !panicked.shows("as the test wants"));
    });
}

#[test]
fn a_route_with_an_unknown_action_does_not_start() {
    each(|site| {
        let wrong = || Capability {
            routes: vec![Route::get("/wrong", "nobody.knows", || async { "" })],
            ..Capability::default()
        };
        let parts = Parts {
            database: site.database().clone(),
            access: site.house().access().clone(),
            environment: site.environment().clone(),
            settings: Settings::default(),
        };
        let house = House::new(parts, &[wrong()]);
        let error = router(&house, vec![wrong()]).unwrap_err();
        assert!(matches!(
            error,
            StartError::UnknownAction {
                path: "/wrong",
                action: "nobody.knows",
                ..
            }
        ));
    });
}

#[test]
fn every_page_of_a_demonstration_says_so_and_no_page_of_another_house() {
    let pages_say = |site: &Site| {
        let mut adviser = site.browser("adviser");
        ["/", "/notes", "/nowhere"].map(|path| {
            adviser
                .get(path)
                .shows("Demonstration: the people are made up.")
        })
    };
    each(|site| {
        assert_eq!(pages_say(&site), [false; 3]);
        let settings = Settings {
            demonstration: true,
            ..Settings::default()
        };
        assert_eq!(pages_say(&site.set_up(settings, vec![notes()])), [true; 3]);
    });
}

#[test]
fn a_forged_form_changes_nothing() {
    each(|site| {
        let form = |token: &str| format!("csrf={token}&request-key=abcdefgh&text=forged");
        let kind = (
            "content-type",
            "application/x-www-form-urlencoded".to_owned(),
        );
        let mut adviser = site.browser("adviser");
        for token in ["", "0000", &"a".repeat(64)] {
            let answer = adviser.send(
                Method::POST,
                "/notes",
                std::slice::from_ref(&kind),
                form(token),
            );
            assert_eq!(answer.status, StatusCode::FORBIDDEN);
        }
        assert!(!site.browser("chief-officer").get("/notes").shows("forged"));
    });
}

#[test]
fn problems_are_json_for_programs_and_pages_for_people() {
    each(|site| {
        let mut chief = site.browser("chief-officer");
        let page = chief.get("/nowhere");
        assert_eq!(page.status, StatusCode::NOT_FOUND);
        assert!(page.shows("<h1") && page.shows("Page not found"));
        let json = chief.get("/api/nowhere");
        assert_eq!(json.headers["content-type"], "application/problem+json");
        assert_eq!(json.json()["status"], 404);
        let stranger = site.stranger().get("/api/nowhere");
        assert_eq!(stranger.status, StatusCode::NOT_FOUND);
        assert_eq!(
            chief
                .send(Method::DELETE, "/notes", &[], String::new())
                .status,
            StatusCode::METHOD_NOT_ALLOWED
        );
        assert_eq!(chief.get("/notes/%FF").status, StatusCode::BAD_REQUEST);
    });
}

#[test]
fn every_answer_carries_the_headers_that_keep_a_browser_safe() {
    each(|site| {
        let mut chief = site.browser("chief-officer");
        for path in [
            "/",
            "/notes",
            "/nowhere",
            "/api/openapi.json",
            "/sign-in",
            "/accessibility",
        ] {
            let answer = chief.get(path);
            for header in [
                "content-security-policy",
                "x-content-type-options",
                "referrer-policy",
                "strict-transport-security",
                "x-request-id",
                "cache-control",
            ] {
                assert!(
                    answer.headers.contains_key(header),
                    "{path} has no {header}"
                );
            }
            assert!(
                !answer.shows("<script>") && !answer.shows("style="),
                "{path} holds something inline"
            );
        }
        let asset = stour_design::assets().first().unwrap();
        let answer = chief.get(asset.path);
        assert_eq!(answer.status, StatusCode::OK);
        assert!(
            answer.headers["cache-control"]
                .to_str()
                .unwrap()
                .contains("immutable")
        );
        assert_eq!(chief.get("/health").json()["database"], true);
    });
}

#[test]
fn a_body_too_large_is_refused() {
    each(|site| {
        let kind = (
            "content-type",
            "application/x-www-form-urlencoded".to_owned(),
        );
        let answer = site.browser("adviser").send(
            Method::POST,
            "/notes",
            &[kind],
            "a".repeat(5 * 1024 * 1024),
        );
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    });
}

#[test]
fn the_policies_in_force_are_read_by_those_who_answer_for_them() {
    each(|site| {
        let page = site.browser("governance").get("/policies");
        assert_eq!(page.status, StatusCode::OK);
        assert!(
            page.shows("safeguards.cedar")
                && page.shows("@id(&quot;safeguards/restricted-record&quot;)")
        );
        assert_eq!(
            site.browser("adviser").get("/policies").status,
            StatusCode::FORBIDDEN
        );
    });
}

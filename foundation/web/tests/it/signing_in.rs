use std::time::Duration;

use axum::http::{Method, StatusCode};
use stour_access::audit::AuditEntry;
use stour_access::user::{self, UserError};
use stour_access::{Purpose, password};
use stour_web::testing::{Site, each_house};

use super::capability::notes;

const PASSWORD: &str = "river meadow lantern";

/// An account with a password; the browser in which it was made is thrown away.
fn with_password(site: &Site) -> String {
    let user = site.browser("chief-officer").user().unwrap();
    let hash = password::hash(PASSWORD, site.environment().randomness.as_ref()).unwrap();
    let environment = site.environment().clone();
    site.database()
        .write_blocking(move |tx| {
            let by = AuditEntry::by_nobody("test", "user.manage", Purpose::System);
            user::set_password(tx, &environment, by, user, &hash, None)?;
            Ok::<_, UserError>(user::find(tx, user)?.unwrap().sign_in_name)
        })
        .unwrap()
}

#[test]
fn somebody_signs_in_goes_where_they_wanted_and_signs_out() {
    each_house(
        || vec![notes()],
        |site| {
            let name = with_password(&site);
            let mut browser = site.stranger();
            let asked = browser.get("/notes?page=2");
            assert_eq!(asked.location(), "/sign-in?next=%2Fnotes%3Fpage%3D2");
            let fields = [
                ("sign-in-name", name.as_str()),
                ("password", PASSWORD),
                ("next", "/notes?page=2"),
            ];
            let answer = browser.post("/sign-in", &fields);
            assert_eq!(
                (answer.status, answer.location()),
                (StatusCode::SEE_OTHER, "/notes?page=2")
            );
            let cookie = answer.headers["set-cookie"].to_str().unwrap();
            for part in [
                "__Host-stour=",
                "Secure",
                "HttpOnly",
                "SameSite=Lax",
                "Path=/",
            ] {
                assert!(cookie.contains(part), "{cookie}");
            }
            let page = browser.get("/notes");
            assert_eq!(page.status, StatusCode::OK);
            let token = page
                .body
                .split("name=\"csrf\" value=\"")
                .nth(1)
                .unwrap()
                .split('"')
                .next()
                .unwrap()
                .to_owned();
            let kind = (
                "content-type",
                "application/x-www-form-urlencoded".to_owned(),
            );
            let out = browser.send(Method::POST, "/sign-out", &[kind], format!("csrf={token}"));
            assert_eq!(out.location(), "/sign-in", "{}", out.body);
            assert_eq!(browser.get("/notes").status, StatusCode::SEE_OTHER);
        },
    );
}

#[test]
fn a_wrong_password_and_an_unknown_name_look_the_same_and_guessing_is_slowed() {
    each_house(
        || vec![notes()],
        |site| {
            let name = with_password(&site);
            let mut browser = site.stranger();
            let wrong = browser.post(
                "/sign-in",
                &[("sign-in-name", &name), ("password", "not the password")],
            );
            let unknown = browser.post(
                "/sign-in",
                &[
                    ("sign-in-name", "nobody-at-all"),
                    ("password", "not the password"),
                ],
            );
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert_eq!(
                wrong.body.replace(&name, "X"),
                unknown.body.replace("nobody-at-all", "X")
            );
            assert!(wrong.shows("<title>Error: Sign in"));
            for _ in 0..4 {
                browser.post(
                    "/sign-in",
                    &[("sign-in-name", &name), ("password", "not the password")],
                );
            }
            let right = [("sign-in-name", name.as_str()), ("password", PASSWORD)];
            assert_eq!(
                browser.post("/sign-in", &right).status,
                StatusCode::TOO_MANY_REQUESTS
            );
            site.clock().advance(Duration::from_mins(16));
            assert_eq!(
                browser.post("/sign-in", &right).status,
                StatusCode::SEE_OTHER
            );
        },
    );
}

#[test]
fn the_sign_in_page_never_leads_to_another_site() {
    each_house(
        || vec![notes()],
        |site| {
            let name = with_password(&site);
            for next in [
                "https://elsewhere.example",
                "//elsewhere.example",
                "/\\elsewhere.example",
                "javascript:alert(1)",
            ] {
                let answer = site.stranger().post(
                    "/sign-in",
                    &[
                        ("sign-in-name", &name),
                        ("password", PASSWORD),
                        ("next", next),
                    ],
                );
                assert_eq!(answer.location(), "/", "{next}");
            }
        },
    );
}

#[test]
fn an_idle_session_ends() {
    each_house(
        || vec![notes()],
        |site| {
            let mut chief = site.browser("chief-officer");
            site.clock().advance(Duration::from_mins(29));
            assert_eq!(chief.get("/notes").status, StatusCode::OK);
            site.clock().advance(Duration::from_mins(29));
            assert_eq!(chief.get("/notes").status, StatusCode::OK);
            site.clock().advance(Duration::from_mins(31));
            assert_eq!(chief.get("/notes").status, StatusCode::SEE_OTHER);
        },
    );
}

#[test]
fn a_sign_in_that_was_not_begun_here_is_refused_and_without_another_service_there_is_none() {
    each_house(
        || vec![notes()],
        |site| {
            let mut browser = site.stranger();
            assert_eq!(
                browser.get("/sign-in/openid?next=/notes").status,
                StatusCode::NOT_FOUND
            );
            assert_eq!(
                browser.get("/sign-in/openid/answer?state=a&code=b").status,
                StatusCode::BAD_REQUEST
            );
            assert!(!browser.get("/sign-in").shows("openid"));
        },
    );
}

#[test]
fn a_program_reads_its_token_from_the_session() {
    each_house(
        || vec![notes()],
        |site| {
            let mut adviser = site.browser("adviser");
            let session = adviser.get_json("/api/session");
            assert_eq!(session["roles"], serde_json::json!(["adviser"]));
            assert_eq!(session["csrf_token"].as_str().map(str::len), Some(64));
            assert_eq!(
                site.stranger().get("/api/session").status,
                StatusCode::UNAUTHORIZED
            );
        },
    );
}

use axum::http::Method;
use serde_json::{Value, json};
use stour_kernel::PersonId;
use stour_web::testing::{Answer, Browser};

use crate::house::{hidden_field, hidden_person, looks, person, with_front_door};

fn body(person: PersonId) -> Value {
    json!({
        "person": person, "channel": "telephone", "route": "community-other-route",
        "asked_by": "person", "words": "I cannot manage the stairs", "received_on": "2026-11-20",
    })
}

/// Sends JSON by POST at a version, which the browser of the tests has no short way to do.
fn post_at(
    browser: &mut Browser<'_>,
    (path, version, key): (&str, Option<&str>, &str),
    body: &Value,
) -> Answer {
    let page = path.replace("/api", "");
    let token = hidden_field(
        &browser
            .get(&page.replace("/referrals", "/referrals/new"))
            .body,
        "csrf",
    );
    let mut headers = vec![
        ("content-type", "application/json".to_owned()),
        ("x-csrf-token", token),
        ("idempotency-key", key.to_owned()),
    ];
    headers.extend(version.map(|version| ("if-match", version.to_owned())));
    browser.send(Method::POST, path, &headers, body.to_string())
}

#[test]
fn a_request_is_recorded_read_and_concluded() {
    with_front_door(|site| {
        let person = person(&site, "Anning");
        let mut adviser = site.browser("adviser");
        let made = adviser.post_json("/api/requests", &body(person));
        assert_eq!(made.status, 201, "{}", made.body);
        assert_eq!(made.tag(), "\"1\"");
        let address = made.location().to_owned();
        let again = adviser.post_json_again("/api/requests", &body(person));
        assert_eq!(
            (again.status, again.location()),
            (made.status, address.as_str())
        );
        let read = adviser.get(&address);
        assert_eq!(read.status, 200);
        assert_eq!(read.json(), made.json());
        assert_eq!(read.json()["received_on"], "2026-11-20");
        assert_eq!(read.json()["state"], "open");

        let outcome = format!("{address}/outcome");
        let sent = json!({ "outcome": "nfa-information-advice" });
        assert_eq!(adviser.put_json(&outcome, None, &sent).status, 428);
        assert_eq!(adviser.put_json(&outcome, Some("\"7\""), &sent).status, 412);
        let unknown = adviser.put_json(&outcome, Some("\"1\""), &json!({ "outcome": "cured" }));
        assert_eq!(unknown.status, 422);
        let done = adviser.put_json(&outcome, Some("\"1\""), &sent);
        assert_eq!(done.status, 200, "{}", done.body);
        assert_eq!(
            (done.tag(), done.json()["state"].as_str()),
            ("\"2\"", Some("concluded"))
        );
        assert_eq!(done.json()["outcome"], "nfa-information-advice");
        let twice = adviser.put_json(&outcome, Some("\"2\""), &sent);
        assert_eq!(twice.status, 409);
    });
}

#[test]
fn a_request_is_referred_at_the_version_that_was_seen() {
    with_front_door(|site| {
        let person = person(&site, "Anning");
        let mut adviser = site.browser("adviser");
        let request = adviser.post_json("/api/requests", &body(person));
        let path = format!("{}/referrals", request.location());
        let sent = json!({
            "service": "reablement", "urgency": "today", "reason": "To climb the stairs again",
        });
        let blind = post_at(&mut adviser, (&path, None, "key-blind-1"), &sent);
        assert_eq!(blind.status, 428);
        let made = post_at(&mut adviser, (&path, Some("\"1\""), "key-made-1"), &sent);
        assert_eq!(made.status, 201, "{}", made.body);
        assert_eq!(made.json()["provider"], "RDY");
        let again = post_at(&mut adviser, (&path, Some("\"1\""), "key-made-1"), &sent);
        assert_eq!(again.json(), made.json());
        let other = post_at(&mut adviser, (&path, Some("\"2\""), "key-other-1"), &sent);
        assert_eq!(other.status, 409);
        let read = adviser.get(made.location());
        assert_eq!(read.json(), made.json());
        assert_eq!(read.json()["state"], "waiting");
        let wrong = json!({ "service": "chiropody", "urgency": "", "reason": "" });
        let wrong = post_at(&mut adviser, (&path, Some("\"2\""), "key-wrong-1"), &wrong);
        assert_eq!(wrong.status, 422);
        assert_eq!(wrong.json()["errors"][0]["field"], "service");
    });
}

#[test]
fn json_that_cannot_be_taken_names_the_property() {
    with_front_door(|site| {
        let shown = person(&site, "Anning");
        let mut adviser = site.browser("adviser");
        let mut wrong = body(shown);
        wrong["received_on"] = json!("2027-01-01");
        wrong["support_reason"] = json!("none");
        let refused = adviser.post_json("/api/requests", &wrong);
        assert_eq!(refused.status, 422);
        let fields: Vec<_> = refused.json()["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|error| error["field"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(fields, ["support_reason", "received_on"]);
        let mut wrong = body(shown);
        wrong["received_on"] = json!("yesterday");
        assert_eq!(adviser.post_json("/api/requests", &wrong).status, 422);
        let mut wrong = body(shown);
        wrong["outcome"] = json!("nfa-other");
        assert_eq!(adviser.post_json("/api/requests", &wrong).status, 422);
        assert_eq!(
            adviser.post_json("/api/requests", &json!([1, 2])).status,
            422
        );

        let hidden = hidden_person(&site, "Hardy");
        let absent: PersonId = site.environment().id();
        let hidden = adviser.post_json("/api/requests", &body(hidden));
        let absent = adviser.post_json("/api/requests", &body(absent));
        assert_eq!(hidden.status, 404);
        let without_number = |answer: &Answer| {
            let mut body = answer.json();
            body["instance"] = Value::Null;
            body
        };
        assert_eq!(without_number(&hidden), without_number(&absent));
    });
}

#[test]
fn a_key_used_for_one_request_shows_and_changes_nothing_of_another() {
    with_front_door(|site| {
        let (one, other) = (person(&site, "Anning"), person(&site, "Hardy"));
        let mut adviser = site.browser("adviser");
        let mut made = |person| {
            let made = adviser.post_json("/api/requests", &body(person));
            made.location().to_owned()
        };
        let (first, second) = (made(one), made(other));
        let token = adviser.get_json("/api/session")["csrf_token"].clone();
        let mut conclude = |address: &str| {
            let headers = [
                ("content-type", "application/json".to_owned()),
                ("x-csrf-token", token.as_str().unwrap().to_owned()),
                ("idempotency-key", "one-key-for-all".to_owned()),
                ("if-match", "\"1\"".to_owned()),
            ];
            let sent = json!({ "outcome": "nfa-other" }).to_string();
            adviser.send(Method::PUT, &format!("{address}/outcome"), &headers, sent)
        };
        assert_eq!(conclude(&first).status, 200);
        let wrong = conclude(&second);
        assert_eq!(wrong.status, 409, "{}", wrong.body);
        assert!(!wrong.shows("stairs"));
        let before = looks(&site, one);
        assert_eq!(conclude(&first).json()["state"], "concluded");
        assert_eq!(
            looks(&site, one),
            before + 1,
            "an answer given again is read again"
        );
        assert_eq!(adviser.get_json(&second)["state"], "open");
    });
}

#[test]
fn whoever_is_refused_a_hidden_person_is_in_the_audit() {
    with_front_door(|site| {
        let hidden = hidden_person(&site, "Hardy");
        let mut adviser = site.browser("adviser");
        assert_eq!(
            adviser.post_json("/api/requests", &body(hidden)).status,
            404
        );
        let form = format!("/people/{hidden}/requests/new");
        assert_eq!(adviser.post(&form, &[]).status, 404);
        assert_eq!(looks(&site, hidden), 2);
    });
}

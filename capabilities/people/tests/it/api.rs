use axum::http::StatusCode;
use serde_json::json;
use stour_web::testing::each_house;

use crate::people::{capabilities, demographics, mary, put};

#[test]
fn people_are_made_read_and_changed_at_a_version() {
    each_house(capabilities, |site| {
        let mut adviser = site.browser("adviser");
        let body = json!({
            "family_name": "O'Brien", "given_names": ["Mary", "Ann"], "born": "1941-03-12", "nhs_number": "999 000 0018",
            "address": { "lines": ["1 High Street"], "postcode": "bh151aa" }
        });
        let made = adviser.post_json("/api/people", &body);
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
        let again = adviser.post_json_again("/api/people", &body);
        assert_eq!(made.json(), again.json());
        let address = format!("/api/people/{}", made.json()["id"].as_str().unwrap());
        assert_eq!(made.location(), address);
        let read = adviser.get(&address);
        assert_eq!(read.tag(), "\"1\"");
        let person = read.json();
        assert_eq!(person["nhs_number"], "9990000018");
        assert_eq!(person["age"], 85);
        assert_eq!(person["address"]["postcode"], "BH15 1AA");
        let change = json!({ "address": { "lines": ["2 Low Road"], "postcode": "DT1 1AA" } });
        let path = format!("{address}/address");
        assert_eq!(
            adviser.put_json(&path, None, &change).status,
            StatusCode::PRECONDITION_REQUIRED
        );
        let changed = adviser.put_json(&path, Some("\"1\""), &change);
        assert_eq!(
            (changed.status, changed.tag()),
            (StatusCode::NO_CONTENT, "\"2\"")
        );
        assert_eq!(
            adviser.put_json(&path, Some("\"1\""), &change).status,
            StatusCode::PRECONDITION_FAILED
        );
        assert_eq!(
            adviser.put_json(&path, Some("x"), &change).status,
            StatusCode::BAD_REQUEST
        );
        assert_eq!(
            adviser.get_json(&address)["address"]["lines"],
            json!(["2 Low Road"])
        );
        let held = adviser.post_json(
            "/api/people",
            &json!({ "family_name": "X", "nhs_number": "9990000018" }),
        );
        assert_eq!(held.status, StatusCode::UNPROCESSABLE_ENTITY);
        let mut alike = body.clone();
        alike["nhs_number"] = json!(null);
        let refused = adviser.post_json("/api/people", &alike);
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert_eq!(refused.json()["type"], "/problems/possible-duplicates");
        let candidates = json!([{ "field": "candidate", "message": made.json()["id"] }]);
        assert_eq!(refused.json()["errors"], candidates);
        alike["is_another"] = json!(true);
        assert_eq!(
            adviser.post_json("/api/people", &alike).status,
            StatusCode::CREATED
        );
    });
}

#[test]
fn the_candidates_of_a_refusal_are_those_whom_the_caller_may_see_and_are_audited() {
    each_house(capabilities, |site| {
        let hidden = put(&site, &demographics("Brown", "Olive", "1950-01-01"), true);
        let body =
            json!({ "family_name": "Brown", "given_names": ["Olive"], "born": "1950-01-01" });
        let mut adviser = site.browser("adviser");
        let made = adviser.post_json("/api/people", &body);
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
        let refused = adviser.post_json("/api/people", &body);
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.body.contains(made.json()["id"].as_str().unwrap()));
        assert!(!refused.body.contains(&hidden.to_string()));
        let mut governance = site.browser("governance");
        let address = format!(
            "/people/{}/who-has-looked",
            made.json()["id"].as_str().unwrap()
        );
        let looks = governance.get(&address);
        assert!(
            looks.shows("adviser") || looks.shows("Adviser"),
            "{}",
            looks.body
        );
    });
}

#[test]
fn a_search_is_paged_and_shows_each_person_once() {
    each_house(capabilities, |site| {
        for number in 0..7 {
            put(
                &site,
                &demographics("Smith", &"x".repeat(number + 1), "1950-01-01"),
                number == 3,
            );
        }
        put(&site, &mary(), false);
        let mut adviser = site.browser("adviser");
        let mut address = "/api/people?q=smith&size=3".to_owned();
        let mut seen = Vec::new();
        loop {
            let page = adviser.get_json(&address);
            assert_eq!(page["is_cut"], false);
            seen.extend(
                page["people"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|person| person["id"].to_string()),
            );
            let Some(next) = page["next"].as_str() else {
                break;
            };
            address = format!("/api/people?q=smith&size=3&cursor={next}");
        }
        assert_eq!(seen.len(), 7, "all but the hidden one");
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 7);
        assert_eq!(
            adviser.get("/api/people?q=smith&cursor=zz").status,
            StatusCode::BAD_REQUEST
        );
        let wrong = adviser.get("/api/people?q=31/02/1941");
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(wrong.json()["errors"][0]["field"], "q");
    });
}

use axum::http::StatusCode;
use stour_web::testing::each_house;

use crate::people::{capabilities, demographics, mary, put};

#[test]
fn whoever_looked_stands_in_the_list_and_nobody_else() {
    each_house(capabilities, |site| {
        let person = put(&site, &mary(), false);
        let other = put(&site, &demographics("Other", "Olive", "1950-01-01"), false);
        let mut adviser = site.browser("adviser");
        let mut practitioner = site.browser("practitioner");
        adviser.get("/people?q=smith");
        practitioner.get(&format!("/people/{person}"));
        practitioner.get(&format!("/people/{other}"));
        site.browser("analyst").get(&format!("/people/{person}"));
        let mut governance = site.browser("governance");
        let looks = governance.get(&format!("/people/{person}/who-has-looked"));
        assert_eq!(looks.status, StatusCode::OK);
        for (text, count) in [
            ("Found the record in a search", 1),
            ("Opened the record", 1),
            ("Was refused. Would have: opened the record", 1),
            ("Read who has looked at the record", 1),
        ] {
            assert_eq!(
                looks.body.matches(text).count(),
                count,
                "{text}: {}",
                looks.body
            );
        }
        assert!(looks.shows("Test adviser-0") && looks.shows("For direct care"));
        assert_eq!(
            governance.get(&format!("/people/{person}")).status,
            StatusCode::NOT_FOUND
        );
        let refused = adviser.get(&format!("/people/{person}/who-has-looked"));
        assert_eq!(
            refused.status,
            StatusCode::NOT_FOUND,
            "it is not for advisers"
        );
    });
}

#[test]
fn a_resident_sees_their_own_record_and_who_looked_and_nobody_elses() {
    each_house(capabilities, |site| {
        let person = put(&site, &mary(), false);
        let other = put(&site, &demographics("Other", "Olive", "1950-01-01"), false);
        site.browser("adviser").get(&format!("/people/{person}"));
        let mut resident = site.browser_as(&["resident"], "10A", Some(person));
        let record = resident.get("/my-record");
        assert!(
            record.shows("My record") && record.shows("999 000 0018"),
            "{}",
            record.body
        );
        assert!(!record.shows("/address"));
        let looks = resident.get("/my-record/who-has-looked");
        assert!(looks.shows("Opened the record") && looks.shows("Test adviser"));
        assert_eq!(
            resident.get(&format!("/people/{other}")).status,
            StatusCode::NOT_FOUND
        );
        assert_eq!(
            resident
                .get(&format!("/people/{other}/who-has-looked"))
                .status,
            StatusCode::NOT_FOUND
        );
        assert_eq!(
            site.browser("resident").get("/my-record").status,
            StatusCode::FORBIDDEN
        );
    });
}

#[test]
fn a_long_list_of_looks_is_paged_without_loss() {
    each_house(capabilities, |site| {
        let person = put(&site, &mary(), false);
        let mut adviser = site.browser("adviser");
        for _ in 0..60 {
            adviser.get(&format!("/api/people/{person}"));
        }
        let mut governance = site.browser("governance");
        let first = governance.get(&format!("/people/{person}/who-has-looked"));
        assert_eq!(
            first.body.matches("Opened the record").count(),
            49,
            "and the governance lead's own look"
        );
        let rest = first
            .body
            .split("who-has-looked?before=")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned();
        let second = governance.get(&format!("/people/{person}/who-has-looked?before={rest}"));
        assert_eq!(second.body.matches("Opened the record").count(), 11);
        assert!(!second.shows("?before="));
        let wrong = governance.get(&format!("/people/{person}/who-has-looked?before=%00"));
        assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    });
}

#[test]
fn governance_finds_a_record_by_its_number_and_nobody_else_can() {
    each_house(capabilities, |site| {
        let who = mary();
        let number = who.nhs_number.unwrap().to_string();
        let person = put(&site, &who, true);
        let mut governance = site.browser("governance");
        assert_eq!(governance.get("/access-log").status, StatusCode::OK);
        let found = governance.post("/access-log", &[("nhs-number", &number)]);
        assert_eq!(found.location(), format!("/people/{person}/who-has-looked"));
        for wrong in ["", "999 000 0019", "x", "9990000026"] {
            let answer = governance.post("/access-log", &[("nhs-number", wrong)]);
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        }
        for role in ["adviser", "chief-officer", "administrator", "ward"] {
            let mut other = site.browser(role);
            assert_eq!(
                other.get("/access-log").status,
                StatusCode::FORBIDDEN,
                "{role}"
            );
            let answer = other.post("/access-log", &[("nhs-number", &number)]);
            assert!(answer.status.is_client_error(), "{role}: {}", answer.status);
        }
    });
}

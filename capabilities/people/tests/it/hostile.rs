//! What nobody should type, and somebody will.

use axum::http::StatusCode;
use stour_web::testing::each_house;

use crate::people::capabilities;

#[test]
fn names_that_are_not_names_are_refused_and_nothing_is_stored() {
    each_house(capabilities, |site| {
        let mut adviser = site.browser("adviser");
        let long = "x".repeat(4_000);
        for name in [
            long.as_str(),
            "Sm\0ith",
            "Sm\u{7}ith",
            "\u{202E}htimS",
            "Sm\r\nith",
            "---",
        ] {
            let answer = adviser.post(
                "/people",
                &[
                    ("family-name", name),
                    ("given-names", "Mary"),
                    ("confirm", "yes"),
                ],
            );
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name:?}");
            let given = adviser.post(
                "/people",
                &[("family-name", "Smith"), ("given-names", name)],
            );
            assert_eq!(given.status, StatusCode::UNPROCESSABLE_ENTITY, "{name:?}");
            let line = adviser.post(
                "/people",
                &[("family-name", "Smith"), ("address-line-1", &long)],
            );
            assert_eq!(line.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        assert!(adviser.get("/people?q=smith").shows("Nobody found"));
        let search = adviser.get(&format!("/people?q={long}"));
        assert_eq!(search.status, StatusCode::UNPROCESSABLE_ENTITY);
    });
}

#[test]
fn names_that_look_like_code_are_only_names() {
    each_house(capabilities, |site| {
        let mut adviser = site.browser("adviser");
        for (name, shown) in [
            (
                "Robert'); DROP TABLE person;--",
                "ROBERT&#39;); DROP TABLE PERSON;--",
            ),
            (
                "<script>alert(1)</script>",
                "&lt;SCRIPT&gt;ALERT(1)&lt;/SCRIPT&gt;",
            ),
            (
                "\"><img src=x onerror=alert(1)>",
                "&lt;IMG SRC=X ONERROR=ALERT(1)&gt;",
            ),
            ("{{7*7}}", "{{7*7}}"),
            ("حسن", "حسن"),
            ("😀 Smiley", "SMILEY"),
        ] {
            let made = adviser.post(
                "/people",
                &[
                    ("family-name", name),
                    ("given-names", "Mary"),
                    ("confirm", "yes"),
                ],
            );
            assert_eq!(made.status, StatusCode::SEE_OTHER, "{name}");
            let record = adviser.get(made.location());
            assert_eq!(record.status, StatusCode::OK);
            assert!(
                record.shows(shown) || record.shows(&shown.replace("&#39;", "'")),
                "{name}: {}",
                record.body
            );
            for code in ["<script>alert", "<SCRIPT>", "<img src=x", "<IMG SRC"] {
                assert!(!record.shows(code), "{name} holds {code}");
            }
        }
        let found = adviser.get("/people?q=mary");
        assert!(found.shows("6 people found"), "the table is still there");
        let echoed = adviser.get("/people?q=%3Cscript%3Ealert(1)%3C/script%3E+zz");
        assert!(!echoed.shows("<script>alert"));
    });
}

#[test]
fn identifiers_that_are_not_are_absent() {
    each_house(capabilities, |site| {
        let mut adviser = site.browser("adviser");
        for id in [
            "..",
            "%00",
            "0",
            "null",
            "'",
            "01930000-0000-7000-8000-00000000000g",
            &"9".repeat(2_000),
        ] {
            for path in [format!("/people/{id}"), format!("/api/people/{id}")] {
                let status = adviser.get(&path).status;
                assert!(status == StatusCode::NOT_FOUND, "{path}: {status}");
            }
            let posted = adviser.post(&format!("/people/{id}/address"), &[("version", "\"1\"")]);
            assert!(
                posted.status == StatusCode::NOT_FOUND,
                "{id}: {}",
                posted.status
            );
        }
    });
}

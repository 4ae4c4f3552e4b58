use axum::http::StatusCode;

use super::{adt, house, take};

#[test]
fn messages_that_could_not_be_used_say_why_and_can_be_tried_again() {
    house(|site| {
        let nameless = adt("A08", "2", "202611211000", "BELD").replace("|V77", "|");
        take(&site, &[nameless, adt("A20", "3", "202611211000", "BELD")]);
        let mut minder = site.browser("integration");
        let page = minder.get("/messages").body;
        for part in [
            "PV1-19",
            "The message does not say which visit it is about",
            "number 2",
            "Set aside",
        ] {
            assert!(page.contains(part), "{part} is not on the page:\n{page}");
        }
        assert!(
            minder
                .get("/messages?state=ignored")
                .body
                .contains("The event A20 is not used")
        );
        assert_eq!(
            minder.get("/messages?state=lost").status,
            StatusCode::NOT_FOUND
        );
        let id = page
            .split("href=\"/messages/")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap();
        let shown = minder.get(&format!("/messages/{id}"));
        assert!(
            shown.body.contains("PID|1||9990000018^^^NHS"),
            "{}",
            shown.body
        );
        let json = minder.get_json("/api/messages");
        assert_eq!(json["messages"][0]["place"], "PV1-19");

        take(
            &site,
            &[adt("A01", "1", "202611200900", "BAMU").replace("|V77", "|")],
        );
        let again = minder.post(&format!("/messages/{id}/try-again"), &[]);
        assert_eq!(again.status, StatusCode::SEE_OTHER);
        take(&site, &[]);
        assert!(minder.get("/messages").body.contains("There are none."));
        let again = minder.post(&format!("/messages/{id}/try-again"), &[]);
        assert_eq!(again.status, StatusCode::CONFLICT);
    });
}

#[test]
fn messages_hold_names_and_are_for_those_who_mind_the_links() {
    house(|site| {
        take(&site, &[adt("A24", "1", "202611200900", "BAMU")]);
        let mut minder = site.browser("integration");
        let page = minder.get("/messages").body;
        assert!(page.contains("linked two of its records"));
        assert!(!page.contains("Smith"), "the list shows nobody's name");
        let id = page
            .split("href=\"/messages/")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap();
        for role in [
            "ward",
            "adviser",
            "community",
            "transfer-hub",
            "administrator",
        ] {
            let mut browser = site.browser(role);
            for path in ["/messages", "/api/messages", &format!("/messages/{id}")] {
                assert_eq!(
                    browser.get(path).status,
                    StatusCode::FORBIDDEN,
                    "{role} {path}"
                );
            }
        }
    });
}

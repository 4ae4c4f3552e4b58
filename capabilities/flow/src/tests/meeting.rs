use axum::http::StatusCode;
use stour_database::{params, sql};
use stour_web::testing::{Answer, Browser, Site};

use super::{admitted, adt, hidden, house, take};

/// Mrs Smith was expected home yesterday, by what the hospital says.
fn expected_yesterday(site: &Site) {
    admitted(site);
    let said = adt("A16", "2", "202611221000", "BAMU") + "PV2|||||||||20261123\r";
    take(site, &[said]);
}

fn shows(page: &Answer, parts: &[&str]) {
    for part in parts {
        assert!(
            page.body.contains(part),
            "{part} is not on the page:\n{}",
            page.body
        );
    }
}

fn begin(hub: &mut Browser<'_>) -> String {
    let begun = hub.post("/hub/meeting", &[("minutes", "20")]);
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
    begun.location().to_owned()
}

fn say(hub: &mut Browser<'_>, turn: &str, fields: &[(&str, &str)]) -> Answer {
    let version = hidden(&hub.get(turn).body, "version");
    let mut all = vec![("version", version.as_str())];
    all.extend(fields);
    hub.post(turn, &all)
}

const ASKED: [(&str, &str); 6] = [
    ("what", "Order the bed"),
    ("owner", "Grace Okafor"),
    ("organisation", "RDY"),
    ("due-day", "25"),
    ("due-month", "11"),
    ("due-year", "2026"),
];

/// Where the first action of a page is.
fn action_of(page: &str) -> String {
    let from = page.split("href=\"/hub/actions/").nth(1).unwrap();
    format!("/hub/actions/{}", from.split('"').next().unwrap())
}

#[test]
fn a_meeting_talks_about_whoever_waits_and_leaves_minutes() {
    house(|site| {
        let mut hub = site.browser("transfer-hub");
        shows(
            &hub.get("/hub/meeting"),
            &["Nobody in hospital is known to be ready"],
        );
        expected_yesterday(&site);
        shows(
            &hub.get("/hub/meeting"),
            &[
                "SMITH, Ann",
                "1 day",
                "Expected home on 23 November 2026",
                "Start the meeting",
            ],
        );
        let meeting = begin(&mut hub);
        let turn = format!("{meeting}/people/1");
        shows(
            &hub.get(&meeting),
            &["Meeting that goes on", "0 minutes of 20", &turn],
        );
        site.clock().set("2026-11-24T09:12:00Z".parse().unwrap());
        shows(
            &hub.get(&turn),
            &[
                "Person 1 of 1",
                "12 of 20 minutes have gone",
                "20 minutes 0 seconds for each",
                "Acute medical unit",
            ],
        );
        let said = say(&mut hub, &turn, &[("minutes", "Waits for a bed at home")]);
        assert_eq!(said.location(), meeting, "nobody comes after her");
        let stale = hub.post(
            &turn,
            &[("version", "\"1\""), ("minutes", "Something else")],
        );
        assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
        let mut other = site.browser("transfer-hub");
        shows(&other.get("/hub/meeting"), &["Join the meeting"]);
        let second = other.post("/hub/meeting", &[("minutes", "20")]);
        assert_eq!(second.status, StatusCode::CONFLICT);
        let version = hidden(&hub.get(&meeting).body, "version");
        let closed = hub.post(&format!("{meeting}/close"), &[("version", &version)]);
        assert_eq!(closed.status, StatusCode::SEE_OTHER);
        shows(
            &hub.get(&meeting),
            &[
                "Minutes of the daily meeting",
                "Waits for a bed at home",
                "Closed",
                "12 minutes of 20",
            ],
        );
        shows(
            &hub.get("/hub/meeting"),
            &["Minutes of earlier meetings", &meeting],
        );
        let late = hub.post(&turn, &[("version", "\"2\""), ("minutes", "Afterthought")]);
        assert_eq!(late.status, StatusCode::CONFLICT);
    });
}

#[test]
fn what_is_asked_for_comes_up_until_somebody_says_what_came_of_it() {
    house(|site| {
        expected_yesterday(&site);
        let mut hub = site.browser("transfer-hub");
        let meeting = begin(&mut hub);
        let turn = format!("{meeting}/people/1");
        let mut all = vec![("minutes", "To be asked"), ("then", "stay")];
        all.extend(ASKED);
        assert_eq!(say(&mut hub, &turn, &all).location(), turn);
        shows(
            &hub.get(&turn),
            &["To be asked", "Order the bed", "Grace Okafor"],
        );
        let version = hidden(&hub.get(&meeting).body, "version");
        hub.post(&format!("{meeting}/close"), &[("version", &version)]);

        // Two days later it is overdue, in the list of whoever owns it and in the next meeting.
        site.clock().set("2026-11-26T09:00:00Z".parse().unwrap());
        let mut hub = site.browser("transfer-hub");
        let mut owner = site.browser("community");
        let list = owner.get("/hub/actions");
        shows(
            &list,
            &[
                "Order the bed",
                "SMITH, Ann",
                "Overdue",
                "Dorset HealthCare",
            ],
        );
        let next = begin(&mut hub);
        shows(
            &hub.get(&format!("{next}/people/1")),
            &["Order the bed", "Overdue"],
        );
        let version = hidden(&hub.get(&next).body, "version");
        hub.post(&format!("{next}/close"), &[("version", &version)]);

        // She has gone home, and is not talked about any more; the action still is.
        take(&site, &[adt("A03", "3", "202611261000", "BAMU")]);
        let visit = adt("A01", "4", "202611200900", "BELD")
            .replace("V77", "V78")
            .replace("9990000018", "9990000026")
            .replace("H123", "H124")
            .replace("Smith^Ann", "Jones^Bert")
            .replace("19410203", "19380405");
        take(&site, &[visit + "PV2|||||||||20261123\r"]);
        let third = begin(&mut hub);
        let page = hub.get(&third);
        shows(
            &page,
            &[
                "JONES, Bert",
                "not in this meeting",
                "Order the bed",
                "SMITH, Ann",
            ],
        );

        let action = action_of(&list.body);
        let empty = say_done(&mut owner, &action, "");
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        shows(&empty, &["Enter what came of it"]);
        assert_eq!(
            say_done(&mut owner, &action, "The bed came on Thursday").status,
            StatusCode::SEE_OTHER
        );
        shows(
            &owner.get(&action),
            &[
                "Done: The bed came on Thursday",
                "Asked for",
                "Test community-",
            ],
        );
        shows(&owner.get("/hub/actions"), &["Nothing is to be done."]);
        shows(&hub.get(&turn), &["The bed came on Thursday"]);
        assert!(!hub.get(&third).body.contains("Order the bed"));
    });
}

fn say_done(browser: &mut Browser<'_>, action: &str, outcome: &str) -> Answer {
    let version = hidden(&browser.get(action).body, "version");
    let fields = [("version", version.as_str()), ("outcome", outcome)];
    browser.post(&format!("{action}/done"), &fields)
}

#[test]
fn what_is_wrong_is_told_field_by_field_and_what_was_typed_is_kept() {
    house(|site| {
        expected_yesterday(&site);
        let mut hub = site.browser("transfer-hub");
        let refused = hub.post("/hub/meeting", &[("minutes", "for ever")]);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        shows(&refused, &["Enter how many minutes it is to take"]);
        let turn = format!("{}/people/1", begin(&mut hub));
        let fields = [("minutes", "Said so far"), ("what", "Order the bed")];
        let refused = say(&mut hub, &turn, &fields);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        shows(
            &refused,
            &[
                "Enter who does it",
                "Select the organisation",
                "Enter a real date",
                "Said so far",
            ],
        );
        let mut past = ASKED;
        past[3] = ("due-day", "23");
        shows(
            &say(&mut hub, &turn, &past),
            &["Enter today or a day to come"],
        );
        assert!(!hub.get("/hub/actions").body.contains("Order the bed"));
    });
}

#[test]
fn meetings_are_the_hubs_and_actions_those_of_who_owns_them() {
    house(|site| {
        expected_yesterday(&site);
        let mut hub = site.browser("transfer-hub");
        let meeting = begin(&mut hub);
        let turn = format!("{meeting}/people/1");
        let mut all = vec![("then", "stay")];
        all.extend(ASKED);
        say(&mut hub, &turn, &all);
        let action = action_of(&hub.get("/hub/actions").body);
        for role in [
            "ward",
            "community",
            "practitioner",
            "adviser",
            "chief-officer",
        ] {
            let mut browser = site.browser(role);
            assert_eq!(
                browser.get("/hub/meeting").status,
                StatusCode::FORBIDDEN,
                "{role}"
            );
            assert_eq!(
                browser.get(&meeting).status,
                StatusCode::FORBIDDEN,
                "{role}"
            );
            let turned = browser.get(&turn).status;
            assert!(
                [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND].contains(&turned),
                "{role}"
            );
        }
        // Whoever is asked sees it; whoever is not does not, though they may see the person.
        assert_eq!(
            site.browser("community").get(&action).status,
            StatusCode::OK
        );
        let mut council = site.browser("practitioner");
        assert_eq!(council.get(&action).status, StatusCode::NOT_FOUND);
        shows(&council.get("/hub/actions"), &["Nothing is to be done."]);
        let mut ward = site.browser("ward");
        assert_eq!(ward.get(&action).status, StatusCode::NOT_FOUND);
        assert_eq!(
            site.browser("adviser").get("/hub/actions").status,
            StatusCode::FORBIDDEN
        );
    });
}

#[test]
fn a_restricted_person_is_in_no_meeting_and_in_no_list() {
    house(|site| {
        expected_yesterday(&site);
        let mut hub = site.browser("transfer-hub");
        let meeting = begin(&mut hub);
        let turn = format!("{meeting}/people/1");
        let mut all = vec![("then", "stay")];
        all.extend(ASKED);
        say(&mut hub, &turn, &all);
        let action = action_of(&hub.get("/hub/actions").body);
        site.database()
            .write_blocking(move |tx| {
                tx.execute(sql!("UPDATE person SET restricted = TRUE"), params![])
            })
            .unwrap();
        for path in ["/hub/meeting", meeting.as_str(), "/hub/actions"] {
            let page = hub.get(path);
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert!(
                !page.body.contains("SMITH") && !page.body.contains("Order the bed"),
                "{path}"
            );
        }
        for path in [turn.as_str(), action.as_str()] {
            assert_eq!(hub.get(path).status, StatusCode::NOT_FOUND, "{path}");
        }
        let version = hidden(&hub.get(&meeting).body, "version");
        hub.post(&format!("{meeting}/close"), &[("version", &version)]);
        shows(
            &hub.get("/hub/meeting"),
            &["Nobody in hospital is known to be ready"],
        );
    });
}

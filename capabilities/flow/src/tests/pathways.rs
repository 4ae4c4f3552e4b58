use axum::http::StatusCode;
use stour_web::testing::{Answer, Browser, Site};

use super::hub::ready;
use super::{adt, hidden, house, take};

const TEAM: &str = "Jo Bell, physiotherapist\nSam Field, social worker";
const DECIDED: [(&str, &str); 8] = [
    ("pathway", "2"),
    ("team", TEAM),
    ("needs", "Cannot stand up without help"),
    ("next-step", "Ask for a bed"),
    ("owner", "Transfer hub"),
    ("date-day", "23"),
    ("date-month", "11"),
    ("date-year", "2026"),
];

pub(super) fn decide(browser: &mut Browser<'_>, form: &str, changed: &[(&str, &str)]) -> Answer {
    let seen = hidden(&browser.get(form).body, "seen");
    let mut all = vec![("seen", seen.as_str())];
    all.extend(DECIDED.map(|(name, value)| {
        let change = changed.iter().find(|(of, _)| *of == name);
        (name, change.map_or(value, |(_, value)| *value))
    }));
    browser.post(form, &all)
}

#[test]
fn what_a_team_decides_is_shown_beside_what_the_ward_suggests() {
    house(|site: Site| {
        let (_, stay) = ready(&site);
        let form = format!("{stay}/pathway");
        let (mut ward, mut hub) = (site.browser("ward"), site.browser("transfer-hub"));
        assert!(hub.get("/hub").body.contains("No team has decided yet"));
        let made = decide(&mut hub, &form, &[]);
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        for page in ["/hub", "/wards/R0D/BAMU?view=full", &stay] {
            let page = ward.get(page).body;
            for part in [
                "Decided: Pathway 2",
                "Not as the ward suggests",
                "Ward suggests: Pathway 1",
            ] {
                assert!(page.contains(part), "{part} is not on the page:\n{page}");
            }
        }
        let begun = hub.post("/hub/meeting", &[("minutes", "20")]);
        let turn = hub.get(&format!("{}/people/1", begun.location())).body;
        for part in [
            "Decided: Pathway 2",
            "Ward suggests: Pathway 1",
            &format!("href=\"{stay}\""),
        ] {
            assert!(turn.contains(part), "{part} is not on the page:\n{turn}");
        }
        let page = ward.get(&stay).body;
        for part in [
            "Jo Bell, physiotherapist",
            "Sam Field, social worker",
            "Cannot stand up without help",
            "Transfer hub: Ask for a bed",
        ] {
            assert!(page.contains(part), "{part} is not on the page:\n{page}");
        }
        let again = decide(&mut ward, &form, &[("pathway", "1")]);
        assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.body);
        let page = ward.get(&stay).body;
        assert!(page.contains("Decided: Pathway 1") && page.contains("Decided before"));
        assert!(!page.contains("Not as the ward suggests"));
        take(&site, &[adt("A03", "2", "202611240800", "BAMU")]);
        assert!(hub.get(&form).body.contains("not in hospital on this stay"));
        assert!(hub.get(&stay).body.contains("Decided: Pathway 1"));
    });
}

#[test]
fn a_decision_lacks_nothing_and_none_is_written_over_unseen() {
    house(|site: Site| {
        let (_, stay) = ready(&site);
        let form = format!("{stay}/pathway");
        let mut hub = site.browser("transfer-hub");
        for (field, value, why) in [
            ("pathway", "9", "Select the pathway that was decided"),
            ("team", "", "a team decides"),
            ("team", "Jo Bell, nurse\nSam Field, Nurse", "a team decides"),
            (
                "team",
                "Jo Bell\nSam Field, nurse",
                "the name, a comma and the role",
            ),
            ("needs", "", "Enter what the person needs help with"),
            ("next-step", "", "Enter what is done next"),
            ("owner", "", "Enter who does it"),
            ("date-day", "19", "from the day of admission until today"),
            ("date-day", "25", "from the day of admission until today"),
            ("date-day", "31", "Enter a real date"),
        ] {
            let refused = decide(&mut hub, &form, &[(field, value)]);
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{value}");
            assert!(refused.body.contains(why), "{why}:\n{}", refused.body);
        }
        let stale = [&[("seen", "0")], &DECIDED[..]].concat();
        assert_eq!(hub.post(&form, &stale).status, StatusCode::SEE_OTHER);
        let refused = hub.post(&form, &stale);
        assert_eq!(refused.status, StatusCode::PRECONDITION_FAILED);
        for role in ["practitioner", "community"] {
            let status = site.browser(role).get(&form).status;
            assert!(!status.is_success(), "{role}");
        }
    });
}

//! What boards say of what they do not know.

use jiff::SignedDuration;
use stour_database::{params, sql};
use stour_web::testing::Site;

use super::{admitted, adt, hidden, house, known_to, store, take};

/// As though the hospital had last been heard of so long ago.
fn silent_for(site: &Site, minutes: i64) {
    let now = site.environment().now();
    let heard = now.checked_sub(SignedDuration::from_mins(minutes)).unwrap();
    site.database()
        .write_blocking(move |tx| {
            tx.execute(
                sql!("UPDATE hospital_feed SET heard_at = $1"),
                params![heard],
            )
        })
        .unwrap();
}

#[test]
fn every_board_says_when_a_hospital_has_fallen_silent() {
    house(|site| {
        let person = admitted(&site);
        known_to(&site, person, "RDY");
        // Past the expected date, so that the meeting has her.
        site.database()
            .write_blocking(|tx| {
                tx.execute(
                    sql!("UPDATE spell SET expected_on = '2026-11-21', expected_by = 'system', expected_basis = 'a test',
                           expected_at = '2026-11-20T09:00:00Z'"),
                    params![],
                )
            })
            .unwrap();
        let mut hub = site.browser("transfer-hub");
        let begun = hub.post("/hub/meeting", &[("minutes", "20")]);
        let meeting = begun.location();
        let boards = [
            ("transfer-hub", "/hub/meeting"),
            ("transfer-hub", meeting),
            ("ward", "/wards"),
            ("ward", "/wards/R0D/BAMU"),
            ("ward", "/wards/long-stays"),
            ("community", "/in-reach"),
        ];
        let told = |minutes: i64| {
            silent_for(&site, minutes);
            boards.map(|(who, board)| {
                let page = site.browser(who).get(board).body;
                page.contains("No message has come from University Hospitals Dorset")
            })
        };
        assert_eq!(told(59), [false; 6]);
        assert_eq!(told(60), [true; 6]);
        // Minutes tell what was known then, whatever is heard from the hospital since.
        let version = hidden(&hub.get(meeting).body, "version");
        hub.post(&format!("{meeting}/close"), &[("version", &version)]);
        let minutes = hub.get(meeting).body;
        assert!(minutes.contains("Minutes of the daily meeting"));
        assert!(!minutes.contains("No message has come from"));
        // The next message puts an end to it.
        take(&site, &[adt("A08", "2", "202611240855", "BAMU")]);
        let page = site.browser("ward").get("/wards").body;
        assert!(!page.contains("No message has come from"));
    });
}

/// As though what waits had come so many seconds ago.
fn waiting_for(site: &Site, seconds: i64) {
    let now = site.environment().now();
    let came = now.checked_sub(SignedDuration::from_secs(seconds)).unwrap();
    site.database()
        .write_blocking(move |tx| {
            tx.execute(
                sql!("UPDATE hl7_message SET received_at = $1 WHERE state = 'received'"),
                params![came],
            )
        })
        .unwrap();
}

#[test]
fn every_board_says_when_messages_wait_to_be_worked_through() {
    house(|site| {
        let person = admitted(&site);
        known_to(&site, person, "RDY");
        let told = || {
            [
                ("ward", "/wards"),
                ("ward", "/wards/R0D/BAMU"),
                ("ward", "/wards/long-stays"),
                ("ward", "/wards/delays"),
                ("transfer-hub", "/hub"),
                ("transfer-hub", "/hub/meeting"),
                ("transfer-hub", "/escalation"),
                ("community", "/in-reach"),
            ]
            .map(|(who, board)| {
                let page = site.browser(who).get(board).body;
                page.contains("are still to be worked through")
            })
        };
        assert_eq!(told(), [false; 8]);
        store(&site, &[adt("A02", "2", "202611240855", "BELD")]);
        waiting_for(&site, 59);
        assert_eq!(told(), [false; 8]);
        waiting_for(&site, 60);
        assert_eq!(told(), [true; 8]);
        take(&site, &[]);
        assert_eq!(told(), [false; 8]);
    });
}

#[test]
fn somebody_in_two_beds_is_said_to_be_on_every_board() {
    house(|site| {
        let person = admitted(&site);
        known_to(&site, person, "RDY");
        let elsewhere = adt("A01", "9", "202611230900", "BAMU")
            .replace("|R0D|ROUTE", "|RBD|ROUTE")
            .replace("R0D^BAMU", "RBD^ILCH")
            .replace("V77", "V99");
        let mut hub = site.browser("transfer-hub");
        assert!(
            !hub.get("/wards/R0D/BAMU")
                .body
                .contains("Also shown elsewhere")
        );
        take(&site, &[elsewhere]);
        let page = hub.get("/wards/R0D/BAMU").body;
        assert!(page.contains("Also shown elsewhere"), "{page}");
        assert!(page.contains("Dorset County Hospital"), "{page}");
        let other = hub.get("/wards/RBD/ILCH").body;
        assert!(other.contains("University Hospitals Dorset"), "{other}");
        let page = site.browser("community").get("/in-reach").body;
        assert_eq!(page.matches("Also shown elsewhere").count(), 2);
        // One of the two sends the discharge that was late.
        take(&site, &[adt("A03", "3", "202611230800", "BAMU")]);
        let page = hub.get("/wards/RBD/ILCH").body;
        assert!(!page.contains("Also shown elsewhere"));
    });
}

#[test]
fn long_stays_are_listed_by_days_over_all_wards_that_one_may_see() {
    house(|site| {
        take(&site, &[adt("A01", "1", "202611100900", "BAMU")]);
        let mut ward = site.browser("ward");
        let page = ward.get("/wards/long-stays").body;
        for part in [
            "7 days or longer: 1 person",
            "14 days or longer: 1 person",
            "21 days or longer: 0 people",
            "SMITH, Ann",
            "14 days",
        ] {
            assert!(page.contains(part), "{part} is not on the page:\n{page}");
        }
        let none = ward.get("/wards/long-stays?days=21").body;
        assert!(!none.contains("SMITH, Ann"));
        assert!(
            none.contains("Nobody whom you may see has been in hospital for 21 days or longer.")
        );
        assert!(
            ward.get("/wards")
                .body
                .contains("href=\"/wards/long-stays\"")
        );
        assert!(
            ward.get("/wards/R0D/BAMU?view=full")
                .body
                .contains("14 days or longer")
        );
        let mut other = site.browser_as(&["ward"], "RBD", None);
        assert!(!other.get("/wards/long-stays").body.contains("SMITH, Ann"));
    });
}

//! The pages of estimates, by role, on both databases.

use axum::http::StatusCode;
use stour_database::{params, sql};
use stour_web::testing::{Browser, Site};

use super::{history, load};
use crate::spell::{SpellId, in_hospital};
use crate::tests::{adt, hidden, house, take};

fn patient(site: &Site) -> SpellId {
    take(site, &[adt("A01", "1", "202611240700", "BAMU")]);
    site.database().read_blocking(in_hospital).unwrap()[0].id
}

fn forty(site: &Site) {
    let nights = [2, 8, 8, 16].repeat(10);
    history(site.database(), site.environment(), &nights);
}

fn says(body: &str, parts: &[&str]) {
    for part in parts {
        assert!(body.contains(part), "{part} is not on the page:\n{body}");
    }
}

/// The form, filled in and sent.
fn send(browser: &mut Browser<'_>, form: &str, fields: &[(&str, &str)]) -> StatusCode {
    let version = hidden(&browser.get(form).body, "version");
    let mut all = vec![("version", version.as_str())];
    all.extend(fields);
    browser.post(form, &all).status
}

#[test]
fn the_series_shows_who_made_each_estimate_and_when() {
    house(|site| {
        forty(&site);
        let id = patient(&site);
        let mut ward = site.browser("ward");
        let board = ward.get("/wards/R0D/BAMU?view=full").body;
        let here = format!("/wards/R0D/BAMU/spells/{id}");
        says(
            &board,
            &[
                "System’s estimate",
                "2 December 2026",
                &format!("{here}/expected-dates"),
            ],
        );
        assert!(
            !board.contains("10 December 2026"),
            "the surer dates are not on the board"
        );
        let page = ward.get(&format!("{here}/expected-dates")).body;
        says(
            &page,
            &[
                "Shown on the ward",
                "The system, when first known to be in hospital",
                "Rests on 40 stays that have ended, as of 24 November 2026: emergency admission, aged 85 or over",
                "2 December 2026",
                "10 December 2026",
                "Not recorded during this stay",
            ],
        );
        let form = format!("{here}/expected-date");
        let date = [
            ("date-day", "30"),
            ("date-month", "11"),
            ("date-year", "2026"),
            ("most-day", "1"),
            ("most-month", "12"),
            ("most-year", "2026"),
            ("name", "Sister Green"),
            ("role", "ward sister"),
        ];
        let mut wrong = date;
        wrong[3] = ("most-day", "29");
        wrong[4] = ("most-month", "11");
        assert_eq!(
            send(&mut ward, &form, &wrong),
            StatusCode::UNPROCESSABLE_ENTITY
        );
        assert_eq!(
            send(&mut ward, &form, &date[..7]),
            StatusCode::UNPROCESSABLE_ENTITY
        );
        assert_eq!(send(&mut ward, &form, &date), StatusCode::SEE_OTHER);
        let page = ward.get(&format!("{here}/expected-dates")).body;
        says(
            &page,
            &[
                "Sister Green, ward sister",
                "30 November 2026",
                "1 December 2026",
                "Not said",
                "The system, when first known to be in hospital",
                "10 December 2026",
            ],
        );
        assert_eq!(page.matches("Shown on the ward").count(), 1);
        let shown = page.split("Shown on the ward").nth(1).unwrap();
        assert!(
            shown
                .split("</tr>")
                .next()
                .unwrap()
                .contains("Sister Green")
        );
        let later = adt("A16", "3", "202611240930", "BAMU") + "PV2|||||||||20261205\r";
        take(&site, &[later]);
        let page = ward.get(&format!("{here}/expected-dates")).body;
        says(&page, &["sent by the hospital", "5 December 2026"]);
    });
}

#[test]
fn what_is_not_known_is_said_with_the_reason() {
    house(|site| {
        let id = patient(&site);
        let mut ward = site.browser("ward");
        says(
            &ward.get("/wards/R0D/BAMU?view=full").body,
            &["No date is known yet"],
        );
        let page = format!("/wards/R0D/BAMU/spells/{id}/expected-dates");
        says(
            &ward.get(&page).body,
            &["Not known: too few stays have ended anywhere to learn from"],
        );
    });
}

#[test]
fn frailty_is_recorded_by_somebody_with_a_role() {
    house(|site| {
        forty(&site);
        let id = patient(&site);
        let mut ward = site.browser("ward");
        let here = format!("/wards/R0D/BAMU/spells/{id}");
        let form = format!("{here}/frailty");
        let found = |level: &'static str, day: &'static str| {
            [
                ("level", level),
                ("name", "Dr White"),
                ("role", "consultant"),
                ("date-day", day),
                ("date-month", "11"),
                ("date-year", "2026"),
            ]
        };
        assert_eq!(
            send(&mut ward, &form, &found("10", "24")),
            StatusCode::UNPROCESSABLE_ENTITY
        );
        assert_eq!(
            send(&mut ward, &form, &found("6", "23")),
            StatusCode::UNPROCESSABLE_ENTITY
        );
        assert_eq!(
            send(&mut ward, &form, &found("6", "24")),
            StatusCode::SEE_OTHER
        );
        says(
            &ward.get(&format!("{here}/expected-dates")).body,
            &[
                "Clinical Frailty Scale, level 6, on 24 November 2026, by Dr White, consultant",
                "since what is known of the stay had changed",
            ],
        );
    });
}

#[test]
fn estimates_are_for_those_who_may_see_the_ward() {
    house(|site| {
        forty(&site);
        let id = patient(&site);
        let series = format!("/wards/R0D/BAMU/spells/{id}/expected-dates");
        let form = format!("/wards/R0D/BAMU/spells/{id}/frailty");
        assert_eq!(
            site.browser("transfer-hub").get(&series).status,
            StatusCode::OK
        );
        let mut other = site.browser_as(&["ward"], "RBD", None);
        assert_eq!(other.get(&series).status, StatusCode::NOT_FOUND);
        assert_eq!(other.get(&form).status, StatusCode::NOT_FOUND);
        assert_eq!(other.get("/wards/expected-dates").status, StatusCode::OK);
        for role in ["adviser", "community", "integration"] {
            let mut browser = site.browser(role);
            assert_ne!(browser.get(&series).status, StatusCode::OK, "{role}");
            assert_eq!(
                browser.get("/wards/expected-dates").status,
                StatusCode::FORBIDDEN,
                "{role}"
            );
        }
        site.database()
            .write_blocking(|tx| tx.execute(sql!("UPDATE person SET restricted = TRUE"), params![]))
            .unwrap();
        assert_eq!(
            site.browser("ward").get(&series).status,
            StatusCode::NOT_FOUND
        );
    });
}

#[test]
fn how_near_dates_came_is_shown_of_stays_that_ended() {
    house(|site| {
        forty(&site);
        let mut ward = site.browser("ward");
        says(
            &ward.get("/wards/expected-dates").body,
            &["No stay that you may see ended in this time"],
        );
        let (database, environment) = (site.database(), site.environment());
        load(
            database,
            environment,
            12,
            ("2026-11-14", Some("2026-11-23")),
        );
        super::super::estimate_past(database, environment).unwrap();
        let page = ward.get("/wards/expected-dates").body;
        says(
            &page,
            &[
                "12 stays ended. For 12 of them the system had a date within a day of admission",
                "The system expects people home too early",
                "1.0 days later than expected",
                "0% of 12",
                "100% of 12",
                "Where no group has enough the system says that it does not know",
            ],
        );
        let week = ward.get("/wards/expected-dates?days=7").body;
        says(&week, &["in the last 7 days"]);
        assert!(
            ward.get("/wards")
                .body
                .contains("href=\"/wards/expected-dates\"")
        );
        // A stay of somebody who must not seem to exist is not counted either.
        site.database()
            .write_blocking(|tx| {
                let one = sql!(
                    "UPDATE person SET restricted = TRUE WHERE id = (SELECT max(person) FROM spell)"
                );
                tx.execute(one, params![])
            })
            .unwrap();
        says(&ward.get("/wards/expected-dates").body, &["11 stays ended"]);
    });
}

use axum::http::StatusCode;
use stour_database::{params, sql};

use stour_web::testing::Browser;

use super::{admitted, adt, hidden, house, known_to, take};
use crate::estimate::tests::history;
use crate::spell::SpellId;

#[test]
fn a_ward_shows_who_is_in_which_bed_and_when_they_are_expected_home() {
    house(|site| {
        let nights = [2, 8, 8, 16].repeat(10);
        history(site.database(), site.environment(), &nights);
        let person = admitted(&site);
        known_to(&site, person, "RDY");
        let mut ward = site.browser("ward");
        let page = ward.get("/wards/R0D/BAMU?view=full");
        assert_eq!(page.status, StatusCode::OK);
        for part in [
            "Acute medical unit, Royal Bournemouth Hospital",
            "SMITH, Ann",
            "Age 85, NHS number",
            "999 000 0018",
            "4 days",
            "since 20 November 2026 at 9:00am",
            "28 November 2026",
            "System’s estimate",
            "when half of 30 stays had ended after 4 days or longer: emergency admission, aged 85 or over",
            "Known to community services",
            "Dorset HealthCare",
            "data-live=\"/wards/R0D/BAMU/live\"",
        ] {
            assert!(
                page.body.contains(part),
                "{part} is not on the page:\n{}",
                page.body
            );
        }
        let empty = ward.get("/wards/R0D/BELD");
        assert!(empty.body.contains("Nobody is on this ward now."));
        let list = ward.get("/wards");
        assert_eq!(list.status, StatusCode::OK);
        assert!(list.body.contains("href=\"/wards/R0D/BAMU\""));
        assert!(
            !list.body.contains("/wards/RBD/"),
            "another trust's wards are not theirs to see"
        );
        let json = ward.get_json("/api/wards/R0D/BAMU/spells");
        assert_eq!(json[0]["name"], "SMITH, Ann");
        assert_eq!(json[0]["expected"]["by"], "system");
    });
}

#[test]
fn beds_stand_in_the_order_of_their_numbers() {
    house(|site| {
        let in_bed = |bed: &str, number: &str, name: &str, born: &str| {
            adt("A01", bed, "202611200900", "BAMU")
                .replace("BAMU^4^", &format!("BAMU^{bed}^"))
                .replace("V77", &format!("V{bed}"))
                .replace("9990000018", number)
                .replace("H123", &format!("H{bed}"))
                .replace("Smith^Ann", name)
                .replace("19410203", born)
        };
        take(
            &site,
            &[
                in_bed("13", "9990000018", "Smith^Ann", "19410203"),
                in_bed("27", "9990000026", "Jones^Bert", "19380405"),
                in_bed("4", "9990000034", "Brown^Carol", "19500607"),
            ],
        );
        let mut ward = site.browser("ward");
        let json = ward.get_json("/api/wards/R0D/BAMU/spells");
        let beds: Vec<_> = json
            .as_array()
            .unwrap()
            .iter()
            .map(|one| &one["bed"])
            .collect();
        assert_eq!(beds, ["4", "13", "27"]);
        let page = ward.get("/wards/R0D/BAMU?view=full").body;
        let places =
            ["BROWN, Carol", "SMITH, Ann", "JONES, Bert"].map(|name| page.find(name).unwrap());
        assert!(places.is_sorted(), "{page}");
    });
}

#[test]
fn wards_are_for_their_own_staff_and_the_hub() {
    house(|site| {
        admitted(&site);
        let mut hub = site.browser("transfer-hub");
        assert!(hub.get("/wards/R0D/BAMU").body.contains("SMITH, Ann"));
        assert!(hub.get("/wards").body.contains("/wards/RBD/"));
        let mut other = site.browser_as(&["ward"], "RBD", None);
        for mut browser in [
            site.browser("adviser"),
            site.browser("community"),
            site.browser("integration"),
        ] {
            for path in [
                "/wards",
                "/wards/R0D/BAMU",
                "/wards/R0D/BAMU/live",
                "/api/wards/R0D/BAMU/spells",
            ] {
                assert_eq!(browser.get(path).status, StatusCode::FORBIDDEN, "{path}");
            }
        }
        assert_eq!(other.get("/wards/R0D/BAMU").status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn a_restricted_record_is_not_on_the_page() {
    house(|site| {
        let person = admitted(&site);
        site.database()
            .write_blocking(move |tx| {
                tx.execute(
                    sql!("UPDATE person SET restricted = TRUE WHERE id = $1"),
                    params![person],
                )
            })
            .unwrap();
        let mut ward = site.browser("ward");
        assert!(
            ward.get("/wards/R0D/BAMU")
                .body
                .contains("Nobody is on this ward now.")
        );
        let list = ward.get("/wards").body;
        let counts = list.split("/wards/R0D/BAMU").nth(1).unwrap();
        let counts = counts.split("</tr>").next().unwrap();
        assert_eq!(
            counts.matches(">0<").count(),
            2,
            "the list counts nobody either: {counts}"
        );
    });
}

#[test]
fn the_ward_sets_a_date_and_the_later_word_stands() {
    house(|site| {
        admitted(&site);
        let mut ward = site.browser("ward");
        let page = ward.get("/wards/R0D/BAMU?view=full").body;
        let form = page
            .split("href=\"")
            .find(|part| part.contains("/expected-date\""))
            .unwrap();
        let form = form.split('"').next().unwrap().to_owned();
        let version = hidden(&ward.get(&form).body, "version");
        let fields = |day: &'static str, version: &str| {
            [
                ("date-day", day.to_owned()),
                ("date-month", "11".to_owned()),
                ("date-year", "2026".to_owned()),
                ("name", "Sister Green".to_owned()),
                ("role", "ward sister".to_owned()),
                ("version", version.to_owned()),
            ]
        };
        let send =
            |ward: &mut stour_web::testing::Browser<'_>, day: &'static str, version: &str| {
                let fields = fields(day, version);
                let fields: Vec<(&str, &str)> = fields
                    .iter()
                    .map(|(name, value)| (*name, value.as_str()))
                    .collect();
                ward.post(&form, &fields)
            };
        let wrong = send(&mut ward, "31", &version);
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("Enter a real date"));
        assert_eq!(
            send(&mut ward, "26", &version).status,
            StatusCode::SEE_OTHER
        );
        let page = ward.get("/wards/R0D/BAMU?view=full").body;
        assert!(page.contains("26 November 2026") && page.contains("by Sister Green, ward sister"));
        assert!(!page.contains("System’s estimate"));
        assert_eq!(
            send(&mut ward, "27", &version).status,
            StatusCode::PRECONDITION_FAILED
        );
        // The hospital said another day, but before the ward did.
        let earlier = adt("A16", "2", "202611221000", "BAMU") + "PV2|||||||||20261130\r";
        take(&site, &[earlier]);
        assert!(
            ward.get("/wards/R0D/BAMU?view=full")
                .body
                .contains("26 November 2026")
        );
        let later = adt("A16", "3", "202611241000", "BAMU") + "PV2|||||||||20261129\r";
        take(&site, &[later]);
        assert!(
            ward.get("/wards/R0D/BAMU?view=full")
                .body
                .contains("29 November 2026")
        );
    });
}

#[test]
fn a_ward_that_no_list_has_is_shown_by_its_code() {
    house(|site| {
        take(&site, &[adt("A01", "1", "202611200900", "NEW/1")]);
        let mut hub = site.browser("transfer-hub");
        let list = hub.get("/wards").body;
        assert!(list.contains("/wards/R0D/NEW%2F1"), "{list}");
        let page = hub.get("/wards/R0D/NEW%2F1");
        assert!(page.body.contains("Not in the list of wards"));
        assert!(page.body.contains("SMITH, Ann"));
    });
}

#[test]
fn a_hospital_outside_the_partnership_is_shown_as_such() {
    house(|site| {
        let elsewhere = adt("A01", "1", "202611200900", "OBS1").replace("R0D", "RCB");
        take(&site, &[elsewhere]);
        let mut hub = site.browser("transfer-hub");
        assert!(hub.get("/wards").body.contains("href=\"/wards/RCB/OBS1\""));
        let page = hub.get("/wards/RCB/OBS1").body;
        assert!(page.contains("SMITH, Ann") && page.contains("Not in this partnership"));
    });
}

#[test]
fn what_is_wrong_with_a_form_does_not_show_that_a_stay_exists() {
    house(|site| {
        let person = admitted(&site);
        let spell: String = site
            .database()
            .read_blocking(move |tx| {
                let id = sql!("SELECT id FROM spell WHERE person = $1");
                tx.optional(id, params![person], |row| row.get(0))
            })
            .unwrap()
            .unwrap();
        let absent: SpellId = site.environment().id();
        let sent = [
            ("date-day", "26"),
            ("date-month", "11"),
            ("date-year", "2026"),
            ("name", "Sister Green"),
            ("role", "ward sister"),
            ("version", "no version"),
        ];
        let post = |browser: &mut Browser<'_>, spell: &str| {
            let form = format!("/wards/R0D/BAMU/spells/{spell}/expected-date");
            browser.post(&form, &sent).status
        };
        let mut other = site.browser_as(&["ward"], "RBD", None);
        assert_eq!(post(&mut other, &spell), StatusCode::NOT_FOUND);
        assert_eq!(post(&mut other, &absent.to_string()), StatusCode::NOT_FOUND);
        let mut own = site.browser("ward");
        assert_eq!(post(&mut own, &spell), StatusCode::BAD_REQUEST);
    });
}

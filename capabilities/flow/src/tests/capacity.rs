use axum::http::StatusCode;
use stour_database::{params, sql};
use stour_kernel::PersonId;
use stour_web::testing::{Answer, Browser, Site};

use super::{admitted, adt, hidden, house, take};

const DAY: &str = "/capacity/services/home-first/poole-bay/days/2026-11-25";
const PLACES: &str = "/capacity/services/home-first/poole-bay/places";

/// The provider's own people say how many places there are, on the day of these tests and the next.
pub(super) fn say(browser: &mut Browser<'_>, places: &str) -> Answer {
    let version = hidden(&browser.get(PLACES).body, "version");
    browser.post(
        PLACES,
        &[
            ("version", &version),
            ("places", places),
            ("from-day", "24"),
            ("from-month", "11"),
            ("from-year", "2026"),
            ("to-day", "25"),
            ("to-month", "11"),
            ("to-year", "2026"),
        ],
    )
}

pub(super) fn stay(site: &Site, person: PersonId) -> String {
    site.database()
        .read_blocking(move |tx| {
            let id = sql!("SELECT id FROM spell WHERE person = $1");
            tx.one(id, params![person], |row| row.get(0))
        })
        .unwrap()
}

pub(super) fn hold(browser: &mut Browser<'_>, stay: &str) -> Answer {
    browser.post(&format!("{DAY}/hold"), &[("stay", stay)])
}

fn act(browser: &mut Browser<'_>, place: &str, what: &str, fields: &[(&str, &str)]) -> Answer {
    let version = hidden(&browser.get(place).body, "version");
    let mut all = vec![("version", version.as_str())];
    all.extend(fields);
    browser.post(&format!("{place}/{what}"), &all)
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

#[test]
fn a_place_is_held_from_a_ward_booked_and_started_by_its_provider() {
    house(|site| {
        let person = admitted(&site);
        let stay = stay(&site, person);
        let mut provider = site.browser("community");
        assert_eq!(say(&mut provider, "2").status, StatusCode::SEE_OTHER);
        let mut hub = site.browser("transfer-hub");
        let link = format!("/capacity?stay={stay}");
        let leaving = format!("/hub/stays/{stay}");
        for page in ["/wards/R0D/BAMU?view=full", &leaving] {
            shows(&hub.get(page), &["Hold a place", &link]);
        }
        let hold_link = format!("{DAY}/hold?stay={stay}");
        shows(
            &hub.get(&link),
            &[
                "SMITH, Ann",
                "2 free",
                "2 places, 0 held, 0 booked",
                &hold_link,
            ],
        );
        shows(&hub.get(&hold_link), &["SMITH, Ann", "held for 4 hours"]);
        let held = hold(&mut hub, &stay);
        assert_eq!(held.status, StatusCode::SEE_OTHER, "{}", held.body);
        let place = held.location().to_owned();
        shows(
            &hub.get(&place),
            &["Held", "until 24 November 2026 at 1:00pm"],
        );
        for page in ["/wards/R0D/BAMU?view=full", &leaving] {
            shows(
                &hub.get(page),
                &["Home-based intermediate care and reablement, Poole Bay, 25 November 2026"],
            );
        }
        assert_eq!(
            act(&mut hub, &place, "book", &[]).location(),
            place,
            "the place is booked"
        );
        shows(&hub.get(DAY), &["SMITH, Ann", "Booked", "1 free"]);
        // The provider knows her now, and says that she has come, though not before the day.
        let started = |provider: &mut Browser<'_>, day: &str| {
            let date = [
                ("date-day", day),
                ("date-month", "11"),
                ("date-year", "2026"),
            ];
            act(provider, &place, "start", &date)
        };
        let early = started(&mut provider, "24");
        assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
        shows(
            &early,
            &["The place is for 25 November 2026. Enter that day or later."],
        );
        site.clock().set("2026-11-25T11:00:00Z".parse().unwrap());
        // Whoever was signed in yesterday signs in again.
        let (mut provider, mut hub) = (site.browser("community"), site.browser("transfer-hub"));
        assert_eq!(started(&mut provider, "25").status, StatusCode::SEE_OTHER);
        shows(
            &hub.get(&place),
            &["Started", "on 25 November 2026", "Booked", "Held until"],
        );
        shows(&hub.get(DAY), &["1 free", "0 booked, 1 started"]);
    });
}

#[test]
fn a_hold_is_free_again_by_itself_and_says_so_before() {
    house(|site| {
        let person = admitted(&site);
        let stay = stay(&site, person);
        let mut hub = site.browser("transfer-hub");
        say(&mut hub, "1");
        let place = hold(&mut hub, &stay).location().to_owned();
        let page = hub.get("/capacity");
        shows(&page, &["0 free"]);
        assert!(!page.body.contains("free again within the hour"));
        site.clock().set("2026-11-24T12:30:00Z".parse().unwrap());
        let mut hub = site.browser("transfer-hub");
        shows(
            &hub.get("/capacity"),
            &[
                "free again within the hour",
                "SMITH, Ann",
                "Runs out in 30 minutes",
            ],
        );
        let version = hidden(&hub.get(&place).body, "version");
        site.clock().set("2026-11-24T13:00:00Z".parse().unwrap());
        let mut hub = site.browser("transfer-hub");
        shows(&hub.get("/capacity"), &["1 free"]);
        shows(&hub.get(&place), &["Free again", "Look for another place"]);
        let late = hub.post(&format!("{place}/book"), &[("version", &version)]);
        assert_eq!(late.status, StatusCode::CONFLICT);
        shows(&late, &["was held until 24 November 2026 at 1:00pm"]);
        assert_eq!(hold(&mut hub, &stay).status, StatusCode::SEE_OTHER);
    });
}

#[test]
fn nobody_has_two_places_of_a_service_and_day_and_a_form_sent_twice_holds_once() {
    house(|site| {
        let person = admitted(&site);
        let stay = stay(&site, person);
        let mut hub = site.browser("transfer-hub");
        say(&mut hub, "5");
        let once = hold(&mut hub, &stay);
        let again = hub.post_again(&format!("{DAY}/hold"), &[("stay", &stay)]);
        assert_eq!(once.location(), again.location());
        let second = hold(&mut hub, &stay);
        assert_eq!(second.status, StatusCode::CONFLICT);
        shows(
            &second,
            &["has a place of this service on this day already"],
        );
        let json = hub.get_json("/api/capacity?from=2026-11-25&days=1");
        let home = &json[0];
        assert_eq!(home["id"], "home-first");
        let days = home["days"].as_array().unwrap();
        let day = days
            .iter()
            .find(|day| day["locality"] == "poole-bay")
            .unwrap();
        assert_eq!(
            (&day["places"], &day["held"], &day["free"]),
            (&5.into(), &1.into(), &4.into())
        );
    });
}

#[test]
fn fewer_places_than_bookings_are_shown_and_nobody_loses_one() {
    house(|site| {
        let person = admitted(&site);
        let stay = stay(&site, person);
        let mut hub = site.browser("transfer-hub");
        say(&mut hub, "1");
        let place = hold(&mut hub, &stay).location().to_owned();
        act(&mut hub, &place, "book", &[]);
        let mut provider = site.browser("community");
        assert_eq!(say(&mut provider, "0").status, StatusCode::SEE_OTHER);
        shows(&hub.get("/capacity"), &["Over-booked by 1"]);
        let day = hub.get(DAY);
        shows(&day, &["Over-booked by 1", "SMITH, Ann", "Booked"]);
        // Both words on the day are kept, with who said them.
        shows(
            &day,
            &[
                "What was said of this day",
                "Test community-",
                "Test transfer-hub-",
            ],
        );
        let released = act(
            &mut hub,
            &place,
            "release",
            &[("reason", "provider-cannot")],
        );
        assert_eq!(released.status, StatusCode::SEE_OTHER);
        shows(
            &hub.get(DAY),
            &[
                "The service cannot take the person",
                "Released, or held and free again",
            ],
        );
        assert!(!hub.get(DAY).body.contains("Over-booked"));
    });
}

#[test]
fn a_place_is_given_back_for_a_reason_of_the_list_alone() {
    house(|site| {
        let person = admitted(&site);
        let stay = stay(&site, person);
        let mut hub = site.browser("transfer-hub");
        say(&mut hub, "1");
        let place = hold(&mut hub, &stay).location().to_owned();
        for reason in ["", "a whim"] {
            let refused = act(&mut hub, &place, "release", &[("reason", reason)]);
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            shows(&refused, &["Select why the place is given back"]);
        }
        let version = hidden(&hub.get(&place).body, "version");
        let fields = [("version", version.as_str()), ("reason", "mistake")];
        let form = format!("{place}/release");
        assert_eq!(hub.post(&form, &fields).status, StatusCode::SEE_OTHER);
        assert_eq!(
            hub.post(&form, &fields).status,
            StatusCode::PRECONDITION_FAILED,
            "the version has passed"
        );
    });
}

#[test]
fn what_is_wrong_with_places_is_told_beside_their_fields_and_nothing_is_overwritten_unseen() {
    house(|site| {
        let mut hub = site.browser("transfer-hub");
        shows(
            &hub.get("/capacity"),
            &["Nobody has said how many places", PLACES],
        );
        let refused = hub.post(PLACES, &[("places", "many"), ("version", "\"1\"")]);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        shows(
            &refused,
            &["a whole number from 0 to 500", "Enter a real date"],
        );
        let version = hidden(&hub.get(PLACES).body, "version");
        say(&mut site.browser("community"), "3");
        let stale = hub.post(
            PLACES,
            &[
                ("version", &version),
                ("places", "9"),
                ("from-day", "24"),
                ("from-month", "11"),
                ("from-year", "2026"),
            ],
        );
        assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
        shows(&hub.get(DAY), &["3 free"]);
    });
}

#[test]
fn places_taken_for_people_who_may_not_be_seen_are_counted_and_not_named() {
    house(|site| {
        let person = admitted(&site);
        let stay = stay(&site, person);
        let mut hub = site.browser("transfer-hub");
        say(&mut hub, "2");
        let place = hold(&mut hub, &stay).location().to_owned();
        site.database()
            .write_blocking(move |tx| {
                tx.execute(
                    sql!("UPDATE person SET restricted = TRUE WHERE id = $1"),
                    params![person],
                )
            })
            .unwrap();
        let day = hub.get(DAY);
        shows(
            &day,
            &[
                "1 free",
                "1 place more is taken for people whom you may not see",
            ],
        );
        assert!(!day.body.contains("SMITH"));
        site.clock().set("2026-11-24T12:30:00Z".parse().unwrap());
        let mut hub = site.browser("transfer-hub");
        let list = hub.get("/capacity").body;
        assert!(!list.contains("SMITH") && !list.contains("within the hour"));
        for path in [
            place.clone(),
            format!("/capacity?stay={stay}"),
            format!("{DAY}/hold?stay={stay}"),
        ] {
            assert_eq!(hub.get(&path).status, StatusCode::NOT_FOUND, "{path}");
        }
        let absent = "/capacity/places/0193a1b2-0000-7000-8000-00000000ffff";
        assert_eq!(hub.get(&place).body, hub.get(absent).body);
    });
}

#[test]
fn who_says_places_and_who_holds_them() {
    house(|site| {
        let person = admitted(&site);
        let stay = stay(&site, person);
        let mut hub = site.browser("transfer-hub");
        say(&mut hub, "1");
        // Somebody of another organisation does not speak for this service.
        let mut other = site.browser_as(&["community"], "E06000058", None);
        assert_eq!(other.get(PLACES).status, StatusCode::FORBIDDEN);
        let own = "/capacity/services/care-home-bcp/poole-bay/places";
        assert_eq!(other.get(own).status, StatusCode::OK);
        let list = other.get("/capacity").body;
        assert!(list.contains(own) && !list.contains(PLACES));
        // Those whom the person is not known to hold nothing for them.
        for role in ["practitioner", "community"] {
            let status = hold(&mut site.browser(role), &stay).status;
            assert!(
                [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND].contains(&status),
                "{role}: {status}"
            );
        }
        for role in ["ward", "adviser", "chief-officer", "integration"] {
            let mut browser = site.browser(role);
            for path in ["/capacity", DAY, "/api/capacity", PLACES] {
                assert_eq!(
                    browser.get(path).status,
                    StatusCode::FORBIDDEN,
                    "{role} {path}"
                );
            }
        }
        // The ward sees what is kept for its own people, and changes nothing.
        let place = hold(&mut hub, &stay).location().to_owned();
        let mut ward = site.browser("ward");
        let page = ward.get("/wards/R0D/BAMU?view=full");
        shows(&page, &[&place]);
        assert!(!page.body.contains("Hold a place"));
        let page = ward.get(&place);
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.body.contains("Book the place"));
        // Whoever does not provide the service does not say that somebody has come.
        act(&mut hub, &place, "book", &[]);
        let council = site
            .browser("practitioner")
            .post(&format!("{place}/start"), &[]);
        assert_eq!(council.status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn whoever_has_left_hospital_has_nothing_held_for_them() {
    house(|site| {
        let person = admitted(&site);
        let stay = stay(&site, person);
        let mut hub = site.browser("transfer-hub");
        say(&mut hub, "1");
        take(&site, &[adt("A03", "2", "202611240800", "BAMU")]);
        shows(
            &hub.get(&format!("{DAY}/hold?stay={stay}")),
            &["This person is no longer in hospital."],
        );
        assert_eq!(hold(&mut hub, &stay).status, StatusCode::CONFLICT);
    });
}

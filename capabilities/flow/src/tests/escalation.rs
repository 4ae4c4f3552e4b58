//! Pressure, levels and actions, by role, on both databases.

use axum::http::StatusCode;
use jiff::SignedDuration;
use stour_database::{params, sql};
use stour_web::testing::{Answer, Browser, Site};

use super::{admitted, adt, hidden, house, take};
use crate::by::By;
use crate::capacity::{Line, line_version, services, set_places};
use crate::escalation::{days, readings, record, recorded_since};

fn shows(page: &Answer, parts: &[&str]) {
    for part in parts {
        assert!(
            page.body.contains(part),
            "{part} is not on the page:\n{}",
            page.body
        );
    }
}

/// What the page says of one trust or service, as far as the next.
fn part<'p>(page: &'p Answer, anchor: &str) -> &'p str {
    let from = page.body.split(&format!("<section id=\"{anchor}\"")).nth(1);
    from.unwrap().split("</section>").next().unwrap()
}

const TRUST: &str = "trust-R0D";
const SERVICE: &str = "service-home-first";

/// Says places of every locality of home-based care, today and tomorrow.
fn places(site: &Site, places: i64) {
    let environment = site.environment().clone();
    let by = By {
        name: "Elena Rossi".to_owned(),
        user: "0193a1b2-0000-7000-8000-00000000ffff".parse().unwrap(),
        organisation: "RDY".parse().unwrap(),
    };
    let today = environment.today();
    let all = services().unwrap();
    let home = all.iter().find(|one| one.id.as_str() == "home-first");
    let home = home.unwrap();
    site.database()
        .write_blocking(move |tx| {
            for locality in &home.localities {
                let line = Line {
                    service: home.id.clone(),
                    locality: locality.clone(),
                };
                let seen = line_version(tx, &line)?;
                let said = (today, today.tomorrow().unwrap(), places);
                set_places(tx, &environment, (&line, seen), said, &by)?;
            }
            Ok::<_, crate::FlowError>(())
        })
        .unwrap();
}

fn reviewed(site: &Site, meets: bool) {
    site.database()
        .write_blocking(move |tx| {
            tx.execute(
                sql!(
                    "UPDATE spell SET reviewed_on = '2026-11-24', meets = $1, because = 'a test', next_step = '',
                         discharge_ready = NULL"
                ),
                params![meets],
            )
        })
        .unwrap();
}

fn heard(site: &Site, minutes_ago: i64) {
    let now = site.environment().now();
    let at = now
        .checked_sub(SignedDuration::from_mins(minutes_ago))
        .unwrap();
    site.database()
        .write_blocking(move |tx| {
            tx.execute(sql!("UPDATE hospital_feed SET heard_at = $1"), params![at])
        })
        .unwrap();
}

#[test]
fn a_silent_hospital_is_never_shown_as_calm() {
    house(|site| {
        admitted(&site);
        reviewed(&site, true);
        let mut chief = site.browser("chief-officer");
        heard(&site, 59);
        let page = chief.get("/escalation");
        assert!(
            part(&page, TRUST).contains("Level 1: usual"),
            "{}",
            page.body
        );
        heard(&site, 60);
        let page = chief.get("/escalation");
        shows(
            &page,
            &["No message has come from University Hospitals Dorset"],
        );
        let silent = part(&page, TRUST);
        assert!(silent.contains("Not known"), "{silent}");
        assert!(!silent.contains("Level 1: usual"), "{silent}");
        assert!(
            silent.contains("By what was last known: level 1"),
            "{silent}"
        );
        // A hospital that never sent anything is not calm either.
        assert!(part(&page, "trust-RBD").contains("Not known"));
        // And the hour is kept as one that is not known.
        site.database()
            .write_blocking({
                let (now, today) = (site.environment().now(), site.environment().today());
                move |tx| {
                    let found = readings(tx, (now, today))?;
                    let all: Vec<_> = found
                        .iter()
                        .map(|one| crate::escalation::Recorded::of(one, now))
                        .collect();
                    Ok::<_, crate::FlowError>(record(tx, &all, now)?)
                }
            })
            .unwrap();
        let today = site.environment().today();
        let kept = site
            .database()
            .read_blocking(move |tx| recorded_since(tx, today))
            .unwrap();
        let trusts = days(&kept);
        assert!(
            trusts
                .values()
                .flat_map(|of| of.values())
                .all(|day| day.level(true).is_none())
        );
        let page = chief.get("/escalation");
        shows(&page, &["No level is known of any day"]);
    });
}

#[test]
fn people_whom_nobody_has_reviewed_keep_a_trust_from_looking_calm() {
    house(|site| {
        admitted(&site);
        let mut hub = site.browser("transfer-hub");
        let page = hub.get("/escalation");
        let trust = part(&page, TRUST);
        assert!(trust.contains("Not known"), "{trust}");
        assert!(
            trust.contains("Nobody has said of 1 person whether they are ready"),
            "{trust}"
        );
        // Readers of counts are told that some are missing, and no number of people from 1 to 7.
        let page = site.browser("commissioner").get("/escalation");
        let trust = part(&page, TRUST);
        assert!(trust.contains("Nobody has said of some people"), "{trust}");
        assert!(trust.contains("Not shown"), "{trust}");
        reviewed(&site, false);
        let page = hub.get("/escalation");
        let trust = part(&page, TRUST);
        // One of one is ready: all of those in hospital.
        assert!(trust.contains("Level 4: extreme pressure"), "{trust}");
        assert!(trust.contains("100%"), "{trust}");
        assert!(trust.contains("Call the chief officers of all partners together"));
        let page = site.browser("commissioner").get("/escalation");
        assert!(
            !part(&page, TRUST).contains("100%"),
            "one of one is a small number"
        );
        shows(&page, &["unverified", "not the national framework"]);
    });
}

#[test]
fn places_that_nobody_has_said_are_not_known_and_said_ones_give_a_level() {
    house(|site| {
        let mut hub = site.browser("transfer-hub");
        let page = hub.get("/escalation");
        let service = part(&page, SERVICE);
        assert!(
            service.contains("Not known") && service.contains("Not said"),
            "{service}"
        );
        assert!(service.contains("Nobody has said how many places there are on 24 November 2026"));
        places(&site, 3);
        let page = hub.get("/escalation");
        let service = part(&page, SERVICE);
        assert!(service.contains("Level 1: usual"), "{service}");
        assert!(
            service.contains("3 free of 3: 0 held, 0 booked"),
            "{service}"
        );
        let counts = site.browser("service-manager").get("/escalation");
        let service = part(&counts, SERVICE);
        assert!(
            service.contains("Some free") && !service.contains("3 free of 3"),
            "{service}"
        );
        places(&site, 0);
        let page = hub.get("/escalation");
        let service = part(&page, SERVICE);
        assert!(
            service.contains("Level 4: extreme pressure"),
            "no place at all: {service}"
        );
        assert!(service.contains("None free") || service.contains("0 free of 0"));
    });
}

#[test]
fn people_whose_record_is_restricted_are_in_no_count() {
    house(|site| {
        let person = admitted(&site);
        reviewed(&site, false);
        site.database()
            .write_blocking(move |tx| {
                tx.execute(
                    sql!("UPDATE person SET restricted = TRUE WHERE id = $1"),
                    params![person],
                )
            })
            .unwrap();
        let page = site.browser("transfer-hub").get("/escalation");
        let trust = part(&page, TRUST);
        assert!(trust.contains("Level 1: usual"), "{trust}");
        assert!(!trust.contains("100%"), "{trust}");
    });
}

fn start(browser: &mut Browser<'_>, subject: &str, action: &str) -> Answer {
    browser.post(
        "/escalation/actions",
        &[("subject", subject), ("action", action)],
    )
}

/// Where the form is that says that the first action under way is done.
fn done_of(page: &Answer) -> String {
    let from = page
        .body
        .split("action=\"/escalation/actions/")
        .nth(1)
        .unwrap();
    format!("/escalation/actions/{}", from.split('"').next().unwrap())
}

#[test]
fn an_action_is_begun_once_and_done_once_and_says_by_whom() {
    house(|site| {
        places(&site, 0);
        let mut hub = site.browser("transfer-hub");
        let page = hub.get("/escalation");
        assert!(part(&page, SERVICE).contains("Not started"));
        let begun = start(&mut hub, "service:home-first", "free-holds");
        assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
        assert_eq!(begun.location(), "/escalation#service-home-first");
        let again = start(&mut hub, "service:home-first", "free-holds");
        assert_eq!(again.status, StatusCode::CONFLICT);
        // The same of another service is another action.
        let other = start(&mut hub, "service:community-bed", "free-holds");
        assert_eq!(other.status, StatusCode::SEE_OTHER);
        for (subject, action) in [
            ("service:home-first", "second-meeting"),
            ("service:home-first", "no-such"),
            ("service:no-such", "free-holds"),
        ] {
            let status = start(&mut hub, subject, action).status;
            assert_eq!(status, StatusCode::CONFLICT, "{subject} {action}");
        }
        assert_eq!(
            start(&mut hub, "x", "free-holds").status,
            StatusCode::NOT_FOUND
        );
        // It stays on the page once the pressure is over, until somebody says that it is done.
        places(&site, 3);
        let page = hub.get("/escalation");
        let service = part(&page, SERVICE);
        assert!(
            service.contains("Level 1: usual") && service.contains("Under way"),
            "{service}"
        );
        assert!(service.contains("Test transfer-hub-"), "{service}");
        let form = done_of(&page);
        let version = hidden(&page.body, "version");
        let mut manager = site.browser("service-manager");
        let stale = manager.post(&form, &[("version", "\"9\"")]);
        assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
        let done = manager.post(&form, &[("version", &version)]);
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let twice = manager.post(&form, &[("version", &version)]);
        assert_eq!(twice.status, StatusCode::CONFLICT);
        places(&site, 0);
        let page = hub.get("/escalation");
        let service = part(&page, SERVICE);
        assert!(
            service.contains("Done by Test service-manager-"),
            "{service}"
        );
        assert!(service.contains("Start again"), "{service}");
    });
}

#[test]
fn pressure_is_for_those_who_plan_or_run_services_and_begun_by_those_who_act() {
    house(|site| {
        for role in [
            "chief-officer",
            "service-manager",
            "commissioner",
            "transfer-hub",
        ] {
            let page = site.browser(role).get("/escalation");
            assert_eq!(page.status, StatusCode::OK, "{role}");
            let acts = page.body.contains("name=\"action\"");
            assert!(!acts, "{role}: no level is known");
        }
        places(&site, 0);
        for (role, acts) in [
            ("chief-officer", false),
            ("service-manager", true),
            ("commissioner", true),
            ("transfer-hub", true),
        ] {
            let mut browser = site.browser(role);
            let page = browser.get("/escalation");
            assert_eq!(page.body.contains("name=\"action\""), acts, "{role}");
            if !acts {
                let refused = start(&mut browser, "service:home-first", "free-holds");
                assert_eq!(refused.status, StatusCode::FORBIDDEN, "{role}");
            }
        }
        for role in [
            "ward",
            "adviser",
            "practitioner",
            "community",
            "analyst",
            "resident",
        ] {
            let mut browser = site.browser(role);
            assert_eq!(
                browser.get("/escalation").status,
                StatusCode::FORBIDDEN,
                "{role}"
            );
            let refused = start(&mut browser, "service:home-first", "free-holds");
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{role}");
        }
    });
}

#[test]
fn a_message_ends_the_silence_and_the_page_follows() {
    house(|site| {
        admitted(&site);
        reviewed(&site, true);
        heard(&site, 90);
        let mut hub = site.browser("transfer-hub");
        assert!(part(&hub.get("/escalation"), TRUST).contains("Not known"));
        take(&site, &[adt("A08", "2", "202611240855", "BAMU")]);
        reviewed(&site, true);
        let page = hub.get("/escalation");
        assert!(
            part(&page, TRUST).contains("Level 1: usual"),
            "{}",
            page.body
        );
        shows(
            &page,
            &[
                "data-live=\"/escalation/live\"",
                "Nothing has been recorded yet",
            ],
        );
    });
}

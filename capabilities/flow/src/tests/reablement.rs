use axum::http::StatusCode;
use stour_facts::FactKind;
use stour_front_door::{Draft, ReferralDraft};
use stour_kernel::PersonId;
use stour_web::testing::{Browser, Site};

use super::{admitted, adt, hidden, house, take};

/// An adviser records a request and refers it, by the pages that advisers use.
fn refer(site: &Site, person: PersonId) {
    let asked = Draft {
        channel: "telephone".to_owned(),
        route: "community-other-route".to_owned(),
        asked_by: "person".to_owned(),
        words: "I cannot manage the stairs".to_owned(),
        ..Draft::default()
    };
    let referred = ReferralDraft {
        service: "reablement".to_owned(),
        urgency: "on-discharge".to_owned(),
        reason: "To wash and dress without help".to_owned(),
    };
    let mut adviser = site.browser("adviser");
    let made = adviser.post(
        &format!("/people/{person}/requests/new"),
        &[
            ("channel", &asked.channel),
            ("route", &asked.route),
            ("asked-by", &asked.asked_by),
            ("words", &asked.words),
        ],
    );
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let request = made.headers["location"].to_str().unwrap().to_owned();
    let form = format!("{request}/referrals/new");
    let version = hidden(&adviser.get(&form).body, "version");
    let made = adviser.post(
        &form,
        &[
            ("service", &referred.service),
            ("urgency", &referred.urgency),
            ("reason", &referred.reason),
            ("version", &version),
        ],
    );
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
}

fn link(page: &str, end: &str) -> String {
    let found = page.split("href=\"").find_map(|part| {
        let href = part.split('"').next()?;
        href.ends_with(end).then(|| href.to_owned())
    });
    found.unwrap_or_else(|| panic!("no link to {end} in {page}"))
}

fn start(browser: &mut Browser<'_>, form: &str, day: &str) -> stour_web::testing::Answer {
    let version = hidden(&browser.get(form).body, "version");
    browser.post(
        form,
        &[
            ("date-day", day),
            ("date-month", "11"),
            ("date-year", "2026"),
            ("version", &version),
        ],
    )
}

#[test]
fn a_person_comes_home_with_reablement_that_ends_with_an_outcome() {
    house(|site| {
        let person = admitted(&site);
        refer(&site, person);
        let mut worker = site.browser("practitioner");
        let page = worker.get("/reablement").body;
        assert!(
            page.contains("SMITH, Ann") && page.contains("On the day of discharge from hospital")
        );
        let form = link(&page, "/start");
        assert!(worker.get(&form).body.contains("Still in hospital"));
        let refused = start(&mut worker, &form, "24");
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.body.contains("still in hospital"));

        take(&site, &[adt("A03", "2", "202611240800", "BAMU")]);
        assert!(
            worker
                .get(&form)
                .body
                .contains("Came home from University Hospitals Dorset")
        );
        assert_eq!(
            start(&mut worker, &form, "25").status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        let started = start(&mut worker, &form, "24");
        assert_eq!(started.status, StatusCode::SEE_OTHER, "{}", started.body);
        let page = worker.get("/reablement").body;
        for part in [
            "Nobody waits for reablement",
            "Day 1 of 42",
            "4 January 2027",
            "After a stay in hospital",
        ] {
            assert!(page.contains(part), "{part} is not on the page:\n{page}");
        }
        let facts = || {
            let all = site
                .database()
                .read_blocking(move |tx| stour_facts::of_person(tx, person))
                .unwrap();
            all.into_iter()
                .find(|fact| fact.what.kind == FactKind::Service)
                .unwrap()
        };
        let open = facts();
        assert_eq!(open.what.detail["component"], "reablement");
        assert_eq!(open.what.organisation.as_str(), "RDY");
        assert_eq!(open.what.ended, None);

        let form = link(&page, "/end");
        let version = hidden(&worker.get(&form).body, "version");
        let mut end = |outcome: &str, version: &str| {
            worker.post(
                &form,
                &[
                    ("date-day", "24"),
                    ("date-month", "11"),
                    ("date-year", "2026"),
                    ("outcome", outcome),
                    ("version", version),
                ],
            )
        };
        assert_eq!(
            end("cured", &version).status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        assert_eq!(end("independent", &version).status, StatusCode::SEE_OTHER);
        assert_eq!(
            end("independent", &version).status,
            StatusCode::PRECONDITION_FAILED
        );
        let over = facts();
        assert_eq!((over.thread, over.version), (open.thread, 2));
        assert_eq!(over.what.outcome.unwrap().as_str(), "independent");
        assert!(
            worker
                .get("/reablement")
                .body
                .contains("Nobody receives reablement now.")
        );
        assert!(
            worker
                .get(&format!("/people/{person}"))
                .body
                .contains("eablement")
        );
    });
}

#[test]
fn only_those_who_provide_services_start_and_end_them() {
    house(|site| {
        let person = admitted(&site);
        refer(&site, person);
        let mut worker = site.browser("practitioner");
        let form = link(&worker.get("/reablement").body, "/start");
        let hub = site.browser("transfer-hub").get("/reablement");
        assert!(hub.status.is_success() && !hub.body.contains(&form));
        for role in ["ward", "chief-officer", "integration"] {
            assert_eq!(
                site.browser(role).get("/reablement").status,
                StatusCode::FORBIDDEN,
                "{role}"
            );
        }
        for role in ["adviser", "transfer-hub", "ward"] {
            let status = site.browser(role).get(&form).status;
            assert!(
                status == StatusCode::NOT_FOUND || status == StatusCode::FORBIDDEN,
                "{role}"
            );
        }
    });
}

//! Joining by hand and undoing, in the browser.

use axum::http::StatusCode;
use stour_kernel::PersonId;
use stour_web::testing::{Site, each_house};

use super::{Filled, Pair, capabilities, hidden, pair, put, who};

fn standing(site: &Site, person: PersonId) -> PersonId {
    let resolved = site
        .database()
        .read_blocking(move |tx| crate::merge::resolve(tx, person));
    resolved.unwrap().unwrap()
}

/// Joins the pair from the page of the candidate, and gives the address of the history.
fn join(site: &Site, pair: &Pair) -> String {
    let mut records = site.browser("records");
    let page = records.get(&format!(
        "/people/{}/merge?with={}",
        pair.candidate, pair.person
    ));
    assert!(page.shows("<mark>Marie</mark>"), "{}", page.body);
    let fields = [
        ("with", hidden(&page, "with")),
        ("version-this", hidden(&page, "version-this")),
        ("version-other", hidden(&page, "version-other")),
        ("survivor", "this".to_owned()),
        ("reason-same", "same-confirmed".to_owned()),
    ];
    let fields = fields
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    let done = records.post(&format!("/people/{}/merge", pair.candidate), &fields);
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let again = records.post_again(&format!("/people/{}/merge", pair.candidate), &fields);
    assert_eq!(again.location(), done.location(), "sent twice, done once");
    let stale = records.post(&format!("/people/{}/merge", pair.candidate), &fields);
    assert_eq!(
        stale.status,
        StatusCode::CONFLICT,
        "they are one: {}",
        stale.body
    );
    done.location().to_owned()
}

/// The address of the one joining that a history offers to undo.
fn undo_address(history: &str, address: &str) -> String {
    let mark = format!("{address}/");
    let rest = history.split_once(&mark).map(|(_, rest)| rest).unwrap();
    format!("{mark}{}", rest.split_once('"').unwrap().0)
}

#[test]
fn a_pair_that_was_parted_says_so_and_asks_again_when_nobody_is_sure() {
    for (reason, asks_again) in [("undo-wrong", false), ("undo-unsure", true)] {
        each_house(capabilities, |site| {
            let pair = pair(&site);
            let mut records = site.browser("records");
            let page = records.get(&pair.address());
            let filled = Filled::on(&page, "same", "same-moved");
            records.post(&pair.address(), &filled.fields());
            let joined = records.get(&pair.address());
            assert!(joined.shows("One person</strong>") && !joined.shows("Parted again"));
            let address = format!("/people/{}/merges", pair.candidate);
            let undo = undo_address(&records.get(&address).body, &address);
            let version = hidden(&records.get(&undo), "version");
            let fields = [
                ("version", version.as_str()),
                ("reason-undo", reason),
                ("note", "Two birth certificates"),
            ];
            let done = records.post(&undo, &fields);
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
            let parted = records.get(&pair.address());
            for text in [
                "Parted again</strong>",
                "parted again on 24 November 2026",
                "Test records",
                "Two birth certificates",
            ] {
                assert!(parted.shows(text), "{text}: {}", parted.body);
            }
            assert!(!parted.shows("One person</strong>"));
            assert_eq!(parted.shows("is asked again"), asks_again, "{reason}");
            let queue = records.get("/reviews");
            assert_eq!(queue.shows("SMITH, Mary"), asks_again, "{}", queue.body);
        });
    }
}

#[test]
fn two_records_are_joined_and_parted_and_the_history_says_so() {
    each_house(capabilities, |site| {
        let pair = pair(&site);
        let address = join(&site, &pair);
        assert_eq!(standing(&site, pair.person), pair.candidate);
        let mut records = site.browser("records");
        let history = records.get(&address);
        assert!(history.shows("confirmed with the person") && history.shows("Joined</strong>"));
        let from_merged = records.get(&format!("/people/{}/merges", pair.person));
        assert!(from_merged.shows("was joined into this one"));
        let undo = undo_address(&history.body, &address);
        let page = records.get(&undo);
        assert!(page.shows("No new record has come since"), "{}", page.body);
        let version = hidden(&page, "version");
        let nothing = records.post(&undo, &[("version", &version)]);
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
        let fields = [("version", version.as_str()), ("reason-undo", "undo-wrong")];
        let wrong = records.post(&undo, &[("version", "\"99\""), fields[1]]);
        assert_eq!(wrong.status, StatusCode::PRECONDITION_FAILED);
        let done = records.post(&undo, &fields);
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        assert_eq!(standing(&site, pair.person), pair.person);
        assert!(records.get(&address).shows("Parted again"));
        assert_eq!(records.get(&undo).status, StatusCode::CONFLICT);
        let warned = records.get(&format!(
            "/people/{}/merge?with={}",
            pair.candidate, pair.person
        ));
        assert!(
            warned.shows("Said before to be two people"),
            "{}",
            warned.body
        );
        assert!(
            records.get("/reviews").shows("Marie"),
            "the review of the pair is open as before"
        );
    });
}

#[test]
fn whoever_is_not_sure_leaves_a_pair_to_review() {
    each_house(capabilities, |site| {
        let at = (site.database(), site.environment());
        let person = put(at, &who("Smith", "Marie", "D1"), "RBD", false);
        let candidate = put(at, &who("Smith", "Mary", "U1"), "R0D", false);
        let review = "0193a1b2-0000-7000-8000-00000000ffff".parse().unwrap();
        let address = join(
            &site,
            &Pair {
                person,
                candidate,
                review,
            },
        );
        let mut records = site.browser("records");
        assert!(records.get("/reviews").shows("Nothing waits"));
        let undo = undo_address(&records.get(&address).body, &address);
        let version = hidden(&records.get(&undo), "version");
        records.post(
            &undo,
            &[("version", &version), ("reason-undo", "undo-unsure")],
        );
        assert!(
            records.get("/reviews").shows("They were joined once"),
            "{}",
            records.get("/reviews").body
        );
    });
}

#[test]
fn the_other_record_is_found_by_its_number_or_by_name() {
    each_house(capabilities, |site| {
        let pair = pair(&site);
        let at = (site.database(), site.environment());
        let numbered = super::Demographics {
            nhs_number: Some("999 000 0018".parse().unwrap()),
            ..who("Other", "Olive", "O1")
        };
        let other = put(at, &numbered, "RDY", false);
        let secret = super::Demographics {
            nhs_number: Some("999 000 0026".parse().unwrap()),
            ..who("Secret", "Susan", "S1")
        };
        put(at, &secret, "RDY", true);
        let mut records = site.browser("records");
        let find = format!("/people/{}/merge/find", pair.candidate);
        let found = records.post(&find, &[("nhs-number", "9990000018")]);
        assert_eq!(
            found.location(),
            format!("/people/{}/merge?with={other}", pair.candidate)
        );
        let none = records.post(&find, &[("nhs-number", "999 000 0034")]);
        let hidden = records.post(&find, &[("nhs-number", "999 000 0026")]);
        for answer in [&none, &hidden] {
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(answer.shows("No record that you may see holds this number"));
        }
        let wrong = records.post(&find, &[("nhs-number", "12345")]);
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let named = records.get(&format!("/people/{}/merge?q=smith+marie", pair.candidate));
        let link = format!("/people/{}/merge?with={}", pair.candidate, pair.person);
        assert!(named.shows(&link), "{}", named.body);
        let own = records.get(&format!("/people/{0}/merge?with={0}", pair.candidate));
        assert_eq!(own.status, StatusCode::CONFLICT);
    });
}

#[test]
fn a_record_that_came_since_goes_to_the_side_that_is_chosen() {
    each_house(capabilities, |site| {
        let pair = pair(&site);
        let address = join(&site, &pair);
        site.clock().set("2026-11-25T09:00:00Z".parse().unwrap());
        let environment = site.environment().clone();
        let late = super::Demographics {
            telephone: Some("01202 496000".to_owned()),
            ..who("Smith", "Marie", "D-Smith")
        };
        let other = super::Demographics {
            nhs_number: Some("999 000 0018".parse().unwrap()),
            ..who("Smith", "Mary", "U-Smith")
        };
        super::write(site.database(), move |tx| {
            for (who, source) in [(&other, "R0D"), (&late, "RBD")] {
                crate::person::match_or_create(tx, &environment, who, super::ods(source))?;
            }
            let mut new = who("Smith", "Mary", "C1");
            new.nhs_number = other.nhs_number;
            crate::person::match_or_create(tx, &environment, &new, super::ods("RDY"))
        });
        let mut records = site.browser("records");
        let undo = undo_address(&records.get(&address).body, &address);
        let page = records.get(&undo);
        assert_eq!(
            page.body
                .matches("It goes with the record that is parted")
                .count(),
            1
        );
        assert!(page.shows("from Dorset HealthCare"), "{}", page.body);
        let field = page.body.split_once("name=\"record-").unwrap().1;
        let field = format!("record-{}", field.split_once('"').unwrap().0);
        let version = hidden(&page, "version");
        let fields = [
            ("version", version.as_str()),
            ("reason-undo", "undo-wrong"),
            (field.as_str(), "moves"),
        ];
        let done = records.post(&undo, &fields);
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let with = records.get(&format!(
            "/people/{}/merge?with={}",
            pair.candidate, pair.person
        ));
        let (before, after) = with.body.split_once("The other record</th>").unwrap();
        assert!(!before.contains("Dorset HealthCare"));
        assert!(after.contains("Dorset HealthCare"), "{}", with.body);
    });
}

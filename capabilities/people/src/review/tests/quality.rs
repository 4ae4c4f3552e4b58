//! The pages of counts in the browser.

use axum::http::StatusCode;
use stour_web::testing::{Site, each_house};

use super::super::PairAnswer;
use super::{Demographics, Filled, capabilities, new_review, ods, open, put, settle, who, write};
use crate::person::match_or_create;

/// So many pairs that humans answered: of four, three are one person.
fn answered(site: &Site, count: usize) {
    let at = (site.database(), site.environment());
    let mut records = site.browser("records");
    let user = records.user().unwrap();
    let _ = records.get("/reviews");
    for number in 0..count {
        let person = put(
            at,
            &who("Smith", "Marie", &format!("D{number}")),
            "RBD",
            false,
        );
        let candidate = put(
            at,
            &who("Smith", "Mary", &format!("U{number}")),
            "R0D",
            false,
        );
        let id = open(at, new_review(person, candidate)).unwrap();
        let said = if number % 4 == 0 {
            PairAnswer::Different
        } else {
            PairAnswer::Same
        };
        settle(at, id, (said, user));
    }
}

#[test]
fn with_nothing_to_go_by_the_pages_say_so() {
    each_house(capabilities, |site| {
        let mut governance = site.browser("governance");
        let quality = governance.get("/matching/quality");
        assert!(
            quality.shows("No record was sent") && quality.shows("too few"),
            "{}",
            quality.body
        );
        let calibration = governance.get("/matching/calibration");
        assert!(calibration.shows("No pair with a probability has been answered yet"));
        assert!(calibration.shows("No sample has been checked yet"));
        assert!(
            !calibration.shows("labels.csv"),
            "that is for the records team"
        );
        assert!(
            site.browser("records")
                .get("/matching/calibration")
                .shows("labels.csv")
        );
    });
}

#[test]
fn what_was_predicted_is_held_against_what_was_answered() {
    each_house(capabilities, |site| {
        answered(&site, 40);
        let page = site.browser("records").get("/matching/calibration");
        for text in [
            "80% to 95%",
            "75.0%",
            "89.6%",
            "The model is surer of one person than humans are",
            "40 answers can be learnt from",
        ] {
            assert!(page.shows(text), "{text}: {}", page.body);
        }
        let csv = site.browser("records").get("/reviews/labels.csv");
        assert!(csv.body.starts_with("kind,id_a,id_b,same\n"));
        assert_eq!(csv.body.lines().count(), 41);
        assert_eq!(csv.body.matches(",0\n").count(), 10);
        assert!(!csv.shows("Smith"), "identifiers only");
    });
}

#[test]
fn one_answer_is_counted_as_one() {
    each_house(capabilities, |site| {
        answered(&site, 1);
        let page = site.browser("records").get("/matching/calibration");
        assert!(page.shows("1 answer can be learnt from"), "{}", page.body);
    });
}

#[test]
fn small_counts_are_withheld_from_those_who_may_not_open_the_records() {
    each_house(capabilities, |site| {
        answered(&site, 31);
        let records = site.browser("records").get("/matching/calibration");
        assert!(!records.shows("Withheld"));
        write(site.database(), |tx| {
            tx.execute(
                stour_database::sql!("UPDATE match_review SET probability = 0.3 WHERE id IN (SELECT id FROM match_review ORDER BY id LIMIT 3)"),
                stour_database::params![],
            )
        });
        let mut analyst = site.browser("analyst");
        let page = analyst.get("/matching/calibration");
        assert!(
            page.shows("Withheld") && page.shows("Counts from 1 to 7 are not shown"),
            "{}",
            page.body
        );
        assert!(
            !page.shows("75.0%"),
            "what could give it away is withheld too"
        );
    });
}

#[test]
fn a_sample_is_asked_for_in_numbers_and_of_nothing_is_nothing() {
    each_house(capabilities, |site| {
        let mut records = site.browser("records");
        for (size, seed) in [
            ("0", "1"),
            ("201", "1"),
            ("x", "1"),
            ("", ""),
            ("10", "-1"),
            ("10", "x"),
        ] {
            let wrong = records.post("/reviews/sample", &[("size", size), ("seed", seed)]);
            assert_eq!(wrong.status.as_u16(), 422, "{size} {seed}");
        }
        let none = records.post("/reviews/sample", &[("size", "10"), ("seed", "20261124")]);
        assert_eq!(none.location(), "/reviews?kind=quality&put=0");
        let queue = records.get(none.location());
        assert!(queue.shows("No pair is like that") && queue.shows("No link was put in the queue"));
        assert!(
            records
                .get("/reviews?put=1")
                .shows("1 link was put in the queue.")
        );
        assert!(
            records
                .get("/reviews?put=7")
                .shows("7 links were put in the queue.")
        );
        assert!(!records.get("/reviews?put=x").shows("put in the queue."));
        let other = site
            .browser("analyst")
            .post("/reviews/sample", &[("size", "10"), ("seed", "1")]);
        assert_eq!(other.status.as_u16(), 403);
    });
}

/// Records of one family that an organisation sends: so many that are linked by NHS number and date of
/// birth, and a quarter as many that are held.
fn sent(site: &Site, count: u32) {
    let environment = site.environment().clone();
    let known: Vec<Demographics> = (0..count).map(|number| numbered(number, "U")).collect();
    for who in &known {
        put((site.database(), site.environment()), who, "R0D", false);
    }
    write(site.database(), move |tx| {
        for number in 0..count {
            let mut who = numbered(number, "D");
            if number % 4 == 0 {
                who.born = None;
                who.name = crate::person::PersonName::new("Other", "Olive").unwrap();
            }
            match_or_create(tx, &environment, &who, ods("RBD"))?;
        }
        Ok::<_, crate::person::PeopleError>(())
    });
}

fn numbered(number: u32, by: &str) -> Demographics {
    let nhs_number = (0..).find_map(|step| {
        stour_kernel::NhsNumber::from_first_nine(999_100_000 + number * 20 + step)
    });
    Demographics {
        nhs_number,
        ..who("Smith", "Mary", &format!("{by}{number}"))
    }
}

#[test]
fn what_became_of_records_is_counted_by_group_and_what_matching_holds_waits() {
    each_house(capabilities, |site| {
        sent(&site, 40);
        let mut records = site.browser("records");
        let page = records.get("/matching/quality");
        for text in [
            "40 records were sent",
            "Age: “Not known” is held most often",
            "Dorset County Hospital",
            "30 (75.0%, 59.8 to 85.8)",
            "November 2026",
        ] {
            assert!(page.shows(text), "{text}: {}", page.body);
        }
        assert!(!page.shows("Mary") && !page.shows("Smith"), "counts only");
        let queue = records.get("/reviews");
        assert!(
            queue.shows(">10<") && queue.shows("too little else is"),
            "{}",
            queue.body
        );
        assert!(
            site.browser("governance")
                .get("/matching/quality")
                .shows("10 (25.0%")
        );
    });
}

#[test]
fn a_sampled_link_that_is_wrong_is_parted_and_counts_against_the_step_that_made_it() {
    each_house(capabilities, |site| {
        sent(&site, 8);
        let mut records = site.browser("records");
        let drawn = records.post("/reviews/sample", &[("size", "4"), ("seed", "7")]);
        assert_eq!(drawn.status, StatusCode::SEE_OTHER, "{}", drawn.body);
        let queue = records.get(drawn.location());
        assert_eq!(
            queue.body.matches("Linked without a human").count(),
            4,
            "{}",
            queue.body
        );
        let address = queue.body.split_once("href=\"/reviews/0").unwrap().1;
        let address = format!("/reviews/0{}", address.split_once('"').unwrap().0);
        let page = records.get(&address);
        for text in [
            "Is this record this person’s?",
            "The linked record",
            "The rest of the person’s records",
        ] {
            assert!(page.shows(text), "{text}: {}", page.body);
        }
        let filled = Filled::on(&page, "different", "different-number");
        let done = records.post(&address, &filled.fields());
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let calibration = records.get("/matching/calibration");
        assert!(
            calibration.shows("NHS number, birth date and name"),
            "{}",
            calibration.body
        );
        assert!(
            calibration.shows("100.0%, 20.7 to 100.0"),
            "{}",
            calibration.body
        );
        let found = records.get("/people?q=smith+mary");
        assert!(
            found.shows("9 people found"),
            "8 known and 1 parted: {}",
            found.body
        );
        let again = records.post("/reviews/sample", &[("size", "4"), ("seed", "7")]);
        let queue = records.get(again.location());
        assert_eq!(
            queue.body.matches("Linked without a human").count(),
            5,
            "of six links one was checked, none twice"
        );
    });
}

//! The pages of counts in the browser.

use stour_kernel::SeededRandomness;
use stour_web::testing::{Site, each_house};

use super::super::{Answer, NewAnswer, PairAnswer, ReviewKind, answer, review, sides};
use super::{capabilities, new_review, ods, open, put, who, write};

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
        let new = NewAnswer {
            answer: Answer::Pair(said),
            reason: format!("{said}-confirmed"),
            note: String::new(),
            second: false,
            by: user,
            name: "Test".to_owned(),
        };
        let environment = site.environment().clone();
        write(site.database(), move |tx| {
            let known = review(tx, id)?.unwrap();
            let seen = sides(tx, &known)?.map(|(_, version)| version);
            answer(tx, &environment, (id, known.version), seen, &new)
        });
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
        let _ = (ReviewKind::Quality, SeededRandomness::new(1), ods("RBD"));
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
        assert_eq!(none.location(), "/reviews?kind=quality");
        assert!(records.get(none.location()).shows("No pair is like that"));
        let other = site
            .browser("analyst")
            .post("/reviews/sample", &[("size", "10"), ("seed", "1")]);
        assert_eq!(other.status.as_u16(), 403);
    });
}

//! Making a model of our own records and decisions, and using it.

use axum::http::StatusCode;
use stour_web::testing::{Answer, Site, each_house};

use super::super::PairAnswer;
use super::{
    Demographics, IdentifierStatus, capabilities, hidden, new_review, ods, open, put, settle, who,
    write,
};
use crate::person::{Address, NewPerson, Place, insert_all, match_or_create};
use crate::source::{catch_up_blocking, everybody};

const FAMILIES: [&str; 9] = [
    "Ashby", "Birch", "Cole", "Drake", "Elms", "Finch", "Gale", "Holt", "Irwin",
];
const GIVEN: [&str; 7] = ["Ada", "Ben", "Cleo", "Dora", "Edwin", "Flora", "Gus"];

fn somebody(at: usize) -> Demographics {
    let born = format!(
        "19{:02}-{:02}-{:02}",
        20 + at % 71,
        1 + at % 12,
        1 + at % 28
    );
    Demographics {
        born: Some(born.parse().unwrap()),
        address: Some(Address {
            lines: vec![format!("{} Mill Lane", 1 + at / 2)],
            postcode: Some(format!("BH{} 1AA", 1 + at % 25).parse().unwrap()),
            lsoa: None,
        }),
        ..who(
            FAMILIES[at / 2 % FAMILIES.len()],
            GIVEN[at % GIVEN.len()],
            &format!("L{at}"),
        )
    }
}

/// So many people, on the word of one organisation.
fn people(site: &Site, count: usize) {
    let environment = site.environment().clone();
    let people: Vec<NewPerson> = (0..count)
        .map(|at| NewPerson {
            id: environment.id(),
            demographics: somebody(at),
            number_status: IdentifierStatus::Traced,
            place: Place::default(),
            restricted: false,
            objection: false,
            known_to: Vec::new(),
            source: ods("R0D"),
            recorded_by: "a test".to_owned(),
        })
        .collect();
    write(site.database(), move |tx| {
        insert_all(tx, &environment, &people)
    });
}

/// Pairs that a human answered for: one person of two family names, and two people of one home.
fn decided(site: &Site) {
    let at = (site.database(), site.environment());
    let user = site.browser("records").user().unwrap();
    for (number, (other, said)) in [
        (who("Thornbury", "Mary", "D1"), PairAnswer::Same),
        (who("Smith", "Winifred", "D2"), PairAnswer::Different),
    ]
    .into_iter()
    .enumerate()
    {
        let person = put(at, &other, "RBD", false);
        let candidate = put(
            at,
            &who("Smith", "Mary", &format!("U{number}")),
            "R0D",
            false,
        );
        let id = open(at, new_review(person, candidate)).unwrap();
        settle(at, id, (said, user));
    }
}

fn matches(site: &Site) -> String {
    catch_up_blocking(site.database()).unwrap();
    everybody::copy(site.database()).model().version.clone()
}

fn calibration(site: &Site, role: &str) -> Answer {
    site.browser(role).get("/matching/calibration")
}

#[test]
fn of_a_few_people_no_model_is_made() {
    each_house(capabilities, |site| {
        people(&site, 3);
        let page = calibration(&site, "records");
        for text in ["default-1", "There are 3 people: too little to learn from"] {
            assert!(page.shows(text), "{text}: {}", page.body);
        }
        assert!(!page.shows("Make a model"), "{}", page.body);
        let mut records = site.browser("records");
        let refused = records.post("/matching/model", &[]);
        assert_eq!(refused.status, StatusCode::CONFLICT);
        assert!(refused.shows("too little to learn from"));
        for model in ["", "x", "0198c0de-0000-7000-8000-000000000000"] {
            let absent = records.post("/matching/model/use", &[("model", model)]);
            assert_eq!(absent.status, StatusCode::NOT_FOUND, "{model}");
        }
    });
}

#[test]
fn only_the_records_team_makes_and_uses_models() {
    each_house(capabilities, |site| {
        for role in ["analyst", "governance"] {
            let page = calibration(&site, role);
            assert_eq!(page.status, StatusCode::OK);
            assert!(!page.shows("The model<"), "{}", page.body);
            for address in ["/matching/model", "/matching/model/use"] {
                let fields = [("model", "built-in")];
                let refused = site.browser(role).post(address, &fields);
                assert_eq!(refused.status, StatusCode::FORBIDDEN, "{role} {address}");
            }
        }
    });
}

#[test]
fn decisions_make_a_model_that_matches_once_somebody_says_so() {
    each_house(capabilities, |site| {
        people(&site, 400);
        decided(&site);
        let environment = site.environment().clone();
        // One who is linked without a human, and one who waits for a human.
        let again = Demographics {
            local: Some("D9".parse().unwrap()),
            ..somebody(8)
        };
        write(site.database(), move |tx| {
            match_or_create(tx, &environment, &again, ods("RBD"))
        });
        let at = (site.database(), site.environment());
        let waits = put(at, &who("Jupp", "Marie", "D10"), "RBD", false);
        let like = put(at, &who("Jupp", "Mary", "U10"), "R0D", false);
        open(at, new_review(waits, like)).unwrap();

        let mut records = site.browser("records");
        let page = records.get("/matching/calibration");
        assert!(page.shows("Make a model from our records and decisions"));
        let made = records.post("/matching/model", &[]);
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        assert_eq!(made.location(), "/matching/calibration#the-model");
        assert_eq!(matches(&site), "default-1", "nobody has said so yet");
        let page = records.get("/matching/calibration");
        for text in [
            "A model that waits to be used",
            "default-1, estimated from 405 records, taught by 2 decisions",
            "Open reviews it was tried on: 1. With this model",
            "Last links without a human it was tried on: 1. With this model 1 would be linked",
            "; with the model in use 1 would be linked",
            "Use this model",
        ] {
            assert!(page.shows(text), "{text}: {}", page.body);
        }
        let model = hidden(&page, "model");
        let used = records.post("/matching/model/use", &[("model", &model)]);
        assert_eq!(used.status, StatusCode::SEE_OTHER, "{}", used.body);
        let version = "default-1, estimated from 405 records, taught by 2 decisions";
        assert_eq!(matches(&site), version);
        let index = everybody::copy(site.database());
        let usual = stour_linkage::Model::default();
        assert_eq!(
            index.model().thresholds,
            usual.thresholds,
            "these are not estimated"
        );
        let page = records.get("/matching/calibration");
        assert!(
            page.shows("chosen by") && !page.shows("Use this model"),
            "{}",
            page.body
        );
        assert_eq!(hidden(&page, "model"), "built-in");
        let back = records.post("/matching/model/use", &[("model", "built-in")]);
        assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.body);
        assert_eq!(matches(&site), "default-1");
    });
}

use axum::http::StatusCode;
use serde_json::json;
use stour_database::{params, sql};
use stour_facts::{NewFact, append};
use stour_kernel::PersonId;
use stour_people::Demographics;
use stour_web::testing::{Site, each_house};

use crate::people::{
    JOHN, capabilities, day, demographics, mary, put, read, service, steady, write,
};

#[test]
fn an_adviser_finds_somebody_by_anything_known_and_opens_the_record() {
    each_house(capabilities, |site| {
        let person = put(&site, &mary(), false);
        let mut adviser = site.browser("adviser");
        for search in [
            "mary+smith",
            "smith%2C+mary",
            "12+March+1941",
            "bh15",
            "999+000+0018",
            "smith+1941",
        ] {
            let found = adviser.get(&format!("/people?q={search}"));
            assert_eq!(found.status, StatusCode::OK, "{search}");
            for text in [
                "SMITH, Mary",
                "999 000 0018",
                "12 March 1941 (85)",
                "1 High Street, Poole, BH15 1AA",
                "1 person found",
            ] {
                assert!(found.shows(text), "{search}: {text}");
            }
        }
        let record = adviser.get(&format!("/people/{person}"));
        assert_eq!(record.status, StatusCode::OK);
        for text in [
            "SMITH, Mary",
            "12 March 1941 (85)",
            "Bournemouth, Christchurch and Poole",
            &format!("/people/{person}/requests/new"),
            "Add a carer",
        ] {
            assert!(record.shows(text), "{text}");
        }
        assert!(
            !record.shows("Who has looked at this record"),
            "that is for governance"
        );
    });
}

#[test]
fn a_search_that_finds_nobody_says_what_to_do_and_one_not_understood_what_to_type() {
    each_house(capabilities, |site| {
        put(&site, &mary(), false);
        let mut adviser = site.browser("adviser");
        let nobody = adviser.get("/people?q=quixote");
        assert!(nobody.shows("Nobody found") && nobody.shows("/people/new"));
        let unclear = adviser.get("/people?q=smith+12.3.41");
        assert!(
            unclear.shows("/people?q=smith%201941-03-12"),
            "{}",
            unclear.body
        );
        let wrong = adviser.get("/people?q=999+000+0019");
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.shows("check digit"));
        assert_eq!(adviser.get("/people").status, StatusCode::OK);
    });
}

#[test]
fn only_those_whose_work_it_is_find_and_open_records() {
    each_house(capabilities, |site| {
        let person = put(&site, &mary(), false);
        let record = format!("/people/{person}");
        for (role, search, open) in [
            ("adviser", 200, 200),
            ("practitioner", 200, 200),
            ("community", 200, 200),
            ("transfer-hub", 200, 200),
            ("ward", 200, 200),
            ("governance", 403, 404),
            ("analyst", 403, 404),
            ("chief-officer", 403, 404),
            ("administrator", 403, 404),
            ("integration", 403, 404),
            ("resident", 403, 404),
        ] {
            let mut browser = site.browser(role);
            assert_eq!(
                browser.get("/people?q=smith").status.as_u16(),
                search,
                "{role}"
            );
            assert_eq!(browser.get(&record).status.as_u16(), open, "{role}");
        }
        let mut elsewhere = site.browser_as(&["ward"], "RBD", None);
        assert_eq!(elsewhere.get(&record).status, StatusCode::NOT_FOUND);
        let found = elsewhere.get("/people?q=smith");
        assert!(found.shows("Nobody found") && !found.shows("SMITH, Mary"));
        assert_eq!(site.stranger().get(&record).status, StatusCode::SEE_OTHER);
    });
}

#[test]
fn a_hidden_record_answers_as_an_absent_one_and_no_count_betrays_it() {
    each_house(capabilities, |site| {
        let hidden = put(&site, &mary(), true);
        let absent: PersonId = site.environment().id();
        let mut adviser = site.browser("adviser");
        for (root, tail) in [
            ("/people", ""),
            ("/people", "/address"),
            ("/people", "/carers/new"),
            ("/api/people", ""),
        ] {
            let answers = [
                absent.to_string(),
                hidden.to_string(),
                "nonsense".to_owned(),
            ]
            .map(|id| {
                let answer = adviser.get(&format!("{root}/{id}{tail}"));
                assert_eq!(answer.status, StatusCode::NOT_FOUND);
                (
                    steady(&answer.body),
                    answer
                        .headers
                        .keys()
                        .map(ToString::to_string)
                        .collect::<Vec<_>>(),
                )
            });
            assert_eq!(answers[0], answers[1], "{root}{tail}");
            assert_eq!(answers[0], answers[2], "{root}{tail}");
        }
        for id in [absent.to_string(), hidden.to_string()] {
            // What is wrong with a request must not show that the record exists.
            for path in [
                format!("/people/{id}/address"),
                format!("/people/{id}/carers"),
            ] {
                assert_eq!(
                    adviser.post(&path, &[]).status,
                    StatusCode::NOT_FOUND,
                    "{path}"
                );
            }
            let api = format!("/api/people/{id}/address");
            let body = json!({ "address": { "lines": [] } });
            assert_eq!(
                adviser.put_json(&api, None, &body).status,
                StatusCode::NOT_FOUND
            );
        }
        let with = adviser.get("/people?q=mary+smith");
        assert!(with.shows("Nobody found"));
        for _ in 0..50 {
            put(&site, &demographics("Smith", "Mary", "1960-01-01"), false);
        }
        let fifty = adviser.get("/people?q=mary+smith");
        assert!(fifty.shows("50 people found") && !fifty.shows("Narrow your search"));
        put(&site, &demographics("Smith", "Mary", "1960-01-01"), false);
        assert!(
            adviser
                .get("/people?q=mary+smith")
                .shows("Narrow your search")
        );
        let mut cleared = site.browser_as(&["practitioner", "restricted-records"], "R0D", None);
        let record = cleared.get(&format!("/people/{hidden}"));
        assert!(record.shows("Restricted record"), "{}", record.status);
        // A number that a hidden record holds refuses nothing, and is not relied on.
        let made = adviser.post(
            "/people",
            &[("family-name", "Newcomer"), ("nhs-number", "9990000018")],
        );
        assert_eq!(made.status, StatusCode::SEE_OTHER);
        let record = adviser.get(made.location());
        assert!(record.shows("Not confirmed") && record.shows("could not be confirmed"));
    });
}

fn count(site: &Site) -> i64 {
    read(site.database(), |tx| {
        tx.one(sql!("SELECT count(*) FROM person"), params![], |row| {
            row.get(0)
        })
    })
}

#[test]
fn the_same_form_twice_makes_one_person_and_a_second_alike_is_asked_about() {
    each_house(capabilities, |site| {
        let mut adviser = site.browser("adviser");
        let first = adviser.post("/people", &JOHN);
        assert_eq!(first.status, StatusCode::SEE_OTHER);
        let again = adviser.post_again("/people", &JOHN);
        assert_eq!(
            (again.status, again.location()),
            (first.status, first.location())
        );
        assert_eq!(count(&site), 1);
        let alike = adviser.post("/people", &JOHN);
        assert_eq!(alike.status, StatusCode::CONFLICT);
        assert!(alike.shows("Is it one of these people?") && alike.shows(first.location()));
        assert_eq!(count(&site), 1);
        let confirmed = [&JOHN[..], &[("confirm", "yes")]].concat();
        assert_eq!(
            adviser.post("/people", &confirmed).status,
            StatusCode::SEE_OTHER
        );
        assert_eq!(count(&site), 2);
        let other_birthday = [
            &JOHN[..2],
            &[
                ("born-day", "28"),
                ("born-month", "11"),
                ("born-year", "1987"),
            ],
        ]
        .concat();
        assert_eq!(
            adviser.post("/people", &other_birthday).status,
            StatusCode::SEE_OTHER
        );
        assert_eq!(
            site.browser("ward").post("/people", &JOHN).status,
            StatusCode::FORBIDDEN
        );
        assert_eq!(count(&site), 3);
    });
}

#[test]
fn a_number_that_is_held_is_refused_with_a_link_to_its_record() {
    each_house(capabilities, |site| {
        let person = put(&site, &mary(), false);
        let mut adviser = site.browser("adviser");
        let refused = adviser.post(
            "/people",
            &[("family-name", "Other"), ("nhs-number", "999 000 0018")],
        );
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            refused.shows("holds this NHS number") && refused.shows(&format!("/people/{person}"))
        );
        let mistakes = adviser.post(
            "/people",
            &[
                ("nhs-number", "123"),
                ("born-day", "31"),
                ("born-month", "2"),
                ("born-year", "1950"),
                ("telephone", "x"),
            ],
        );
        for text in [
            "Enter a family name",
            "10 digits",
            "real date of birth",
            "telephone number, such as",
        ] {
            assert!(mistakes.shows(text), "{text}");
        }
        assert_eq!(count(&site), 1);
    });
}

#[test]
fn an_address_changes_at_the_version_seen_and_the_one_before_is_kept() {
    each_house(capabilities, |site| {
        let person = put(&site, &mary(), false);
        let (record, form) = (
            format!("/people/{person}"),
            format!("/people/{person}/address"),
        );
        let mut adviser = site.browser("adviser");
        assert!(adviser.get(&form).shows("BH15 1AA"));
        let new = [
            ("version", "\"1\""),
            ("address-line-1", "2 Low Road"),
            ("postcode", "dt1 1aa"),
            ("telephone", "01305 251150"),
        ];
        assert_eq!(adviser.post(&form, &new).location(), record);
        let late = adviser.post(&form, &new);
        assert_eq!(late.status, StatusCode::PRECONDITION_FAILED);
        assert_eq!(
            adviser.post(&form, &new[1..]).status,
            StatusCode::PRECONDITION_REQUIRED
        );
        let shown = adviser.get(&record);
        for text in [
            "2 Low Road, DT1 1AA",
            "01305 251150",
            "Until 24 November 2026",
            "1 High Street, Poole, BH15 1AA",
        ] {
            assert!(shown.shows(text), "{text}");
        }
        assert!(adviser.get("/people?q=smith+dt1").shows(&record));
        assert!(adviser.get("/people?q=smith+bh15").shows("Nobody found"));
    });
}

#[test]
fn the_timeline_shows_what_is_known_and_what_was_known_on_a_past_day() {
    each_house(capabilities, |site| {
        let person = put(&site, &mary(), false);
        let then = site.environment().clone();
        let first = write(site.database(), move |tx| {
            append(tx, &then, service(person, "s1"))
        });
        site.clock()
            .advance(std::time::Duration::from_hours(5 * 24));
        let later = site.environment().clone();
        write(site.database(), move |tx| {
            append(
                tx,
                &later,
                NewFact {
                    thread: Some(first.thread),
                    ended: Some(day("2026-11-28")),
                    ..service(person, "s1")
                },
            )
        });
        let mut adviser = site.browser("adviser");
        let record = format!("/people/{person}");
        let now = adviser.get(&record);
        assert!(
            now.shows("1 September 2026 to 28 November 2026") && now.shows("Dorset HealthCare")
        );
        let then = adviser.get(&format!(
            "{record}?known-day=24&known-month=11&known-year=2026"
        ));
        assert!(
            then.shows("What was known on 24 November 2026")
                && then.shows("Since 1 September 2026")
        );
        let before = adviser.get(&format!(
            "{record}?known-day=23&known-month=11&known-year=2026"
        ));
        assert!(before.shows("Nothing is recorded."));
        let wrong = adviser.get(&format!(
            "{record}?known-day=31&known-month=2&known-year=2026"
        ));
        assert!(wrong.shows("Enter a real date"));
    });
}

#[test]
fn the_dead_are_marked_and_the_living_are_not() {
    each_house(capabilities, |site| {
        put(
            &site,
            &Demographics {
                died: Some(day("2020-03-12")),
                ..mary()
            },
            false,
        );
        put(&site, &demographics("Smith", "John", "1950-01-01"), false);
        let found = site.browser("adviser").get("/people?q=smith");
        assert_eq!(
            found.body.matches(">Died<").count() + found.body.matches("Died\n").count(),
            1,
            "{}",
            found.body
        );
        assert!(found.shows("12 March 1941 (79)"));
    });
}

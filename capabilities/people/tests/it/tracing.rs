//! Tracing an NHS number on the pages, against the fake service over HTTP.

use axum::http::StatusCode;
use stour_database::{params, sql};
use stour_kernel::{NhsNumber, PersonId};
use stour_people::fake_pds::{PATH, Patient, Rules, Standing, router};
use stour_people::{Address, Demographics};
use stour_web::testing::{Site, each_house};
use stour_web::{Settings, Tracing};

use crate::people::{capabilities, day, demographics, mary, put, read};

fn nhs(text: &str) -> NhsNumber {
    text.parse().unwrap()
}

/// The same person as the register has them.
fn registered(who: &Demographics, number: &str) -> Patient {
    let address = who.address.clone().unwrap_or_default();
    Patient {
        number: nhs(number),
        family: who.name.family.to_string(),
        given: who.name.given.iter().map(ToString::to_string).collect(),
        earlier: Vec::new(),
        born: who.born.unwrap(),
        died: None,
        gender: "female".to_owned(),
        lines: address.lines,
        postcode: address.postcode,
        telephone: None,
        practice: None,
        restricted: false,
        standing: Standing::Current,
    }
}

/// A house that asks a service with these people.
fn tracing(site: Site, patients: Vec<Patient>) -> Site {
    let router = router(patients, Rules::default(), site.environment());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let listener = runtime
        .block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))
        .unwrap();
    let address = format!("http://{}{PATH}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        runtime.block_on(async { axum::serve(listener, router).await.unwrap() });
    });
    let settings = Settings {
        tracing: Some(Tracing {
            address,
            ..Tracing::default()
        }),
        ..Settings::default()
    };
    site.set_up(settings, capabilities())
}

/// The value of a hidden field.
fn hidden(body: &str, name: &str) -> String {
    let from = body
        .split(&format!("name=\"{name}\" value=\""))
        .nth(1)
        .unwrap();
    from.split('"').next().unwrap().replace("&quot;", "\"")
}

fn numbers(site: &Site, person: PersonId) -> Vec<(String, String, String)> {
    read(site.database(), move |tx| {
        tx.rows(
            sql!(
                "SELECT value, status, source FROM person_identifier
                 WHERE person = $1 AND system = 'nhs-number' ORDER BY value"
            ),
            params![person],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
    })
}

/// Olive Rose, without a number.
fn olive() -> Demographics {
    Demographics {
        address: Some(Address {
            lines: vec!["2 Low Street".to_owned(), "Poole".to_owned()],
            postcode: Some("BH15 1AB".parse().unwrap()),
            lsoa: None,
        }),
        ..demographics("Rose", "Olive", "1970-07-07")
    }
}

fn trace(site: &Site, person: PersonId, decision: &str) -> (String, StatusCode) {
    let mut adviser = site.browser("adviser");
    let page = format!("/people/{person}/trace");
    let asked = adviser.post(&page, &[]);
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    assert_eq!(adviser.post_again(&page, &[]).location(), asked.location());
    let answer = adviser.get(asked.location());
    if decision.is_empty() {
        return (answer.body, answer.status);
    }
    let (version, which) = (
        hidden(&answer.body, "version"),
        hidden(&answer.body, "answer"),
    );
    let fields = [
        ("version", version.as_str()),
        ("answer", &which),
        ("decision", decision),
    ];
    let done = adviser.post(&format!("{page}/decision"), &fields);
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_eq!(
        adviser
            .post_again(&format!("{page}/decision"), &fields)
            .location(),
        done.location()
    );
    let stale = adviser.post(&format!("{page}/decision"), &fields);
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
    (answer.body, stale.status)
}

#[test]
fn a_number_is_found_compared_and_confirmed_and_then_it_is_the_records() {
    each_house(capabilities, |site| {
        let moved = Patient {
            lines: vec!["9 New Road".to_owned(), "Poole".to_owned()],
            ..registered(&olive(), "999 000 0026")
        };
        let site = tracing(site, vec![moved]);
        let person = put(&site, &olive(), false);
        let (page, _) = trace(&site, person, "same");
        for text in [
            "One person was found",
            "999 000 0026",
            "9 New Road, Poole, BH15 1AB",
            "Different",
        ] {
            assert!(page.contains(text), "{text}: {page}");
        }
        let traced = (
            "9990000026".to_owned(),
            "traced".to_owned(),
            "X26".to_owned(),
        );
        assert_eq!(numbers(&site, person), [traced]);
        let mut adviser = site.browser("adviser");
        let record = adviser.get(&format!("/people/{person}"));
        assert!(record.shows("999 000 0026") && record.shows("2 Low Street, Poole, BH15 1AB"));
        assert!(
            record.shows("9 New Road, Poole, BH15 1AB"),
            "kept beside, with its source"
        );
        assert!(adviser.get("/people?q=9990000026").shows("ROSE, Olive"));
    });
}

#[test]
fn somebody_else_changes_nothing() {
    each_house(capabilities, |site| {
        let site = tracing(site, vec![registered(&olive(), "999 000 0026")]);
        let person = put(&site, &olive(), false);
        trace(&site, person, "different");
        assert!(numbers(&site, person).is_empty());
    });
}

#[test]
fn a_superseded_number_gives_way_to_the_one_that_took_its_place() {
    each_house(capabilities, |site| {
        let old = Patient {
            standing: Standing::Superseded(nhs("999 000 0026")),
            ..registered(&mary(), "999 000 0018")
        };
        let site = tracing(site, vec![old, registered(&mary(), "999 000 0026")]);
        let person = put(&site, &mary(), false);
        let (page, _) = trace(&site, person, "same");
        assert!(page.contains("999 000 0018 has been superseded"), "{page}");
        let status: Vec<(String, String)> = numbers(&site, person)
            .into_iter()
            .map(|(value, status, _)| (value, status))
            .collect();
        let of = |value: &str, status: &str| (value.to_owned(), status.to_owned());
        assert_eq!(
            status,
            [of("9990000018", "superseded"), of("9990000026", "traced")]
        );
    });
}

#[test]
fn a_withdrawn_number_and_one_that_is_anothers_lose_their_standing() {
    each_house(capabilities, |site| {
        let withdrawn = Patient {
            standing: Standing::Invalidated,
            ..registered(&mary(), "999 000 0018")
        };
        let site = tracing(site, vec![withdrawn, registered(&olive(), "999 000 0026")]);
        let person = put(&site, &mary(), false);
        let (page, _) = trace(&site, person, "same");
        assert!(page.contains("999 000 0018 has been withdrawn"), "{page}");
        assert_eq!(numbers(&site, person)[0].1, "invalidated");
        let number = Some(nhs("999 000 0026"));
        let wrong = Demographics {
            nhs_number: number,
            ..demographics("Brown", "Tom", "1999-01-01")
        };
        let wrong = put(&site, &wrong, false);
        let (page, _) = trace(&site, wrong, "same");
        assert!(
            page.contains("belongs to somebody with another name"),
            "{page}"
        );
        assert!(
            !page.contains("Low Street") && !page.contains("Olive"),
            "{page}"
        );
        assert_eq!(numbers(&site, wrong)[0].1, "refuted");
    });
}

#[test]
fn of_a_restricted_record_no_place_is_told_there_or_here() {
    each_house(capabilities, |site| {
        let hidden = Patient {
            restricted: true,
            ..registered(&olive(), "999 000 0026")
        };
        let site = tracing(site, vec![hidden]);
        let person = put(&site, &olive(), false);
        let (page, _) = trace(&site, person, "same");
        assert!(page.contains("must not become known"));
        // The page says who it is about, with the address the record shows; the answer adds no place.
        assert!(!page.contains(">Address<") && !page.contains("GP practice"));
        assert_eq!(numbers(&site, person)[0].1, "traced");
    });
}

#[test]
fn nobody_and_several_are_said_and_offer_nothing() {
    each_house(capabilities, |site| {
        let twin = |number, given: &str| Patient {
            given: vec![given.to_owned()],
            ..registered(&olive(), number)
        };
        let site = tracing(
            site,
            vec![
                twin("999 000 0026", "Olivia"),
                twin("999 000 0034", "Olive"),
            ],
        );
        let person = put(&site, &olive(), false);
        let (page, _) = trace(&site, person, "");
        assert!(page.contains("More than one person fits") && !page.contains("decision"));
        let nobody = put(&site, &demographics("Nemo", "Ann", "1980-02-03"), false);
        let (page, _) = trace(&site, nobody, "");
        assert!(page.contains("Nobody was found") && !page.contains("decision"));
    });
}

#[test]
fn a_number_that_another_record_holds_is_not_taken_from_it() {
    each_house(capabilities, |site| {
        let site = tracing(site, vec![registered(&olive(), "999 000 0026")]);
        let number = Some(nhs("999 000 0026"));
        let holder = put(
            &site,
            &Demographics {
                nhs_number: number,
                ..olive()
            },
            false,
        );
        let other = put(&site, &olive(), false);
        trace(&site, other, "same");
        let page = site
            .browser("adviser")
            .get(&format!("/people/{other}/trace"));
        assert!(
            page.shows("Another record holds this number"),
            "{}",
            page.body
        );
        assert!(numbers(&site, other).is_empty());
        assert_eq!(numbers(&site, holder)[0].1, "traced");
        let rules: Vec<String> = read(site.database(), |tx| {
            tx.rows(sql!("SELECT rule FROM match_review"), params![], |row| {
                row.get(0)
            })
        });
        assert_eq!(rules, ["same-traced-number"], "the two are to be compared");
    });
}

#[test]
fn only_those_who_may_change_a_record_trace_and_only_where_a_service_is_configured() {
    each_house(capabilities, |site| {
        let person = put(&site, &olive(), false);
        let (record, page) = (
            format!("/people/{person}"),
            format!("/people/{person}/trace"),
        );
        let mut adviser = site.browser("adviser");
        assert!(!adviser.get(&record).shows("Trace the NHS number"));
        assert_eq!(adviser.get(&page).status, StatusCode::NOT_FOUND);
        drop(adviser);
        let site = tracing(site, vec![registered(&olive(), "999 000 0026")]);
        let mut adviser = site.browser("adviser");
        assert!(adviser.get(&record).shows("Trace the NHS number"));
        assert!(
            adviser
                .get(&page)
                .shows("It keeps a record of every question")
        );
        let mut ward = site.browser("ward");
        assert!(!ward.get(&record).shows("Trace the NHS number"));
        assert_eq!(ward.get(&page).status, StatusCode::NOT_FOUND);
        assert_eq!(ward.post(&page, &[]).status, StatusCode::FORBIDDEN);
        let hidden = put(&site, &mary(), true);
        assert_eq!(
            adviser.post(&format!("/people/{hidden}/trace"), &[]).status,
            StatusCode::NOT_FOUND
        );
    });
}

#[test]
fn a_service_that_does_not_answer_is_said_and_nothing_is_kept() {
    each_house(capabilities, |site| {
        let settings = Settings {
            tracing: Some(Tracing {
                address: "not an address".to_owned(),
                ..Tracing::default()
            }),
            ..Settings::default()
        };
        let site = site.set_up(settings, capabilities());
        let person = put(&site, &olive(), false);
        let unborn = Demographics {
            born: None,
            ..olive()
        };
        let unborn = put(&site, &unborn, false);
        let mut adviser = site.browser("adviser");
        assert!(
            adviser
                .get(&format!("/people/{unborn}/trace"))
                .shows("none is recorded")
        );
        assert_eq!(
            adviser.post(&format!("/people/{unborn}/trace"), &[]).status,
            StatusCode::CONFLICT
        );
        assert_eq!(day("1970-07-07").year(), 1970);
        let page = adviser.post(&format!("/people/{person}/trace"), &[]);
        assert!(
            page.shows("There is no answer") && page.shows("Nothing was changed"),
            "{}",
            page.body
        );
    });
}

//! The client and the fake service, over HTTP.

use std::path::Path;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use serde_json::Value;
use stour_kernel::testing::reference_data;
use stour_kernel::{Date, Environment, NhsNumber};
use stour_web::Tracing;

use super::fake::{PATH, Patient, Rules, Standing, router};
use super::patient::{found, patient};
use super::{Asked, Fate, Found, Held, OfNumber, Outcome, Pds, Register, TraceError, trace};
use crate::person::PersonName;

fn environment() -> Environment {
    Environment::seeded("2026-11-24T09:00:00Z".parse().unwrap(), 7)
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// The valid NHS number of the test range that follows so many before it.
fn number(place: u32) -> NhsNumber {
    (999_000_000..)
        .filter_map(NhsNumber::from_first_nine)
        .nth(usize::try_from(place).unwrap())
        .unwrap()
}

fn somebody(place: u32, family: &str, given: &str, born: &str) -> Patient {
    Patient {
        number: number(place),
        family: family.to_owned(),
        given: given.split(' ').map(str::to_owned).collect(),
        earlier: Vec::new(),
        born: day(born),
        died: None,
        gender: "female".to_owned(),
        lines: vec!["1 High Street".to_owned(), "Poole".to_owned()],
        postcode: Some("BH15 1AA".parse().unwrap()),
        telephone: Some("01202 496000".to_owned()),
        practice: Some("J81012".parse().unwrap()),
        restricted: false,
        standing: Standing::Current,
    }
}

/// Mary Smith, Janet Smythe who is restricted, two Anns who share a birthday, one number superseded by
/// Mary's, one withdrawn, and Rose who was Bell.
fn people() -> Vec<Patient> {
    vec![
        somebody(0, "Smith", "Mary Ann", "1941-03-12"),
        Patient {
            restricted: true,
            ..somebody(1, "Smythe", "Janet", "2005-06-16")
        },
        somebody(2, "Brown", "Ann", "1950-05-02"),
        somebody(3, "Brown", "Anna", "1950-05-02"),
        Patient {
            standing: Standing::Superseded(number(0)),
            ..somebody(4, "Smith", "Mary", "1941-03-12")
        },
        Patient {
            standing: Standing::Invalidated,
            ..somebody(5, "Ghost", "Grace", "1960-01-02")
        },
        Patient {
            earlier: vec!["Bell".to_owned()],
            ..somebody(6, "Rose", "Olive", "1970-07-07")
        },
    ]
}

/// Serves until the test ends; returns the address of the host.
fn serve(router: Router) -> String {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let listener = runtime
        .block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))
        .unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        runtime.block_on(async { axum::serve(listener, router).await.unwrap() });
    });
    format!("http://{address}")
}

fn service(rules: Rules) -> Tracing {
    Tracing {
        address: serve(router(people(), rules, &environment())) + PATH,
        organisation: "QVV".to_owned(),
        ..Tracing::default()
    }
}

fn pds(service: Tracing) -> Pds {
    Pds::new(service, &environment()).pausing(Duration::ZERO)
}

fn asked(family: &str, given: &str, born: &str) -> Asked {
    Asked {
        number: None,
        name: PersonName::new(family, given).unwrap(),
        born: day(born),
        sex: Some("F".parse().unwrap()),
        postcode: Some("BH15 1AA".parse().unwrap()),
    }
}

fn one(found: Found) -> Held {
    match found {
        Found::One(held) => *held,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_number_is_somebodys_or_superseded_or_withdrawn_or_nobodys() {
    let pds = pds(service(Rules::default()));
    let held = |asked| match pds.by_number(asked).unwrap() {
        OfNumber::Held(held) => *held,
        other => panic!("{other:?}"),
    };
    let mary = held(number(0));
    assert_eq!(mary.number, number(0));
    assert_eq!(mary.name.as_ref().unwrap().spoken(), "Mary Ann Smith");
    assert_eq!(mary.born, Some(day("1941-03-12")));
    assert_eq!(mary.sex.as_ref().unwrap().as_str(), "F");
    assert_eq!(mary.lines, ["1 High Street", "Poole"]);
    assert_eq!(mary.postcode.unwrap().as_str(), "BH15 1AA");
    assert_eq!(mary.practice.unwrap().as_str(), "J81012");
    assert_eq!(held(number(4)), mary, "the record that took its place");
    assert_eq!(pds.by_number(number(5)), Ok(OfNumber::Invalidated));
    assert_eq!(pds.by_number(number(90)), Ok(OfNumber::Unknown));
}

#[test]
fn a_restricted_record_comes_without_a_place_and_never_by_one() {
    let pds = pds(service(Rules::default()));
    let OfNumber::Held(janet) = pds.by_number(number(1)).unwrap() else {
        panic!("not held")
    };
    assert!(janet.restricted);
    assert_eq!(
        (janet.postcode, &janet.telephone, janet.practice),
        (None, &None, None)
    );
    assert!(janet.lines.is_empty());
    // The first search names a postcode and finds nobody; the second does not, and finds her.
    let found = one(pds
        .by_details(&asked("Smythe", "Janet", "2005-06-16"))
        .unwrap());
    assert_eq!(found.number, number(1));
    assert!(found.restricted && found.lines.is_empty());
}

#[test]
fn a_search_finds_one_or_nobody_or_too_many() {
    let pds = pds(service(Rules::default()));
    let find = |family, given, born| pds.by_details(&asked(family, given, born)).unwrap();
    assert_eq!(one(find("Smith", "Mary", "1941-03-12")).number, number(0));
    assert_eq!(
        one(find("smith", "Marie", "1941-03-12")).number,
        number(0),
        "three letters do"
    );
    assert_eq!(find("Brown", "Ann", "1950-05-02"), Found::Several);
    assert_eq!(find("Nobody", "Mary", "1941-03-12"), Found::Nobody);
    assert_eq!(
        one(find("Bell", "Olive", "1970-07-07")).number,
        number(6),
        "by an earlier name"
    );
    assert_eq!(
        one(find("Mary", "Smith", "1941-03-12")).number,
        number(0),
        "the other way round"
    );
    assert_eq!(
        one(find("Smyth", "Mary", "1941-03-12")).number,
        number(0),
        "it sounds alike"
    );
    assert_eq!(
        find("Ghost", "Grace", "1960-01-02"),
        Found::Nobody,
        "a withdrawn record"
    );
}

#[test]
fn a_number_counts_only_with_the_date_of_birth_and_a_part_of_the_name() {
    let pds = pds(service(Rules::default()));
    let with = |number, family, given, born| {
        let asked = Asked {
            number: Some(number),
            ..asked(family, given, born)
        };
        trace(&pds, &asked).unwrap()
    };
    let same = with(number(0), "Jones", "Mary", "1941-03-12");
    assert_eq!((one(same.found).number, same.before), (number(0), None));
    let superseded = with(number(4), "Smith", "Mary", "1941-03-12");
    assert_eq!(one(superseded.found).number, number(0));
    assert_eq!(superseded.before, Some((number(4), Fate::Superseded)));
    // Mary's number on the record of Olive Rose: nothing of Mary is told.
    let another = with(number(0), "Rose", "Olive", "1970-07-07");
    assert_eq!(one(another.found).number, number(6));
    assert_eq!(another.before, Some((number(0), Fate::Another)));
    let stranger = with(number(0), "Nobody", "Mary", "1941-03-13");
    let before = Some((number(0), Fate::Another));
    assert_eq!(
        stranger,
        Outcome {
            found: Found::Nobody,
            before
        }
    );
    let withdrawn = with(number(5), "Ghost", "Grace", "1960-01-02");
    assert_eq!(withdrawn.before, Some((number(5), Fate::Invalidated)));
    assert_eq!(
        with(number(90), "Ghost", "Grace", "1960-01-02").before,
        Some((number(90), Fate::Unknown))
    );
}

/// What the service answers to a question put by hand.
fn put(host: &str, path: &str, headers: &[(&str, &str)]) -> (u16, Value) {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into();
    let mut asking = agent.get(format!("{host}{path}"));
    for (name, value) in headers {
        asking = asking.header(*name, *value);
    }
    let mut answer = asking.call().unwrap();
    let kind = answer
        .headers()
        .get("content-type")
        .unwrap()
        .to_str()
        .unwrap();
    assert_eq!(kind, "application/fhir+json");
    let body = answer.body_mut().read_json().unwrap();
    (answer.status().as_u16(), body)
}

const ID: (&str, &str) = ("x-request-id", "60e0b220-8136-4ca5-ae46-1d97ef59d068");

fn refused(address: &str, path: &str, headers: &[(&str, &str)]) -> (u16, String, String) {
    let (status, body) = put(address, path, headers);
    assert_eq!(body["resourceType"], "OperationOutcome", "{path}");
    let issue = &body["issue"][0];
    let code = issue["details"]["coding"][0]["code"].as_str().unwrap();
    let why = issue["diagnostics"].as_str().unwrap_or_default();
    (status, code.to_owned(), why.to_owned())
}

#[test]
fn every_refusal_is_the_documented_one() {
    let address = service(Rules::default()).address;
    let missing = "/Patient?family=Smith";
    for (path, status, code) in [
        ("/Patient/9000000000", 400, "INVALID_RESOURCE_ID"),
        ("/Patient/9000000009", 404, "RESOURCE_NOT_FOUND"),
        ("/Patient", 400, "UNSUPPORTED_SERVICE"),
        (missing, 400, "MISSING_VALUE"),
        ("/Patient?birthdate=eq1941-03-12", 400, "MISSING_VALUE"),
        ("/Patient?family=Smith&birthdate=1941", 400, "INVALID_VALUE"),
        (
            "/Patient?family=Smith&birthdate=eq1941-03-12&gender=mal",
            400,
            "INVALID_VALUE",
        ),
        (
            "/Patient?family=S*&birthdate=eq1941-03-12",
            400,
            "INVALID_VALUE",
        ),
        (
            "/Patient?family=Smith&birthdate=eq1941-03-12&_max-results=51",
            400,
            "INVALID_VALUE",
        ),
        (
            "/Patient?family=Smith&birthdate=eq1941-03-12&_max-results=2",
            403,
            "INVALID_VALUE",
        ),
        (
            "/Patient?family=Smith&birthdate=eq1941-03-12&invalidParam=1",
            400,
            "ADDITIONAL_PROPERTIES",
        ),
        (
            "/Patient?family=Smith&birthdate=eq1941-03-12&_fuzzy-match=true",
            400,
            "INVALID_SEARCH_DATA",
        ),
        (
            "/Patient?family=Sm*&given=M&birthdate=eq1941-03-12&_fuzzy-match=true",
            400,
            "INVALID_SEARCH_DATA",
        ),
        (
            "/Patient?family=Br*&birthdate=eq1950-05-02",
            200,
            "TOO_MANY_MATCHES",
        ),
    ] {
        let (answered, said, _) = refused(&address, path, &[ID]);
        assert_eq!((answered, said.as_str()), (status, code), "{path}");
    }
    let (_, _, why) = refused(&address, missing, &[ID]);
    assert_eq!(
        why,
        "Missing value - 'birth_date/birth_date_range_start/birth_date_range_end'"
    );
    let path = format!("/Patient/{}", number(0).digits());
    assert_eq!(refused(&address, &path, &[]).1, "MISSING_VALUE");
    assert_eq!(
        refused(&address, &path, &[("x-request-id", "1")]).1,
        "INVALID_VALUE"
    );
    let guarded = service(Rules {
        token: Some("secret".to_owned()),
        ..Rules::default()
    })
    .address;
    assert_eq!(refused(&guarded, &path, &[ID]).0, 401);
    let (status, body) = put(&guarded, &path, &[ID, ("authorization", "Bearer secret")]);
    assert_eq!(
        (status, body["id"].as_str()),
        (200, Some(number(0).digits().as_str()))
    );
}

#[test]
fn a_search_with_several_results_has_them_by_score() {
    let address = service(Rules {
        several: true,
        ..Rules::default()
    })
    .address;
    let path = "/Patient?family=Brown&given=Ann&birthdate=ge1950-05-01&birthdate=le1950-05-03&_fuzzy-match=true";
    let (status, body) = put(&address, path, &[ID]);
    assert_eq!((status, body["total"].as_u64()), (200, Some(2)));
    let scores: Vec<f64> = body["entry"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["search"]["score"].as_f64().unwrap())
        .collect();
    assert_eq!(scores, [1.0, 0.8]);
    let exact = "/Patient?family=Brown&given=Ann&birthdate=eq1950-05-02&_exact-match=true";
    assert_eq!(put(&address, exact, &[ID]).1["total"], 1);
}

#[test]
fn a_token_is_sent_and_one_that_is_refused_says_so() {
    let rules = Rules {
        token: Some("secret".to_owned()),
        ..Rules::default()
    };
    let service = service(rules);
    let with = |token: Option<&str>| {
        let token = token.map(str::to_owned);
        pds(Tracing {
            token,
            ..service.clone()
        })
        .by_number(number(0))
    };
    assert!(with(Some("secret")).is_ok());
    assert!(matches!(with(None), Err(TraceError::Denied(_))));
    assert!(matches!(with(Some("wrong")), Err(TraceError::Denied(_))));
    // A program that prints one; this prints nothing.
    let token_command = Some(Path::new("true").to_owned());
    let silent = pds(Tracing {
        token_command,
        ..service.clone()
    })
    .by_number(number(0));
    assert!(matches!(silent, Err(TraceError::Denied(_))), "{silent:?}");
}

#[test]
fn too_many_questions_are_put_again_and_then_told() {
    let slow = Rules {
        each_second: Some(2),
        ..Rules::default()
    };
    // The clock of this service stands still, so the third question is refused however often it comes.
    let pds = pds(service(slow));
    assert!(pds.by_number(number(0)).is_ok());
    assert!(pds.by_number(number(0)).is_ok());
    assert_eq!(pds.by_number(number(0)), Err(TraceError::Busy));
}

#[test]
fn a_service_that_is_away_for_a_moment_is_asked_again() {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};
    let asked = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&asked);
    let answer = move || {
        let before = count.fetch_add(1, Ordering::SeqCst);
        async move {
            match before {
                0 => (StatusCode::SERVICE_UNAVAILABLE, "<html>".to_owned()),
                1 => (StatusCode::REQUEST_TIMEOUT, "{}".to_owned()),
                _ => (
                    StatusCode::OK,
                    format!(
                        r#"{{"resourceType":"Patient","id":"{}"}}"#,
                        number(0).digits()
                    ),
                ),
            }
        }
    };
    let address = serve(Router::new().route("/Patient/{id}", get(answer)));
    let client = |address: &str| {
        pds(Tracing {
            address: address.to_owned(),
            ..Tracing::default()
        })
    };
    assert!(matches!(
        client(&address).by_number(number(0)),
        Ok(OfNumber::Held(_))
    ));
    assert_eq!(asked.load(Ordering::SeqCst), 3);
    let broken =
        serve(Router::new().route("/Patient/{id}", get(|| async { StatusCode::BAD_GATEWAY })));
    assert!(matches!(
        client(&broken).by_number(number(0)),
        Err(TraceError::Away(_))
    ));
    assert!(matches!(
        client("http://127.0.0.1:1").by_number(number(0)),
        Err(TraceError::Away(_))
    ));
    // Names are not sent in the clear.
    assert!(matches!(
        client("http://example.org").by_number(number(0)),
        Err(TraceError::Away(why)) if why.contains("https")
    ));
    let nonsense = serve(Router::new().route("/Patient/{id}", get(|| async { "nonsense" })));
    assert!(matches!(
        client(&nonsense).by_number(number(0)),
        Err(TraceError::Unreadable(_))
    ));
}

#[test]
fn the_published_examples_are_read() {
    let Some(folder) = reference_data("fhir/pds/sandbox/mocks") else {
        return;
    };
    let read = |name: &str| -> Value {
        serde_json::from_slice(&std::fs::read(folder.join(name)).unwrap()).unwrap()
    };
    let jane = patient(&read("Patient.json")).unwrap();
    assert_eq!(jane.number.digits(), "9000000009");
    assert_eq!(jane.name.unwrap().spoken(), "Jane Smith");
    assert_eq!(jane.lines.len(), 5);
    assert!(!jane.restricted && jane.practice.is_some() && jane.telephone.is_some());
    let sensitive = patient(&read("Sensitive_Patient.json")).unwrap();
    assert!(sensitive.restricted && sensitive.lines.is_empty() && sensitive.practice.is_none());
    let minimal = patient(&read("Minimal_Patient.json")).unwrap();
    assert_eq!((minimal.name, minimal.born), (None, None));
    // The id of this example fails the check of NHS numbers, so that it is refused.
    assert!(found(&read("PatientCompoundName.json")).is_err());
    assert_eq!(
        one(found(&read("PatientSearch.json")).unwrap())
            .number
            .digits(),
        "9000000009"
    );
    assert!(one(found(&read("Sensitive_PatientSearch.json")).unwrap()).restricted);
}

//! Programs that are told when records are joined or parted.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::http::StatusCode;
use axum::routing::post;
use stour_database::Database;
use stour_hl7v2::Message;
use stour_hl7v2::mllp::{Event as Framed, FrameReader, write_frame};
use stour_kernel::{Environment, PersonId};
use stour_people::{Event, NewSubscriber, SubscriberKind, announce, deliver_due, subscribe};
use stour_web::testing::{Site, each_house};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use crate::people::{capabilities, demographics, put, write};

type Heard = Arc<Mutex<Vec<String>>>;

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
}

fn two(site: &Site) -> (PersonId, PersonId) {
    let one = put(site, &demographics("Smith", "Mary", "1941-03-12"), false);
    (
        one,
        put(site, &demographics("Smith", "Marie", "1941-03-12"), false),
    )
}

fn say(database: &Database, environment: &Environment, event: Event) {
    let environment = environment.clone();
    write(database, move |tx| announce(tx, &environment, event));
}

/// Parts two, and moves a record from one to the other.
fn part(site: &Site, survivor: PersonId, merged: PersonId) {
    let moved = Event::Moved {
        record: survivor.into(),
        from: survivor,
        to: merged,
    };
    for event in [Event::Unmerged { survivor, merged }, moved] {
        say(site.database(), site.environment(), event);
    }
}

fn add(site: &Site, kind: SubscriberKind, address: &str, from_the_beginning: bool) -> String {
    let environment = site.environment().clone();
    let new = NewSubscriber {
        name: "A hospital".to_owned(),
        kind,
        address: address.to_owned(),
        organisation: None,
        from_the_beginning,
    };
    write(site.database(), move |tx| {
        subscribe(tx, &environment, &new, "a test")
    })
    .to_string()
}

/// A program that hears by JSON and answers as it is told, then always that it has it.
fn listener(runtime: &Runtime, answers: &[StatusCode]) -> (String, Heard) {
    let heard: Heard = Arc::default();
    let answers = Arc::new(Mutex::new(answers.to_vec()));
    let note = Arc::clone(&heard);
    let hear = move |body: String| {
        note.lock().unwrap().push(body);
        let mut answers = answers.lock().unwrap();
        let answer = if answers.is_empty() {
            StatusCode::OK
        } else {
            answers.remove(0)
        };
        async move { answer }
    };
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = format!("http://{}/hook", listener.local_addr().unwrap());
    let router = Router::new().route("/hook", post(hear));
    runtime.spawn(async move { axum::serve(listener, router).await.unwrap() });
    (address, heard)
}

fn sequences(heard: &Heard) -> Vec<i64> {
    let bodies = heard.lock().unwrap();
    let sequence = |body: &String| {
        let body: serde_json::Value = serde_json::from_str(body).unwrap();
        body["sequence"].as_i64().unwrap()
    };
    bodies.iter().map(sequence).collect()
}

#[test]
fn every_event_is_told_in_order_and_again_until_it_is_acknowledged() {
    each_house(capabilities, |site| {
        let runtime = runtime();
        let (survivor, merged) = two(&site);
        let told = || runtime.block_on(deliver_due(site.house())).unwrap();
        say(
            site.database(),
            site.environment(),
            Event::Merged { survivor, merged },
        );
        let (address, heard) =
            listener(&runtime, &[StatusCode::OK, StatusCode::SERVICE_UNAVAILABLE]);
        let id = add(&site, SubscriberKind::Webhook, &address, true);
        let (later, late) = listener(&runtime, &[]);
        add(&site, SubscriberKind::Webhook, &later, false);
        part(&site, survivor, merged);
        while told() > 0 {}
        assert_eq!(
            sequences(&heard),
            [1, 2],
            "the second was refused, so the third waits"
        );
        assert_eq!(
            sequences(&late),
            [2, 3],
            "told of what came after it was added"
        );
        let mut integration = site.browser("integration");
        let page = integration.get(&format!("/subscribers/{id}"));
        for text in [
            "Failing",
            "Answered 503",
            "Event 2 was tried once.",
            "Pass over event 2",
            "Events waiting",
        ] {
            assert!(page.shows(text), "{text}: {}", page.body);
        }
        assert!(!page.shows("Smith"));
        assert_eq!(told(), 0, "not before its time");
        site.clock().set("2026-11-24T09:01:00Z".parse().unwrap());
        while told() > 0 {}
        assert_eq!(sequences(&heard), [1, 2, 2, 3]);
        assert!(
            integration
                .get(&format!("/subscribers/{id}"))
                .shows("Working")
        );
        let first: serde_json::Value = serde_json::from_str(&heard.lock().unwrap()[0]).unwrap();
        assert_eq!(first["event"], "merged");
        assert_eq!(first["survivor"], survivor.to_string());
        assert_eq!(first.as_object().unwrap().len(), 5, "and no name");
    });
}

#[test]
fn an_event_taken_and_not_finished_is_told_by_the_next_process() {
    each_house(capabilities, |site| {
        let runtime = runtime();
        let (survivor, merged) = two(&site);
        say(
            site.database(),
            site.environment(),
            Event::Merged { survivor, merged },
        );
        // This one hears, and never answers: the process that tells it is killed meanwhile.
        let deaf = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = deaf.local_addr().unwrap();
        add(
            &site,
            SubscriberKind::Webhook,
            &format!("http://{address}/hook"),
            true,
        );
        let house = site.house().clone();
        runtime.block_on(async {
            let telling = tokio::spawn(async move { deliver_due(&house).await });
            let (stream, _) = deaf.accept().await.unwrap();
            telling.abort();
            drop(stream);
        });
        let heard: Heard = Arc::default();
        let note = Arc::clone(&heard);
        let hear = move |body: String| {
            note.lock().unwrap().push(body);
            async { StatusCode::OK }
        };
        let router = Router::new().route("/hook", post(hear));
        runtime.spawn(async move { axum::serve(deaf, router).await.unwrap() });
        assert_eq!(
            runtime.block_on(deliver_due(site.house())).unwrap(),
            0,
            "still the other's"
        );
        site.clock().set("2026-11-24T09:03:00Z".parse().unwrap());
        assert_eq!(runtime.block_on(deliver_due(site.house())).unwrap(), 1);
        assert_eq!(sequences(&heard), [1]);
    });
}

#[test]
fn hl7_is_told_by_a40_and_its_refusal_is_shown_and_can_be_passed_over() {
    each_house(capabilities, |site| {
        let runtime = runtime();
        let (survivor, merged) = two(&site);
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        let heard: Heard = Arc::default();
        let note = Arc::clone(&heard);
        runtime.spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let mut reader = FrameReader::new(stream, 100_000);
                while let Ok(Some(Framed::Frame(frame))) = reader.next().await {
                    let message = Message::parse(&frame).unwrap();
                    let control = message.get("MSH-10").unwrap().into_text().unwrap().into_owned();
                    let kind = message.get("MSH-9.2").unwrap().into_text().unwrap().into_owned();
                    let code = if kind == "A40" { "AA" } else { "AR" };
                    note.lock().unwrap().push(kind);
                    let reply = format!("MSH|^~\\&|X|X|STOUR|STOUR|20261124||ACK|1|P|2.4\rMSA|{code}|{control}|no such event\r");
                    write_frame(reader.get_mut(), reply.as_bytes()).await.unwrap();
                }
            }
        });
        let id = add(&site, SubscriberKind::Hl7, &address.to_string(), true);
        say(
            site.database(),
            site.environment(),
            Event::Merged { survivor, merged },
        );
        part(&site, survivor, merged);
        let told = || runtime.block_on(deliver_due(site.house())).unwrap();
        while told() > 0 {}
        assert_eq!(*heard.lock().unwrap(), ["A40", "A37"]);
        let mut integration = site.browser("integration");
        let page = format!("/subscribers/{id}");
        assert!(integration.get(&page).shows("Answered AR no such event"));
        let stale = integration.post(&format!("{page}/pass-over"), &[("sequence", "1")]);
        assert_eq!(stale.status, StatusCode::CONFLICT);
        let passed = integration.post(&format!("{page}/pass-over"), &[("sequence", "2")]);
        assert_eq!(passed.location(), page);
        while told() > 0 {}
        let shown = integration.get(&page);
        for text in ["Passed over by", "HL7 has no message for it", "Working"] {
            assert!(shown.shows(text), "{text}: {}", shown.body);
        }
        assert_eq!(heard.lock().unwrap().len(), 2);
    });
}

#[test]
fn subscribers_are_added_and_ended_by_those_who_mind_the_links() {
    each_house(capabilities, |site| {
        let mut integration = site.browser("integration");
        assert!(integration.get("/subscribers").shows("Nobody is told yet"));
        let plain = [
            ("name", "A council"),
            ("kind", "webhook"),
            ("address", "http://example.org/hook"),
            ("since", "now"),
        ];
        let refused = integration.post("/subscribers", &plain);
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.shows("begins with https://") && refused.shows("A council"));
        let hl7 = [
            ("name", "A trust"),
            ("kind", "hl7"),
            ("address", "10.0.0.5"),
            ("since", "now"),
        ];
        assert_eq!(
            integration.post("/subscribers", &hl7).status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        let right = [
            ("name", "A trust"),
            ("kind", "hl7"),
            ("address", "10.0.0.5:2575"),
            ("organisation", "R0D"),
            ("since", "now"),
        ];
        let added = integration.post("/subscribers", &right);
        assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
        assert_eq!(
            integration.post_again("/subscribers", &right).location(),
            added.location()
        );
        let page = added.location().to_owned();
        assert!(integration.get(&page).shows("University Hospitals Dorset"));
        let ended = integration.post(&format!("{page}/end"), &[]);
        assert_eq!(ended.location(), page);
        assert!(integration.get("/subscribers").shows("Ended"));
        for role in ["adviser", "administrator", "governance", "ward"] {
            let mut other = site.browser(role);
            assert_eq!(
                other.get("/subscribers").status,
                StatusCode::FORBIDDEN,
                "{role}"
            );
            assert_eq!(
                other.post("/subscribers", &right).status,
                StatusCode::FORBIDDEN,
                "{role}"
            );
            assert_eq!(
                other.get("/api/person-events").status,
                StatusCode::FORBIDDEN,
                "{role}"
            );
        }
    });
}

#[test]
fn a_program_follows_by_asking_from_where_it_was() {
    each_house(capabilities, |site| {
        let (survivor, merged) = two(&site);
        let mut integration = site.browser("integration");
        let nothing = integration.get_json("/api/person-events");
        assert_eq!(nothing["events"].as_array().unwrap().len(), 0);
        for _ in 0..3 {
            say(
                site.database(),
                site.environment(),
                Event::Merged { survivor, merged },
            );
        }
        let from = |next: &serde_json::Value| {
            format!("/api/person-events?size=2&after={}", next.as_str().unwrap())
        };
        let first = integration.get_json(&from(&nothing["next"]));
        assert_eq!(first["events"].as_array().unwrap().len(), 2);
        let rest = integration.get_json(&from(&first["next"]));
        assert_eq!(rest["events"][0]["sequence"], 3);
        assert_eq!(
            integration.get_json(&from(&rest["next"]))["next"],
            rest["next"]
        );
        assert_eq!(
            integration.get("/api/person-events?after=7").status,
            StatusCode::BAD_REQUEST
        );
    });
}

#[test]
fn merging_and_undoing_are_told_and_a_hospital_gets_its_own_numbers() {
    each_house(capabilities, |site| {
        let known_as = |local: &str| stour_people::Demographics {
            local: Some(local.parse().unwrap()),
            ..demographics("Smith", "Mary", "1941-03-12")
        };
        let (survivor, merged) = (
            put(&site, &known_as("H1"), false),
            put(&site, &known_as("H2"), false),
        );
        let runtime = runtime();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let heard: Heard = Arc::default();
        let note = Arc::clone(&heard);
        runtime.spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let mut reader = FrameReader::new(stream, 100_000);
                while let Ok(Some(Framed::Frame(frame))) = reader.next().await {
                    let message = Message::parse(&frame).unwrap();
                    let control = message
                        .get("MSH-10")
                        .unwrap()
                        .into_text()
                        .unwrap()
                        .into_owned();
                    note.lock().unwrap().push(message.text().to_owned());
                    let reply = format!(
                        "MSH|^~\\&|X|X|STOUR|STOUR|20261124||ACK|1|P|2.4\rMSA|AA|{control}\r"
                    );
                    write_frame(reader.get_mut(), reply.as_bytes())
                        .await
                        .unwrap();
                }
            }
        });
        let environment = site.environment().clone();
        write(site.database(), move |tx| {
            let new = NewSubscriber {
                name: "University Hospitals Dorset".to_owned(),
                kind: SubscriberKind::Hl7,
                address: address.clone(),
                organisation: Some("R0D".parse().unwrap()),
                from_the_beginning: false,
            };
            subscribe(tx, &environment, &new, "a test")?;
            let seen = |tx: &mut _, person| {
                Ok::<_, stour_database::Error>((
                    person,
                    stour_people::version_of(tx, person)?.unwrap(),
                ))
            };
            let (one, other) = (seen(tx, survivor)?, seen(tx, merged)?);
            let merge = stour_people::merge(tx, &environment, one, other, "The same.", "a test")?;
            stour_people::undo_merge(tx, &environment, merge, "Not the same.", "a test")?;
            Ok::<_, stour_people::PeopleError>(())
        });
        while runtime.block_on(deliver_due(site.house())).unwrap() > 0 {}
        let told = heard.lock().unwrap();
        assert!(
            told[0].contains("ADT^A40") && told[0].contains("~H1^^^R0D^PI"),
            "{}",
            told[0]
        );
        assert!(
            told[0].contains(&format!("MRG|{merged}^^^STOUR^PI~H2^^^R0D^PI")),
            "{}",
            told[0]
        );
        assert!(told[1].contains("ADT^A37"));
        assert!(!told.iter().any(|text| text.contains("Smith")));
    });
}

//! Every route as every role, and as nobody: who is let in is held by a golden file.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use axum::http::Method;
use stour_access::ROLES;
use stour_front_door::{NewReferral, NewRequest, Taker};
use stour_kernel::{Id, NhsNumber, PersonId};
use stour_people::{Demographics, IdentifierStatus, NewPerson, PersonName, Place};
use stour_register::{load, scope_of};
use stour_web::testing::{Answer, Browser, Site, each_house};
use stour_web::{Route, RouteAction};

fn each(test: impl Fn(Site)) {
    each_house(stour::capabilities::all, test);
}

/// A route with its address as somebody would ask for it.
struct Call {
    method: Method,
    path: String,
    shown: String,
    public: bool,
    action: &'static str,
}

/// The routes of every capability, and of the house itself.
fn calls(site: &Site) -> Vec<Call> {
    let own = [
        (Method::GET, "/", "home.read"),
        (Method::GET, "/api/session", "home.read"),
        (Method::GET, "/api/openapi.json", ""),
        (Method::GET, "/health", ""),
        (Method::GET, "/accessibility", ""),
        (Method::GET, "/welcome", ""),
        (Method::GET, "/sign-in", ""),
    ];
    let own = own
        .into_iter()
        .map(|(method, path, action)| call(site, method, path, action));
    let capabilities = stour::capabilities::all();
    let routes = capabilities
        .iter()
        .flat_map(|capability| &capability.routes)
        .map(|route| {
            let Route {
                method,
                path,
                action,
                ..
            } = route;
            let action = match action {
                RouteAction::Named(name) => name,
                RouteAction::Public(_) => "",
            };
            call(site, method.clone(), path, action)
        });
    own.chain(routes).collect()
}

fn call(site: &Site, method: Method, path: &str, action: &'static str) -> Call {
    // A live page never ends: its head says all that is asked here.
    let method = if path.ends_with("/live") {
        Method::HEAD
    } else {
        method
    };
    let absent: Id = site.environment().id();
    let filled = path.split('/').map(|part| match part {
        "{id}" | "{merge}" | "{comment}" | "{claim}" | "{action}" | "{first}" | "{second}"
        | "{item}" | "{carer}" => absent.to_string(),
        "{about}" => "find".to_owned(),
        "{flow}" => "care-and-support".to_owned(),
        "{code}" => "0123456789abcdef0123456789abcdef".to_owned(),
        "{question}" => "health".to_owned(),
        "{feed}" => "demonstration".to_owned(),
        "{step}" => "what".to_owned(),
        "{way}" => "call".to_owned(),
        "{line}" => "bed-days".to_owned(),
        "{number}" => "1".to_owned(),
        "{programme}" => "future-care".to_owned(),
        "{file}" => "case.toml".to_owned(),
        "{organisation}" | "{area}" => "R0D".to_owned(),
        "{practice}" => "J81003".to_owned(),
        "{home}" => "0123456789abcdef01234567".to_owned(),
        "{ward}" => "PAMU".to_owned(),
        "{service}" => "home-first".to_owned(),
        "{locality}" => "poole-bay".to_owned(),
        "{day}" => "2026-11-24".to_owned(),
        "{measure}" => "no-criteria-to-reside".to_owned(),
        "{indicator}" => "still-at-home".to_owned(),
        "{place}" => "locality:poole-bay".to_owned(),
        "{kind}" if path.starts_with("/decisions") => "meeting".to_owned(),
        "{kind}" => "risk".to_owned(),
        _ => {
            assert!(
                !part.starts_with('{'),
                "say what to put for {part} of {path}"
            );
            part.to_owned()
        }
    });
    let filled = filled.collect::<Vec<_>>().join("/");
    Call {
        shown: format!("{method} {path}"),
        method,
        path: filled,
        public: action.is_empty(),
        action,
    }
}

/// The programmes and the record of decisions that come with the product: without them every register answers alike.
fn load_registers(site: &Site) {
    let environment = site.environment().clone();
    let loaded = site.database().write_blocking(move |tx| {
        for (_, text) in stour_programme::SHIPPED {
            let scope = scope_of(text)?;
            load(tx, &environment, &stour_programme::REGISTER, &scope, text)?;
        }
        stour_decisions::load_shipped(tx, &environment)
    });
    loaded.unwrap();
}

fn ask(browser: &mut Browser<'_>, call: &Call) -> Answer {
    let is_json = call.path.starts_with("/api/");
    let nothing = serde_json::json!({});
    match call.method {
        Method::POST if is_json => browser.post_json(&call.path, &nothing),
        Method::POST => browser.post(&call.path, &[]),
        Method::PUT => browser.put_json(&call.path, Some("\"1\""), &nothing),
        _ => browser.send(call.method.clone(), &call.path, &[], String::new()),
    }
}

#[test]
fn whom_each_route_lets_in_is_what_was_agreed() {
    each(|site| {
        load_registers(&site);
        let calls = calls(&site);
        assert!(calls.len() > 40, "only {} routes were found", calls.len());
        let mut golden = String::new();
        for call in &calls {
            let mut by_status: BTreeMap<u16, Vec<&str>> = BTreeMap::new();
            for role in ROLES {
                let answer = ask(&mut site.browser(role.name), call);
                assert!(
                    answer.status.as_u16() < 500,
                    "{} as {}: {}",
                    call.shown,
                    role.name,
                    answer.body
                );
                by_status
                    .entry(answer.status.as_u16())
                    .or_default()
                    .push(role.name);
            }
            let stranger = ask(&mut site.stranger(), call).status.as_u16();
            by_status.entry(stranger).or_default().push("nobody");
            let turned_away = [303, 401, 403].contains(&stranger);
            assert!(
                call.public || turned_away,
                "{} lets a stranger in: {stranger}",
                call.shown
            );
            writeln!(
                golden,
                "{} ({})",
                call.shown,
                if call.public {
                    "open to all"
                } else {
                    call.action
                }
            )
            .unwrap();
            for (status, roles) in by_status {
                writeln!(golden, "    {status} {}", roles.join(" ")).unwrap();
            }
        }
        insta::assert_snapshot!("routes", golden);
    });
}

/// Somebody whose record must not seem to exist, with a request and a referral.
struct Hidden {
    person: PersonId,
    request: String,
    referral: String,
}

fn hidden(site: &Site) -> Hidden {
    let environment = site.environment().clone();
    let person: PersonId = environment.id();
    let new = NewPerson {
        id: person,
        demographics: Demographics {
            nhs_number: NhsNumber::from_first_nine(999_123_456),
            born: Some("1950-02-03".parse().unwrap()),
            ..Demographics::named(PersonName::new("Hidden", "Person").unwrap())
        },
        number_status: IdentifierStatus::Traced,
        place: Place::default(),
        restricted: true,
        objection: false,
        known_to: vec!["E06000059".parse().unwrap()],
        source: "E06000059".parse().unwrap(),
        recorded_by: "test".to_owned(),
    };
    let taker = Taker {
        name: "Test".to_owned(),
        organisation: "E06000059".parse().unwrap(),
    };
    let made = site.database().write_blocking(move |tx| {
        stour_people::insert_all(tx, &environment, std::slice::from_ref(&new))?;
        let facts = stour_people::facts_for_access(tx, person)?.unwrap();
        let asked = NewRequest {
            channel: "telephone".parse().unwrap(),
            route: "community-other-route".parse().unwrap(),
            asked_by: "person".parse().unwrap(),
            asker: String::new(),
            words: "Help at home".to_owned(),
            support_reason: None,
            received_on: environment.today(),
        };
        let request = stour_front_door::record(tx, &environment, &facts, asked, &taker)?;
        let service = stour_front_door::service(&"reablement".parse().unwrap())
            .unwrap()
            .unwrap();
        let referral = NewReferral {
            service,
            urgency: service.urgencies[0].code.clone(),
            reason: "To walk again".parse().unwrap(),
        };
        let referral = stour_front_door::make(
            tx,
            &environment,
            (request.id, request.version),
            referral,
            &taker,
        )?;
        Ok::<_, stour_front_door::FrontDoorError>((request.id.to_string(), referral.id.to_string()))
    });
    let (request, referral) = made.unwrap();
    Hidden {
        person,
        request,
        referral,
    }
}

/// An answer without what differs between any two: the number of the request, what a form sends once,
/// and the identifier that was asked for.
fn bare(answer: &Answer, id: &str) -> (u16, String) {
    let number = answer
        .headers
        .get("x-request-id")
        .and_then(|value| value.to_str().ok())
        .unwrap_or("none");
    (
        answer.status.as_u16(),
        answer.body.replace(number, "NUMBER").replace(id, "ID"),
    )
}

#[test]
fn what_is_hidden_answers_as_what_is_not_there() {
    each(|site| {
        let hidden = hidden(&site);
        let person = hidden.person.to_string();
        let mut compared = 0;
        for call in calls(&site)
            .iter()
            .filter(|call| call.method == Method::GET && call.shown.contains("{id}"))
        {
            let id = match call
                .shown
                .trim_start_matches("GET ")
                .trim_start_matches("/api")
            {
                path if path.starts_with("/people/{id}") => &person,
                path if path.starts_with("/in-reach/{id}") => &person,
                path if path.starts_with("/requests/{id}") => &hidden.request,
                path if path.starts_with("/referrals/{id}") => &hidden.referral,
                _ => continue,
            };
            for role in ROLES {
                // Who answers for how records are used may know that there is one.
                if call.action == "access-log.read" && role.name == "governance" {
                    continue;
                }
                let absent: Id = site.environment().id();
                let mut browser = site.browser(role.name);
                let template = call.shown.trim_start_matches("GET ");
                let of_hidden = browser.get(&template.replace("{id}", id));
                let of_absent = browser.get(&template.replace("{id}", &absent.to_string()));
                let (of_hidden, of_absent) =
                    (bare(&of_hidden, id), bare(&of_absent, &absent.to_string()));
                assert_eq!(of_hidden, of_absent, "{} as {}", call.shown, role.name);
                assert!(
                    of_hidden.0 >= 400,
                    "{} as {}: {}",
                    call.shown,
                    role.name,
                    of_hidden.0
                );
                compared += 1;
            }
        }
        assert!(compared > 80, "only {compared} answers were compared");
    });
}

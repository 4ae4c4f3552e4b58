//! From a question to a permit and an audit entry, on both databases.

use std::sync::atomic::Ordering;

use stour_database::{Database, params, sql, testing};
use stour_kernel::{Environment, OdsCode, PersonId};

use super::{Access, Ask, Refused};
use crate::audit::{AuditTrail, looked_at};
use crate::{Actor, MIGRATIONS, PersonFacts, Policies, Purpose, Resource};

fn each(test: impl Fn(&Access, &Database, &Environment, &tokio::runtime::Runtime)) {
    testing::each_database(&[MIGRATIONS], |database| {
        let env = Environment::seeded("2026-11-24T09:00:00Z".parse().unwrap(), 11);
        let trail = AuditTrail::start(database.clone(), env.clone(), None).unwrap();
        let access = Access::new(Policies::embedded().unwrap(), trail);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        test(&access, &database, &env, &runtime);
    });
}

fn actor(env: &Environment, roles: &[&str]) -> Actor {
    Actor {
        user: env.id(),
        name: "Asha Rowe".to_owned(),
        organisation: "RBD".parse().unwrap(),
        roles: roles.iter().map(|role| (*role).to_owned()).collect(),
        teams: vec![],
        locality: None,
        person: None,
        active: true,
        session: None,
    }
}

fn person(id: PersonId, restricted: bool, known_to: &[&str]) -> PersonFacts {
    let known_to = known_to
        .iter()
        .map(|code| code.parse::<OdsCode>().unwrap())
        .collect();
    PersonFacts {
        id,
        restricted,
        objection: false,
        known_to,
        locality: None,
        council: None,
    }
}

fn ask<'a>(actor: &'a Actor, action: &str, purpose: Purpose) -> Ask<'a> {
    Ask {
        actor,
        action: action.parse().unwrap(),
        purpose,
        request_id: "request-1",
    }
}

fn entries(database: &Database) -> Vec<(String, String)> {
    let entries = sql!("SELECT action, decision FROM audit_entry ORDER BY lane, sequence");
    database
        .read_blocking(move |tx| tx.rows(entries, params![], |row| Ok((row.get(0)?, row.get(1)?))))
        .unwrap()
}

fn entry(action: &str, decision: &str) -> (String, String) {
    (action.to_owned(), decision.to_owned())
}

#[test]
fn a_permit_and_a_refusal_are_both_recorded() {
    each(|access, database, env, runtime| {
        let adviser = actor(env, &["adviser"]);
        let (open, closed): (PersonId, PersonId) = (env.id(), env.id());
        let asked = ask(&adviser, "person.read", Purpose::DirectCare);
        let permit = runtime
            .block_on(access.read_person(asked, person(open, false, &[])))
            .unwrap();
        assert_eq!(
            (*permit.on(), permit.action().as_str()),
            (open, "person.read")
        );
        let refused = runtime.block_on(access.read_person(asked, person(closed, true, &["RBD"])));
        assert_eq!(refused, Err(Refused::Hidden));
        let mut found = entries(database);
        found.sort();
        assert_eq!(
            found,
            [
                entry("person.read", "permit"),
                entry("person.read", "refuse")
            ]
        );
        let looks = database
            .read_blocking(move |tx| looked_at(tx, closed, 10, None))
            .unwrap();
        assert_eq!((looks.len(), looks[0].permitted), (1, false));
    });
}

#[test]
fn who_may_find_the_person_is_told_why_not_and_nobody_else_is() {
    each(|access, _, env, runtime| {
        let id = env.id();
        let adviser = actor(env, &["adviser"]);
        let asked = ask(&adviser, "service.start", Purpose::DirectCare);
        let refused = runtime.block_on(access.read_person(asked, person(id, false, &[])));
        assert_eq!(
            refused,
            Err(Refused::NotAllowed {
                why: "Your roles do not allow this.".to_owned()
            })
        );
        let chief = actor(env, &["chief-officer"]);
        let asked = ask(&chief, "person.read", Purpose::ServiceManagement);
        assert_eq!(
            runtime.block_on(access.read_person(asked, person(id, false, &[]))),
            Err(Refused::Hidden)
        );
    });
}

#[test]
fn a_list_holds_only_the_visible_and_one_entry_names_exactly_those() {
    each(|access, database, env, runtime| {
        let ward = actor(env, &["ward"]);
        let ids: Vec<PersonId> = (0..3).map(|_| env.id()).collect();
        let found = [
            person(ids[0], false, &["RBD"]),
            person(ids[1], false, &[]),
            person(ids[2], true, &["RBD"]),
        ];
        let asked = ask(&ward, "person.search", Purpose::DirectCare);
        let permit = runtime
            .block_on(access.read_people(asked, Resource::House, found))
            .unwrap();
        assert_eq!(permit.on().iter().copied().collect::<Vec<_>>(), [ids[0]]);
        assert_eq!(entries(database), [entry("person.search", "permit")]);
        for (id, looks) in [(ids[0], 1), (ids[1], 0), (ids[2], 0)] {
            assert_eq!(
                database
                    .read_blocking(move |tx| looked_at(tx, id, 10, None))
                    .unwrap()
                    .len(),
                looks
            );
        }
    });
}

#[test]
fn a_write_is_recorded_with_what_it_writes_or_not_at_all() {
    each(|access, database, env, runtime| {
        let adviser = actor(env, &["adviser"]);
        let id = env.id();
        let write = |action: &'static str, fail: bool| {
            let (access, adviser) = (access.clone(), adviser.clone());
            database.write_blocking(move |tx| {
                let permit = access.permit_person(
                    tx,
                    ask(&adviser, action, Purpose::DirectCare),
                    person(id, false, &[]),
                )?;
                if fail {
                    Err(Refused::Hidden)
                } else {
                    Ok(*permit.on())
                }
            })
        };
        assert_eq!(write("request.create", true), Err(Refused::Hidden));
        assert_eq!(entries(database), []);
        assert_eq!(write("request.create", false), Ok(id));
        assert!(matches!(
            write("service.end", false),
            Err(Refused::NotAllowed { .. })
        ));
        assert_eq!(entries(database), [entry("request.create", "permit")]);
        let resource = Resource::Person(person(id, false, &[]));
        let asked = ask(&adviser, "service.end", Purpose::DirectCare);
        runtime
            .block_on(access.record_refusal(asked, &resource))
            .unwrap();
        let mut found = entries(database);
        found.sort();
        assert_eq!(
            found,
            [
                entry("request.create", "permit"),
                entry("service.end", "refuse")
            ]
        );
    });
}

#[test]
fn nothing_is_shown_when_nothing_can_be_recorded() {
    each(|access, database, env, runtime| {
        let adviser = actor(env, &["adviser"]);
        let away = sql!("ALTER TABLE audit_entry RENAME TO audit_entry_away");
        database
            .write_blocking(move |tx| tx.execute(away, params![]))
            .unwrap();
        let asked = ask(&adviser, "person.read", Purpose::DirectCare);
        let refused = runtime.block_on(access.read_person(asked, person(env.id(), false, &[])));
        assert!(matches!(refused, Err(Refused::NoAudit(_))), "{refused:?}");
    });
}

#[test]
fn an_action_on_the_wrong_kind_of_thing_is_refused_with_an_alarm() {
    each(|access, _, env, runtime| {
        let adviser = actor(env, &["adviser"]);
        let asked = ask(&adviser, "person.read", Purpose::DirectCare);
        assert!(matches!(
            runtime.block_on(access.enter(asked, Resource::House)),
            Err(Refused::NotAllowed { .. })
        ));
        assert_eq!(
            access
                .trail()
                .alarms()
                .policy_faults
                .load(Ordering::Relaxed),
            1
        );
    });
}

#[test]
fn opening_the_home_page_leaves_no_entry_and_being_refused_it_does() {
    each(|access, database, env, runtime| {
        let mut user = actor(env, &[]);
        assert!(
            runtime
                .block_on(access.enter(ask(&user, "home.read", Purpose::System), Resource::House))
                .is_ok()
        );
        assert_eq!(entries(database), []);
        user.active = false;
        assert!(
            runtime
                .block_on(access.enter(ask(&user, "home.read", Purpose::System), Resource::House))
                .is_err()
        );
        assert_eq!(entries(database), [entry("home.read", "refuse")]);
    });
}

/// People who differ from each other in one thing at a time, with two of each.
fn all_kinds(env: &Environment, own: PersonId) -> Vec<PersonFacts> {
    let mut people = vec![person(own, false, &[])];
    for known_to in [&[][..], &["RBD"], &["R0D"], &["RBD", "R0D"]] {
        for restricted in [false, true] {
            let twins = [(); 2].map(|()| person(env.id(), restricted, known_to));
            let objects = PersonFacts {
                objection: true,
                ..person(env.id(), restricted, known_to)
            };
            let elsewhere = PersonFacts {
                locality: Some("north-poole".parse().unwrap()),
                council: Some("E06000058".parse().unwrap()),
                ..person(env.id(), restricted, known_to)
            };
            people.extend(twins);
            people.extend([objects, elsewhere]);
        }
    }
    people
}

fn assert_each_as_alone(access: &Access, actor: &Actor, action: &str, people: &[PersonFacts]) {
    let ask = (actor, action.parse().unwrap(), Purpose::DirectCare);
    let together = access.decide_each(ask, people.to_vec());
    let alone = people.iter().filter(|person| {
        let person = Resource::Person((*person).clone());
        access.decide(ask.0, ask.1, &person, ask.2).allowed
    });
    let alone: std::collections::BTreeSet<_> = alone.map(|one| one.id).collect();
    assert_eq!(together, alone, "{:?} {action}", actor.roles);
}

#[test]
fn many_are_decided_on_as_each_would_be_alone() {
    each(|access, _, env, _| {
        let own: PersonId = env.id();
        let people = all_kinds(env, own);
        for role in crate::role::ROLES {
            let actor = Actor {
                person: Some(own),
                locality: Some("north-poole".parse().unwrap()),
                ..actor(env, &[role.name])
            };
            for action in ["person.search", "person.read", "ward.read", "in-reach.read"] {
                assert_each_as_alone(access, &actor, action, &people);
            }
        }
    });
}

#[test]
fn many_are_decided_on_as_each_would_be_alone_by_policies_of_a_partnerships_own() {
    each(|access, _, env, _| {
        let own: PersonId = env.id();
        let people = all_kinds(env, own);
        let somebody = people[2].id;
        let actor = Actor {
            person: Some(own),
            locality: Some("north-poole".parse().unwrap()),
            ..actor(env, &["practitioner"])
        };
        for when in [
            format!(r#"resource.id == "{somebody}""#),
            r#"resource.knownTo.contains("R0D")"#.to_owned(),
            "resource.locality == principal.locality".to_owned(),
            r#"resource.council != "E06000058" && !resource.restricted"#.to_owned(),
        ] {
            let text = format!(
                r#"@id("a") @why("b") permit (principal, action == Action::"person.read", resource) when {{ {when} }};"#
            );
            let name = "local.cedar".to_owned();
            let policies = Policies::new(vec![crate::PolicyDocument { name, text }]).unwrap();
            let access = Access::new(policies, access.trail().clone());
            assert_each_as_alone(&access, &actor, "person.read", &people);
            let ask = (&actor, "person.read".parse().unwrap(), Purpose::DirectCare);
            let seen = access.decide_each(ask, people.clone());
            assert!(!seen.is_empty() && seen.len() < people.len(), "{when}");
        }
    });
}

//! Facts that are missing or of the wrong type never widen access.

use std::collections::{BTreeSet, HashMap};

use cedar_policy::{Entities, Entity, RestrictedExpression};
use stour_kernel::OdsCode;

use super::world::{actions_on, actor, ods, person, person_id};
use crate::actor::Actor;
use crate::policy::Policies;
use crate::policy::decide::{Kind, Parties, person_attributes, user_attributes};
use crate::purpose::Purpose;
use crate::resource::{PersonFacts, Resource};

type Attributes = HashMap<String, RestrictedExpression>;

fn damaged(attributes: &Attributes) -> Vec<(String, Attributes)> {
    let mut all = Vec::new();
    for name in attributes.keys() {
        let mut without = attributes.clone();
        without.remove(name);
        all.push((format!("{name} missing"), without));
        let mut mistyped = attributes.clone();
        mistyped.insert(name.clone(), RestrictedExpression::new_long(7));
        all.push((format!("{name} a number"), mistyped));
    }
    all
}

fn entity(policies: &Policies, kind: Kind, attributes: &Attributes) -> Entity {
    policies
        .words
        .entity(kind, "x", attributes.clone())
        .unwrap()
}

fn pairs() -> Vec<(Actor, PersonFacts)> {
    let mut pairs = Vec::new();
    let staff: [&[&str]; 6] = [
        &["adviser"],
        &["adviser", "restricted-records"],
        &["ward"],
        &["service-manager"],
        &["governance"],
        &["resident"],
    ];
    for roles in staff {
        let actor = Actor {
            person: Some(person_id(1)),
            ..actor(roles)
        };
        let known: BTreeSet<OdsCode> = [ods("RBD")].into_iter().collect();
        pairs.push((actor.clone(), person()));
        pairs.push((
            actor.clone(),
            PersonFacts {
                objection: true,
                ..person()
            },
        ));
        pairs.push((
            actor,
            PersonFacts {
                restricted: true,
                known_to: known,
                ..person()
            },
        ));
    }
    pairs
}

#[test]
fn damaged_facts_do_not_fit_the_schema() {
    let policies = Policies::embedded().unwrap();
    for (actor, person) in pairs() {
        let (user, record) = (user_attributes(&actor), person_attributes(&person));
        for (what, user) in damaged(&user) {
            assert!(
                policies
                    .parties_of(
                        entity(&policies, Kind::User, &user),
                        entity(&policies, Kind::Person, &record)
                    )
                    .is_none(),
                "user: {what}"
            );
        }
        for (what, record) in damaged(&record) {
            assert!(
                policies
                    .parties_of(
                        entity(&policies, Kind::User, &user),
                        entity(&policies, Kind::Person, &record)
                    )
                    .is_none(),
                "person: {what}"
            );
        }
    }
}

/// The second line: facts that slipped past the schema make policies fail, and a failing policy refuses.
#[test]
fn damaged_facts_past_the_schema_never_widen_access() {
    let policies = Policies::embedded().unwrap();
    let mut alarms = 0;
    for (actor, person) in pairs() {
        let (user, record) = (user_attributes(&actor), person_attributes(&person));
        let sound = unchecked(&policies, &user, &record);
        let users = damaged(&user)
            .into_iter()
            .map(|(what, user)| (what, unchecked(&policies, &user, &record)));
        let records = damaged(&record)
            .into_iter()
            .map(|(what, record)| (what, unchecked(&policies, &user, &record)));
        for (what, parties) in users.chain(records) {
            for action in actions_on(&Resource::Person(person.clone())) {
                for purpose in Purpose::ALL {
                    let decision = policies.ask(&parties, action, purpose);
                    alarms += usize::from(decision.alarm);
                    let widened =
                        decision.allowed && !policies.ask(&sound, action, purpose).allowed;
                    assert!(
                        !widened,
                        "{what}: {action} for {purpose} was refused before"
                    );
                }
            }
        }
    }
    assert!(
        alarms > 1000,
        "only {alarms} alarms: the damage did not reach the policies"
    );
}

fn unchecked(policies: &Policies, user: &Attributes, record: &Attributes) -> Parties {
    let principal = entity(policies, Kind::User, user);
    let resource = entity(policies, Kind::Person, record);
    let ids = (principal.uid(), resource.uid());
    let everything = policies
        .actions
        .iter()
        .cloned()
        .chain([principal, resource]);
    Parties {
        principal: ids.0,
        resource: ids.1,
        entities: Entities::from_entities(everything, None).unwrap(),
    }
}

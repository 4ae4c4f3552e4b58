//! Actors and resources in every combination of what policies can see.

use std::collections::BTreeSet;

use stour_kernel::{OdsCode, PersonId};

use crate::action::Action;
use crate::actor::Actor;
use crate::purpose::Purpose;
use crate::resource::{PersonFacts, Resource};
use crate::role::ROLES;

pub(super) const HOUSE: &[&str] = &[
    "home.read",
    "person.search",
    "person.create",
    "match.review",
    "person.merge",
    "match.quality",
    "request.read",
    "referral.read",
    "in-reach.read",
    "notice.read",
    "capacity.read",
    "capacity.set",
    "meeting.read",
    "meeting.record",
    "hub-action.read",
    "admission-audit.read",
    "admission-audit.act",
    "admission.read",
    "escalation.read",
    "escalation.act",
    "message.read",
    "message.receive",
    "board.read",
    "board.annotate",
    "case.read",
    "case.edit",
    "case.comment",
    "case.sign-off",
    "programme.read",
    "programme.edit",
    "benefit.edit",
    "benefit.sign-off",
    "benefit.sign-off-money",
    "decision.read",
    "decision.edit",
    "commitment.answer",
    "contact.read",
    "contact.deal",
    "directory.read",
    "directory.edit",
    "listing.suggest",
    "content.read",
    "content.edit",
    "content.approve",
    "access-log.read",
    "audit.verify",
    "policy.read",
    "user.manage",
];
pub(super) const PERSON: &[&str] = &[
    "person.search",
    "person.read",
    "person.update",
    "person.relate",
    "match.review",
    "person.merge",
    "access-log.read",
    "request.create",
    "request.conclude",
    "request.read",
    "referral.create",
    "referral.read",
    "service.start",
    "service.end",
    "ward.read",
    "ward.plan",
    "in-reach.read",
    "in-reach.plan",
    "notice.read",
    "notice.answer",
    "capacity.read",
    "capacity.hold",
    "meeting.read",
    "meeting.record",
    "hub-action.read",
    "hub-action.answer",
    "admission.read",
    "admission.review",
    "indicator.people",
];
pub(super) const WARD: &[&str] = &["ward.read"];
pub(super) const INDICATOR: &[&str] = &["indicator.read", "indicator.people"];

pub(super) fn actions_on(resource: &Resource) -> impl Iterator<Item = Action> {
    let names = match resource {
        Resource::House => HOUSE,
        Resource::Person(_) => PERSON,
        Resource::Ward { .. } => WARD,
        Resource::Indicator { .. } => INDICATOR,
    };
    names.iter().map(|name| name.parse().unwrap())
}

pub(super) fn person_id(last: u8) -> PersonId {
    format!("0193a1b2-0000-7000-8000-0000000000{last:02x}")
        .parse()
        .unwrap()
}

pub(super) fn ods(code: &str) -> OdsCode {
    code.parse().unwrap()
}

pub(super) fn actor(roles: &[&str]) -> Actor {
    Actor {
        user: "0193a1b2-0000-7000-8000-00000000ffff".parse().unwrap(),
        name: "Sam Field".to_owned(),
        organisation: ods("RBD"),
        roles: roles.iter().map(|role| (*role).to_owned()).collect(),
        teams: vec!["blue".to_owned()],
        locality: Some("north-poole".parse().unwrap()),
        person: None,
        active: true,
        session: None,
    }
}

pub(super) fn person() -> PersonFacts {
    PersonFacts {
        id: person_id(1),
        restricted: false,
        objection: false,
        known_to: BTreeSet::new(),
        locality: None,
        council: None,
    }
}

/// No role, each role, each role with clearance, and some pairs that a small organisation would combine.
pub(super) fn role_sets() -> Vec<Vec<&'static str>> {
    let mut sets: Vec<Vec<&str>> = vec![vec![]];
    sets.extend(ROLES.iter().map(|role| vec![role.name]));
    for role in ROLES
        .iter()
        .filter(|role| role.name != "restricted-records")
    {
        sets.push(vec![role.name, "restricted-records"]);
    }
    sets.push(vec!["adviser", "ward"]);
    sets.push(vec!["practitioner", "service-manager", "resident"]);
    sets.push(vec!["governance", "administrator"]);
    sets.push(vec!["retired-role"]);
    sets
}

/// Every actor: role sets by organisation, account state, and the actor's own record.
pub(super) fn actors(organisations: &[&str], own: &[Option<u8>]) -> Vec<Actor> {
    let mut all = Vec::new();
    for roles in role_sets() {
        for organisation in organisations {
            for active in [true, false] {
                for own in own {
                    let person = own.map(person_id);
                    let organisation = ods(organisation);
                    all.push(Actor {
                        organisation,
                        person,
                        active,
                        ..actor(&roles)
                    });
                }
            }
        }
    }
    all
}

/// Every person, ward and number that differs in what policies look at, and the house.
pub(super) fn resources(localities: &[Option<&str>]) -> Vec<Resource> {
    let mut all = vec![
        Resource::House,
        Resource::Indicator {
            id: "home-after-reablement".to_owned(),
        },
        Resource::Ward {
            code: "A4".to_owned(),
            organisation: ods("RBD"),
        },
        Resource::Ward {
            code: "A4".to_owned(),
            organisation: ods("R0D"),
        },
    ];
    let known: [&[&str]; 4] = [&[], &["RBD"], &["R0D"], &["RBD", "R0D"]];
    for known in known {
        for (restricted, objection) in [(false, false), (false, true), (true, false), (true, true)]
        {
            for locality in localities {
                all.push(Resource::Person(PersonFacts {
                    restricted,
                    objection,
                    known_to: known.iter().map(|code| ods(code)).collect(),
                    locality: locality.map(|locality| locality.parse().unwrap()),
                    ..person()
                }));
            }
        }
    }
    all
}

pub(super) struct Case<'w> {
    pub(super) actor: &'w Actor,
    pub(super) resource: &'w Resource,
    pub(super) action: Action,
    pub(super) purpose: Purpose,
}

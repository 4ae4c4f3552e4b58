//! Who may do what, as one table, also printed in `policies/README.md`.

use std::fmt::Write as _;

use super::world::{actions_on, actor, ods, person, person_id};
use crate::actor::Actor;
use crate::policy::Policies;
use crate::purpose::Purpose;
use crate::resource::{PersonFacts, Resource};
use crate::role::ROLES;

/// The letter for a role and an action: any person, only known people, only own record.
fn mark(
    policies: &Policies,
    role: &str,
    resource: &Resource,
    action: crate::Action,
) -> &'static str {
    let own = Actor {
        person: Some(person_id(1)),
        ..actor(&[role])
    };
    let other = Actor {
        person: Some(person_id(2)),
        ..own.clone()
    };
    let asks = |actor: &Actor, resource: &Resource| {
        Purpose::ALL
            .into_iter()
            .any(|purpose| policies.decide(actor, action, resource, purpose).allowed)
    };
    let (any, near) = match resource {
        Resource::Person(_) => {
            let known = PersonFacts {
                known_to: [ods("RBD")].into_iter().collect(),
                ..person()
            };
            (
                asks(&other, &Resource::Person(person())),
                asks(&other, &Resource::Person(known)),
            )
        }
        Resource::Ward { .. } => {
            let elsewhere = Resource::Ward {
                code: "A4".to_owned(),
                organisation: ods("R0D"),
            };
            (asks(&other, &elsewhere), asks(&other, resource))
        }
        _ => (asks(&other, resource), asks(&other, resource)),
    };
    match (any, near, asks(&own, resource)) {
        (true, _, _) => "yes",
        (_, true, _) => "known",
        (_, _, true) => "own",
        _ => "",
    }
}

fn table() -> String {
    let policies = Policies::embedded().unwrap();
    let roles: Vec<&str> = ROLES
        .iter()
        .map(|role| role.name)
        .filter(|role| *role != "restricted-records")
        .collect();
    let mut text = format!("| on | action | {} |\n", roles.join(" | "));
    writeln!(text, "|---|---|{}", "---|".repeat(roles.len())).unwrap();
    let resources = [
        Resource::House,
        Resource::Person(person()),
        Resource::Ward {
            code: "A4".to_owned(),
            organisation: ods("RBD"),
        },
        Resource::Indicator { id: "n".to_owned() },
    ];
    for resource in &resources {
        for action in actions_on(resource) {
            let marks: Vec<&str> = roles
                .iter()
                .map(|role| mark(&policies, role, resource, action))
                .collect();
            writeln!(
                text,
                "| {} | {action} | {} |",
                resource.kind(),
                marks.join(" | ")
            )
            .unwrap();
        }
    }
    text
}

#[test]
fn who_may_do_what() {
    insta::assert_snapshot!(table());
}

#[test]
fn the_readme_prints_the_same_table() {
    let readme = include_str!("../../../../../policies/README.md");
    assert!(
        readme.contains(&table()),
        "policies/README.md must contain this table:\n\n{}",
        table()
    );
}

//! What the policies ought to answer, written from the sentences in `policies/README.md` and not from the policies:
//! role by role here, subject by subject there.

use super::world::Case;
use crate::purpose::Purpose;
use crate::resource::{PersonFacts, Resource};

pub(super) fn allows(case: &Case<'_>) -> bool {
    if !case.actor.active {
        return false;
    }
    if case.action.as_str() == "home.read" {
        return true;
    }
    case.actor.roles.iter().any(|role| match &case.resource {
        Resource::House => in_house(role, case),
        Resource::Ward { organisation, .. } => {
            case.purpose == Purpose::DirectCare
                && (role == "transfer-hub"
                    || (role == "ward" && *organisation == case.actor.organisation))
        }
        Resource::Indicator { .. } => on_indicator(role, case),
        Resource::Person(person) => on_person(role, case, person) && !withheld(case, person),
    })
}

fn looks_after_everybody(role: &str) -> bool {
    role == "adviser" || role == "practitioner" || role == "community" || role == "transfer-hub"
}

/// How hard pressed hospitals and services are; chief officers read and do not act.
fn pressure(role: &str, action: &str) -> bool {
    ["commissioner", "service-manager", "transfer-hub"].contains(&role)
        || (role == "chief-officer" && action == "escalation.read")
}

fn audits_admissions(role: &str) -> bool {
    [
        "commissioner",
        "service-manager",
        "practitioner",
        "community",
        "transfer-hub",
    ]
    .contains(&role)
}

fn in_house(role: &str, case: &Case<'_>) -> bool {
    match case.purpose {
        Purpose::DirectCare => match case.action.as_str() {
            "person.search" => looks_after_everybody(role) || role == "ward" || role == "records",
            "match.review" | "person.merge" => role == "records",
            "person.create" | "request.read" | "referral.read" | "contact.read"
            | "contact.deal" => looks_after_everybody(role),
            "in-reach.read" | "capacity.set" => role == "community" || role == "transfer-hub",
            "capacity.read" | "admission.read" => {
                ["practitioner", "community", "transfer-hub"].contains(&role)
            }
            "meeting.read" | "meeting.record" => role == "transfer-hub",
            "hub-action.read" => {
                ["practitioner", "community", "transfer-hub", "ward"].contains(&role)
            }
            "notice.read" => ["ward", "transfer-hub", "adviser", "practitioner"].contains(&role),
            _ => false,
        },
        Purpose::ServiceManagement => match case.action.as_str() {
            "board.read" => ["chief-officer", "analyst", "service-manager"].contains(&role),
            "admission-audit.read" => {
                ["chief-officer", "analyst"].contains(&role) || audits_admissions(role)
            }
            "admission-audit.act" => audits_admissions(role),
            "escalation.read" | "escalation.act" => pressure(role, case.action.as_str()),
            "board.annotate" => role == "chief-officer" || role == "analyst",
            "case.read" | "case.comment" => [
                "commissioner",
                "finance",
                "chief-officer",
                "analyst",
                "service-manager",
            ]
            .contains(&role),
            "case.edit" => role == "commissioner" || role == "finance",
            "case.sign-off" => role == "finance" || role == "chief-officer",
            "programme.read" => [
                "programme-manager",
                "commissioner",
                "finance",
                "chief-officer",
                "analyst",
                "service-manager",
                "democratic-services",
            ]
            .contains(&role),
            "programme.edit" => role == "programme-manager",
            "benefit.edit" => [
                "programme-manager",
                "commissioner",
                "finance",
                "service-manager",
            ]
            .contains(&role),
            "benefit.sign-off" => role == "chief-officer" || role == "service-manager",
            "benefit.sign-off-money" => role == "finance",
            "decision.read" => [
                "democratic-services",
                "programme-manager",
                "commissioner",
                "finance",
                "chief-officer",
            ]
            .contains(&role),
            "decision.edit" => role == "democratic-services",
            "commitment.answer" => {
                ["democratic-services", "programme-manager", "chief-officer"].contains(&role)
            }
            "match.quality" => ["records", "governance", "analyst"].contains(&role),
            "directory.read" | "content.read" => {
                ["editor", "service-manager", "chief-officer", "analyst"].contains(&role)
            }
            "directory.edit" | "content.edit" | "content.approve" => role == "editor",
            "listing.suggest" => role == "editor" || role == "provider",
            _ => false,
        },
        Purpose::Governance => {
            role == "governance"
                && ["access-log.read", "audit.verify", "policy.read"]
                    .contains(&case.action.as_str())
        }
        Purpose::System => match role {
            "administrator" => case.action.as_str() == "user.manage",
            "integration" => case.action.as_str().starts_with("message."),
            _ => false,
        },
        Purpose::Own => false,
    }
}

fn on_indicator(role: &str, case: &Case<'_>) -> bool {
    let numbers = ["chief-officer", "analyst", "service-manager"].contains(&role);
    let people = role == "service-manager";
    case.purpose == Purpose::ServiceManagement
        && if case.action.as_str() == "indicator.read" {
            numbers
        } else {
            people
        }
}

fn on_person(role: &str, case: &Case<'_>, person: &PersonFacts) -> bool {
    let known = person.known_to.contains(&case.actor.organisation);
    let action = case.action.as_str();
    match (role, case.purpose) {
        ("adviser", Purpose::DirectCare) => {
            reads(action) || records(action) || (action.starts_with("notice.") && known)
        }
        ("practitioner", Purpose::DirectCare) => {
            reads(action)
                || records(action)
                || action.starts_with("service.")
                || (action.starts_with("notice.") && known)
                || onward(action, known)
        }
        ("community", Purpose::DirectCare) => {
            reads(action)
                || records(action)
                || action.starts_with("service.")
                || (action.starts_with("in-reach.") && known)
                || onward(action, known)
        }
        ("transfer-hub", Purpose::DirectCare) => {
            reads(action)
                || records(action)
                || action == "ward.read"
                || action == "ward.plan"
                || action == "notice.read"
                || (action.starts_with("in-reach.") && known)
                || action.starts_with("meeting.")
                || onward(action, true)
        }
        ("ward", Purpose::DirectCare) => {
            known
                && [
                    "person.search",
                    "person.read",
                    "ward.read",
                    "ward.plan",
                    "notice.read",
                    "capacity.read",
                    "hub-action.read",
                    "hub-action.answer",
                ]
                .contains(&action)
        }
        ("records", Purpose::DirectCare) => {
            ["person.search", "match.review", "person.merge"].contains(&action)
        }
        ("service-manager", Purpose::ServiceManagement) => action == "indicator.people",
        ("governance", Purpose::Governance) => action == "access-log.read",
        ("resident", Purpose::Own) => {
            case.actor.person == Some(person.id)
                && [
                    "person.read",
                    "access-log.read",
                    "request.read",
                    "request.create",
                    "referral.read",
                ]
                .contains(&action)
        }
        _ => false,
    }
}

fn reads(action: &str) -> bool {
    [
        "person.search",
        "person.read",
        "request.read",
        "referral.read",
    ]
    .contains(&action)
}

/// Places in onward services, what the hub's meeting asks for, and why people were admitted.
fn onward(action: &str, known: bool) -> bool {
    [
        "capacity.read",
        "hub-action.read",
        "hub-action.answer",
        "admission.read",
        "admission.review",
    ]
    .contains(&action)
        || (action == "capacity.hold" && known)
}

fn records(action: &str) -> bool {
    [
        "person.update",
        "person.relate",
        "request.create",
        "request.conclude",
        "referral.create",
    ]
    .contains(&action)
}

fn withheld(case: &Case<'_>, person: &PersonFacts) -> bool {
    if case.action.as_str() == "access-log.read" || case.purpose == Purpose::Own {
        return false;
    }
    let known = person.known_to.contains(&case.actor.organisation);
    let cleared = case
        .actor
        .roles
        .iter()
        .any(|role| role == "restricted-records");
    (person.restricted && !(cleared && known))
        || (person.objection && !(known && case.purpose == Purpose::DirectCare))
}

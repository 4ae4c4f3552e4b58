//! The roles a user can be granted. What a role may do is written in the policies, not here.

/// A role, and whom it is for.
#[derive(Debug, PartialEq, Eq)]
pub struct Role {
    /// As policies write it.
    pub name: &'static str,
    /// Whom it is for, for the page where roles are granted.
    pub description: &'static str,
}

const fn role(name: &'static str, description: &'static str) -> Role {
    Role { name, description }
}

/// Every role that can be granted.
pub const ROLES: &[Role] = &[
    role(
        "adviser",
        "Contact centre, hospital desk, single point of access",
    ),
    role(
        "practitioner",
        "Social worker, nurse, therapist, reablement worker",
    ),
    role("community", "Community in-reach"),
    role("ward", "Ward staff"),
    role("transfer-hub", "Transfer-of-care hub"),
    role(
        "chief-officer",
        "Chief officer, board member, senior responsible owner",
    ),
    role("analyst", "Analyst: numbers without names"),
    role(
        "service-manager",
        "Service manager: numbers, and the people behind them",
    ),
    role("commissioner", "Commissioner, contract manager"),
    role("finance", "Finance officer: business cases and agreements"),
    role(
        "programme-manager",
        "Programme manager, programme office: plan, registers, reports",
    ),
    role(
        "democratic-services",
        "Democratic services: committees, meetings, decisions",
    ),
    role(
        "editor",
        "Information officer: keeps the directory and advice",
    ),
    role(
        "provider",
        "Somebody who runs services in the directory, and keeps their listings",
    ),
    role(
        "records",
        "Records team: data quality, master index of people",
    ),
    role("governance", "Information-governance lead, privacy officer"),
    role("administrator", "Manages accounts; sees no records"),
    role("resident", "Somebody with a record of their own"),
    role(
        "integration",
        "Another system, or somebody who minds the links to it",
    ),
    role(
        "restricted-records",
        "Cleared to see restricted records that the user's organisation knows",
    ),
];

/// The role of this name, if there is one.
pub fn role_named(name: &str) -> Option<&'static Role> {
    ROLES.iter().find(|role| role.name == name)
}

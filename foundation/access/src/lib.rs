//! Who may do what, and who did: accounts, sessions, Cedar policies, decisions and the audit chain.
//!
//! A capability asks [`Access`] for a record and gets a [`Permit`] once the policies have allowed it and the audit has
//! recorded it; its stores ask for the permit before they return anything about a person. The policies are text in
//! `policies/`, for a governance lead to read and change.
//!
//! This crate must not know what a record says, only what governs it ([`PersonFacts`]); nor routes, pages or cookies'
//! transport: those are the web's. No other crate names `cedar_policy`, `argon2` or `openidconnect`.

mod access;
mod action;
mod actor;
pub mod audit;
pub mod cookie;
pub mod oidc;
pub mod password;
mod policy;
mod purpose;
mod resource;
mod role;
pub mod session;
mod sign_in;
pub mod user;

use stour_database::{Migrations, Step};

pub use access::{Access, Ask, Permit, Refused};
pub use action::{ACTIONS, Action, ActionDefinition, UnknownAction};
pub use actor::{Actor, SessionId};
pub use policy::{Decision, Policies, PolicyDocument, PolicyError};
pub use purpose::{Purpose, UnknownPurpose};
pub use resource::{PersonFacts, Resource};
pub use role::{ROLES, Role, role_named};
pub use session::{Session, SessionLimits};
pub use sign_in::{Attempt, SignInError, sign_in};

/// The tables of accounts, sessions and the audit.
pub const MIGRATIONS: Migrations = Migrations {
    capability: "access",
    steps: &[
        Step {
            number: 1,
            name: "user",
            sql: include_str!("../migrations/0001_user.sql"),
        },
        Step {
            number: 2,
            name: "session",
            sql: include_str!("../migrations/0002_session.sql"),
        },
        Step {
            number: 3,
            name: "audit",
            sql: include_str!("../migrations/0003_audit.sql"),
        },
    ],
};

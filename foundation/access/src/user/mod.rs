//! Accounts: who they are, for whom they work, and the roles they hold from one day to another.

mod store;
#[cfg(test)]
mod tests;

use stour_kernel::{Date, LocalityCode, OdsCode, PersonId, UserId};

pub(crate) use store::{actor_of, by_subject, credentials};
pub use store::{
    create, disable, enable, find, grant, link_oidc, list, revoke, set_password, set_teams,
    user_by_sign_in_name,
};

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// The account.
    pub id: UserId,
    /// What is typed to sign in; lower case, unique.
    pub sign_in_name: String,
    /// The name others see.
    pub display_name: String,
    /// The organisation the user works for.
    pub organisation: OdsCode,
    /// The locality the user works in.
    pub locality: Option<LocalityCode>,
    /// The user's own record, for a resident.
    pub person: Option<PersonId>,
    /// False once disabled.
    pub active: bool,
    /// Whether there is a password.
    pub has_password: bool,
    /// The identity provider's name for the user.
    pub oidc_subject: Option<String>,
    /// Goes up by one with each change.
    pub version: i64,
}

/// An account to be created.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewUser {
    /// What is typed to sign in: 1 to 100 characters without spaces, kept in lower case.
    pub sign_in_name: String,
    /// The name others see: 1 to 200 characters.
    pub display_name: String,
    /// The organisation the user works for.
    pub organisation: OdsCode,
    /// The locality the user works in.
    pub locality: Option<LocalityCode>,
    /// The user's own record, for a resident.
    pub person: Option<PersonId>,
    /// Roles held from today, each one of [`ROLES`](crate::ROLES).
    pub roles: Vec<String>,
    /// Teams.
    pub teams: Vec<String>,
}

/// A role and the days it is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// One of [`ROLES`](crate::ROLES).
    pub role: String,
    /// The first day.
    pub starts: Date,
    /// The first day it is no longer held; none while it is open.
    pub ends: Option<Date>,
}

/// Why an account cannot be changed so.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum UserError {
    /// Nobody of that identifier or name.
    #[error("there is no such account")]
    NoSuchUser,
    /// The sign-in name is in use.
    #[error("the sign-in name {0:?} is in use: choose another")]
    NameTaken(String),
    /// The identity provider's name belongs to another account.
    #[error("another account is linked to that identity: unlink it first")]
    SubjectTaken,
    /// The sign-in name cannot be used.
    #[error("a sign-in name has 1 to 100 characters and no spaces, not {0:?}")]
    BadSignInName(String),
    /// The display name cannot be used.
    #[error("a name has 1 to 200 characters")]
    BadDisplayName,
    /// Not a role.
    #[error("there is no role {0:?}: the roles are listed in policies/README.md")]
    NoSuchRole(String),
    /// The transaction failed.
    #[error(transparent)]
    Database(#[from] stour_database::Error),
}

/// A sign-in name as it is stored.
pub(crate) fn sign_in_name(text: &str) -> String {
    text.trim().to_lowercase()
}

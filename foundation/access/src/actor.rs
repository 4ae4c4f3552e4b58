//! Who asks: a signed-in user, or a system with an account of its own, as they are at this moment.

use stour_kernel::{LocalityCode, OdsCode, PersonId, UserId, typed_id};

typed_id!(pub SessionId, "a session");
stour_database::text_value!(SessionId);

/// Who asks. Read afresh from the database for each request, so that a change takes effect at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The account.
    pub user: UserId,
    /// The name that the audit, and the person whose record it is, will see.
    pub name: String,
    /// The organisation they work for.
    pub organisation: OdsCode,
    /// The roles held today, in order.
    pub roles: Vec<String>,
    /// Their teams, in order.
    pub teams: Vec<String>,
    /// The locality they work in.
    pub locality: Option<LocalityCode>,
    /// A resident's own record.
    pub person: Option<PersonId>,
    /// False once the account is disabled.
    pub active: bool,
    /// The session; none for systems and commands.
    pub session: Option<SessionId>,
}

impl Actor {
    /// Whether the user holds the role today. For showing or hiding a link; decisions are for the policies.
    pub fn has_role(&self, role: &str) -> bool {
        self.roles.iter().any(|held| held == role)
    }
}

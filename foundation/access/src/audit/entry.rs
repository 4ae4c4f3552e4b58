//! One audit entry, and the hash that chains it to the one before.
//!
//! **The hash.** SHA-256 over these fields in this order, each as its length in bytes (eight bytes, big-endian)
//! followed by its UTF-8 text: the words `stour-audit-1`, the previous hash, lane, sequence, id, instant, actor (empty
//! when nobody is known), actor's name, organisation, action, resource kind, resource id, purpose, decision, detail,
//! request id, the number of persons, and each person in order. Lengths make it impossible to move text from one field to
//! the next without changing the hash. Hashes are written as 64 hexadecimal digits; the first of a lane follows 64
//! noughts.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use stour_kernel::{PersonId, UserId, hex, typed_id};

use crate::actor::Actor;
use crate::purpose::Purpose;

typed_id!(pub AuditId, "an audit entry");

/// The hash before the first entry of a lane.
pub(super) const BEGINNING: &str =
    "0000000000000000000000000000000000000000000000000000000000000000";

/// Something to be recorded: who did or asked for what, about whom, and what was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// The account, when it is known.
    pub actor: Option<UserId>,
    /// The name as it stands now: accounts change, the record of what happened does not.
    pub actor_name: String,
    /// The actor's organisation (ODS code).
    pub organisation: String,
    /// A dotted name: one of the actions, or an event such as `session.start`.
    pub action: String,
    /// The kind of thing: `person`, `ward`, `user`.
    pub resource_kind: String,
    /// Which one.
    pub resource_id: String,
    /// Everybody whose record it touches.
    pub persons: Vec<PersonId>,
    /// What it was for.
    pub purpose: Purpose,
    /// Whether it was permitted.
    pub permitted: bool,
    /// Anything else worth keeping. Never a password, a token or the content of a record.
    pub detail: serde_json::Value,
    /// The request it belongs to, as in the server's log.
    pub request_id: String,
}

impl AuditEntry {
    /// An entry for something permitted to the actor.
    pub fn by(actor: &Actor, action: impl Into<String>, purpose: Purpose) -> AuditEntry {
        AuditEntry {
            actor: Some(actor.user),
            organisation: actor.organisation.to_string(),
            ..AuditEntry::by_nobody(&actor.name, action, purpose)
        }
    }

    /// An entry for somebody without an account: a failed sign-in, the command line.
    pub fn by_nobody(
        name: impl Into<String>,
        action: impl Into<String>,
        purpose: Purpose,
    ) -> AuditEntry {
        AuditEntry {
            actor: None,
            actor_name: name.into(),
            organisation: String::new(),
            action: action.into(),
            resource_kind: "house".to_owned(),
            resource_id: String::new(),
            persons: Vec::new(),
            purpose,
            permitted: true,
            detail: serde_json::Value::Null,
            request_id: String::new(),
        }
    }

    /// On what: a kind and which one.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "identifiers are small, and callers have them by value"
    )]
    pub fn on(mut self, kind: impl Into<String>, id: impl ToString) -> AuditEntry {
        self.resource_kind = kind.into();
        self.resource_id = id.to_string();
        self
    }

    /// About one person more.
    #[must_use]
    pub fn about(mut self, person: PersonId) -> AuditEntry {
        self.persons.push(person);
        self
    }

    /// About these persons too.
    #[must_use]
    pub fn about_all(mut self, persons: impl IntoIterator<Item = PersonId>) -> AuditEntry {
        self.persons.extend(persons);
        self
    }

    /// As refused.
    #[must_use]
    pub fn refused(mut self) -> AuditEntry {
        self.permitted = false;
        self
    }

    /// With this detail.
    #[must_use]
    pub fn detail(mut self, detail: serde_json::Value) -> AuditEntry {
        self.detail = detail;
        self
    }

    /// In this request.
    #[must_use]
    pub fn request(mut self, request_id: impl Into<String>) -> AuditEntry {
        self.request_id = request_id.into();
        self
    }
}

/// An entry as it is stored: text exactly as it was hashed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoredEntry {
    /// Which writer's chain.
    pub lane: i64,
    /// The place in the chain, from 1, without gaps.
    pub sequence: i64,
    /// The entry's own identifier.
    pub id: String,
    /// When, in UTC, with six decimals.
    pub at: String,
    /// The account.
    pub actor: Option<String>,
    /// Its name then.
    pub actor_name: String,
    /// Its organisation then.
    pub organisation: String,
    /// What was done or asked for.
    pub action: String,
    /// The kind of thing.
    pub resource_kind: String,
    /// Which one.
    pub resource_id: String,
    /// Everybody whose record it touches, in order.
    pub persons: Vec<String>,
    /// What for.
    pub purpose: String,
    /// `permit` or `refuse`.
    pub decision: String,
    /// JSON text.
    pub detail: String,
    /// The request.
    pub request_id: String,
    /// The hash of the entry before.
    pub previous_hash: String,
    /// This entry's own hash.
    pub hash: String,
}

impl StoredEntry {
    pub(crate) fn chain(
        entry: &AuditEntry,
        (lane, sequence): (i64, i64),
        id: AuditId,
        at: stour_kernel::Timestamp,
        previous_hash: String,
    ) -> StoredEntry {
        let mut persons: Vec<String> = entry.persons.iter().map(ToString::to_string).collect();
        persons.sort();
        persons.dedup();
        let mut stored = StoredEntry {
            lane,
            sequence,
            id: id.to_string(),
            at: format!("{at:.6}"),
            actor: entry.actor.map(|actor| actor.to_string()),
            actor_name: storable(&entry.actor_name),
            organisation: storable(&entry.organisation),
            action: storable(&entry.action),
            resource_kind: storable(&entry.resource_kind),
            resource_id: storable(&entry.resource_id),
            persons,
            purpose: entry.purpose.as_str().to_owned(),
            decision: if entry.permitted { "permit" } else { "refuse" }.to_owned(),
            detail: entry.detail.to_string(),
            request_id: storable(&entry.request_id),
            previous_hash,
            hash: String::new(),
        };
        stored.hash = stored.expected_hash();
        stored
    }

    /// The hash that these fields must have.
    pub(crate) fn expected_hash(&self) -> String {
        let mut hash = Fields(Sha256::new());
        hash.field("stour-audit-1");
        hash.field(&self.previous_hash);
        hash.field(&self.lane.to_string());
        hash.field(&self.sequence.to_string());
        hash.field(&self.id);
        hash.field(&self.at);
        hash.field(self.actor.as_deref().unwrap_or_default());
        for text in [
            &self.actor_name,
            &self.organisation,
            &self.action,
            &self.resource_kind,
            &self.resource_id,
        ] {
            hash.field(text);
        }
        for text in [
            &self.purpose,
            &self.decision,
            &self.detail,
            &self.request_id,
        ] {
            hash.field(text);
        }
        hash.field(&self.persons.len().to_string());
        for person in &self.persons {
            hash.field(person);
        }
        hash.hex()
    }
}

/// PostgreSQL cannot hold U+0000 in text; an audit entry must never fail for a name somebody typed.
fn storable(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

/// A hash over fields, each with its length before it.
struct Fields(Sha256);

impl Fields {
    fn field(&mut self, text: &str) {
        let length = u64::try_from(text.len()).unwrap_or(u64::MAX);
        self.0.update(length.to_be_bytes());
        self.0.update(text.as_bytes());
    }

    fn hex(self) -> String {
        hex(&self.0.finalize())
    }
}

/// The hash of the file's own chain: each line's entry after the line before.
pub(crate) fn link(previous: &str, hash: &str) -> String {
    let mut link = Fields(Sha256::new());
    link.field("stour-audit-file-1");
    link.field(previous);
    link.field(hash);
    link.hex()
}

//! The audit: who did what to whose record, when and what for. Append-only, hash-chained, in two places.

mod entry;
mod file;
mod store;
#[cfg(test)]
mod tests;
mod trail;
mod verify;

pub use entry::{AuditEntry, AuditId, StoredEntry};
pub use file::{AuditCopy, FileError};
pub use store::{Look, append, looked_at};
pub use trail::{Alarms, AuditTrail, NoAudit};
pub use verify::{Verdict, VerifyError, verify, verify_blocking};

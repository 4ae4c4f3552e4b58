//! What is missing or wrong that somebody should put right: risks, issues and responses that still count, without an
//! owner, a score or an action, or with an owner whom nobody knows.

use stour_kernel::Date;
use stour_register::{Around, Finding, lint};

use super::scale::is_closed;
use super::{issue, response, risk};
use crate::registers::REGISTER;

/// What is missing from one entry, or wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Gap {
    /// The name of its kind.
    pub(crate) kind: &'static str,
    pub(crate) number: i64,
    /// What people call it: `R8`.
    pub(crate) reference: String,
    /// What was found, each without its full stop.
    pub(crate) found: Vec<String>,
    /// Nobody answers for it, or for what is done about it.
    pub(crate) is_ownerless: bool,
}

/// The fields that say who answers for something.
const OWNERS: [&str; 2] = ["owner", "action-owner"];

/// The gaps of what is still open: risks, then issues, then responses.
pub(crate) fn gaps(around: &Around, today: Date) -> Vec<Gap> {
    let all = lint(&REGISTER, around, today);
    let mut gaps: Vec<Gap> = Vec::new();
    for kind in [risk::KIND, issue::KIND, response::RESPONSE] {
        let of_kind = all.iter().filter(|finding| finding.kind == kind.name);
        for finding in of_kind.filter(|finding| counts(around, finding, today)) {
            let is_ownerless = finding.is_missing && OWNERS.contains(&finding.field.as_str());
            match gaps.last_mut() {
                Some(last) if last.reference == finding.reference => {
                    last.found.push(finding.message.clone());
                    last.is_ownerless |= is_ownerless;
                }
                _ => gaps.push(Gap {
                    kind: finding.kind,
                    number: finding.number,
                    reference: finding.reference.clone(),
                    found: vec![finding.message.clone()],
                    is_ownerless,
                }),
            }
        }
    }
    gaps
}

/// Whether what it was found at is still open.
fn counts(around: &Around, finding: &Finding, today: Date) -> bool {
    let Some(entry) = around.entry(finding.kind, finding.number) else {
        return false;
    };
    match finding.kind {
        kind if kind == risk::KIND.name => !is_closed(risk::STATUS, entry.get("status"), today),
        kind if kind == issue::KIND.name => !is_closed(issue::STATUS, entry.get("status"), today),
        _ => entry.get("done").is_empty(),
    }
}

#[cfg(test)]
mod tests;

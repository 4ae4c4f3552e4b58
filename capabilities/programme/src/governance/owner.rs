//! Who can own something in a programme: its boards, its roles, who holds them, and partners and people that take part.

use stour_register::Around;

use super::{board, participant, role};

/// Everybody who can own something, by every name by which they are known: `also-called` holds other names, with
/// semicolons between them.
pub(crate) fn owners(around: &Around) -> Vec<String> {
    let kinds = [board::BOARD, role::ROLE, role::HOLDER, participant::KIND];
    let mut names = Vec::new();
    for kind in kinds {
        for entry in around.of_kind(kind.name) {
            let others = entry.get("also-called").split(';').map(str::trim);
            let all = [entry.get(kind.title)].into_iter().chain(others);
            names.extend(all.filter(|name| !name.is_empty()).map(str::to_owned));
        }
    }
    names.sort_by_key(|name| name.to_lowercase());
    names.dedup_by_key(|name| name.to_lowercase());
    names
}

#[cfg(test)]
mod tests;

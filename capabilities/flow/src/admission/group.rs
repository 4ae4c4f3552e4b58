//! Which conditions should not usually need hospital, by the main diagnosis.

use stour_kernel::Date;
use stour_partnership::{Reference, ReferenceList};

/// The list of codes by which a diagnosis begins.
pub(super) const LIST: &str = "acute-ambulatory-care-sensitive";

/// What a main diagnosis says of an admission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Condition<'r> {
    /// It should not usually need hospital: the group's name.
    Sensitive(&'r str),
    /// Something else.
    Other,
    /// Nobody has coded it yet, or not in ICD-10.
    NotCoded,
}

/// The groups of a day, in the order of the list, each once.
pub fn groups(reference: &Reference, on: Date) -> Vec<&str> {
    let mut found: Vec<&str> = Vec::new();
    for entry in list(reference)
        .into_iter()
        .flat_map(|list| list.list.entries_at(on))
    {
        if !found.contains(&entry.label.as_str()) {
            found.push(&entry.label);
        }
    }
    found
}

/// What a main diagnosis of a day says. Codes are compared by their beginning, with and without their point, and the longest
/// that fits counts.
pub fn condition<'r>(reference: &'r Reference, diagnosis: Option<&str>, on: Date) -> Condition<'r> {
    let plain: String = diagnosis
        .unwrap_or_default()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_uppercase())
        .collect();
    if plain.is_empty() {
        return Condition::NotCoded;
    }
    let entries = list(reference)
        .into_iter()
        .flat_map(|list| list.list.entries_at(on));
    entries
        .filter(|entry| plain.starts_with(entry.code.as_str()))
        .max_by_key(|entry| entry.code.as_str().len())
        .map_or(Condition::Other, |entry| Condition::Sensitive(&entry.label))
}

fn list(reference: &Reference) -> Option<&ReferenceList> {
    reference.code_list(LIST)
}

//! Codes and dates in the words of a page.

use stour_kernel::{Code, Date, GssCode, LocalityCode, OdsCode};
use stour_partnership::{Reference, reference};

pub(crate) use stour_web::words::{capital, day, moment, segment};

fn known<T>(find: impl FnOnce(&'static Reference) -> Option<T>) -> Option<T> {
    reference().ok().and_then(find)
}

/// `12 March 1941 to 1 April 1941`, as far as it is known.
pub(crate) fn period(starts: Option<Date>, ends: Option<Date>) -> String {
    match (starts.map(day), ends.map(day)) {
        (Some(starts), Some(ends)) => format!("{starts} to {ends}"),
        (Some(starts), None) => format!("Since {starts}"),
        (None, Some(ends)) => format!("Until {ends}"),
        (None, None) => String::new(),
    }
}

/// The name of an organisation; the register of NHS numbers by what it is, since its organisation is none
/// of the partnership's.
pub(crate) fn organisation_name(code: &OdsCode) -> String {
    if code.as_str() == crate::trace::SOURCE {
        return "Personal Demographics Service".to_owned();
    }
    stour_partnership::organisation_name(code)
}

/// The name of a council.
pub(crate) fn council(code: &GssCode) -> String {
    known(|reference| reference.area(code))
        .map_or_else(|| code.to_string(), |area| area.name.clone())
}

/// The name of a locality, and whether a reader must be told not to rely on it.
pub(crate) fn locality(code: &LocalityCode) -> (String, bool) {
    known(|reference| reference.locality(code)).map_or_else(
        || (code.to_string(), true),
        |locality| (locality.name.clone(), locality.status.needs_warning()),
    )
}

/// The words for a code, from the first of these lists that has it.
pub(crate) fn code(lists: &[&str], code: &Code) -> String {
    let label = lists
        .iter()
        .find_map(|list| known(|reference| reference.code_list(list)?.label(code)));
    label.map_or_else(|| code.to_string(), str::to_owned)
}

/// Whether a code is in a list, at whatever time.
pub(crate) fn is_listed(list: &str, code: &Code) -> bool {
    known(|reference| reference.code_list(list)?.label(code)).is_some()
}

/// Whether there is, or was, a general practice of this code.
pub(crate) fn is_practice(code: &OdsCode) -> bool {
    known(|reference| reference.practice(code)).is_some()
}

/// The codes and words of a list that can be chosen on a day, after an empty choice.
pub(crate) fn choices(list: &str, on: Date) -> Vec<(String, String)> {
    let listed = known(|reference| reference.code_list(list))
        .map(|list| list.choices(on))
        .unwrap_or_default();
    let listed = listed
        .into_iter()
        .map(|(code, label)| (code.to_string(), label.to_owned()));
    [(String::new(), String::new())]
        .into_iter()
        .chain(listed)
        .collect()
}

/// The general practices open on a day, after an empty choice, by name.
pub(crate) fn practices(on: Date) -> Vec<(String, String)> {
    let mut practices: Vec<(String, String)> = known(|reference| {
        let open = reference
            .practices
            .iter()
            .filter(|practice| practice.valid.contains(on));
        Some(
            open.map(|practice| (practice.code.to_string(), practice.name.clone()))
                .collect(),
        )
    })
    .unwrap_or_default();
    practices.sort_by(|one, other| one.1.cmp(&other.1));
    [(String::new(), String::new())]
        .into_iter()
        .chain(practices)
        .collect()
}

//! Months and codes as pages write them.

use stour_partnership::{ReferenceList, reference};

pub(crate) use stour_register::{group, label, month_in_words as month};

/// From one month to another, of which either may be unknown; empty when both are.
pub(crate) fn months(from: &str, to: &str) -> String {
    match (from.is_empty(), to.is_empty()) {
        (true, true) => String::new(),
        (false, true) => format!("Since {}", month(from)),
        (true, false) => format!("Until {}", month(to)),
        (false, false) => format!("{} to {}", month(from), month(to)),
    }
}

/// A list of the reference data.
pub(crate) fn list(id: &str) -> Option<&'static ReferenceList> {
    reference().ok()?.code_list(id)
}

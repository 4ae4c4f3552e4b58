//! What was counted as a file.

use std::fmt::Write as _;

use stour_web::words::csv_field;

use super::Counted;

/// The counts as CSV, one line each.
pub(super) fn csv(counted: &[Counted]) -> String {
    let mut text = "flow,month,event,which,times\n".to_owned();
    for one in counted {
        let fields = [&one.flow, &one.month, &one.what, &one.which].map(|field| csv_field(field));
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{},{}", fields.join(","), one.times);
    }
    text
}

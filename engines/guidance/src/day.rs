//! A day in words.

use stour_kernel::Date;

/// `24 November 2026`.
pub(crate) fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

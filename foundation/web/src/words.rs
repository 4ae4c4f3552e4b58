//! Days, moments and parts of addresses as pages write them.

use std::fmt::Write as _;

use stour_kernel::{Date, Timestamp, london};

/// `24 November 2026`.
pub fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// `24 November 2026 at 9:05am`, in London.
pub fn moment(at: Timestamp) -> String {
    let at = at.to_zoned_datetime(london());
    let half = if at.hour() < 12 { "am" } else { "pm" };
    format!("{}{half}", at.strftime("%-d %B %Y at %-I:%M"))
}

/// The text with a capital at its beginning.
pub fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(characters).collect()
    })
}

/// A text as one part of an address, or one value of its query.
pub fn segment(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests;

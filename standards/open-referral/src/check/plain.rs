//! Words of a feed made fit to be shown, and made fit to stand in an address.

use std::fmt::Write as _;

/// The most characters of a feed's own words in a report.
const LONGEST: usize = 80;

/// The beginning of a text, without characters that could do something to a terminal.
pub(super) fn shortened(text: &str) -> String {
    let mut characters = text.chars().map(|character| match character {
        character if character.is_control() => ' ',
        // What turns the direction of text, or has no width.
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => ' ',
        character => character,
    });
    let mut short: String = characters.by_ref().take(LONGEST).collect();
    if characters.next().is_some() {
        short.push('…');
    }
    short
}

/// A text as a part of an address (RFC 3986, 2.3).
pub(super) fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// An address with these parameters.
pub(super) fn address(path: &str, parameters: &[(&str, String)]) -> String {
    let parameters: Vec<String> = parameters
        .iter()
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    match parameters.as_slice() {
        [] => path.to_owned(),
        some => format!("{path}?{}", some.join("&")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_feed_are_tamed() {
        assert_eq!(shortened("a\u{1b}[31mb\n\u{202e}c"), "a [31mb  c");
        assert_eq!(shortened(&"é".repeat(500)).chars().count(), LONGEST + 1);
        assert_eq!(encoded("Café & Co/1"), "Caf%C3%A9%20%26%20Co%2F1");
        assert_eq!(address("/services", &[]), "/services");
        assert_eq!(
            address("/services", &[("page", "2".into()), ("day", "MO".into())]),
            "/services?page=2&day=MO"
        );
    }
}

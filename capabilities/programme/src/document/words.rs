//! What people say when they save, sign or comment: seen in full, and not too long.

use stour_web::FieldError;

use super::LONGEST_WORDS;

/// Whether words can be kept as they are.
///
/// # Errors
/// A sentence that says what to do.
pub(crate) fn kept(words: &str) -> Result<(), String> {
    if words.chars().count() > LONGEST_WORDS {
        return Err(format!("Say it in at most {LONGEST_WORDS} characters"));
    }
    if words.chars().any(is_invisible) {
        return Err("Leave out the characters that cannot be seen".to_owned());
    }
    Ok(())
}

/// What changes, in words: needed, since a list of versions without reasons helps nobody.
///
/// # Errors
/// What is wrong, at the field.
pub(crate) fn said(what: &str, field: &str) -> Result<String, FieldError> {
    let refused = |message: String| FieldError {
        field: field.to_owned(),
        message,
    };
    if what.is_empty() {
        return Err(refused("Say what changes, and why".to_owned()));
    }
    kept(what).map_err(refused)?;
    Ok(what.to_owned())
}

/// Controls but for the ends of lines and tabs, and what turns the direction of the text around.
pub(crate) fn is_invisible(character: char) -> bool {
    let is_space = "\n\r\t".contains(character);
    (character.is_control() && !is_space)
        || matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

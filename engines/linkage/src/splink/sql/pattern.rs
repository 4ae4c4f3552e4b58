//! Regular expressions as `DuckDB` reads them, which uses RE2.
//!
//! The crate `regex` follows RE2 in what matches and when (the first alternative that leads to a
//! match). It reads a few signs differently; they are rewritten here.

use regex::{Regex, RegexBuilder};

/// A compiled program of more bytes is refused.
const LARGEST: usize = 1 << 20;

/// A pattern of RE2.
pub(super) fn compile(pattern: &str) -> Result<Regex, String> {
    RegexBuilder::new(&translate(pattern)?)
        .size_limit(LARGEST)
        .build()
        .map_err(|error| match error {
            regex::Error::CompiledTooBig(_) => format!("the pattern {pattern:?} is too large"),
            other => format!("the pattern {pattern:?} cannot be read: {other}"),
        })
}

fn translate(pattern: &str) -> Result<String, String> {
    let mut out = String::with_capacity(pattern.len());
    let mut rest = pattern.chars();
    while let Some(sign) = rest.next() {
        match sign {
            '\\' => escape(rest.next(), &mut out),
            '[' => class(&mut rest, &mut out)?,
            // RE2 takes a brace that begins no repetition for the brace itself.
            '{' if !is_repetition(rest.as_str()) => out.push_str("\\{"),
            other => out.push(other),
        }
    }
    Ok(out)
}

/// In RE2 these classes hold ASCII only.
fn escape(sign: Option<char>, out: &mut String) {
    match sign {
        Some('d') => out.push_str("[0-9]"),
        Some('D') => out.push_str("[^0-9]"),
        Some('w') => out.push_str("[0-9A-Za-z_]"),
        Some('W') => out.push_str("[^0-9A-Za-z_]"),
        Some('s') => out.push_str("[\\t\\n\\f\\r ]"),
        Some('S') => out.push_str("[^\\t\\n\\f\\r ]"),
        Some('b') => out.push_str("(?-u:\\b)"),
        Some(other) => out.extend(['\\', other]),
        None => out.push('\\'),
    }
}

/// A class of characters. A bracket within it is only a bracket, and there are no set operations.
fn class(rest: &mut std::str::Chars<'_>, out: &mut String) -> Result<(), String> {
    out.push('[');
    if let Some(after) = rest.as_str().strip_prefix('^') {
        out.push('^');
        *rest = after.chars();
    }
    let mut first = true;
    while let Some(sign) = rest.next() {
        match sign {
            ']' if !first => {
                out.push(']');
                return Ok(());
            }
            '\\' => escape(rest.next(), out),
            '[' => match named_class(rest.as_str()) {
                Some((name, after)) => {
                    out.push('[');
                    out.push_str(name);
                    *rest = after.chars();
                }
                None => out.push_str("\\["),
            },
            ']' | '&' | '~' => out.extend(['\\', sign]),
            '-' if rest.as_str().starts_with('-') => {
                return Err("two hyphens together in a class are not supported".to_owned());
            }
            other => out.push(other),
        }
        first = false;
    }
    Err("a class of characters is not closed".to_owned())
}

/// The rest of a class such as `[:alpha:]` after its first bracket.
fn named_class(rest: &str) -> Option<(&str, &str)> {
    let end = rest.strip_prefix(':')?.find(":]")? + 3;
    Some(rest.split_at(end))
}

/// Whether what follows a brace makes it a repetition: `{2}`, `{2,}` or `{2,4}`.
fn is_repetition(rest: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    match rest.split_once('}').map(|(inside, _)| inside) {
        Some(inside) => match inside.split_once(',') {
            Some((least, most)) => !least.is_empty() && digits(least) && digits(most),
            None => !inside.is_empty() && digits(inside),
        },
        None => false,
    }
}

//! The words and signs of a condition.

use stour_kernel::{Date, Pence};

/// A word or sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Word(String),
    Number(i64),
    Money(i64),
    Date(Date),
    Sign(&'static str),
}

const SIGNS: [&str; 11] = ["<=", ">=", "<", ">", "=", "(", ")", ",", "+", "-", "*"];

/// The words and signs of a text.
///
/// # Errors
/// A sign that the language does not have, or a number that is none.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, length) = if first.is_ascii_lowercase() {
            let word = run(rest, |one| {
                one.is_ascii_lowercase() || one.is_ascii_digit() || one == '-'
            });
            (Token::Word(word.to_owned()), word.len())
        } else if first.is_ascii_digit() {
            number(rest)?
        } else if first == '£' {
            money(rest)?
        } else {
            let sign = SIGNS.into_iter().find(|sign| rest.starts_with(sign));
            let sign = sign.ok_or_else(|| {
                format!("{first:?} has no place in a condition; names are in small letters")
            })?;
            (Token::Sign(sign), sign.len())
        };
        found.push(token);
        rest = rest.get(length..).unwrap_or_default().trim_start();
    }
    Ok(found)
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> &str {
    let end = text.find(|one| !belongs(one)).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

fn number(text: &str) -> Result<(Token, usize), String> {
    let digits = run(text, |one| one.is_ascii_digit() || one == '-');
    let token = if digits.contains('-') {
        digits.parse().map(Token::Date).map_err(|_| {
            format!("{digits:?} is no date: write it as 2026-01-31, and put spaces around a minus")
        })?
    } else {
        let number = digits
            .parse()
            .map_err(|_| format!("{digits} is too large"))?;
        Token::Number(number)
    };
    Ok((token, digits.len()))
}

fn money(text: &str) -> Result<(Token, usize), String> {
    let written = run(text, |one| {
        one == '£' || one == '.' || one == ',' || one.is_ascii_digit()
    });
    // A comma at the end parts this amount from what follows.
    let written = written.trim_end_matches(',');
    let amount: Pence = written
        .parse()
        .map_err(|error| format!("{written:?} is no amount: {error}"))?;
    Ok((Token::Money(amount.as_i64()), written.len()))
}

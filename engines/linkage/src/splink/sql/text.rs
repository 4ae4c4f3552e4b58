//! What functions of text compute.

use super::super::error::Failure;
use super::super::value::Value;
use super::apply::{Arguments, argument, expected};
use super::cast::{Kind, cast};
use super::function::Function;

/// The value of a function of text.
pub(super) fn apply(function: &Function, arguments: Arguments<'_, '_>) -> Result<Value, Failure> {
    if let (Function::Length, Value::List(items)) = (function, argument(arguments, 0)?) {
        return Ok(count(items.len()));
    }
    if matches!(function, Function::Concat | Function::Join) {
        return join(arguments);
    }
    let text = of(arguments, 0)?;
    Ok(match function {
        Function::Lower => Value::Text(text.chars().map(lower).collect()),
        Function::Upper => Value::Text(text.chars().map(upper).collect()),
        Function::Trim { start, end } => {
            let signs = if arguments.len() > 1 {
                of(arguments, 1)?
            } else {
                " "
            };
            trim(text, signs, *start, *end).into()
        }
        Function::Length => count(text.chars().count()),
        Function::Substring => {
            let length = if arguments.len() > 2 {
                Some(integer(arguments, 2)?)
            } else {
                None
            };
            substring(text, integer(arguments, 1)?, length)
        }
        Function::Left => {
            let length = integer(arguments, 1)?;
            let all = text.chars().count();
            text.chars()
                .take(from_either_end(all, length))
                .collect::<String>()
                .into()
        }
        Function::Right => {
            let all = text.chars().count();
            let kept = from_either_end(all, integer(arguments, 1)?);
            text.chars()
                .skip(all.saturating_sub(kept))
                .collect::<String>()
                .into()
        }
        Function::Replace => replace(text, of(arguments, 1)?, of(arguments, 2)?)?.into(),
        Function::SplitPart => split_part(text, of(arguments, 1)?, integer(arguments, 2)?).into(),
        Function::StartsWith => text.starts_with(of(arguments, 1)?).into(),
        Function::EndsWith => text.ends_with(of(arguments, 1)?).into(),
        Function::Contains => text.contains(of(arguments, 1)?).into(),
        Function::Like { ignore_case } => like(text, of(arguments, 1)?, *ignore_case).into(),
        Function::Matches(pattern) => pattern.is_match(text).into(),
        Function::Extract(pattern, group) => {
            let found = pattern.captures(text).and_then(|groups| groups.get(*group));
            found.map_or("", |found| found.as_str()).into()
        }
        _ => return Err(Failure::new("a function is not of text")),
    })
}

/// An argument that is text.
pub(super) fn of<'a>(arguments: Arguments<'a, '_>, position: usize) -> Result<&'a str, Failure> {
    match argument(arguments, position)? {
        Value::Text(text) => Ok(text),
        other => Err(expected("text", other)),
    }
}

/// A count as an integer.
pub(super) fn count(count: usize) -> Value {
    Value::Integer(i64::try_from(count).unwrap_or(i64::MAX))
}

fn integer(arguments: Arguments<'_, '_>, position: usize) -> Result<i64, Failure> {
    match argument(arguments, position)? {
        Value::Integer(value) => Ok(*value),
        other => Err(expected("an integer", other)),
    }
}

/// Letters are changed one for one, so that German ß becomes ẞ and not SS.
fn upper(letter: char) -> char {
    match letter {
        'ß' => 'ẞ',
        _ => only(letter.to_uppercase()).unwrap_or(letter),
    }
}

fn lower(letter: char) -> char {
    match letter {
        'İ' => 'i',
        _ => only(letter.to_lowercase()).unwrap_or(letter),
    }
}

fn only(mut letters: impl Iterator<Item = char>) -> Option<char> {
    let first = letters.next();
    if letters.next().is_none() {
        first
    } else {
        None
    }
}

fn trim<'t>(text: &'t str, signs: &str, start: bool, end: bool) -> &'t str {
    let mut kept = text;
    if start {
        kept = kept.trim_start_matches(|c| signs.contains(c));
    }
    if end {
        kept = kept.trim_end_matches(|c| signs.contains(c));
    }
    kept
}

/// Characters from a position that counts from 1, or from the end if it is negative. A negative
/// length takes those before the position.
fn substring(text: &str, position: i64, length: Option<i64>) -> Value {
    let all = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
    let start = match position {
        0 => -1,
        1.. => position - 1,
        _ => all.saturating_add(position),
    };
    let (mut from, mut to) = match length {
        Some(length) => (start, start.saturating_add(length)),
        None => (start, i64::MAX),
    };
    if to < from {
        (from, to) = (to, from);
    }
    let (from, to) = (from.clamp(0, all), to.clamp(0, all));
    let skipped = usize::try_from(from).unwrap_or(0);
    let kept = usize::try_from(to - from).unwrap_or(0);
    text.chars()
        .skip(skipped)
        .take(kept)
        .collect::<String>()
        .into()
}

/// Texts that may grow beyond a megabyte are refused: a condition can replace again and again.
fn replace(text: &str, old: &str, new: &str) -> Result<String, Failure> {
    const LONGEST: usize = 1 << 20;
    if old.is_empty() {
        return Ok(text.to_owned());
    }
    if text.len().saturating_mul(new.len().max(1)) > LONGEST {
        return Err(Failure::new("the text is too long to replace parts of it"));
    }
    Ok(text.replace(old, new))
}

/// How many characters to keep: a negative number says how many to leave.
fn from_either_end(all: usize, length: i64) -> usize {
    match usize::try_from(length) {
        Ok(length) => length.min(all),
        Err(_) => all.saturating_sub(usize::try_from(length.unsigned_abs()).unwrap_or(all)),
    }
}

/// The part between separators by its position from 1, or from the end if it is negative.
fn split_part<'t>(text: &'t str, separator: &str, position: i64) -> &'t str {
    let parts: Vec<&str> = match separator {
        // An empty separator stands between all characters.
        "" => text.split("").filter(|part| !part.is_empty()).collect(),
        _ => text.split(separator).collect(),
    };
    let place = match usize::try_from(position) {
        Ok(position) => position.checked_sub(1),
        Err(_) => usize::try_from(position.unsigned_abs())
            .ok()
            .and_then(|back| parts.len().checked_sub(back)),
    };
    place
        .and_then(|place| parts.get(place))
        .copied()
        .unwrap_or("")
}

fn join(arguments: Arguments<'_, '_>) -> Result<Value, Failure> {
    let mut joined = String::new();
    for argument in arguments {
        if let Value::Text(text) = cast(argument, Kind::Text)? {
            joined.push_str(&text);
        }
    }
    Ok(Value::Text(joined))
}

/// `%` stands for any characters and `_` for one.
fn like(text: &str, pattern: &str, ignore_case: bool) -> bool {
    let letters = |text: &str| -> Vec<char> {
        let fold = |letter| if ignore_case { lower(letter) } else { letter };
        text.chars().map(fold).collect()
    };
    let (text, pattern) = (letters(text), letters(pattern));
    // Whether what has been read of the pattern matches each beginning of the text.
    let mut matches = vec![false; text.len() + 1];
    if let Some(first) = matches.first_mut() {
        *first = true;
    }
    for sign in pattern {
        let mut before = sign == '%' && matches.first() == Some(&true);
        let mut diagonal =
            std::mem::replace(&mut matches, Vec::with_capacity(text.len() + 1)).into_iter();
        let mut shorter = diagonal.next().unwrap_or(false);
        matches.push(before);
        for (letter, longer) in text.iter().zip(diagonal) {
            before = match sign {
                '%' => before || longer,
                '_' => shorter,
                _ => shorter && *letter == sign,
            };
            shorter = longer;
            matches.push(before);
        }
    }
    matches.last() == Some(&true)
}

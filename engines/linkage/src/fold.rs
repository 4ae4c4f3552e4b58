//! Text as it is compared: capitals without marks, since people and systems write the same name in many ways.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The most characters of one value that are compared; what is longer is cut.
const LONGEST: usize = 120;

/// A name in capitals: marks and apostrophes dropped, hyphens and other signs made into one space.
/// `O'Brien` and `OBRIEN`, `Zoë` and `ZOE`, `Smith-Jones` and `SMITH JONES` fold to the same.
pub(crate) fn name(text: &str, out: &mut String) {
    fold(text, out, |character| {
        matches!(character, '\'' | '’' | '‘' | '`' | '´' | 'ʼ' | '.')
    });
}

/// An address, or any other text, in capitals: signs made into one space.
pub(crate) fn text(text: &str, out: &mut String) {
    fold(text, out, |character| matches!(character, '\'' | '’'));
}

/// Letters and digits alone, in capitals: a postcode.
pub(crate) fn code(text: &str, out: &mut String) {
    fold(text, out, |character| !character.is_alphanumeric());
}

/// A telephone number: letters and digits alone, with the country code of the United Kingdom as the
/// leading zero that is dialled within it.
pub(crate) fn telephone(text: &str, out: &mut String) {
    let tidy = text.trim();
    let national = tidy
        .strip_prefix("+44")
        .or_else(|| tidy.strip_prefix("0044"));
    match national {
        Some(rest) => {
            let rest = rest.trim_start();
            code(rest.strip_prefix("(0)").unwrap_or(rest), out);
            if !out.starts_with('0') {
                out.insert(0, '0');
            }
        }
        None => code(tidy, out),
    }
}

fn fold(text: &str, out: &mut String, is_dropped: impl Fn(char) -> bool) {
    out.clear();
    if text.is_ascii() {
        text.chars()
            .take(LONGEST)
            .for_each(|character| push(character, out, &is_dropped));
    } else {
        text.nfkd()
            .filter(|character| !is_combining_mark(*character))
            .take(LONGEST)
            .for_each(|character| push(character, out, &is_dropped));
    }
    if out.ends_with(' ') {
        out.pop();
    }
}

fn push(character: char, out: &mut String, is_dropped: &impl Fn(char) -> bool) {
    if character.is_ascii_alphanumeric() {
        out.push(character.to_ascii_uppercase());
    } else if is_dropped(character) {
    } else if character.is_alphanumeric() {
        for upper in character.to_uppercase() {
            match plain(upper) {
                Some(plain) => out.push_str(plain),
                None => out.push(upper),
            }
        }
    } else if !out.is_empty() && !out.ends_with(' ') {
        out.push(' ');
    }
}

/// Latin letters that no decomposition makes plain.
fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'Ł' => "L",
        'Ø' => "O",
        'Đ' | 'Ð' => "D",
        'Ħ' => "H",
        'Ŧ' => "T",
        'Þ' => "TH",
        'Æ' => "AE",
        'Œ' => "OE",
        _ => return None,
    })
}

#[cfg(test)]
mod tests;

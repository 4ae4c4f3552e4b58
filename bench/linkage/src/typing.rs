//! How a hand or an ear changes a text.

use crate::random::Random;

/// Keys that lie beside each other.
const KEYS: [&str; 4] = ["qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890"];

/// Spellings that sound alike, tried in this order.
const SOUNDS: [(&str, &str); 8] = [
    ("ph", "f"),
    ("ck", "k"),
    ("ee", "ea"),
    ("ie", "y"),
    ("c", "k"),
    ("k", "c"),
    ("z", "s"),
    ("i", "y"),
];

/// The same text with one slip: a key beside the right one, a letter typed twice, left out or changed round with the
/// next, an `e` too many, or a spelling that sounds the same.
pub(crate) fn slip(text: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let place = random.below(letters.len());
    let Some(letter) = letters.get(place).copied() else {
        return String::new();
    };
    let kind = random.unit();
    if kind < 0.33 {
        // A space, or a letter that no key has, is left out rather than missed.
        letters.splice(place..=place, neighbour(letter, random));
    } else if kind < 0.52 {
        letters.insert(place, letter);
    } else if kind < 0.74 && letters.len() > 1 {
        letters.remove(place);
    } else if kind < 0.91 {
        turn(&mut letters, place);
    } else if kind < 0.97 {
        letters.push('e');
    } else {
        return sound(text);
    }
    letters.into_iter().collect()
}

/// Changes two unlike neighbours round: those at the place, or else the first such after it.
fn turn(letters: &mut [char], place: usize) {
    let unlike = |at: &usize| letters.get(*at) != letters.get(at + 1);
    let last = letters.len().saturating_sub(1);
    if let Some(at) = (place..last).chain(0..place.min(last)).find(unlike) {
        letters.swap(at, at + 1);
    }
}

fn neighbour(letter: char, random: &mut Random) -> Option<char> {
    let small = letter.to_ascii_lowercase();
    let row = KEYS.iter().find(|row| row.contains(small))?;
    let at = row.find(small)?;
    let beside: Vec<char> = row
        .char_indices()
        .filter(|(other, _)| other.abs_diff(at) == 1)
        .map(|(_, key)| key)
        .collect();
    let other = *random.pick(&beside)?;
    Some(if letter.is_uppercase() {
        other.to_ascii_uppercase()
    } else {
        other
    })
}

fn sound(text: &str) -> String {
    SOUNDS
        .iter()
        .find(|(from, _)| text.contains(from))
        .map_or_else(
            || format!("{text}e"),
            |(from, to)| text.replacen(from, to, 1),
        )
}

/// A number of which two unlike neighbours are changed round or, once in twenty, one digit is another.
pub(crate) fn misread(digits: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = digits.chars().collect();
    let place = random.below(letters.len());
    if random.chance(0.95) {
        turn(&mut letters, place);
    } else if let Some(digit) = letters.get_mut(place) {
        let step = u32::try_from(1 + random.below(9)).unwrap_or(1);
        let value = digit.to_digit(10).unwrap_or(0);
        *digit = char::from_digit((value + step) % 10, 10).unwrap_or('0');
    }
    letters.into_iter().collect()
}

/// The same text without the marks above and through its letters, as a system does that knows only ASCII.
pub(crate) fn fold(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            'á' | 'à' | 'â' | 'ã' | 'ä' | 'å' | 'ą' => 'a',
            'Á' | 'À' | 'Â' | 'Ã' | 'Ä' => 'A',
            'ç' | 'ć' | 'č' => 'c',
            'é' | 'è' | 'ê' | 'ë' | 'ę' => 'e',
            'É' => 'E',
            'í' | 'ì' | 'î' | 'ï' => 'i',
            'ł' => 'l',
            'Ł' => 'L',
            'ñ' | 'ń' => 'n',
            'ó' | 'ò' | 'ô' | 'õ' | 'ö' => 'o',
            'Ó' => 'O',
            'ś' | 'š' | 'ș' => 's',
            'ț' => 't',
            'ú' | 'ù' | 'û' | 'ü' => 'u',
            'ź' | 'ż' | 'ž' => 'z',
            'Ż' | 'Ź' => 'Z',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests;

//! How near one word of a name is to another: letters wrong, letters swapped, sounding alike, or forms of
//! one name.

use stour_linkage::Lists;

/// How many letters of a typed word may be wrong: none of one or two, one of three to five, else two. A
/// swap of neighbours counts as one.
fn allowed(letters: usize) -> usize {
    match letters {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    }
}

/// A typed word, made ready to be compared with many.
pub(super) struct Typed {
    word: String,
    letters: Vec<char>,
    sound: String,
}

impl Typed {
    /// `word` is folded.
    pub(super) fn new(word: &str) -> Self {
        Self {
            word: word.to_owned(),
            letters: word.chars().collect(),
            sound: sound(word),
        }
    }

    /// The word itself.
    pub(super) fn word(&self) -> &str {
        &self.word
    }

    /// The lengths of words that may be near by their letters or their sound.
    pub(super) fn lengths(&self) -> (usize, usize) {
        (self.letters.len().saturating_sub(3), self.letters.len() + 3)
    }

    /// Other forms of the name, such as Catherine of Cathy.
    pub(super) fn other_forms(&self) -> impl Iterator<Item = String> {
        let capitals = self.word.to_uppercase();
        let forms: Vec<String> = Lists::built_in()
            .forms_of(&capitals)
            .map(str::to_lowercase)
            .collect();
        forms.into_iter()
    }

    /// How far another word is: 0 when it begins as typed, 1 for one letter or the same sound, 2 for two
    /// letters; `None` when it is not near.
    pub(super) fn distance(&self, other: &str) -> Option<usize> {
        if other.starts_with(&self.word) {
            return Some(0);
        }
        let most = allowed(self.letters.len());
        let letters = other.chars().count();
        if letters.abs_diff(self.letters.len()) <= most {
            let wrong = wrong_letters(&self.letters, other);
            if wrong <= most {
                return Some(wrong);
            }
        }
        let alike = self.sound.len() > 1 && self.letters.len() > 3 && letters > 2;
        (alike && sound(other) == self.sound).then_some(1)
    }
}

/// How many letters must be put in, left out, changed or swapped with their neighbour to make one word of
/// the other: the optimal string alignment distance.
fn wrong_letters(one: &[char], other: &str) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=one.len()).collect();
    let mut previous = None;
    for (row, letter) in (1..).zip(other.chars()) {
        let mut next = Vec::with_capacity(last.len());
        next.push(row);
        let mut left = None;
        for (place, own) in one.iter().enumerate() {
            let at =
                |line: &[usize], place: usize| line.get(place).copied().unwrap_or(usize::MAX / 2);
            let changed = at(&last, place) + usize::from(*own != letter);
            let mut cost = changed
                .min(at(&last, place + 1) + 1)
                .min(at(&next, place) + 1);
            if left == Some(letter) && previous == Some(*own) {
                cost = cost.min(at(&before, place.saturating_sub(1)) + 1);
            }
            left = Some(*own);
            next.push(cost);
        }
        previous = Some(letter);
        before = std::mem::replace(&mut last, next);
    }
    last.last().copied().unwrap_or_default()
}

/// What a name sounds like in English: consonants by their sound, a vowel only where the name begins with
/// one. Made for telling which spellings may be heard for one another, not for proving that they are.
fn sound(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let mut code = String::with_capacity(letters.len());
    let mut place = match letters.as_slice() {
        ['k' | 'g' | 'p', 'n', ..] | ['w', 'r' | 'h', ..] | ['p', 's', ..] => 1,
        _ => 0,
    };
    let first = place;
    while let Some(letter) = letters.get(place) {
        let next = letters.get(place + 1).copied().unwrap_or(' ');
        let soft = matches!(next, 'e' | 'i' | 'y');
        let (heard, used) = match (*letter, next) {
            ('p', 'h') => ("f", 2),
            ('s' | 'c', 'h') => ("x", 2),
            ('t', 'h') => ("t", 2),
            ('g', 'h') => ("", 2),
            ('c', 'k' | 'q') => ("k", 2),
            ('d', 'g') if letters.get(place + 2) == Some(&'e') => ("j", 2),
            ('m', 'p') if matches!(letters.get(place + 2), Some('s' | 't')) => ("m", 2),
            ('c', _) => (if soft { "s" } else { "k" }, 1),
            ('g', _) => (if soft { "j" } else { "k" }, 1),
            ('q' | 'k', _) => ("k", 1),
            ('z' | 's', _) => ("s", 1),
            ('x', _) => (if place == first { "s" } else { "ks" }, 1),
            ('j', _) => ("j", 1),
            ('a' | 'e' | 'i' | 'o' | 'u' | 'y', _) => (if place == first { "a" } else { "" }, 1),
            ('h' | 'w', _) if place > first => ("", 1),
            _ => {
                push(&mut code, *letter);
                ("", 1)
            }
        };
        heard.chars().for_each(|letter| push(&mut code, letter));
        place += used;
    }
    code
}

/// Two of one sound after another are heard as one.
fn push(code: &mut String, letter: char) {
    if !code.ends_with(letter) {
        code.push(letter);
    }
}

#[cfg(test)]
mod tests;

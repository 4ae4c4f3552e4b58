//! How many slips of the finger lie between two words.

/// The most letters of a word that are compared.
pub(crate) const LONGEST: usize = 40;

/// Slips from one word to another: a letter put in, left out or typed as another, or two neighbours exchanged
/// (optimal string alignment). `None` for more than `most`.
pub(crate) fn slips(one: &[char], other: &[char], most: u8) -> Option<u8> {
    if one.len().abs_diff(other.len()) > usize::from(most) || other.len() > LONGEST {
        return None;
    }
    let width = other.len() + 1;
    let mut before = [u8::MAX; LONGEST + 1];
    let mut last = [u8::MAX; LONGEST + 1];
    for (cost, cell) in (0_u8..).zip(last.iter_mut().take(width)) {
        *cell = cost;
    }
    let mut previous = None;
    for (row, letter) in (1_u8..).zip(one) {
        let mut next = [u8::MAX; LONGEST + 1];
        if let Some(first) = next.first_mut() {
            *first = row;
        }
        let (mut left, mut left_letter, mut fewest) = (row, None, row);
        for (column, candidate) in other.iter().enumerate() {
            let at = |costs: &[u8; LONGEST + 1], place: usize| {
                costs.get(place).copied().unwrap_or(u8::MAX)
            };
            let typed = at(&last, column).saturating_add(u8::from(letter != candidate));
            let left_out = at(&last, column + 1).saturating_add(1);
            let mut cost = typed.min(left_out).min(left.saturating_add(1));
            if previous == Some(*candidate) && left_letter == Some(*letter) {
                let exchanged = column
                    .checked_sub(1)
                    .map_or(u8::MAX, |at2| at(&before, at2));
                cost = cost.min(exchanged.saturating_add(1));
            }
            if let Some(cell) = next.get_mut(column + 1) {
                *cell = cost;
            }
            left = cost;
            left_letter = Some(*candidate);
            fewest = fewest.min(cost);
        }
        if fewest > most {
            return None;
        }
        previous = Some(*letter);
        before = last;
        last = next;
    }
    last.get(other.len())
        .copied()
        .filter(|slips| *slips <= most)
}

/// Which letters a word has: one bit for each, for a quick look before comparing.
pub(crate) fn letters(word: &str) -> u32 {
    word.chars()
        .fold(0, |all, letter| all | 1_u32 << (u32::from(letter) & 31))
}

/// Whether that many slips could make a word with these letters one with those. A slip changes at most one
/// letter into another.
pub(crate) fn may_be(one: u32, other: u32, most: u8) -> bool {
    let most = u32::from(most);
    (one & !other).count_ones() <= most && (other & !one).count_ones() <= most
}

#[cfg(test)]
mod tests {
    use super::{letters, may_be, slips};

    fn between(one: &str, other: &str) -> Option<u8> {
        let chars = |word: &str| word.chars().collect::<Vec<_>>();
        let slips = slips(&chars(one), &chars(other), 2);
        assert!(slips.is_none() || may_be(letters(one), letters(other), 2));
        slips
    }

    #[test]
    fn each_slip_counts_once() {
        for (one, other, expected) in [
            ("care", "care", Some(0)),
            ("care", "cares", Some(1)),
            ("care", "are", Some(1)),
            ("care", "core", Some(1)),
            ("care", "caer", Some(1)),
            ("befriending", "befreindign", Some(2)),
            ("dementia", "demensha", Some(2)),
            ("dementia", "demenshaa", None),
            ("", "ab", Some(2)),
            ("abc", "xyz", None),
        ] {
            assert_eq!(between(one, other), expected, "{one} {other}");
            assert_eq!(between(other, one), expected, "{other} {one}");
        }
    }
}

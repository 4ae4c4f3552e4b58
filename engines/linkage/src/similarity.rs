//! How alike two short texts are. Each character is one byte: see [`bytes`].

/// The most bytes of a text that are compared.
pub(crate) const LONGEST: usize = 64;

/// One byte for each character, so that lengths count letters: ASCII as it is, others by a hash into
/// the upper half. Two characters that share a byte only make two names seem a little more alike.
pub(crate) fn bytes(text: &str, out: &mut Vec<u8>) {
    out.clear();
    let letters = text.chars().filter(|character| *character != ' ');
    out.extend(letters.take(LONGEST).map(|character| {
        u8::try_from(character)
            .ok()
            .filter(u8::is_ascii)
            .unwrap_or_else(|| {
                let hash = u32::from(character).wrapping_mul(0x9E37_79B1) >> 25;
                u8::try_from(hash).unwrap_or(0) | 0x80
            })
    }));
}

/// Jaro's similarity with Winkler's bonus for a shared beginning (Winkler 1990): 0 to 1; the bonus, a
/// tenth for each of up to four letters, is given from 0.7 on, as the common implementations do.
pub(crate) fn jaro_winkler(one: &[u8], other: &[u8]) -> f32 {
    let jaro = jaro(one, other);
    if jaro <= 0.7 {
        return jaro;
    }
    let prefix = one
        .iter()
        .zip(other)
        .take(4)
        .take_while(|(one, other)| one == other)
        .count();
    jaro + 0.1 * float(prefix) * (1.0 - jaro)
}

fn jaro(one: &[u8], other: &[u8]) -> f32 {
    if one.is_empty() && other.is_empty() {
        return 1.0;
    }
    let window = (one.len().max(other.len()) / 2).saturating_sub(1);
    let (mut taken, mut matched) = (0_u64, 0_u64);
    for (place, letter) in one.iter().enumerate() {
        let from = place.saturating_sub(window);
        let near = other.iter().enumerate().skip(from);
        let found = near
            .take(place + window + 1 - from)
            .find(|(at, candidate)| *candidate == letter && taken & bit(*at) == 0);
        if let Some((at, _)) = found {
            taken |= bit(at);
            matched |= bit(place);
        }
    }
    let common = matched.count_ones();
    if common == 0 {
        return 0.0;
    }
    let in_order = chosen(one, matched).zip(chosen(other, taken));
    let moved = in_order.filter(|(one, other)| one != other).count() / 2;
    let common = small(common);
    (common / float(one.len()) + common / float(other.len()) + (common - float(moved)) / common)
        / 3.0
}

fn bit(place: usize) -> u64 {
    1_u64
        .checked_shl(u32::try_from(place).unwrap_or(u32::MAX))
        .unwrap_or(0)
}

fn chosen(letters: &[u8], which: u64) -> impl Iterator<Item = u8> {
    letters
        .iter()
        .enumerate()
        .filter(move |(place, _)| which & bit(*place) != 0)
        .map(|(_, letter)| *letter)
}

fn float(count: usize) -> f32 {
    u16::try_from(count).map_or(f32::MAX, f32::from)
}

fn small(count: u32) -> f32 {
    u16::try_from(count).map_or(f32::MAX, f32::from)
}

/// Whether one slip of the finger makes one text the other: a letter put in, left out or typed as
/// another, or two neighbours exchanged.
pub(crate) fn is_one_slip(one: &[u8], other: &[u8]) -> bool {
    let (short, long) = if one.len() <= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    let begin = shared(short, long);
    let (short, long) = (rest(short, begin), rest(long, begin));
    match long.len() - short.len() {
        0 => match (short, long) {
            ([], []) => false,
            ([a, b, short @ ..], [c, d, long @ ..]) if a == d && b == c && is(short, long) => true,
            _ => is(rest(short, 1), rest(long, 1)),
        },
        1 => is(short, rest(long, 1)),
        _ => false,
    }
}

/// How many letters two texts begin with alike.
pub(crate) fn shared(one: &[u8], other: &[u8]) -> usize {
    let pairs = one.iter().zip(other);
    pairs.take_while(|(one, other)| one == other).count()
}

/// Whether two short texts are the same. They mostly are not, and then mostly differ at the end: to call the
/// system's comparison would take longer.
fn is(one: &[u8], other: &[u8]) -> bool {
    one.iter().rev().eq(other.iter().rev())
}

fn rest(text: &[u8], from: usize) -> &[u8] {
    text.get(from..).unwrap_or_default()
}

/// Whether at most two slips make one text the other: Damerau and Levenshtein's distance, with
/// neighbours exchanged once (optimal string alignment).
pub(crate) fn is_two_slips(one: &[u8], other: &[u8]) -> bool {
    if one.len().abs_diff(other.len()) > 2 || one.len() > LONGEST || other.len() > LONGEST {
        return false;
    }
    let mut before = [u8::MAX; LONGEST + 1];
    let mut last = [u8::MAX; LONGEST + 1];
    for (place, cost) in (0_u8..).zip(last.iter_mut().take(other.len() + 1)) {
        *cost = place;
    }
    let mut previous = None;
    for (row, letter) in (1_u8..).zip(one) {
        let mut next = [u8::MAX; LONGEST + 1];
        let mut left = row;
        if let Some(first) = next.first_mut() {
            *first = row;
        }
        let mut left_letter = None;
        for (column, candidate) in other.iter().enumerate() {
            let at = |costs: &[u8; LONGEST + 1], place: usize| {
                costs.get(place).copied().unwrap_or(u8::MAX)
            };
            let substituted = at(&last, column).saturating_add(u8::from(letter != candidate));
            let mut cost = substituted
                .min(at(&last, column + 1).saturating_add(1))
                .min(left.saturating_add(1));
            if column > 0 && previous == Some(*candidate) && left_letter == Some(*letter) {
                cost = cost.min(at(&before, column - 1).saturating_add(1));
            }
            if let Some(cell) = next.get_mut(column + 1) {
                *cell = cost;
            }
            left = cost;
            left_letter = Some(*candidate);
        }
        previous = Some(*letter);
        before = last;
        last = next;
    }
    last.get(other.len()).is_some_and(|cost| *cost <= 2)
}

/// American Soundex of the letters A to Z, packed; 0 when there are none.
pub(crate) fn soundex(text: &[u8]) -> u32 {
    let group = |letter: u8| match letter {
        b'B' | b'F' | b'P' | b'V' => b'1',
        b'C' | b'G' | b'J' | b'K' | b'Q' | b'S' | b'X' | b'Z' => b'2',
        b'D' | b'T' => b'3',
        b'L' => b'4',
        b'M' | b'N' => b'5',
        b'R' => b'6',
        _ => b'0',
    };
    let mut letters = text.iter().copied().filter(u8::is_ascii_uppercase);
    let Some(first) = letters.next() else {
        return 0;
    };
    let mut code = [first, b'0', b'0', b'0'];
    let mut places = code.iter_mut().skip(1);
    let mut last = group(first);
    for letter in letters {
        let now = group(letter);
        if now != b'0' && now != last {
            match places.next() {
                Some(place) => *place = now,
                None => break,
            }
        }
        // H and W stand between two letters of one group without parting them.
        if !matches!(letter, b'H' | b'W') {
            last = now;
        }
    }
    u32::from_be_bytes(code)
}

/// Which letters a text holds: one bit for each letter, for a quick look before comparing.
pub(crate) fn letters(text: &[u8]) -> u32 {
    text.iter()
        .fold(0, |all, letter| all | 1_u32 << (letter & 31))
}

#[cfg(test)]
mod tests;

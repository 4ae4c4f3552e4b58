//! Distances and similarities of texts, as `DuckDB` computes them.
//!
//! The measures are those of the library rapidfuzz. The unit is the character (Unicode code point),
//! not the letter that a reader sees: an accent that is written as a character of its own counts.

use std::collections::HashSet;
use std::hash::Hash;

use super::super::error::Failure;
use super::number;

/// Texts of more characters are refused, since the time and memory of some distances grow with the
/// product of the two lengths.
const LONGEST: usize = 2_000;

/// A measure of two texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::splink) enum Distance {
    Levenshtein,
    DamerauLevenshtein,
    Hamming,
    Jaro,
    JaroWinkler,
    Jaccard,
}

/// A distance is a whole number, a similarity is between 0 and 1.
pub(super) enum Measured {
    Distance(usize),
    Similarity(f64),
}

impl Distance {
    /// The measure of two texts.
    pub(super) fn of(self, a: &str, b: &str) -> Result<Measured, Failure> {
        if a.is_ascii() && b.is_ascii() {
            let (a, b) = (a.as_bytes(), b.as_bytes());
            return match self {
                Self::Jaccard => jaccard_of_ascii(a, b).map(Measured::Similarity),
                _ => self.of_units(a, b),
            };
        }
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        self.of_units(&a, &b)
    }

    fn of_units<T: Copy + Eq + Hash>(self, a: &[T], b: &[T]) -> Result<Measured, Failure> {
        if a.len().max(b.len()) > LONGEST {
            let reason = format!("texts of more than {LONGEST} characters are not compared");
            return Err(Failure::new(reason));
        }
        Ok(match self {
            Self::Levenshtein => Measured::Distance(levenshtein(a, b)),
            Self::DamerauLevenshtein => Measured::Distance(damerau_levenshtein(a, b)),
            Self::Hamming => Measured::Distance(hamming(a, b)?),
            Self::Jaro => Measured::Similarity(jaro(a, b)),
            Self::JaroWinkler => Measured::Similarity(jaro_winkler(a, b)),
            Self::Jaccard => Measured::Similarity(jaccard(a, b)?),
        })
    }
}

/// The fewest insertions, deletions and substitutions that turn one text into the other.
fn levenshtein<T: Eq>(a: &[T], b: &[T]) -> usize {
    let (a, b) = without_common_ends(a, b);
    // The distances of what has been read of `a` to every beginning of `b`.
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        let (first, others) = row.split_at_mut(1);
        first.fill(left);
        for (cell, y) in others.iter_mut().zip(b) {
            let substituted = diagonal + usize::from(x != y);
            diagonal = *cell;
            left = substituted.min(left + 1).min(diagonal + 1);
            *cell = left;
        }
    }
    row.last().copied().unwrap_or(0)
}

/// What is left when the same beginning and end are taken off both.
fn without_common_ends<'t, T: Eq>(a: &'t [T], b: &'t [T]) -> (&'t [T], &'t [T]) {
    let start = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(start..).unwrap_or(&[]), b.get(start..).unwrap_or(&[]));
    let end = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    let keep = |text: &'t [T]| text.get(..text.len() - end).unwrap_or(&[]);
    (keep(a), keep(b))
}

/// As Levenshtein, and two neighbours that are swapped count as one change, even where there is
/// another change between them (the unrestricted form, after Lowrance and Wagner).
fn damerau_levenshtein<T: Eq>(a: &[T], b: &[T]) -> usize {
    let (a, b) = without_common_ends(a, b);
    let width = b.len() + 1;
    let mut rows: Vec<usize> = (0..width).collect();
    // For each character of `b`, the last row (from 1) in which `a` had the same one.
    let mut last_rows = vec![0; b.len()];
    for (i, x) in a.iter().enumerate() {
        rows.push(i + 1);
        // The last column (from 1) of this row in which the characters were the same.
        let mut last_column = 0;
        for (j, y) in b.iter().enumerate() {
            let at = |row: usize, column: usize| rows.get(row * width + column).copied();
            let change = usize::from(x != y);
            let mut best = at(i, j).map_or(usize::MAX, |cost| cost + change);
            for neighbour in [at(i, j + 1), at(i + 1, j)].into_iter().flatten() {
                best = best.min(neighbour + 1);
            }
            let last_row = last_rows.get(j).copied().unwrap_or(0);
            if last_row > 0 && last_column > 0 {
                let between = (i - last_row) + 1 + (j - last_column);
                let swapped = at(last_row - 1, last_column - 1);
                best = best.min(swapped.map_or(usize::MAX, |cost| cost + between));
            }
            if x == y {
                last_column = j + 1;
            }
            rows.push(best);
        }
        for (row, y) in last_rows.iter_mut().zip(b) {
            if x == y {
                *row = i + 1;
            }
        }
    }
    rows.last().copied().unwrap_or(0)
}

/// In how many places two texts of the same length differ.
fn hamming<T: Eq>(a: &[T], b: &[T]) -> Result<usize, Failure> {
    if a.len() != b.len() || a.is_empty() {
        return Err(Failure::new(
            "hamming compares texts of the same length above 0 only",
        ));
    }
    Ok(a.iter().zip(b).filter(|(x, y)| x != y).count())
}

/// Jaro's similarity, with the operations in the order of rapidfuzz so that the last bit agrees.
fn jaro<T: Eq>(a: &[T], b: &[T]) -> f64 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    if a == b {
        return 1.0;
    }
    let window = (a.len().max(b.len()) / 2).saturating_sub(1);
    let mut taken = vec![false; b.len()];
    let mut matched = Vec::with_capacity(a.len());
    for (i, x) in a.iter().enumerate() {
        let start = i.saturating_sub(window);
        let near = taken
            .iter_mut()
            .zip(b)
            .skip(start)
            .take(i + window + 1 - start);
        for (taken, y) in near {
            if !*taken && x == y {
                *taken = true;
                matched.push(x);
                break;
            }
        }
    }
    if matched.is_empty() {
        return 0.0;
    }
    let others = taken
        .iter()
        .zip(b)
        .filter(|(taken, _)| **taken)
        .map(|(_, y)| y);
    let out_of_order = matched
        .iter()
        .zip(others)
        .filter(|(x, y)| **x != *y)
        .count();
    let common = number::count(matched.len());
    let in_order = common - number::count(out_of_order / 2);
    (common / number::count(a.len()) + common / number::count(b.len()) + in_order / common) / 3.0
}

/// Winkler's rise of Jaro's similarity for a common beginning of up to four characters. As in
/// rapidfuzz, only similarities above 0.7 rise.
///
/// `DuckDB` 2.0.1 rounds once after multiplying and adding, unlike 1.4 and unlike rapidfuzz for
/// Python. The last bit decides whether a pair such as "dcbd" and "dbdbc" reaches 0.805.
fn jaro_winkler<T: Eq>(a: &[T], b: &[T]) -> f64 {
    let similarity = jaro(a, b);
    if similarity <= 0.7 {
        return similarity;
    }
    let prefix = a.iter().zip(b).take(4).take_while(|(x, y)| x == y).count();
    (number::count(prefix) * 0.1).mul_add(1.0 - similarity, similarity)
}

/// The share of the different characters of both that occur in both.
fn jaccard<T: Copy + Eq + Hash>(a: &[T], b: &[T]) -> Result<f64, Failure> {
    let a: HashSet<T> = a.iter().copied().collect();
    let b: HashSet<T> = b.iter().copied().collect();
    let common = a.intersection(&b).count();
    jaccard_of_counts(common, a.len(), b.len())
}

/// The same, with a bit for each character.
fn jaccard_of_ascii(a: &[u8], b: &[u8]) -> Result<f64, Failure> {
    let set = |text: &[u8]| {
        text.iter()
            .fold(0_u128, |set, letter| set | 1 << (letter % 128))
    };
    let (a, b) = (set(a), set(b));
    let count = |set: u128| usize::try_from(set.count_ones()).unwrap_or(0);
    jaccard_of_counts(count(a & b), count(a), count(b))
}

fn jaccard_of_counts(common: usize, a: usize, b: usize) -> Result<f64, Failure> {
    if a == 0 || b == 0 {
        return Err(Failure::new("jaccard does not compare an empty text"));
    }
    Ok(number::count(common) / number::count(a + b - common))
}

//! Every word that is in somebody's name, once: what a misspelt word is compared with. A word stays when
//! nobody has it any more; then it finds nobody.

use std::collections::BTreeSet;

use stour_database::{Result, Transaction, Value, params, sql};

use super::near::Typed;

/// How many words one statement stores.
const AT_ONCE: usize = 8;
/// The most words that are taken to be near one typed word, the nearest first.
const MOST: usize = 30;

/// Stores those words of names that are new.
pub(crate) fn learn<'w>(
    tx: &mut Transaction<'_>,
    words: impl IntoIterator<Item = &'w str>,
) -> Result<()> {
    let names = words
        .into_iter()
        .filter(|word| !word.starts_with(['#', '@']));
    let names: BTreeSet<&str> = names.collect();
    let names: Vec<&str> = names.into_iter().collect();
    for some in names.chunks(AT_ONCE) {
        // Places left over say the last word again, which is then there.
        let places = some.iter().chain(some.last().into_iter().cycle());
        let values = places.take(AT_ONCE).flat_map(|word| {
            let letters = i64::try_from(word.chars().count()).unwrap_or(i64::MAX);
            [Value::Integer(letters), Value::Text((*word).into())]
        });
        tx.execute(
            sql!(
                "INSERT INTO name_word (letters, word)
                 VALUES ($1, $2), ($3, $4), ($5, $6), ($7, $8), ($9, $10), ($11, $12), ($13, $14), ($15, $16)
                 ON CONFLICT (letters, word) DO NOTHING"
            ),
            &values.collect::<Vec<_>>(),
        )?;
    }
    Ok(())
}

/// A word near a typed one, and how far it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Near {
    pub(super) distance: usize,
    pub(super) word: String,
}

/// The words near each of these, the nearest first; the typed word itself is not among them.
pub(super) fn near(tx: &mut Transaction<'_>, typed: &[Typed]) -> Result<Vec<Vec<Near>>> {
    let shortest = typed.iter().map(|typed| typed.lengths().0).min();
    let longest = typed.iter().map(|typed| typed.lengths().1).max();
    let (Some(shortest), Some(longest)) = (shortest, longest) else {
        return Ok(Vec::new());
    };
    let bound = |letters: usize| i64::try_from(letters).unwrap_or(i64::MAX);
    let mut found: Vec<Vec<Near>> = typed.iter().map(forms).collect();
    tx.each(
        sql!("SELECT word FROM name_word WHERE letters >= $1 AND letters <= $2"),
        params![bound(shortest), bound(longest)],
        |row| {
            let word: String = row.get(0)?;
            for (typed, near) in typed.iter().zip(&mut found) {
                if let Some(distance) = typed.distance(&word).filter(|distance| *distance > 0) {
                    let word = word.clone();
                    near.push(Near { distance, word });
                }
            }
            Ok(())
        },
    )?;
    for near in &mut found {
        near.sort_unstable();
        near.dedup_by(|one, other| one.word == other.word);
        near.truncate(MOST);
    }
    Ok(found)
}

fn forms(typed: &Typed) -> Vec<Near> {
    let forms = typed.other_forms();
    forms.map(|word| Near { distance: 1, word }).collect()
}

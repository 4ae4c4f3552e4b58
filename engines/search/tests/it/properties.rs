//! What must hold for every directory and every question.

use std::collections::BTreeMap;

use proptest::prelude::*;
use stour_search::{Band, Entry, Facet, Found, Index, Query, Reading};

use crate::oracle::expected;
use crate::world::{WORDS, entries, query, synonyms};

/// The counts of a result as the oracle gives them, for values that anything was found with.
fn counts(found: &Found) -> BTreeMap<(Facet, String), u32> {
    let facets = found.facets.iter();
    facets
        .flat_map(|(facet, values)| {
            let counted = values.iter().filter(|value| value.count > 0);
            counted.map(|value| ((*facet, value.value.clone()), value.count))
        })
        .collect()
}

fn agrees(found: &Found, entries: &[Entry], query: &Query) -> Result<(), TestCaseError> {
    let expected = expected(entries, query);
    let results = found
        .hits
        .iter()
        .map(|hit| (hit.id.clone(), (hit.band == Band::Near, hit.metres)))
        .collect::<BTreeMap<_, _>>();
    prop_assert_eq!(&results, &expected.found);
    prop_assert_eq!(found.total, results.len());
    prop_assert_eq!(found.near + found.elsewhere, found.total);
    prop_assert_eq!(found.understood.matched, expected.matched);
    let mut should = expected.counts;
    let key = (Facet::Council, "everywhere".to_owned());
    let everywhere = should.remove(&key).unwrap_or(0);
    let chosen = query
        .chosen
        .iter()
        .filter(|choice| choice.facet == Facet::Council);
    for choice in chosen {
        should
            .entry((Facet::Council, choice.value.clone()))
            .or_default();
    }
    for ((facet, _), count) in &mut should {
        if *facet == Facet::Council {
            *count += everywhere;
        }
    }
    should.retain(|_, count| *count > 0);
    prop_assert_eq!(counts(found), should);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn results_and_counts_are_those_of_the_oracle(
        entries in entries(),
        query in query(),
        threads in 1_usize..4,
    ) {
        let index = Index::build(&entries, synonyms(), threads);
        let found = index.find(&query).map_err(|error| TestCaseError::fail(error.to_string()))?;
        agrees(&found, &entries, &query)?;
    }

    #[test]
    fn changes_leave_what_building_anew_makes(
        before in entries(),
        after in entries(),
        removed in prop::collection::vec(0_u8..16, 0..6),
        query in query(),
        clears in any::<bool>(),
    ) {
        let mut index = Index::build(&before, synonyms(), 2);
        let mut all: Vec<Entry> = Vec::new();
        for entry in before {
            all.retain(|known| known.id != entry.id);
            all.push(entry);
        }
        for id in removed {
            let id = format!("id{id}");
            prop_assert_eq!(index.remove(&id), all.iter().any(|entry| entry.id == id));
            all.retain(|entry| entry.id != id);
        }
        for entry in after {
            index.upsert(&entry);
            all.retain(|known| known.id != entry.id);
            all.push(entry);
        }
        prop_assert_eq!(index.len(), all.len());
        if clears {
            index.clear_out();
        }
        let anew = Index::build(&all, synonyms(), 1);
        prop_assert_eq!(index.find(&query), anew.find(&query));
    }

    #[test]
    fn the_order_of_entries_does_not_matter(
        entries in entries(),
        query in query(),
        turn in 0_usize..14,
    ) {
        let mut distinct = entries;
        distinct.sort_by(|one, other| one.id.cmp(&other.id));
        distinct.dedup_by(|one, other| one.id == other.id);
        let one = Index::build(&distinct, synonyms(), 1).find(&query);
        if !distinct.is_empty() {
            let by = turn % distinct.len();
            distinct.rotate_left(by);
        }
        distinct.reverse();
        prop_assert_eq!(one, Index::build(&distinct, synonyms(), 2).find(&query));
    }

    #[test]
    fn results_are_in_order_and_pages_join(entries in entries(), query in query(), size in 1_usize..5) {
        let index = Index::build(&entries, synonyms(), 1);
        let all = index.find(&query).map_err(|error| TestCaseError::fail(error.to_string()))?;
        for pair in all.hits.windows(2) {
            if let [one, other] = pair {
                if query.place.is_some() {
                    prop_assert!(one.band <= other.band);
                    let metres = |metres: Option<f64>| metres.unwrap_or(f64::INFINITY);
                    prop_assert!(one.band < other.band || metres(one.metres) <= metres(other.metres));
                } else {
                    prop_assert!(one.score >= other.score);
                }
            }
        }
        let mut joined = Vec::new();
        for page in 0..all.total.div_ceil(size) {
            let query = Query { skip: page * size, take: size, ..query.clone() };
            let found = index.find(&query).map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert_eq!(found.total, all.total);
            joined.extend(found.hits);
        }
        prop_assert_eq!(joined, all.hits);
    }

    #[test]
    fn slips_of_the_finger_are_forgiven(
        word in prop::sample::select(&WORDS[..]),
        slips in prop::collection::vec((0_u8..4, 0_usize..12, prop::char::range('a', 'z')), 1..3),
    ) {
        let entries: Vec<Entry> = (0..).zip(WORDS).map(|(at, word)| Entry {
            id: format!("{at:02}"),
            name: word.to_owned(),
            ..Entry::default()
        }).collect();
        let index = Index::build(&entries, synonyms(), 1);
        let mut letters: Vec<char> = word.chars().collect();
        let most = if letters.len() >= 8 { 2 } else { 1 };
        // Two slips that touch each other may be three.
        for (nth, (kind, at, letter)) in slips.into_iter().take(most).enumerate() {
            let at = if nth == 0 { at % 3 } else { letters.len() - 2 + at % 2 };
            match kind {
                0 => letters.insert(at, letter),
                1 if letters.len() > 4 => { letters.remove(at); }
                2 => { if let Some(place) = letters.get_mut(at) { *place = letter; } }
                _ => { if at + 1 < letters.len() { letters.swap(at, at + 1); } }
            }
        }
        let typed: String = letters.into_iter().collect();
        prop_assume!(typed.len() >= 4 && (typed.len() >= 8 || most == 1));
        // Something after it, so that it is not read as the beginning of a word.
        let words = format!("{typed} {word}x9");
        let found = index
            .find(&Query { words, ..Query::default() })
            .map_err(|error| TestCaseError::fail(error.to_string()))?;
        let first = found.understood.words.first();
        let is_read = match first.map(|word| &word.reading) {
            Some(Reading::AsTyped) => WORDS.iter().any(|known| known.starts_with(&typed) || typed.starts_with(known)),
            Some(Reading::Corrected(words)) => words.iter().any(|read| read == word),
            Some(Reading::Common) => true,
            _ => false,
        };
        prop_assert!(is_read, "{} for {}: {:?}", typed, word, first);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// A search without words through many entries is shared among threads: copies must count as often as there are.
    #[test]
    fn copies_are_counted_as_often_as_there_are(entries in entries(), query in query()) {
        const COPIES: u32 = 2_000;
        let query = Query { words: String::new(), take: 10, ..query };
        let once: BTreeMap<&str, &Entry> = entries.iter().map(|entry| (entry.id.as_str(), entry)).collect();
        let copies: Vec<Entry> = (0..COPIES)
            .flat_map(|copy| once.values().map(move |entry| Entry {
                id: format!("{}-{copy}", entry.id),
                ..Entry::clone(entry)
            }))
            .collect();
        let few = Index::build(&entries, synonyms(), 1).find(&query).unwrap();
        let many = Index::build(&copies, synonyms(), 1).find(&query).unwrap();
        prop_assert_eq!(many.total, few.total * usize::try_from(COPIES).unwrap());
        let expected: BTreeMap<_, _> = counts(&few).into_iter().map(|(value, count)| (value, count * COPIES)).collect();
        prop_assert_eq!(counts(&many), expected);
    }
}

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;

use super::merge;
use crate::Values;

const FIELDS: [&str; 4] = ["a", "b", "c", "d"];

/// What somebody does: from which earlier version they began, and what they write into which fields. An empty text
/// empties a field.
#[derive(Debug, Clone)]
struct Edit {
    seen: prop::sample::Index,
    writes: BTreeMap<usize, &'static str>,
}

fn edits(most: usize) -> impl Strategy<Value = Vec<Edit>> {
    let text = prop::sample::select(vec!["", "x", "y", "z"]);
    let writes = prop::collection::btree_map(0..FIELDS.len(), text, 0..=3);
    let edit = (any::<prop::sample::Index>(), writes);
    vec(
        edit.prop_map(|(seen, writes)| Edit { seen, writes }),
        1..=most,
    )
}

fn written(base: &Values, writes: &BTreeMap<usize, &str>) -> Values {
    let mut values = base.clone();
    for (field, text) in writes {
        values.set(FIELDS[*field], text);
    }
    values
}

proptest! {
    /// However changes interleave: a field that its author changed holds what they wrote, any other holds what it held;
    /// and what somebody wrote is never written over by somebody who had not seen it.
    #[test]
    fn nothing_is_lost_and_nothing_unseen_is_written_over(edits in edits(12)) {
        let mut history = vec![Values::default()];
        for edit in edits {
            let base = edit.seen.get(&history).clone();
            let latest = history.last().unwrap().clone();
            let mine = written(&base, &edit.writes);
            let clashing: Vec<&str> = FIELDS
                .into_iter()
                .filter(|field| {
                    let (was, now, wanted) = (base.get(field), latest.get(field), mine.get(field));
                    was != now && was != wanted && now != wanted
                })
                .collect();
            match merge(&base, &latest, &mine) {
                Err(told) => prop_assert_eq!(told, clashing),
                Ok((merged, theirs)) => {
                    prop_assert!(clashing.is_empty());
                    for field in FIELDS {
                        let changed = mine.get(field) != base.get(field);
                        let expected = if changed { mine.get(field) } else { latest.get(field) };
                        prop_assert_eq!(merged.get(field), expected);
                        let is_theirs = latest.get(field) != base.get(field) && !changed;
                        prop_assert_eq!(theirs.iter().any(|name| name == field), is_theirs);
                    }
                    history.push(merged);
                }
            }
        }
    }

    /// People who each change fields of their own all find in the end what they wrote last, whichever versions they began
    /// from and in whatever order they save.
    #[test]
    fn changes_of_different_fields_are_all_kept(
        order in Just((0..FIELDS.len()).collect::<Vec<_>>()).prop_shuffle(),
        again in vec(0..FIELDS.len(), 0..8),
        seen in vec(any::<prop::sample::Index>(), 12),
    ) {
        let mut history = vec![Values::default()];
        let mut last: BTreeMap<usize, (usize, String)> = BTreeMap::new();
        for (step, author) in order.into_iter().chain(again).enumerate() {
            // Somebody has seen their own last change at least.
            let own = last.get(&author).map_or(0, |(version, _)| *version);
            let base = own + seen[step].index(history.len() - own);
            let text = format!("{author} at {step}");
            let mut mine = history[base].clone();
            mine.set(FIELDS[author], &text);
            let latest = history.last().unwrap().clone();
            let (merged, _) = merge(&history[base], &latest, &mine).unwrap();
            history.push(merged);
            last.insert(author, (history.len() - 1, text));
        }
        let end = history.last().unwrap();
        for (author, (_, text)) in last {
            prop_assert_eq!(end.get(FIELDS[author]), text);
        }
    }
}

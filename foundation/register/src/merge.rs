//! Two people change one entry: what each did to other fields than the other stays.

use std::collections::BTreeSet;

use crate::Values;

/// Joins two changes of one state: `mine` and `latest` both began as `before`. Gives the joined values and
/// the fields that only `latest` changed; or, as an error, the fields that both changed differently.
///
/// # Errors
/// The fields in which the two contradict each other.
pub fn merge(
    before: &Values,
    latest: &Values,
    mine: &Values,
) -> Result<(Values, Vec<String>), Vec<String>> {
    let names: BTreeSet<&str> = [before, latest, mine]
        .into_iter()
        .flat_map(|values| values.iter().map(|(name, _)| name))
        .collect();
    let mut merged = Values::default();
    let (mut theirs, mut clash) = (Vec::new(), Vec::new());
    for name in names {
        let (was, now, wanted) = (before.get(name), latest.get(name), mine.get(name));
        let (they, i) = (now != was, wanted != was);
        if they && i && now != wanted {
            clash.push(name.to_owned());
        }
        if they && !i {
            theirs.push(name.to_owned());
        }
        merged.set(name, if i { wanted } else { now });
    }
    if clash.is_empty() {
        Ok((merged, theirs))
    } else {
        Err(clash)
    }
}

#[cfg(test)]
mod tests;

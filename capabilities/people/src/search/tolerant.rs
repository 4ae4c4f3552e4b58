//! Finding people whose names are near what was typed, when too few are called exactly so.

use std::collections::BTreeMap;

use stour_database::{Result, Transaction};
use stour_kernel::PersonId;

use super::closeness::{closeness, is_match};
use super::dictionary::{Near, near};
use super::near::Typed;
use super::query::Query;
use super::store::{Filters, Found, Lines, Range, Scope, among_known, entries, knows_few, read};
use super::word;

/// The most entries that are looked at.
const MOST: i64 = 20_000;

/// A name as typed, and the words that are near it.
struct Name {
    typed: Typed,
    near: Vec<Near>,
}

impl Name {
    /// How far the nearest of a person's words is.
    fn distance(&self, line: &str) -> Option<usize> {
        let of = |word: &str| {
            if word.starts_with(self.typed.word()) {
                return Some(0);
            }
            let near = self.near.iter().find(|near| near.word == word)?;
            Some(near.distance)
        };
        word::words(line).filter_map(of).min()
    }

    /// The ranges of words that it may be.
    fn ranges(&self) -> Vec<Range> {
        let near = self.near.iter().map(|near| Range::is(&near.word));
        [Range::starts(self.typed.word())]
            .into_iter()
            .chain(near)
            .collect()
    }
}

/// People of whom everything in the query is true but the spelling of a name, at most `limit` of them, the
/// nearest first. Those of whom it is true as typed are left out: [`search`](super::search) finds them.
pub fn search_near(
    tx: &mut Transaction<'_>,
    query: &Query,
    scope: &Scope,
    limit: usize,
) -> Result<Found> {
    let nobody = Found {
        people: Vec::new(),
        more: false,
    };
    if query.names.is_empty() || query.number.is_some() {
        return Ok(nobody);
    }
    let typed: Vec<Typed> = query.names.iter().map(|name| Typed::new(name)).collect();
    let near = near(tx, &typed)?;
    let names = typed.into_iter().zip(near);
    let names: Vec<Name> = names.map(|(typed, near)| Name { typed, near }).collect();
    let mut ranked: Vec<_> = candidates(tx, query, &names, scope)?
        .into_iter()
        .filter_map(|(person, line)| {
            let distances: Option<Vec<usize>> =
                names.iter().map(|name| name.distance(&line)).collect();
            let far: usize = distances?.iter().sum();
            (far > 0).then(|| (far, closeness(query, &line), person))
        })
        .collect();
    ranked.sort();
    let more = ranked.len() > limit;
    ranked.truncate(limit);
    Ok(Found {
        people: ranked.into_iter().map(|(_, _, person)| person).collect(),
        more,
    })
}

/// Those of whom at least the rarest thing in the query is true, and the date of birth and postcode.
fn candidates(
    tx: &mut Transaction<'_>,
    query: &Query,
    names: &[Name],
    scope: &Scope,
) -> Result<BTreeMap<PersonId, String>> {
    let mut lines = Lines::new();
    let rest = Query {
        names: Vec::new(),
        ..query.clone()
    };
    if let Scope::KnownTo(organisation) = scope
        && knows_few(tx, organisation)?
    {
        among_known(tx, organisation, &rest, &mut lines)?;
        return Ok(lines);
    }
    let mut choices: Vec<Vec<Range>> = names.iter().map(Name::ranges).collect();
    choices.extend(query.born.iter().map(|born| vec![Range::starts(born)]));
    if !query.postcode.is_empty() {
        choices.push(
            query
                .postcode
                .iter()
                .map(|word| Range::starts(word))
                .collect(),
        );
    }
    let mut best: Option<(i64, Vec<Range>)> = None;
    for ranges in choices {
        let mut count = 0;
        for range in &ranges {
            count += entries(tx, range)?;
        }
        if best.as_ref().is_none_or(|(least, _)| count < *least) {
            best = Some((count, ranges));
        }
    }
    let filters = Filters::none();
    let mut left = MOST;
    for range in best.iter().flat_map(|(_, ranges)| ranges) {
        let mut found = Lines::new();
        left -= read(tx, range, &filters, scope, left, &mut found)?;
        lines.extend(found.into_iter().filter(|(_, line)| is_match(&rest, line)));
        if left <= 0 {
            break;
        }
    }
    Ok(lines)
}

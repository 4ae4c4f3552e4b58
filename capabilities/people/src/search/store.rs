//! Finding people: one range of one index, chosen as the one that holds least.

use std::collections::BTreeMap;

use stour_database::{Result, Transaction, params, sql};
use stour_kernel::{OdsCode, PersonId};

use super::closeness::{closeness, is_match};
use super::query::Query;

/// Counting beyond this many entries costs more than knowing the number is worth.
const COUNTED: i64 = 8_000;

/// An organisation that knows fewer people than this is searched person by person.
const FEW: i64 = 2_000;

/// Among whom to look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// Everybody.
    Everybody,
    /// Those whom an organisation looks after, or has told us of.
    KnownTo(OdsCode),
}

/// Who was found, the nearest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// At most as many people as were asked for.
    pub people: Vec<PersonId>,
    /// There are others; those whose names are exactly what was typed are among the first.
    pub more: bool,
}

/// One thing that must be true: one of the person's words lies in one of these ranges.
struct Term {
    ranges: Vec<Range>,
}

pub(super) struct Range {
    low: String,
    high: String,
    pattern: String,
}

impl Range {
    pub(super) fn starts(prefix: &str) -> Self {
        Self {
            low: prefix.to_owned(),
            high: format!("{prefix}\u{10FFFF}"),
            pattern: format!("% {prefix}%"),
        }
    }

    pub(super) fn is(word: &str) -> Self {
        Self {
            low: word.to_owned(),
            high: format!("{word}\u{1}"),
            pattern: format!("% {word} %"),
        }
    }
}

/// People of whom everything in the query is true, at most `limit` of them.
///
/// Where an organisation knows few, they are looked at one by one. Otherwise it reads, with the words of the person in each entry, the range of the word that the fewest
/// people share, first for names that are exactly as typed, then for names that start so.
pub fn search(
    tx: &mut Transaction<'_>,
    query: &Query,
    scope: &Scope,
    limit: usize,
) -> Result<Found> {
    let mut lines = BTreeMap::new();
    if let Some(number) = &query.number {
        by_number(tx, number, query, scope, &mut lines)?;
    } else if let Scope::KnownTo(organisation) = scope
        && knows_few(tx, organisation)?
    {
        among_known(tx, organisation, query, &mut lines)?;
    } else {
        if !query.names.is_empty() {
            by_words(tx, &terms(query, Range::is), scope, limit, &mut lines)?;
        }
        if lines.len() <= limit {
            by_words(tx, &terms(query, Range::starts), scope, limit, &mut lines)?;
        }
    }
    if let (true, Some(number)) = (lines.is_empty(), &query.number_instead) {
        let query = Query {
            postcode: Vec::new(),
            ..query.clone()
        };
        by_number(tx, number, &query, scope, &mut lines)?;
    }
    let more = lines.len() > limit;
    let mut ranked: Vec<_> = lines
        .into_iter()
        .map(|(person, line)| (closeness(query, &line), person))
        .collect();
    ranked.sort();
    ranked.truncate(limit);
    Ok(Found {
        people: ranked.into_iter().map(|(_, person)| person).collect(),
        more,
    })
}

fn terms(query: &Query, name: fn(&str) -> Range) -> Vec<Term> {
    let mut terms: Vec<Term> = query
        .names
        .iter()
        .map(|word| Term {
            ranges: vec![name(word)],
        })
        .collect();
    if let Some(born) = &query.born {
        terms.push(Term {
            ranges: vec![Range::starts(born)],
        });
    }
    if !query.postcode.is_empty() {
        terms.push(Term {
            ranges: query
                .postcode
                .iter()
                .map(|word| Range::starts(word))
                .collect(),
        });
    }
    terms
}

pub(super) type Lines = BTreeMap<PersonId, String>;

/// What must be true of a person's words besides the range that is read. `%` asks for nothing.
pub(super) struct Filters<'t> {
    /// Six names and a date of birth.
    each: [&'t str; 7],
    /// The two ways to read a postcode typed without its space.
    either: [&'t str; 2],
}

impl Filters<'_> {
    pub(super) const fn none() -> Self {
        Self {
            each: ["%"; 7],
            either: ["%"; 2],
        }
    }
}

fn by_words(
    tx: &mut Transaction<'_>,
    terms: &[Term],
    scope: &Scope,
    limit: usize,
    found: &mut Lines,
) -> Result<()> {
    let Some(rarest) = rarest(tx, terms)? else {
        return Ok(());
    };
    let mut filters = Filters::none();
    let mut slots = filters.each.iter_mut();
    for (place, term) in terms.iter().enumerate() {
        match term.ranges.as_slice() {
            _ if place == rarest => {}
            [one, .., other] => filters.either = [&one.pattern, &other.pattern],
            [one] => {
                if let Some(slot) = slots.next() {
                    *slot = &one.pattern;
                }
            }
            [] => {}
        }
    }
    for range in terms.get(rarest).map_or(&[][..], |term| &term.ranges) {
        in_range(tx, range, &filters, scope, limit, found)?;
    }
    Ok(())
}

/// The place of the term whose ranges hold fewest entries.
fn rarest(tx: &mut Transaction<'_>, terms: &[Term]) -> Result<Option<usize>> {
    if terms.len() < 2 {
        return Ok((!terms.is_empty()).then_some(0));
    }
    let mut best: Option<((i64, usize, u8), usize)> = None;
    for (place, term) in terms.iter().enumerate() {
        let mut count = 0;
        for range in &term.ranges {
            count += entries(tx, range)?;
        }
        let prefix = term.ranges.first().map_or("", |range| range.low.as_str());
        let key = (
            count.min(COUNTED),
            usize::MAX - prefix.len(),
            commonness(prefix),
        );
        if best.is_none_or(|(known, _)| key < known) {
            best = Some((key, place));
        }
    }
    Ok(best.map(|(_, place)| place))
}

/// How many entries a range holds, as far as they are counted.
pub(super) fn entries(tx: &mut Transaction<'_>, range: &Range) -> Result<i64> {
    // The order keeps PostgreSQL to the index: without it, a table not yet vacuumed is read whole.
    tx.one(
        sql!(
            "SELECT count(*) FROM
             (SELECT 1 AS one FROM person_word WHERE word >= $1 AND word < $2 ORDER BY word LIMIT $3) AS entry"
        ),
        params![range.low, range.high, COUNTED],
        |row| row.get(0),
    )
}

/// How common names with this initial are, for choosing between two that are too common to count.
fn commonness(prefix: &str) -> u8 {
    const RAREST_FIRST: &[u8] = b"xqzuyoivnkftelgpwhcrdabsmj";
    let initial = prefix.bytes().next().unwrap_or_default();
    let place = RAREST_FIRST.iter().position(|letter| *letter == initial);
    place
        .and_then(|place| u8::try_from(place).ok())
        .unwrap_or(0)
}

fn in_range(
    tx: &mut Transaction<'_>,
    range: &Range,
    filters: &Filters<'_>,
    scope: &Scope,
    limit: usize,
    found: &mut Lines,
) -> Result<()> {
    // Somebody with two words in the range is read twice, so a full answer may hold too few people.
    let mut rows = i64::try_from(limit)
        .unwrap_or(i64::MAX / 4)
        .saturating_add(1);
    loop {
        let read = read(tx, range, filters, scope, rows, found)?;
        if read < rows || found.len() > limit {
            return Ok(());
        }
        rows = rows.saturating_mul(2);
    }
}

pub(super) fn read(
    tx: &mut Transaction<'_>,
    range: &Range,
    filters: &Filters<'_>,
    scope: &Scope,
    rows: i64,
    found: &mut Lines,
) -> Result<i64> {
    let [one, two, three, four, five, six, seven] = filters.each;
    let [either, or] = filters.either;
    let (low, high) = (range.low.as_str(), range.high.as_str());
    let mut count = 0;
    let mut visit = |row: &stour_database::Row<'_>| {
        count += 1;
        found.insert(row.get(0)?, row.get(1)?);
        Ok(())
    };
    match scope {
        Scope::Everybody => tx.each(
            sql!(
                "SELECT person, words FROM person_word
                 WHERE word >= $1 AND word < $2
                   AND words LIKE $3 AND words LIKE $4 AND words LIKE $5 AND words LIKE $6
                   AND words LIKE $7 AND words LIKE $8 AND words LIKE $9
                   AND (words LIKE $10 OR words LIKE $11)
                 ORDER BY word, person LIMIT $12"
            ),
            params![
                low, high, one, two, three, four, five, six, seven, either, or, rows
            ],
            &mut visit,
        )?,
        Scope::KnownTo(organisation) => tx.each(
            sql!(
                "SELECT w.person, w.words FROM person_word w
                 WHERE w.word >= $1 AND w.word < $2
                   AND w.words LIKE $3 AND w.words LIKE $4 AND w.words LIKE $5 AND w.words LIKE $6
                   AND w.words LIKE $7 AND w.words LIKE $8 AND w.words LIKE $9
                   AND (w.words LIKE $10 OR w.words LIKE $11)
                   AND EXISTS (SELECT 1 FROM person_known_to k
                               WHERE k.organisation = $13 AND k.until IS NULL
                                 AND k.person IN (SELECT g.id FROM person g
                                                  WHERE g.id = w.person OR g.survivor = w.person))
                 ORDER BY w.word, w.person LIMIT $12"
            ),
            params![
                low,
                high,
                one,
                two,
                three,
                four,
                five,
                six,
                seven,
                either,
                or,
                rows,
                organisation
            ],
            &mut visit,
        )?,
    }
    Ok(count)
}

pub(super) fn knows_few(tx: &mut Transaction<'_>, organisation: &OdsCode) -> Result<bool> {
    let known = tx.one(
        sql!(
            "SELECT count(*) FROM
             (SELECT 1 AS one FROM person_known_to WHERE organisation = $1 ORDER BY person LIMIT $2) AS entry"
        ),
        params![organisation, FEW],
        |row| row.get::<i64>(0),
    )?;
    Ok(known < FEW)
}

pub(super) fn among_known(
    tx: &mut Transaction<'_>,
    organisation: &OdsCode,
    query: &Query,
    found: &mut Lines,
) -> Result<()> {
    tx.each(
        sql!(
            "SELECT w.person, min(w.words) FROM person_known_to k
             JOIN person p ON p.id = k.person
             JOIN person_word w ON w.person = COALESCE(p.survivor, p.id)
             WHERE k.organisation = $1 AND k.until IS NULL GROUP BY w.person"
        ),
        params![organisation],
        |row| {
            let line: String = row.get(1)?;
            if is_match(query, &line) {
                found.insert(row.get(0)?, line);
            }
            Ok(())
        },
    )
}

fn by_number(
    tx: &mut Transaction<'_>,
    number: &str,
    query: &Query,
    scope: &Scope,
    found: &mut Lines,
) -> Result<()> {
    // Two statements, so that no planner without statistics reads the table of words for one number.
    let people = tx.rows(
        sql!("SELECT DISTINCT person FROM person_identifier WHERE value = $1"),
        params![number],
        |row| row.get::<PersonId>(0),
    )?;
    for person in people {
        let line = tx.optional(
            sql!("SELECT words FROM person_word WHERE person = $1 LIMIT 1"),
            params![person],
            |row| row.get::<String>(0),
        )?;
        let line = line.unwrap_or_default();
        let is_in_scope = match scope {
            Scope::Everybody => true,
            Scope::KnownTo(organisation) => is_known_to(tx, person, organisation)?,
        };
        if is_in_scope && is_match(query, &line) {
            found.insert(person, line);
        }
    }
    Ok(())
}

fn is_known_to(tx: &mut Transaction<'_>, person: PersonId, organisation: &OdsCode) -> Result<bool> {
    let known = tx.optional(
        sql!(
            "SELECT 1 FROM person_known_to WHERE organisation = $1 AND until IS NULL
               AND person IN (SELECT g.id FROM person g WHERE g.id = $2 OR g.survivor = $2)"
        ),
        params![organisation, person],
        |_| Ok(()),
    )?;
    Ok(known.is_some())
}

//! The queue of reviews, as one reviewer may see it.
//!
//! Pairs in which nobody is restricted and nobody objects to sharing are decided alike for all of them, so
//! the database counts those. The few others are decided on one by one, and neither counted nor listed
//! for somebody who may not see both sides.

use std::collections::{BTreeMap, BTreeSet};

use stour_access::PersonFacts;
use stour_database::{Cursor, Error, PageSize, Row, Transaction, params, sql};
use stour_kernel::{Date, OdsCode, PersonId, Timestamp, UserId, london_date};
use stour_web::{Caller, Problem};

use super::{ReviewId, ReviewKind, ReviewState, asking};
use crate::person::facts_for_access_all;

/// What of the queue is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    pub(crate) state: Option<ReviewState>,
    pub(crate) kind: Option<ReviewKind>,
    pub(crate) source: Option<OdsCode>,
    /// Due before this day.
    pub(crate) due_before: Option<Date>,
}

/// A review that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) id: ReviewId,
    pub(crate) kind: ReviewKind,
    /// Both sides as they stand now.
    pub(crate) person: PersonId,
    pub(crate) candidate: PersonId,
    pub(crate) source: OdsCode,
    pub(crate) rule: String,
    pub(crate) state: ReviewState,
    pub(crate) opened_at: Timestamp,
    pub(crate) due: Date,
    /// A second opinion is wanted, and the one who looks gave the first.
    pub(crate) mine: bool,
    /// Two people have answered, and they differ.
    pub(crate) disputed: bool,
}

impl Entry {
    /// Where the queue goes on after this one.
    pub(crate) fn cursor(&self) -> Cursor {
        Cursor::after([self.due.to_string(), self.id.to_string()])
    }
}

/// Some of the queue, and where the rest begins.
pub(crate) struct Listed {
    pub(crate) entries: Vec<Entry>,
    pub(crate) facts: Vec<PersonFacts>,
    pub(crate) next: Option<Cursor>,
}

/// How many pages of rows are looked at for one page that is shown.
const ROUNDS: usize = 40;

/// A page of what waits, by the day it is due. The audit must have the people before they are shown.
pub(crate) async fn list(
    caller: &Caller,
    filter: &Filter,
    mut from: Option<Cursor>,
    size: PageSize,
) -> Result<Listed, Problem> {
    let wanted = usize::try_from(size.with_one_more()).unwrap_or(usize::MAX);
    let (mut entries, mut facts) = (Vec::new(), BTreeMap::new());
    for _ in 0..ROUNDS {
        let (filter, user, begin) = (filter.clone(), caller.actor().user, from.clone());
        let database = caller.house().database();
        let read = database.read(move |tx| {
            let rows = rows(tx, &filter, user, begin.as_ref(), size)?;
            let people: BTreeSet<PersonId> = rows
                .iter()
                .flat_map(|entry| [entry.person, entry.candidate])
                .collect();
            let people: Vec<PersonId> = people.into_iter().collect();
            Ok::<_, Problem>((rows, facts_for_access_all(tx, &people)?))
        });
        let (rows, known) = read.await?;
        let is_last = rows.len() < wanted;
        from = rows.last().map(Entry::cursor);
        let seen: BTreeMap<PersonId, PersonFacts> = known
            .into_iter()
            .filter(|facts| asking::may(caller, facts))
            .map(|facts| (facts.id, facts))
            .collect();
        for entry in rows {
            if let (Some(one), Some(other)) = (seen.get(&entry.person), seen.get(&entry.candidate))
            {
                facts.insert(one.id, one.clone());
                facts.insert(other.id, other.clone());
                entries.push(entry);
            }
        }
        if is_last || entries.len() >= wanted {
            break;
        }
    }
    let page = stour_database::Page::cut(entries, size, Entry::cursor);
    let shown: BTreeSet<PersonId> = page
        .items
        .iter()
        .flat_map(|entry| [entry.person, entry.candidate])
        .collect();
    Ok(Listed {
        entries: page.items,
        facts: facts
            .into_values()
            .filter(|facts| shown.contains(&facts.id))
            .collect(),
        next: page.next,
    })
}

fn rows(
    tx: &mut Transaction<'_>,
    filter: &Filter,
    user: UserId,
    from: Option<&Cursor>,
    size: PageSize,
) -> Result<Vec<Entry>, Problem> {
    let [due, id] = match from {
        Some(cursor) => cursor.parts::<2>()?.clone(),
        None => [String::new(), String::new()],
    };
    let text = |value: Option<String>| value.unwrap_or_default();
    Ok(tx.rows(
        sql!(
            "SELECT r.id, r.kind, COALESCE(p.survivor, p.id), COALESCE(c.survivor, c.id), r.source, r.rule, r.state,
                    r.opened_at, r.due,
                    CASE WHEN r.state = 'second' AND EXISTS (
                        SELECT 1 FROM match_review_answer a WHERE a.review = r.id AND a.account = $1
                           AND a.number > COALESCE((SELECT max(m.number) FROM match_review_answer m
                                                    WHERE m.review = r.id AND m.answer = 'more'), 0)
                    ) THEN TRUE ELSE FALSE END,
                    CASE WHEN r.state = 'second' AND 1 < (
                        SELECT count(DISTINCT a.answer) FROM match_review_answer a WHERE a.review = r.id
                           AND a.number > COALESCE((SELECT max(m.number) FROM match_review_answer m
                                                    WHERE m.review = r.id AND m.answer = 'more'), 0)
                    ) THEN TRUE ELSE FALSE END
             FROM match_review r
             JOIN person p ON p.id = r.person
             JOIN person c ON c.id = r.candidate
             WHERE r.closed_at IS NULL
               AND (r.kind = 'quality' OR COALESCE(p.survivor, p.id) <> COALESCE(c.survivor, c.id))
               AND (CAST($2 AS TEXT) = '' OR r.state = $2)
               AND (CAST($3 AS TEXT) = '' OR r.kind = $3)
               AND (CAST($4 AS TEXT) = '' OR r.source = $4)
               AND (CAST($5 AS TEXT) = '' OR r.due < $5)
               AND (r.due > $6 OR (r.due = $6 AND r.id > $7))
             ORDER BY r.due, r.id LIMIT $8"
        ),
        params![
            user,
            text(filter.state.map(|state| state.to_string())),
            text(filter.kind.map(|kind| kind.to_string())),
            text(filter.source.map(|source| source.to_string())),
            text(filter.due_before.map(|day| day.to_string())),
            due,
            id,
            size.with_one_more(),
        ],
        entry,
    )?)
}

fn entry(row: &Row<'_>) -> Result<Entry, Error> {
    Ok(Entry {
        id: row.get(0)?,
        kind: row.get(1)?,
        person: row.get(2)?,
        candidate: row.get(3)?,
        source: row.get(4)?,
        rule: row.get(5)?,
        state: row.get(6)?,
        opened_at: row.get(7)?,
        due: row.get(8)?,
        mine: row.get(9)?,
        disputed: row.get(10)?,
    })
}

/// How much waits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) all: i64,
    pub(crate) overdue: i64,
    /// Due within seven days from today.
    pub(crate) this_week: i64,
    pub(crate) second: i64,
    pub(crate) more: i64,
    /// Opened within the last seven days, the last 28, and before.
    pub(crate) ages: [i64; 3],
}

impl Counts {
    fn add(&mut self, waiting: Waiting, today: Date) {
        let count = waiting.count;
        let days = (waiting.due - today).get_days();
        let age = (today - waiting.opened).get_days();
        self.all += count;
        self.overdue += if days < 0 { count } else { 0 };
        self.this_week += if (0..=7).contains(&days) { count } else { 0 };
        match waiting.state {
            ReviewState::Second => self.second += count,
            ReviewState::More => self.more += count,
            _ => {}
        }
        let [new, middle, old] = &mut self.ages;
        *match age {
            ..7 => new,
            7..28 => middle,
            _ => old,
        } += count;
    }
}

/// So many reviews in one state, due on one day and opened on one.
#[derive(Debug, Clone, Copy)]
struct Waiting {
    state: ReviewState,
    due: Date,
    opened: Date,
    count: i64,
}

/// How much waits that the caller may see.
pub(crate) async fn counts(caller: &Caller) -> Result<Counts, Problem> {
    let (plain, special) = caller
        .house()
        .database()
        .read(|tx| Ok::<_, Problem>((plain(tx)?, special(tx)?)))
        .await?;
    let mut counts = Counts::default();
    for waiting in plain {
        counts.add(waiting, caller.today());
    }
    for (waiting, facts) in special {
        if facts.iter().all(|facts| asking::may(caller, facts)) {
            counts.add(waiting, caller.today());
        }
    }
    Ok(counts)
}

fn plain(tx: &mut Transaction<'_>) -> Result<Vec<Waiting>, Error> {
    tx.rows(
        sql!(
            "SELECT r.state, r.due, substr(r.opened_at, 1, 10), count(*)
             FROM match_review r
             JOIN person p ON p.id = r.person
             JOIN person c ON c.id = r.candidate
             WHERE r.closed_at IS NULL
               AND (r.kind = 'quality' OR COALESCE(p.survivor, p.id) <> COALESCE(c.survivor, c.id))
               AND NOT EXISTS (
                   SELECT 1 FROM person g
                   WHERE (g.id IN (COALESCE(p.survivor, p.id), COALESCE(c.survivor, c.id))
                          OR g.survivor IN (COALESCE(p.survivor, p.id), COALESCE(c.survivor, c.id)))
                     AND (g.restricted = TRUE OR g.objection = TRUE))
             GROUP BY r.state, r.due, substr(r.opened_at, 1, 10)"
        ),
        params![],
        |row| {
            Ok(Waiting {
                state: row.get(0)?,
                due: row.get(1)?,
                opened: row.get(2)?,
                count: row.get(3)?,
            })
        },
    )
}

fn special(tx: &mut Transaction<'_>) -> Result<Vec<(Waiting, Vec<PersonFacts>)>, Error> {
    let found = tx.rows(
        sql!(
            "SELECT r.state, r.due, r.opened_at, COALESCE(p.survivor, p.id), COALESCE(c.survivor, c.id)
             FROM match_review r
             JOIN person p ON p.id = r.person
             JOIN person c ON c.id = r.candidate
             WHERE r.closed_at IS NULL
               AND (r.kind = 'quality' OR COALESCE(p.survivor, p.id) <> COALESCE(c.survivor, c.id))
               AND EXISTS (
                   SELECT 1 FROM person g
                   WHERE (g.id IN (COALESCE(p.survivor, p.id), COALESCE(c.survivor, c.id))
                          OR g.survivor IN (COALESCE(p.survivor, p.id), COALESCE(c.survivor, c.id)))
                     AND (g.restricted = TRUE OR g.objection = TRUE))"
        ),
        params![],
        |row| {
            let waiting = Waiting {
                state: row.get(0)?,
                due: row.get(1)?,
                opened: london_date(row.get(2)?),
                count: 1,
            };
            Ok((waiting, row.get::<PersonId>(3)?, row.get::<PersonId>(4)?))
        },
    )?;
    let people: BTreeSet<PersonId> = found
        .iter()
        .flat_map(|(_, one, other)| [*one, *other])
        .collect();
    let people: Vec<PersonId> = people.into_iter().collect();
    let facts: BTreeMap<PersonId, PersonFacts> = facts_for_access_all(tx, &people)?
        .into_iter()
        .map(|facts| (facts.id, facts))
        .collect();
    Ok(found
        .into_iter()
        .map(|(waiting, one, other)| {
            let both = [one, other].map(|id| facts.get(&id).cloned());
            (waiting, both.into_iter().flatten().collect())
        })
        .collect())
}

/// The organisations whose records wait, for the choice of one.
pub(crate) fn sources(tx: &mut Transaction<'_>) -> Result<Vec<OdsCode>, Error> {
    tx.rows(
        sql!("SELECT DISTINCT source FROM match_review WHERE closed_at IS NULL ORDER BY source"),
        params![],
        |row| row.get(0),
    )
}

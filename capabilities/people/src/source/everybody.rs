//! Everybody in memory, to be matched against, and the few whom a transaction has changed.
//!
//! The shared index holds committed lines alone, up to a sequence number. That nothing committed can turn up
//! below it later rests on `match_sequence`: whoever numbers lines changes its one row in the same
//! transaction, and so holds the row until it ends. On SQLite there is one writer. On PostgreSQL writers are
//! serialisable: of two that change the row at once, the second waits and then begins anew, so lines are
//! committed in the order of their numbers, also from several processes. For the same reason a transaction
//! that would store a line beside one that it cannot see yet begins anew too.

use std::collections::HashSet;
use std::mem;
use std::sync::mpsc::sync_channel;
use std::sync::{PoisonError, RwLock};
use std::thread;

use stour_database::{Database, Result, Row, Transaction, params, sql};
use stour_kernel::{OdsCode, PersonId};
use stour_linkage::{Decision, Found, Index, Matched, Model, Record, Rule};

use super::comparable::{Comparable, put};
use super::model::{Choice, chosen_after};
use crate::person::Demographics;

/// How many lines one transaction reads.
const AT_ONCE: i64 = 100_000;
/// How many of them are handed over together to be put in.
const TOGETHER: usize = 1_000;
/// How many times so many may wait to be put in.
const WAITING: usize = 8;

/// The committed lines in memory, beside their database.
#[derive(Debug)]
pub(crate) struct Everybody(RwLock<Known>);

#[derive(Debug)]
struct Known {
    index: Index<PersonId>,
    /// The sequence number of the last line that is in the index.
    last: i64,
    /// The choice of the model that matches; none of the built-in one.
    choice: Option<Choice>,
}

impl Default for Everybody {
    fn default() -> Self {
        Self(RwLock::new(Known {
            index: Index::new(Model::default()),
            last: 0,
            choice: None,
        }))
    }
}

impl Everybody {
    fn last(&self) -> i64 {
        self.0.read().unwrap_or_else(PoisonError::into_inner).last
    }

    /// Matches by the model that was chosen last.
    fn follow(&self, tx: &mut Transaction<'_>) -> Result<()> {
        let choice = self.0.read().unwrap_or_else(PoisonError::into_inner).choice;
        let chosen = chosen_after(tx, choice)?;
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        // Another may have followed a later choice meanwhile.
        if let Some((choice, model)) = chosen.filter(|(choice, _)| known.choice < Some(*choice)) {
            known.choice = Some(choice);
            if let Some(model) = model {
                known.index.set_model(model);
            }
        }
        Ok(())
    }

    /// Puts in lines that follow one another.
    fn put(&self, lines: &[Line]) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let known = &mut *known;
        for line in lines {
            // Another may have read the same lines meanwhile, and put later ones in since.
            if line.sequence <= known.last {
                continue;
            }
            for merged in put(&mut known.index, line.person, &line.text) {
                known.index.remove(&merged);
            }
            known.last = line.sequence;
        }
    }
}

/// A line as it is stored.
struct Line {
    person: PersonId,
    sequence: i64,
    text: String,
}

impl Line {
    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            person: row.get(0)?,
            sequence: row.get(1)?,
            text: row.get(2)?,
        })
    }
}

/// Brings the shared index up to what is committed; how many lines were new. A program that stores many
/// people and then matches calls it between transactions: until then those people are read from the
/// database for each decision, which is right but slow.
///
/// # Errors
/// Those of the database.
pub async fn catch_up(database: &Database) -> Result<usize> {
    let mut all = 0_usize;
    loop {
        let lines = database.read(some).await?;
        if lines == 0 {
            return Ok(all);
        }
        all = all.saturating_add(lines);
    }
}

/// [`catch_up`] for a thread of its own.
///
/// # Errors
/// Those of the database.
pub fn catch_up_blocking(database: &Database) -> Result<usize> {
    let mut all = 0_usize;
    loop {
        let lines = database.read_blocking(some)?;
        if lines == 0 {
            return Ok(all);
        }
        all = all.saturating_add(lines);
    }
}

/// How many people are in memory.
pub(crate) fn size(database: &Database) -> usize {
    let everybody = database.companion::<Everybody>();
    let known = everybody.0.read().unwrap_or_else(PoisonError::into_inner);
    known.index.len()
}

/// The choice of the model that matches; none of the built-in one.
pub(crate) fn choice(tx: &Transaction<'_>) -> Option<Choice> {
    let everybody = tx.companion::<Everybody>();
    let known = everybody.0.read().unwrap_or_else(PoisonError::into_inner);
    known.choice
}

/// A copy of everybody in memory, for work that takes longer than others may wait.
pub(crate) fn copy(database: &Database) -> Index<PersonId> {
    let everybody = database.companion::<Everybody>();
    let known = everybody.0.read().unwrap_or_else(PoisonError::into_inner);
    known.index.clone()
}

/// Puts the next lines into the shared index, and follows the choice of a model. A transaction that only
/// reads sees what is committed.
fn some(tx: &mut Transaction<'_>) -> Result<usize> {
    let everybody = tx.companion::<Everybody>();
    everybody.follow(tx)?;
    let mut lines = Vec::new();
    // Putting in is most of the work at the start: this thread reads on while another does it.
    thread::scope(|scope| {
        let mut other = None;
        let mut all = 0_usize;
        tx.each(
            sql!("SELECT person, sequence, line FROM match_entry WHERE sequence > $1 ORDER BY sequence LIMIT $2"),
            params![everybody.last(), AT_ONCE],
            |row| {
                all = all.saturating_add(1);
                lines.push(Line::read(row)?);
                if lines.len() >= TOGETHER {
                    let hand_over = other.get_or_insert_with(|| {
                        let (hand_over, handed) = sync_channel::<Vec<Line>>(WAITING);
                        let everybody = &everybody;
                        scope.spawn(move || handed.iter().for_each(|lines| everybody.put(&lines)));
                        hand_over
                    });
                    let full = mem::replace(&mut lines, Vec::with_capacity(TOGETHER));
                    // Nobody takes it only if the other thread has panicked, which the scope passes on.
                    drop(hand_over.send(full));
                }
                Ok(())
            },
        )?;
        match other {
            Some(hand_over) => drop(hand_over.send(mem::take(&mut lines))),
            None => everybody.put(&lines),
        }
        Ok(all)
    })
}

/// Decides whom a record is about, among all whom the transaction knows.
pub(crate) fn decide(tx: &mut Transaction<'_>, query: &Record<'_>) -> Result<Matched<PersonId>> {
    among_all(tx, |index, beside, changed| {
        index.decide_with(beside, |key| !changed.contains(key), query, |_| None)
    })
}

/// Whom a record would be linked with by what it says alone. Nothing is stored.
///
/// # Errors
/// Those of the database.
pub fn recognise(
    tx: &mut Transaction<'_>,
    who: &Demographics,
    source: OdsCode,
) -> Result<Option<PersonId>> {
    let matched = Comparable::new(who, source).record(|query| decide(tx, query))?;
    let best = matched.best.filter(|_| matched.decision == Decision::Link);
    Ok(best.map(|best| best.key))
}

/// Those who may be the person, the likeliest first, and from which probability on a pair is looked at, and
/// is one person.
pub(crate) fn find(
    tx: &mut Transaction<'_>,
    query: &Record<'_>,
) -> Result<(Vec<Found<PersonId>>, [f64; 2])> {
    among_all(tx, |index, beside, changed| {
        let thresholds = index.model().thresholds;
        let found = index.find_with(beside, |key| !changed.contains(key), query);
        (found, [thresholds.review, thresholds.link])
    })
}

/// How a record compares with one person alone; `None` for somebody without a line.
pub(crate) fn compare(
    tx: &mut Transaction<'_>,
    person: PersonId,
    query: &Record<'_>,
) -> Result<Option<(Found<PersonId>, Option<Rule>)>> {
    let line = tx.optional(
        sql!("SELECT line FROM match_entry WHERE person = $1"),
        params![person],
        |row| row.get::<String>(0),
    )?;
    let Some(line) = line else {
        return Ok(None);
    };
    let everybody = tx.companion::<Everybody>();
    let known = everybody.0.read().unwrap_or_else(PoisonError::into_inner);
    let mut alone = Index::new(known.index.model().clone());
    put(&mut alone, person, &line);
    alone.count_as(&known.index);
    Ok(alone.compare(&person, query))
}

/// Hands over the shared index, the people whose lines are newer than it, and those about whom it is out of
/// date by them: the transaction's own changes, and what was committed since it last caught up.
fn among_all<T>(
    tx: &mut Transaction<'_>,
    look: impl FnOnce(&Index<PersonId>, &Index<PersonId>, &HashSet<PersonId>) -> T,
) -> Result<T> {
    let everybody = tx.companion::<Everybody>();
    let known = everybody.0.read().unwrap_or_else(PoisonError::into_inner);
    let mut beside = Index::new(known.index.model().clone());
    let mut changed = HashSet::new();
    tx.each(
        sql!("SELECT person, sequence, line FROM match_entry WHERE sequence > $1"),
        params![known.last],
        |row| {
            let line = Line::read(row)?;
            changed.insert(line.person);
            changed.extend(put(&mut beside, line.person, &line.text));
            Ok(())
        },
    )?;
    beside.count_as(&known.index);
    Ok(look(&known.index, &beside, &changed))
}

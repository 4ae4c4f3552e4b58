//! Storing reviews and their answers.

use stour_database::{Error, Row, Transaction, Version, VersionError, params, sql};
use stour_kernel::{Environment, PersonId, UserId};
use thiserror::Error as ThisError;

use super::state::{Refusal, after};
use super::{
    Answer, Given, GivenAnswer, NewReview, PairAnswer, Review, ReviewId, ReviewKind, ReviewState,
    decide, decision_of, due,
};
use crate::merge::{merge, resolve};
use crate::person::{PeopleError, lift_restriction, version_of};
use crate::source::{Destination, move_record};

/// Why an answer was not kept.
#[derive(Debug, Clone, PartialEq, Eq, ThisError)]
pub(crate) enum ReviewError {
    /// There is no such review.
    #[error("there is no such review")]
    NotThere,
    /// Its state takes no such answer.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The people could not be joined or parted, or somebody changed the review or a person first.
    #[error(transparent)]
    People(#[from] PeopleError),
}

impl From<Error> for ReviewError {
    fn from(error: Error) -> Self {
        Self::People(error.into())
    }
}

impl From<VersionError> for ReviewError {
    fn from(error: VersionError) -> Self {
        Self::People(error.into())
    }
}

/// What a reviewer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewAnswer {
    pub(crate) answer: Answer,
    /// The code of the reason, from the list `match-decision-reason`.
    pub(crate) reason: String,
    pub(crate) note: String,
    pub(crate) second: bool,
    pub(crate) by: UserId,
    /// The name of whoever says it.
    pub(crate) name: String,
}

/// Opens a review of two people who may be one. `None` when a human has said that they are different,
/// when they are one already, or when such a review is open; one that waits for more is then to be
/// answered anew, since more has come. A link is sampled once.
pub(crate) fn open_review(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    new: &NewReview,
) -> Result<Option<ReviewId>, Error> {
    if new.kind == ReviewKind::Quality {
        if is_sampled(tx, new)? {
            return Ok(None);
        }
    } else if settled(tx, new)? || renew(tx, new)? {
        return Ok(None);
    }
    let id: ReviewId = environment.id();
    tx.execute(
        sql!(
            "INSERT INTO match_review (id, kind, person, candidate, record, source, rule, weight, probability, model,
                                       explanation, state, opened_at, due, version)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
        ),
        params![
            id,
            new.kind,
            new.person,
            new.candidate,
            new.record,
            new.source,
            new.rule,
            new.weight,
            new.probability,
            new.model,
            new.explanation,
            ReviewState::Open,
            environment.now(),
            due(new.kind, environment.today()),
            Version::FIRST,
        ],
    )?;
    Ok(Some(id))
}

/// Whether nothing is left to ask: one person already, or two by a human's word.
fn settled(tx: &mut Transaction<'_>, new: &NewReview) -> Result<bool, Error> {
    if resolve(tx, new.person)? == resolve(tx, new.candidate)? {
        return Ok(true);
    }
    let decided = decision_of(tx, new.person, new.candidate)?;
    Ok(decided.is_some_and(|decided| decided.answer == PairAnswer::Different))
}

fn is_sampled(tx: &mut Transaction<'_>, new: &NewReview) -> Result<bool, Error> {
    let before = tx.optional(
        sql!(
            "SELECT 1 FROM match_review
             WHERE kind = 'quality' AND (record = $1 OR (person = $2 AND closed_at IS NULL)) LIMIT 1"
        ),
        params![new.record, new.person],
        |_| Ok(()),
    )?;
    Ok(before.is_some())
}

/// The open review of whether two people are one.
pub(crate) fn open_between(
    tx: &mut Transaction<'_>,
    one: PersonId,
    other: PersonId,
) -> Result<Option<(ReviewId, ReviewState)>, Error> {
    tx.optional(
        sql!(
            "SELECT id, state FROM match_review
             WHERE closed_at IS NULL AND kind <> 'quality'
               AND ((person = $1 AND candidate = $2) OR (person = $2 AND candidate = $1)) LIMIT 1"
        ),
        params![one, other],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Whether the pair has an open review; one that waits for more now has it.
fn renew(tx: &mut Transaction<'_>, new: &NewReview) -> Result<bool, Error> {
    let Some((id, state)) = open_between(tx, new.person, new.candidate)? else {
        return Ok(false);
    };
    if state == ReviewState::More {
        tx.execute(
            sql!(
                "UPDATE match_review
                 SET state = 'open', rule = $2, weight = $3, probability = $4, model = $5, explanation = $6,
                     version = version + 1
                 WHERE id = $1"
            ),
            params![id, new.rule, new.weight, new.probability, new.model, new.explanation],
        )?;
    }
    Ok(true)
}

/// One review, with the answers given so far.
pub(crate) fn review(tx: &mut Transaction<'_>, id: ReviewId) -> Result<Option<Review>, Error> {
    let found = tx.optional(
        sql!(
            "SELECT id, kind, person, candidate, record, source, rule, weight, probability, explanation, state,
                    opened_at, due, version
             FROM match_review WHERE id = $1"
        ),
        params![id],
        read,
    )?;
    let Some(mut review) = found else {
        return Ok(None);
    };
    review.answers = answers(tx, id)?;
    Ok(Some(review))
}

fn read(row: &Row<'_>) -> Result<Review, Error> {
    Ok(Review {
        id: row.get(0)?,
        kind: row.get(1)?,
        person: row.get(2)?,
        candidate: row.get(3)?,
        record: row.get(4)?,
        source: row.get(5)?,
        rule: row.get(6)?,
        weight: row.get(7)?,
        probability: row.get(8)?,
        explanation: row.get(9)?,
        state: row.get(10)?,
        opened_at: row.get(11)?,
        due: row.get(12)?,
        version: row.get(13)?,
        answers: Vec::new(),
    })
}

fn answers(tx: &mut Transaction<'_>, id: ReviewId) -> Result<Vec<GivenAnswer>, Error> {
    tx.rows(
        sql!(
            "SELECT answer, account, second, reason, note, answered_at, answered_by
             FROM match_review_answer WHERE review = $1 ORDER BY number"
        ),
        params![id],
        |row| {
            Ok(GivenAnswer {
                given: Given {
                    answer: row.get(0)?,
                    by: row.get(1)?,
                    second: row.get(2)?,
                },
                reason: row.get(3)?,
                note: row.get(4)?,
                at: row.get(5)?,
                name: row.get(6)?,
            })
        },
    )
}

/// The two sides of a review as they stand now, and their versions: the record or person that came,
/// and whom it may be. One and the same for a sampled link.
pub(crate) fn sides(
    tx: &mut Transaction<'_>,
    review: &Review,
) -> Result<[(PersonId, Version); 2], ReviewError> {
    let mut side = |person| -> Result<(PersonId, Version), ReviewError> {
        let standing = resolve(tx, person)?.ok_or(ReviewError::NotThere)?;
        let version = version_of(tx, standing)?.ok_or(ReviewError::NotThere)?;
        Ok((standing, version))
    };
    Ok([side(review.person)?, side(review.candidate)?])
}

/// Keeps an answer, at the versions of the review and of both sides that were seen; with the answer
/// that closes it, does what follows: joins the two, remembers that they are two, or parts a record
/// that was linked wrongly.
pub(crate) fn answer(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, seen): (ReviewId, Version),
    seen_sides: [Version; 2],
    new: &NewAnswer,
) -> Result<ReviewState, ReviewError> {
    let review = review(tx, id)?.ok_or(ReviewError::NotThere)?;
    let given: Vec<Given> = review.answers.iter().map(|one| one.given).collect();
    let next = Given {
        answer: new.answer,
        by: new.by,
        second: new.second,
    };
    let state = after(review.state, &given, &next)?;
    review.version.expect(seen)?;
    let sides = sides(tx, &review)?;
    let [(person, _), (candidate, _)] = sides;
    if review.kind != ReviewKind::Quality && person == candidate {
        return Err(Refusal::Joined.into());
    }
    for ((_, version), seen) in sides.iter().zip(seen_sides) {
        version.expect(seen)?;
    }
    insert_answer(tx, environment, &review, new)?;
    put_state(tx, environment, (id, seen), state)?;
    if let Some(answer) = state.closed() {
        settle(tx, environment, (&review, sides), answer, new)?;
    }
    Ok(state)
}

fn insert_answer(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    review: &Review,
    new: &NewAnswer,
) -> Result<(), Error> {
    let number = i64::try_from(review.answers.len()).unwrap_or(i64::MAX);
    tx.execute(
        sql!(
            "INSERT INTO match_review_answer (review, number, answer, reason, note, answered_at, answered_by, account, second)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        params![
            review.id,
            number.saturating_add(1),
            new.answer,
            new.reason,
            new.note,
            environment.now(),
            new.name,
            new.by,
            new.second,
        ],
    )?;
    Ok(())
}

fn put_state(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, seen): (ReviewId, Version),
    state: ReviewState,
) -> Result<(), ReviewError> {
    let closed_at = state.closed().map(|_| environment.now());
    let changed = tx.execute(
        sql!("UPDATE match_review SET state = $3, closed_at = $4, version = $5 WHERE id = $1 AND version = $2"),
        params![id, seen, state, closed_at, seen.next()],
    )?;
    if changed != 1 {
        return Err(VersionError::Changed.into());
    }
    Ok(())
}

/// Does what follows from an answer that closes a review.
fn settle(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (review, [person, candidate]): (&Review, [(PersonId, Version); 2]),
    answer: PairAnswer,
    new: &NewAnswer,
) -> Result<(), ReviewError> {
    let why = reason_in_words(&new.reason, &new.note);
    let word = (answer, new.reason.as_str(), new.note.as_str());
    let from = (Some(review.id), new.name.as_str());
    if review.kind == ReviewKind::Quality {
        if let (PairAnswer::Different, Some(record)) = (answer, review.record) {
            let parted = move_record(tx, environment, record, Destination::New, &why, &new.name)?;
            decide(tx, environment, (parted, person.0), word, from)?;
        }
        return Ok(());
    }
    decide(
        tx,
        environment,
        (review.person, review.candidate),
        word,
        from,
    )?;
    match answer {
        PairAnswer::Same => {
            merge(tx, environment, candidate, person, &why, &new.name)?;
        }
        PairAnswer::Different if review.hides_who_came() => {
            lift_restriction(tx, environment, review.person)?;
        }
        PairAnswer::Different => {}
    }
    Ok(())
}

/// A reason and its note as one sentence, for the histories of people.
pub(crate) fn reason_in_words(reason: &str, note: &str) -> String {
    let words = reason.parse().map_or_else(
        |_| reason.to_owned(),
        |code| crate::words::code(&[super::REASONS], &code),
    );
    if note.is_empty() {
        words
    } else {
        format!("{words}. {note}")
    }
}

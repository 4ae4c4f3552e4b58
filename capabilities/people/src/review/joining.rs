//! Joining two records by hand, and parting what was joined.

use stour_database::{Error, Transaction, Version, VersionError, params, sql};
use stour_kernel::{Environment, OdsCode, PersonId, Timestamp};

use super::{NewReview, PairAnswer, ReviewError, ReviewKind, decide, open_review, reason_in_words};
use crate::merge::{MergeId, merge, merges_of, undo_merge};
use crate::person::{PeopleError, version_of};
use crate::source::{Destination, RecordId, Said, move_record};

/// Why, in a code of the list of reasons, and a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Why {
    pub(crate) reason: String,
    pub(crate) note: String,
    /// The name of whoever says so.
    pub(crate) by: String,
}

impl Why {
    fn words(&self) -> String {
        reason_in_words(&self.reason, &self.note)
    }
}

/// The reason that leaves open whether two people are one.
const UNSURE: &str = "undo-unsure";
/// Why such a pair waits for another answer.
const PARTED: &str = "parted";

/// Joins two records at the versions that were seen, and remembers that a human said so.
pub(crate) fn join(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    survivor: (PersonId, Version),
    merged: (PersonId, Version),
    why: &Why,
) -> Result<MergeId, ReviewError> {
    let word = (PairAnswer::Same, why.reason.as_str(), why.note.as_str());
    let pair = (survivor.0, merged.0);
    decide(tx, environment, pair, word, (None, &why.by))?;
    Ok(merge(
        tx,
        environment,
        survivor,
        merged,
        &why.words(),
        &why.by,
    )?)
}

/// Parts what was joined, at the version of the standing person that was seen, and moves those of the
/// records that came since which are the other's. A human has then said that they are two people; one
/// who is not sure leaves a pair to review instead.
pub(crate) fn part(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, standing, seen): (MergeId, PersonId, Version),
    moved: &[RecordId],
    (why, organisation): (&Why, OdsCode),
) -> Result<(), ReviewError> {
    let version = version_of(tx, standing)?.ok_or(ReviewError::NotThere)?;
    let known = merges_of(tx, standing)?;
    let merge = known.iter().find(|merge| merge.id == id);
    let merge = merge.ok_or(ReviewError::NotThere)?;
    if merge.undone.is_some() {
        return Err(VersionError::Changed.into());
    }
    let since = since(tx, standing, merge.at)?;
    version.expect(seen)?;
    let parted = undo_merge(tx, environment, id, &why.words(), &why.by)?;
    for record in moved {
        if !since.iter().any(|came| came.record == *record) {
            return Err(PeopleError::NoPerson.into());
        }
        let to = Destination::Person(parted.merged);
        move_record(tx, environment, *record, to, &why.words(), &why.by)?;
    }
    if why.reason == UNSURE {
        open_review(tx, environment, &again(&parted, organisation))?;
    } else {
        let word = (
            PairAnswer::Different,
            why.reason.as_str(),
            why.note.as_str(),
        );
        let pair = (parted.survivor, parted.merged);
        decide(tx, environment, pair, word, (None, &why.by))?;
    }
    Ok(())
}

fn again(parted: &crate::merge::Undone, organisation: OdsCode) -> NewReview {
    NewReview {
        kind: ReviewKind::Duplicate,
        person: parted.merged,
        candidate: parted.survivor,
        record: None,
        source: organisation,
        rule: PARTED.to_owned(),
        weight: None,
        probability: None,
        model: None,
        explanation: None,
    }
}

/// A record that came after a merge.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Came {
    pub(crate) record: RecordId,
    pub(crate) source: OdsCode,
    pub(crate) at: Timestamp,
    pub(crate) said: Said,
}

/// The records that were linked to a person, or to those joined with them, after a moment. No merge
/// says on which side they belong.
pub(crate) fn since(
    tx: &mut Transaction<'_>,
    standing: PersonId,
    after: Timestamp,
) -> Result<Vec<Came>, Error> {
    tx.rows(
        sql!(
            "SELECT l.record, s.source, l.linked_at, s.content
             FROM person p
             JOIN record_link l ON l.person = p.id AND l.ended_at IS NULL
             JOIN source_record s ON s.record = l.record AND s.number = 1
             WHERE (p.id = $1 OR p.survivor = $1) AND l.linked_at > $2
             ORDER BY l.linked_at, l.record"
        ),
        params![standing, after],
        |row| {
            Ok(Came {
                record: row.get(0)?,
                source: row.get(1)?,
                at: row.get(2)?,
                said: serde_json::from_str(&row.get::<String>(3)?).unwrap_or_default(),
            })
        },
    )
}

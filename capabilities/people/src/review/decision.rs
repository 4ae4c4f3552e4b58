//! What humans said of pairs of people. The latest word on a pair holds, whatever matching finds later.

use std::collections::BTreeMap;

use stour_database::{Error, Transaction, params, sql};
use stour_kernel::{Environment, PersonId, Timestamp};

use super::{PairAnswer, ReviewId};

/// A human's word on a pair of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PairDecision {
    pub(crate) answer: PairAnswer,
    /// The code of the reason, from the list `match-decision-reason`.
    pub(crate) reason: String,
    pub(crate) note: String,
    /// The review in which it was said, if it was.
    pub(crate) review: Option<ReviewId>,
    pub(crate) decided_at: Timestamp,
    pub(crate) decided_by: String,
}

/// Keeps a human's word on a pair.
pub(crate) fn decide(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (one, other): (PersonId, PersonId),
    decision: (PairAnswer, &str, &str),
    (review, by): (Option<ReviewId>, &str),
) -> Result<(), Error> {
    if one == other {
        return Ok(());
    }
    let (one, other) = (one.min(other), one.max(other));
    let (answer, reason, note) = decision;
    tx.execute(
        sql!(
            "INSERT INTO pair_decision (one, other, number, answer, reason, note, review, decided_at, decided_by)
             SELECT CAST($1 AS TEXT), CAST($2 AS TEXT), COALESCE(max(number), 0) + 1, CAST($3 AS TEXT),
                    CAST($4 AS TEXT), CAST($5 AS TEXT), CAST($6 AS TEXT), CAST($7 AS TEXT), CAST($8 AS TEXT)
             FROM pair_decision WHERE one = $1 AND other = $2"
        ),
        params![one, other, answer, reason, note, review, environment.now(), by],
    )?;
    Ok(())
}

/// The latest word on two people, or on any that were joined with them.
pub(crate) fn decision_of(
    tx: &mut Transaction<'_>,
    one: PersonId,
    other: PersonId,
) -> Result<Option<PairDecision>, Error> {
    tx.optional(
        sql!(
            "SELECT d.answer, d.reason, d.note, d.review, d.decided_at, d.decided_by
             FROM pair_decision d
             JOIN person a ON a.id = d.one
             JOIN person b ON b.id = d.other
             JOIN person x ON x.id = $1
             JOIN person y ON y.id = $2
             WHERE (COALESCE(a.survivor, a.id) = COALESCE(x.survivor, x.id)
                    AND COALESCE(b.survivor, b.id) = COALESCE(y.survivor, y.id))
                OR (COALESCE(a.survivor, a.id) = COALESCE(y.survivor, y.id)
                    AND COALESCE(b.survivor, b.id) = COALESCE(x.survivor, x.id))
             ORDER BY d.decided_at DESC, d.number DESC, d.one, d.other LIMIT 1"
        ),
        params![one, other],
        |row| {
            Ok(PairDecision {
                answer: row.get(0)?,
                reason: row.get(1)?,
                note: row.get(2)?,
                review: row.get(3)?,
                decided_at: row.get(4)?,
                decided_by: row.get(5)?,
            })
        },
    )
}

/// The latest word on a person and each other, under the identifiers of those who stand.
///
/// # Errors
/// Those of the database.
pub fn decisions_about(
    tx: &mut Transaction<'_>,
    person: PersonId,
) -> Result<Vec<(PersonId, PairAnswer)>, Error> {
    let mut latest: BTreeMap<PersonId, PairAnswer> = BTreeMap::new();
    tx.each(
        sql!(
            "SELECT COALESCE(o.survivor, o.id), d.answer, d.decided_at, d.number
             FROM person x
             JOIN person g ON g.id = COALESCE(x.survivor, x.id) OR g.survivor = COALESCE(x.survivor, x.id)
             JOIN pair_decision d ON d.one = g.id
             JOIN person o ON o.id = d.other
             WHERE x.id = $1 AND COALESCE(o.survivor, o.id) <> COALESCE(x.survivor, x.id)
             UNION ALL
             SELECT COALESCE(o.survivor, o.id), d.answer, d.decided_at, d.number
             FROM person x
             JOIN person g ON g.id = COALESCE(x.survivor, x.id) OR g.survivor = COALESCE(x.survivor, x.id)
             JOIN pair_decision d ON d.other = g.id
             JOIN person o ON o.id = d.one
             WHERE x.id = $1 AND COALESCE(o.survivor, o.id) <> COALESCE(x.survivor, x.id)
             ORDER BY 3, 4"
        ),
        params![person],
        |row| {
            latest.insert(row.get(0)?, row.get(1)?);
            Ok(())
        },
    )?;
    Ok(latest.into_iter().collect())
}

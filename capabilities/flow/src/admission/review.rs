//! What somebody finds who looks at why a person was admitted, and whether that could have been avoided.

use std::collections::HashMap;

use serde_json::json;
use stour_database::{Error, Row, Transaction, VersionError, params, sql, touch};
use stour_facts::{FactKind, NewFact, Source, append};
use stour_kernel::{Date, Environment, ThreadId, Timestamp};
use stour_partnership::Reference;
use stour_people::facts_for_access;
use thiserror::Error as ThisError;

use super::known::admission;
use crate::by::By;
use crate::error::{FlowError, reference};
use crate::list::has;

/// The lists that a review answers from.
pub(super) const AVOIDABLE: &str = "admission-avoidable";
/// Whether community services knew the person.
pub(super) const KNOWN: &str = "known-to-community";
/// What could have kept the person at home.
pub(super) const ALTERNATIVE: &str = "admission-alternative";

/// The topic that open pages follow.
pub(super) const TOPIC: &str = "admission-audit";

/// The longest that words may be, in characters, and a name.
pub(super) const LONGEST: usize = 1_000;
/// The longest that a name may be.
pub(super) const LONGEST_NAME: usize = 100;

/// What somebody finds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Finding {
    /// What brought the person in.
    pub brought_in: String,
    /// A code of [`KNOWN`].
    pub known: String,
    /// A code of [`ALTERNATIVE`].
    pub alternative: String,
    /// A code of [`AVOIDABLE`].
    pub avoidable: String,
    /// Why.
    pub reason: String,
    /// Who reviewed it.
    pub reviewed_by: String,
    /// When.
    pub reviewed_on: Date,
}

/// What is wrong with a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ThisError)]
pub enum WrongFinding {
    /// Nothing says what brought the person in.
    #[error("Enter what brought the person in")]
    BroughtIn,
    /// No answer of the list.
    #[error("Select whether community services knew the person")]
    Known,
    /// No answer of the list.
    #[error("Select what could have kept the person at home")]
    Alternative,
    /// No answer of the list.
    #[error("Select whether the admission could have been avoided")]
    Avoidable,
    /// Nothing says why.
    #[error("Enter why")]
    Reason,
    /// Nobody reviewed it.
    #[error("Enter who reviewed the admission")]
    Reviewer,
    /// The words are too long.
    #[error("Use at most {LONGEST} characters")]
    Long(&'static str),
    /// The day is before the admission, or still to come.
    #[error("Enter a day from the admission to today")]
    Day,
}

impl Finding {
    /// All that is wrong with it, for an admission of a day.
    pub fn wrongs(
        &self,
        (admitted, today): (Date, Date),
        reference: &Reference,
    ) -> Vec<WrongFinding> {
        let is_in = |list: &str, code: &str| has(reference, list, code, today);
        let is_long = |text: &str| text.chars().count() > LONGEST;
        [
            (self.brought_in.trim().is_empty(), WrongFinding::BroughtIn),
            (is_long(&self.brought_in), WrongFinding::Long("brought-in")),
            (!is_in(KNOWN, &self.known), WrongFinding::Known),
            (
                !is_in(ALTERNATIVE, &self.alternative),
                WrongFinding::Alternative,
            ),
            (!is_in(AVOIDABLE, &self.avoidable), WrongFinding::Avoidable),
            (self.reason.trim().is_empty(), WrongFinding::Reason),
            (is_long(&self.reason), WrongFinding::Long("reason")),
            (self.reviewed_by.trim().is_empty(), WrongFinding::Reviewer),
            (
                self.reviewed_by.chars().count() > LONGEST_NAME,
                WrongFinding::Long("reviewed-by"),
            ),
            (
                self.reviewed_on < admitted || self.reviewed_on > today,
                WrongFinding::Day,
            ),
        ]
        .into_iter()
        .filter_map(|(is_wrong, wrong)| is_wrong.then_some(wrong))
        .collect()
    }
}

/// A review as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFinding {
    /// Which, from 1; the last stands.
    pub number: i64,
    /// What was found.
    pub finding: Finding,
    /// Who recorded it.
    pub by: By,
    /// When.
    pub at: Timestamp,
}

/// What stands of an admission's reviews, for lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// A code of [`AVOIDABLE`].
    pub avoidable: String,
    /// A code of [`ALTERNATIVE`].
    pub alternative: String,
    /// What brought the person in.
    pub brought_in: String,
}

/// The reviews of an admission, the first first.
///
/// # Errors
/// Those of the database.
pub fn findings(tx: &mut Transaction<'_>, of: ThreadId) -> Result<Vec<KeptFinding>, Error> {
    tx.rows(
        sql!(
            "SELECT number, brought_in, known, alternative, avoidable, reason, reviewed_by, reviewed_on, name,
                    said_by_user, organisation, at
             FROM admission_review WHERE admission = $1 ORDER BY number"
        ),
        params![of],
        stored,
    )
}

fn stored(row: &Row<'_>) -> Result<KeptFinding, Error> {
    Ok(KeptFinding {
        number: row.get(0)?,
        finding: Finding {
            brought_in: row.get(1)?,
            known: row.get(2)?,
            alternative: row.get(3)?,
            avoidable: row.get(4)?,
            reason: row.get(5)?,
            reviewed_by: row.get(6)?,
            reviewed_on: row.get(7)?,
        },
        by: By {
            name: row.get(8)?,
            user: row.get(9)?,
            organisation: row.get(10)?,
        },
        at: row.get(11)?,
    })
}

/// What stands of every admission that was reviewed.
pub(super) fn standing(tx: &mut Transaction<'_>) -> Result<HashMap<ThreadId, Standing>, Error> {
    let rows = tx.rows(
        sql!(
            "SELECT r.admission, r.avoidable, r.alternative, r.brought_in FROM admission_review r
             WHERE r.number = (SELECT max(l.number) FROM admission_review l WHERE l.admission = r.admission)"
        ),
        params![],
        |row| {
            Ok((
                row.get(0)?,
                Standing {
                    avoidable: row.get(1)?,
                    alternative: row.get(2)?,
                    brought_in: row.get(3)?,
                },
            ))
        },
    )?;
    Ok(rows.into_iter().collect())
}

/// How many reviews were ever kept: none is changed or thrown away.
pub(super) fn reviews_kept(tx: &mut Transaction<'_>) -> Result<i64, Error> {
    let all = sql!("SELECT count(*) FROM admission_review");
    tx.one(all, params![], |row| row.get(0))
}

/// Keeps what somebody found, after the reviews that were seen: none, or one put right. What is found is told to the fact log
/// as the next version of the admission's review.
///
/// # Errors
/// [`FlowError::NotFound`] where there is no such admission (any more); [`FlowError::NotNow`] for a review that is wrong;
/// [`FlowError::Version`] when somebody else has reviewed it since.
pub fn record(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (of, seen): (ThreadId, i64),
    finding: &Finding,
    by: &By,
) -> Result<(), FlowError> {
    let about = admission(tx, of)?.ok_or(FlowError::NotFound)?;
    let days = (about.on, environment.today());
    if let Some(wrong) = finding.wrongs(days, reference()?).first() {
        return Err(FlowError::NotNow(format!("{wrong}.")));
    }
    let last = tx.optional(
        sql!("SELECT number, thread FROM admission_review WHERE admission = $1 ORDER BY number DESC LIMIT 1"),
        params![of],
        |row| Ok((row.get::<i64>(0)?, row.get::<ThreadId>(1)?)),
    )?;
    if last.map_or(0, |(number, _)| number) != seen {
        return Err(VersionError::Changed.into());
    }
    let person = facts_for_access(tx, about.person)?;
    let fact = NewFact {
        thread: last.map(|(_, thread)| thread),
        kind: FactKind::AdmissionReview,
        person: Some(about.person),
        organisation: by.organisation,
        commissioner: None,
        locality: person.as_ref().and_then(|person| person.locality.clone()),
        council: person.as_ref().and_then(|person| person.council),
        started: finding.reviewed_on,
        ended: Some(finding.reviewed_on),
        outcome: finding.avoidable.parse().ok(),
        cost: None,
        source: Source {
            system: "stour".to_owned(),
            reference: format!("review of admission {of}"),
        },
        // The words stay in the review: the log has what is counted.
        detail: json!({
            "admission": of.to_string(),
            "known": finding.known,
            "alternative": finding.alternative,
        }),
        recorded_by: by.name.clone(),
    };
    let thread = append(tx, environment, fact)?.thread;
    tx.execute(
        sql!(
            "INSERT INTO admission_review (admission, number, brought_in, known, alternative, avoidable, reason,
                 reviewed_by, reviewed_on, name, said_by_user, organisation, at, thread)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
        ),
        params![
            of,
            seen + 1,
            finding.brought_in,
            finding.known,
            finding.alternative,
            finding.avoidable,
            finding.reason,
            finding.reviewed_by,
            finding.reviewed_on,
            by.name,
            by.user,
            by.organisation,
            environment.now(),
            thread
        ],
    )?;
    touch(tx, TOPIC)?;
    Ok(())
}

//! What a ward finds when it asks, every day, whether somebody still needs an acute hospital; and the discharge ready date
//! that follows.

use stour_database::{Error, Row, Transaction, Version, params, sql};
use stour_discharge::{Stay, Verdict, ready_date};
use stour_kernel::{Date, Environment, OdsCode, Timestamp, UserId, london_date};
use stour_partnership::Reference;

use super::SpellId;
use super::night::tell_nights;
use super::store::{self, Spell, SpellState};
use super::tell::add_up_again;
use crate::error::{FlowError, reference};
use crate::list::has;

/// What a ward found on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// The day.
    pub on: Date,
    /// Whether a criterion to reside is met.
    pub meets: bool,
    /// Which, a code of the list `criteria-to-reside`; otherwise why the person is still there, one of `delay-reason`.
    pub because: String,
    /// How the person is to leave, a code of the list `discharge-pathway`, if that is known.
    pub pathway: Option<String>,
    /// What is done next, and by whom.
    pub next_step: String,
}

/// The lists of what a review may say.
pub(crate) const CRITERIA: &str = "criteria-to-reside";
pub(crate) const REASONS: &str = "delay-reason";
pub(crate) const PATHWAYS: &str = "discharge-pathway";

/// The longest that the next step may be, in characters.
const LONGEST: usize = 500;

/// What is wrong with a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WrongReview {
    /// It is of a day before the stay or still to come.
    #[error("Enter a day from the day of admission until today")]
    Day,
    /// No criterion of the list as it is today.
    #[error("Select why the person needs an acute hospital")]
    Criterion,
    /// No reason of the list as it is today.
    #[error("Select why the person is still here")]
    Reason,
    /// No pathway of the list as it is today.
    #[error("Select a pathway of the list")]
    Pathway,
    /// Somebody is ready and nobody does anything.
    #[error("Enter what is done next, and by whom")]
    NoNextStep,
    /// The next step is a story.
    #[error("Say what is done next in at most {LONGEST} characters")]
    LongNextStep,
}

impl Review {
    /// All that is wrong with it for a stay that began on a day.
    pub fn wrongs(
        &self,
        (admitted, today): (Date, Date),
        reference: &Reference,
    ) -> Vec<WrongReview> {
        let is_in = |list: &str, code: &str| has(reference, list, code, today);
        let (list, wrong) = if self.meets {
            (CRITERIA, WrongReview::Criterion)
        } else {
            (REASONS, WrongReview::Reason)
        };
        let pathway = self.pathway.as_deref();
        [
            (!(admitted..=today).contains(&self.on), WrongReview::Day),
            (!is_in(list, &self.because), wrong),
            (
                pathway.is_some_and(|code| !is_in(PATHWAYS, code)),
                WrongReview::Pathway,
            ),
            (
                !self.meets && self.next_step.is_empty(),
                WrongReview::NoNextStep,
            ),
            (
                self.next_step.chars().count() > LONGEST,
                WrongReview::LongNextStep,
            ),
        ]
        .into_iter()
        .filter_map(|(is_wrong, wrong)| is_wrong.then_some(wrong))
        .collect()
    }
}

/// A review as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptReview {
    /// What was found.
    pub review: Review,
    /// Who says so.
    pub by: String,
    /// When it was recorded.
    pub at: Timestamp,
}

/// The reviews of a stay, in the order in which they were made.
///
/// # Errors
/// Those of the database.
pub fn reviews(tx: &mut Transaction<'_>, spell: SpellId) -> Result<Vec<KeptReview>, Error> {
    tx.rows(
        sql!(
            "SELECT of_day, meets, because, pathway, next_step, name, at FROM spell_review
             WHERE spell = $1 ORDER BY number"
        ),
        params![spell],
        stored,
    )
}

fn stored(row: &Row<'_>) -> Result<KeptReview, Error> {
    Ok(KeptReview {
        review: Review {
            on: row.get(0)?,
            meets: row.get(1)?,
            because: row.get(2)?,
            pathway: row.get(3)?,
            next_step: row.get(4)?,
        },
        by: row.get(5)?,
        at: row.get(6)?,
    })
}

/// A stay with its reviews, from which the rest is worked out; none of somebody who was never admitted.
pub fn reviewed(spell: &Spell, kept: &[KeptReview]) -> Option<Stay<String>> {
    let reviews = kept.iter().map(|kept| stour_discharge::Review {
        on: kept.review.on,
        verdict: if kept.review.meets {
            Verdict::Meets
        } else {
            Verdict::Ready(Some(kept.review.because.clone()))
        },
    });
    Some(Stay {
        admitted: london_date(spell.admitted_at?),
        discharged: spell.discharged_at.map(london_date),
        reviews: reviews.collect(),
    })
}

/// What follows from the reviews of a stay: the one that stands, and the discharge ready date.
pub(super) fn follow(spell: &Spell, kept: &[KeptReview]) -> (Option<Review>, Option<Date>) {
    // The last of those of the latest day.
    let standing = kept.iter().max_by_key(|kept| kept.review.on);
    let ready = reviewed(spell, kept).and_then(|stay| ready_date(&stay));
    (standing.map(|kept| kept.review.clone()), ready)
}

/// Tells the fact log of the nights that have passed since a stay was last added up.
///
/// # Errors
/// Those of the database.
pub(crate) fn bring_up(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    spell: SpellId,
) -> Result<(), FlowError> {
    let Some(spell) = store::one(tx, spell)? else {
        return Ok(());
    };
    let kept = reviews(tx, spell.id)?;
    tell_nights(tx, environment, &spell, &kept)
}

/// Keeps what somebody on the ward found.
///
/// # Errors
/// [`FlowError::NotNow`] when the person is no longer in hospital or the review is wrong; a version that is not the spell's
/// any more.
pub(crate) fn add_review(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (spell, seen): (SpellId, Version),
    review: &Review,
    (name, user, organisation): (&str, UserId, OdsCode),
) -> Result<(), FlowError> {
    let spell = store::one(tx, spell)?.ok_or(FlowError::NotFound)?;
    spell.version.expect(seen)?;
    if spell.state != SpellState::InHospital {
        let why = "The person is no longer in hospital. Go back to the ward page to see who is.";
        return Err(FlowError::NotNow(why.to_owned()));
    }
    let today = environment.today();
    let admitted = spell.admitted_at.map_or(today, london_date);
    if let Some(wrong) = review.wrongs((admitted, today), reference()?).first() {
        return Err(FlowError::NotNow(format!("{wrong}.")));
    }
    tx.execute(
        sql!(
            "INSERT INTO spell_review (spell, number, of_day, meets, because, pathway, next_step, name,
                 said_by_user, organisation, at)
             SELECT CAST($1 AS TEXT), COALESCE(max(number), 0) + 1, CAST($2 AS TEXT), CAST($3 AS BOOLEAN),
                    CAST($4 AS TEXT), CAST($5 AS TEXT), CAST($6 AS TEXT), CAST($7 AS TEXT), CAST($8 AS TEXT),
                    CAST($9 AS TEXT), CAST($10 AS TEXT)
             FROM spell_review WHERE spell = $1"
        ),
        params![
            spell.id,
            review.on,
            review.meets,
            review.because,
            review.pathway,
            review.next_step,
            name,
            user,
            organisation,
            environment.now()
        ],
    )?;
    add_up_again(tx, environment, &spell)
}

#[cfg(test)]
mod tests;

//! Whom an organisation speaks of: the one place where that is decided.

use std::fmt;
use std::str::FromStr;

use stour_database::{Result, Row, Transaction, params, sql};
use stour_kernel::{OdsCode, PersonId};
use stour_linkage::{Decision, Found, Matched, Record, Rule};

use super::comparable::Comparable;
use super::said::Said;
use super::{everybody, store};
use crate::person::matching::{Candidate, Claim, Flag, UnknownValue};
use crate::person::{Demographics, FlagReason, NHS_NUMBER, facts_for_access};
use crate::review::{PairAnswer, decisions_about};

/// The step of matching that decided whom a record is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// The organisation has used its own number for this person before.
    LocalNumber,
    /// The NHS number together with what else must agree.
    CrossCheck,
    /// Everything that was said agrees exactly.
    Exact,
    /// The weight of the evidence.
    Probabilistic,
    /// Somebody looked and decided.
    Human,
    /// Nobody who is known.
    New,
    /// Perhaps somebody who is known: a new person until somebody has looked.
    Held,
}

impl Step {
    const ALL: [Self; 7] = [
        Self::LocalNumber,
        Self::CrossCheck,
        Self::Exact,
        Self::Probabilistic,
        Self::Human,
        Self::New,
        Self::Held,
    ];

    /// As the database writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LocalNumber => "local-number",
            Self::CrossCheck => "cross-check",
            Self::Exact => "exact",
            Self::Probabilistic => "probabilistic",
            Self::Human => "human",
            Self::New => "new",
            Self::Held => "held",
        }
    }

    /// For the page.
    pub const fn words(self) -> &'static str {
        match self {
            Self::LocalNumber => "By the organisation’s own number",
            Self::CrossCheck => "By NHS number and date of birth",
            Self::Exact => "Everything agrees",
            Self::Probabilistic => "By the weight of the evidence",
            Self::Human => "Decided by a person",
            Self::New => "New record",
            Self::Held => "New record, to be checked",
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

impl FromStr for Step {
    type Err = UnknownValue;

    fn from_str(text: &str) -> Result<Self, UnknownValue> {
        Self::ALL
            .into_iter()
            .find(|step| step.as_str() == text)
            .ok_or(UnknownValue)
    }
}

stour_database::text_value!(Step);

/// Why a record is about a person, as it is kept with the link.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Link {
    pub(crate) step: Step,
    /// The weight of the evidence in bits, where it was weighed.
    pub(crate) weight: Option<f64>,
    pub(crate) probability: Option<f64>,
    /// The model that weighed it.
    pub(crate) model: Option<String>,
    /// In one sentence.
    pub(crate) reason: String,
    /// As JSON, field by field.
    pub(crate) explanation: Option<String>,
}

impl Link {
    /// A link that nothing was weighed for.
    pub(crate) fn of(step: Step, reason: &str) -> Self {
        Self {
            step,
            weight: None,
            probability: None,
            model: None,
            reason: reason.to_owned(),
            explanation: None,
        }
    }
}

/// Whom an organisation speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    /// Somebody who is known and stands.
    Known(PersonId),
    /// Somebody new.
    New {
        /// The record must not seem to exist for most people.
        restricted: bool,
    },
}

/// Another person who may be the one that was spoken of, for somebody to look at.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Suspect {
    pub(crate) person: PersonId,
    /// A code of the list `match-rule`.
    pub(crate) rule: &'static str,
    pub(crate) weight: Option<f64>,
    pub(crate) probability: Option<f64>,
    pub(crate) model: Option<String>,
    pub(crate) explanation: Option<String>,
}

/// What matching found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Finding {
    pub(crate) who: Who,
    /// The NHS number can be relied on to be this person's: nobody else holds it.
    pub(crate) relied: bool,
    pub(crate) flag: Option<Flag>,
    pub(crate) suspect: Option<Suspect>,
    pub(crate) link: Link,
}

impl Finding {
    /// Nothing of it is for somebody to look at.
    pub(crate) fn asks_nobody(&self) -> bool {
        self.flag.is_none() && self.suspect.is_none()
    }
}

/// Below this many bits, what is said of somebody speaks for another person.
const QUITE_DIFFERENT: f64 = 0.0;

fn speaks_against(found: &Found<PersonId>) -> bool {
    found.weight - found.explanation.prior < QUITE_DIFFERENT
}

/// Finds whom an organisation speaks of: by its own number for the person, else by comparing what it says
/// with everybody.
pub(crate) fn find(
    tx: &mut Transaction<'_>,
    who: &Demographics,
    source: OdsCode,
) -> Result<Finding> {
    let by_local = match &who.local {
        Some(local) => candidate(tx, source.as_str(), local.as_str())?,
        None => None,
    };
    let holder = match who.nhs_number {
        Some(number) => candidate(tx, NHS_NUMBER, &number.digits())?,
        None => None,
    };
    let claim = Claim {
        number: who.nhs_number,
        born: who.born,
    };
    let said = Comparable::new(who, source);
    if let Some(known) = by_local {
        let suspect = said.record(|query| another(tx, query, known.person))?;
        let why = "The organisation has used its own number for this person before.";
        let link = Link::of(Step::LocalNumber, why);
        return Ok(of_known(claim, known, holder, (link, suspect)));
    }
    let matched = said.record(|query| everybody::decide(tx, query))?;
    let again = match &who.local {
        None => said_before(tx, who, source, &matched)?,
        Some(_) => None,
    };
    if let Some(person) = again {
        let link = Link::of(
            Step::Exact,
            "The organisation has said the very same before.",
        );
        let known = known(tx, person)?;
        return Ok(of_known(claim, known, holder, (link, None)));
    }
    if let (Decision::Link, Some(best)) = (matched.decision, &matched.best) {
        if who.local.is_none() && said.record(|query| is_parted(tx, query, source, best.key))? {
            let held = Matched {
                decision: Decision::Review,
                rule: Some(Rule::ToldDifferent),
                ..matched
            };
            return of_new(tx, claim, holder, &held);
        }
        let known = known(tx, best.key)?;
        let link = weighed(&matched, best);
        return Ok(of_known(claim, known, holder, (link, None)));
    }
    of_new(tx, claim, holder, &matched)
}

fn of_known(
    claim: Claim,
    known: Candidate,
    holder: Option<Candidate>,
    (link, suspect): (Link, Option<Suspect>),
) -> Finding {
    let (relied, flag) = claim.of_known(known, holder);
    Finding {
        who: Who::Known(known.person),
        relied,
        flag,
        suspect: flag.and_then(Suspect::of_flag).or(suspect),
        link,
    }
}

/// Somebody new, perhaps with somebody to compare. What a rule of trust hides must not be seen from the new
/// record either: beside a restricted record it is restricted itself, and says nothing of a match. Of a
/// restricted record that has no more than the NHS number in common it says nothing too.
fn of_new(
    tx: &mut Transaction<'_>,
    claim: Claim,
    holder: Option<Candidate>,
    matched: &Matched<PersonId>,
) -> Result<Finding> {
    let (relied, flag) = claim.of_new(holder);
    let best = matched.best.as_ref();
    let suspect = best
        .filter(|_| matched.decision == Decision::Review)
        .map(|best| Suspect::of_found(best, matched));
    let suspect = suspect.or_else(|| flag.and_then(Suspect::of_flag));
    let restricted = matched.rule == Some(Rule::Restricted);
    let says_so = match &suspect {
        Some(suspect) => {
            facts_for_access(tx, suspect.person)?.is_some_and(|facts| !facts.restricted)
        }
        None => false,
    };
    let link = match flag.map(|flag| flag.why) {
        _ if says_so => Link::of(
            Step::Held,
            "It may be somebody who is known: the records team is asked to look.",
        ),
        Some(FlagReason::NoNumber) => Link::of(
            Step::New,
            "Nobody who is known fits, and no NHS number was given.",
        ),
        _ => Link::of(Step::New, "Nobody who is known fits."),
    };
    Ok(Finding {
        who: Who::New { restricted },
        relied,
        flag,
        suspect,
        link,
    })
}

fn weighed(matched: &Matched<PersonId>, best: &Found<PersonId>) -> Link {
    let step = match matched.step {
        stour_linkage::Step::CrossCheck => Step::CrossCheck,
        stour_linkage::Step::Exact => Step::Exact,
        _ => Step::Probabilistic,
    };
    Link {
        step,
        weight: Some(best.weight),
        probability: Some(best.probability),
        model: Some(best.explanation.model.clone()),
        reason: best.explanation.sentence.clone(),
        explanation: explanation(best),
    }
}

/// Why, field by field, as it is kept.
fn explanation(found: &Found<PersonId>) -> Option<String> {
    serde_json::to_string(&found.explanation).ok()
}

impl Suspect {
    fn of_flag(flag: Flag) -> Option<Self> {
        Some(Self {
            person: flag.other?,
            rule: flag.why.as_str(),
            weight: None,
            probability: None,
            model: None,
            explanation: None,
        })
    }

    fn of_found(found: &Found<PersonId>, matched: &Matched<PersonId>) -> Self {
        Self {
            person: found.key,
            rule: matched.rule.unwrap_or(Rule::Unsure).as_str(),
            weight: Some(found.weight),
            probability: Some(found.probability),
            model: Some(found.explanation.model.clone()),
            explanation: explanation(found),
        }
    }
}

/// Whom else an organisation may speak of, though it uses its own number for this person: looked for only
/// when what it says speaks against this person, or a rule of trust keeps the two apart.
fn another(
    tx: &mut Transaction<'_>,
    query: &Record<'_>,
    person: PersonId,
) -> Result<Option<Suspect>> {
    let Some((found, rule)) = everybody::compare(tx, person, query)? else {
        return Ok(None);
    };
    let is_apart = matches!(
        rule,
        Some(Rule::TwoTracedNumbers | Rule::Twins | Rule::BirthOrder)
    );
    if !speaks_against(&found) && !is_apart {
        return Ok(None);
    }
    let matched = everybody::decide(tx, query)?;
    let others = [&matched.best, &matched.runner_up].into_iter().flatten();
    let mut others = others.filter(|other| other.key != person && other.weight > found.weight);
    let is_likely = matched.decision != Decision::New;
    Ok(others.next().filter(|_| is_likely).map(|other| Suspect {
        rule: "own-number-of-another",
        ..Suspect::of_found(other, &matched)
    }))
}

/// Whether a human has parted this person from another of whom the organisation speaks without a number of
/// its own, and whom what it says now fits too: then no program chooses this one.
fn is_parted(
    tx: &mut Transaction<'_>,
    query: &Record<'_>,
    source: OdsCode,
    person: PersonId,
) -> Result<bool> {
    for (other, answer) in decisions_about(tx, person)? {
        if answer == PairAnswer::Different
            && store::said_without_number(tx, source, other)?.is_some()
            && let Some((found, _)) = everybody::compare(tx, other, query)?
            && !speaks_against(&found)
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The person of whom an organisation without numbers of its own has said exactly this before: one record,
/// not two.
fn said_before(
    tx: &mut Transaction<'_>,
    who: &Demographics,
    source: OdsCode,
    matched: &Matched<PersonId>,
) -> Result<Option<PersonId>> {
    let said = Said::from(who);
    for found in [&matched.best, &matched.runner_up].into_iter().flatten() {
        let before = store::said_without_number(tx, source, found.key)?;
        if before.is_some_and(|before| before.is_the_same_as(&said)) {
            return Ok(Some(found.key));
        }
    }
    Ok(None)
}

/// Somebody who was found, as far as numbers go.
fn known(tx: &mut Transaction<'_>, person: PersonId) -> Result<Candidate> {
    let known = tx.optional(
        sql!(
            "SELECT p.id, p.born, n.value FROM person p
             LEFT JOIN person_identifier n
                ON n.person = p.id AND n.system = 'nhs-number' AND n.status = 'traced'
             WHERE p.id = $1"
        ),
        params![person],
        read_candidate,
    )?;
    // Somebody who was committed after this transaction began: storing the link makes it begin anew.
    Ok(known.unwrap_or(Candidate {
        person,
        born: None,
        number: None,
    }))
}

fn read_candidate(row: &Row<'_>) -> Result<Candidate> {
    Ok(Candidate {
        person: row.get(0)?,
        born: row.get(1)?,
        number: row.get(2)?,
    })
}

/// Who holds a number for certain. The rows are those of people who stand, with everything that the
/// records merged into them brought.
pub(crate) fn candidate(
    tx: &mut Transaction<'_>,
    system: &str,
    value: &str,
) -> Result<Option<Candidate>> {
    tx.optional(
        sql!(
            "SELECT p.id, p.born, n.value FROM person_identifier i
             JOIN person p ON p.id = i.person
             LEFT JOIN person_identifier n
                ON n.person = p.id AND n.system = 'nhs-number' AND n.status = 'traced'
             WHERE i.system = $1 AND i.value = $2 AND i.status IN ('traced', 'superseded')"
        ),
        params![system, value],
        read_candidate,
    )
}

#[cfg(test)]
mod tests;

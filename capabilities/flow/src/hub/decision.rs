//! What a multi-disciplinary team decides: on which pathway somebody leaves, what they need, what is next and whose it is. It
//! describes needs and never prescribes care (statutory guidance on hospital discharge, 26 January 2024).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::json;
use stour_database::{Error, Row, Transaction, VersionError, params, sql, touch};
use stour_kernel::{Date, Environment, OdsCode, Timestamp, london_date};
use stour_partnership::Reference;

use super::notice::{LONGEST, LONGEST_NAME, Wrong, too_long, wrong};
use super::state::NotSo;
use crate::by::By;
use crate::error::{FlowError, reference};
use crate::list::has;
use crate::spell::{self, PATHWAYS, SpellId, SpellState};

/// The longest that the next step may be, in characters.
const LONGEST_STEP: usize = 500;
/// The most people who take part.
const MOST: usize = 20;

/// Somebody who took part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub name: String,
    /// As what, such as physiotherapist.
    pub role: String,
}

/// A decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The day.
    pub on: Date,
    /// How the person is to leave: a code of the list `discharge-pathway`.
    pub pathway: String,
    /// Who took part.
    pub team: Vec<Member>,
    /// What the person needs help with.
    pub needs: String,
    /// What is done next.
    pub next_step: String,
    /// Whose that is.
    pub owner: String,
}

/// A decision as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptDecision {
    /// Which of the stay's, from 1.
    pub number: i64,
    /// What was decided.
    pub decision: Decision,
    /// Who recorded it.
    pub name: String,
    /// Of which organisation.
    pub organisation: OdsCode,
    /// When it was recorded.
    pub at: Timestamp,
}

/// The people of a text that has one a line, each with a name, a comma and a role. A line without a comma has no role.
pub fn team_of(text: &str) -> Vec<Member> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let (name, role) = line.split_once(',').unwrap_or((line, ""));
            Member {
                name: name.trim().to_owned(),
                role: role.trim().to_owned(),
            }
        })
        .collect()
}

/// As somebody types it.
pub fn team_text(team: &[Member]) -> String {
    let lines = team
        .iter()
        .map(|member| format!("{}, {}", member.name, member.role));
    lines.collect::<Vec<_>>().join("\n")
}

impl Decision {
    /// All that is wrong with it for a stay that began on a day.
    pub fn wrongs(&self, (admitted, today): (Date, Date), reference: &Reference) -> Vec<Wrong> {
        let mut wrongs = Vec::new();
        if !has(reference, PATHWAYS, &self.pathway, today) {
            wrongs.push(wrong("pathway", "Select the pathway that was decided"));
        }
        wrongs.extend(self.wrong_team());
        if self.needs.is_empty() {
            wrongs.push(wrong("needs", "Enter what the person needs help with"));
        }
        if self.next_step.is_empty() {
            wrongs.push(wrong("next-step", "Enter what is done next"));
        }
        if self.owner.is_empty() {
            wrongs.push(wrong("owner", "Enter who does it"));
        }
        if !(admitted..=today).contains(&self.on) {
            let why = "Enter a day from the day of admission until today";
            wrongs.push(wrong("date-day", why));
        }
        wrongs.extend(too_long("needs", &self.needs, LONGEST));
        wrongs.extend(too_long("next-step", &self.next_step, LONGEST_STEP));
        wrongs.extend(too_long("owner", &self.owner, LONGEST_NAME));
        wrongs
    }

    /// A team has at least two people, who do not do the same.
    fn wrong_team(&self) -> Option<Wrong> {
        let roles: BTreeSet<String> = self
            .team
            .iter()
            .map(|member| member.role.to_lowercase())
            .collect();
        let whole = |member: &Member| !member.name.is_empty() && !member.role.is_empty();
        let long = |text: &str| text.chars().count() > LONGEST_NAME;
        if !self.team.iter().all(whole) {
            let why = "Write each person on a line of their own: the name, a comma and the role";
            return Some(wrong("team", why));
        }
        if roles.len() < 2 {
            let why = "Enter at least two people with different roles: a team decides";
            return Some(wrong("team", why));
        }
        let is_long = |member: &Member| long(&member.name) || long(&member.role);
        (self.team.len() > MOST || self.team.iter().any(is_long)).then(|| {
            let why =
                format!("Enter at most {MOST} people, and at most {LONGEST_NAME} characters each");
            wrong("team", why)
        })
    }
}

fn decided(row: &Row<'_>, first: usize) -> Result<Decision, Error> {
    let team: String = row.get(first.saturating_add(2))?;
    Ok(Decision {
        on: row.get(first)?,
        pathway: row.get(first.saturating_add(1))?,
        team: serde_json::from_str(&team).map_err(|_| Error::Decode {
            column: first.saturating_add(2),
            expected: "who took part",
        })?,
        needs: row.get(first.saturating_add(3))?,
        next_step: row.get(first.saturating_add(4))?,
        owner: row.get(first.saturating_add(5))?,
    })
}

/// The decisions about a stay, in the order in which they were recorded. The last one stands.
///
/// # Errors
/// Those of the database.
pub fn decisions(tx: &mut Transaction<'_>, spell: SpellId) -> Result<Vec<KeptDecision>, Error> {
    tx.rows(
        sql!(
            "SELECT number, name, organisation, at, decided_on, pathway, team, needs, next_step, owner
             FROM pathway_decision WHERE spell = $1 ORDER BY number"
        ),
        params![spell],
        |row| {
            Ok(KeptDecision {
                number: row.get(0)?,
                name: row.get(1)?,
                organisation: row.get(2)?,
                at: row.get(3)?,
                decision: decided(row, 4)?,
            })
        },
    )
}

/// What stands of everybody who is in hospital now.
///
/// # Errors
/// Those of the database.
pub fn standing(tx: &mut Transaction<'_>) -> Result<BTreeMap<SpellId, Decision>, Error> {
    let rows = tx.rows(
        sql!(
            "SELECT d.spell, d.decided_on, d.pathway, d.team, d.needs, d.next_step, d.owner
             FROM pathway_decision d
             WHERE d.number = (SELECT max(o.number) FROM pathway_decision o WHERE o.spell = d.spell)
               AND d.spell IN (SELECT s.id FROM spell s WHERE s.state = 'in-hospital')"
        ),
        params![],
        |row| Ok((row.get::<SpellId>(0)?, decided(row, 1)?)),
    )?;
    Ok(rows.into_iter().collect())
}

/// Keeps what a team decided; `seen` is the number of the decision that stood when the caller looked, 0 for none.
///
/// # Errors
/// [`FlowError::NotNow`] when the person is no longer in hospital or the decision is wrong; [`FlowError::Version`] when another
/// was recorded meanwhile.
pub fn decide(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (id, seen): (SpellId, i64),
    decision: &Decision,
    by: &By,
) -> Result<(), FlowError> {
    let spell = spell::one(tx, id)?.ok_or(FlowError::NotFound)?;
    if spell.state != SpellState::InHospital {
        return Err(NotSo::NotInHospital.into());
    }
    let latest = decisions(tx, id)?.last().map_or(0, |kept| kept.number);
    if latest != seen {
        return Err(VersionError::Changed.into());
    }
    let today = environment.today();
    let admitted = spell.admitted_at.map_or(today, london_date);
    if let Some(wrong) = decision.wrongs((admitted, today), reference()?).first() {
        return Err(FlowError::NotNow(format!("{wrong}.")));
    }
    tx.execute(
        sql!(
            "INSERT INTO pathway_decision (spell, number, decided_on, pathway, team, needs, next_step, owner, name,
                 said_by_user, organisation, at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
        ),
        params![
            id,
            latest.saturating_add(1),
            decision.on,
            decision.pathway,
            json!(decision.team).to_string(),
            decision.needs,
            decision.next_step,
            decision.owner,
            by.name,
            by.user,
            by.organisation,
            environment.now()
        ],
    )?;
    touch(tx, "wards")?;
    Ok(())
}

//! What the partnership agreed: thresholds and actions, as dated data (`reference/escalation.toml`).

use std::sync::OnceLock;

use serde::Deserialize;
use stour_kernel::{Code, Date, OdsCode, Period};
use stour_partnership::Status;

use super::level::{Level, Thresholds};
use super::subject::{Kind, Measure, Subject};
use crate::error::FlowError;

/// What an action's `partner` says for the hospital or provider itself.
const OWN: &str = "own";
/// The largest count that is a small number: a threshold on people lies above it.
const SMALL: u64 = 7;

/// Where a row comes from, when it holds, and how far it can be relied on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// When it holds.
    pub valid: Period,
    /// Who says so.
    pub source: String,
    /// How far that can be relied on.
    pub status: Status,
}

/// What a level is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Which.
    pub level: Level,
    /// In a word or two.
    pub name: String,
    /// What it asks of everybody.
    pub means: String,
    /// Where that comes from.
    pub origin: Origin,
}

/// The thresholds of a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trigger {
    /// Of which measure.
    pub measure: Measure,
    /// Of this trust or service alone; of every one otherwise.
    pub only: Option<Subject>,
    /// From which values on.
    pub thresholds: Thresholds,
    /// Where that comes from.
    pub origin: Origin,
}

/// What one partner does from a level on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreed {
    /// Its name to machines.
    pub id: Code,
    /// Under whose pressure.
    pub of: Kind,
    /// From which level on.
    pub level: Level,
    /// Who does it; nothing for the hospital or provider itself.
    pub partner: Option<OdsCode>,
    /// What.
    pub what: String,
    /// Where that comes from.
    pub origin: Origin,
}

/// All of it, of every time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    names: Vec<Name>,
    triggers: Vec<Trigger>,
    agreed: Vec<Agreed>,
}

/// The plan of this partnership.
///
/// # Errors
/// [`FlowError::Reference`]: what is wrong with the file; the same answer every time.
pub fn plan() -> Result<&'static Plan, FlowError> {
    static PLAN: OnceLock<Result<Plan, String>> = OnceLock::new();
    PLAN.get_or_init(|| read(include_str!("../../../../reference/escalation.toml")))
        .as_ref()
        .map_err(|why| FlowError::Reference(format!("escalation.toml: {why}")))
}

impl Plan {
    /// What a level is called on a day.
    pub fn name(&self, level: Level, on: Date) -> Option<&Name> {
        let mut names = self.names.iter();
        names.find(|name| name.level == level && name.origin.valid.contains(on))
    }

    /// The thresholds of a measure of something on a day: its own, or those of all of its kind.
    pub fn trigger(&self, measure: Measure, of: &Subject, on: Date) -> Option<&Trigger> {
        let holds = |only: Option<&Subject>| {
            self.triggers.iter().find(|trigger| {
                trigger.measure == measure
                    && trigger.only.as_ref() == only
                    && trigger.origin.valid.contains(on)
            })
        };
        holds(Some(of)).or_else(|| holds(None))
    }

    /// What partners do at a level of pressure on a day: what they do from it or from a milder one on.
    pub fn actions(
        &self,
        of: &Subject,
        level: Level,
        on: Date,
    ) -> impl Iterator<Item = &Agreed> + use<'_> {
        let kind = of.kind();
        self.agreed.iter().filter(move |action| {
            action.of == kind && action.level <= level && action.origin.valid.contains(on)
        })
    }

    /// One action of any time.
    pub fn action(&self, id: &str) -> Option<&Agreed> {
        self.agreed.iter().find(|action| action.id.as_str() == id)
    }

    /// Whether a reader must be told not to rely on what holds on a day.
    pub fn needs_warning(&self, on: Date) -> bool {
        let names = self.names.iter().map(|row| &row.origin);
        let triggers = self.triggers.iter().map(|row| &row.origin);
        let agreed = self.agreed.iter().map(|row| &row.origin);
        let mut all = names.chain(triggers).chain(agreed);
        all.any(|origin| origin.valid.contains(on) && origin.status.needs_warning())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    level: Vec<LevelRow>,
    threshold: Vec<ThresholdRow>,
    action: Vec<ActionRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LevelRow {
    number: i64,
    name: String,
    means: String,
    starts: Date,
    ends: Option<Date>,
    source: String,
    status: Status,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThresholdRow {
    measure: Measure,
    organisation: Option<OdsCode>,
    service: Option<Code>,
    two: u64,
    three: u64,
    four: u64,
    starts: Date,
    ends: Option<Date>,
    source: String,
    status: Status,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActionRow {
    id: Code,
    of: Kind,
    level: i64,
    partner: String,
    what: String,
    starts: Date,
    ends: Option<Date>,
    source: String,
    status: Status,
}

fn origin(
    (starts, ends): (Date, Option<Date>),
    source: String,
    status: Status,
) -> Result<Origin, String> {
    let valid = Period::new(starts, ends).map_err(|error| error.to_string())?;
    Ok(Origin {
        valid,
        source,
        status,
    })
}

fn level(number: i64) -> Result<Level, String> {
    Level::of_number(number).ok_or_else(|| format!("there is no level {number}"))
}

pub(super) fn read(text: &str) -> Result<Plan, String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    let mut plan = Plan::default();
    for row in file.level {
        plan.names.push(Name {
            level: level(row.number)?,
            name: row.name,
            means: row.means,
            origin: origin((row.starts, row.ends), row.source, row.status)?,
        });
    }
    for row in file.threshold {
        let trigger = row.trigger()?;
        let same = |other: &Trigger| {
            other.measure == trigger.measure
                && other.only == trigger.only
                && other.origin.valid.overlaps(&trigger.origin.valid)
        };
        if plan.triggers.iter().any(same) {
            let name = trigger.measure.name();
            return Err(format!("two thresholds of {name} hold on one day"));
        }
        plan.triggers.push(trigger);
    }
    for row in file.action {
        let action = row.action()?;
        if plan.action(action.id.as_str()).is_some() {
            return Err(format!("the action {} is there twice", action.id));
        }
        plan.agreed.push(action);
    }
    Ok(plan)
}

impl ThresholdRow {
    fn trigger(self) -> Result<Trigger, String> {
        let measure = self.measure;
        let wrong = |why: &str| format!("the thresholds of {} {why}", measure.name());
        let thresholds = Thresholds::new(self.two, self.three, self.four)
            .ok_or_else(|| wrong("do not rise from more than nothing"))?;
        if !measure.is_share() && self.two <= SMALL {
            return Err(wrong("would tell a small number: begin above 7"));
        }
        let only = match (self.organisation, self.service) {
            (None, None) => None,
            (Some(code), None) => Some(Subject::Trust(code)),
            (None, Some(id)) => Some(Subject::Service(id)),
            (Some(_), Some(_)) => return Err(wrong("are of a trust and of a service")),
        };
        if only
            .as_ref()
            .is_some_and(|only| only.kind() != measure.kind())
        {
            return Err(wrong("are of something that it is not told of"));
        }
        if let Some(Subject::Trust(code)) = &only {
            known(code)?;
        }
        Ok(Trigger {
            measure,
            only,
            thresholds,
            origin: origin((self.starts, self.ends), self.source, self.status)?,
        })
    }
}

impl ActionRow {
    fn action(self) -> Result<Agreed, String> {
        let partner = if self.partner == OWN {
            None
        } else {
            let code = self
                .partner
                .parse()
                .map_err(|_| format!("{} is no organisation", self.partner))?;
            known(&code)?;
            Some(code)
        };
        Ok(Agreed {
            id: self.id,
            of: self.of,
            level: level(self.level)?,
            partner,
            what: self.what,
            origin: origin((self.starts, self.ends), self.source, self.status)?,
        })
    }
}

fn known(code: &OdsCode) -> Result<(), String> {
    let reference = stour_partnership::reference().map_err(ToString::to_string)?;
    if reference.organisation(code).is_none() {
        return Err(format!("there is no organisation {code}"));
    }
    Ok(())
}

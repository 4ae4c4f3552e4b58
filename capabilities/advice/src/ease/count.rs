//! Counting, as facts about nobody.

use serde_json::{Value, json};
use stour_database::{Error, Transaction, params, sql};
use stour_facts::{FactKind, NewFact, Source, append};
use stour_kernel::{Date, Environment, ThreadId};
use stour_web::Problem;

use crate::content::kept_for;

/// Something that is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A flow was begun.
    Begun,
    /// An outcome was reached, by its id.
    Outcome(String),
    /// A next step of an outcome was followed: the outcome and what the step says.
    Next(String, String),
    /// How easy it was to find information, by the code of the answer.
    Ease(&'static str),
}

impl Event {
    fn detail(&self, flow: &str, version: i64) -> Value {
        let (what, which) = match self {
            Self::Begun => ("begun", String::new()),
            Self::Outcome(outcome) => ("outcome", outcome.clone()),
            Self::Next(outcome, label) => ("next", format!("{outcome}: {label}")),
            Self::Ease(code) => {
                return json!({
                    "survey": "advice", "question": "ease-of-finding", "flow": flow, "version": version,
                    "what": "ease", "which": code,
                });
            }
        };
        json!({ "flow": flow, "version": version, "what": what, "which": which })
    }
}

/// Appends the fact of an event. It names nobody, and nothing in it leads to the answers.
///
/// # Errors
/// Those of the database.
pub fn count(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (flow, version): (&str, i64),
    event: &Event,
) -> Result<(), Problem> {
    let Some(organisation) = kept_for() else {
        return Err(Problem::fault());
    };
    let kind = match event {
        Event::Ease(_) => FactKind::SurveyAnswer,
        _ => FactKind::Advice,
    };
    let today = environment.today();
    append(
        tx,
        environment,
        NewFact {
            thread: None,
            kind,
            person: None,
            organisation,
            commissioner: None,
            locality: None,
            council: None,
            started: today,
            ended: Some(today),
            outcome: None,
            cost: None,
            source: Source {
                system: "stour:advice".to_owned(),
                reference: environment.id::<ThreadId>().to_string(),
            },
            detail: event.detail(flow, version),
            recorded_by: "advice".to_owned(),
        },
    )?;
    Ok(())
}

/// How often something happened in a month.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Counted {
    /// The flow, by its id.
    pub flow: String,
    /// The month: `2026-11`.
    pub month: String,
    /// `begun`, `outcome`, `next` or `ease`.
    pub what: String,
    /// Which outcome, next step or answer.
    pub which: String,
    /// How often.
    pub times: i64,
}

/// What was counted from one day to another, both included, by flow, month and event.
///
/// # Errors
/// Those of the database.
pub fn counted(tx: &mut Transaction<'_>, from: Date, to: Date) -> Result<Vec<Counted>, Error> {
    let rows = tx.rows(
        sql!(
            "SELECT substr(started, 1, 7), detail, count(*) FROM fact
             WHERE kind IN ('advice', 'survey-answer') AND source_system = 'stour:advice'
               AND started >= $1 AND started <= $2
             GROUP BY substr(started, 1, 7), detail"
        ),
        params![from, to],
        |row| {
            Ok((
                row.get::<String>(0)?,
                row.get::<String>(1)?,
                row.get::<i64>(2)?,
            ))
        },
    )?;
    let mut all = std::collections::BTreeMap::new();
    for (month, detail, times) in rows {
        let detail: Value = serde_json::from_str(&detail).unwrap_or_default();
        let text = |key: &str| {
            let found = detail.get(key).and_then(Value::as_str);
            found.unwrap_or_default().to_owned()
        };
        // Versions of one flow are counted together.
        let key = (text("flow"), month, text("what"), text("which"));
        let sum: &mut i64 = all.entry(key).or_default();
        *sum = sum.saturating_add(times);
    }
    let counted = all
        .into_iter()
        .map(|((flow, month, what, which), times)| Counted {
            flow,
            month,
            what,
            which,
            times,
        });
    Ok(counted.collect())
}

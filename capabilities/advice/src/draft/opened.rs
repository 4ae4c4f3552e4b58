//! A draft with the flow that its answers are read by.

use std::sync::Arc;

use stour_database::Transaction;
use stour_guidance::{At, Flow, Position};
use stour_kernel::{Date, Environment};
use stour_web::{House, Problem, Visitor};

use super::{Code, Draft, draft};
use crate::content::{Published, flow_at, published};

/// A draft whose answers fit the version that is published now.
#[derive(Debug, Clone)]
pub(crate) struct Opened {
    /// The draft, with its answers carried over where the flow has changed.
    pub(crate) draft: Draft,
    /// The version that is published now.
    pub(crate) now: Published,
    /// What must be answered again because the flow has changed since.
    pub(crate) again: Vec<String>,
    /// The flow has changed since the last answer was saved.
    pub(crate) carried: bool,
}

/// Opens a draft by the flow and the code of its address; nothing when it is not kept, or never was.
pub(crate) async fn open(
    visitor: &Visitor,
    flow: &str,
    code: &str,
) -> Result<Option<Opened>, Problem> {
    let Ok(code) = code.parse::<Code>() else {
        return Ok(None);
    };
    let (house, today) = (visitor.house(), visitor.today());
    let found = house
        .database()
        .read(move |tx| draft(tx, &code, today))
        .await?;
    match found {
        Some(draft) if draft.flow == flow => Ok(Some(brought_up(house, draft, today).await?)),
        _ => Ok(None),
    }
}

/// A draft with its answers carried over to what is published now.
async fn brought_up(house: &House, mut draft: Draft, today: Date) -> Result<Opened, Problem> {
    let now = published(house.database(), &draft.flow).await?;
    let now = now.ok_or_else(Problem::not_found)?;
    let mut again = Vec::new();
    let carried = draft.flow_version != now.number;
    if carried {
        let before = flow_at(house.database(), &draft.flow, draft.flow_version).await?;
        if let Some(before) = before {
            let over = now.flow.carry(&before.flow, &draft.answers, today);
            draft.answers = over.kept;
            again = over.again;
        }
        draft.flow_version = now.number;
    }
    Ok(Opened {
        draft,
        now,
        again,
        carried,
    })
}

impl Opened {
    /// The flow.
    pub(crate) fn flow(&self) -> &Arc<Flow> {
        &self.now.flow
    }

    /// The address of the draft.
    pub(crate) fn address(&self) -> String {
        address(&self.draft)
    }

    /// Where the answers lead.
    pub(crate) fn position(&self, today: Date) -> Result<Position<'_>, Problem> {
        position(&self.now.flow, &self.draft, today)
    }
}

/// The address of a draft.
pub(crate) fn address(draft: &Draft) -> String {
    format!("/advice/{}/{}", draft.flow, draft.code)
}

/// Where the answers of a draft lead.
pub(crate) fn position<'f>(
    flow: &'f Flow,
    draft: &Draft,
    today: Date,
) -> Result<Position<'f>, Problem> {
    flow.position(&draft.answers, today)
        .ok_or_else(Problem::fault)
}

/// The draft as a transaction finds it, so that two windows on one draft lose no answer of each other. Answers that
/// were given to a version before are those that were carried over for the page.
pub(crate) fn within(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    opened: &Opened,
) -> Result<Draft, Problem> {
    let found = draft(tx, &opened.draft.code, environment.today())?;
    let found = found.ok_or_else(Problem::not_found)?;
    if found.flow_version == opened.now.number {
        Ok(found)
    } else {
        Ok(Draft {
            flow_version: opened.now.number,
            answers: opened.draft.answers.clone(),
            ..found
        })
    }
}

/// Where somebody goes on to: the next question, the check of the answers, or at once an urgent outcome.
pub(crate) fn goes_on(draft: &Draft, at: At<'_>) -> String {
    let address = address(draft);
    match at {
        At::Question(question) => format!("{address}/question/{}", question.id),
        At::Outcome(outcome) if outcome.urgent => format!("{address}/outcome"),
        At::Outcome(_) => format!("{address}/check"),
    }
}

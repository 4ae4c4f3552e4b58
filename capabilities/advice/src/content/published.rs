//! The flows that the public follows.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use stour_database::{Database, Error};
use stour_guidance::Flow;

use super::store::{contents, steps, version};
use super::{shipped, standing};

/// A flow with the number of its version.
#[derive(Debug, Clone)]
pub struct Published {
    /// The flow.
    pub flow: Arc<Flow>,
    /// The number of the version.
    pub number: i64,
}

/// Versions that were read before. A version is never changed, so what was read stays right.
#[derive(Debug, Default)]
struct Read(Mutex<BTreeMap<(String, i64), Arc<Flow>>>);

impl Read {
    fn get(&self, id: &str, number: i64) -> Option<Arc<Flow>> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(&(id.to_owned(), number)).cloned()
    }

    fn keep(&self, id: &str, number: i64, flow: &Arc<Flow>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A thousand versions are some tens of megabytes; who reads more begins again.
        if all.len() >= 1_000 {
            all.clear();
        }
        all.insert((id.to_owned(), number), Arc::clone(flow));
    }
}

/// A version of a flow; nothing when there is none, or this release cannot read it.
///
/// # Errors
/// Those of the database.
pub async fn flow_at(
    database: &Database,
    id: &str,
    number: i64,
) -> Result<Option<Published>, Error> {
    let read = database.companion::<Read>();
    if let Some(flow) = read.get(id, number) {
        return Ok(Some(Published { flow, number }));
    }
    let content = id.to_owned();
    let found = database
        .read(move |tx| version(tx, &content, number))
        .await?;
    let Some(found) = found else {
        return Ok(None);
    };
    match Flow::read(&found.text) {
        Ok(flow) => {
            let flow = Arc::new(flow);
            read.keep(id, number, &flow);
            Ok(Some(Published { flow, number }))
        }
        Err(mistakes) => {
            tracing::error!(content = id, number, %mistakes, "a version of advice cannot be read");
            Ok(None)
        }
    }
}

/// The version of a flow that the public follows, if there is such.
///
/// # Errors
/// Those of the database.
pub async fn published(database: &Database, id: &str) -> Result<Option<Published>, Error> {
    let content = id.to_owned();
    let steps = database.read(move |tx| steps(tx, &content)).await?;
    match standing(shipped(id).is_some(), &steps) {
        (Some(number), _) => flow_at(database, id, number).await,
        (None, _) => Ok(None),
    }
}

/// Every flow that the public can follow, in order.
///
/// # Errors
/// Those of the database.
pub async fn published_flows(database: &Database) -> Result<Vec<Published>, Error> {
    let all = database.read(contents).await?;
    let mut flows = Vec::new();
    for content in all {
        if let Some(number) = content.published {
            flows.extend(flow_at(database, &content.id, number).await?);
        }
    }
    Ok(flows)
}

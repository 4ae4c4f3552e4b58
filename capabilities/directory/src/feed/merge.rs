//! What a feed says anew, put together with what people here have changed since it last spoke.

use serde_json::{Map, Value};
use stour_open_referral::Service;

use crate::error::DirectoryError;

/// A service put together, and the fields that both had changed, of which what is kept here stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Merged {
    pub(super) service: Service,
    pub(super) contested: Vec<String>,
}

/// Fields that say when something was done: that they differ means nothing by itself.
const DATES: [&str; 2] = ["last_modified", "assured_date"];

/// Puts together, field by field: what the feed has changed since it last spoke, and what was changed here.
///
/// # Errors
/// [`DirectoryError::Document`] when a service cannot be written, which its types rule out.
pub(super) fn merged(
    last: &Service,
    now: &Service,
    here: &Service,
) -> Result<Merged, DirectoryError> {
    let [last, mut now, mut here] = [fields(last)?, fields(now)?, fields(here)?];
    let names: std::collections::BTreeSet<String> = last
        .keys()
        .chain(now.keys())
        .chain(here.keys())
        .cloned()
        .collect();
    let mut out = Map::new();
    let mut contested = Vec::new();
    for name in names {
        let (before, feed, ours) = (last.get(&name), now.remove(&name), here.remove(&name));
        let feed_changed = feed.as_ref() != before;
        let we_changed = ours.as_ref() != before;
        if feed_changed && we_changed && feed != ours && !DATES.contains(&name.as_str()) {
            contested.push(name.replace('_', " "));
        }
        if let Some(value) = if we_changed { ours } else { feed } {
            out.insert(name, value);
        }
    }
    let service = serde_json::from_value(Value::Object(out));
    let service = service.map_err(|error| DirectoryError::Document(error.to_string()))?;
    Ok(Merged { service, contested })
}

fn fields(service: &Service) -> Result<Map<String, Value>, DirectoryError> {
    match serde_json::to_value(service) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err(DirectoryError::Document("it is no object".to_owned())),
        Err(error) => Err(DirectoryError::Document(error.to_string())),
    }
}

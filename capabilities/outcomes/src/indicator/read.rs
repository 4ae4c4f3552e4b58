//! The indicator, computed when it is asked for from the log as it stands.

use stour_access::{Action, Resource};
use stour_database::Transaction;
use stour_web::{Caller, Problem};

use super::report::Report;
use super::{Audience, Case, Definition, cases_of_everybody, still_at_home, summarise};

/// The definition of the indicator of this id.
pub(crate) fn definition(id: &str) -> Result<&'static Definition, Problem> {
    let definition = still_at_home().map_err(|error| {
        tracing::error!(%error, "the definition of an indicator cannot be read");
        Problem::fault()
    })?;
    if definition.id == id {
        Ok(definition)
    } else {
        Err(Problem::not_found())
    }
}

/// The indicator as the policies see it.
pub(crate) fn resource(definition: &Definition) -> Resource {
    Resource::Indicator {
        id: definition.id.clone(),
    }
}

/// Every case, as it can be judged today.
pub(crate) async fn cases(
    caller: &Caller,
    definition: &'static Definition,
) -> Result<Vec<Case>, Problem> {
    let today = caller.today();
    let reference = stour_partnership::reference().map_err(|error| {
        tracing::error!(%error, "the reference data cannot be read");
        Problem::fault()
    })?;
    let read = move |tx: &mut Transaction<'_>| cases_of_everybody(tx, definition, reference, today);
    Ok(caller.house().database().read(read).await?)
}

/// The indicator for whoever asks.
pub(crate) async fn report(caller: &Caller) -> Result<Report, Problem> {
    let definition = definition("still-at-home")?;
    let cases = cases(caller, definition).await?;
    let summary = summarise(definition, &cases, caller.today());
    Ok(Report::new(
        definition,
        summary,
        audience(caller, definition)?,
    ))
}

/// Whether whoever asks may open the people behind the number: what the policies say, not what the
/// page supposes.
fn audience(caller: &Caller, definition: &Definition) -> Result<Audience, Problem> {
    let action: Action = "indicator.people".parse().map_err(|_| Problem::fault())?;
    if caller.may(action, &resource(definition)) {
        Ok(Audience::MayOpen)
    } else {
        Ok(Audience::CountsOnly)
    }
}

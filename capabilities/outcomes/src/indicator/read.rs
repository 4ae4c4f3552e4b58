//! Asking the numbers in memory, for whoever asks.

use stour_access::{Action, Resource};
use stour_web::{Caller, House, Problem};

use super::page::Words;
use super::period::Period;
use super::piece::Piece;
use super::publish::Audience;
use super::report::{Maker, Report};
use crate::catalogue::{Catalogue, Definition, catalogue};
use crate::commentary::form::commentary;
use crate::counted::{State, bring, numbers};

/// The catalogue of indicators.
pub(crate) fn known() -> Result<&'static Catalogue, Problem> {
    catalogue().map_err(|error| {
        tracing::error!(%error, "the definitions of indicators cannot be read");
        Problem::fault()
    })
}

/// The definition of the indicator of this id.
pub(crate) fn definition(id: &str) -> Result<&'static Definition, Problem> {
    known()?.named(id).ok_or_else(Problem::not_found)
}

/// The indicator as the policies see it.
pub(crate) fn resource(definition: &Definition) -> Resource {
    Resource::Indicator {
        id: definition.id.clone(),
    }
}

/// Asks the numbers as they are committed now.
pub(crate) async fn ask<T>(
    caller: &Caller,
    question: impl FnOnce(&Maker<'_>) -> T,
) -> Result<T, Problem> {
    ask_house(caller.house(), question).await
}

/// The same for nobody in particular.
pub(crate) async fn ask_house<T>(
    house: &House,
    question: impl FnOnce(&Maker<'_>) -> T,
) -> Result<T, Problem> {
    let catalogue = known()?;
    let reference = stour_partnership::reference().map_err(|error| {
        tracing::error!(%error, "the reference data cannot be read");
        Problem::fault()
    })?;
    bring(house).await.map_err(|error| {
        tracing::error!(%error, "indicators cannot be counted");
        Problem::fault()
    })?;
    let numbers = numbers(house.database());
    let question = |state: &State| question(&Maker::new(state, catalogue, reference));
    let answer = numbers.ask_slowly(question).await;
    answer.ok_or_else(Problem::fault)
}

/// An indicator for whoever asks, of the place and the period that an address names, if any.
pub(crate) async fn report(
    caller: &Caller,
    definition: &'static Definition,
    asked: &Words,
) -> Result<Report, Problem> {
    let audience = audience(caller, definition)?;
    let asked = |name: &str| {
        let text = asked.get(name).map(String::as_str);
        text.filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let (place, period) = (asked("place"), asked("period"));
    let said = commentary(caller, &format!("indicators/{}", definition.id)).await?;
    let found = ask(caller, move |maker| {
        let named = |text: &str| Piece::named(maker.state, maker.reference, text);
        let place = place
            .as_deref()
            .map(|text| named(text).ok_or_else(Problem::not_found));
        let place = place.transpose()?;
        let named = |text: &str| Period::named(text, definition, maker.as_of());
        let period = period
            .as_deref()
            .map(|text| named(text).ok_or_else(Problem::not_found));
        let which = (place.as_ref(), period.transpose()?);
        let report = maker.report(definition, which, audience);
        let report = report.ok_or_else(Problem::not_found)?;
        Ok(Report { said, ..report })
    });
    found.await?
}

/// Whether whoever asks may open the people behind the number: what the policies say, not what the
/// page supposes.
pub(crate) fn audience(caller: &Caller, definition: &Definition) -> Result<Audience, Problem> {
    let action: Action = "indicator.people".parse().map_err(|_| Problem::fault())?;
    if caller.may(action, &resource(definition)) {
        Ok(Audience::MayOpen)
    } else {
        Ok(Audience::CountsOnly)
    }
}

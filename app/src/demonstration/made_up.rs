//! A made-up programme with a history up to today, so that a plan with durations, a baseline and what changed since the
//! last board can be looked at. It says of itself that it is made up.

use std::collections::BTreeMap;

use anyhow::{Context as _, bail};
use jiff::{SignedDuration, ToSpan as _};
use serde::Deserialize;
use stour_database::Transaction;
use stour_kernel::{Date, Environment, Timestamp};
use stour_register::{Author, Changed, Values, add, change, numbered};

const TEXT: &str = include_str!("made_up.toml");

#[derive(Debug, Deserialize)]
struct File {
    scope: String,
    phase: Vec<Phase>,
}

/// What was saved at one moment.
#[derive(Debug, Deserialize)]
struct Phase {
    days_before: i64,
    why: String,
    #[serde(flatten)]
    kinds: BTreeMap<String, Vec<BTreeMap<String, toml::Value>>>,
}

/// Adds it, as if it had been kept over the weeks before `today`.
pub(super) fn add_to(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    today: Date,
) -> anyhow::Result<()> {
    let file: File = toml::from_str(TEXT).context("the made-up programme cannot be read")?;
    for (seed, phase) in (1..).zip(&file.phase) {
        let before = SignedDuration::from_hours(phase.days_before.saturating_mul(24));
        let at: Timestamp = environment.now().saturating_sub(before)?;
        let then = Environment::seeded(at, seed);
        // All of a phase is saved at one moment, so that a baseline keeps the plan of its phase.
        for (kind, rows) in &phase.kinds {
            for row in rows {
                save(tx, &then, (&file.scope, kind, &phase.why), (row, today))?;
            }
        }
    }
    Ok(())
}

fn save(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    (scope, kind, why): (&str, &str, &str),
    (row, today): (&BTreeMap<String, toml::Value>, Date),
) -> anyhow::Result<()> {
    let by = Author {
        user: None,
        name: "Demonstration".to_owned(),
        organisation: "QVV".parse()?,
    };
    let number = row.get("number").and_then(toml::Value::as_integer);
    let number =
        number.with_context(|| format!("a {kind} of the made-up programme has no number"))?;
    let mut values = Values::default();
    for (field, value) in row.iter().filter(|(field, _)| *field != "number") {
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        values.set(field, &dated(&text, today)?);
    }
    let Some(latest) = numbered(tx, (scope, kind), number)? else {
        add(
            tx,
            environment,
            (scope, kind, Some(number)),
            (&values, why),
            &by,
        )?;
        return Ok(());
    };
    match change(
        tx,
        environment,
        (latest.id, latest.version),
        (&values, why),
        &by,
    )? {
        Changed::Saved(..) => Ok(()),
        other => bail!("a change of the made-up programme is none: {other:?}"),
    }
}

/// A text with the day or month that it means, where it is one counted from today.
pub(super) fn dated(text: &str, today: Date) -> anyhow::Result<String> {
    let (days, pattern) = match text.strip_prefix('@') {
        None => return Ok(text.to_owned()),
        Some(rest) => match rest.strip_prefix('m') {
            Some(days) => (days, "%Y-%m"),
            None => (rest, "%Y-%m-%d"),
        },
    };
    let days: i64 = days.parse().with_context(|| format!("{text} is no day"))?;
    let day = today.checked_add(days.days())?;
    Ok(day.strftime(pattern).to_string())
}

#[cfg(test)]
mod tests;

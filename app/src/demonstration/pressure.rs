//! How pressure moved before the day of the demonstration, and what is being done about it: made up, so that a month is to
//! be seen at once.

use std::collections::BTreeMap;

use anyhow::Context as _;
use jiff::ToSpan as _;
use stour_database::Transaction;
use stour_flow::By;
use stour_flow::escalation::{Level, Recorded, Standing, Subject, hour, load, plan, start};
use stour_kernel::{Environment, Timestamp};
use stour_programme::document::Author;

/// Who begins what was agreed, by the name they sign in with.
const HUB: &str = "transfer-hub";
/// From so many hours before now: 28 days.
const HOURS: i64 = 28 * 24;
/// What moved it, as the record names it.
const TRUST: &str = "ready-share";
const SERVICE: &str = "taken-today";

/// Loads a history of every hour and begins one action.
pub(super) fn say(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    people: &BTreeMap<String, Author>,
) -> anyhow::Result<()> {
    let (now, today) = (environment.now(), environment.today());
    let subjects = Subject::all(today)?;
    let mut all = Vec::new();
    for (number, subject) in (0_i64..).zip(&subjects) {
        for back in 1..=HOURS {
            all.push(recorded(
                subject,
                number,
                hour(now.checked_sub(back.hours())?),
            ));
        }
    }
    load(tx, &all, now)?;
    let hub = people
        .get(HUB)
        .with_context(|| format!("no account {HUB}"))?;
    let by = By {
        name: hub.name.clone(),
        user: hub.user,
        organisation: hub.organisation,
    };
    for subject in &subjects {
        if let Some(first) = plan()?.actions(subject, Level::Two, today).next() {
            start(tx, environment, (subject, first.id.as_str()), &by)?;
            break;
        }
    }
    Ok(())
}

/// A wave of about nine days, another for each,; some nights nothing was heard.
fn recorded(subject: &Subject, number: i64, at: Timestamp) -> Recorded {
    let hours = at.as_second() / 3_600 + number * 61;
    let wave = (hours % 216 - 108).abs();
    let level = match wave {
        0..=14 => Level::Four,
        15..=40 => Level::Three,
        41..=75 => Level::Two,
        _ => Level::One,
    };
    let is_trust = matches!(subject, Subject::Trust(_));
    let standing = if is_trust && hours % 337 < 4 {
        Standing::NotKnown
    } else {
        Standing::Known(level)
    };
    let because = match standing.level() {
        Some(Level::One) | None => "",
        _ if is_trust => TRUST,
        _ => SERVICE,
    };
    Recorded {
        subject: subject.clone(),
        hour: at,
        standing,
        because: because.to_owned(),
    }
}

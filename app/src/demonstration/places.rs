//! The places in onward services of the demonstration: made up, for a fortnight from the day it is made.

use std::collections::BTreeMap;

use anyhow::Context as _;
use jiff::ToSpan as _;
use stour_database::Transaction;
use stour_flow::By;
use stour_flow::capacity::{Line, line_version, services_at, set_places};
use stour_kernel::Environment;
use stour_programme::document::Author;

/// Who says how many there are, by the name they sign in with.
const HUB: &str = "transfer-hub";

/// From the first to the last of a fortnight, in days.
const AHEAD: i32 = 13;

/// Says how many places each service has in each locality: from none to four, so that every case is to be seen.
pub(super) fn say(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    people: &BTreeMap<String, Author>,
) -> anyhow::Result<()> {
    let hub = people
        .get(HUB)
        .with_context(|| format!("no account {HUB}"))?;
    let by = By {
        name: hub.name.clone(),
        user: hub.user,
        organisation: hub.organisation,
    };
    let today = environment.today();
    let last = today.checked_add(AHEAD.days())?;
    for service in services_at(today)? {
        for (number, locality) in (0_i64..).zip(&service.localities) {
            let line = Line {
                service: service.id.clone(),
                locality: locality.clone(),
            };
            let seen = line_version(tx, &line)?;
            let said = (today, last, (number * 2 + 1) % 5);
            set_places(tx, environment, (&line, seen), said, &by)?;
        }
    }
    Ok(())
}

//! About whom anything was said, in order: what numbers kept in memory follow.
//!
//! The numbers are committed in order for the reason that lines to match by are (`match_sequence` in
//! `capabilities/people`): whoever takes one changes the one row of `fact_sequence` and so holds it until the
//! transaction ends.

use std::collections::BTreeSet;

use stour_database::{Result, Transaction, params, sql};
use stour_kernel::PersonId;

/// Notes that something about these people has changed: a fact, or what else numbers depend on, such as a date of
/// birth. `None` stands for facts about nobody.
pub fn touch(
    tx: &mut Transaction<'_>,
    people: impl IntoIterator<Item = Option<PersonId>>,
) -> Result<()> {
    let people: BTreeSet<Option<PersonId>> = people.into_iter().collect();
    if people.is_empty() {
        return Ok(());
    }
    let sequence = tx.one(
        sql!(
            "INSERT INTO fact_sequence (one, last) VALUES (1, 1)
             ON CONFLICT (one) DO UPDATE SET last = fact_sequence.last + 1 RETURNING last"
        ),
        params![],
        |row| row.get::<i64>(0),
    )?;
    for person in people {
        let name = person.map_or_else(String::new, |person| person.to_string());
        tx.execute(
            sql!(
                "INSERT INTO fact_change (person, sequence) VALUES ($1, $2)
                 ON CONFLICT (person) DO UPDATE SET sequence = $2"
            ),
            params![name, sequence],
        )?;
    }
    Ok(())
}

/// The number of the last change; 0 before the first.
pub fn last_change(tx: &mut Transaction<'_>) -> Result<i64> {
    let last = tx.optional(sql!("SELECT last FROM fact_sequence"), params![], |row| {
        row.get(0)
    })?;
    Ok(last.unwrap_or_default())
}

/// About whom something changed after a number, the earliest first, with the number of each; `None` stands for facts
/// about nobody.
pub fn changed_after(
    tx: &mut Transaction<'_>,
    sequence: i64,
) -> Result<Vec<(i64, Option<PersonId>)>> {
    tx.rows(
        sql!(
            "SELECT sequence, person FROM fact_change WHERE sequence > $1 ORDER BY sequence, person"
        ),
        params![sequence],
        |row| {
            let name: String = row.get(1)?;
            // The empty name is nobody's.
            Ok((row.get(0)?, name.parse().ok()))
        },
    )
}

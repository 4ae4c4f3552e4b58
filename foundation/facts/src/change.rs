//! About whom anything was said, in order: what numbers kept in memory follow.
//!
//! The numbers are committed in order for the reason that lines to match by are (`match_sequence` in
//! `capabilities/people`): whoever takes one changes the one row of `fact_sequence` and so holds it until the
//! transaction ends.
//!
//! **Which first.** A transaction that takes both takes `fact_sequence` first: two that each held one and waited for
//! the other would be stopped by PostgreSQL. Whoever stores a line to match by has therefore called [`touch`] before, in
//! the same function.

use std::collections::BTreeSet;

use stour_database::{Result, ToValue, Transaction, params, sql};
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
    let names: Vec<String> = people
        .into_iter()
        .map(|person| person.map_or_else(String::new, |person| person.to_string()))
        .collect();
    let (many, few) = names.as_chunks::<TOGETHER>();
    for some in many {
        note_many(tx, sequence, some)?;
    }
    for name in few {
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

/// How many are noted by one statement: a load is about thousands of people, and a database across a network answers
/// each statement apart.
const TOGETHER: usize = 50;

fn note_many(tx: &mut Transaction<'_>, sequence: i64, names: &[String; TOGETHER]) -> Result<()> {
    let mut values = vec![sequence.to_value()];
    values.extend(names.iter().map(ToValue::to_value));
    tx.execute(
        sql!(
            "INSERT INTO fact_change (person, sequence) VALUES
             ($2, $1), ($3, $1), ($4, $1), ($5, $1), ($6, $1), ($7, $1), ($8, $1), ($9, $1), ($10, $1), ($11, $1),
             ($12, $1), ($13, $1), ($14, $1), ($15, $1), ($16, $1), ($17, $1), ($18, $1), ($19, $1), ($20, $1), ($21, $1),
             ($22, $1), ($23, $1), ($24, $1), ($25, $1), ($26, $1), ($27, $1), ($28, $1), ($29, $1), ($30, $1), ($31, $1),
             ($32, $1), ($33, $1), ($34, $1), ($35, $1), ($36, $1), ($37, $1), ($38, $1), ($39, $1), ($40, $1), ($41, $1),
             ($42, $1), ($43, $1), ($44, $1), ($45, $1), ($46, $1), ($47, $1), ($48, $1), ($49, $1), ($50, $1), ($51, $1)
             ON CONFLICT (person) DO UPDATE SET sequence = $1"
        ),
        &values,
    )?;
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

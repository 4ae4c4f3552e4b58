//! Events in the database.

use stour_database::{Error, Result, Row, Transaction, params, sql};
use stour_kernel::Environment;

use super::{Announced, Event};

/// Stores an event, to be told to everybody who follows. Call it in the transaction that brings the
/// event about.
///
/// # Errors
/// Those of the database.
pub fn announce(tx: &mut Transaction<'_>, environment: &Environment, event: Event) -> Result<()> {
    let (survivor, merged, record) = event.parts();
    // Two at once take the same number; one of them is refused and runs again after the other.
    tx.execute(
        sql!(
            "INSERT INTO person_event (sequence, kind, survivor, merged, record, at)
             SELECT COALESCE(max(sequence), 0) + 1, CAST($1 AS TEXT), CAST($2 AS TEXT), CAST($3 AS TEXT),
                    CAST($4 AS TEXT), CAST($5 AS TEXT)
             FROM person_event"
        ),
        params![event.kind(), survivor, merged, record, environment.now()],
    )?;
    Ok(())
}

/// The events after one of them, in order.
pub(super) fn after(tx: &mut Transaction<'_>, sequence: i64, limit: i64) -> Result<Vec<Announced>> {
    tx.rows(
        sql!(
            "SELECT sequence, kind, survivor, merged, record, at FROM person_event
             WHERE sequence > $1 ORDER BY sequence LIMIT $2"
        ),
        params![sequence, limit],
        stored,
    )
}

/// The number of the latest event; 0 when there is none.
pub(super) fn latest(tx: &mut Transaction<'_>) -> Result<i64> {
    tx.one(
        sql!("SELECT COALESCE(max(sequence), 0) FROM person_event"),
        params![],
        |row| row.get(0),
    )
}

fn stored(row: &Row<'_>) -> Result<Announced> {
    let kind: String = row.get(1)?;
    let event = Event::of_parts(&kind, (row.get(2)?, row.get(3)?, row.get(4)?));
    Ok(Announced {
        sequence: row.get(0)?,
        event: event.ok_or_else(|| Error::Statement(format!("{kind} is no kind of event")))?,
        at: row.get(5)?,
    })
}

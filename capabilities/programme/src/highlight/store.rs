//! Storing issued reports: what was issued stays.

use stour_database::{Error, Row, Transaction, params, sql};
use stour_kernel::{Environment, Timestamp};
use stour_register::Author;

use super::issued::Issued;
use super::report::Report;
use crate::document::Hash;

/// Stores a report as it is, with the next number of its programme.
///
/// # Errors
/// Those of the database.
pub(super) fn issue(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    scope: &str,
    report: &Report,
    by: &Author,
) -> Result<i64, Error> {
    let last: Option<i64> = tx.one(
        sql!("SELECT max(number) FROM programme_report WHERE scope = $1"),
        params![scope],
        |row| row.get(0),
    )?;
    let number = last.unwrap_or(0).saturating_add(1);
    let text = report.json();
    tx.execute(
        sql!(
            "INSERT INTO programme_report
                 (scope, number, report, hash, until, issued_by, issued_by_name, organisation, issued_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        params![
            scope,
            number,
            text,
            Hash::of(&text),
            report.until,
            by.user,
            by.name,
            by.organisation,
            environment.now()
        ],
    )?;
    Ok(number)
}

fn issued_of(row: &Row<'_>) -> Result<Issued, Error> {
    let (text, hash): (String, Hash) = (row.get(1)?, row.get(2)?);
    Ok(Issued {
        number: row.get(0)?,
        is_intact: Hash::of(&text) == hash,
        report: serde_json::from_str(&text).ok(),
        by: row.get(3)?,
        organisation: row.get(4)?,
        at: row.get(5)?,
    })
}

/// Every issued report of a programme, the latest first.
///
/// # Errors
/// Those of the database.
pub(super) fn all(tx: &mut Transaction<'_>, scope: &str) -> Result<Vec<Issued>, Error> {
    tx.rows(
        sql!(
            "SELECT number, report, hash, issued_by_name, organisation, issued_at
             FROM programme_report WHERE scope = $1 ORDER BY number DESC LIMIT 500"
        ),
        params![scope],
        issued_of,
    )
}

/// One issued report.
///
/// # Errors
/// Those of the database.
pub(super) fn one(
    tx: &mut Transaction<'_>,
    scope: &str,
    number: i64,
) -> Result<Option<Issued>, Error> {
    tx.optional(
        sql!(
            "SELECT number, report, hash, issued_by_name, organisation, issued_at
             FROM programme_report WHERE scope = $1 AND number = $2"
        ),
        params![scope, number],
        issued_of,
    )
}

/// When the last report of a programme was issued.
///
/// # Errors
/// Those of the database.
pub(super) fn last_issued(
    tx: &mut Transaction<'_>,
    scope: &str,
) -> Result<Option<Timestamp>, Error> {
    tx.optional(
        sql!(
            "SELECT issued_at FROM programme_report WHERE scope = $1 ORDER BY number DESC LIMIT 1"
        ),
        params![scope],
        |row| row.get(0),
    )
}

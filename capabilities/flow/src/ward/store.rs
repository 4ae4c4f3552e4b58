//! How full wards are.

use stour_database::{Result, Transaction, params, sql};
use stour_kernel::{Date, OdsCode};

/// How many people a ward has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WardCount {
    /// Who runs it.
    pub organisation: OdsCode,
    /// The hospital's code for it; empty for those of whom no ward was given.
    pub ward: String,
    /// People in it now.
    pub people: i64,
    /// Those of them expected to go home that day or before.
    pub due: i64,
}

/// How many people there are on every ward that has any, by organisation and ward.
pub fn occupancy(tx: &mut Transaction<'_>, today: Date) -> Result<Vec<WardCount>> {
    tx.rows(
        sql!(
            "SELECT organisation, COALESCE(ward, ''), count(*),
                    CAST(sum(CASE WHEN expected_on <= $1 THEN 1 ELSE 0 END) AS BIGINT)
             FROM spell WHERE state = 'in-hospital'
             GROUP BY organisation, COALESCE(ward, '') ORDER BY organisation, COALESCE(ward, '')"
        ),
        params![today],
        |row| {
            Ok(WardCount {
                organisation: row.get(0)?,
                ward: row.get(1)?,
                people: row.get(2)?,
                due: row.get(3)?,
            })
        },
    )
}

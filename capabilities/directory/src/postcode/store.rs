//! The table of postcodes that is in use: the one that was imported, else the one that the program brings.

use std::sync::{Arc, PoisonError, RwLock};

use sha2::{Digest as _, Sha256};
use stour_database::{Transaction, params, sql};

use super::table::Postcodes;
use crate::error::DirectoryError;

/// The topic that an import touches.
pub(crate) const TOPIC: &str = "postcodes";
/// The most bytes of a piece.
const PIECE: usize = 1 << 20;

/// What was imported last, kept in memory, with the number of its change.
#[derive(Debug, Default)]
struct Imported(RwLock<Option<(i64, Arc<Postcodes>)>>);

/// The table in use.
pub(crate) fn postcodes(tx: &mut Transaction<'_>) -> Result<Arc<Postcodes>, DirectoryError> {
    let change = stour_database::topics(tx)?.get(TOPIC).copied();
    let Some(change) = change else {
        return embedded();
    };
    let imported = tx.companion::<Imported>();
    let known = imported
        .0
        .read()
        .unwrap_or_else(PoisonError::into_inner)
        .clone();
    if let Some((of_change, table)) = known
        && of_change == change
    {
        return Ok(table);
    }
    let mut bytes = Vec::new();
    for piece in tx.rows(
        sql!("SELECT bytes FROM postcode_piece ORDER BY number"),
        params![],
        |row| row.get::<Vec<u8>>(0),
    )? {
        bytes.extend(piece);
    }
    let table = Postcodes::decode(&bytes).map_err(|broken| DirectoryError::Reference {
        file: "postcodes (imported)",
        reason: broken.to_string(),
    })?;
    let table = Arc::new(table);
    *imported.0.write().unwrap_or_else(PoisonError::into_inner) = Some((change, table.clone()));
    Ok(table)
}

/// A digest of the table that was imported; `None` where the one of the program is in use.
pub(crate) fn imprint(tx: &mut Transaction<'_>) -> Result<Option<[u8; 32]>, DirectoryError> {
    if !stour_database::topics(tx)?.contains_key(TOPIC) {
        return Ok(None);
    }
    let mut digest = Sha256::new();
    for piece in tx.rows(
        sql!("SELECT bytes FROM postcode_piece ORDER BY number"),
        params![],
        |row| row.get::<Vec<u8>>(0),
    )? {
        digest.update(piece);
    }
    Ok(Some(digest.finalize().into()))
}

fn embedded() -> Result<Arc<Postcodes>, DirectoryError> {
    Postcodes::embedded().map_err(|broken| DirectoryError::Reference {
        file: "postcodes/dorset.postcodes",
        reason: broken.to_string(),
    })
}

/// Puts a table in the place of the one in use.
pub(super) fn replace(tx: &mut Transaction<'_>, table: &Postcodes) -> Result<(), DirectoryError> {
    tx.execute(sql!("DELETE FROM postcode_piece"), params![])?;
    for (number, piece) in (0_i64..).zip(table.encode().chunks(PIECE)) {
        tx.execute(
            sql!("INSERT INTO postcode_piece (number, bytes) VALUES ($1, $2)"),
            params![number, piece.to_vec()],
        )?;
    }
    stour_database::touch(tx, TOPIC)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use stour_database::testing::each_database;

    use super::super::import::read;
    use super::super::table::Postcodes;
    use super::{postcodes, replace};
    use crate::{DirectoryError, FINDING_MIGRATIONS};

    #[test]
    fn an_imported_table_is_used_from_then_on() {
        each_database(&[FINDING_MIGRATIONS], |database| {
            let name = |typed: &'static str| {
                database.read_blocking(move |tx| -> Result<_, DirectoryError> {
                    Ok(postcodes(tx)?.locate(typed).map(|located| located.name))
                })
            };
            assert_eq!(name("DT1 1AA").unwrap().unwrap(), "DT1 1AA");
            assert!(name("LS6 1AA").unwrap().is_err());
            for (postcode, other) in [("LS6 1AA", "LS6 1AB"), ("LS6 1AB", "LS6 1AA")] {
                let text = format!("pcds,lat,long,laua\n{postcode},53.8,-1.5,E08000035\n");
                let table = Postcodes::of(&read(text.as_bytes()).unwrap().told);
                database
                    .write_blocking(move |tx| replace(tx, &table))
                    .unwrap();
                assert_eq!(name(postcode).unwrap().unwrap(), postcode);
                assert!(name(other).unwrap().is_err());
                assert!(name("DT1 1AA").unwrap().is_err());
            }
        });
    }
}

//! What tables there are, in one form for both databases: so that a test can compare the two, and a
//! backup can carry one into the other.

use std::collections::BTreeMap;

use crate::error::Result;
use crate::transaction::Transaction;

/// A table as the database describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// The tables that its rows refer to.
    pub refers_to: Vec<String>,
}

/// A column as the database describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// `TEXT`, `BIGINT`, `BOOLEAN`, `DOUBLE PRECISION` or `BYTEA`.
    pub kind: String,
    /// Whether it may be missing. SQLite lets the columns of a primary key be NULL unless they say
    /// `NOT NULL` as well, and this tells the truth about it.
    pub nullable: bool,
}

const SQLITE_COLUMNS: &str =
    "SELECT m.name, c.name, upper(c.type), CASE WHEN c.\"notnull\" = 1 THEN 0 ELSE 1 END
    FROM sqlite_schema m JOIN pragma_table_info(m.name) c
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY m.name, c.cid";

const POSTGRES_COLUMNS: &str = "SELECT c.table_name::text, c.column_name::text, upper(c.data_type::text), CASE c.is_nullable WHEN 'YES' THEN 1::bigint ELSE 0::bigint END
    FROM information_schema.columns c
    JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name AND t.table_type = 'BASE TABLE'
    WHERE c.table_schema = current_schema() ORDER BY c.table_name COLLATE \"C\", c.ordinal_position";

const SQLITE_REFERENCES: &str = "SELECT DISTINCT m.name, f.\"table\"
    FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f
    WHERE m.type = 'table' ORDER BY 1, 2";

const POSTGRES_REFERENCES: &str = "SELECT DISTINCT a.relname::text, b.relname::text
    FROM pg_constraint k JOIN pg_class a ON a.oid = k.conrelid JOIN pg_class b ON b.oid = k.confrelid
    WHERE k.contype = 'f' AND a.relnamespace = current_schema()::regnamespace ORDER BY 1, 2";

/// Every table of the database, each after those that it refers to.
pub fn tables(tx: &mut Transaction<'_>) -> Result<Vec<Table>> {
    let sqlite = tx.is_sqlite();
    let mut found: BTreeMap<String, Table> = BTreeMap::new();
    let columns = if sqlite {
        SQLITE_COLUMNS
    } else {
        POSTGRES_COLUMNS
    };
    tx.each_of_text(columns, &mut |row| {
        let name: String = row.get(0)?;
        let table = found.entry(name.clone()).or_insert_with(|| Table {
            name,
            columns: Vec::new(),
            refers_to: Vec::new(),
        });
        let nullable = row.get::<i64>(3)? == 1;
        table.columns.push(Column {
            name: row.get(1)?,
            kind: row.get(2)?,
            nullable,
        });
        Ok(())
    })?;
    let references = if sqlite {
        SQLITE_REFERENCES
    } else {
        POSTGRES_REFERENCES
    };
    tx.each_of_text(references, &mut |row| {
        let (from, to): (String, String) = (row.get(0)?, row.get(1)?);
        if let Some(table) = found.get_mut(&from)
            && from != to
        {
            table.refers_to.push(to);
        }
        Ok(())
    })?;
    Ok(in_order(found))
}

fn in_order(mut left: BTreeMap<String, Table>) -> Vec<Table> {
    let mut out: Vec<Table> = Vec::new();
    while let Some(name) = left
        .values()
        .find(|table| table.refers_to.iter().all(|to| !left.contains_key(to)))
        .or_else(|| left.values().next())
        .map(|table| table.name.clone())
    {
        out.extend(left.remove(&name));
    }
    out
}

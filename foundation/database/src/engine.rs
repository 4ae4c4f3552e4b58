//! What each database does with a statement.

use std::collections::HashMap;
use std::io::Write as _;

use ::postgres::types::ToSql;
use ::postgres::{Statement, fallible_iterator::FallibleIterator};

use crate::error::{Error, Result};
use crate::row::{Inner, Row};
use crate::sql::{Sql, for_sqlite};
use crate::transaction::storable;
use crate::value::Value;

/// A literal is known by where it is, which is quicker to look up than what it says.
type Literal = (usize, usize);
/// The SQLite form of each statement that a connection has seen.
pub(crate) type SqliteTexts = HashMap<Literal, Box<str>>;
/// The prepared form of each statement that a connection has seen. There are no more than there
/// are literals in the program.
pub(crate) type PostgresStatements = HashMap<Literal, Statement>;

pub(crate) enum Engine<'c> {
    Sqlite(&'c rusqlite::Connection, &'c mut SqliteTexts),
    Postgres(::postgres::Transaction<'c>, &'c mut PostgresStatements),
}

type Visit<'f> = &'f mut dyn FnMut(&Row<'_>) -> Result<()>;

impl Engine<'_> {
    pub(crate) fn is_sqlite(&self) -> bool {
        matches!(self, Self::Sqlite(..))
    }

    pub(crate) fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(connection, _) => run(connection, "COMMIT"),
            Self::Postgres(transaction, _) => Ok(transaction.commit()?),
        }
    }

    pub(crate) fn execute(&mut self, sql: Sql, parameters: &[Value<'_>]) -> Result<u64> {
        match self {
            Self::Sqlite(connection, texts) => {
                let mut statement = connection.prepare_cached(sqlite_text(texts, sql))?;
                bind(&mut statement, parameters)?;
                Ok(u64::try_from(statement.raw_execute()?).unwrap_or(u64::MAX))
            }
            Self::Postgres(transaction, statements) => {
                let statement = postgres_statement(transaction, statements, sql)?;
                Ok(transaction.execute(&statement, &references(parameters))?)
            }
        }
    }

    pub(crate) fn each(
        &mut self,
        sql: Sql,
        parameters: &[Value<'_>],
        visit: Visit<'_>,
    ) -> Result<()> {
        match self {
            Self::Sqlite(connection, texts) => {
                let mut statement = connection.prepare_cached(sqlite_text(texts, sql))?;
                bind(&mut statement, parameters)?;
                sqlite_rows(&mut statement, visit)
            }
            Self::Postgres(transaction, statements) => {
                let statement = postgres_statement(transaction, statements, sql)?;
                postgres_rows(
                    transaction.query_raw(&statement, references(parameters))?,
                    visit,
                )
            }
        }
    }

    pub(crate) fn prepare(&mut self, sql: Sql) -> Result<()> {
        match self {
            Self::Sqlite(connection, texts) => {
                connection.prepare_cached(sqlite_text(texts, sql))?;
            }
            Self::Postgres(transaction, statements) => {
                postgres_statement(transaction, statements, sql)?;
            }
        }
        Ok(())
    }

    pub(crate) fn bulk(
        &mut self,
        table: &str,
        columns: &[&str],
        rows: &mut dyn Iterator<Item = Result<Vec<Value<'_>>>>,
    ) -> Result<u64> {
        let names = columns.join(", ");
        match self {
            Self::Sqlite(connection, _) => {
                let marks: Vec<_> = (1..=columns.len()).map(|n| format!("?{n}")).collect();
                let marks = marks.join(", ");
                let mut statement = connection
                    .prepare_cached(&format!("INSERT INTO {table} ({names}) VALUES ({marks})"))?;
                let mut count = 0;
                for row in rows {
                    let row = row?;
                    storable(&row)?;
                    bind(&mut statement, &row)?;
                    statement.raw_execute()?;
                    count += 1;
                }
                Ok(count)
            }
            Self::Postgres(transaction, _) => {
                let copy = format!("COPY {table} ({names}) FROM STDIN");
                let mut writer = transaction.copy_in(&*copy)?;
                let mut line = String::new();
                for row in rows {
                    let row = row?;
                    storable(&row)?;
                    copy_line(&row, &mut line);
                    writer.write_all(line.as_bytes()).map_err(of_copy)?;
                }
                Ok(writer.finish()?)
            }
        }
    }

    /// Runs text that is not one statement: migrations and this crate's own tools.
    pub(crate) fn batch(&mut self, text: &str) -> Result<()> {
        match self {
            Self::Sqlite(connection, _) => Ok(connection.execute_batch(text)?),
            Self::Postgres(transaction, _) => Ok(transaction.batch_execute(text)?),
        }
    }

    /// Rows of a statement put together at run time from the names of the schema itself.
    pub(crate) fn each_of_text(&mut self, text: &str, visit: Visit<'_>) -> Result<()> {
        match self {
            Self::Sqlite(connection, _) => sqlite_rows(&mut connection.prepare(text)?, visit),
            Self::Postgres(transaction, _) => {
                let none: [&(dyn ToSql + Sync); 0] = [];
                postgres_rows(transaction.query_raw(text, none)?, visit)
            }
        }
    }
}

fn sqlite_rows(statement: &mut rusqlite::Statement<'_>, visit: Visit<'_>) -> Result<()> {
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next()? {
        visit(&Row(Inner::Sqlite(row)))?;
    }
    Ok(())
}

fn postgres_rows(mut rows: ::postgres::RowIter<'_>, visit: Visit<'_>) -> Result<()> {
    while let Some(row) = rows.next()? {
        visit(&Row(Inner::Postgres(&row)))?;
    }
    Ok(())
}

fn sqlite_text(texts: &mut SqliteTexts, sql: Sql) -> &str {
    texts
        .entry(literal(sql))
        .or_insert_with(|| for_sqlite(sql.text()).into_boxed_str())
}

fn literal(sql: Sql) -> Literal {
    (sql.text().as_ptr().addr(), sql.text().len())
}

/// A statement of the transaction itself, kept prepared.
pub(crate) fn run(connection: &rusqlite::Connection, text: &str) -> Result<()> {
    connection.prepare_cached(text)?.raw_execute()?;
    Ok(())
}

fn bind(statement: &mut rusqlite::Statement<'_>, parameters: &[Value<'_>]) -> Result<()> {
    let expected = statement.parameter_count();
    if expected != parameters.len() {
        let given = parameters.len();
        return Err(Error::Statement(format!(
            "{given} parameters given where {expected} are used"
        )));
    }
    for (number, value) in (1..).zip(parameters) {
        statement.raw_bind_parameter::<usize, _>(number, value)?;
    }
    Ok(())
}

fn postgres_statement(
    transaction: &mut ::postgres::Transaction<'_>,
    statements: &mut PostgresStatements,
    sql: Sql,
) -> Result<Statement> {
    if let Some(statement) = statements.get(&literal(sql)) {
        return Ok(statement.clone());
    }
    let statement = transaction.prepare(sql.text())?;
    statements.insert(literal(sql), statement.clone());
    Ok(statement)
}

fn references<'v>(parameters: &'v [Value<'v>]) -> Vec<&'v (dyn ToSql + Sync)> {
    parameters
        .iter()
        .map(|value| -> &(dyn ToSql + Sync) { value })
        .collect()
}

/// `COPY` tells the server's refusal through an I/O error.
fn of_copy(error: std::io::Error) -> Error {
    match error.downcast::<::postgres::Error>() {
        Ok(error) => error.into(),
        Err(_) => Error::Unavailable("the connection was lost".to_owned()),
    }
}

/// One line of PostgreSQL's text form of `COPY`.
fn copy_line(row: &[Value<'_>], line: &mut String) {
    use std::fmt::Write as _;
    line.clear();
    for (number, value) in row.iter().enumerate() {
        if number > 0 {
            line.push('\t');
        }
        // Writing to a String cannot fail.
        let _ = match value {
            Value::Null => line.write_str("\\N"),
            Value::Boolean(value) => line.write_str(if *value { "t" } else { "f" }),
            Value::Integer(value) => write!(line, "{value}"),
            Value::Real(value) => write!(line, "{value}"),
            Value::Bytes(bytes) => {
                line.push_str("\\\\x");
                bytes.iter().try_for_each(|byte| write!(line, "{byte:02x}"))
            }
            Value::Text(text) => {
                copy_text(text, line);
                Ok(())
            }
        };
    }
    line.push('\n');
}

fn copy_text(text: &str, line: &mut String) {
    for character in text.chars() {
        match character {
            '\\' => line.push_str("\\\\"),
            '\t' => line.push_str("\\t"),
            '\n' => line.push_str("\\n"),
            '\r' => line.push_str("\\r"),
            other => line.push(other),
        }
    }
}

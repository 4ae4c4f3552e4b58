//! The one handle through which SQL runs.

use crate::engine::Engine;
use crate::error::{Error, Result};
use crate::row::Row;
use crate::sql::Sql;
use crate::value::Value;

/// A transaction on either database. Return an error from the function that was given it and
/// nothing of the function's writes is kept. Do not carry on after a failed statement: PostgreSQL
/// will not, and so SQLite does not either; the transaction is rolled back whatever the function
/// returns.
pub struct Transaction<'c> {
    engine: Engine<'c>,
    lane: i64,
    /// The first statement that failed: whoever runs the job must know it, even where the
    /// function turned the error into one of its own.
    failure: Option<Error>,
}

impl<'c> Transaction<'c> {
    pub(crate) fn new(engine: Engine<'c>, lane: i64) -> Self {
        Self {
            engine,
            lane,
            failure: None,
        }
    }

    pub(crate) fn commit(self) -> Result<()> {
        self.engine.commit()
    }

    pub(crate) fn engine(&mut self) -> &mut Engine<'c> {
        &mut self.engine
    }

    pub(crate) fn forget_failure(&mut self) {
        self.failure = None;
    }

    pub(crate) fn failure(&self) -> Option<Error> {
        self.failure.clone()
    }

    fn noted<T>(&mut self, result: Result<T>) -> Result<T> {
        if let Err(error) = &result
            && self.failure.is_none()
            && !matches!(error, Error::NotFound | Error::Decode { .. })
        {
            self.failure = Some(error.clone());
        }
        result
    }

    /// The number of the writer that runs this transaction. Two transactions at one time never
    /// share it within a process, so a chain kept for each lane is written without contention.
    pub fn lane(&self) -> i64 {
        self.lane
    }

    /// Runs a statement and returns how many rows it changed.
    pub fn execute(&mut self, sql: Sql, parameters: &[Value<'_>]) -> Result<u64> {
        let result = self.engine.execute(sql, parameters);
        self.noted(result)
    }

    /// Every row of a result, each made into a value.
    pub fn rows<T>(
        &mut self,
        sql: Sql,
        parameters: &[Value<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut found = Vec::new();
        self.each(sql, parameters, |row| {
            found.push(read(row)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// The first row, if there is one.
    pub fn optional<T>(
        &mut self,
        sql: Sql,
        parameters: &[Value<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        let mut found = None;
        self.each(sql, parameters, |row| {
            if found.is_none() {
                found = Some(read(row)?);
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// The first row.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is none.
    pub fn one<T>(
        &mut self,
        sql: Sql,
        parameters: &[Value<'_>],
        read: impl FnMut(&Row<'_>) -> Result<T>,
    ) -> Result<T> {
        self.optional(sql, parameters, read)?.ok_or(Error::NotFound)
    }

    /// Hands on each row as it arrives, so that a large result is never held whole.
    pub fn each(
        &mut self,
        sql: Sql,
        parameters: &[Value<'_>],
        mut visit: impl FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let result = self.engine.each(sql, parameters, &mut visit);
        self.noted(result)
    }

    /// Prepares a statement without running it: the check that it is right on this database.
    pub fn prepare(&mut self, sql: Sql) -> Result<()> {
        let result = self.engine.prepare(sql);
        self.noted(result)
    }

    /// Inserts many rows into a table, by `COPY` on PostgreSQL. Each row has one value for each
    /// column named. Returns how many rows went in.
    ///
    /// # Errors
    /// Any row that the schema refuses refuses them all.
    pub fn bulk<'v>(
        &mut self,
        table: &'static str,
        columns: &[&'static str],
        rows: impl IntoIterator<Item = Vec<Value<'v>>>,
    ) -> Result<u64> {
        let result = self
            .engine
            .bulk(table, columns, &mut rows.into_iter().map(Ok));
        self.noted(result)
    }
}

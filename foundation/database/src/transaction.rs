//! The one handle through which SQL runs.

use std::collections::BTreeSet;
use std::mem::take;
use std::sync::Arc;

use crate::companion::Companions;
use crate::engine::Engine;
use crate::error::{ConstraintKind, Error, Result};
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
    writes: bool,
    companions: Companions,
    /// The first statement that failed: whoever runs the job must know it, even where the
    /// function turned the error into one of its own.
    failure: Option<Error>,
    /// The topics that it has touched.
    touched: BTreeSet<String>,
    afterwards: Vec<Afterwards>,
}

/// What is done once a transaction is stored.
pub(crate) type Afterwards = Box<dyn FnOnce() + Send>;

impl<'c> Transaction<'c> {
    pub(crate) fn to_read(engine: Engine<'c>, lane: i64) -> Self {
        Self {
            engine,
            lane,
            writes: false,
            companions: Companions::default(),
            failure: None,
            touched: BTreeSet::new(),
            afterwards: Vec::new(),
        }
    }

    pub(crate) fn to_write(engine: Engine<'c>, lane: i64) -> Self {
        Self {
            engine,
            lane,
            writes: true,
            companions: Companions::default(),
            failure: None,
            touched: BTreeSet::new(),
            afterwards: Vec::new(),
        }
    }

    pub(crate) fn commit(self) -> Result<()> {
        self.engine.commit()
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        self.engine.is_sqlite()
    }

    /// Runs text that is not one statement: migrations and this crate's own tools.
    pub(crate) fn batch(&mut self, text: &str) -> Result<()> {
        let result = self.engine.batch(text);
        self.noted(result)
    }

    /// Rows of a statement put together at run time from the names of the schema itself.
    pub(crate) fn each_of_text(
        &mut self,
        text: &str,
        visit: &mut dyn FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let result = self.engine.each_of_text(text, visit);
        self.noted(result)
    }

    /// [`bulk`](Self::bulk) into a table that the schema named, of rows that may fail to come.
    pub(crate) fn bulk_of(
        &mut self,
        table: &str,
        columns: &[&str],
        rows: &mut dyn Iterator<Item = Result<Vec<Value<'_>>>>,
    ) -> Result<u64> {
        let result = self.engine.bulk(table, columns, rows);
        self.noted(result)
    }

    pub(crate) fn begin_anew(&mut self) {
        self.failure = None;
        self.touched.clear();
        self.afterwards.clear();
    }

    /// Whether this is the first time that it touches a topic.
    pub(crate) fn is_first_touch(&mut self, topic: &str) -> bool {
        !self.touched.contains(topic) && self.touched.insert(topic.to_owned())
    }

    pub(crate) fn take_afterwards(&mut self) -> Vec<Afterwards> {
        take(&mut self.afterwards)
    }

    pub(crate) fn keep_beside(&mut self, companions: &Companions) {
        self.companions = companions.clone();
    }

    pub(crate) fn failure(&self) -> Option<Error> {
        self.failure.clone()
    }

    fn noted<T>(&mut self, result: Result<T>) -> Result<T> {
        let result = match result {
            // Only a write can fail to be stored.
            Err(Error::Stopped) if !self.writes => Err(Error::Unavailable(
                "the disk failed to give back what it holds".to_owned(),
            )),
            other => other,
        };
        if let Err(error) = &result
            && self.failure.is_none()
            && !matches!(error, Error::NotFound | Error::Decode { .. })
        {
            self.failure = Some(error.clone());
        }
        result
    }

    /// A statement that fails as no test can make the disk fail.
    #[cfg(test)]
    pub(crate) fn fail_with<T>(&mut self, error: Error) -> Result<T> {
        self.noted(Err(error))
    }

    /// The number of the writer that runs this transaction. Two transactions at one time never
    /// share it within a process, so a chain kept for each lane is written without contention.
    pub fn lane(&self) -> i64 {
        self.lane
    }

    /// What [`Database::companion`](crate::Database::companion) gives. Nothing that this transaction has
    /// not committed may be put there for others to see.
    pub fn companion<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        self.companions.get()
    }

    /// Has something done once this transaction is stored, and only then: what it found or wrote may be kept in memory for
    /// others from that moment on.
    pub fn afterwards(&mut self, what: impl FnOnce() + Send + 'static) {
        self.afterwards.push(Box::new(what));
    }

    /// Runs a statement and returns how many rows it changed.
    pub fn execute(&mut self, sql: Sql, parameters: &[Value<'_>]) -> Result<u64> {
        let result = storable(parameters).and_then(|()| self.engine.execute(sql, parameters));
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
        let result =
            storable(parameters).and_then(|()| self.engine.each(sql, parameters, &mut visit));
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
        self.bulk_of(table, columns, &mut rows.into_iter().map(Ok))
    }
}

/// Refuses what only one of the two databases could store as it is: PostgreSQL has no U+0000 in
/// text, and SQLite makes NULL of a number that is none.
pub(crate) fn storable(values: &[Value<'_>]) -> Result<()> {
    for (number, value) in (1..).zip(values) {
        let what = match value {
            Value::Text(text) if text.as_bytes().contains(&0) => "text cannot hold U+0000",
            Value::Real(real) if !real.is_finite() => "a number must be finite",
            _ => continue,
        };
        return Err(Error::Constraint {
            kind: ConstraintKind::Check,
            detail: format!("value {number}: {what}"),
        });
    }
    Ok(())
}

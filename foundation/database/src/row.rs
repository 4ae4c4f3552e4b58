//! One row of a result.

use crate::error::{Error, Result};
use crate::value::{FromValue, PostgresValue, Value};

/// One row of a result, read by column number.
#[derive(Debug)]
pub struct Row<'r>(pub(crate) Inner<'r>);

#[derive(Debug)]
pub(crate) enum Inner<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r ::postgres::Row),
}

impl Row<'_> {
    /// The value of a zero-based column.
    ///
    /// # Errors
    /// [`Error::Decode`] when the column is missing or holds something else.
    pub fn get<T: FromValue>(&self, column: usize) -> Result<T> {
        let wrong = || Error::Decode {
            column,
            expected: std::any::type_name::<T>(),
        };
        let value = match self.0 {
            Inner::Sqlite(row) => Value::from_sqlite(row.get_ref(column)?).ok_or_else(wrong)?,
            Inner::Postgres(row) => {
                row.try_get::<_, PostgresValue<'_>>(column)
                    .map_err(|_| wrong())?
                    .0
            }
        };
        T::from_value(value).ok_or_else(wrong)
    }
}

//! What can go wrong with a database, said so that a caller can decide what to do.

use thiserror::Error;

/// The result of a store function.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Which rule of the schema a write would have broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConstraintKind {
    /// A primary key or unique index: the row is there already.
    Unique,
    /// A reference to a row that is not there.
    Reference,
    /// `NOT NULL` or `CHECK`.
    Check,
}

/// A failed database operation. Messages carry no personal data: never a value, only names.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Error {
    /// Concurrent writers kept getting in each other's way; retried already.
    #[error("the write met too many others at once; try again")]
    Conflict,
    /// The schema refused the row.
    #[error("the database refused the row ({kind:?}): {detail}")]
    Constraint {
        /// Which kind of rule.
        kind: ConstraintKind,
        /// The constraint or column, as the database names it.
        detail: String,
    },
    /// The database cannot be reached. A write that was under way may or may not be there.
    #[error("the database cannot be reached: {0}")]
    Unavailable(String),
    /// There is no room left. Nothing of this write was kept; writing resumes when there is.
    #[error("the database's disk is full")]
    DiskFull,
    /// The disk failed to sync. Writing has stopped and must be resumed by a restart.
    #[error(
        "the disk failed to store a write; the server must be restarted before it writes again"
    )]
    Stopped,
    /// A read took longer than the limit.
    #[error("the query took longer than its time limit")]
    TimedOut,
    /// [`Transaction::one`](crate::Transaction::one) found no row.
    #[error("no such row")]
    NotFound,
    /// A column did not hold what the reader expected.
    #[error("column {column} does not hold a {expected}")]
    Decode {
        /// Zero-based column of the result.
        column: usize,
        /// What was asked for.
        expected: &'static str,
    },
    /// The statement itself is wrong.
    #[error("the statement failed: {0}")]
    Statement(String),
    /// The job panicked; its transaction was rolled back.
    #[error("the operation failed unexpectedly and was rolled back")]
    Panicked,
}

impl Error {
    /// Whether a unique key refused the row.
    pub fn is_duplicate(&self) -> bool {
        matches!(
            self,
            Self::Constraint {
                kind: ConstraintKind::Unique,
                ..
            }
        )
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        let Some(failure) = error.sqlite_error().copied() else {
            return match error {
                rusqlite::Error::QueryReturnedNoRows => Self::NotFound,
                other => Self::Statement(other.to_string()),
            };
        };
        match failure.code {
            Code::ConstraintViolation => Self::Constraint {
                kind: sqlite_constraint(failure.extended_code),
                detail: error.to_string(),
            },
            Code::DiskFull => Self::DiskFull,
            // The index of the log is a file too, and grows.
            Code::SystemIoFailure
                if failure.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE =>
            {
                Self::DiskFull
            }
            Code::SystemIoFailure => Self::Stopped,
            Code::OperationInterrupted => Self::TimedOut,
            Code::DatabaseBusy | Code::DatabaseLocked | Code::FileLockingProtocolFailed => {
                Self::Conflict
            }
            Code::CannotOpen | Code::DatabaseCorrupt | Code::NotADatabase => {
                Self::Unavailable(error.to_string())
            }
            _ => Self::Statement(error.to_string()),
        }
    }
}

fn sqlite_constraint(extended: i32) -> ConstraintKind {
    use rusqlite::ffi;
    match extended {
        ffi::SQLITE_CONSTRAINT_UNIQUE
        | ffi::SQLITE_CONSTRAINT_PRIMARYKEY
        | ffi::SQLITE_CONSTRAINT_ROWID => ConstraintKind::Unique,
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY => ConstraintKind::Reference,
        _ => ConstraintKind::Check,
    }
}

impl From<::postgres::Error> for Error {
    fn from(error: ::postgres::Error) -> Self {
        let Some(failure) = error.as_db_error() else {
            return if error.is_closed()
                || std::error::Error::source(&error)
                    .is_some_and(<dyn std::error::Error>::is::<std::io::Error>)
            {
                Self::Unavailable("the connection was lost".to_owned())
            } else {
                Self::Statement(error.to_string())
            };
        };
        of_postgres(failure)
    }
}

fn of_postgres(failure: &::postgres::error::DbError) -> Error {
    use ::postgres::error::SqlState;
    let code = failure.code();
    let constraint = |kind| Error::Constraint {
        kind,
        detail: failure
            .constraint()
            .or(failure.column())
            .unwrap_or("unnamed")
            .to_owned(),
    };
    match (code, code.code().get(..2).unwrap_or_default()) {
        (&SqlState::UNIQUE_VIOLATION, _) => constraint(ConstraintKind::Unique),
        (&SqlState::FOREIGN_KEY_VIOLATION, _) => constraint(ConstraintKind::Reference),
        (_, "23") => constraint(ConstraintKind::Check),
        (
            &SqlState::T_R_SERIALIZATION_FAILURE
            | &SqlState::T_R_DEADLOCK_DETECTED
            | &SqlState::LOCK_NOT_AVAILABLE,
            _,
        ) => Error::Conflict,
        (&SqlState::DISK_FULL, _) => Error::DiskFull,
        (&SqlState::QUERY_CANCELED, _) => Error::TimedOut,
        (_, "08" | "28" | "3D" | "53" | "57" | "58") => {
            Error::Unavailable(failure.message().to_owned())
        }
        // A table changed under a prepared statement: a new connection puts it right.
        (&SqlState::FEATURE_NOT_SUPPORTED, _)
            if failure.routine() == Some("RevalidateCachedQuery") =>
        {
            Error::Unavailable(failure.message().to_owned())
        }
        // The server's sentence would quote the value.
        (_, "22") => Error::Statement(format!(
            "a value does not fit its type (SQLSTATE {})",
            code.code()
        )),
        _ => Error::Statement(failure.message().to_owned()),
    }
}

//! A backup that either database can restore: lines of JSON, each table after those it refers to,
//! taken from one moment of the database while others go on writing, and ended by a digest of all
//! that came before.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Seek, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use jiff::Timestamp;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use stour_kernel::hex;
use thiserror::Error;

use crate::database::Database;
use crate::error::Error;
use crate::schema::{Table, tables};
use crate::transaction::Transaction;
use crate::value::Value;
use crate::{params, sql};

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupSummary {
    /// How many tables.
    pub tables: usize,
    /// How many rows in all of them.
    pub rows: u64,
    /// SHA-256 of the contents, in hexadecimal.
    pub sha256: String,
}

/// Why a backup was not made or not restored.
#[derive(Debug, Error)]
pub enum BackupError {
    /// The file could not be read or written.
    #[error("the backup file: {0}")]
    File(#[from] io::Error),
    /// The database could not be read or written.
    #[error(transparent)]
    Database(#[from] Error),
    /// The file is not a whole backup.
    #[error("line {line} of the backup {what}; nothing was restored")]
    Damaged {
        /// From 1.
        line: u64,
        /// What is wrong with it.
        what: &'static str,
    },
    /// The backup comes from a product with other tables.
    #[error(
        "the backup was made by another version of Stour (its {capability} tables differ); restore it with that version, then upgrade"
    )]
    OtherVersion {
        /// The first capability that differs.
        capability: String,
    },
    /// There is something in the database already.
    #[error("the database already holds rows in {table}; restore into an empty one")]
    NotEmpty {
        /// The first table that is not empty.
        table: String,
    },
}

/// Writes a backup to a new file, synced before it answers.
///
/// # Errors
/// [`BackupError::File`] when the file exists already or cannot be written.
pub fn back_up(
    database: &Database,
    to: &Path,
    at: Timestamp,
) -> Result<BackupSummary, BackupError> {
    let file = File::options()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(to)?;
    let made = database
        .read_unhurried(move |tx| write_all(tx, &file, at))
        .and_then(|summary| {
            sync_directory(to)?;
            Ok(summary)
        });
    if made.is_err() {
        // The error already says that there is no backup; part of one only misleads.
        let _ = std::fs::remove_file(to);
    }
    made
}

/// Restores a backup into an empty database that has been migrated, all of it or nothing.
pub fn restore(database: &Database, from: &Path) -> Result<BackupSummary, BackupError> {
    let path = from.to_owned();
    database.write_blocking(move |tx| Restore::open(&path)?.run(tx))
}

/// A new file's name is as durable as its contents only when its directory has been synced.
fn sync_directory(file: &Path) -> io::Result<()> {
    let directory = file
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    File::open(directory.unwrap_or(Path::new(".")))?.sync_all()
}

struct Digesting<W> {
    out: W,
    digest: Sha256,
}

impl<W: Write> Digesting<W> {
    fn line(&mut self, line: &Json) -> io::Result<()> {
        let mut text = line.to_string();
        text.push('\n');
        self.digest.update(text.as_bytes());
        self.out.write_all(text.as_bytes())
    }
}

type History = Vec<(String, i64, String)>;

fn history(tx: &mut Transaction<'_>) -> Result<History, Error> {
    tx.rows(
        sql!("SELECT capability, number, sha256 FROM schema_history ORDER BY capability, number"),
        params![],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

fn carried(tx: &mut Transaction<'_>) -> Result<Vec<Table>, Error> {
    Ok(tables(tx)?
        .into_iter()
        .filter(|table| table.name != "schema_history")
        .collect())
}

fn write_all(
    tx: &mut Transaction<'_>,
    file: &File,
    at: Timestamp,
) -> Result<BackupSummary, BackupError> {
    // A transaction may be run again: then the file begins again.
    file.set_len(0)?;
    (&*file).rewind()?;
    let mut out = Digesting {
        out: BufWriter::new(file),
        digest: Sha256::new(),
    };
    out.line(&json!({ "stour": "backup", "format": 1, "taken": at, "schema": history(tx)? }))?;
    let tables = carried(tx)?;
    let mut rows = 0;
    for table in &tables {
        out.line(&json!({ "table": table.name, "columns": names(table) }))?;
        let select = format!("SELECT {} FROM {}", names(table).join(", "), table.name);
        let mut failed = None;
        tx.each_of_text(&select, &mut |row| {
            let mut values = Vec::with_capacity(table.columns.len());
            for (number, column) in table.columns.iter().enumerate() {
                values.push(to_json(&row.get::<Value<'static>>(number)?, &column.kind));
            }
            rows += 1;
            if let Err(error) = out.line(&Json::Array(values)) {
                failed = Some(error);
                return Err(Error::NotFound);
            }
            Ok(())
        })
        .map_err(|error| failed.map_or(BackupError::Database(error), BackupError::File))?;
    }
    let sha256 = hex(&out.digest.clone().finalize());
    out.line(&closing(rows, &sha256))?;
    out.out
        .into_inner()
        .map_err(io::IntoInnerError::into_error)?
        .sync_all()?;
    Ok(BackupSummary {
        tables: tables.len(),
        rows,
        sha256,
    })
}

fn closing(rows: u64, sha256: &str) -> Json {
    json!({ "rows": rows, "sha256": sha256 })
}

fn names(table: &Table) -> Vec<&str> {
    table
        .columns
        .iter()
        .map(|column| column.name.as_str())
        .collect()
}

fn to_json(value: &Value<'_>, kind: &str) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Boolean(value) => json!(value),
        Value::Integer(value) if kind == "BOOLEAN" => json!(*value != 0),
        Value::Integer(value) => json!(value),
        // As text, since a JSON reader may be a bit out in the last place.
        Value::Real(value) => json!(value.to_string()),
        Value::Text(text) => json!(text),
        Value::Bytes(bytes) => json!(hex(bytes)),
    }
}

fn from_json(json: Json, kind: &str) -> Option<Value<'static>> {
    Some(match (json, kind) {
        (Json::Null, _) => Value::Null,
        (Json::Bool(value), "BOOLEAN") => Value::Boolean(value),
        (Json::Number(number), "BIGINT") => Value::Integer(number.as_i64()?),
        (Json::String(text), "DOUBLE PRECISION") => Value::Real(text.parse().ok()?),
        (Json::String(text), "TEXT") => Value::Text(text.into()),
        (Json::String(text), "BYTEA") => Value::Bytes(bytes(&text)?.into()),
        _ => return None,
    })
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text
        .chars()
        .map(|digit| u8::try_from(digit.to_digit(16)?).ok())
        .collect();
    digits?
        .chunks(2)
        .map(|pair| {
            if let [high, low] = pair {
                Some(high * 16 + low)
            } else {
                None
            }
        })
        .collect()
}

struct Restore {
    file: BufReader<File>,
    number: u64,
    digest: Sha256,
    /// The line read last, to the letter.
    line: Vec<u8>,
    /// The line that ended one table is the head of the next.
    ahead: Option<Json>,
}

impl Restore {
    fn open(path: &Path) -> Result<Self, BackupError> {
        Ok(Self {
            file: BufReader::new(File::open(path)?),
            number: 0,
            digest: Sha256::new(),
            line: Vec::new(),
            ahead: None,
        })
    }

    fn damaged(&self, what: &'static str) -> BackupError {
        BackupError::Damaged {
            line: self.number,
            what,
        }
    }

    /// The next line; its own text is digested unless it is the closing one.
    fn next(&mut self) -> Result<Json, BackupError> {
        if let Some(json) = self.ahead.take() {
            return Ok(json);
        }
        self.number += 1;
        self.line.clear();
        self.file.read_until(b'\n', &mut self.line)?;
        if self.line.last() != Some(&b'\n') {
            return Err(self.damaged("is missing or incomplete: the file was cut short"));
        }
        let json: Json =
            serde_json::from_slice(&self.line).map_err(|_| self.damaged("is not JSON"))?;
        if json.get("sha256").is_none() {
            self.digest.update(&self.line);
        }
        Ok(json)
    }

    fn run(mut self, tx: &mut Transaction<'_>) -> Result<BackupSummary, BackupError> {
        let head = self.next()?;
        if head.get("stour") != Some(&json!("backup")) || head.get("format") != Some(&json!(1)) {
            return Err(self.damaged("is not the head of a backup"));
        }
        check_version(head.get("schema"), &history(tx)?)?;
        let known = carried(tx)?;
        if tx.is_sqlite() {
            // Rows of one table may refer to each other in any order. Lasts until the commit.
            tx.batch("PRAGMA defer_foreign_keys = ON")?;
        }
        let (mut count, mut rows) = (0, 0);
        loop {
            let line = self.next()?;
            if line.get("sha256").is_some() {
                let found = hex(&self.digest.clone().finalize());
                if self.line != format!("{}\n", closing(rows, &found)).as_bytes() {
                    return Err(self.damaged("does not agree with what came before it"));
                }
                if !self.file.fill_buf()?.is_empty() {
                    return Err(self.damaged("is not the last"));
                }
                return Ok(BackupSummary {
                    tables: count,
                    rows,
                    sha256: found,
                });
            }
            rows += self.table(tx, &line, &known)?;
            count += 1;
        }
    }

    fn table(
        &mut self,
        tx: &mut Transaction<'_>,
        head: &Json,
        known: &[Table],
    ) -> Result<u64, BackupError> {
        let name = head.get("table").and_then(Json::as_str);
        let table = known.iter().find(|table| Some(table.name.as_str()) == name);
        let Some(table) = table.filter(|table| head.get("columns") == Some(&json!(names(table))))
        else {
            return Err(self.damaged("names a table that this version does not have"));
        };
        let mut present = false;
        tx.each_of_text(
            &format!("SELECT 1 FROM {} LIMIT 1", table.name),
            &mut |_| {
                present = true;
                Ok(())
            },
        )?;
        if present {
            return Err(BackupError::NotEmpty {
                table: table.name.clone(),
            });
        }
        let mut trouble = None;
        let mut rows = std::iter::from_fn(|| match self.row(table) {
            Ok(row) => row.map(Ok),
            Err(error) => {
                trouble = Some(error);
                Some(Err(Error::NotFound))
            }
        });
        let count = tx.bulk_of(&table.name, &names(table), &mut rows);
        trouble.map_or_else(|| Ok(count?), Err)
    }

    fn row(&mut self, table: &Table) -> Result<Option<Vec<Value<'static>>>, BackupError> {
        match self.next()? {
            Json::Array(values) if values.len() == table.columns.len() => values
                .into_iter()
                .zip(&table.columns)
                .map(|(json, column)| from_json(json, &column.kind))
                .collect::<Option<Vec<_>>>()
                .map(Some)
                .ok_or_else(|| self.damaged("holds a value that does not fit its column")),
            Json::Array(_) => Err(self.damaged("has too many or too few values")),
            other => {
                self.ahead = Some(other);
                Ok(None)
            }
        }
    }
}

fn check_version(theirs: Option<&Json>, ours: &History) -> Result<(), BackupError> {
    let theirs: History = theirs
        .and_then(|json| serde_json::from_value(json.clone()).ok())
        .unwrap_or_default();
    let differs = |a: &History, b: &History| a.iter().find(|step| !b.contains(step)).cloned();
    match differs(&theirs, ours).or_else(|| differs(ours, &theirs)) {
        Some((capability, ..)) => Err(BackupError::OtherVersion { capability }),
        None => Ok(()),
    }
}

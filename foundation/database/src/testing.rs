//! A fresh database of each kind for every test that touches one.

use std::hash::{BuildHasher as _, RandomState};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;
use postgres::{Client, NoTls};

use crate::{Database, DatabaseUrl, Migrations, OpenOptions};

static NEXT: AtomicU64 = AtomicU64::new(0);

/// Runs a test on SQLite and then on PostgreSQL, each fresh and migrated.
///
/// PostgreSQL is found by `STOUR_TEST_POSTGRES_URL`, else at 127.0.0.1:5432 as user `postgres`.
///
/// # Panics
/// When either database cannot be had: a test is never skipped for want of one.
#[expect(clippy::panic, reason = "a test that has no database has failed")]
pub fn each_database(migrations: &[Migrations], test: impl Fn(Database)) {
    for place in [Place::sqlite(), Place::postgres()] {
        let database = Database::open(
            &place.url,
            &OpenOptions {
                readers: 2,
                writers: 4,
                ..OpenOptions::default()
            },
        )
        .unwrap_or_else(|error| panic!("cannot open {}: {error}", place.url));
        database
            .migrate(migrations, Timestamp::UNIX_EPOCH)
            .unwrap_or_else(|error| panic!("cannot migrate {}: {error}", place.url));
        test(database);
    }
}

/// A place for one test's database, emptied when dropped.
#[derive(Debug)]
pub struct Place {
    /// Where it is.
    pub url: DatabaseUrl,
    directory: Option<PathBuf>,
    schema: Option<(String, String)>,
}

impl Place {
    /// A file in a directory of its own.
    ///
    /// # Panics
    /// When the temporary directory cannot be written.
    #[expect(
        clippy::expect_used,
        reason = "a test that has no directory has failed"
    )]
    pub fn sqlite() -> Self {
        let directory = std::env::temp_dir().join(format!("stour-test-{}", unique()));
        std::fs::create_dir_all(&directory).expect("a temporary directory");
        Self {
            url: DatabaseUrl::Sqlite(directory.join("stour.sqlite")),
            directory: Some(directory),
            schema: None,
        }
    }

    /// A schema of its own in one PostgreSQL database that all tests share.
    ///
    /// # Panics
    /// When there is no PostgreSQL.
    #[expect(clippy::expect_used, reason = "a test that has no database has failed")]
    pub fn postgres() -> Self {
        let server = std::env::var("STOUR_TEST_POSTGRES_URL")
            .unwrap_or_else(|_| "postgres://postgres@127.0.0.1:5432/postgres".to_owned());
        let mut admin = Client::connect(&server, NoTls).expect(
            "a PostgreSQL server: install PostgreSQL, or set STOUR_TEST_POSTGRES_URL to one that tests may use",
        );
        // Two tests may both find it missing; the second to create it is told so, and that is fine.
        let _ = admin.batch_execute(
            "CREATE DATABASE stour_test TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'",
        );
        let database = match server.rsplit_once('/') {
            Some((place, _)) => format!("{place}/stour_test"),
            None => server,
        };
        let schema = format!("test_{}", unique());
        let mut client = Client::connect(&database, NoTls).expect("the test database");
        client
            .batch_execute(&format!("CREATE SCHEMA {schema}"))
            .expect("a schema");
        let url = format!("{database}?options=-csearch_path%3D{schema}");
        Self {
            url: DatabaseUrl::Postgres(url),
            directory: None,
            schema: Some((database, schema)),
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(directory) = &self.directory {
            let _ = std::fs::remove_dir_all(directory);
        }
        if let Some((database, schema)) = &self.schema
            && let Ok(mut client) = Client::connect(database, NoTls)
        {
            let _ = client.batch_execute(&format!("DROP SCHEMA {schema} CASCADE"));
        }
    }
}

/// Process numbers come round again, and a test that was killed leaves its schema behind.
fn unique() -> String {
    let random = RandomState::new().hash_one(NEXT.fetch_add(1, Ordering::Relaxed));
    format!("{}_{random:016x}", std::process::id())
}

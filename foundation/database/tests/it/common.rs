//! What several subjects need.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use stour_database::testing::Place;
use stour_database::{Database, DatabaseUrl, Error, Migrations, OpenOptions, Step, params, sql};
use stour_kernel::Timestamp;

pub(crate) const THINGS: Migrations = Migrations {
    capability: "things",
    steps: &[Step {
        number: 1,
        name: "thing",
        sql: "CREATE TABLE thing (
            id BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, note TEXT, amount BIGINT,
            size DOUBLE PRECISION, good BOOLEAN, body BYTEA);
            CREATE TABLE part (id BIGINT NOT NULL PRIMARY KEY, thing BIGINT NOT NULL REFERENCES thing (id));
            CREATE TABLE promise (id BIGINT NOT NULL PRIMARY KEY,
            thing BIGINT NOT NULL REFERENCES thing (id) DEFERRABLE INITIALLY DEFERRED);
            CREATE TABLE link (id BIGINT NOT NULL PRIMARY KEY, next BIGINT REFERENCES link (id));",
    }],
};

/// A place of each kind, for tests that open it themselves.
pub(crate) fn places() -> [Place; 2] {
    [Place::sqlite(), Place::postgres()]
}

pub(crate) fn open(url: &DatabaseUrl, options: &OpenOptions) -> Database {
    let db = Database::open(url, options).unwrap();
    db.migrate(&[THINGS], Timestamp::UNIX_EPOCH).unwrap();
    db
}

pub(crate) fn add(db: &Database, id: i64) -> Result<u64, Error> {
    db.write_blocking(move |tx| {
        tx.execute(
            sql!("INSERT INTO thing (id, name) VALUES ($1, 'thing')"),
            params![id],
        )
    })
}

pub(crate) fn ids(db: &Database) -> Vec<i64> {
    db.read_blocking::<_, Error, _>(|tx| {
        tx.rows(sql!("SELECT id FROM thing ORDER BY id"), params![], |row| {
            row.get(0)
        })
    })
    .unwrap()
}

/// The address as its child will be told it.
pub(crate) fn address(url: &DatabaseUrl) -> String {
    match url {
        DatabaseUrl::Sqlite(path) => format!("sqlite:{}", path.display()),
        DatabaseUrl::Postgres(text) => text.clone(),
    }
}

/// This test binary again, running one test of it that does its work only when it is told where.
pub(crate) fn child(test: &str, url: &DatabaseUrl) -> Command {
    let mut command = Command::new(this());
    prepare(&mut command, test, url);
    command
}

pub(crate) fn this() -> PathBuf {
    std::env::current_exe().unwrap()
}

pub(crate) fn prepare(command: &mut Command, test: &str, url: &DatabaseUrl) {
    command
        .args([test, "--exact", "--nocapture", "--test-threads=1"])
        .env("STOUR_TEST_CHILD", address(url))
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
}

/// Where a child is to work; `None` in the ordinary run of the test that is the child.
pub(crate) fn childs_url() -> Option<DatabaseUrl> {
    Some(std::env::var("STOUR_TEST_CHILD").ok()?.parse().unwrap())
}

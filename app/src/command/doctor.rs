//! `stour doctor`.

use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::Command as Process;
use std::time::Duration;

use anyhow::bail;
use clap::Args;
use serde::Serialize;
use stour_access::audit::{Verdict, verify_blocking};
use stour_database::{Database, DatabaseUrl, OpenOptions, params, sql};
use stour_kernel::{Environment, Timestamp};

use super::serve::Addresses;
use crate::capabilities;
use crate::open::{Place, reference};
use crate::program::give;
use crate::progress::spinner;

/// Less than this is too little space for a day's work, in KiB.
const SPACE_KIB: u64 = 1024 * 1024;
/// How long a port may take to answer.
const PATIENCE: Duration = Duration::from_millis(500);

/// Check that everything is in order, and say what to do where it is not
///
/// Looks at the database, its tables and reference data, the policies, the audit and its second copy, the
/// disk, the clock and the ports. Changes nothing. Exit code 1 when something needs attention.
///
/// Example: stour doctor --json
#[derive(Debug, Args)]
pub(crate) struct Doctor {
    #[command(flatten)]
    addresses: Addresses,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// What was looked at, and how it is.
#[derive(Debug, Serialize)]
struct Finding {
    what: &'static str,
    ok: bool,
    /// How it is, and where that is not well what to do.
    says: String,
}

type Found = Result<String, String>;

impl Doctor {
    pub(crate) fn run(&self, place: &Place) -> anyhow::Result<()> {
        let mut findings = Vec::new();
        let mut note = |what, found: Found| {
            findings.push(Finding {
                what,
                ok: found.is_ok(),
                says: found.unwrap_or_else(|says| says),
            });
        };
        note("policies", policies(place));
        match open(place) {
            Err(says) => note("database", Err(says)),
            Ok(database) => {
                note("database", Ok(format!("{} answers", place.url())));
                let migrated = migrated(&database);
                let usable = migrated.is_ok();
                note("tables", migrated);
                if let DatabaseUrl::Postgres(_) = place.url() {
                    note("collation", collation(&database));
                }
                if usable {
                    note("reference data", loaded(&database));
                    note("audit", audit(&database, &place.audit()));
                }
            }
        }
        note("disk", space(place.data()));
        note("clock", clock());
        note("pages", port(self.addresses.listen, "--listen"));
        note("hospital messages", port(self.addresses.mllp, "--mllp"));
        let wrong = findings.iter().filter(|finding| !finding.ok).count();
        if self.json {
            give(&serde_json::to_string_pretty(
                &serde_json::json!({ "ok": wrong == 0, "findings": findings }),
            )?);
        } else {
            for Finding { what, ok, says } in &findings {
                give(&format!(
                    "{:<10} {what:<18} {says}",
                    if *ok { "OK" } else { "attention" }
                ));
            }
        }
        match wrong {
            0 => Ok(()),
            1 => bail!("one thing needs attention"),
            many => bail!("{many} things need attention"),
        }
    }
}

fn policies(place: &Place) -> Found {
    let policies = place
        .policies()
        .map_err(|error| format!("{error:#}. Put right the file that it names."))?;
    Ok(format!("{} policies are valid", policies.names().len()))
}

fn open(place: &Place) -> Result<Database, String> {
    if place.is_absent() {
        return Err(format!(
            "there is none at {}. Make it with `stour migrate`, or say where it is with --data.",
            place.url()
        ));
    }
    let remedy = "Check the address, that the server runs, and that you may read it.";
    place
        .database(&OpenOptions::default())
        .map_err(|error| format!("{error:#}. {remedy}"))
}

/// Whether every step was made, and no other.
fn migrated(database: &Database) -> Found {
    let known: usize = capabilities::migrations()
        .iter()
        .map(|of| of.steps.len())
        .sum::<usize>()
        + stour_database::MIGRATIONS.steps.len();
    let made = database.read_blocking(|tx| {
        tx.one(
            sql!("SELECT count(*) FROM schema_history"),
            params![],
            |row| row.get::<i64>(0),
        )
    });
    let made =
        made.map_err(|error| format!("the tables are not there ({error}). Run `stour migrate`."))?;
    match usize::try_from(made).unwrap_or(usize::MAX).cmp(&known) {
        std::cmp::Ordering::Equal => Ok(format!("up to date: {known} steps")),
        std::cmp::Ordering::Less => Err(format!(
            "{made} of {known} steps were made. Run `stour migrate`."
        )),
        std::cmp::Ordering::Greater => {
            Err("a later version was here. Run that version or a later one.".to_owned())
        }
    }
}

/// Texts must sort as their bytes do, as they do on SQLite.
fn collation(database: &Database) -> Found {
    let sorts = database.read_blocking(|tx| {
        tx.one(
            sql!("SELECT CASE WHEN 'B' < 'a' AND 'Z' < 'é' THEN 'right' ELSE 'wrong' END"),
            params![],
            |row| row.get::<String>(0),
        )
    });
    match sorts.as_deref() {
        Ok("right") => Ok("texts sort as their bytes do".to_owned()),
        Ok(_) => Err("texts sort by a language. Make a database with LC_COLLATE 'C.UTF-8' and restore a backup into it.".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

fn loaded(database: &Database) -> Found {
    let wanted = reference()
        .map_err(|error| format!("{error:#}"))?
        .organisations
        .len();
    let count = database.read_blocking(|tx| {
        tx.one(
            sql!("SELECT count(*) FROM organisation"),
            params![],
            |row| row.get::<i64>(0),
        )
    });
    match count {
        Ok(count) if usize::try_from(count) == Ok(wanted) => Ok(format!("{count} organisations")),
        Ok(count) => Err(format!(
            "{count} organisations where the program knows {wanted}. Start `stour serve` once, which loads them."
        )),
        Err(error) => Err(error.to_string()),
    }
}

fn audit(database: &Database, folder: &Path) -> Found {
    let copy = folder.is_dir().then_some(folder);
    let mark = spinner("Following the audit's chain");
    let verdict = verify_blocking(database, copy);
    mark.finish_and_clear();
    match verdict {
        Ok(Verdict::Sound {
            entries, compared, ..
        }) => {
            let behind = entries.saturating_sub(compared);
            Ok(match copy {
                Some(_) => format!(
                    "{entries} entries are sound; the second copy lacks the last {behind}, which the server adds"
                ),
                None => format!(
                    "{entries} entries are sound; there is no second copy yet, which the server begins"
                ),
            })
        }
        Ok(Verdict::Bad {
            lane,
            sequence,
            what,
        }) => Err(format!(
            "entry {sequence} of chain {lane} {what}. Keep everything as it is and tell whoever answers for information governance."
        )),
        Err(error) => Err(error.to_string()),
    }
}

fn space(folder: &Path) -> Found {
    let place = folder
        .ancestors()
        .find(|folder| folder.is_dir())
        .unwrap_or(Path::new("."));
    let output = Process::new("df")
        .arg("-Pk")
        .arg(place)
        .output()
        .map_err(|error| format!("`df` did not run: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let free = text
        .lines()
        .nth(1)
        .and_then(|line| line.split_whitespace().nth(3)?.parse::<u64>().ok());
    match free {
        None => Err("the free space is not known: `df` did not say it".to_owned()),
        Some(free) if free < SPACE_KIB => Err(format!(
            "only {} MiB are free at {}. Make room.",
            free / 1024,
            place.display()
        )),
        Some(free) => Ok(format!(
            "{} GiB are free at {}",
            free / 1024 / 1024,
            place.display()
        )),
    }
}

/// A clock that stands before the program was put here is wrong, and with it every date.
fn clock() -> Found {
    let now = Environment::system().now();
    let installed = std::env::current_exe().and_then(|path| path.metadata()?.modified());
    let installed = installed.ok().and_then(|at| Timestamp::try_from(at).ok());
    match installed {
        Some(installed) if now < installed => Err(format!(
            "it says {now}, before this program was installed ({installed}). Set the clock."
        )),
        _ => Ok(format!("{now:.0}")),
    }
}

/// A port is well when it is free, or when something answers there: most likely this program.
fn port(address: SocketAddr, option: &str) -> Found {
    if TcpStream::connect_timeout(&address, PATIENCE).is_ok() {
        return Ok(format!("something answers at {address}"));
    }
    match std::net::TcpListener::bind(address) {
        Ok(_) => Ok(format!("{address} is free")),
        Err(error) => Err(format!(
            "{address} cannot be listened on ({error}). Choose another with {option}."
        )),
    }
}

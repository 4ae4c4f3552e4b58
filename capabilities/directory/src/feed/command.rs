//! `stour directory feed …`, `stour directory sync` and `stour directory import`.

use std::io::Write as _;
use std::path::PathBuf;

use clap::{Args, FromArgMatches, Subcommand};
use stour_database::Transaction;
use stour_web::{Command, CommandError, House, give};

use super::{Feed, FeedName, Options, Run, RunState, add, feeds, import, remove, runs, sync};
use crate::error::DirectoryError;
use crate::listing::Role;

/// Who does what a command does.
const BY: &str = "command line";

/// The commands, for the program's command line.
pub(crate) fn commands() -> Vec<Command> {
    vec![
        Command {
            under: &["directory"],
            define: || FeedArgs::augment_args(clap::Command::new("feed")).after_help(FEED_EXAMPLE),
            run: |house, matches| read::<FeedArgs>(matches)?.run(house),
        },
        Command {
            under: &["directory"],
            define: || Sync::augment_args(clap::Command::new("sync")).after_help(SYNC_EXAMPLE),
            run: |house, matches| read::<Sync>(matches)?.run(house),
        },
        Command {
            under: &["directory"],
            define: || {
                Import::augment_args(clap::Command::new("import")).after_help(IMPORT_EXAMPLE)
            },
            run: |house, matches| read::<Import>(matches)?.run(house),
        },
    ]
}

fn read<T: FromArgMatches>(matches: &clap::ArgMatches) -> Result<T, CommandError> {
    T::from_arg_matches(matches).map_err(|error| CommandError(error.to_string()))
}

impl From<DirectoryError> for CommandError {
    fn from(error: DirectoryError) -> Self {
        Self(error.to_string())
    }
}

const FEED_EXAMPLE: &str = "\
Example:
  stour directory feed add dorset https://directory.example.org/open-referral/v3
  stour directory feed list
  stour directory feed remove dorset";

/// Say which feeds the directory reads
#[derive(Debug, Args)]
struct FeedArgs {
    #[command(subcommand)]
    what: FeedCommand,
}

#[derive(Debug, Subcommand)]
enum FeedCommand {
    /// Add a feed of Open Referral UK 1.0 or 3.0, or give one another address
    Add {
        /// What it is called here: small letters, digits and hyphens
        name: String,
        /// Its address, to which /services is added
        #[arg(value_name = "URL")]
        address: String,
        /// What its publisher is to the services: owner, regulator, assurer or none
        #[arg(long, default_value = "none")]
        role: String,
    },
    /// List the feeds, and when each was last read
    List {
        /// Answer in JSON
        #[arg(long)]
        json: bool,
    },
    /// Remove a feed, and withdraw all that came from it
    Remove {
        /// What it is called here
        name: String,
    },
}

fn name(text: &str) -> Result<FeedName, CommandError> {
    text.parse().map_err(CommandError)
}

fn role(text: &str) -> Result<Role, CommandError> {
    text.parse()
        .map_err(|why: &str| CommandError(why.to_owned()))
}

/// Whether an address can be read: over https, or plainly from this machine.
fn may_be_read(address: &str) -> bool {
    let Ok(uri) = address.parse::<axum::http::Uri>() else {
        return false;
    };
    let here = matches!(uri.host(), Some("127.0.0.1" | "localhost" | "[::1]"));
    match uri.scheme_str() {
        Some("https") => uri.host().is_some(),
        Some("http") => here,
        _ => false,
    }
}

impl FeedArgs {
    fn run(self, house: &House) -> Result<(), CommandError> {
        let environment = house.environment().clone();
        match self.what {
            FeedCommand::Add {
                name: text,
                address,
                role: said,
            } => {
                let (name, role) = (name(&text)?, role(&said)?);
                if !may_be_read(&address) || address.contains(['?', '#']) {
                    return Err(CommandError(format!(
                        "{address:?} cannot be read: give an address that begins with https, without what comes after a ?"
                    )));
                }
                house
                    .database()
                    .write_blocking(move |tx| add(tx, &environment, (&name, &address, role), BY))?;
                give(&format!(
                    "The feed {text} is added. Read it with: stour directory sync {text}\n"
                ))
            }
            FeedCommand::List { json } => list(house, json),
            FeedCommand::Remove { name: text } => {
                let name = name(&text)?;
                let gone = house
                    .database()
                    .write_blocking(move |tx| remove(tx, &environment, &name, BY));
                let gone = gone.map_err(|error| match error {
                    DirectoryError::NotThere => CommandError(format!("there is no feed {text}")),
                    error => error.into(),
                })?;
                give(&format!("The feed {text} is removed. Withdrawn: {gone}.\n"))
            }
        }
    }
}

fn list(house: &House, json: bool) -> Result<(), CommandError> {
    let all =
        |tx: &mut Transaction<'_>| -> Result<Vec<(Feed, Option<Run>)>, stour_database::Error> {
            let mut all = Vec::new();
            for feed in feeds(tx)? {
                let last = runs(tx, &feed.name, 1)?.pop();
                all.push((feed, last));
            }
            Ok(all)
        };
    let all = house.database().read_blocking(all)?;
    if json {
        let all: Vec<_> = all.iter().map(|(feed, run)| serde_json::json!({
            "name": feed.name.as_str(), "address": feed.address, "standard": feed.standard, "role": feed.role.as_str(),
            "last": run.as_ref().map(summary),
        })).collect();
        return give(&format!("{:#}\n", serde_json::json!(all)));
    }
    if all.is_empty() {
        return give("There are no feeds. Add one with: stour directory feed add NAME URL\n");
    }
    let lines = all.iter().map(|(feed, run)| {
        let last = run.as_ref().map_or_else(
            || "never read".to_owned(),
            |run| format!("{} {}", run.state, run.started_at),
        );
        format!(
            "{}\t{}\t{}\t{last}\n",
            feed.name,
            feed.address,
            feed.standard.as_deref().unwrap_or("?")
        )
    });
    give(&lines.collect::<String>())
}

const SYNC_EXAMPLE: &str = "\
Example:
  stour directory sync
  stour directory sync dorset --json

Each feed is read page by page; what is new or changed is stored with each page, and what the feed no longer has is \
withdrawn once all of it has been read. A feed that stops half-way leaves what was there and is taken up where it stopped. \
It ends with 1 when a feed could not be read to its end.";

/// Read feeds, and keep their listings in step
#[derive(Debug, Args)]
struct Sync {
    /// The feed; every feed where none is named
    name: Option<String>,
    /// Read all of it, also what the feed says has not changed
    #[arg(long)]
    whole: bool,
    /// Withdraw what is gone even when that is most of the feed
    #[arg(long)]
    accept_withdrawals: bool,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

impl Sync {
    fn run(self, house: &House) -> Result<(), CommandError> {
        let names = if let Some(text) = &self.name {
            vec![name(text)?]
        } else {
            let all = house.database().read_blocking(feeds)?;
            all.into_iter()
                .filter(|feed| !feed.is_of_files())
                .map(|feed| feed.name)
                .collect()
        };
        let options = Options {
            whole: self.whole,
            accept_withdrawals: self.accept_withdrawals,
            ..Options::default()
        };
        let mut done = Vec::new();
        let mut failed = Vec::new();
        for name in names {
            match sync(house, &name, options, &mut told) {
                Ok(run) => {
                    if run.state != RunState::Finished {
                        failed.push(name.to_string());
                    }
                    done.push(run);
                }
                Err(DirectoryError::NotThere) => {
                    return Err(CommandError(format!(
                        "there is no feed {name}: add it with stour directory feed add"
                    )));
                }
                Err(error) => {
                    say(&format!("{name}: {error}"));
                    failed.push(name.to_string());
                }
            }
        }
        crate::duplicate::compare(house)?;
        give(&answer(&done, self.json))?;
        if failed.is_empty() {
            return Ok(());
        }
        Err(CommandError(format!(
            "not read to the end: {}",
            failed.join(", ")
        )))
    }
}

const IMPORT_EXAMPLE: &str = "\
Example:
  stour directory import services.ndjson --feed local-groups

The file has one service in each line, or is a list of them, or a page as an API gives it, of version 1.0 or 3.0. Importing \
it again changes what has changed. Nothing is withdrawn.";

/// Add listings from a file
#[derive(Debug, Args)]
struct Import {
    /// The file
    file: PathBuf,
    /// What the listings are kept under: small letters, digits and hyphens
    #[arg(long, value_name = "NAME", default_value = "files")]
    feed: String,
    /// What their publisher is to the services: owner, regulator, assurer or none
    #[arg(long, default_value = "none")]
    role: String,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

impl Import {
    fn run(self, house: &House) -> Result<(), CommandError> {
        let (feed, role) = (name(&self.feed)?, role(&self.role)?);
        let run = import(house, &self.file, (&feed, role), BY, &mut told)?;
        crate::duplicate::compare(house)?;
        give(&answer(std::slice::from_ref(&run), self.json))?;
        match run.why.filter(|_| run.state == RunState::Stopped) {
            Some(why) => Err(CommandError(why)),
            None => Ok(()),
        }
    }
}

/// Tells whoever watches how it goes, on standard error.
fn told(run: &Run) {
    say(&format!("{}: {} read", run.feed, run.counts.read));
}

/// Where nobody can be told, there is nobody to tell.
fn say(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

fn answer(runs: &[Run], json: bool) -> String {
    if json {
        let runs: Vec<_> = runs.iter().map(summary).collect();
        return format!("{:#}\n", serde_json::json!(runs));
    }
    runs.iter().map(in_words).collect()
}

fn summary(run: &Run) -> serde_json::Value {
    serde_json::json!({
        "feed": run.feed.as_str(),
        "state": run.state.as_str(),
        "why": run.why,
        "whole": run.whole,
        "started_at": run.started_at,
        "counts": run.counts,
    })
}

fn in_words(run: &Run) -> String {
    let counts = run.counts;
    let mut text = format!(
        "{}: {}. Read {}: {} new, {} changed, {} as they were. Withdrawn {}, put right {}, set aside {}.\n",
        run.feed,
        run.state,
        counts.read,
        counts.new,
        counts.changed,
        counts.unchanged,
        counts.withdrawn,
        counts.repaired,
        counts.set_aside
    );
    if let Some(why) = &run.why {
        text.push_str("  ");
        text.push_str(why);
        text.push('\n');
    }
    text
}

//! `stour programme load`.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, FromArgMatches};
use stour_database::{Error, Transaction};
use stour_register::{LoadError, Loaded, load, scope_of};
use stour_web::{Command, CommandError, House, give};

use crate::registers::REGISTER;
use crate::shipped::SHIPPED;

const EXAMPLE: &str = "\
Examples:
  stour programme load
  stour programme load our-programme.toml

A file is TOML. At its beginning it says what its entries belong to (scope), whose data it is (organisation) and where it \
comes from (why); then it has a table for each entry, such as [[risk]], with its number. Look at reference/programmes. All \
files are loaded, or none. Loading them again changes nothing; a later edition changes what is different, and what people \
have changed since is left to them and named.";

/// Load programmes: those that come with the product, or files
#[derive(Debug, Clone, Args)]
struct Load {
    /// Files in TOML; without one, what comes with the product
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// The command, for the program's command line.
pub(super) fn command() -> Command {
    Command {
        under: &["programme"],
        define: || Load::augment_args(clap::Command::new("load")).after_help(EXAMPLE),
        run: |house, matches| {
            let asked =
                Load::from_arg_matches(matches).map_err(|error| CommandError(error.to_string()))?;
            let loaded = loaded(house, asked.files)?;
            give(&in_words(&loaded))
        },
    }
}

/// Why nothing was loaded.
#[derive(Debug, thiserror::Error)]
enum NotLoaded {
    #[error("{0}: {1}")]
    File(String, LoadError),
    #[error(transparent)]
    Database(#[from] Error),
}

fn loaded(house: &House, files: Vec<PathBuf>) -> Result<Loaded, CommandError> {
    let texts = if files.is_empty() {
        let shipped = SHIPPED.iter();
        shipped
            .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
            .collect()
    } else {
        read(files)?
    };
    let environment = house.environment().clone();
    let done = house
        .database()
        .write_blocking(move |tx: &mut Transaction<'_>| {
            let mut all = Loaded::default();
            for (name, text) in &texts {
                let loaded = scope_of(text)
                    .and_then(|scope| load(tx, &environment, &REGISTER, &scope, text));
                let loaded = loaded.map_err(|error| NotLoaded::File(name.clone(), error))?;
                all = all.and(loaded);
            }
            Ok::<_, NotLoaded>(all)
        });
    done.map_err(|error| CommandError(error.to_string()))
}

fn read(files: Vec<PathBuf>) -> Result<Vec<(String, String)>, CommandError> {
    let texts = files.into_iter().map(|path| {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(&path);
        text.map(|text| (name.clone(), text))
            .map_err(|error| CommandError(format!("{name} cannot be read: {error}")))
    });
    texts.collect()
}

fn in_words(loaded: &Loaded) -> String {
    let mut words = format!(
        "{} added, {} changed, {} as they were\n",
        loaded.added, loaded.changed, loaded.unchanged
    );
    if !loaded.left_to_people.is_empty() {
        // Writing to a String cannot fail.
        let _ = writeln!(
            words,
            "left as people have changed them since: {}",
            loaded.left_to_people.join(", ")
        );
    }
    words
}

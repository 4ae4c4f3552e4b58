//! `stour import`.

use std::path::PathBuf;

use anyhow::bail;
use clap::{Args, Subcommand};
use stour_access::audit;
use stour_web::House;

use crate::open::{Opening, Place, reference};
use crate::operator;
use crate::population::{Checked, Folder, Loaded, Loading, Mistakes, prepare};
use crate::program::give;
use crate::progress::bar;

/// Take in what others publish or export
///
/// Example: stour import series FILE --layout delayed-days-by-reason
#[derive(Debug, Subcommand)]
pub(crate) enum Import {
    Population(Population),
}

/// A made-up population, from the folder that `stour synth --out` writes
///
/// Reads people.csv, events.csv and relationships.csv by the names of their columns, in any order. All
/// of it is checked before anything is stored: when any line is wrong nothing is, and each mistake is
/// listed with its file, line, field, the reason and what to do. It is then loaded some thousand people
/// at a time; when it is cut off, running it again goes on where it stopped, and running it once more
/// changes nothing. Only NHS numbers that begin with 999 are taken, which nobody has.
///
/// Example: stour import population var/people
#[derive(Debug, Args)]
pub(crate) struct Population {
    /// The folder
    folder: PathBuf,
    /// Check the files and store nothing
    #[arg(long)]
    dry_run: bool,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

impl Import {
    pub(crate) fn run(&self, place: &Place) -> anyhow::Result<()> {
        match self {
            Self::Population(population) => population.run(place),
        }
    }
}

impl Population {
    fn run(&self, place: &Place) -> anyhow::Result<()> {
        let today = stour_kernel::Environment::system().today();
        let folder = Folder::new(&self.folder, reference()?, today);
        let checked = match check(&folder)? {
            Ok(checked) => checked,
            Err(mistakes) => return self.refuse(&mistakes),
        };
        let loaded = if self.dry_run {
            Loaded::default()
        } else {
            load(&place.house(&Opening::default())?, &folder, &checked)?
        };
        give(&if self.json {
            in_json(&checked, loaded, self.dry_run)?
        } else {
            in_words(&checked, loaded, self.dry_run)
        });
        Ok(())
    }

    fn refuse(&self, mistakes: &Mistakes) -> anyhow::Result<()> {
        if self.json {
            give(&serde_json::to_string_pretty(
                &serde_json::json!({ "refused": mistakes }),
            )?);
            bail!("the files were refused; nothing was stored");
        }
        bail!("the files were refused; nothing was stored:\n{mistakes}");
    }
}

fn check(folder: &Folder<'_>) -> anyhow::Result<Result<Checked, Mistakes>> {
    let bar = bar("Checking", folder.size());
    let checked = folder.check(|bytes| bar.set_position(bytes));
    bar.finish_and_clear();
    checked
}

fn load(house: &House, folder: &Folder<'_>, checked: &Checked) -> anyhow::Result<Loaded> {
    let (database, environment) = (house.database(), house.environment());
    let community = community(reference()?, environment.today());
    let mut loading = Loading::begin(
        database,
        environment,
        format!("population {}", checked.digest),
    );
    let bar = bar("Loading", folder.size());
    let loaded = folder.each(|chunk, bytes| {
        loading.take(prepare(&chunk, environment, community)?)?;
        bar.set_position(bytes);
        Ok(())
    });
    bar.finish_and_clear();
    loaded?;
    let loaded = loading.finish()?;
    record(house, &checked.digest, loaded)?;
    Ok(loaded)
}

/// The organisation that nurses people at home.
pub(crate) fn community(
    reference: &stour_partnership::Reference,
    today: stour_kernel::Date,
) -> Option<stour_kernel::OdsCode> {
    let of_kind = |organisation: &&stour_partnership::Organisation| {
        organisation.kind.as_str().starts_with("community")
    };
    reference
        .organisations_at(today)
        .find(of_kind)
        .map(|organisation| organisation.code)
}

/// Writes to the audit that a population was loaded.
pub(crate) fn record(house: &House, what: &str, loaded: Loaded) -> anyhow::Result<()> {
    if loaded.people == 0 {
        return Ok(());
    }
    let detail =
        serde_json::json!({ "population": what, "people": loaded.people, "facts": loaded.facts });
    let entry = operator::entry("population.import").detail(detail);
    let environment = house.environment().clone();
    house
        .database()
        .write_blocking(move |tx| audit::append(tx, &environment, &entry).map(|_| ()))?;
    Ok(())
}

fn in_json(checked: &Checked, loaded: Loaded, dry_run: bool) -> anyhow::Result<String> {
    Ok(serde_json::to_string_pretty(&serde_json::json!({
        "dry_run": dry_run,
        "people": checked.people,
        "events": checked.events,
        "loaded": { "people": loaded.people, "facts": loaded.facts, "relationships": loaded.relations },
        "there_before": loaded.before,
    }))?)
}

fn in_words(checked: &Checked, loaded: Loaded, dry_run: bool) -> String {
    let Checked { people, events, .. } = checked;
    if dry_run {
        return format!(
            "Nothing is wrong with the {people} people and {events} events. Nothing was stored."
        );
    }
    let before = if loaded.before > 0 {
        format!(" {} people were there before.", loaded.before)
    } else {
        String::new()
    };
    format!(
        "Loaded {} people, {} facts and {} relationships.{before}",
        loaded.people, loaded.facts, loaded.relations
    )
}

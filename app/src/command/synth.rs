//! `stour synth`.

use std::path::{Path, PathBuf};

use clap::Args;
use indicatif::ProgressBar;
use stour_kernel::{Date, Environment};
use stour_population::MAXIMUM_PEOPLE;
use stour_web::House;

use super::import::{community, record};
use crate::open::{Opening, Place, reference};
use crate::population::{Chunk, Files, Loaded, Loading, Making, Text, each_block, prepare};
use crate::program::give;
use crate::progress::bar;

/// Make up a population and three years of what happened to it
///
/// The same seed, number and day make the same people. Households, ages, names, practices and conditions
/// are like those of the partnership's area; how often things happen is known and documented, so that
/// what is computed from them can be checked. Every NHS number begins with 999, which nobody has.
///
/// With --out, writes people.csv, events.csv and relationships.csv (and with --hl7 adt.hl7, what the
/// hospitals would have sent, block after block of 2,000 people, in order of time within each) to a
/// folder. With --load, puts them straight into the database.
///
/// Example: stour synth --people 20000 --out var/people --hl7
#[derive(Debug, Args)]
pub(crate) struct Synth {
    /// How many people, the few per cent who died lately among them
    #[arg(long, value_name = "NUMBER", default_value_t = 20_000, value_parser = clap::value_parser!(u64).range(1..=MAXIMUM_PEOPLE))]
    people: u64,
    /// Other people for another seed
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
    /// The last day of every history [default: today]
    #[arg(long, value_name = "DATE")]
    today: Option<Date>,
    #[command(flatten)]
    to: To,
    /// Write hospital messages too
    #[arg(long, requires = "out")]
    hl7: bool,
}

/// Where the population goes.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct To {
    /// Write files to this folder
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Load it into the database
    #[arg(long)]
    load: bool,
}

impl Synth {
    pub(crate) fn run(&self, place: &Place) -> anyhow::Result<()> {
        let today = self.today.unwrap_or_else(|| Environment::system().today());
        let making = Making {
            people: self.people,
            seed: self.seed,
            today,
        };
        if let Some(folder) = &self.to.out {
            return write(making, folder, self.hl7);
        }
        let loaded = load(&place.house(&Opening::default())?, making, |_| {})?;
        give(&format!(
            "Loaded {} people, {} facts and {} relationships; {} were there before.",
            loaded.people, loaded.facts, loaded.relations, loaded.before
        ));
        Ok(())
    }
}

fn write(making: Making, folder: &Path, messages: bool) -> anyhow::Result<()> {
    let generator = making.generator()?;
    let mut files = Files::begin(folder, messages)?;
    let bar = bar("Making people", making.people);
    let made = each_block(
        &generator,
        |block| Text::of(block, messages),
        |text| advance(&bar, text.count, files.take(&text)),
    );
    bar.finish_and_clear();
    made?;
    files.finish()?;
    give(&format!(
        "{} people were written to {}.",
        making.people,
        folder.display()
    ));
    Ok(())
}

fn advance(bar: &ProgressBar, people: u64, done: anyhow::Result<()>) -> anyhow::Result<()> {
    bar.inc(people);
    done
}

/// Loads a population that is made as it goes. `look` sees each chunk first.
pub(crate) fn load(
    house: &House,
    making: Making,
    mut look: impl FnMut(&Chunk),
) -> anyhow::Result<Loaded> {
    let generator = making.generator()?;
    let (database, environment) = (house.database(), house.environment());
    let community = community(reference()?, making.today);
    let name = format!(
        "population of {} from seed {} to {}",
        making.people, making.seed, making.today
    );
    let mut loading = Loading::begin(database, environment, name.clone());
    let bar = bar("Making and loading people", making.people);
    let made = each_block(
        &generator,
        |block| {
            let chunk = Chunk::of(block)?;
            let prepared = prepare(&chunk, environment, community)?;
            Ok((chunk, prepared))
        },
        |(chunk, prepared)| {
            look(&chunk);
            let people = u64::try_from(prepared.people.len()).unwrap_or(0);
            advance(&bar, people, loading.take(prepared))
        },
    );
    bar.finish_and_clear();
    made?;
    let loaded = loading.finish()?;
    record(house, &name, loaded)?;
    Ok(loaded)
}

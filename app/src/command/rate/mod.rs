//! `stour rate`: rates of public health and their intervals, from files.

mod answer;
mod bands;
mod direct;
mod indirect;
mod levels;
mod life;
mod publish;
mod single;
mod slope;
mod table;
mod values;

use std::path::PathBuf;

use clap::{Args, Subcommand};

use table::{Names, Table, Wanted};

/// Work out rates of public health with their intervals, and what may be published of a table
///
/// Each command reads a CSV file with a heading and writes CSV with the columns that published tables have,
/// or JSON. Nothing is sent anywhere and no database is used. What is wrong with the file is told with its
/// line; the numbers it touches are withheld with the reason, the others are given, and the exit code is 1.
/// A number that a method does not give, such as a standardised rate of fewer than 10 events, is withheld
/// with its reason too, and that is no failure. Nothing small is hidden in computing: `publish` alone hides.
/// Everything is explained in docs/statistics/rates.md.
///
/// Example: stour rate dsr deaths.csv --by area --standard-by esp2013 --confidence 0.95,0.998 > rates.csv
#[derive(Debug, Subcommand)]
pub(crate) enum RateCommand {
    Proportion(single::Proportion),
    Rate(single::Crude),
    Byars(single::Byars),
    Mean(values::MeanOf),
    Percentile(values::Percentile),
    Quantile(values::Quantile),
    Dsr(direct::Dsr),
    Isr(indirect::Isr),
    LifeTable(life::LifeTable),
    Sii(slope::Sii),
    Publish(publish::Publish),
}

impl RateCommand {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        match self {
            Self::Proportion(command) => command.run(),
            Self::Rate(command) => command.run(),
            Self::Byars(command) => command.run(),
            Self::Mean(command) => command.run(),
            Self::Percentile(command) => command.run(),
            Self::Quantile(command) => command.run(),
            Self::Dsr(command) => command.run(),
            Self::Isr(command) => command.run(),
            Self::LifeTable(command) => command.run(),
            Self::Sii(command) => command.run(),
            Self::Publish(command) => command.run(),
        }
    }
}

/// Which file is read and how.
#[derive(Debug, Clone, Args)]
struct Source {
    /// The file, CSV with a heading
    file: PathBuf,
    /// Which column of the file holds what, where it has another name: NAME=COLUMN, parted by commas
    #[arg(
        long,
        value_name = "NAME=COLUMN,…",
        default_value = "",
        hide_default_value = true
    )]
    columns: Names,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

impl Source {
    /// The file, which must have what is wanted.
    fn open(&self, wanted: &Wanted<'_>) -> anyhow::Result<Table> {
        table::check(&self.columns, wanted)?;
        let read = Table::read(&self.file, &self.columns, wanted);
        read.map_err(|mistakes| mistakes.refuse(&self.file, self.json))
    }
}

/// Which file is read and how, and of whom its numbers are.
#[derive(Debug, Clone, Args)]
struct Reading {
    #[command(flatten)]
    source: Source,
    /// The columns that say of whom a number is, such as area,sex [default: area, where there is one]
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',')]
    by: Vec<String>,
}

impl Reading {
    /// The file, which must have the needed columns and may have the others.
    fn open(
        &self,
        needed: &'static [&'static str],
        others: &'static [&'static str],
    ) -> anyhow::Result<Table> {
        self.source.open(&self.wanted(needed, others))
    }

    fn wanted(
        &self,
        needed: &'static [&'static str],
        others: &'static [&'static str],
    ) -> Wanted<'_> {
        Wanted {
            needed,
            others,
            by: &self.by,
            or_area: true,
            standard: None,
        }
    }
}

/// A larger multiplier is a slip.
const LARGEST: f64 = 1e12;

/// A multiplier, as it is given on the command line.
fn multiplier(text: &str) -> Result<f64, String> {
    let number: Option<f64> = text.parse().ok();
    number
        .filter(|number| *number > 0.0 && *number <= LARGEST)
        .ok_or_else(|| format!("give a number above 0 and up to {LARGEST}, such as 100000"))
}

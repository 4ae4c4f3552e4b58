//! `stour link`: matching records in files.

mod cases;
mod columns;
mod dedupe;
mod evaluate;
mod explain;
mod matching;
mod model;
mod output;
mod seen;
mod splink;
mod table;
mod used;

use std::path::PathBuf;

use clap::{Args, Subcommand};
use stour_linkage::DateOrder;

use columns::Columns;

/// Match records of people between files, or within one
///
/// Nothing is sent anywhere and no database is used. Names, dates of birth, addresses, telephones and NHS
/// numbers are compared; how much agreement is worth is estimated from the files themselves, without
/// knowing any truth. Records of two people who may be twins, of one who has died, with two traced
/// numbers and so on are never linked by a program: they are marked for review.
///
/// Example: stour link match --index people.csv --incoming new.csv --columns id=rec,given=first,family=last,dob=born --out decisions.csv
#[derive(Debug, Subcommand)]
pub(crate) enum Link {
    Match(matching::Match),
    Dedupe(dedupe::Dedupe),
    Cases(cases::Cases),
    Explain(explain::Explain),
    Evaluate(evaluate::Evaluate),
    Train(model::Train),
}

impl Link {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        match self {
            Self::Match(command) => command.run(),
            Self::Dedupe(command) => command.run(),
            Self::Cases(command) => command.run(),
            Self::Explain(command) => command.run(),
            Self::Evaluate(command) => command.run(),
            Self::Train(command) => command.run(),
        }
    }
}

/// How files are read.
#[derive(Debug, Clone, Args)]
pub(crate) struct Reading {
    /// Which column holds what: NAME=COLUMN, parted by commas
    ///
    /// NAME is one of id, `nhs_number`, `nhs_status`, given, middle, family, dob, sex, address, postcode,
    /// phone, email, source, `multiple_birth_order`, `deceased_date` and restricted, or extra:NAME for any
    /// other column, which is compared as text. A NAME given twice has two values, either of which may
    /// agree (a former family name, an earlier address). COLUMN may be several, joined with +. Without
    /// this, columns that are called by these names are used. Without id, the column `id`, else the
    /// first one.
    #[arg(
        long,
        value_name = "NAME=COLUMN,…",
        default_value = "",
        hide_default_value = true
    )]
    columns: Columns,
    /// The order of dates such as 03/04/1941: dmy or mdy
    #[arg(long, value_name = "ORDER", default_value = "dmy")]
    dates: DateOrder,
    /// A model to use instead of one estimated from the files: this program's JSON, or Splink's
    ///
    /// Splink's model reads the columns of the file by its own names, in upper or lower case; where the
    /// file has none of a name, the column that --columns gives for that name. Cells are text, and an empty one
    /// is missing; a heading such as height:number, age:integer, born:date (1941-03-02) or phones:list
    /// (parted by |) says otherwise. The pairs compared are those of its blocking rules. The rules of trust
    /// are asked of what --columns names.
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
    /// Columns that are read and not compared: the option that names each, and its name.
    #[arg(skip)]
    beside: Vec<(&'static str, String)>,
}

/// An index, and the records that come in.
#[derive(Debug, Clone, Args)]
pub(crate) struct Across {
    /// The file of people who are known
    #[arg(long, value_name = "FILE")]
    index: PathBuf,
    /// The file of records that come in
    #[arg(long, value_name = "FILE")]
    incoming: PathBuf,
    #[command(flatten)]
    reading: Reading,
}

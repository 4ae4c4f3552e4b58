//! What it costs to count indicators: `bench/indicators/run.sh` runs it beside its peers on the same facts.
//!
//! `generate FOLDER` makes people and facts; `count FOLDER` counts everybody anew and writes every value; `month FOLDER`
//! counts the facts of the last month out and in again; `read FOLDER` reads every value once.

mod data;
mod measures;
mod month;

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Write, stdout};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use stour_indicators::Columns;

use crate::measures::{AS_OF, Measures, Words};

#[derive(Parser)]
#[command(about)]
struct Arguments {
    #[command(subcommand)]
    what: What,
    /// Where the files are.
    folder: PathBuf,
    /// How many threads count.
    #[arg(long, default_value_t = 2)]
    threads: usize,
}

#[derive(Subcommand)]
enum What {
    /// Makes people and facts.
    Generate {
        /// How many people.
        #[arg(long, default_value_t = 750_000)]
        people: u32,
        /// How many facts.
        #[arg(long, default_value_t = 5_000_000)]
        facts: u32,
        /// What they are drawn by.
        #[arg(long, default_value_t = 7)]
        seed: u64,
    },
    /// Counts everybody, and writes every value.
    Count,
    /// Counts the people of the last month out and, with its facts, in again.
    Month,
    /// Reads every value from the numbers in memory.
    Read,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let folder = &arguments.folder;
    let threads = arguments.threads;
    if let What::Generate {
        people,
        facts,
        seed,
    } = arguments.what
    {
        return data::generate(folder, people, facts, seed);
    }
    let words = Words::new();
    let measures = Measures::new(&words.vocabulary)?;
    let count = |columns: &Columns| {
        let mut tally = measures.tally(&words.vocabulary);
        tally.count(&measures.plan, columns, AS_OF, threads);
        tally
    };
    let columns = columns(&folder.join("columns"))?;
    let tally = count(&columns);
    match arguments.what {
        What::Generate { .. } | What::Count => {
            let mut out = BufWriter::new(File::create(folder.join("stour.csv"))?);
            measures.write(&tally, &mut out)?;
            out.flush()?;
        }
        What::Month => {
            let before = self::columns(&folder.join("columns-before"))?;
            let was = count(&before);
            let spent = month::again(&measures, (&before, was), (&columns, &tally))?;
            writeln!(stdout(), "{spent}")?;
        }
        What::Read => {
            let mut text = Vec::new();
            let before = cpu()?;
            measures.write(&tally, &mut text)?;
            let spent = cpu()?.saturating_sub(before).as_secs_f64() * 1000.0;
            let bytes = text.len();
            writeln!(
                stdout(),
                "every value read and written out, {bytes} bytes: {spent:.1} ms CPU"
            )?;
        }
    }
    Ok(())
}

fn columns(path: &Path) -> Result<Columns> {
    let file = File::open(path).with_context(|| path.display().to_string())?;
    Ok(Columns::read(&mut BufReader::new(file))?)
}

/// CPU time of the first thread so far.
///
/// # Errors
/// Where the kernel does not tell it.
fn cpu() -> Result<Duration> {
    let text = fs::read_to_string("/proc/thread-self/schedstat")?;
    let spent = text.split_whitespace().next();
    Ok(Duration::from_nanos(
        spent.context("schedstat is empty")?.parse()?,
    ))
}

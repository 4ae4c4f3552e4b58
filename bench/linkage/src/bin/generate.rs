//! Writes a set of records with known truth.
//!
//! `generate --rows 1000000 --seed 7 --out DIR [--words english|syllables|mixed] [--no-numbers]`

use std::io::{Write as _, stdout};
use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;
use stour_bench_linkage::{Options, Vocabulary, generate, write};

/// Writes DIR/index.csv, DIR/incoming.csv and DIR/all.csv, which is both together.
#[derive(Debug, Parser)]
struct Arguments {
    /// Rows of index and incoming together.
    #[arg(long, default_value_t = 1_000_000)]
    rows: usize,
    /// The same seed makes the same bytes.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Where to write.
    #[arg(long)]
    out: PathBuf,
    /// Which names to use.
    #[arg(long, value_enum, default_value_t = Vocabulary::English)]
    words: Vocabulary,
    /// Leave the NHS number out of every incoming record.
    #[arg(long)]
    no_numbers: bool,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let (index, incoming) = generate(&Options {
        rows: arguments.rows,
        seed: arguments.seed,
        vocabulary: arguments.words,
        numbers: !arguments.no_numbers,
    })?;
    write(&arguments.out, &index, &incoming)?;
    Ok(writeln!(
        stdout(),
        "{} index and {} incoming records in {}",
        index.len(),
        incoming.len(),
        arguments.out.display()
    )?)
}

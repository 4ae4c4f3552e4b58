//! What it costs to match one record against everybody in memory, without blocking.
//!
//! `live --index F --incoming F [--queries N]` reads both files of `generate`, estimates a model from them,
//! puts the index in memory and matches incoming records one by one. Prints one line of JSON: CPU seconds
//! to make the index, the mean CPU of a match and what half, 95 and 99 in 100 took on the wall, in
//! milliseconds; and how many were linked rightly, wrongly, or held.

use std::collections::HashMap;
use std::io::{Write, stdout};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context as _, Result};
use clap::Parser;
use csv::StringRecord;
use serde_json::json;
use stour_linkage::{
    Batch, Birth, DateOrder, Decision, HomeParts, Index, Model, NameParts, NumberClaim,
    NumberStatus, Record, Sex,
};

/// Matches one record at a time against everybody.
#[derive(Debug, Parser)]
struct Arguments {
    /// The people who are known.
    #[arg(long)]
    index: PathBuf,
    /// The records that come in.
    #[arg(long)]
    incoming: PathBuf,
    /// How many of them to match, from all over the file.
    #[arg(long, default_value_t = 2000)]
    queries: usize,
}

/// A file of records: where each column stands, and the rows.
struct Table {
    places: HashMap<String, usize>,
    rows: Vec<StringRecord>,
}

impl Table {
    fn read(path: &Path) -> Result<Self> {
        let mut reader = csv::Reader::from_path(path)
            .with_context(|| format!("{} cannot be read", path.display()))?;
        let header = reader.headers()?.clone();
        Ok(Self {
            places: header
                .iter()
                .enumerate()
                .map(|(place, name)| (name.to_owned(), place))
                .collect(),
            rows: reader.records().collect::<csv::Result<_>>()?,
        })
    }

    fn get<'r>(&self, row: &'r StringRecord, name: &str) -> &'r str {
        self.places
            .get(name)
            .and_then(|place| row.get(*place))
            .unwrap_or_default()
    }

    fn with<T>(&self, row: &StringRecord, take: impl FnOnce(&Record<'_>) -> T) -> T {
        let get = |name| self.get(row, name);
        let numbers: Vec<NumberClaim> =
            NumberClaim::parse(get("nhs_number"), NumberStatus::Unstated)
                .into_iter()
                .collect();
        take(&Record {
            names: &[NameParts {
                given: get("given_name"),
                middle: "",
                family: get("surname"),
            }],
            born: Birth::parse(get("dob"), DateOrder::DayFirst),
            sex: Sex::parse(get("sex")),
            homes: &[HomeParts {
                address: get("address_1"),
                postcode: get("postcode"),
            }],
            telephones: &[get("phone")],
            numbers: &numbers,
            ..Record::default()
        })
    }
}

/// CPU seconds of this thread so far, as the scheduler of Linux counts them.
fn cpu() -> Result<f64> {
    let text =
        std::fs::read_to_string("/proc/thread-self/schedstat").context("this needs Linux")?;
    let nanoseconds = text.split(' ').next().unwrap_or_default();
    Ok(nanoseconds.parse::<f64>()? / 1e9)
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let (known, came) = (
        Table::read(&arguments.index)?,
        Table::read(&arguments.incoming)?,
    );
    let mut batch = Batch::new(0);
    known
        .rows
        .iter()
        .for_each(|row| known.with(row, |record| batch.index(record)));
    came.rows
        .iter()
        .for_each(|row| came.with(row, |record| batch.incoming(record)));
    let model = batch.train(&Model::new(&[])?);
    drop(batch);
    let before = cpu()?;
    let mut index = Index::new(model);
    for (place, row) in known.rows.iter().enumerate() {
        known.with(row, |record| index.put(place, record));
    }
    let made = cpu()? - before;
    let (mut times, mut right, mut wrong, mut held) = (Vec::new(), 0, 0, 0);
    let before = cpu()?;
    for row in came
        .rows
        .iter()
        .step_by((came.rows.len() / arguments.queries.max(1)).max(1))
    {
        let start = Instant::now();
        let matched = came.with(row, |record| index.decide(record, |_| None));
        times.push(start.elapsed().as_secs_f64() * 1e3);
        let person = matched
            .best
            .and_then(|best| known.rows.get(best.key))
            .map(|row| known.get(row, "person_id"));
        match matched.decision {
            Decision::Link if person == Some(came.get(row, "person_id")) => right += 1,
            Decision::Link => wrong += 1,
            Decision::Review => held += 1,
            Decision::New => {}
        }
    }
    let each = (cpu()? - before) * 1e3 / f64::from(u32::try_from(times.len().max(1))?);
    times.sort_by(f64::total_cmp);
    let part = |hundredths: usize| times.get(times.len() * hundredths / 100).copied();
    let told = json!({
        "people": index.len(),
        "made_cpu_s": made,
        "match_cpu_ms": each,
        "match_wall_ms": { "p50": part(50), "p95": part(95), "p99": part(99) },
        "queries": times.len(),
        "right": right,
        "wrong": wrong,
        "held": held,
    });
    writeln!(stdout(), "{told}")?;
    Ok(())
}

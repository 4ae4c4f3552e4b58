//! Runs the national tracing algorithm, as published, on files that the other programs are given.
//!
//! `national match --index F --incoming F --out decisions.csv`; `national cases F` for hard cases. `--json` for machines.

use std::collections::BTreeMap;
use std::io::{Write as _, stdout};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use clap::{Parser, Subcommand};
use stour_bench_linkage::national::{Index, Record, read};

/// The national tracing algorithm, made again from its published steps.
#[derive(Debug, Parser)]
struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Writes a decision for each incoming record.
    Match {
        /// The records that are there.
        #[arg(long)]
        index: PathBuf,
        /// The records that come in.
        #[arg(long)]
        incoming: PathBuf,
        /// Where to write.
        #[arg(long)]
        out: PathBuf,
    },
    /// Runs cases that say what is expected of each.
    Cases {
        /// The cases.
        file: PathBuf,
        /// As JSON on one line.
        #[arg(long)]
        json: bool,
    },
}

fn main() -> Result<()> {
    match Arguments::parse().what {
        What::Match {
            index,
            incoming,
            out,
        } => decide(&index, &incoming, &out),
        What::Cases { file, json } => cases(&file, json),
    }
}

fn decide(index: &Path, incoming: &Path, out: &Path) -> Result<()> {
    let index = Index::new(read(index)?);
    let mut table =
        csv::Writer::from_path(out).with_context(|| format!("cannot write {}", out.display()))?;
    table.write_record([
        "incoming_id",
        "decision",
        "index_id",
        "weight",
        "probability",
        "step",
        "reason",
    ])?;
    for record in read(incoming)? {
        let found = index.trace(&record);
        let held = found.and_then(|found| index.records().get(found.place));
        let kind = if held.is_some() { "link" } else { "new" };
        let score = found.map_or_else(String::new, |found| format!("{:.2}", found.score));
        table.write_record([
            record.id.as_str(),
            kind,
            held.map_or("", |held| held.id.as_str()),
            &score,
            "",
            found.map_or("", |found| found.step.name()),
            "",
        ])?;
    }
    Ok(table.flush()?)
}

/// One case: the records that are there, the one that comes in, and what is expected of it.
#[derive(Default)]
struct Case {
    scenario: String,
    index: Vec<Record>,
    incoming: Option<(Record, String)>,
}

fn cases(file: &Path, json: bool) -> Result<()> {
    let mut table =
        csv::Reader::from_path(file).with_context(|| format!("cannot read {}", file.display()))?;
    let heads = table.headers()?.clone();
    let mut cases: BTreeMap<String, Case> = BTreeMap::new();
    for (row, record) in table.records().zip(read(file)?) {
        let row = row?;
        let text = |name: &str| {
            let place = heads.iter().position(|head| head == name);
            place.and_then(|place| row.get(place)).unwrap_or_default()
        };
        let case = cases.entry(text("case_id").to_owned()).or_default();
        text("scenario").clone_into(&mut case.scenario);
        if text("role") == "INDEX" {
            case.index.push(record);
        } else {
            case.incoming = Some((record, text("expect").to_owned()));
        }
    }
    let mut out = stdout().lock();
    let (mut right, mut unsafe_links) = (0, 0);
    for (name, case) in &cases {
        let Some((record, expected)) = &case.incoming else {
            continue;
        };
        let index = Index::new(case.index.clone());
        let found = index.trace(record);
        let wanted = expected.strip_prefix("LINK:").map(str::parse).transpose()?;
        let as_expected = found.map(|found| found.place) == wanted;
        right += u32::from(as_expected);
        unsafe_links += u32::from(found.is_some() && !as_expected);
        if !json {
            let got = found.map_or_else(
                || "no link".to_owned(),
                |found| format!("LINK:{} by {}", found.place, found.step.name()),
            );
            writeln!(out, "{name:<5}{:<52}{expected:<9}{got}", case.scenario)?;
        }
    }
    let report =
        serde_json::json!({ "cases": cases.len(), "right": right, "unsafe": unsafe_links });
    Ok(writeln!(out, "{report}")?)
}

//! Scores what a program linked against what is known to be true.
//!
//! `score match --index F --incoming F --decisions F`, `score clusters --records F --clusters F`,
//! `score pairs --records F --pairs F [--threshold P]`; each with `--json` for machines.

use std::io::{Write, stdout};
use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, Subcommand};
use serde_json::Value;
use stour_bench_linkage::score::{Columns, clusters, decisions, pairs, table};

/// Scores decisions, clusters or pairs against the truth in the records' own files.
#[derive(Debug, Parser)]
struct Arguments {
    #[command(subcommand)]
    what: What,
    /// As JSON on one line.
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Decisions on incoming records: `incoming_id,decision,index_id[,step]`.
    Match {
        /// The records that were there.
        #[arg(long)]
        index: PathBuf,
        /// The records that came in.
        #[arg(long)]
        incoming: PathBuf,
        /// What was decided.
        #[arg(long)]
        decisions: PathBuf,
        #[command(flatten)]
        columns: Columns,
    },
    /// Clusters of records: `id,cluster`.
    Clusters {
        /// The records.
        #[arg(long)]
        records: PathBuf,
        /// The clusters.
        #[arg(long)]
        clusters: PathBuf,
        #[command(flatten)]
        columns: Columns,
    },
    /// Pairs of records: `id_a,id_b,weight,probability`.
    Pairs {
        /// The records.
        #[arg(long)]
        records: PathBuf,
        /// The pairs.
        #[arg(long)]
        pairs: PathBuf,
        /// The least probability that counts.
        #[arg(long, default_value_t = 0.99)]
        threshold: f64,
        #[command(flatten)]
        columns: Columns,
    },
    /// Results of many runs, as `run.sh` keeps them, as tables.
    Table {
        /// Lines of JSON.
        results: PathBuf,
    },
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let report = match &arguments.what {
        What::Match {
            index,
            incoming,
            decisions: decided,
            columns,
        } => serde_json::to_value(decisions(index, incoming, decided, columns)?)?,
        What::Clusters {
            records,
            clusters: put,
            columns,
        } => serde_json::to_value(clusters(records, put, columns)?)?,
        What::Pairs {
            records,
            pairs: weighed,
            threshold,
            columns,
        } => serde_json::to_value(pairs(records, weighed, *threshold, columns)?)?,
        What::Table { results } => return table(results, &mut stdout().lock()),
    };
    let mut out = stdout().lock();
    if arguments.json {
        return Ok(writeln!(out, "{report}")?);
    }
    lines(&mut out, "", &report)
}

fn lines(out: &mut impl Write, name: &str, value: &Value) -> Result<()> {
    let Value::Object(parts) = value else {
        return Ok(writeln!(out, "{name:<40}{value:>16}")?);
    };
    for (part, value) in parts {
        let name = if name.is_empty() {
            part.clone()
        } else {
            format!("{name}.{part}")
        };
        lines(out, &name, value)?;
    }
    Ok(())
}

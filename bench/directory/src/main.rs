//! What it costs to search a directory: `bench/directory/run.sh` runs it beside its peers on the same services and
//! the same questions.

use std::fs;
use std::hint::black_box;
use std::io::{Write, stdout};
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result};
use clap::Parser;
use stour_search::{Age, Entry, Index, Open, Place, Point, Query, Synonyms};

/// How often each question is asked. The least of the wall is taken for CPU time: nothing waits, and what else runs on the
/// machine interrupts few of so many.
const TIMES: usize = 7;

#[derive(Parser)]
#[command(about)]
struct Arguments {
    /// Where `services.jsonl` and `queries.tsv` are.
    folder: PathBuf,
    /// A list of needs.
    #[arg(long)]
    needs: Option<PathBuf>,
    /// How many threads build.
    #[arg(long, default_value_t = 2)]
    threads: usize,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let mut out = stdout().lock();
    let services = fs::read_to_string(arguments.folder.join("services.jsonl"))?;
    let entries: Vec<Entry> = services
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?;
    drop(services);
    let synonyms = match &arguments.needs {
        None => Synonyms::default(),
        Some(path) => Synonyms::from_toml(&fs::read_to_string(path)?)?,
    };
    let before = resident()?;
    let (began, spent) = (Instant::now(), cpu()?);
    let mut index = Index::build(&entries, synonyms.clone(), arguments.threads);
    let (wall, spent) = (began.elapsed(), cpu()? - spent);
    writeln!(
        out,
        "build: {} services, {} threads, {:.0} ms on the wall, {:.0} CPU ms, {:.0} MiB more resident",
        index.len(),
        arguments.threads,
        wall.as_secs_f64() * 1e3,
        spent,
        resident()? - before
    )?;
    let queries = fs::read_to_string(arguments.folder.join("queries.tsv"))?;
    let queries: Vec<Query> = queries.lines().map(query).collect::<Result<_>>()?;
    ask(&mut out, "nearest 20 with facets", &index, &queries)?;
    let words = queries.iter().map(|query| Query {
        words: query.words.clone(),
        ..Query::default()
    });
    ask(
        &mut out,
        "words alone, all facets",
        &index,
        &words.collect::<Vec<_>>(),
    )?;
    let typed = queries.iter().map(|query| Query {
        words: mistyped(&query.words),
        ..query.clone()
    });
    ask(
        &mut out,
        "nearest 20, each word mistyped",
        &index,
        &typed.collect::<Vec<_>>(),
    )?;
    let everything = vec![Query::default(); 50];
    ask(&mut out, "no words at all", &index, &everything)?;
    let mut spent = Vec::new();
    for entry in entries.iter().step_by(entries.len().div_ceil(1_000).max(1)) {
        let began = Instant::now();
        index.upsert(entry);
        spent.push(began.elapsed().as_secs_f64() * 1e3);
    }
    report(&mut out, "one listing changed", spent, 0)?;
    Ok(())
}

fn ask(out: &mut impl Write, what: &str, index: &Index, queries: &[Query]) -> Result<()> {
    let mut spent = Vec::new();
    let mut total = 0;
    for query in queries {
        let mut least = f64::INFINITY;
        for _ in 0..TIMES {
            let began = Instant::now();
            total += black_box(index.find(query)?).total;
            least = least.min(began.elapsed().as_secs_f64() * 1e3);
        }
        spent.push(least);
    }
    total /= TIMES;
    let each = total.checked_div(queries.len()).unwrap_or_default();
    report(out, what, spent, each)
}

fn report(out: &mut impl Write, what: &str, mut spent: Vec<f64>, found: usize) -> Result<()> {
    spent.sort_by(f64::total_cmp);
    let at = |part: usize| {
        let place = (spent.len() * part / 100).min(spent.len().saturating_sub(1));
        spent.get(place).copied().unwrap_or_default()
    };
    writeln!(
        out,
        "Stour, {what}: p50 {:.2} p95 {:.2} most {:.2} ms of {} (found {found} each)",
        at(50),
        at(95),
        at(100),
        spent.len()
    )?;
    Ok(())
}

fn query(line: &str) -> Result<Query> {
    let mut fields = line.split('\t');
    let mut next = || {
        fields
            .next()
            .context("a query is words, lat, lon and metres")
    };
    let words = next()?.to_owned();
    let (lat, lon): (f64, f64) = (next()?.parse()?, next()?.parse()?);
    let within = Some(next()?.parse()?);
    let point = Point::new(lat, lon).context("no place on the earth")?;
    Ok(Query {
        words,
        place: Some(Place {
            point,
            council: None,
            within,
        }),
        age: Some(Age::Of(75)),
        open: Some(Open {
            days: vec![0],
            between: None,
        }),
        ..Query::default()
    })
}

/// Each word with two of its letters exchanged.
fn mistyped(words: &str) -> String {
    let typed = words.split(' ').map(|word| {
        let mut letters: Vec<char> = word.chars().collect();
        if letters.len() > 3 {
            letters.swap(1, 2);
        }
        letters.into_iter().collect::<String>()
    });
    typed.collect::<Vec<_>>().join(" ")
}

/// Milliseconds of CPU of this process, as Linux counts them, in hundredths of a second.
fn cpu() -> Result<f64> {
    let text = fs::read_to_string("/proc/self/stat").context("this needs Linux")?;
    let (_, fields) = text.rsplit_once(')').context("/proc/self/stat")?;
    let ticks = fields.split_whitespace().skip(11).take(2);
    let ticks: f64 = ticks.map(str::parse::<f64>).sum::<Result<_, _>>()?;
    Ok(ticks * 10.0)
}

/// Mebibytes that are resident.
fn resident() -> Result<f64> {
    let text = fs::read_to_string("/proc/self/status").context("this needs Linux")?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kibibytes = line.and_then(|line| line.trim().strip_suffix(" kB"));
    Ok(kibibytes.context("VmRSS")?.trim().parse::<f64>()? / 1024.0)
}

//! What it costs to know, of each record that comes in, whom it is about, among as many as live in the area.
//!
//! Loads synthetic people, reads everybody into memory as a program that starts does, then hands records in,
//! one transaction each, by the function that capabilities call and by the API. CPU time hardly depends on who
//! else uses the machine; wall time does.
//!
//! `stour-bench-matching [PEOPLE] [--postgres]`: 750,000 people on SQLite unless told.

mod incoming;
mod site;

use std::io::{Write, stdout};
use std::time::Instant;

use anyhow::{Context as _, Result};
use axum::http::StatusCode;
use stour_bench_people_search::clock::{Spent, process_cpu, timed};
use stour_bench_people_search::population;
use stour_database::testing::Place;
use stour_database::{Database, OpenOptions};
use stour_kernel::{Environment, OdsCode};
use stour_people::{Demographics, MatchOutcome, catch_up_blocking, match_or_create, recognise};

/// How many records come in.
const RECORDS: usize = 1_000;
/// So many records come in before memory catches up, as it does each second in a program that runs.
const BETWEEN: usize = 50;

fn main() -> Result<()> {
    let mut people = 750_000;
    let mut place: fn() -> Place = Place::sqlite;
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--postgres" => place = Place::postgres,
            number => people = number.parse().context("usage: [PEOPLE] [--postgres]")?,
        }
    }
    let place = place();
    let environment = Environment::system();
    let mut out = stdout().lock();
    let database = Database::open(&place.url, &OpenOptions::default())?;
    site::migrate(&database, &environment)?;
    load(&mut out, &database, &environment, people)?;
    // Whatever loading has left in memory is gone with its connections; only the files are warm.
    drop(database);
    let database = Database::open(&place.url, &OpenOptions::default())?;
    everybody(&mut out, &database)?;
    let known = incoming::known(&environment, people, RECORDS)?;
    let fresh = incoming::fresh(&environment, RECORDS)?;
    let name = "of each record, in milliseconds";
    writeln!(
        out,
        "{name:<38}{:>10}{:>10}{:>12}{:>12}",
        "cpu p50", "p99", "wall p50", "wall p99"
    )?;
    records(&mut out, &database, &environment, &known)?;
    requests(&mut out, &database, &environment, &fresh)
}

fn load(
    out: &mut impl Write,
    database: &Database,
    environment: &Environment,
    people: u32,
) -> Result<()> {
    let (cpu, began) = (process_cpu()?, Instant::now());
    population::load(database, environment, usize::try_from(people)?)?;
    let (cpu, wall) = (process_cpu()? - cpu, began.elapsed().as_secs_f64());
    let each = cpu * 20_000.0 / f64::from(people);
    Ok(writeln!(
        out,
        "{people} people loaded: {cpu:.1} s of CPU, {each:.2} s for 20,000; {wall:.1} s on the wall"
    )?)
}

/// From an empty memory to everybody there.
fn everybody(out: &mut impl Write, database: &Database) -> Result<()> {
    let (before, cpu, began) = (resident()?, process_cpu()?, Instant::now());
    let people = catch_up_blocking(database)?;
    let (cpu, wall) = (process_cpu()? - cpu, began.elapsed().as_secs_f64());
    let after = resident()?;
    Ok(writeln!(
        out,
        "{people} people in memory: {cpu:.2} s of CPU, {wall:.2} s on the wall; resident {before} MiB before, {after} MiB after"
    )?)
}

/// The decision alone, then the whole of what is stored of each record.
fn records(
    out: &mut impl Write,
    database: &Database,
    environment: &Environment,
    known: &[Demographics],
) -> Result<()> {
    let source: OdsCode = "RBD".parse()?;
    let (mut decisions, mut stored) = (Vec::new(), Vec::new());
    let (mut linked, mut caught_up) = (0, 0.0);
    for (place, who) in known.iter().enumerate() {
        if place % BETWEEN == 0 {
            caught_up += timed(|| Ok(catch_up_blocking(database)?))?.1.cpu;
        }
        let (asked, told) = (who.clone(), who.clone());
        let decision =
            timed(|| Ok(database.read_blocking(move |tx| recognise(tx, &asked, source))?))?;
        decisions.push(decision.1);
        let environment = environment.clone();
        let (matched, spent) = timed(|| {
            let write =
                database.write_blocking(move |tx| match_or_create(tx, &environment, &told, source));
            Ok(write?)
        })?;
        stored.push(spent);
        linked += usize::from(matches!(matched.outcome, MatchOutcome::Linked { .. }));
    }
    write_line(out, "decided, nothing stored", &decisions)?;
    write_line(out, "matched and stored", &stored)?;
    let cpu = |all: &[Spent]| all.iter().map(|spent| spent.cpu).sum::<f64>();
    let share = 100.0 * cpu(&decisions) / cpu(&stored);
    Ok(writeln!(
        out,
        "  {linked} of {} linked; deciding is {share:.0} % of the CPU; catching up took {caught_up:.0} ms in all",
        known.len()
    )?)
}

/// New people, made by the API with their rows of the audit.
fn requests(
    out: &mut impl Write,
    database: &Database,
    environment: &Environment,
    fresh: &[Demographics],
) -> Result<()> {
    let site = site::Site::new(database, environment)?;
    let (mut made, mut refused) = (Vec::new(), Vec::new());
    for (place, who) in fresh.iter().enumerate() {
        if place % BETWEEN == 0 {
            catch_up_blocking(database)?;
        }
        let body = incoming::json(who);
        let (status, spent) = timed(|| site.create(place, &body))?;
        match status {
            StatusCode::CREATED => made.push(spent),
            StatusCode::CONFLICT => refused.push(spent),
            other => anyhow::bail!("answered {other}"),
        }
    }
    write_line(out, "POST /api/people, made", &made)?;
    Ok(writeln!(
        out,
        "  {} made; {} refused until somebody has looked",
        made.len(),
        refused.len()
    )?)
}

fn write_line(out: &mut impl Write, name: &str, spent: &[Spent]) -> Result<()> {
    write!(out, "{name:<38}")?;
    let sorted = |part: fn(&Spent) -> f64| {
        let mut parts: Vec<f64> = spent.iter().map(part).collect();
        parts.sort_by(f64::total_cmp);
        parts
    };
    for (parts, width) in [
        (sorted(|spent| spent.cpu), 10),
        (sorted(|spent| spent.wall), 12),
    ] {
        for percent in [50, 99] {
            let place = parts.len().saturating_sub(1) * percent / 100;
            let value = parts.get(place).copied().unwrap_or(f64::NAN);
            write!(out, "{value:>width$.2}")?;
        }
    }
    Ok(writeln!(out)?)
}

/// Memory of this process that is resident, in MiB.
fn resident() -> Result<u64> {
    let text =
        std::fs::read_to_string("/proc/self/status").context("Linux is needed to measure")?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next());
    Ok(kilobytes.context("VmRSS")?.parse::<u64>()? / 1024)
}

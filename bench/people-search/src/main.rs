//! What finding a person costs among as many as live in the area.
//!
//! Loads synthetic people whose names repeat as real ones do (by Zipf's law, the commonest surname
//! about one person in eighty) and runs a mix of the searches that advisers type. CPU time hardly
//! depends on who else uses the machine; wall time does.
//!
//! `stour-bench-people-search [PEOPLE] [--postgres]`: 750,000 people on SQLite unless told.

mod searches;

use std::io::{Write as _, stdout};
use std::time::Instant;

use anyhow::{Context as _, Result};
use stour_database::testing::Place;
use stour_database::{Database, OpenOptions};
use stour_kernel::Environment;

use stour_bench_people_search::{clock::Spent, population};

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
    let database = Database::open(&place.url, &OpenOptions::default())?;
    let environment = Environment::system();
    database.migrate(
        &[stour_facts::MIGRATIONS, stour_people::MIGRATIONS],
        environment.now(),
    )?;
    let mut out = stdout().lock();
    let began = Instant::now();
    let known = population::load(&database, &environment, people)?;
    writeln!(
        out,
        "{people} people loaded in {:.1} s",
        began.elapsed().as_secs_f64()
    )?;
    writeln!(
        out,
        "{:<38}{:>7}{:>10}{:>10}{:>10}{:>12}{:>12}{:>12}",
        "search", "found", "cpu p50", "p95", "p99 ms", "wall p50", "p95", "p99 ms"
    )?;
    let mut all = Vec::new();
    for kind in searches::KINDS {
        let (found, spent) = searches::run(&database, kind, &known)?;
        write_line(&mut out, kind.name, &found.to_string(), &spent)?;
        all.extend(spent);
    }
    write_line(&mut out, "all", "", &all)
}

fn write_line(
    out: &mut impl std::io::Write,
    name: &str,
    found: &str,
    spent: &[Spent],
) -> Result<()> {
    write!(out, "{name:<38}{found:>7}")?;
    let sorted = |part: fn(&Spent) -> f64| {
        let mut parts: Vec<f64> = spent.iter().map(part).collect();
        parts.sort_by(f64::total_cmp);
        parts
    };
    for (parts, width) in [
        (sorted(|spent| spent.cpu), 10),
        (sorted(|spent| spent.wall), 12),
    ] {
        for percent in [50, 95, 99] {
            let place = parts.len().saturating_sub(1) * percent / 100;
            let value = parts.get(place).copied().unwrap_or(f64::NAN);
            write!(out, "{value:>width$.2}")?;
        }
    }
    Ok(writeln!(out)?)
}

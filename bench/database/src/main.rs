//! What the database layer costs: durable writes a second, and CPU time for a request.
//!
//! Wall-clock figures depend on the disk and on whoever shares the machine; ratios and CPU times
//! hardly do, and those are the ones to hold the layer to.

mod cpu;
mod load;
mod report;
mod server;
mod store;
mod writers;

use anyhow::{Context as _, Result};
use stour_database::testing::Place;
use stour_database::{Database, OpenOptions};
use stour_kernel::Environment;

use report::Report;

/// How many connections load the server.
const CONNECTIONS: usize = 64;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => measure()?.print_table(),
        ["--json"] => measure()?.print_json(),
        ["--load", address, request, seconds] => {
            load::run(address.parse()?, request.parse()?, seconds.parse()?)
        }
        _ => anyhow::bail!("usage: stour-bench-database [--json]"),
    }
}

fn measure() -> Result<Report> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let env = Environment::system();
    let mut report = Report::default();
    for (name, place) in [
        ("SQLite", Place::sqlite()),
        ("PostgreSQL", Place::postgres()),
    ] {
        let db = Database::open(&place.url, &OpenOptions::default())?;
        db.migrate(&[store::MIGRATIONS], env.now())?;
        for writers in [1, 8, 64] {
            let measured = runtime.block_on(writers::measure(&db, &env, writers));
            report.writes(name, writers, measured.context("writing")?);
        }
        runtime.block_on(async {
            for request in server::REQUESTS {
                let measured = server::measure(&db, &env, request).await;
                report.requests(name, request.name(), measured.context("serving")?);
            }
            anyhow::Ok(())
        })?;
    }
    Ok(report)
}

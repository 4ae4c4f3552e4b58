//! `stour directory`.

use anyhow::bail;
use clap::{Args, Subcommand};
use stour_directory::FeedCheck;
use stour_kernel::Environment;
use stour_open_referral::check::{Outcome, Verdict};

use crate::program::{Misused, NotRun, give};
use crate::progress::spinner;

/// Work with directories of services
#[derive(Debug, Subcommand)]
pub(crate) enum Directory {
    Check(Check),
}

impl Directory {
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        match self {
            Self::Check(check) => check.run(),
        }
    }
}

/// Check any Open Referral UK feed, of version 1.0 or 3.0
///
/// Reads what the feed says of itself, ten pages of services, some services whole, and taxonomies, terms and
/// places, and holds each record against the rules of its version. Then it looks for records of the feed
/// by their own age, place, time, taxonomy and name: a feed that ignores a filter fails. Nothing is stored,
/// and no database is needed.
///
/// Exit codes: 0 the feed passes, 1 it fails, 2 it could not be checked.
///
/// Example: `stour directory check https://example.org/open-referral/v3`
#[derive(Debug, Args)]
pub(crate) struct Check {
    /// The address of the feed, to which /services is added
    #[arg(value_name = "URL")]
    address: String,
    /// Services to read whole
    #[arg(long, value_name = "COUNT", default_value_t = 30)]
    details: usize,
    /// Requests to make at the most
    #[arg(long, value_name = "COUNT", default_value_t = 200)]
    requests: usize,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

impl Check {
    fn run(&self) -> anyhow::Result<()> {
        let check = FeedCheck::new(&self.address, self.details, self.requests)
            .map_err(|error| Misused(error.to_string()))?;
        let progress = spinner("asking the feed");
        let report = check.run(Environment::system().today(), &mut |path| {
            progress.inc(1);
            progress.set_message(format!("{} {path}", progress.position()));
        });
        progress.finish_and_clear();
        if self.json {
            give(&serde_json::to_string_pretty(&report)?);
        } else {
            give(report.to_string().trim_end());
        }
        match report.outcome {
            Outcome::Pass => Ok(()),
            Outcome::NotRun => Err(NotRun(
                "the feed does not answer, so it could not be checked".to_owned(),
            )
            .into()),
            Outcome::Fail => bail!("the feed fails {} checks", report.count(Verdict::Fail)),
        }
    }
}

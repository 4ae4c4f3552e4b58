//! `stour audit`.

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use stour_access::audit::{Verdict, verify_blocking};
use stour_database::OpenOptions;

use crate::open::Place;
use crate::program::give;
use crate::progress::spinner;

/// Check the record of who did what
#[derive(Debug, Subcommand)]
pub(crate) enum Audit {
    Verify(Verify),
}

/// Check that every entry of the audit is as it was written
///
/// Follows the chain of hashes through the database and compares it with the second copy in the data
/// folder. Names the first entry that was changed, taken out, moved or put in. Exit code 1 when there
/// is one.
///
/// Example: stour audit verify --json
#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

impl Audit {
    pub(crate) fn run(&self, place: &Place) -> anyhow::Result<()> {
        match self {
            Self::Verify(verify) => verify.run(place),
        }
    }
}

impl Verify {
    fn run(&self, place: &Place) -> anyhow::Result<()> {
        if place.is_absent() {
            bail!(
                "there is no database at {}; say where with --data or --database",
                place.url()
            );
        }
        let database = place.database(&OpenOptions::default())?;
        let folder = place.audit();
        let folder = folder.is_dir().then_some(folder);
        let mark = spinner("Following the chain");
        let verdict = verify_blocking(&database, folder.as_deref());
        mark.finish_and_clear();
        let verdict = verdict.context("the audit could not be checked")?;
        if self.json {
            give(&serde_json::to_string_pretty(&in_json(&verdict))?);
        }
        match verdict {
            Verdict::Sound {
                entries,
                lanes,
                compared,
                only_in_file,
            } => {
                if !self.json {
                    give(&format!(
                        "The audit is sound: {entries} entries in {lanes} chains."
                    ));
                    give(&match folder {
                        Some(folder) => format!(
                            "{compared} of them are the same in the second copy, {}, which holds {only_in_file} more that the database could not take.",
                            folder.display()
                        ),
                        None => "There is no second copy in this data folder to compare with."
                            .to_owned(),
                    });
                }
                Ok(())
            }
            Verdict::Bad {
                lane,
                sequence,
                what,
            } => bail!(
                "the audit is not sound: entry {sequence} of chain {lane} {what}. Keep the database and {} as they are, and tell whoever answers for information governance",
                place.audit().display()
            ),
        }
    }
}

fn in_json(verdict: &Verdict) -> serde_json::Value {
    match verdict {
        Verdict::Sound {
            entries,
            lanes,
            compared,
            only_in_file,
        } => serde_json::json!({
            "sound": true, "entries": entries, "chains": lanes, "compared": compared, "only_in_second_copy": only_in_file,
        }),
        Verdict::Bad {
            lane,
            sequence,
            what,
        } => serde_json::json!({
            "sound": false, "chain": lane, "entry": sequence, "what": what,
        }),
    }
}

//! `stour demo`.

use std::path::{Path, PathBuf};

use clap::Args;
use stour_population::MAXIMUM_PEOPLE;
use stour_web::{House, words};

use super::serve::{Addresses, log_to_standard_error, serve};
use crate::demonstration::{Demonstration, PASSWORD, accounts};
use crate::open::{Opening, Place, reference};
use crate::population::Making;
use crate::program::{give, tell};

/// Show everything with made-up people
///
/// The first time, makes a population with a history up to today, accounts to look at it with, and one
/// person's story to follow; then serves it. After that it serves what it made. The people, their names
/// and what happened to them are invented; nobody's NHS number begins with 999 as theirs do.
///
/// The published series of the board belong to their publisher and are not in this program. They are
/// imported where their files are found: in the folder of --series, in that of `STOUR_REFERENCE_DATA`, or
/// in ../shared/data/care.
///
/// Example: stour demo --people 5000 --data var/other
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// How many people to make up
    #[arg(long, value_name = "NUMBER", default_value_t = 20_000, value_parser = clap::value_parser!(u64).range(1..=MAXIMUM_PEOPLE))]
    people: u64,
    /// Other people for another seed
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
    /// The folder with the files of the published series
    #[arg(long, value_name = "FOLDER")]
    series: Option<PathBuf>,
    /// Make everything ready and do not serve
    #[arg(long)]
    prepare: bool,
    #[command(flatten)]
    addresses: Addresses,
}

impl Demo {
    pub(crate) fn run(&self, place: &Place) -> anyhow::Result<()> {
        log_to_standard_error();
        let place = place.or_in("var/demo");
        let house = place.house(&Opening {
            demonstration: true,
            serving: Some(self.addresses.serving()),
        })?;
        let made = match Demonstration::find(&house)? {
            Some(made) => made,
            None => self.make(&house)?,
        };
        let messages = made.write_messages(&house)?;
        let welcome = welcome(&house, &made, &messages, &self.addresses)?;
        if self.prepare {
            give(&welcome);
            return Ok(());
        }
        serve(&house, &self.addresses, || give(&welcome))
    }

    fn make(&self, house: &House) -> anyhow::Result<Demonstration> {
        tell("Making the demonstration; it takes some seconds, once.");
        let making = Making {
            people: self.people,
            seed: self.seed,
            today: house.environment().today(),
        };
        Demonstration::make(house, making, self.series.as_deref())
    }
}

/// What a visitor needs: where to go, as whom, and what to try.
fn welcome(
    house: &House,
    made: &Demonstration,
    messages: &[PathBuf],
    addresses: &Addresses,
) -> anyhow::Result<String> {
    let reference = reference()?;
    let today = house.environment().today();
    let mut lines = vec![
        String::new(),
        format!("Stour is at {}", addresses.public()),
        format!(
            "{} made-up people, with a history to {}.",
            made.people,
            words::day(made.today)
        ),
    ];
    if made.is_old(today) {
        lines.push(
            "That is some days ago: `make demo-reset`, then `make run`, makes it anew.".to_owned(),
        );
    }
    lines.extend([
        String::new(),
        format!("Sign in as one of these; the password of each is {PASSWORD}"),
    ]);
    for account in accounts()? {
        let organisation = reference
            .organisation(&account.organisation)
            .map_or("", |known| &known.name);
        let of = if account.name.is_empty() {
            String::new()
        } else {
            format!("{}, {organisation}: ", account.name)
        };
        lines.push(format!(
            "  {:<16} {of}{}",
            account.sign_in_name, account.does
        ));
    }
    if let Some(story) = &made.story {
        let name = format!("{} {}", story.given_names, story.family_name);
        lines.extend([
            String::new(),
            "Five minutes:".to_owned(),
            format!("  1. As adviser, find {name}, born {}, {}, NHS number {}.", words::day(story.born), story.postcode, story.nhs_number),
            format!("     {} cares for her. Record a request for support and refer her to reablement.", story.carer),
            format!("  2. She is admitted: {}", command(messages.first(), addresses)),
            "     As in-reach see it at once; as ward see when she is expected home.".to_owned(),
            format!("  3. She is moved: {}", command(messages.get(1), addresses)),
            format!("  4. She goes home: {}", command(messages.get(2), addresses)),
            "     As reablement accept the referral and start the service; end it with an outcome.".to_owned(),
            "  5. As chief-officer open the board. As service-manager open a number down to its people.".to_owned(),
            "  6. As resident, who is she herself, see who has looked at her record.".to_owned(),
        ]);
    }
    lines.push(String::new());
    Ok(lines.join("\n"))
}

/// The command that sends a message, with this very program.
fn command(message: Option<&PathBuf>, addresses: &Addresses) -> String {
    let program = std::env::args()
        .next()
        .unwrap_or_else(|| "stour".to_owned());
    let message = message.map_or(Path::new(""), PathBuf::as_path);
    format!(
        "{program} send {} --to {}",
        message.display(),
        addresses.mllp
    )
}

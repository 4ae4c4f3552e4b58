//! The demonstration: made-up people with a history up to today, accounts to look at them with, and
//! one person whose story can be followed.

mod account;
mod admissions;
mod business_case;
mod decisions;
mod directory;
mod expected;
mod in_reach;
mod incoming;
mod made_up;
mod message;
mod places;
mod pressure;
mod programme;
mod series;
mod story;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use serde::{Deserialize, Serialize};
use stour_access::{password, user};
use stour_database::{Once, once};
use stour_kernel::Date;
use stour_web::House;

pub use account::{Account, PASSWORD, accounts};
pub use story::Story;

use crate::command::load_population;
use crate::population::{Chunk, Making};
use crate::progress::spinner;

/// Under which it is remembered in the database that the demonstration was made, and what it is.
const MADE: (&str, &str, &str) = ("demonstration", "made", "1");

/// A history that ended this many days ago is old.
const OLD_DAYS: i32 = 7;

/// A demonstration that has been made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Demonstration {
    /// The last day of the histories.
    pub today: Date,
    /// How many people.
    pub people: u64,
    /// The seed.
    pub seed: u64,
    /// Whose story can be followed.
    pub story: Option<Story>,
}

impl Demonstration {
    /// The one in this database.
    ///
    /// # Errors
    /// When the database does not answer, or holds accounts that no demonstration made.
    pub fn find(house: &House) -> anyhow::Result<Option<Self>> {
        let environment = house.environment().clone();
        let today = environment.today();
        let found = house.database().write_blocking(move |tx| {
            let before = once(tx, MADE, environment.now(), |_| {
                Err(anyhow::anyhow!(NotMade))
            });
            let accounts = user::list(tx, today, "", 1)?;
            Ok::<_, anyhow::Error>((before.ok(), !accounts.is_empty()))
        })?;
        match found {
            (Some(Once::Before(answer)), _) => Ok(Some(serde_json::from_str(&answer)?)),
            (_, false) => Ok(None),
            _ => bail!(
                "this database has accounts that no demonstration made; choose another folder with --data"
            ),
        }
    }

    /// Makes it: people and what happened to them, the published series where they are at hand, and
    /// accounts. What an earlier try had loaded is kept.
    ///
    /// # Errors
    /// When the database refuses something.
    pub fn make(house: &House, making: Making, published: Option<&Path>) -> anyhow::Result<Self> {
        let adviser = accounts()?
            .into_iter()
            .find(|account| account.role == "adviser");
        let council = adviser
            .map(|adviser| adviser.organisation.to_string())
            .unwrap_or_default();
        let mut choice = story::Choice::new(making.today, council);
        let mut incoming = incoming::Incoming::new(making.seed);
        let look = |chunk: &Chunk| {
            choice.look(chunk);
            incoming.look(chunk);
        };
        load_population(house, making, look)
            .context("the demonstration is not whole; remove its folder and start again")?;
        stour_flow::estimate_past(house.database(), house.environment())
            .context("when people are likely to leave hospital could not be estimated")?;
        if let Some(folder) = published.map(PathBuf::from).or_else(series::nearby) {
            let mark = spinner("Importing the published series");
            let imported = series::import(house, &folder);
            mark.finish_and_clear();
            imported?;
        }
        stour_outcomes::import::import_shipped(house)
            .map_err(|error| anyhow::anyhow!("{error}"))
            .context("the published figures of the program could not be imported")?;
        directory::import(house, making.today)?;
        let story = choice.story();
        incoming
            .send(house, story.as_ref())
            .context("the records that organisations send could not be matched")?;
        let made = Self {
            today: making.today,
            people: making.people,
            seed: making.seed,
            story,
        };
        made.finish(house)?;
        Ok(made)
    }

    /// Adds the accounts and their documents, and remembers in the same transaction that all is there.
    fn finish(&self, house: &House) -> anyhow::Result<()> {
        let hash = password::hash(PASSWORD, &*house.environment().randomness)?;
        let (environment, made) = (house.environment().clone(), self.clone());
        let finished = house.database().write_blocking(move |tx| {
            once(tx, MADE, environment.now(), |tx| {
                let person = made
                    .story
                    .as_ref()
                    .map(|story| story::person(tx, story))
                    .transpose()?
                    .flatten();
                let resident = made.story.as_ref().zip(person);
                let people = account::add_all(tx, &environment, &hash, resident)?;
                business_case::add_all(tx, &environment, &people)?;
                programme::load_all(tx, &environment)?;
                made_up::add_to(tx, &environment, made.today)?;
                decisions::load_all(tx, &environment)?;
                places::say(tx, &environment, &people)?;
                admissions::say(tx, &environment, &people)?;
                expected::say(tx, &environment, &people)?;
                pressure::say(tx, &environment, &people)?;
                in_reach::say(tx, &environment, &people)?;
                Ok::<_, anyhow::Error>(serde_json::to_string(&made)?)
            })
        });
        finished
            .map(|_| ())
            .context("the accounts could not be added")
    }

    /// Whether so much time has passed since its history that it shows.
    pub fn is_old(&self, today: Date) -> bool {
        (today - self.today).get_days() > OLD_DAYS
    }

    /// Writes the hospital messages of the story, with times of today, unless that was done today.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn write_messages(&self, house: &House) -> anyhow::Result<Vec<PathBuf>> {
        let Some(story) = &self.story else {
            return Ok(Vec::new());
        };
        message::write(
            story,
            house.environment().now(),
            &house.settings().data.join("messages"),
        )
    }
}

/// There is no demonstration yet.
#[derive(Debug)]
struct NotMade;

impl std::fmt::Display for NotMade {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("there is no demonstration here yet")
    }
}

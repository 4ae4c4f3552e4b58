//! Loading: some chunks in each transaction, and each once however often it is tried.

use std::sync::Arc;

use anyhow::{Context as _, bail};
use stour_database::{Database, Error, Once, Transaction, once};
use stour_facts::FactError;
use stour_flow::spell::insert_spells;
use stour_kernel::Environment;

use super::Prepared;

/// How many people go in with one transaction: enough that the words by which they are found reach
/// each page of the index together, few enough that a load that was cut off loses little.
const TOGETHER: usize = 20_000;

/// Where to load to, and under which name what was loaded is remembered.
#[derive(Debug)]
pub struct Loading<'a> {
    database: &'a Database,
    environment: &'a Environment,
    scope: String,
    waiting: Vec<Prepared>,
    loaded: Loaded,
}

/// What was loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Loaded {
    /// People that are new.
    pub people: u64,
    /// Facts that are new.
    pub facts: u64,
    /// Relationships that are new.
    pub relations: u64,
    /// Stays that go on, or ended lately.
    pub spells: u64,
    /// People that an earlier try had loaded.
    pub before: u64,
}

impl<'a> Loading<'a> {
    /// Begins, or goes on with, the load of this name. The same name must mean the same people.
    pub fn begin(
        database: &'a Database,
        environment: &'a Environment,
        scope: impl Into<String>,
    ) -> Self {
        Self {
            database,
            environment,
            scope: scope.into(),
            waiting: Vec::new(),
            loaded: Loaded::default(),
        }
    }

    /// Loads a chunk, now or with the next ones. Chunks come in order.
    ///
    /// # Errors
    /// When the database refuses them: none of those that went with it is stored.
    pub fn take(&mut self, chunk: Prepared) -> anyhow::Result<()> {
        self.waiting.push(chunk);
        let people: usize = self.waiting.iter().map(|chunk| chunk.people.len()).sum();
        if people < TOGETHER {
            Ok(())
        } else {
            self.flush()
        }
    }

    /// Loads what is left.
    ///
    /// # Errors
    /// As [`take`](Self::take).
    pub fn finish(mut self) -> anyhow::Result<Loaded> {
        self.flush()?;
        Ok(self.loaded)
    }

    fn flush(&mut self) -> anyhow::Result<()> {
        let chunks = Arc::new(std::mem::take(&mut self.waiting));
        let (Some(first), Some(last)) = (chunks.first(), chunks.last()) else {
            return Ok(());
        };
        let people = chunks.iter().map(|chunk| chunk.people.len()).sum::<usize>();
        let people = u64::try_from(people).unwrap_or(u64::MAX);
        let key = format!("{}-{}", first.number, last.number);
        let fingerprint = people.to_string();
        let (scope, environment) = (self.scope.clone(), self.environment.clone());
        let work = move |tx: &mut Transaction<'_>| {
            let at = environment.now();
            once(tx, (&scope, &key, &fingerprint), at, |tx| {
                let mut loaded = Loaded::default();
                for chunk in chunks.iter() {
                    store(tx, &environment, chunk, &mut loaded)?;
                }
                let Loaded {
                    people,
                    facts,
                    relations,
                    spells,
                    ..
                } = loaded;
                Ok::<_, anyhow::Error>(
                    serde_json::json!([people, facts, relations, spells]).to_string(),
                )
            })
        };
        match self.database.write_blocking(work) {
            Ok(Once::Done(answer)) => self.loaded.add(&answer)?,
            Ok(Once::Before(_)) => self.loaded.before += people,
            Ok(Once::KeyReused) => bail!(
                "part of another population was loaded under this name; use an empty database"
            ),
            Err(error) if is_duplicate(&error) => {
                return Err(error).context(
                    "some of these people, or of what happened to them, are in the database already; load them into an empty one",
                );
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }
}

/// Whether a row is there already.
fn is_duplicate(error: &anyhow::Error) -> bool {
    let of_facts = error
        .downcast_ref::<FactError>()
        .and_then(|error| match error {
            FactError::Database(error) => Some(error),
            FactError::EndsBeforeStart { .. } => None,
        });
    of_facts
        .or_else(|| error.downcast_ref::<Error>())
        .is_some_and(Error::is_duplicate)
}

impl Loaded {
    fn add(&mut self, answer: &str) -> anyhow::Result<()> {
        let [people, facts, relations, spells]: [u64; 4] = serde_json::from_str(answer)?;
        self.people += people;
        self.facts += facts;
        self.relations += relations;
        self.spells += spells;
        Ok(())
    }
}

/// Stores one chunk.
fn store(
    tx: &mut Transaction<'_>,
    environment: &Environment,
    chunk: &Prepared,
    loaded: &mut Loaded,
) -> anyhow::Result<()> {
    loaded.people += stour_people::insert_all(tx, environment, &chunk.people)?;
    loaded.relations += stour_people::relate_all(tx, environment, &chunk.relations)?;
    loaded.facts += stour_facts::append_all(tx, environment, chunk.facts.iter().cloned())?;
    loaded.spells += insert_spells(tx, environment, &chunk.spells)?;
    Ok(())
}

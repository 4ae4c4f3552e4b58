//! A model estimated from everybody in memory and taught by what humans decided, and what it would change.

use stour_database::{Error, Transaction, params, sql};
use stour_kernel::PersonId;
use stour_linkage::{Decision, Index, Model};

use super::labels::{Label, LabelledPair, labels};
use crate::merge::{group, resolve};
use crate::source::comparable::{put, with_line};
use crate::source::compose::compose;
use crate::source::store::{versions, versions_of_record};
use crate::source::{RecordId, SourceVersion, entry};

/// The most open reviews that a new model is tried on, the newest first.
const REVIEWS: i64 = 500;
/// The links without a human that a new model is tried on, the newest first.
const LINKS: i64 = 200;

/// What is learnt from beside the records in memory, and what the model is tried on. Of people whose
/// records are restricted, and of those who object to sharing, there is nothing.
#[derive(Debug, Default)]
pub(super) struct Material {
    /// The lines of two sides, each without what only the other says, and whether they are one person.
    decided: Vec<([String; 2], bool)>,
    reviews: Vec<Case>,
    links: Vec<Case>,
}

/// A record that is decided on anew, as if it had just come.
#[derive(Debug)]
struct Case {
    /// The line of the record alone.
    record: String,
    /// The person whose record it is.
    person: PersonId,
    /// The line of the person without the record; none when nothing is left.
    rest: Option<String>,
}

/// A model that was made, and what is to be said of it.
#[derive(Debug, Clone)]
pub(super) struct Made {
    pub(super) model: Model,
    /// What it would change, a sentence on each line.
    pub(super) note: String,
}

/// What becomes of records.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Outcomes {
    linked: usize,
    /// Of the linked, those whom another person's record would take in.
    elsewhere: usize,
    held: usize,
    new: usize,
}

/// Reads what is learnt from and tried on: some queries for each pair and record.
///
/// # Errors
/// Those of the database.
pub(super) fn gather(tx: &mut Transaction<'_>) -> Result<Material, Error> {
    let mut material = Material::default();
    for label in labels(tx)? {
        if let Some(sides) = sides(tx, &label)? {
            material.decided.push((sides, label.same));
        }
    }
    let reviews = tx.rows(
        sql!(
            "SELECT r.person, r.record FROM match_review r
             JOIN person a ON a.id = r.person AND a.restricted = FALSE AND a.objection = FALSE
             JOIN person b ON b.id = r.candidate AND b.restricted = FALSE AND b.objection = FALSE
             WHERE r.closed_at IS NULL AND r.kind <> 'quality'
             ORDER BY r.opened_at DESC, r.id DESC LIMIT $1"
        ),
        params![REVIEWS],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    material.reviews = cases(tx, reviews)?;
    let links = tx.rows(
        sql!(
            "SELECT l.person, l.record FROM record_link l
             JOIN person p ON p.id = l.person AND p.restricted = FALSE AND p.objection = FALSE
             WHERE l.ended_at IS NULL AND l.step IN ('cross-check', 'exact', 'probabilistic')
             ORDER BY l.linked_at DESC, l.id DESC LIMIT $1"
        ),
        params![LINKS],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    material.links = cases(tx, links)?;
    Ok(material)
}

/// The line of what these versions say; none of nothing.
fn line(versions: Vec<SourceVersion>) -> Option<String> {
    (!versions.is_empty()).then(|| entry::line(&compose(versions), false, &[]))
}

/// The two sides of a pair. Of two people each is what its own records say, also when the two were joined
/// since.
fn sides(tx: &mut Transaction<'_>, label: &Label) -> Result<Option<[String; 2]>, Error> {
    let (one, other) = match label.pair {
        LabelledPair::People(one, other) => (line(versions(tx, one)?), line(versions(tx, other)?)),
        LabelledPair::Linked(record, person) => (
            line(versions_of_record(tx, record)?),
            match resolve(tx, person)? {
                Some(person) => rest(tx, person, record)?,
                None => None,
            },
        ),
    };
    Ok(one.zip(other).map(|(one, other)| [one, other]))
}

/// The line of somebody who stands, without one record.
fn rest(
    tx: &mut Transaction<'_>,
    person: PersonId,
    without: RecordId,
) -> Result<Option<String>, Error> {
    let mut all = Vec::new();
    for member in group(tx, person)? {
        all.extend(versions(tx, member)?);
    }
    all.retain(|version| version.record != without);
    Ok(line(all))
}

/// The records to decide on anew; without a record it is the first of the person's own.
fn cases(
    tx: &mut Transaction<'_>,
    found: Vec<(PersonId, Option<RecordId>)>,
) -> Result<Vec<Case>, Error> {
    let mut cases = Vec::with_capacity(found.len());
    for (person, record) in found {
        let record = match record {
            Some(record) => Some(record),
            None => versions(tx, person)?.first().map(|first| first.record),
        };
        let (Some(record), Some(person)) = (record, resolve(tx, person)?) else {
            continue;
        };
        if let Some(said) = line(versions_of_record(tx, record)?) {
            cases.push(Case {
                record: said,
                person,
                rest: rest(tx, person, record)?,
            });
        }
    }
    Ok(cases)
}

/// Makes a model of everybody in an index and of decisions. It begins from the built-in one, so that no
/// decision counts twice. When to link and to ask, and how many people there may be elsewhere, is no matter
/// of estimation and stays as it is.
pub(super) fn make(mut index: Index<PersonId>, material: &Material) -> Made {
    let now = index.model().clone();
    let before = material.tried(&index);
    index.set_model(Model::default());
    let trained = Model {
        thresholds: now.thresholds,
        population: now.population,
        ..index.train()
    };
    let mut sides = Index::new(trained);
    let mut pairs = Vec::with_capacity(material.decided.len());
    for (number, (lines, same)) in material.decided.iter().enumerate() {
        for (side, line) in [false, true].into_iter().zip(lines) {
            with_line(line, |record| sides.put((number, side), record));
        }
        pairs.push(((number, false), (number, true), *same));
    }
    let model = sides.learn(&pairs);
    index.set_model(model.clone());
    let after = material.tried(&index);
    let note = note(before, after);
    Made { model, note }
}

impl Material {
    /// What becomes of open reviews, and of links.
    fn tried(&self, index: &Index<PersonId>) -> [Outcomes; 2] {
        [&self.reviews, &self.links].map(|cases| {
            let mut outcomes = Outcomes::default();
            for case in cases {
                outcomes.add(index, case);
            }
            outcomes
        })
    }
}

impl Outcomes {
    fn add(&mut self, index: &Index<PersonId>, case: &Case) {
        let mut beside = Index::new(index.model().clone());
        if let Some(rest) = &case.rest {
            put(&mut beside, case.person, rest);
        }
        beside.count_as(index);
        let matched = with_line(&case.record, |record| {
            index.decide_with(&beside, |key| *key != case.person, record, |_| None)
        });
        match matched.decision {
            Decision::Link => {
                self.linked = self.linked.saturating_add(1);
                let another = matched.best.is_some_and(|best| best.key != case.person);
                self.elsewhere = self.elsewhere.saturating_add(usize::from(another));
            }
            Decision::Review => self.held = self.held.saturating_add(1),
            Decision::New => self.new = self.new.saturating_add(1),
        }
    }

    const fn all(self) -> usize {
        self.linked
            .saturating_add(self.held)
            .saturating_add(self.new)
    }

    fn words(self) -> String {
        let Self {
            linked, held, new, ..
        } = self;
        format!("{linked} would be linked, {held} held for a human and {new} new")
    }
}

fn note([reviews, links]: [Outcomes; 2], [reviews_then, links_then]: [Outcomes; 2]) -> String {
    let of_reviews = match reviews.all() {
        0 => "No review is open to try it on.".to_owned(),
        all => format!(
            "Open reviews it was tried on: {all}. With this model {}; with the model in use {}.",
            reviews_then.words(),
            reviews.words(),
        ),
    };
    let of_links = match links.all() {
        0 => "Nothing was linked without a human to try it on.".to_owned(),
        all => format!(
            "Last links without a human it was tried on: {all}. With this model {}, {} of the linked to somebody else; with the model in use {}, {} of the linked to somebody else.",
            links_then.words(),
            links_then.elsewhere,
            links.words(),
            links.elsewhere,
        ),
    };
    format!("{of_reviews}\n{of_links}")
}

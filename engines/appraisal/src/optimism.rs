//! What is added to costs, and taken off benefits, because those who plan expect too much.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::case::Field;
use crate::evidence::{self, Design};
use crate::mistake::Checks;
use crate::said;
use crate::words;

/// The published tables that come with the crate.
const TABLES: &str = include_str!("../data/optimism-bias.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tables {
    vintage: Vec<Vintage>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Vintage {
    name: String,
    source: String,
    project: Vec<Project>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Project {
    name: String,
    works_duration: Option<Bounds>,
    capital_cost: Option<Bounds>,
    operating_cost: Option<Bounds>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Bounds {
    upper: f64,
    lower: f64,
}

/// What of a project is corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Measured {
    WorksDuration,
    CapitalCost,
    OperatingCost,
}

/// A correction as a line of a case writes it. Exactly one of `percent`, `project` and `by_evidence`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Written {
    /// Percent, with a source.
    percent: Option<f64>,
    #[serde(default, deserialize_with = "said::text_if_there")]
    source: Option<String>,
    /// A type of project of a shipped vintage, what of it, and the share of its factors that is managed.
    vintage: Option<String>,
    project: Option<String>,
    measure: Option<Measured>,
    managed: Option<f64>,
    /// The percent that the case's own table gives the level of the line's evidence.
    by_evidence: Option<bool>,
}

/// A table of a case: percent by level of evidence.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ByEvidence {
    #[serde(deserialize_with = "said::text")]
    name: String,
    #[serde(deserialize_with = "said::text")]
    source: String,
    #[serde(deserialize_with = "said::text")]
    dated: String,
    level: Spanned<Vec<Level>>,
}

impl ByEvidence {
    /// Notes what is wrong with the table, also where no line uses it.
    pub(crate) fn check(&self, checks: &mut Checks) {
        let mut seen = BTreeSet::new();
        let range = Field::Optimism.range(false);
        for row in self.level.get_ref() {
            let percent = row.percent / 100.0;
            checks.ensure(
                (1..=5).contains(&row.level) && range.contains(&percent),
                self.level.span(),
                || {
                    format!(
                        "level {} with {}%: a level is 1 to 5, and percent from 0",
                        row.level, row.percent
                    )
                },
            );
            checks.ensure(seen.insert(row.level), self.level.span(), || {
                format!("level {} is there twice", row.level)
            });
        }
    }
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Level {
    level: u8,
    percent: f64,
}

/// A correction: how much, and where that comes from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Optimism {
    /// A proportion: 0.15 is 15 per cent.
    pub(crate) rate: f64,
    pub(crate) source: String,
    #[serde(skip)]
    how: How,
}

/// What the size of a correction follows from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Stated,
    ByProject,
    ByEvidence,
}

impl Optimism {
    /// The correction in words: how much, and where that comes from. `applied` is the proportion that a
    /// what-if sets in its place.
    pub(crate) fn words(&self, applied: f64) -> String {
        let how = match self.how {
            How::Stated => "",
            How::ByProject => "by the type of project: ",
            How::ByEvidence => "by the level of evidence: ",
        };
        let agreed = format!("{how}{}, {}", words::percent(self.rate), self.source);
        if (applied - self.rate).abs() > f64::EPSILON {
            format!(
                "{} in place of what is agreed, {agreed}",
                words::percent(applied)
            )
        } else {
            agreed
        }
    }
}

/// What a correction is for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Corrected<'a> {
    pub(crate) is_benefit: bool,
    pub(crate) evidence: Option<&'a Spanned<Design>>,
    pub(crate) table: Option<&'a ByEvidence>,
}

impl Written {
    /// The correction, or a note of what is wrong with it.
    pub(crate) fn check(
        written: &Spanned<Self>,
        of: Corrected<'_>,
        checks: &mut Checks,
    ) -> Option<Optimism> {
        let at = written.span();
        let this = written.get_ref();
        let found = match (this.percent, &this.project, this.by_evidence) {
            (Some(percent), None, None) => this.stated(percent),
            (None, Some(project), None) if !of.is_benefit => this.by_project(project),
            (None, Some(_), None) => Err("a type of project corrects costs: give a benefit percent with a source, or by_evidence".to_owned()),
            (None, None, Some(true)) => by_evidence(of),
            _ => Err("optimism_bias is one of: percent with source; project, measure, managed and vintage; by_evidence = true".to_owned()),
        };
        match found {
            Ok(found) => {
                let range = Field::Optimism.range(of.is_benefit);
                let fits = range.contains(&found.rate);
                checks.ensure(fits, at, || {
                    format!(
                        "an optimism bias of {}: it is from 0% to {} here",
                        words::percent(found.rate),
                        words::percent(*range.end())
                    )
                });
                fits.then_some(found)
            }
            Err(reason) => {
                checks.refuse(at, reason);
                None
            }
        }
    }

    fn stated(&self, percent: f64) -> Result<Optimism, String> {
        match (
            &self.source,
            self.vintage.is_none() && self.measure.is_none() && self.managed.is_none(),
        ) {
            (Some(source), true) => Ok(Optimism {
                rate: percent / 100.0,
                source: source.clone(),
                how: How::Stated,
            }),
            (None, _) => Err("an optimism bias in percent needs its source".to_owned()),
            (Some(_), false) => {
                Err("an optimism bias in percent has a source and nothing else".to_owned())
            }
        }
    }

    fn by_project(&self, project: &str) -> Result<Optimism, String> {
        let (Some(vintage), Some(measure), Some(managed), None) =
            (&self.vintage, self.measure, self.managed, &self.source)
        else {
            return Err("an optimism bias by project needs vintage, measure and managed, and no source of its own".to_owned());
        };
        if !(0.0..=1.0).contains(&managed) {
            return Err(format!(
                "managed is {managed}: give the share of contributory factors that is managed, 0 to 1"
            ));
        }
        if measure == Measured::WorksDuration {
            return Err("works-duration lengthens a plan and is not added to money: give capital-cost or operating-cost".to_owned());
        }
        let tables: Tables = toml::from_str(TABLES).map_err(|error| error.to_string())?;
        let names: Vec<&str> = tables
            .vintage
            .iter()
            .map(|known| known.name.as_str())
            .collect();
        let table = tables
            .vintage
            .iter()
            .find(|known| known.name == *vintage)
            .ok_or_else(|| {
                format!(
                    "no table of optimism bias is called {vintage:?}: use {}",
                    words::any_of(&names)
                )
            })?;
        let names: Vec<&str> = table
            .project
            .iter()
            .map(|known| known.name.as_str())
            .collect();
        let row = table
            .project
            .iter()
            .find(|known| known.name == project)
            .ok_or_else(|| {
                format!(
                    "{vintage} has no project type {project:?}: use {}",
                    words::any_of(&names)
                )
            })?;
        let bounds = row
            .of(measure)
            .ok_or_else(|| format!("{vintage} has no such bounds for {project}: choose the other of capital-cost and operating-cost"))?;
        let percent = bounds.upper - (bounds.upper - bounds.lower) * managed;
        Ok(Optimism {
            rate: percent / 100.0,
            source: format!(
                "{}: {project}, {}% down to {}%, {} of the way",
                table.source,
                bounds.upper,
                bounds.lower,
                words::percent(managed)
            ),
            how: How::ByProject,
        })
    }
}

impl Project {
    const fn of(&self, measure: Measured) -> Option<Bounds> {
        match measure {
            Measured::WorksDuration => self.works_duration,
            Measured::CapitalCost => self.capital_cost,
            Measured::OperatingCost => self.operating_cost,
        }
    }
}

fn by_evidence(of: Corrected<'_>) -> Result<Optimism, String> {
    let design = of
        .evidence
        .ok_or("by_evidence needs the line's evidence: the design of the study behind it")?;
    let table = of.table.ok_or("by_evidence needs [optimism_by_evidence]: paste the table of your guidance, with its source and date")?;
    let level = evidence::level(design.get_ref())
        .ok_or_else(|| format!("{:?} has no level of evidence", design.get_ref().0))?;
    let row = table
        .level
        .get_ref()
        .iter()
        .find(|row| row.level == level)
        .ok_or_else(|| {
            format!(
                "[optimism_by_evidence] {} has no row for level {level}",
                table.name
            )
        })?;
    Ok(Optimism {
        rate: row.percent / 100.0,
        source: format!(
            "{}, {} ({}): evidence of level {level}",
            table.name, table.source, table.dated
        ),
        how: How::ByEvidence,
    })
}

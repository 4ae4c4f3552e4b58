//! A comparison of a model and its levels.

use serde_json::Value as Json;

use super::error::{ModelError, ScoreError};
use super::frequency::Frequencies;
use super::plan::Plan;
use super::record::Record;
use super::score::Part;
use super::settings::{ComparisonSettings, LevelSettings};
use super::share::Shared;
use super::sql::{Expression, Naming, Scope};
use super::value::Value;

/// Splink does not take a smaller m or u.
const LEAST_PROBABILITY: f64 = 1e-300;
/// What training leaves above 1 by rounding.
const ROUNDING: f64 = 1e-9;
/// Splink's text for a level that training did not meet, and the probability that it stands for.
const NOT_OBSERVED: (&str, f64) = ("level not observed in training dataset", 1e-6);

/// A comparison: the first of its levels that holds says how alike the records are.
#[derive(Debug)]
pub(super) struct Comparison {
    name: String,
    levels: Vec<Level>,
    shared: Shared,
}

#[derive(Debug)]
struct Level {
    label: String,
    /// `None` for ELSE, which always holds.
    condition: Option<Expression>,
    vector_value: i32,
    bits: f64,
    adjustment: Option<Adjustment>,
}

/// A level as it is written, with its condition before planning.
struct Draft {
    settings: LevelSettings,
    label: String,
    condition: Option<Expression>,
    vector_value: i32,
    null: bool,
    m: f64,
    u: f64,
}

/// An adjustment for the frequency of a value.
#[derive(Debug)]
struct Adjustment {
    /// The column in lower case.
    column: String,
    slot: usize,
    weight: f64,
    least_share: f64,
    /// The logarithm to base 2 of the u that the share of the value replaces.
    bits: f64,
}

impl Comparison {
    /// Builds a comparison, which is the one at this place (from 0) in the model.
    pub(super) fn new(
        place: usize,
        settings: ComparisonSettings,
        plan: &mut Plan,
    ) -> Result<Self, ModelError> {
        let name = settings
            .output_column_name
            .unwrap_or_else(|| format!("comparison {}", place + 1));
        let drafts = drafts(&name, settings.comparison_levels, plan)?;
        let adjustments = drafts
            .iter()
            .enumerate()
            .map(|(place, draft)| {
                Adjustment::of(draft, &drafts, plan)
                    .map_err(|reason| draft.error(&name, place, reason))
            })
            .collect::<Result<Vec<_>, _>>()?;
        let mut levels = Vec::with_capacity(drafts.len());
        for (mut draft, adjustment) in drafts.into_iter().zip(adjustments) {
            if let Some(condition) = &mut draft.condition {
                plan.settle(condition);
            }
            levels.push(Level {
                bits: if draft.null {
                    0.0
                } else {
                    (draft.m / draft.u).log2()
                },
                label: draft.label,
                condition: draft.condition,
                vector_value: draft.vector_value,
                adjustment,
            });
        }
        let conditions = levels
            .iter_mut()
            .filter_map(|level: &mut Level| level.condition.as_mut());
        let shared = Shared::take_out_of(&mut conditions.collect::<Vec<_>>());
        Ok(Self {
            name,
            levels,
            shared,
        })
    }

    /// The name of the comparison.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// What the comparison adds to the weight of a pair.
    pub(super) fn part<'m>(
        &'m self,
        left: &Record,
        right: &Record,
        frequencies: &Frequencies,
    ) -> Result<Part<'m>, ScoreError> {
        let memo = self.shared.memo();
        let level = self.level(&Scope::new(left.slots(), right.slots()).sharing(&memo))?;
        let term_frequency_bits = match &level.adjustment {
            Some(adjustment) => adjustment.bits(left, right, frequencies),
            None => 0.0,
        };
        Ok(Part {
            comparison: &self.name,
            level: &level.label,
            vector_value: level.vector_value,
            bits: level.bits,
            term_frequency_bits,
        })
    }

    fn level(&self, scope: &Scope<'_>) -> Result<&Level, ScoreError> {
        for level in &self.levels {
            let holds = match &level.condition {
                Some(condition) => condition.truth(scope),
                None => Ok(Some(true)),
            };
            match holds {
                Ok(Some(true)) => return Ok(level),
                Ok(_) => {}
                Err(failure) => {
                    return Err(ScoreError::Evaluation {
                        place: format!("comparison {:?}, level {:?}", self.name, level.label),
                        reason: failure.to_string(),
                    });
                }
            }
        }
        Err(ScoreError::NoLevel(self.name.clone()))
    }

    /// The columns that are adjusted for, in lower case, with their slots.
    pub(super) fn adjusted(&self) -> impl Iterator<Item = (&str, usize)> {
        let adjustments = self
            .levels
            .iter()
            .filter_map(|level| level.adjustment.as_ref());
        adjustments.map(|adjustment| (adjustment.column.as_str(), adjustment.slot))
    }
}

impl Draft {
    fn error(&self, comparison: &str, place: usize, reason: String) -> ModelError {
        level_error(comparison, place, &self.label, reason)
    }
}

fn level_error(comparison: &str, place: usize, label: &str, reason: String) -> ModelError {
    ModelError::Level {
        comparison: comparison.to_owned(),
        level: place + 1,
        label: label.to_owned(),
        reason,
    }
}

/// Reads the levels, numbers them as Splink does, and gives those that were not trained the
/// probabilities that Splink gives them.
fn drafts(
    comparison: &str,
    levels: Vec<LevelSettings>,
    plan: &mut Plan,
) -> Result<Vec<Draft>, ModelError> {
    let is_null = |level: &LevelSettings| level.is_null_level == Some(true);
    let of_comparison = |reason: &str| ModelError::Comparison {
        comparison: comparison.to_owned(),
        reason: reason.to_owned(),
    };
    let count = levels.iter().filter(|level| !is_null(level)).count();
    if count < 2 {
        return Err(of_comparison(
            "it needs two levels besides those for missing values",
        ));
    }
    let mut above = i32::try_from(count).map_err(|_| of_comparison("it has too many levels"))?;
    let last = levels.len() - 1;
    let mut drafts = Vec::with_capacity(levels.len());
    for (place, settings) in levels.into_iter().enumerate() {
        let sql = settings.sql_condition.trim();
        let label = settings
            .label_for_charts
            .clone()
            .filter(|label| !label.is_empty());
        let label = label.unwrap_or_else(|| sql.to_owned());
        let error = |reason: String| level_error(comparison, place, &label, reason);
        let condition = if sql.eq_ignore_ascii_case("else") {
            None
        } else {
            let parsed = plan.parse(sql, Naming::Suffix);
            Some(parsed.map_err(|problem| error(problem.to_string()))?)
        };
        if condition.is_none() && place != last {
            return Err(error("ELSE must be the last level".to_owned()));
        }
        let null = is_null(&settings);
        above -= i32::from(!null);
        let vector_value = if null { -1 } else { above };
        let (default_m, default_u) = defaults(count, vector_value);
        let (m, u) = if null {
            (1.0, 1.0)
        } else {
            let m = probability("m", &settings.m_probability, default_m);
            let u = probability("u", &settings.u_probability, default_u);
            (m.map_err(error)?, u.map_err(error)?)
        };
        drafts.push(Draft {
            settings,
            label,
            condition,
            vector_value,
            null,
            m,
            u,
        });
    }
    Ok(drafts)
}

/// Splink's m and u for a level that was not trained: agreement in 95 of 100 matches, and match
/// weights from -5 to 3 in equal steps below the 10 of the best level.
fn defaults(count: usize, vector_value: i32) -> (f64, f64) {
    let others = f64::from(u32::try_from(count).unwrap_or(u32::MAX)) - 1.0;
    let place = f64::from(vector_value);
    if place >= others {
        return (0.95, 0.95 / 10_f64.exp2());
    }
    let m = (1.0 - 0.95) / others;
    let weight = if others > 1.0 {
        -5.0 + place * (8.0 / (others - 1.0))
    } else {
        -5.0
    };
    (m, m / weight.exp2())
}

fn probability(name: &str, json: &Json, default: f64) -> Result<f64, String> {
    let value = match json {
        Json::Null => return Ok(default),
        Json::String(text) if text == NOT_OBSERVED.0 => return Ok(NOT_OBSERVED.1),
        other => other
            .as_f64()
            .ok_or_else(|| format!("{name}_probability is {other}, which is not a number"))?,
    };
    if (LEAST_PROBABILITY..=1.0 + ROUNDING).contains(&value) {
        return Ok(value);
    }
    Err(format!(
        "{name}_probability is {value}; it must be from {LEAST_PROBABILITY:e}, the least that \
         Splink takes, to 1"
    ))
}

impl Adjustment {
    /// The adjustment of a level, if it has one.
    fn of(draft: &Draft, all: &[Draft], plan: &mut Plan) -> Result<Option<Self>, String> {
        let settings = &draft.settings;
        let weight = settings.tf_adjustment_weight.unwrap_or(1.0);
        let least_share = settings.tf_minimum_u_value.unwrap_or(0.0);
        let Some(column) = &settings.tf_adjustment_column else {
            return Ok(None);
        };
        if draft.null || draft.condition.is_none() || weight == 0.0 {
            return Ok(None);
        }
        if !(0.0..=1.0).contains(&least_share) {
            return Err(format!(
                "tf_minimum_u_value is {least_share}; it must be from 0 to 1"
            ));
        }
        let column = column.trim_matches('"');
        if column.ends_with(']') {
            return Err(format!(
                "tf_adjustment_column {column} is not a plain column"
            ));
        }
        let place = plan.column(column);
        let u = if settings.disable_tf_exact_match_detection == Some(true) {
            draft.u
        } else {
            let exact = |other: &&Draft| {
                let condition = other.condition.as_ref();
                !other.null && condition.and_then(Expression::exact_match) == Some(place)
            };
            let found = all.iter().find(exact).ok_or_else(|| {
                format!(
                    "the term frequencies of {column} need a level of the same comparison for an \
                     exact match on {column} alone, or disable_tf_exact_match_detection"
                )
            })?;
            found.u
        };
        Ok(Some(Self {
            column: column.to_lowercase(),
            slot: plan.column_slot(column),
            weight,
            least_share,
            bits: u.log2(),
        }))
    }

    /// The bits for the more frequent of the two values. A value of unknown frequency does not
    /// count; if neither is known there is no adjustment.
    fn bits(&self, left: &Record, right: &Record, frequencies: &Frequencies) -> f64 {
        let Some(shares) = frequencies.shares(&self.column) else {
            return 0.0;
        };
        let share = |record: &Record| {
            let value = record.slots().get(self.slot)?.as_ref().ok()?;
            shares.get(value).copied()
        };
        let (left, right): (Option<f64>, Option<f64>) = (share(left), share(right));
        match (left.or(right), right.or(left)) {
            (Some(a), Some(b)) => self.weight * (self.bits - a.max(b).max(self.least_share).log2()),
            _ => 0.0,
        }
    }
}

/// A value that a record has in a slot, for counting.
pub(super) fn value_in(record: &Record, slot: usize) -> &Value {
    match record.slots().get(slot) {
        Some(Ok(value)) => value,
        _ => &Value::Null,
    }
}

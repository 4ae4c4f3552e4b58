//! The form of the JSON that Splink saves.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::error::ModelError;

/// Which pairs the model is meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkType {
    /// Pairs within one set of records.
    DedupeOnly,
    /// Pairs of records of different sets.
    LinkOnly,
    /// Both.
    LinkAndDedupe,
}

/// The settings that matter to a score. What only governs training or the output of Splink is
/// left aside.
#[derive(Debug, Deserialize)]
pub(super) struct Settings {
    pub(super) link_type: LinkType,
    /// Splink takes this prior where none is set.
    #[serde(default = "default_prior")]
    pub(super) probability_two_random_records_match: f64,
    pub(super) comparisons: Vec<ComparisonSettings>,
    #[serde(default)]
    pub(super) blocking_rules_to_generate_predictions: Vec<RuleSettings>,
    #[serde(default = "default_unique_id")]
    pub(super) unique_id_column_name: String,
    #[serde(default = "default_source_dataset")]
    pub(super) source_dataset_column_name: String,
    #[serde(default)]
    pub(super) sql_dialect: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ComparisonSettings {
    #[serde(default)]
    pub(super) output_column_name: Option<String>,
    pub(super) comparison_levels: Vec<LevelSettings>,
}

/// A setting of a level that is not known here may change its weight, so it is an error.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LevelSettings {
    pub(super) sql_condition: String,
    #[serde(default)]
    pub(super) label_for_charts: Option<String>,
    #[serde(default)]
    pub(super) is_null_level: Option<bool>,
    #[serde(default)]
    pub(super) m_probability: Json,
    #[serde(default)]
    pub(super) u_probability: Json,
    #[serde(default)]
    pub(super) tf_adjustment_column: Option<String>,
    #[serde(default)]
    pub(super) tf_adjustment_weight: Option<f64>,
    #[serde(default)]
    pub(super) tf_minimum_u_value: Option<f64>,
    #[serde(default)]
    pub(super) disable_tf_exact_match_detection: Option<bool>,
    /// For training only.
    #[serde(default, rename = "fix_m_probability")]
    _fix_m_probability: Json,
    /// For training only.
    #[serde(default, rename = "fix_u_probability")]
    _fix_u_probability: Json,
}

/// A blocking rule with its details, or its SQL alone.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum RuleSettings {
    Sql(String),
    Rule {
        blocking_rule: String,
        #[serde(default)]
        arrays_to_explode: Option<Vec<String>>,
    },
}

fn default_prior() -> f64 {
    0.0001
}

fn default_unique_id() -> String {
    "unique_id".to_owned()
}

fn default_source_dataset() -> String {
    "source_dataset".to_owned()
}

impl Settings {
    /// Reads the JSON, and checks what concerns the whole model.
    pub(super) fn read(json: &str) -> Result<Self, ModelError> {
        let settings: Self =
            serde_json::from_str(json).map_err(|error| ModelError::Json(error.to_string()))?;
        let wrong = |setting, reason: String| Err(ModelError::Setting { setting, reason });
        if let Some(dialect) = &settings.sql_dialect
            && dialect != "duckdb"
        {
            let reason = format!("{dialect} is not supported; the dialect must be duckdb");
            return wrong("sql_dialect", reason);
        }
        let prior = settings.probability_two_random_records_match;
        if !(prior > 0.0 && prior < 1.0) {
            let reason = format!("a probability above 0 and below 1 is needed, not {prior}");
            return wrong("probability_two_random_records_match", reason);
        }
        if settings.comparisons.is_empty() {
            return wrong("comparisons", "a model has at least one".to_owned());
        }
        Ok(settings)
    }
}

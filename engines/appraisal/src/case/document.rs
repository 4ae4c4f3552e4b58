//! A case as its author writes it.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::funding::FundingDocument;
use super::tracked::TrackedDocument;
use super::{Kind, Layer, Side};
use crate::amount::Amount;
use crate::correlation::CorrelationDocument;
use crate::discount::{Basis, Chosen};
use crate::distribution::UncertainDocument;
use crate::evidence::Design;
use crate::optimism::{ByEvidence, Written};
use crate::price::{Deflator, WrittenBase};
use crate::said;
use crate::unknown::UnknownDocument;
use crate::year::Years;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    pub(super) case: Spanned<Heading>,
    pub(super) discount: Option<Chosen>,
    pub(super) deflator: Option<Deflator>,
    pub(super) optimism_by_evidence: Option<ByEvidence>,
    pub(super) partner: Vec<Spanned<PartnerDocument>>,
    #[serde(default)]
    pub(super) cohort: Vec<Spanned<CohortDocument>>,
    pub(super) line: Vec<Spanned<LineDocument>>,
    #[serde(default)]
    pub(super) uncertain: Vec<Spanned<UncertainDocument>>,
    #[serde(default)]
    pub(super) correlation: Vec<Spanned<CorrelationDocument>>,
    #[serde(default)]
    pub(super) scenario: Vec<Spanned<ScenarioDocument>>,
    #[serde(default)]
    pub(super) funding: Vec<FundingDocument>,
    #[serde(default)]
    pub(super) tracked: Vec<Spanned<TrackedDocument>>,
    #[serde(default)]
    pub(super) unknown: Vec<UnknownDocument>,
    /// Percent by which every input is moved, one at a time.
    pub(super) one_at_a_time_percent: Option<Spanned<f64>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Heading {
    #[serde(deserialize_with = "said::text")]
    pub(super) title: String,
    pub(super) years: Years,
    pub(super) base_year: Option<Spanned<i32>>,
    pub(super) last_year: Spanned<i32>,
    pub(super) price_base: Option<Spanned<i32>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PartnerDocument {
    pub(super) id: Spanned<String>,
    #[serde(deserialize_with = "said::text")]
    pub(super) name: String,
    pub(super) kind: Kind,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CohortDocument {
    pub(super) id: Spanned<String>,
    #[serde(deserialize_with = "said::text")]
    pub(super) name: String,
    pub(super) population: Spanned<Schedule>,
    #[serde(deserialize_with = "said::text")]
    pub(super) source: String,
}

/// One number for every year, or one for each year of the case.
#[derive(Debug, Clone, Deserialize)]
#[serde(
    untagged,
    expecting = "a number, or a list with one number for each year of the case"
)]
pub(super) enum Schedule {
    Every(f64),
    Each(Vec<f64>),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LineDocument {
    pub(super) id: Spanned<String>,
    #[serde(deserialize_with = "said::text")]
    pub(super) name: String,
    pub(super) side: Side,
    pub(super) layer: Layer,
    #[serde(deserialize_with = "said::text")]
    pub(super) intervention: String,
    #[serde(deserialize_with = "said::text")]
    pub(super) source: String,
    pub(super) owner: Option<String>,
    pub(super) paid_by: Option<Spanned<Shared>>,
    pub(super) gained_by: Option<Spanned<Shared>>,
    pub(super) claims: Option<Spanned<String>>,
    pub(super) evidence: Option<Spanned<Design>>,
    pub(super) optimism_bias: Option<Spanned<Written>>,
    pub(super) cashable: Option<Spanned<f64>>,
    pub(super) discount: Option<Spanned<Basis>>,
    pub(super) price_base: Option<Spanned<WrittenBase>>,
    pub(super) amounts: Option<Spanned<BTreeMap<String, Amount>>>,
    pub(super) driver: Option<Spanned<Driver>>,
}

/// One partner, or shares of several that sum to 1.
#[derive(Debug, Clone, Deserialize)]
#[serde(
    untagged,
    expecting = "a partner, or shares of partners that sum to 1, such as { council = 0.4, nhs = 0.6 }"
)]
pub(super) enum Shared {
    One(String),
    Several(BTreeMap<String, f64>),
}

/// What makes an amount: people, what happens to each, and what one unit is worth.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Driver {
    pub(super) cohort: Spanned<String>,
    pub(super) first_year: Spanned<i32>,
    pub(super) last_year: Spanned<i32>,
    pub(super) take_up: Spanned<Schedule>,
    #[serde(deserialize_with = "said::text")]
    pub(super) unit: String,
    pub(super) impact: Spanned<f64>,
    pub(super) unit_value: Spanned<Amount>,
    pub(super) deadweight: Option<Spanned<f64>>,
    pub(super) displacement: Option<Spanned<f64>>,
    pub(super) drop_off: Option<Spanned<f64>>,
    pub(super) lag: Option<Spanned<f64>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ScenarioDocument {
    pub(super) id: Spanned<String>,
    #[serde(deserialize_with = "said::text")]
    pub(super) name: String,
    #[serde(deserialize_with = "said::text")]
    pub(super) source: String,
    pub(super) set: Spanned<BTreeMap<String, f64>>,
}

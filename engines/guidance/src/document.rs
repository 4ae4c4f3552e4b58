//! A flow as its author writes it.

use serde::Deserialize;
use stour_kernel::Date;
use toml::Spanned;

use crate::flow::SourceStatus;

pub(crate) type Words = Spanned<String>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Document {
    pub(crate) flow: Spanned<Heading>,
    #[serde(default)]
    pub(crate) source: Vec<SourceDocument>,
    pub(crate) question: Vec<Spanned<QuestionDocument>>,
    #[serde(default)]
    pub(crate) value: Vec<ValueDocument>,
    pub(crate) outcome: Vec<Spanned<OutcomeDocument>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Heading {
    pub(crate) id: Words,
    pub(crate) title: Words,
    pub(crate) summary: Words,
    pub(crate) audience: Words,
    #[serde(default)]
    pub(crate) sensitive: bool,
    pub(crate) keep_days: Spanned<u16>,
    pub(crate) owner: Words,
    pub(crate) review_due: Spanned<Date>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SourceDocument {
    pub(crate) what: Words,
    pub(crate) gives: Words,
    pub(crate) status: SourceStatus,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct QuestionDocument {
    pub(crate) id: Words,
    pub(crate) r#type: Words,
    pub(crate) ask: Words,
    pub(crate) hint: Option<Words>,
    pub(crate) body: Option<Words>,
    #[serde(default = "yes")]
    pub(crate) required: bool,
    #[serde(default = "one")]
    pub(crate) meaning: u32,
    pub(crate) least: Option<Spanned<Written>>,
    pub(crate) most: Option<Spanned<Written>>,
    #[serde(default)]
    pub(crate) option: Vec<OptionDocument>,
    #[serde(default)]
    pub(crate) route: Vec<RouteDocument>,
    pub(crate) then: Option<Words>,
}

/// A bound: a number, or an amount or day as text.
#[derive(Debug, Deserialize)]
#[serde(
    untagged,
    expecting = "a whole number, or an amount or a date in quotes"
)]
pub(crate) enum Written {
    Whole(i64),
    Text(String),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OptionDocument {
    pub(crate) id: Words,
    pub(crate) label: Option<Words>,
    pub(crate) hint: Option<Words>,
    pub(crate) says: Option<Words>,
    #[serde(default)]
    pub(crate) alone: bool,
    pub(crate) urgent: Option<Words>,
    pub(crate) to: Option<Words>,
    pub(crate) show_if: Option<Words>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RouteDocument {
    pub(crate) when: Words,
    pub(crate) to: Words,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ValueDocument {
    pub(crate) id: Words,
    pub(crate) is: Words,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OutcomeDocument {
    pub(crate) id: Words,
    pub(crate) title: Words,
    pub(crate) body: Words,
    #[serde(default)]
    pub(crate) urgent: bool,
    pub(crate) because: Option<Words>,
    #[serde(default)]
    pub(crate) reason: Vec<ReasonDocument>,
    #[serde(default)]
    pub(crate) next: Vec<NextDocument>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReasonDocument {
    pub(crate) when: Option<Words>,
    pub(crate) say: Words,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NextDocument {
    pub(crate) label: Words,
    pub(crate) why: Option<Words>,
    pub(crate) when: Option<Words>,
    pub(crate) find: Option<Words>,
    pub(crate) flow: Option<Words>,
    pub(crate) page: Option<Words>,
    pub(crate) link: Option<Words>,
    pub(crate) call: Option<Words>,
    #[serde(default)]
    pub(crate) ask: bool,
}

const fn yes() -> bool {
    true
}

const fn one() -> u32 {
    1
}

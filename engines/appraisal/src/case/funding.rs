//! Who said that they would pay for a change, and how much.

use serde::{Deserialize, Serialize};
use stour_kernel::Pence;
use toml::Spanned;

use crate::amount::Amount;
use crate::said;

/// Whether a contribution is as large as it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Limit {
    /// The whole amount.
    Fixed,
    /// At most the amount.
    UpTo,
}

impl Limit {
    /// The limit in words that go before or after an amount: `fixed` or `up to`.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Fixed => "fixed",
            Self::UpTo => "up to",
        }
    }
}

/// A contribution to what a change costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Funding {
    /// The contribution's id.
    pub id: String,
    /// Who gives it, or from what.
    pub name: String,
    /// Pence in cash, not discounted; never below nothing.
    pub amount: Pence,
    /// Whether it is that much or at most that much.
    pub limit: Limit,
    /// When, in words, such as "over two years".
    pub period: String,
    /// Where the contribution is stated.
    pub source: String,
    /// The partner of the case that gives it, by id; none where it is none of them, or not known.
    pub partner: Option<String>,
}

/// The same as a document writes it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FundingDocument {
    pub(super) id: Spanned<String>,
    #[serde(deserialize_with = "said::text")]
    pub(super) name: String,
    pub(super) amount: Spanned<Amount>,
    pub(super) limit: Limit,
    #[serde(deserialize_with = "said::text")]
    pub(super) period: String,
    #[serde(deserialize_with = "said::text")]
    pub(super) source: String,
    pub(super) partner: Option<Spanned<String>>,
}

//! Where a flow ends: what it means, why, and what to do next.

use crate::expression::Expression;
use crate::text::LightText;

/// A way to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// Looks for help in the directory with these words.
    Find(String),
    /// Another flow, by its id.
    Flow(String),
    /// A page of this site.
    Page(String),
    /// A page elsewhere.
    Link(String),
    /// A telephone number, as it is read out.
    Call(String),
    /// Asks somebody to get in touch.
    Ask,
}

/// A next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextStep {
    /// The way.
    pub way: Way,
    /// What it says.
    pub label: String,
    /// Why, or when.
    pub why: Option<String>,
    pub(crate) when: Option<Expression>,
    pub(crate) line: usize,
}

/// A reason, when its condition holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reason {
    pub(crate) when: Option<Expression>,
    pub(crate) say: LightText,
    pub(crate) line: usize,
}

/// Where a flow ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Its id, unique in the flow.
    pub id: String,
    /// What it says in short.
    pub title: String,
    /// What it means.
    pub body: LightText,
    /// Something must be done now.
    pub urgent: bool,
    /// What stands above the reasons, when the flow says it in its own words.
    pub because: Option<String>,
    /// Every next step that there may be.
    pub next: Vec<NextStep>,
    pub(crate) reasons: Vec<Reason>,
    pub(crate) line: usize,
}

//! Indicators: numbers computed from the fact log by a rule that gives everything it looks at a verdict and
//! its reason, so that every number can be opened to what it is made of.

pub(crate) mod api;
pub(crate) mod chart;
pub(crate) mod definition;
pub(crate) mod download;
pub(crate) mod map;
pub(crate) mod page;
pub(crate) mod people;
pub(crate) mod period;
pub(crate) mod piece;
pub(crate) mod publish;
pub(crate) mod read;
pub(crate) mod report;
pub(crate) mod shown;
mod verdict;
mod withheld;

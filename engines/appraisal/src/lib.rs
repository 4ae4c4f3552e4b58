//! The business case and the shares: what a change costs and saves, to whom, and how sure.
//!
//! Four documents go in as TOML and come out as values that explain themselves: a [`Case`] (lines of
//! cost and benefit by partner, year and cohort), the uncertainty of its inputs ([`simulate`]), an
//! [`Agreement`] (a fee under a guarantee, shared by benefit) and a funding [`Gap`]. The method is that
//! of the Green Book and of the Treasury's guidance for local partnerships of 2014, in which agencies
//! that invest are shown beside agencies that gain. Money is whole pence; every total is the sum of
//! the figures shown above it.
//!
//! Beside these a document states who funds a change ([`Funding`]), what was promised and measured
//! ([`Tracked`]) and what is not known ([`Unknown`]); none of it moves a total.
//!
//! Rates, prices and corrections are dated tables that a document chooses by name or carries itself:
//! nothing published is a constant in the code, and nothing left out is filled in. What cannot be right
//! is refused with its line and the reason.
//!
//! The crate does no I/O, has no clock and no randomness but a seed. It must not know where documents
//! are kept, who may see them or how a result is drawn.

mod amount;
mod appraise;
mod case;
mod correlation;
mod discount;
mod distribution;
mod evidence;
mod gap;
mod mistake;
mod normal;
mod number;
mod optimism;
mod price;
mod random;
mod remainder;
mod said;
mod sensitivity;
mod shares;
mod simulate;
mod unknown;
mod words;
mod year;

pub use appraise::{
    Appraisal, Cash, Cell, Factor, LineResult, Matrix, Measure, Nominal, Portion, Position, Row,
    Standing, TooLarge, Verdict, appraise,
};
pub use case::{
    Better, Case, Funding, InputValue, Layer, Limit, MOST_YEARS, Notation, Outside, Side, Tracked,
    Value,
};
pub use discount::{Basis, Discounting, annuity, discount_factors};
pub use evidence::designs as evidence_designs;
pub use gap::{Gap, GapResult, GapYear, Group, WaterfallStep, close_gap};
pub use mistake::{Mistake, Mistakes};
pub use price::Series;
pub use remainder::in_proportion;
pub use sensitivity::{Outcome, Sensitivity, Swing, Switching, sensitivity};
pub use shares::{
    Agreement, BenefitStatus, FeeFunction, FeeStep, Guarantee, Measured, Pack, Share, share,
};
pub use simulate::{Draws, Simulation, Spread, simulate};
pub use unknown::Unknown;

//! Models that Splink trained, scored here to the same match weights.
//!
//! Splink (the Ministry of Justice's linkage package for Python) saves a model as JSON with
//! `linker.misc.save_model_to_json`. [`Model::from_json`] reads what Splink 4 and 5 write for
//! `DuckDB`: the levels of each comparison as SQL, their m and u probabilities, the term frequency
//! adjustments and the blocking rules. [`Model::score`] gives a pair the match weight that
//! Splink's `predict` gives it, and the parts it is made of.
//!
//! ```text
//! let model = Model::from_json(&text)?;
//! let records: Vec<Record> = rows.map(|row| model.record(row)).collect();
//! let frequencies = model.frequencies(&records);
//! let score = model.score(&records[0], &records[1], &frequencies)?;
//! ```
//!
//! The SQL is parsed and evaluated here, in the part of `DuckDB`'s dialect that Splink's own
//! library writes and that custom levels commonly use; anything else is an error when the model is
//! read, not a silent difference. Where the versions of `DuckDB` differ, 2.0.1 is followed: its
//! string distances count characters (Unicode code points), while 1.4 counted bytes, so that a
//! model run with the older version can differ for names with letters outside ASCII.
//!
//! What depends on one record only, such as a parsed date of birth or the district of a postcode,
//! is computed once, when the [`Record`] is made.

mod blocking;
mod comparison;
mod error;
mod frequency;
mod model;
mod plan;
mod record;
mod score;
mod settings;
mod share;
mod sql;
mod value;

pub use blocking::BlockingRule;
pub use error::{FrequencyError, ModelError, ScoreError};
pub use frequency::Frequencies;
pub use model::Model;
pub use record::Record;
pub use score::{Part, Score};
pub use settings::LinkType;
pub use value::Value;

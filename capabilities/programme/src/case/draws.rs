//! How often a page draws a case, and from what.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;

use stour_appraisal::{Case, Draws};
use stour_design::chart::Unit;
use stour_web::FieldError;

/// Draws that a page makes where it is asked for no other number.
const USUAL: usize = 10_000;
/// The most, of a case of whatever size.
const MOST: usize = 100_000;
/// The fewest that a percentile can be told from.
const FEWEST: usize = 100;
/// Lines times years times draws that a page answers within some seconds.
const MOST_WORK: usize = 200_000_000;
/// The seed that a page draws from where it is asked for no other.
const SEED: u64 = 1;

/// What is drawn, what was typed, and what is wrong with it.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    pub(crate) draws: Draws,
    /// The most draws that a page makes of this case.
    pub(crate) most: usize,
    pub(crate) errors: Vec<FieldError>,
}

impl Wanted {
    /// What an address asks for; where it cannot be had, the usual is drawn and the mistake told.
    pub(crate) fn of(case: &Case, sent: &BTreeMap<String, String>) -> Self {
        let cells = case.lines().saturating_mul(case.year_labels().len());
        let most = (MOST_WORK / cells.max(1)).clamp(1_000, MOST);
        let mut errors = Vec::new();
        let mut refuse = |field: &str, message: String| {
            errors.push(FieldError {
                field: field.to_owned(),
                message,
            });
        };
        let mut count = USUAL.min(most);
        if let Some(text) = sent.get("draws") {
            match text.trim().replace(',', "").parse() {
                Ok(asked) if (FEWEST..=most).contains(&asked) => count = asked,
                _ => refuse(
                    "draws",
                    format!(
                        "Give {FEWEST} to {} draws; the command line makes more",
                        written(most)
                    ),
                ),
            }
        }
        let mut seed = SEED;
        if let Some(text) = sent.get("seed") {
            match text.trim().parse() {
                Ok(asked) => seed = asked,
                Err(_) => refuse("seed", "Give a whole number as the seed".to_owned()),
            }
        }
        Self {
            draws: Draws {
                count: NonZeroUsize::new(count).unwrap_or(NonZeroUsize::MIN),
                seed,
                threads: NonZeroUsize::MIN,
            },
            most,
            errors,
        }
    }
}

/// A number with its thousands apart.
pub(crate) fn written(number: usize) -> String {
    Unit::COUNT.value(f64::from(u32::try_from(number).unwrap_or(u32::MAX)))
}

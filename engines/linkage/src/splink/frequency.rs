//! How often the values of a column occur.

use std::collections::HashMap;

use super::error::FrequencyError;
use super::value::Value;

/// The shares of values among the records that have one, by column.
///
/// [`Model::frequencies`](super::Model::frequencies) counts them as Splink does; [`Frequencies::set`]
/// supplies them, as Splink's `register_term_frequency_lookup` does. A value without a share is
/// not adjusted for.
#[derive(Debug, Clone, Default)]
pub struct Frequencies {
    columns: HashMap<String, HashMap<Value, f64>>,
}

impl Frequencies {
    /// Without any share, so that nothing is adjusted.
    pub fn none() -> Self {
        Self::default()
    }

    /// Sets the share of a value among the records that have a value in the column.
    ///
    /// # Errors
    ///
    /// When the share is not above 0 and at most 1.
    pub fn set(&mut self, column: &str, value: Value, share: f64) -> Result<(), FrequencyError> {
        if !(share > 0.0 && share <= 1.0) {
            return Err(FrequencyError(share));
        }
        self.columns
            .entry(column.to_lowercase())
            .or_default()
            .insert(value, share);
        Ok(())
    }

    /// The share of a value, if it is known.
    pub fn share(&self, column: &str, value: &Value) -> Option<f64> {
        self.shares(&column.to_lowercase())?.get(value).copied()
    }

    /// The shares of a column that is named in lower case.
    pub(super) fn shares(&self, column: &str) -> Option<&HashMap<Value, f64>> {
        self.columns.get(column)
    }

    /// Counts the values of a column that is named in lower case.
    pub(super) fn count<'v>(&mut self, column: &str, values: impl Iterator<Item = &'v Value>) {
        let mut shares: HashMap<Value, f64> = HashMap::new();
        let mut total = 0.0;
        for value in values.filter(|value| !value.is_null()) {
            total += 1.0;
            match shares.get_mut(value) {
                Some(count) => *count += 1.0,
                None => _ = shares.insert(value.clone(), 1.0),
            }
        }
        for share in shares.values_mut() {
            *share /= total;
        }
        self.columns.insert(column.to_owned(), shares);
    }
}

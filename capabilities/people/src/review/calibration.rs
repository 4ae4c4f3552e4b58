//! Whether what the model calls probable is as often true, by what humans answered.

use std::collections::BTreeMap;

use stour_database::{Error, Transaction, params, sql};

use super::PairAnswer;

/// The bands of predicted probability: each from its edge up to the next. Narrow near certainty, where
/// the thresholds are.
pub(crate) const EDGES: [f64; 7] = [0.0, 0.5, 0.8, 0.95, 0.99, 0.999, 0.9999];

/// What humans answered of the pairs of one band.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Band {
    pub(crate) same: u64,
    pub(crate) different: u64,
    predicted: f64,
}

impl Band {
    pub(crate) fn all(self) -> u64 {
        self.same.saturating_add(self.different)
    }

    /// What the model predicted on average; `None` of no pair.
    pub(crate) fn predicted(self) -> Option<f64> {
        (self.all() > 0).then(|| self.predicted / super::quality_page::real(self.all()))
    }
}

/// The band of a probability.
pub(crate) fn band(probability: f64) -> usize {
    EDGES
        .iter()
        .rposition(|edge| probability >= *edge)
        .unwrap_or(0)
}

/// What humans answered: by band of every pair that had a probability, and by step of sampled links.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Answered {
    pub(crate) bands: [Band; EDGES.len()],
    /// By the step that linked: how many were right, how many wrong.
    pub(crate) steps: BTreeMap<String, (u64, u64)>,
}

impl Answered {
    fn add(&mut self, probability: Option<f64>, answer: PairAnswer) {
        let Some(probability) = probability else {
            return;
        };
        if let Some(band) = self.bands.get_mut(band(probability)) {
            match answer {
                PairAnswer::Same => band.same = band.same.saturating_add(1),
                PairAnswer::Different => band.different = band.different.saturating_add(1),
            }
            band.predicted += probability;
        }
    }
}

/// Everything that was answered.
pub(crate) fn answered(tx: &mut Transaction<'_>) -> Result<Answered, Error> {
    let mut answered = Answered::default();
    tx.each(
        sql!("SELECT kind, rule, probability, state FROM match_review WHERE closed_at IS NOT NULL"),
        params![],
        |row| {
            let answer: PairAnswer = row.get(3)?;
            answered.add(row.get(2)?, answer);
            if row.get::<String>(0)? == "quality" {
                let (right, wrong) = answered.steps.entry(row.get(1)?).or_default();
                let count = match answer {
                    PairAnswer::Same => right,
                    PairAnswer::Different => wrong,
                };
                *count = count.saturating_add(1);
            }
            Ok(())
        },
    )?;
    Ok(answered)
}

#[cfg(test)]
mod tests;

//! One scale for every risk: likelihood and impact from 1 to 5, and what their product is called. The scales, the words
//! and the bands are code lists of the reference data.

use stour_kernel::{Code, Date};

use crate::governance::words::{group, label, list};

/// The list of likelihoods; a code is the step.
pub(crate) const LIKELIHOOD: &str = "risk-likelihood";
/// The list of impacts; a code is the step.
pub(crate) const IMPACT: &str = "risk-impact";
/// The list of scores; a code is the score, its group the band.
const SCORE: &str = "risk-score";

/// A step of a scale, from 1 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Step(u8);

impl Step {
    /// Every step, from the lowest.
    pub(crate) const ALL: [Self; 5] = [Self(1), Self(2), Self(3), Self(4), Self(5)];

    /// The step that a code of a scale is.
    pub(crate) fn of(code: &str) -> Option<Self> {
        let number: u8 = code.parse().ok()?;
        Self::ALL.into_iter().find(|step| step.0 == number)
    }

    /// Its number.
    pub(crate) const fn number(self) -> u8 {
        self.0
    }

    /// What it is called on one of the scales.
    pub(crate) fn words(self, list: &str) -> String {
        label(list, &self.0.to_string())
    }
}

/// How bad a risk is: how likely, and how much it would matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Score {
    pub(crate) likelihood: Step,
    pub(crate) impact: Step,
}

impl Score {
    /// Likelihood times impact, from 1 to 25.
    pub(crate) const fn number(self) -> u8 {
        self.likelihood.0 * self.impact.0
    }

    /// The code of the band, such as `high`; empty where the list has no such score.
    pub(crate) fn band(self, on: Date) -> &'static str {
        group(SCORE, &self.number().to_string(), on).unwrap_or_default()
    }

    /// What the band is called.
    pub(crate) fn band_words(self) -> String {
        label(SCORE, &self.number().to_string())
    }
}

/// Whether a code of a list of statuses means that the thing no longer counts.
pub(crate) fn is_closed(id: &str, code: &str, on: Date) -> bool {
    group(id, code, on) == Some("closed")
}

/// The step that a word of a paper stands for, by the map of the list of such words.
pub(crate) fn step_of_word(word: &str, list_of_words: &str, on: Date) -> Option<Step> {
    let code: Code = word.to_lowercase().parse().ok()?;
    let to: Code = list_of_words.strip_suffix("-words")?.parse().ok()?;
    let map = list(list_of_words)?.list.map_to(&to)?;
    let step = map.translate(&code, on).ok()?;
    Step::of(step.as_str())
}

/// The bands, from the mildest: the code and the words of each.
pub(crate) fn bands(on: Date) -> Vec<(&'static str, String)> {
    let mut bands: Vec<(&'static str, String)> = Vec::new();
    let mut scores: Vec<Score> = Vec::new();
    for likelihood in Step::ALL {
        scores.extend(Step::ALL.map(|impact| Score { likelihood, impact }));
    }
    scores.sort_by_key(|score| score.number());
    for score in scores {
        let band = score.band(on);
        if !band.is_empty() && bands.iter().all(|(code, _)| *code != band) {
            bands.push((band, score.band_words()));
        }
    }
    bands
}

#[cfg(test)]
mod tests;

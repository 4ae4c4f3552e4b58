//! How many open risks are how likely and how bad.

use stour_design::Level;
use stour_design::chart::{MatrixBand, MatrixCell, RiskMatrix};
use stour_kernel::Date;

use super::risk::Risk;
use super::scale::{IMPACT, LIKELIHOOD, Score, Step, bands};

/// The heat map of some risks. Those without a score are not on it; the page says how many they are.
pub(crate) fn heat(risks: &[&Risk], on: Date) -> RiskMatrix {
    let bands = bands(on);
    let rows = Step::ALL.iter().map(|likelihood| {
        let cells = Step::ALL.iter().map(|impact| {
            let score = Score {
                likelihood: *likelihood,
                impact: *impact,
            };
            let here = risks.iter().filter(|risk| risk.score == Some(score));
            let band = score.band(on);
            MatrixCell {
                names: here.map(|risk| risk.reference()).collect(),
                band: bands
                    .iter()
                    .position(|(code, _)| *code == band)
                    .unwrap_or_default(),
            }
        });
        cells.collect()
    });
    let words = |list| Step::ALL.iter().map(|step| step.words(list)).collect();
    RiskMatrix {
        id: "heat".to_owned(),
        title: message(risks, on),
        subtitle: "Open risks by likelihood and impact".to_owned(),
        level: Some(Level::Two),
        likelihoods: words(LIKELIHOOD),
        impacts: words(IMPACT),
        cells: rows.collect(),
        bands: bands
            .iter()
            .enumerate()
            .map(|(rank, (_, name))| MatrixBand {
                name: name.clone(),
                rank,
            })
            .collect(),
        description: "The table below has the same numbers, with the risks that they count."
            .to_owned(),
    }
}

/// How many are in the worst band that any is in.
fn message(risks: &[&Risk], on: Date) -> String {
    let scored: Vec<Score> = risks.iter().filter_map(|risk| risk.score).collect();
    let Some(worst) = scored.iter().max_by_key(|score| score.number()) else {
        return "No open risk has a score".to_owned();
    };
    let band = worst.band(on);
    let there = scored.iter().filter(|score| score.band(on) == band).count();
    let words = worst.band_words().to_lowercase();
    match there {
        all if all == risks.len() && all > 1 => format!("All {all} open risks are {words}"),
        1 => format!("One of {} open risks is {words}", risks.len()),
        _ => format!("{there} of {} open risks are {words}", risks.len()),
    }
}

#[cfg(test)]
mod tests;

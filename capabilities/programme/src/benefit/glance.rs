//! A programme's benefits in one sentence: "Ahead overall, behind on the wait with a package".

use stour_benefits::{Movement, Standing};
use stour_register::Around;
use stour_web::words::{capital, listed};
use stour_web::{House, Problem};

use super::measured::{Measured, measured};

/// The benefits of a programme at a glance.
#[derive(Debug, Clone)]
pub(crate) struct Glance {
    /// The message.
    pub(crate) sentence: String,
    /// Each benefit, by number.
    pub(crate) all: Vec<Measured>,
}

/// How many benefits stand where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Better than expected.
    pub(crate) ahead: usize,
    /// Exactly as expected.
    pub(crate) as_expected: usize,
    /// Not as good as expected.
    pub(crate) behind: usize,
    /// With a figure, and with nothing to hold it against.
    pub(crate) without_target: usize,
    /// Without any figure.
    pub(crate) not_measured: usize,
}

/// The benefits of a programme, all that is in force in which is given.
///
/// # Errors
/// 500 when figures cannot be read.
pub(crate) async fn glance(house: &House, around: &Around) -> Result<Glance, Problem> {
    Ok(Glance::of(measured(house, around).await?))
}

impl Glance {
    /// Of benefits beside their figures.
    pub(crate) fn of(all: Vec<Measured>) -> Self {
        Self {
            sentence: sentence(&all),
            all,
        }
    }

    /// How many stand where.
    pub(crate) fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for one in &self.all {
            let which = match (one.standing(), &one.found) {
                (Some(Standing::Ahead), _) => &mut counts.ahead,
                (Some(Standing::AsExpected), _) => &mut counts.as_expected,
                (Some(Standing::Behind), _) => &mut counts.behind,
                (None, Some(_)) => &mut counts.without_target,
                (None, None) => &mut counts.not_measured,
            };
            *which += 1;
        }
        counts
    }
}

fn sentence(all: &[Measured]) -> String {
    if all.is_empty() {
        return "No benefit is in the register yet".to_owned();
    }
    let overall = all.iter().find(|one| one.benefit.is_overall);
    let overall = overall.and_then(Measured::standing).map(|standing| {
        let words = match standing {
            Standing::Ahead => "ahead overall",
            Standing::AsExpected => "as expected overall",
            Standing::Behind => "behind overall",
        };
        words.to_owned()
    });
    let parts = all.iter().filter(|one| !one.benefit.is_overall);
    let behind: Vec<&str> = parts
        .clone()
        .filter(|one| one.standing() == Some(Standing::Behind))
        .map(|one| one.benefit.short.as_str())
        .collect();
    let worse: Vec<&str> = parts
        .filter(|one| one.standing().is_none())
        .filter(|one| one.found.as_ref().and_then(|found| found.movement) == Some(Movement::Worse))
        .map(|one| one.benefit.short.as_str())
        .collect();
    let on = |words: &str, which: &[&str]| {
        (!which.is_empty()).then(|| format!("{words} {}", listed(which)))
    };
    let said: Vec<String> = [
        overall,
        on("behind on", &behind),
        on("worse than before on", &worse),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !said.is_empty() {
        return capital(&said.join(", "));
    }
    let measured = all.iter().filter(|one| one.found.is_some()).count();
    if measured == 0 {
        return "No benefit has been measured yet".to_owned();
    }
    let with_target = all.iter().filter(|one| one.standing().is_some()).count();
    if with_target == 0 {
        return "Nothing was said of what to expect by now of the benefits that are measured"
            .to_owned();
    }
    "No measured benefit is behind what was expected".to_owned()
}

#[cfg(test)]
mod tests;

//! Rates against published results, slow oracles and their own rules.

#[cfg(test)]
mod agreement;
#[cfg(test)]
mod follow;
#[cfg(test)]
mod life;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod slope;
#[cfg(test)]
mod suppress;

use stour_statistics::rate::Confidence;

pub(crate) fn sure(confidence: f64) -> Confidence {
    Confidence::new(confidence).unwrap()
}

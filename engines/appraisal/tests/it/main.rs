//! The engine by what it gives for documents.

#[cfg(test)]
mod discounting;
#[cfg(test)]
mod drawing;
#[cfg(test)]
mod exact;
#[cfg(test)]
mod funding;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod invariance;
#[cfg(test)]
mod prices;
#[cfg(test)]
mod refused;
#[cfg(test)]
mod stated;
#[cfg(test)]
mod told;
#[cfg(test)]
mod worked;

/// A document of `docs/appraisal`.
#[cfg(test)]
pub(crate) fn document(name: &str) -> String {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/appraisal");
    std::fs::read_to_string(folder.join(name)).unwrap()
}

/// An amount as a number to compute with.
#[cfg(test)]
#[expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "amounts of tests are small"
)]
pub(crate) fn real(pence: i64) -> f64 {
    pence as f64
}

/// The nearest whole pence.
#[cfg(test)]
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "amounts of tests are small"
)]
pub(crate) fn whole(pence: f64) -> i64 {
    pence.round() as i64
}

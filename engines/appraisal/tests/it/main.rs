//! The engine by what it gives for documents.

#[cfg(test)]
mod discounting;
#[cfg(test)]
mod drawing;
#[cfg(test)]
mod funding;
#[cfg(test)]
mod invariance;
#[cfg(test)]
mod refused;
#[cfg(test)]
mod worked;

/// A document of `docs/appraisal`.
#[cfg(test)]
pub(crate) fn document(name: &str) -> String {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/appraisal");
    std::fs::read_to_string(folder.join(name)).unwrap()
}

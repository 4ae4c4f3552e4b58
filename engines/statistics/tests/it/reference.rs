//! Reading the reference data, which lies beside the workspace and is no part of it.

use std::collections::BTreeMap;
use std::path::Path;

/// One row of a file, by the names of its columns.
pub(crate) type Row = BTreeMap<String, String>;

/// The rows of a reference file; `None`, with a line printed, when the data is absent and this is
/// not continuous integration.
pub(crate) fn rows(test: &str, name: &str) -> Option<Vec<Row>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data")
        .join(name);
    if !path.exists() {
        let required = std::env::var("CI").is_ok_and(|value| value == "true");
        assert!(!required, "{test}: reference data absent: {name}");
        println!("skipped: {test}: reference data absent");
        return None;
    }
    let mut reader = csv::Reader::from_path(path).unwrap();
    Some(reader.deserialize().map(Result::unwrap).collect())
}

/// A number, or `None` for an empty field.
pub(crate) fn number(field: &str) -> Option<f64> {
    (!field.is_empty()).then(|| field.parse().unwrap())
}

/// Whether two numbers agree to one part in 10^9.
pub(crate) fn agree(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * b.abs().max(1.0)
}

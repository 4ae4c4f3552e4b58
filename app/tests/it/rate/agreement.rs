//! Every column of every published table, as the command writes it.

use std::path::PathBuf;

use super::{Folder, Row, rows};

/// The reference data, which lies beside the workspace; none, with a line printed, when it is absent and this
/// is not continuous integration.
fn reference(test: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/phe");
    if !folder.exists() {
        let required = std::env::var("CI").is_ok_and(|value| value == "true");
        assert!(!required, "{test}: reference data absent");
        println!("skipped: {test}: reference data absent");
        return None;
    }
    Some(folder.canonicalize().unwrap())
}

fn same(found: &str, published: &str) -> bool {
    match (found.parse::<f64>(), published.parse::<f64>()) {
        (Ok(found), Ok(published)) => (found - published).abs() <= 1e-14 * published.abs(),
        _ => found == published,
    }
}

fn compare(found: &[Row], published: &[Row]) {
    assert_eq!(found.len(), published.len());
    for (found, published) in found.iter().zip(published) {
        for (column, published) in &published.0 {
            let found = found.get(column);
            assert!(same(found, published), "{column}: {found} {published}");
        }
    }
}

#[test]
fn every_published_table_is_written_column_by_column() {
    let Some(folder) = reference("every_published_table_is_written_column_by_column") else {
        return;
    };
    let text = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    for (kind, name, expected) in [
        (
            "proportion",
            "phe_proportion_grid.csv",
            "phe_proportion_grid.csv",
        ),
        (
            "rate",
            "phe_rate_grid_per100k.csv",
            "phe_rate_grid_per100k.csv",
        ),
        ("byars", "byars.csv", "byars.csv"),
        (
            "dsr --standard-by esp2013 --blank-is-zero",
            "dsr_multiarea_input.csv",
            "dsr_multiarea_expected.csv",
        ),
    ] {
        let words = format!("{kind} f.csv --confidence 0.95,0.998");
        let found = Folder::with(text(name)).done(&words);
        compare(&found, &rows(&text(expected)));
    }
    // The standard population of Europe is the one of the file.
    let built_in = text("dsr_multiarea_input.csv")
        .replace("esp2013", "other")
        .replace("55-69", "55-59");
    let found = Folder::with(built_in)
        .done("dsr f.csv --standard esp2013 --blank-is-zero --confidence 95,99.8");
    compare(&found, &rows(&text("dsr_multiarea_expected.csv")));
}

#[test]
fn a_blank_count_is_not_nought_unless_told() {
    let Some(folder) = reference("a_blank_count_is_not_nought_unless_told") else {
        return;
    };
    let text = std::fs::read_to_string(folder.join("dsr_multiarea_input.csv")).unwrap();
    let (found, errors) = Folder::with(text).mistaken("dsr f.csv --standard-by esp2013");
    assert!(errors.contains("line 42: count is blank"), "{errors}");
    assert_eq!(found[2].get("withheld"), "line 42: count is blank");
    assert_eq!((found[0].get("withheld"), found[2].get("value")), ("", ""));
}

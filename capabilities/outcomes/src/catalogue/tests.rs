use std::path::Path;

use super::files::INDICATORS;
use super::{Catalogue, catalogue};

#[test]
fn the_catalogue_holds_every_file_and_has_no_fault() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../reference/indicators");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    let listed: Vec<&str> = INDICATORS.iter().map(|(name, _)| *name).collect();
    assert_eq!(files, listed);
    let catalogue = catalogue().unwrap();
    assert_eq!(catalogue.faults, []);
    assert_eq!(catalogue.definitions.len(), files.len());
}

/// What is said of a definition that was changed.
fn said(change: impl Fn(&str) -> String) -> Vec<String> {
    let (name, text) = INDICATORS
        .iter()
        .find(|(name, _)| *name == "still-at-home.toml")
        .unwrap();
    let text = change(text);
    let reference = stour_partnership::reference().unwrap();
    match Catalogue::read([(*name, text.as_str())], reference) {
        Ok(catalogue) => catalogue.faults.iter().map(ToString::to_string).collect(),
        Err(error) => vec![error],
    }
}

#[test]
fn what_is_wrong_is_named_with_what_to_do() {
    let replaced = |from: &str, to: &str| said(|text| text.replacen(from, to, 1));
    let wrong = [
        (
            "theme = \"independence\"",
            "theme = \"weather\"",
            "not one of reference/themes.toml",
        ),
        (
            "owner = \"service-manager\"",
            "owner = \"nobody\"",
            "is no role",
        ),
        ("interval = 0.95", "interval = 95", "not between 0 and 1"),
        ("months = 12", "months = 0", "give 1 to 120"),
        ("kind = \"spell\"", "kind = \"stay\"", "which no fact has"),
        (
            "component = [\"reablement\"]",
            "component = [\"reabelment\"]",
            "unknown code \"reabelment\"",
        ),
        (
            "component = [\"reablement\"]",
            "colour = [\"reablement\"]",
            "which a service does not have",
        ),
        (
            "statistic = \"proportion\"",
            "statistic = \"mean\"",
            "cannot be made of what its rule gives",
        ),
        (
            "stay = [\"stay\"]",
            "stay = [\"stay\", \"stays\"]",
            "which it does not define",
        ),
        ("title = ", "heading = ", "unknown field `heading`"),
        (
            "[shown]",
            "[baseline]\nvalue = 80.0\nof = \"everybody\"\nperiod = \"\"\nsource = \"a paper\"\n[shown]",
            "its baseline needs",
        ),
        (
            "interval = 0.95",
            "interval = 0.95\nstandardised = \"direct\"",
            "only a rate is standardised",
        ),
        (
            "interval = 0.95",
            "interval = 0.95\nstandardised = \"indirect\"",
            "by council, locality and deprivation alone",
        ),
        (
            "kind = \"service\"",
            "kind = \"service\"\ndays_since_quantity_from = 1",
            "a service has none",
        ),
        (
            "kind = \"spell\"",
            "kind = \"attendance\"\ndays_since_quantity_before = 1",
            "which is no day",
        ),
    ];
    for (from, to, says) in wrong {
        let faults = replaced(from, to);
        assert!(
            faults.iter().any(|fault| fault.contains(says)),
            "{to}: {faults:?}"
        );
    }
    assert_eq!(said(str::to_owned), Vec::<String>::new());
}

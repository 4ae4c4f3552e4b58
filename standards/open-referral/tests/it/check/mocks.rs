//! The mock feeds of the official validator, served from their files.

use std::path::{Path, PathBuf};

use serde_json::Value;
use stour_open_referral::check::{Answer, Failure, Outcome, Report, Severity, Verdict};

use super::checked;
use super::simulated::plain;

/// The folder of the mock feeds; `None`, with a line printed, where there are none and this is not
/// continuous integration.
fn mocks(test: &str) -> Option<PathBuf> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/oruk/validator-mocks");
    if path.exists() {
        return Some(path);
    }
    let required = std::env::var("CI").is_ok_and(|value| value == "true");
    assert!(
        !required,
        "{test}: reference data absent: oruk/validator-mocks"
    );
    println!("skipped: {test}: reference data absent");
    None
}

/// A feed whose every record is the one in the file, as the official mock server answers.
fn fetch(folder: PathBuf) -> impl FnMut(&str) -> Result<Answer, Failure> {
    move |asked| {
        let path = asked.split('?').next().unwrap_or_default();
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let name = match parts.as_slice() {
            [] => "api_details",
            ["services"] => "service_list",
            ["services", _] => "service_full",
            ["taxonomies"] => "taxonomy_list",
            ["taxonomies", _] => "taxonomy",
            ["taxonomy_terms"] => "taxonomy_term_list",
            ["taxonomy_terms", _] => "taxonomy_term",
            ["service_at_locations"] => "service_at_location_list",
            ["service_at_locations", _] => "service_at_location_full",
            _ => return Ok(plain(404, "{}")),
        };
        let text = std::fs::read_to_string(folder.join(format!("{name}.json")));
        text.map(|text| plain(200, &text))
            .map_err(|error| Failure::Unreachable(error.to_string()))
    }
}

/// The faults of one check: severity, place and what is wrong.
fn faults<'r>(report: &'r Report, id: &str) -> Vec<(Severity, &'r str, &'r str, usize)> {
    let check = report.check(id).into_iter();
    let faults = check.flat_map(|check| &check.faults);
    faults
        .map(|fault| {
            (
                fault.severity,
                fault.place.as_str(),
                fault.what.as_str(),
                fault.count,
            )
        })
        .collect()
}

#[test]
fn the_mock_that_is_right_passes() {
    let Some(folder) = mocks("the mock that is right") else {
        return;
    };
    let report = checked(fetch(folder.join("V3.0-UK-Default")));
    assert_eq!(report.outcome, Outcome::Pass, "{report}");
    for check in &report.checks {
        assert!(
            check
                .faults
                .iter()
                .all(|fault| fault.severity == Severity::Warning),
            "{report}"
        );
        // One service alone cannot show whether a filter works.
        let expected = match check.id {
            id if id.starts_with("filter-") => Verdict::NotTested,
            // Its service was assured in 2005.
            "assurance" | "ndjson" => Verdict::Warning,
            "modified-after" => Verdict::NotTested,
            _ => Verdict::Pass,
        };
        assert_eq!(check.verdict, expected, "{}: {report}", check.id);
    }
}

#[test]
fn the_mock_that_fails_has_exactly_its_faults_named() {
    let Some(folder) = mocks("the mock that fails") else {
        return;
    };
    let report = checked(fetch(folder.join("V3.0-UK-Fail")));
    assert_eq!(report.outcome, Outcome::Fail, "{report}");
    let (error, advice) = (Severity::Error, Severity::Warning);
    let address = "must be a full web address, such as https://example.org";
    assert_eq!(
        faults(&report, "root"),
        [
            (error, "openapi_url", address, 1),
            (error, "profile", "is required and missing", 1)
        ]
    );
    assert_eq!(
        faults(&report, "services"),
        [
            (error, "contents[]", "stands twice on one page", 1),
            (error, "contents[].email", "must be an e-mail address", 2),
            (error, "contents[].email", "must be text", 2),
            (error, "contents[].name", "is required and missing", 4),
            (error, "contents[].url", address, 3),
            (
                advice,
                "size",
                "is not the number of records on the page",
                1
            ),
            (
                advice,
                "total_items",
                "is less than the records on one page",
                1
            ),
        ]
    );
    // Whichever of the three is asked for, the mock answers with the first.
    assert_eq!(
        faults(&report, "service"),
        [
            (error, "email", "must be an e-mail address", 3),
            (error, "id", "is not the one that was asked for", 2),
            (error, "url", address, 3),
        ]
    );
    assert_eq!(faults(&report, "taxonomies"), []);
    assert_eq!(faults(&report, "taxonomy"), []);
    assert_eq!(
        faults(&report, "taxonomy-term"),
        [
            (error, "description", "is required and missing", 1),
            (error, "id", "is not the one that was asked for", 1),
            (error, "term_uri", address, 1),
        ]
    );
    // It says that there are ten pages and gives the first for each of them.
    assert_eq!(
        faults(&report, "service-at-locations"),
        [
            (
                error,
                "",
                "holds the same records as the first page: the parameter page is ignored",
                1
            ),
            (advice, "last_page", "does not agree with the page", 0),
        ]
        .into_iter()
        .filter(|fault| fault.3 > 0)
        .collect::<Vec<_>>()
    );
    assert_eq!(
        faults(&report, "service-at-location"),
        [(error, "id", "is not the one that was asked for", 1)]
    );
}

#[test]
fn the_mock_that_warns_passes_with_warnings_on_what_it_need_not_have() {
    let Some(folder) = mocks("the mock that warns") else {
        return;
    };
    let report = checked(fetch(folder.join("V3.0-UK-Warn")));
    assert_eq!(report.outcome, Outcome::Pass, "{report}");
    let warned = report
        .checks
        .iter()
        .filter(|check| check.verdict == Verdict::Warning);
    let warned: Vec<&str> = warned.map(|check| check.id).collect();
    let expected = [
        "taxonomies",
        "taxonomy-terms",
        "taxonomy-term",
        "service-at-location",
        "assurance",
        "ndjson",
    ];
    assert_eq!(warned, expected, "{report}");
}

#[test]
fn each_fault_put_into_the_right_mock_is_named_at_its_place() {
    let Some(folder) = mocks("each fault") else {
        return;
    };
    for (place, wrong, what) in [
        ("id", Value::from("12"), "must be a UUID"),
        (
            "status",
            "open".into(),
            "must be one of: active, inactive, defunct, temporarily closed",
        ),
        ("minimum_age", "12".into(), "must be a number"),
        (
            "description",
            Value::Null,
            "is null: leave out what is empty",
        ),
        ("alert", "".into(), "is empty: leave out what is empty"),
        (
            "languages",
            Value::Array(Vec::new()),
            "is empty: leave out what is empty",
        ),
        (
            "contacts",
            Value::Object(serde_json::Map::new()),
            "must be a list of contact",
        ),
        (
            "organization",
            Value::Array(Vec::new()),
            "is empty: leave out what is empty",
        ),
        (
            "organization",
            "d9d5e0f5".into(),
            "must be one organization, as an object",
        ),
        (
            "last_modified",
            "2023-03-15T10:30:45".into(),
            "must be a date and time with a zone, such as 2026-11-27T09:30:00Z",
        ),
        (
            "assured_date",
            "01/01/2005".into(),
            "must be a date, such as 2026-11-27",
        ),
    ] {
        let mut right = fetch(folder.join("V3.0-UK-Default"));
        let report = checked(|asked: &str| {
            let mut answer = right(asked)?;
            if asked.starts_with("/services/") {
                let mut service: Value = serde_json::from_slice(&answer.body).unwrap();
                service[place] = wrong.clone();
                answer.body = service.to_string().into_bytes();
            }
            Ok(answer)
        });
        let found = faults(&report, "service")
            .iter()
            .any(|fault| fault.1 == place && fault.2 == what);
        assert!(found, "{place}: {report}");
    }
}

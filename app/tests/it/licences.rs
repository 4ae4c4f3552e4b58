//! Everything that is linked in comes from the public registry under a licence that the EUPL allows.

use super::workspace::metadata;

const ALLOWED: [&str; 17] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "EUPL-1.2",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
    "zlib-acknowledgement",
];

/// Whether a licence expression can be met with the licences allowed: of alternatives one, of a
/// conjunction all.
fn is_met(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ");
    expression.split(" AND ").all(|all| {
        all.trim_matches(|character| "() ".contains(character))
            .split(" OR ")
            .any(|one| ALLOWED.contains(&one.trim_matches(|character| "() ".contains(character))))
    })
}

#[test]
fn every_crate_has_a_licence_that_is_allowed() {
    let metadata = metadata();
    let mut wrong = Vec::new();
    for package in metadata["packages"].as_array().unwrap() {
        let licence = package["license"].as_str().unwrap_or("none");
        if !is_met(licence) {
            wrong.push(format!("{}: {licence}", package["name"].as_str().unwrap()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_crate_comes_from_the_public_registry_or_from_here() {
    for package in metadata()["packages"].as_array().unwrap() {
        let source = package["source"].as_str();
        let is_known = source.is_none_or(|source| source.starts_with("registry+"));
        assert!(is_known, "{} comes from {source:?}", package["name"]);
    }
}

#[test]
fn licence_expressions_are_read_rightly() {
    for (expression, met) in [
        ("MIT OR Apache-2.0", true),
        ("MIT/Apache-2.0", true),
        ("GPL-3.0", false),
        ("GPL-3.0 OR MIT", true),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
        ("MIT AND GPL-3.0", false),
        ("none", false),
    ] {
        assert_eq!(is_met(expression), met, "{expression}");
    }
}

//! The tests that the hazard log names.

use std::path::Path;

use super::workspace::{files, root};

/// Every test of a file: its module as the test runner prints it, and its name.
fn tests_of(package: &Path, file: &Path) -> Vec<String> {
    let module: Vec<String> = file
        .strip_prefix(package)
        .unwrap()
        .with_extension("")
        .iter()
        .skip(1)
        .map(|part| part.to_string_lossy().into_owned())
        .filter(|part| !["it", "mod", "lib", "main"].contains(&part.as_str()))
        .collect();
    let text = std::fs::read_to_string(file).unwrap();
    let mut is_test = false;
    let mut found = Vec::new();
    for line in text.lines().map(str::trim_start) {
        let line = line.strip_prefix("async ").unwrap_or(line);
        if let Some((name, _)) = line
            .strip_prefix("fn ")
            .and_then(|rest| rest.split_once('('))
        {
            if is_test {
                found.push([module.join("::"), name.to_owned()].join("::"));
            }
            is_test = false;
        } else {
            is_test |= line.starts_with("#[") && line.contains("test");
        }
    }
    found
}

/// What stands between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

#[test]
fn every_test_that_controls_a_hazard_is_there() {
    let log = std::fs::read_to_string(root().join("docs/safety/hazards.md")).unwrap();
    let manifests = files(&["Cargo.toml"]);
    let package_of = |name: &str| {
        let says = format!("name = \"{name}\"\n");
        let is_it =
            |path: &&std::path::PathBuf| std::fs::read_to_string(path).unwrap().contains(&says);
        manifests.iter().find(is_it).and_then(|path| path.parent())
    };
    let sources = files(&[".rs"]);
    let (mut named, mut missing) = (0, Vec::new());
    for row in log.lines().filter(|line| line.starts_with("| ")).skip(1) {
        let tests = row.split('|').nth(5).unwrap();
        assert!(tests.contains('`'), "no test controls this: {row}");
        for of_package in tests.split(';') {
            let mut words = quoted(of_package);
            let package = words.next().unwrap_or_else(|| panic!("no crate: {row}"));
            let folder = package_of(package).unwrap_or_else(|| panic!("no crate {package}: {row}"));
            let known: Vec<String> = sources
                .iter()
                .filter(|path| path.starts_with(folder))
                .flat_map(|path| tests_of(folder, path))
                .collect();
            for test in words {
                named += 1;
                let ending = format!("::{test}");
                if !known
                    .iter()
                    .any(|known| format!("::{known}").ends_with(&ending))
                {
                    missing.push(format!("{package} {test}"));
                }
            }
        }
    }
    assert!(missing.is_empty(), "not there: {missing:#?}");
    assert!(named > 50, "{named} tests are named");
}

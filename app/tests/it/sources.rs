//! What must not be in any file of the workspace.

use super::workspace::{files, named};

#[test]
fn no_file_is_too_long_to_read() {
    let long: Vec<String> = files(&[".rs"])
        .iter()
        .filter_map(|path| {
            let lines = std::fs::read_to_string(path).unwrap().lines().count();
            (lines > 500).then(|| format!("{}: {lines} lines; ask what it hides", named(path)))
        })
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

/// A mark in quotation marks is one that somebody looks for.
fn is_left(line: &str, mark: &str) -> bool {
    let quoted = [format!("'{mark}'"), format!("\"{mark}\"")];
    line.contains(mark) && !quoted.iter().any(|quoted| line.contains(quoted.as_str()))
}

#[test]
fn nothing_is_left_unfinished_or_set_aside() {
    // Put together here so that this file does not hold the marks that it looks for.
    let marks = [
        ["TO", "DO"],
        ["FIX", "ME"],
        ["XX", "X"],
        ["unimpl", "emented!("],
        ["to", "do!("],
        ["#[ig", "nore"],
        ["it.on", "ly("],
        ["test.sk", "ip("],
    ];
    let marks: Vec<String> = marks.iter().map(|parts| parts.concat()).collect();
    let mut wrong = Vec::new();
    for path in files(&[".rs", ".md", ".mjs", ".js", ".sh", ".css", ".cedar", ".sql"]) {
        for (number, line) in std::fs::read_to_string(&path).unwrap().lines().enumerate() {
            if let Some(mark) = marks.iter().find(|mark| is_left(line, mark)) {
                wrong.push(format!("{}:{}: {mark}", named(&path), number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_crate_says_what_it_is_for() {
    for manifest in files(&["Cargo.toml"]) {
        let library = manifest.with_file_name("src").join("lib.rs");
        let Ok(text) = std::fs::read_to_string(&library) else {
            continue;
        };
        let opening = text
            .lines()
            .take_while(|line| line.starts_with("//!"))
            .count();
        assert!(
            opening >= 3,
            "{} opens with {opening} lines; say what the crate is for and what it must not know",
            named(&library)
        );
    }
}

#[test]
fn times_are_not_measured_in_tests() {
    // A timed assertion fails on a busy machine and proves nothing on an idle one.
    for path in files(&[".rs"]) {
        let text = std::fs::read_to_string(&path).unwrap();
        let is_test = named(&path).contains("test");
        let measured = [".elap", "sed() <"].concat();
        assert!(!(is_test && text.contains(&measured)), "{}", named(&path));
    }
}

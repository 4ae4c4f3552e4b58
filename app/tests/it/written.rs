//! An answer that cannot be written is a failure, and is told.

use std::fs::{File, OpenOptions};
use std::io::Read as _;
use std::process::{Command, Stdio};

use super::program::{Home, Run, program};

/// What a program does whose answer goes to a disk that is full.
fn full(mut command: Command) -> Run {
    let disk = OpenOptions::new().write(true).open("/dev/full").unwrap();
    Run::of(command.stdout(disk).output().unwrap())
}

const WAITS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/statistics/waits.csv");
const SPC: [&str; 6] = ["spc", WAITS, "--value", "waiting", "--date", "month"];

#[test]
fn a_full_disk_is_told_by_every_kind_of_answer() {
    let json: &[&str] = &["--json"];
    let rate: &[&str] = &["rate", "byars", WAITS, "--columns", "x=waiting"];
    for words in [
        &SPC[..],
        &[&SPC[..], json].concat(),
        rate,
        &[rate, json].concat(),
        &["--help"],
        &["help"],
        &["help", "spc"],
        &["spc", "--help"],
        &["--version"],
        &["export", "openapi"],
    ] {
        let run = full(program(words));
        assert_eq!(run.code, 1, "{words:?}: {}", run.errors);
        assert!(
            run.errors.starts_with("stour: "),
            "{words:?}: {}",
            run.errors
        );
        assert!(
            run.errors.contains("No space left"),
            "{words:?}: {}",
            run.errors
        );
        assert_eq!(run.errors.lines().count(), 1, "{words:?}: {}", run.errors);
    }
}

#[test]
fn what_capabilities_answer_is_told_too() {
    Home::each(|home| {
        let messages = std::env::temp_dir().join(format!("stour-none-{}.hl7", std::process::id()));
        std::fs::write(&messages, "").unwrap();
        let words = ["import", "messages", messages.to_str().unwrap()];
        let run = full(home.command(&words));
        std::fs::remove_file(&messages).unwrap();
        assert_eq!(run.code, 1, "{}", run.errors);
        assert!(run.errors.contains("No space left"), "{}", run.errors);
    });
}

#[test]
fn a_file_with_mistakes_and_a_full_disk_are_both_told() {
    let absent = [
        "spc",
        "no-such.csv",
        "--value",
        "v",
        "--date",
        "d",
        "--json",
    ];
    let run = full(program(&absent));
    assert_eq!(run.code, 1);
    assert!(
        run.errors.contains("no-such.csv cannot be used"),
        "{}",
        run.errors
    );
    assert!(run.errors.contains("No space left"), "{}", run.errors);
    // Words that were not understood stay that, whatever the disk holds.
    assert_eq!(full(program(&["spc"])).code, 2);
}

#[test]
fn a_reader_that_has_gone_away_is_no_failure() {
    let mut child = program(&[&SPC[..], &["--json"]].concat())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut errors = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut errors)
        .unwrap();
    assert_eq!(
        (child.wait().unwrap().code(), errors.as_str()),
        (Some(0), "")
    );
}

#[test]
fn nothing_panics_where_errors_cannot_be_told_either() {
    let disk = || File::options().write(true).open("/dev/full").unwrap();
    let mut command = program(&["spc", "no-such.csv", "--value", "v", "--date", "d"]);
    let status = command.stdout(disk()).stderr(disk()).status().unwrap();
    assert_eq!(status.code(), Some(1));
}

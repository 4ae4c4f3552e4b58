//! Files of CSV that are none, as every command that reads them meets them.

use std::fmt::Write as _;
use std::path::PathBuf;

use super::program::{Run, program};

struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let unique: stour_kernel::Id = stour_kernel::Environment::system().id();
        let folder = std::env::temp_dir().join(format!("stour-files-{unique}"));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn run(&self, words: &str) -> Run {
        let words: Vec<&str> = words.split_whitespace().collect();
        Run::of(program(&words).current_dir(&self.0).output().unwrap())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

const SPC: &str = "spc f.csv --value x --date d";
const RATE: &str = "rate rate f.csv --columns n=d";
const LINK: &str = "link dedupe f.csv --columns id=x,given=d --out o.csv";

/// What each command says of a file that it refuses.
fn refused(bytes: impl AsRef<[u8]>, commands: &[&str], expected: &str) {
    let folder = Folder::new();
    std::fs::write(folder.0.join("f.csv"), bytes).unwrap();
    for words in commands {
        let run = folder.run(words);
        assert_eq!(
            (run.code, run.said.as_str()),
            (1, ""),
            "{words}: {}",
            run.errors
        );
        let said = format!("{words}: {}", run.errors);
        assert!(run.errors.contains(expected), "{said}");
        assert!(run.errors.contains("f.csv"), "{said}");
        assert!(run.errors.len() < 3_000, "{said}");
    }
}

#[test]
fn a_quotation_mark_that_is_not_closed_is_told_where_it_opens() {
    let all = [SPC, RATE, LINK];
    let text = "\n\nx,d\n5,2026-01-01\n\"6,2026-01-02\n7,2026-01-03\n";
    let told = "line 5: a quotation mark that opens here is not closed before the file ends";
    refused(text, &all, told);
    let mut long = b"x,d\n5,2026-01-01\n6,\"".to_vec();
    long.resize(40_000_000, b'\n');
    let told = "line 3: a quotation mark that opens here is not closed within 1 MiB";
    refused(long, &all, told);
    let mut long = b"x,d\n5,2026-01-01\n6,".to_vec();
    long.resize(2_000_000, b'9');
    refused(long, &all, "line 3: it is longer than 1 MiB");
}

#[test]
fn what_holds_no_table_is_named() {
    let all = [SPC, RATE, LINK];
    refused("", &all, "it is empty and has no heading");
    refused("\n\r\n\n", &all, "it is empty and has no heading");
    refused("\n\n,\n1,2\n", &all, "line 3: it has no heading");
    refused("x,d\n\n", &all, "has a heading and no r");
    refused("x,d\n1,\0\n", &all, "line 2: it holds a NUL byte");
    let wide = format!("{}x,d\n", "c,".repeat(1000));
    refused(
        wide,
        &all,
        "line 1: the heading has 1002 columns, and at most 1000 are read",
    );
    let folder = Folder::new();
    std::fs::create_dir(folder.0.join("f.csv")).unwrap();
    for words in all {
        let run = folder.run(words);
        assert_eq!(run.code, 1);
        assert!(
            run.errors.contains("it is a folder: name a file in it"),
            "{}",
            run.errors
        );
    }
}

#[test]
fn a_column_that_is_not_there_is_told_with_the_line_of_the_heading() {
    let both = [SPC, RATE];
    refused(
        "\n\nx,e\n1,2\n",
        &both,
        "line 3: the heading has no column \"d\"",
    );
    refused("\n\nx,e\n1,2\n", &both, "it has x, e");
    refused(
        "\nx,d,d\n1,2,3\n",
        &both,
        "line 2: the heading has two columns \"d\"",
    );
    refused("x,D\n1,2\n", &both, "is \"D\" meant?");
    refused(
        "x;d\n1;2\n",
        &[SPC],
        "columns are parted by commas, not by semicolons or tabs",
    );
    let names: Vec<String> = (0..900).map(|place| format!("column{place}")).collect();
    let many = format!("{}\n", names.join(","));
    refused(many, &both, "column19 and 880 others");
}

#[test]
fn all_mistakes_are_told_and_no_more_of_them_than_anybody_reads() {
    let both = [SPC, RATE];
    refused(b"x,d\n1,\xE9\n1,2,3\n", &both, "line 2: it is not in UTF-8");
    let told =
        "line 3: it has 3 fields, and the heading has 2: a field that holds a comma must be in";
    refused(b"x,d\n1,\xE9\n1,2,3\n", &both, told);
    let mut text = "x,d\n".to_owned();
    for _ in 0..30 {
        text.push_str("1\n");
    }
    refused(
        &text,
        &both,
        "line 21: it has 1 field, and the heading has 2\n  and there is more: 10 others",
    );
    for _ in 0..100_000 {
        text.push_str("1\n");
    }
    refused(
        &text,
        &both,
        "and there is more: 980 others and further ones",
    );
    let mut dates = "x,d\n".to_owned();
    for day in 0..5000 {
        writeln!(dates, "1,2026-13-{day}").unwrap();
    }
    refused(
        &dates,
        &[SPC],
        "and there is more: 980 others and further ones",
    );
    // A rate of each row is withheld, and the mistakes are told the same way.
    let folder = Folder::new();
    std::fs::write(folder.0.join("f.csv"), dates.replace("2026-13-", "n")).unwrap();
    let run = folder.run(RATE);
    assert_eq!((run.code, run.said.lines().count()), (1, 5001));
    assert!(
        run.errors.contains("980 others and further ones"),
        "{}",
        run.errors
    );
    let json: serde_json::Value =
        serde_json::from_str(&folder.run(&format!("{RATE} --json")).said).unwrap();
    assert_eq!(json["mistakes"].as_array().unwrap().len(), 1000);
    assert_eq!(
        (&json["more"], &json["mistakes"][0]["line"]),
        (&true.into(), &2.into())
    );
}

#[test]
fn a_table_of_too_many_rows_is_refused() {
    let text = format!("x,d\n{}", "1,2\n".repeat(1_000_001));
    let told = "line 1000002: the file has more than 1000000 rows: part it";
    refused(text, &[SPC, RATE], told);
}

#[test]
fn a_refusal_is_in_json_where_that_is_asked_for() {
    let folder = Folder::new();
    std::fs::write(folder.0.join("f.csv"), "x,d\n1\n").unwrap();
    for words in [SPC, RATE] {
        let run = folder.run(&format!("{words} --json"));
        let json: serde_json::Value = serde_json::from_str(&run.said).unwrap();
        assert_eq!(run.code, 1);
        assert_eq!(json["refused"]["file"], "f.csv");
        assert_eq!(json["refused"]["mistakes"][0]["line"], 2);
        assert_eq!(json["refused"]["more"], false);
    }
}

#[test]
fn lines_are_true_whatever_ends_them() {
    let text = "\u{feff}\r\nd,x\r\n\r\n2026-01-01,\"1\"\r\n\"2026-\n01-02\",2\r\n2026-01-99,3\r\n";
    let told =
        "line 5: \"2026-\\n01-02\" is no date: write 2026-04-01, 2026-04 or 01/04/2026\n  line 7: ";
    refused(text, &[SPC], told);
    refused(
        "d,x\r2026-01-01,1\r2026-02-30,2\r",
        &[SPC],
        "line 3: \"2026-02-30\" is no date",
    );
}

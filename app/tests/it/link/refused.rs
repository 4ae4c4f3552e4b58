//! Files that are no files of records: a clear message, and nothing is written.

use super::{COLUMNS, Folder, INCOMING, INDEX};

/// Runs a match of these bytes, and says how it fails.
fn refused(folder: &Folder, bytes: impl AsRef<[u8]>, message: &str) {
    folder.write("incoming.csv", bytes);
    let words = format!(
        "match --index index.csv --incoming incoming.csv --columns {COLUMNS} --out decisions.csv"
    );
    fails(folder, &words, 1, message);
}

fn fails(folder: &Folder, words: &str, code: i32, message: &str) {
    let before = folder.files();
    let run = folder.run(words);
    assert_eq!(
        (run.code, run.said.as_str()),
        (code, ""),
        "{words}: {}",
        run.errors
    );
    assert!(run.errors.contains(message), "{words}: {}", run.errors);
    assert!(
        run.errors.len() < 2_000,
        "{words}: {} bytes",
        run.errors.len()
    );
    assert_eq!(folder.files(), before, "{words} has left something");
}

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("index.csv", INDEX);
    folder.write("incoming.csv", INCOMING);
    folder
}

#[test]
fn a_file_that_holds_no_records_is_refused() {
    let folder = folder();
    refused(&folder, "", "incoming.csv: it is empty and has no heading");
    let heading = INCOMING.lines().next().unwrap();
    refused(
        &folder,
        heading,
        "incoming.csv has a heading and no records",
    );
    let short = INCOMING.replacen(",M,4 Quay Road", "", 1);
    refused(
        &folder,
        short,
        "incoming.csv: line 3: it has 7 fields, and the heading has 9",
    );
    let nul = INCOMING.replacen("Quay", "Qu\0y", 1);
    refused(&folder, nul, "incoming.csv: line 3: it holds a NUL byte");
    let nameless = INCOMING.replacen("\nb,", "\n,", 1);
    refused(
        &folder,
        nameless,
        "incoming.csv: line 3: it has no identifier",
    );
    let utf_16: Vec<u8> = INCOMING.encode_utf16().flat_map(u16::to_le_bytes).collect();
    refused(&folder, utf_16, "incoming.csv: line 1: it holds a NUL byte");
    let mut long = INCOMING.as_bytes().to_vec();
    long.extend_from_slice(b"g,,,,,,,,\"");
    long.resize(100_000_000, b'x');
    refused(
        &folder,
        long,
        "incoming.csv: line 8: a quotation mark that opens here is not closed within 1 MiB",
    );
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let folder = folder();
    let to = |incoming: &str, out: &str| {
        format!("match --index index.csv --incoming {incoming} --columns {COLUMNS} --out {out}")
    };
    fails(
        &folder,
        &to("none.csv", "d.csv"),
        1,
        "none.csv: it cannot be opened",
    );
    fails(
        &folder,
        &to(".", "d.csv"),
        1,
        ".: it is a folder: name a file in it",
    );
    fails(
        &folder,
        &to("incoming.csv", "none/d.csv"),
        1,
        "there is no folder none",
    );
    fails(&folder, &to("incoming.csv", "."), 1, "is a folder");
    let absent = to("incoming.csv", "d.csv").replace("last", "surname");
    fails(
        &folder,
        &absent,
        1,
        "no file has a column called \"surname\": there are rec, ",
    );
    fails(
        &folder,
        "dedupe none.csv --out d.csv",
        1,
        "none.csv: it cannot be opened",
    );
    fails(
        &folder,
        "cases none.csv",
        1,
        "none.csv: it cannot be opened",
    );
}

#[test]
fn files_of_which_nothing_is_compared_are_refused() {
    let folder = folder();
    folder.write("other.csv", "foo,bar\n1,2\n");
    let message = "other.csv has no column to compare";
    for words in [
        "dedupe other.csv --out c.csv".to_owned(),
        "match --index other.csv --incoming other.csv --out d.csv".to_owned(),
        format!("match --index index.csv --incoming other.csv --columns {COLUMNS} --out d.csv"),
        "dedupe other.csv --columns id=foo,sex=bar --out c.csv".to_owned(),
        "evaluate other.csv --truth foo".to_owned(),
        "train --index other.csv --incoming other.csv --out m.json".to_owned(),
        "explain --index other.csv --incoming other.csv --ids 1,1".to_owned(),
    ] {
        fails(&folder, &words, 1, message);
    }
    let words = "dedupe other.csv --out c.csv";
    fails(
        &folder,
        words,
        1,
        "Its columns are foo, bar. Say with --columns",
    );
    folder.write("other.csv", "id;given;family\n1;Joan;Hardy\n");
    fails(&folder, words, 1, "It seems to be parted by semicolons");
}

#[test]
fn a_column_of_the_truth_that_is_not_there_is_named() {
    let folder = folder();
    let across = format!("evaluate --index index.csv --incoming incoming.csv --columns {COLUMNS}");
    let within = format!("evaluate index.csv --columns {COLUMNS}");
    for words in [across, within] {
        fails(
            &folder,
            &format!("{words} --truth person --household code"),
            1,
            "index.csv has no column \"person\", which --truth names: there are rec, number, ",
        );
        fails(
            &folder,
            &format!("{words} --truth rec --household home"),
            1,
            "index.csv has no column \"home\", which --household names: there are rec, number, ",
        );
    }
}

#[test]
fn an_input_is_never_overwritten() {
    let folder = folder();
    let files = format!("--index index.csv --incoming incoming.csv --columns {COLUMNS}");
    folder.done(&format!("train {files} --out model.json"));
    for words in [
        format!("match {files} --out index.csv"),
        format!("match {files} --out ./incoming.csv"),
        format!("match {files} --model model.json --out model.json"),
        format!("train {files} --out incoming.csv"),
        format!("dedupe index.csv --columns {COLUMNS} --out index.csv"),
        format!("dedupe index.csv --columns {COLUMNS} --out c.csv --pairs index.csv"),
    ] {
        fails(&folder, &words, 1, "is also read: write to another file");
    }
    let twice = format!("dedupe index.csv --columns {COLUMNS} --out c.csv --pairs c.csv");
    fails(&folder, &twice, 1, "c.csv is to be written twice");
    assert_eq!(folder.read("index.csv"), INDEX);
}

#[test]
fn an_output_that_is_there_is_kept_until_the_new_one_is_complete() {
    let folder = folder();
    folder.write("decisions.csv", "of yesterday\n");
    refused(&folder, "", "has no heading");
    assert_eq!(folder.read("decisions.csv"), "of yesterday\n");
}

#[test]
fn a_repeated_identifier_is_told_and_both_rows_count() {
    let folder = folder();
    folder.write("incoming.csv", INCOMING.replacen("\nb,", "\na,", 1));
    let words = format!(
        "match --index index.csv --incoming incoming.csv --columns {COLUMNS} --out decisions.csv"
    );
    let run = folder.run(&words);
    assert_eq!(run.code, 0);
    assert!(
        run.errors
            .contains("incoming.csv: the identifier \"a\" is there more than once"),
        "{}",
        run.errors
    );
    assert_eq!(folder.rows("decisions.csv").len(), 6);
}

#[test]
fn a_model_of_another_shape_is_refused() {
    let folder = folder();
    let words = format!(
        "match --index index.csv --incoming incoming.csv --columns {COLUMNS} --model model.json --out d.csv"
    );
    for (model, message) in [
        ("here are weights", "model.json is not JSON"),
        ("[1, 2]", "model.json cannot be used: this is not a model"),
        (
            "{\"version\": \"1\"}",
            "model.json cannot be used: this is not a model",
        ),
        (
            "{\"link_type\": \"dedupe_only\"}",
            "this is not the JSON of a Splink model",
        ),
        (
            "{\"comparisons\": [{\"comparison_levels\": []}]}",
            "this is not the JSON of a Splink model",
        ),
    ] {
        folder.write("model.json", model);
        fails(&folder, &words, 1, message);
    }
}

#[test]
fn what_is_not_understood_ends_with_2() {
    let folder = folder();
    for (words, message) in [
        ("dedupe index.csv --out c.csv --threshold 2", "at most 1"),
        ("evaluate index.csv --truth rec --threshold 2", "at most 1"),
        (
            "dedupe index.csv --out c.csv --columns forename=first",
            "forename",
        ),
        (
            "dedupe index.csv --out c.csv --columns first",
            "NAME=COLUMN",
        ),
        ("dedupe index.csv --out c.csv --dates ymd", "dmy"),
        ("match --index index.csv --out c.csv", "--incoming"),
        ("evaluate --truth rec", "required"),
        ("train --index index.csv", "--incoming"),
        (
            "dedupe index.csv --out c.csv --threshold -0.5",
            "give a probability above 0 and at most 1",
        ),
        (
            "evaluate index.csv --truth rec --threshold -0.5",
            "give a probability above 0 and at most 1",
        ),
        (
            "evaluate --index index.csv --incoming incoming.csv --truth rec --threshold 0.9",
            "cannot be used with",
        ),
        (
            "explain --index index.csv --incoming incoming.csv --ids 1",
            "give two identifiers, one of each file",
        ),
        (
            "explain --index index.csv --incoming incoming.csv --ids 1,a,b",
            "give two identifiers, one of each file",
        ),
    ] {
        fails(&folder, words, 2, message);
    }
}

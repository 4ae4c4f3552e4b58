//! The same people, however their file is written, are decided the same.

use super::{COLUMNS, Folder, INCOMING, INDEX};

/// The fields of a row that do not depend on how a file is written.
fn decided(folder: &Folder, words: &str) -> Vec<Vec<String>> {
    decided_with(folder, words, &[])
}

/// The same, with what it is to warn of.
fn decided_with(folder: &Folder, words: &str, expected: &[&str]) -> Vec<Vec<String>> {
    let (_, warnings) = folder.warned(&format!("match {words} --out decisions.csv"));
    assert_eq!(warnings, expected, "{words}");
    folder.rows("decisions.csv")
}

/// The incoming file with its dates of birth written otherwise.
fn dated(write: impl Fn(&str, &str, &str) -> String) -> String {
    let mut text = INCOMING.to_owned();
    for row in csv::Reader::from_reader(INCOMING.as_bytes()).records() {
        let born = row.unwrap()[5].to_owned();
        let parts: Vec<&str> = born.split('-').collect();
        text = text.replace(&born, &write(parts[0], parts[1], parts[2]));
    }
    text
}

fn latin_1(text: &str) -> Vec<u8> {
    text.chars()
        .map(|letter| u8::try_from(letter).unwrap())
        .collect()
}

#[test]
fn dates_line_ends_marks_and_letters_may_be_written_otherwise() {
    let folder = Folder::new();
    folder.write("index.csv", INDEX);
    folder.write("incoming.csv", INCOMING);
    let words = format!("--index index.csv --incoming incoming.csv --columns {COLUMNS}");
    let plain = decided(&folder, &words);
    assert_eq!(plain.iter().filter(|row| row[1] == "link").count(), 3);
    let spaced = INCOMING.replacen("rec,number,first", "rec, number ,  first", 1);
    for (how, bytes, more) in [
        (
            "DD/MM/YYYY",
            dated(|y, m, d| format!("{d}/{m}/{y}")).into_bytes(),
            "",
        ),
        (
            "MM/DD/YYYY",
            dated(|y, m, d| format!("{m}/{d}/{y}")).into_bytes(),
            " --dates mdy",
        ),
        (
            "YYYYMMDD",
            dated(|y, m, d| format!("{y}{m}{d}")).into_bytes(),
            "",
        ),
        ("CRLF", INCOMING.replace('\n', "\r\n").into_bytes(), ""),
        (
            "a byte order mark",
            format!("\u{FEFF}{INCOMING}").into_bytes(),
            "",
        ),
        ("spaces", spaced.into_bytes(), ""),
        (
            "no last line end",
            INCOMING.trim_end().as_bytes().to_vec(),
            "",
        ),
    ] {
        folder.write("incoming.csv", bytes);
        assert_eq!(decided(&folder, &format!("{words}{more}")), plain, "{how}");
    }
    folder.write("incoming.csv", latin_1(INCOMING));
    let told = ["incoming.csv: 1 of 6 rows not in UTF-8: read as Latin-1."];
    assert_eq!(decided_with(&folder, &words, &told), plain, "Latin-1");
}

#[test]
fn a_heading_may_have_spaces_within() {
    let folder = Folder::new();
    let heading = |text: &str| text.replacen("first,second,last", "first name,second,last name", 1);
    folder.write("index.csv", heading(INDEX));
    folder.write("incoming.csv", heading(INCOMING));
    let columns = COLUMNS
        .replace("first", "first name")
        .replace("last", "last name");
    let words = [
        "--index",
        "index.csv",
        "--incoming",
        "incoming.csv",
        "--out",
        "d.csv",
    ];
    let mut command =
        crate::program::program(&[&["link", "match", "--columns", &columns], &words[..]].concat());
    let output = command.current_dir(&folder.0).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(
        folder
            .rows("d.csv")
            .iter()
            .filter(|row| row[1] == "link")
            .count(),
        3
    );
}

#[test]
fn columns_may_be_joined_repeated_or_our_own() {
    let folder = Folder::new();
    folder.write(
        "index.csv",
        "id,given,family,maiden,y,m,d,house,street,postcode,ward\n\
         1,Tariq,Mehmood,,1988,11,23,4,Quay Road,BH15 1HJ,north\n\
         2,Ruth,Ansty,Loveless,1961,5,4,16,Ham Lane,BH21 7LT,south\n",
    );
    folder.write(
        "incoming.csv",
        "id,given,family,maiden,y,m,d,house,street,postcode,ward\n\
         a,Tariq,Mehmood,,1988,11,23,4,Quay Road,BH15 1HJ,north\n\
         b,Ruth,Loveless,,1961,5,4,16,Ham Lane,BH21 7LT,south\n",
    );
    let files = "--index index.csv --incoming incoming.csv";
    let joined = "given=given,family=family,family=maiden,dob=y+m+d,address=house+street,postcode=postcode,extra:ward=ward";
    let rows = decided(&folder, &format!("{files} --columns {joined}"));
    let links: Vec<&str> = rows.iter().map(|row| row[2].as_str()).collect();
    assert_eq!(links, ["1", "2"], "{rows:?}");
    assert_eq!(rows[0][1], "link", "{rows:?}");
    let json = folder.json(&format!(
        "explain {files} --columns {joined} --ids 1,a --json"
    ));
    let fields = json["fields"].as_array().unwrap();
    assert!(
        fields.iter().any(|field| field["field"] == "ward"),
        "{json:#}"
    );
    // Without --columns, those that are called by our names are compared.
    let own = folder.json(&format!("explain {files} --ids 1,a --json"));
    let fields = own["fields"].as_array().unwrap();
    assert!(
        !fields.iter().any(|field| field["field"] == "ward"),
        "{own:#}"
    );
}

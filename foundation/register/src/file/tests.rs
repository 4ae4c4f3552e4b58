use proptest::prelude::*;
use stour_database::Database;
use stour_database::testing::each_database;
use stour_kernel::Environment;
use stour_spreadsheet::{Created, Look, Sheet, Value, Workbook, write};

use super::{FileError, Imported, csv, import, json, labels, read, workbook};
use crate::testing::{BOARD, REGISTER, RISK, around, author, entry, known, migrations};
use crate::{Around, Field, Holds, Kind, Known, Need, Values, add, in_force, numbered, waiting};

/// The same clock and identifiers for a whole test.
fn each(test: impl Fn(&Database, &Environment)) {
    each_database(&migrations(), |database| {
        test(&database, &Environment::fixed("2026-11-24T09:00:00Z"));
    });
}

/// Takes a file into a scope that holds what [`around`] gives.
fn taken((database, environment): (&Database, &Environment), bytes: &[u8]) -> Imported {
    let rows = read(&RISK, bytes).unwrap();
    let environment = environment.clone();
    let done = database.write_blocking(move |tx| {
        let place = (&REGISTER, "test", &RISK);
        let what = (&rows, "risks.csv", "From a file");
        import(tx, &environment, place, what, &author("Sender"))
    });
    done.unwrap()
}

fn begin((database, environment): (&Database, &Environment), around: &Around) {
    let (environment, all) = (environment.clone(), around.all().to_vec());
    let begun = database.write_blocking(move |tx| {
        for entry in &all {
            let place = ("test", entry.kind.as_str(), Some(entry.number));
            let what = (&entry.values, "To begin with");
            add(tx, &environment, place, what, &author("Loader"))?;
        }
        Ok::<_, stour_database::Error>(())
    });
    begun.unwrap();
}

fn now(database: &Database) -> Around {
    Around::new(database.read_blocking(|tx| in_force(tx, "test")).unwrap())
}

/// Risks with everything that could go wrong on the way to a file and back.
fn awkward() -> Around {
    let mut all = around();
    all.put(entry(
        &RISK,
        3,
        &[
            ("title", "=cmd|'/c calc'!A1"),
            ("words", "One, “two”\n\n\"three\"; four"),
            ("owner", "Sponsors; Programme Board"),
            ("due", "2013-09"),
            ("raised", "2013-06-28"),
            ("cost", "-1234.50"),
            ("score", "9007199254740993"),
            ("weight", "-0.1"),
            ("closed", "no"),
            ("channel", "face-to-face"),
            ("within", "1"),
            ("related", "1, 2"),
        ],
    ));
    all.put(entry(
        &RISK,
        4,
        &[("title", "'=guarded already"), ("cost", "12")],
    ));
    all.put(entry(&RISK, 5, &[("title", "'tis"), ("weight", "33.3")]));
    all
}

#[test]
fn what_goes_out_comes_back_unchanged() {
    each(|database, environment| {
        let at = (database, environment);
        begin(at, &awkward());
        let before = now(database);
        let out = csv(&RISK, &before);
        assert!(out.contains("'=cmd|"), "{out}");
        let known = Known::of(&REGISTER, &before, crate::testing::today());
        let book = workbook(&known, &[&BOARD, &RISK]).unwrap();
        for file in [out.as_bytes(), &book] {
            let imported = taken(at, file);
            let nothing = Imported {
                unchanged: 5,
                ..Imported::default()
            };
            assert_eq!(imported, nothing);
        }
        assert_eq!(now(database).all(), before.all());
    });
}

proptest! {
    #[test]
    fn any_text_goes_out_and_comes_back(title in "[ -~£–“”]{1,30}", words in "[ -~\n]{0,60}") {
        let around = around();
        let known = known(&around);
        let typed: Values = [("title", title), ("words", words)].into_iter().collect();
        prop_assume!(!typed.get("title").is_empty());
        let kept = known.judge(&RISK, &typed, &Values::default()).unwrap();
        let mut one = entry(&RISK, 7, &[]);
        one.values = kept.clone();
        let out = csv(&RISK, &Around::new(vec![one]));
        let rows = read(&RISK, out.as_bytes()).unwrap();
        prop_assert_eq!(rows.len(), 1);
        let back: Values = rows.0[0].fields.iter().map(|(name, text)| (*name, text)).collect();
        prop_assert_eq!(back, kept);
    }
}

#[test]
fn rows_that_are_right_are_taken_in_and_the_others_set_aside_with_reasons() {
    each(|database, environment| {
        let at = (database, environment);
        begin(at, &around());
        let file = "\u{feff}Number,What may happen,OWNER,cost,Related risks\n\
            R1,Partners disagree,programme board,\"£2,000,000\",\n\
            2,Political support,Nobody,,\n\
            ,Depends on the next,Sponsors,,R9\n\
            9,A new one,Sponsors,12.5,\n\
            9,The same number,,,\n\
            x,No number,,,\n\
            ,,,5,\n\
            ,,,,\n";
        let imported = taken(at, file.as_bytes());
        assert_eq!(imported.changed, ["R1"]);
        // The row that the other refers to came first, so that its number was the next.
        assert_eq!(imported.added, ["R9", "R10"]);
        let lines: Vec<i64> = imported.aside.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [3, 6, 7, 8]);
        let after = now(database);
        let first = after.entry("risk", 1).unwrap();
        assert_eq!(first.get("title"), "Partners disagree");
        assert_eq!(first.get("owner"), "Programme Board");
        assert_eq!(first.why, "From a file");
        assert_eq!(after.entry("risk", 10).unwrap().get("related"), "9");
        let waiting = database
            .read_blocking(|tx| waiting(tx, "test", "risk"))
            .unwrap();
        let told: Vec<(i64, &str)> = waiting
            .iter()
            .map(|row| (row.line, row.reasons[0].1.as_str()))
            .collect();
        assert!(told[0].1.contains("“Nobody”"), "{told:?}");
        assert_eq!(
            told[1..],
            [
                (6, "The number 9 also stands in line 5"),
                (7, "The number x is no number of an entry"),
                (8, "Enter what may happen"),
            ]
        );
        let owner = ("owner".to_owned(), "Nobody".to_owned());
        assert!(waiting[0].given.contains(&owner));
        // What had no column stays, and what was set aside changed nothing.
        let second = after.entry("risk", 2).unwrap();
        assert_eq!((second.version, second.get("within")), (1, "1"));
    });
}

#[test]
fn a_file_made_from_an_older_version_keeps_what_others_changed_since() {
    each(|database, environment| {
        let at = (database, environment);
        begin(at, &around());
        let taken_in = |text: &str| taken(at, text.as_bytes());
        taken_in("number,title\n1,Changed here meanwhile\n");
        let joined = taken_in("number,version,title,cost\n1,1,Stakeholders disagree,5\n");
        assert_eq!(joined.changed, ["R1"]);
        let first = now(database).entry("risk", 1).unwrap().clone();
        assert_eq!(first.get("title"), "Changed here meanwhile");
        assert_eq!(first.get("cost"), "5");
        let clash = taken_in("number,version,title\n1,1,Changed in the file\n");
        assert_eq!(
            clash.aside,
            [(
                2,
                vec!["Sender changed what may happen since this file was made".to_owned()]
            )]
        );
        let absent = taken_in("number,version,title\n1,9,x\n");
        assert_eq!(absent.aside[0].1, ["There is no version 9 of it"]);
    });
}

#[test]
fn hostile_and_mistaken_files_are_refused_with_the_reason() {
    let refused = |bytes: &[u8]| read(&RISK, bytes).unwrap_err();
    assert_eq!(refused(b""), FileError::Empty);
    assert_eq!(refused(&vec![b'x'; 6 * 1024 * 1024]), FileError::TooLarge);
    assert_eq!(refused(b"title\n\xff\xfe"), FileError::NotText);
    assert_eq!(refused(b"title\na\0b"), FileError::NotText);
    assert!(matches!(refused(b"\n"), FileError::NoHeadings(_)));
    assert!(matches!(
        refused(b"number,version\n1,1\n"),
        FileError::NoHeadings(_)
    ));
    assert_eq!(
        refused(b"title,Title\n"),
        FileError::Twice("Title".to_owned())
    );
    assert_eq!(
        refused(b"number,number,title\n"),
        FileError::Twice("number".to_owned())
    );
    let unknown = refused(b"title,colour\n").to_string();
    assert!(unknown.contains("“colour”"), "{unknown}");
    assert!(unknown.contains("What may happen"), "{unknown}");
    let many = format!("title\n{}", "x\n".repeat(10_000));
    assert_eq!(refused(many.as_bytes()), FileError::TooManyRows);
    assert!(matches!(
        refused(b"PK\x03\x04 no zip"),
        FileError::Workbook(_)
    ));
    let old = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    assert!(matches!(refused(&old), FileError::Workbook(_)));
}

#[test]
fn a_workbook_is_read_by_its_sheet_and_its_cells_by_what_they_hold() {
    let sheet = |name: &str, rows| Sheet {
        name: name.to_owned(),
        rows,
    };
    let made = |sheets| {
        let created = Created {
            year: 2026,
            month: 11,
            day: 24,
        };
        write(&Workbook { sheets }, created, |_| Look::default()).unwrap()
    };
    let headings = || {
        ["title", "cost", "score", "closed"]
            .map(Value::from)
            .to_vec()
    };
    let values = vec![
        "A".into(),
        Value::Pounds(0.1 + 0.2),
        Value::Number(3.0),
        Value::Boolean(true),
    ];
    let rows = read(&RISK, &made(vec![sheet("Any", vec![headings(), values])])).unwrap();
    let texts: Vec<&str> = rows.0[0]
        .fields
        .iter()
        .map(|(_, text)| text.as_str())
        .collect();
    assert_eq!(texts, ["A", "0.30", "3", "yes"]);
    let two = made(vec![sheet("One", vec![]), sheet("Two", vec![])]);
    assert_eq!(
        read(&RISK, &two),
        Err(FileError::NoSheet("Risks".to_owned()))
    );
    let empty = made(vec![sheet("Risks", vec![])]);
    assert!(matches!(read(&RISK, &empty), Err(FileError::NoHeadings(_))));
}

const fn field(name: &'static str, label: &'static str) -> Field {
    Field::new(name, label, "", Holds::Line, Need::May)
}

static ALIKE: [Field; 2] = [field("a", "Name"), field("b", "name")];
static DIFFERENT: [Field; 2] = [field("a", "Name"), field("b", "Version")];
static PLAIN: [Field; 2] = [field("a", "Name"), field("b", "Owner")];

#[test]
fn headings_are_labels_unless_two_are_alike() {
    let kind = |fields| Kind {
        fields,
        check: |_, _| Vec::new(),
        ..Kind {
            name: "x",
            one: "x",
            many: "X/Y",
            prefix: "X",
            edit: "programme.edit",
            title: "a",
            fields: &[],
            check: |_, _| Vec::new(),
        }
    };
    assert_eq!(labels(&kind(&ALIKE)), ["a", "b"]);
    assert_eq!(labels(&kind(&DIFFERENT)), ["a", "b"]);
    assert_eq!(labels(&kind(&PLAIN)), ["Name", "Owner"]);
    assert_eq!(super::sheet_name(&kind(&PLAIN)), "X Y");
}

#[test]
fn programs_have_everything_by_kind() {
    let all = json(&[&BOARD, &RISK], &around());
    assert_eq!(all["board"][0]["fields"]["title"], "Programme Board");
    assert_eq!(all["risk"][1]["reference"], "R2");
    assert_eq!(all["risk"].as_array().unwrap().len(), 2);
}

#[test]
fn a_number_that_was_removed_is_not_taken_again() {
    each(|database, environment| {
        let at = (database, environment);
        begin(at, &around());
        let environment = environment.clone();
        database
            .write_blocking(move |tx| {
                let first = numbered(tx, ("test", "risk"), 1)?.unwrap();
                crate::remove(tx, &environment, (first.id, 1), "Over", &author("Ann"))
            })
            .unwrap();
        let imported = taken(at, b"number,title\n1,Back again\n");
        assert_eq!(
            imported.aside[0].1,
            ["The number 1 is of an entry that was removed"]
        );
    });
}

#[test]
fn rows_never_write_over_each_other() {
    each(|database, environment| {
        let at = (database, environment);
        begin(at, &around());
        let file =
            "number,title\n,Without a number\n5,With the next\nR5,With the same\n9000000,A slip\n";
        let imported = taken(at, file.as_bytes());
        assert_eq!(imported.changed, Vec::<String>::new());
        assert_eq!(imported.added, ["R5", "R6"]);
        assert_eq!(
            imported.aside,
            [
                (4, vec!["The number R5 also stands in line 3".to_owned()]),
                (
                    5,
                    vec!["The number 9000000 is far beyond the others: the next is 7".to_owned()]
                ),
            ]
        );
        let after = now(database);
        assert_eq!(
            after.entry("risk", 5).unwrap().get("title"),
            "With the next"
        );
        assert_eq!(
            after.entry("risk", 6).unwrap().get("title"),
            "Without a number"
        );
    });
}

#[test]
fn an_amount_below_nothing_leaves_as_a_number() {
    let one = [("title", "-5 is no formula"), ("weight", "-12.5")];
    let text = csv(&RISK, &Around::new(vec![entry(&RISK, 1, &one)]));
    assert!(text.contains(",-12.5,"), "{text}");
    assert!(text.contains("\"'-5 is no formula\""), "{text}");
}

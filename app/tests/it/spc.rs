//! `stour spc`, against the published package's results and against files that cannot be right.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::Value;
use stour_kernel::testing::reference_data;

use super::program::{Run, run};

type Row = BTreeMap<String, String>;

fn rows(name: &str) -> Option<Vec<Row>> {
    let path = reference_data(&format!("spc/{name}"))?;
    let mut reader = csv::Reader::from_path(path).unwrap();
    Some(reader.deserialize().map(Result::unwrap).collect())
}

fn by_case(rows: Vec<Row>) -> BTreeMap<String, Vec<Row>> {
    let mut cases = BTreeMap::<String, Vec<Row>>::new();
    for row in rows {
        cases.entry(row["case_id"].clone()).or_default().push(row);
    }
    cases
}

/// A file of this name for one test, removed with the value.
struct File(PathBuf);

impl File {
    fn of(name: &str, text: &str) -> Self {
        let path = std::env::temp_dir().join(format!("stour-spc-{}-{name}", std::process::id()));
        std::fs::write(&path, text).unwrap();
        Self(path)
    }

    fn judged(&self, words: &[&str]) -> Run {
        let file = self.0.to_str().unwrap();
        run(&[&["spc", file, "--value", "v", "--date", "d"][..], words].concat())
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn agrees(expected: &str, found: &Value) -> bool {
    match found {
        Value::Null => expected.is_empty(),
        Value::Number(number) => {
            let (expected, found) = (expected.parse::<f64>(), number.as_f64().unwrap());
            expected
                .is_ok_and(|expected| (found - expected).abs() <= 1e-9 * expected.abs().max(1.0))
        }
        Value::String(text) => expected == text,
        other => expected.eq_ignore_ascii_case(&other.to_string()),
    }
}

#[test]
fn every_published_case_comes_out_in_the_published_columns() {
    let Some(cases) = rows("spc_cases.csv") else {
        return;
    };
    let points = by_case(rows("spc_points.csv").unwrap());
    let summaries = by_case(rows("spc_summary.csv").unwrap());
    for case in &cases {
        let id = case["case_id"].as_str();
        let series = points[id]
            .iter()
            .map(|row| format!("{},{}\n", row["x"], row["y"]));
        let file = File::of("case.csv", &format!("d,v\n{}", series.collect::<String>()));
        let rebases = case["rebase_dates"].replace('|', ",");
        let mut words = vec!["--json", "--improvement", &case["improvement_direction"]];
        for (option, value) in [
            ("--target", &case["target"]),
            ("--rebase", &rebases),
            ("--fix-after", &case["fix_after_n_points"]),
        ] {
            if !value.is_empty() {
                words.extend([option, value]);
            }
        }
        if case["screen_outliers"] == "FALSE" {
            words.push("--no-screen");
        }
        let found: Value = serde_json::from_str(&file.judged(&words).said).unwrap();
        for (kind, expected) in [("points", &points[id]), ("summary", &summaries[id])] {
            let rows = found[kind].as_array().unwrap();
            assert_eq!(rows.len(), expected.len(), "{id} {kind}");
            for (row, expected) in rows.iter().zip(expected) {
                for (column, value) in expected.iter().filter(|(column, _)| *column != "case_id") {
                    // Pictures are our own.
                    let is_own = column.ends_with("_icon");
                    let same = is_own || agrees(value, &row[column]);
                    assert!(same, "{id} {kind} {column}: {value} {}", row[column]);
                }
            }
        }
    }
    assert!(cases.len() > 90, "{}", cases.len());
}

#[test]
fn what_cannot_be_right_is_named_with_its_line_and_withheld() {
    let good = months();
    let june = "2025-06,505\n";
    assert!(good.contains(june), "{good}");
    for (instead, told) in [
        ("2025-06,-4\n", "(line 31): -4 is below nought"),
        ("2025-06,0\n", "(line 31)"),
        ("2025-06,505\n2025-06,502\n", "2025-06-01"),
        ("", "2025-06-01: There is no row for this month"),
        ("2025-06,many\n", "many"),
    ] {
        let file = File::of("bad.csv", &good.replace(june, instead));
        let answer = file.judged(&[]);
        let all = format!("{}{}", answer.said, answer.errors);
        assert!(all.contains(told), "{told}: {all}");
        let whole = File::of("whole.csv", &good).judged(&[]).said;
        assert!(!whole.contains("2025-06-01"), "{whole}");
    }
    let absent = run(&["spc", "no-such.csv", "--value", "v", "--date", "d"]);
    assert_eq!(absent.code, 1);
    let misused = File::of("fine.csv", &good).judged(&["--laney"]);
    assert_eq!(misused.code, 2, "{}", misused.errors);
}

/// Three years of months with values about 500.
fn months() -> String {
    let months = (0..36).map(|month| {
        let (year, of_year) = (2023 + month / 12, month % 12 + 1);
        format!("{year}-{of_year:02},{}\n", 500 + month * 5 % 7)
    });
    format!("d,v\n{}", months.collect::<String>())
}

#[test]
fn words_that_do_not_go_together_are_not_understood() {
    let file = File::of("words.csv", &months());
    for (words, told) in [
        ("--target many", "\"many\" is not a number"),
        ("--target inf", "\"inf\" is not a number"),
        ("--target nan", "\"nan\" is not a number"),
        ("--target 1e400", "is not a number"),
        (
            "--target 95%",
            "write 1234.5, without commas, units or signs",
        ),
        ("--target 2026-13-01=5", "\"2026-13-01\" is no date"),
        ("--target 5,6", "--target is one number, or several"),
        (
            "--target 2024-01=5,2024-01-01=6",
            "two targets for one date",
        ),
        ("--chart p --denominator n --target 95", "95% is 0.95"),
        ("--chart c --target -1", "--target is below nought"),
        ("--chart run --target 5", "a run chart has no limits"),
        ("--chart run --rebase 2024-01", "a run chart has one median"),
        ("--fix-after 11", "give a whole number of 12 or more"),
        ("--fix-after -1", "unexpected argument '-1'"),
        ("--rebase 2024-02-30", "\"2024-02-30\" is no date"),
        ("--rebase 0204-02-03", "years are from 1800 to 2199"),
        ("--rebase 2024-02,01/02/2024", "--rebase has one date twice"),
        ("--chart c --no-screen", "--no-screen is for --chart xmr"),
        ("--chart c --signed", "--signed is for"),
        ("--chart p", "--denominator"),
        ("--chart p --denominator v", "must name different columns"),
        ("--group d", "must name different columns"),
    ] {
        let words: Vec<&str> = words.split(' ').collect();
        let run = file.judged(&words);
        assert_eq!(
            (run.code, run.said.as_str()),
            (2, ""),
            "{words:?}: {}",
            run.errors
        );
        assert!(run.errors.contains(told), "{words:?}: {}", run.errors);
    }
    let blank = file.judged(&[
        "--rebase",
        "2024-02",
        "--rebase-reason",
        " ",
        "--rebase-by",
        "A",
    ]);
    assert_eq!(blank.code, 2);
    assert!(
        blank.errors.contains("a rebase needs a reason"),
        "{}",
        blank.errors
    );
}

#[test]
fn counts_that_are_none_are_withheld_with_their_line() {
    let rows = |count: &str, size: &str| {
        let good =
            (1..=28).map(|day| format!("2026-02-{day:02},{},{}\n", 5 + day % 3, 50 + day % 7));
        format!(
            "d,v,n\n{}2026-03-01,{count},{size}\n",
            good.collect::<String>()
        )
    };
    for (chart, count, size, told) in [
        ("p", "-1", "50", "-1 is below nought, which no count is."),
        ("u", "-1", "50", "-1 is below nought, which no count is."),
        ("c", "-1", "50", "-1 is below nought, which no count is."),
        ("g", "-1", "50", "-1 is below nought, which no count is."),
        (
            "t",
            "-1",
            "50",
            "-1 is no time between events: it must be above nought.",
        ),
        (
            "t",
            "0",
            "50",
            "0 is no time between events: it must be above nought.",
        ),
        ("p", "51", "50", "51 out of 50 is more than all"),
        ("p", "5", "0", "The denominator 0 is not above nought."),
        ("u", "5", "-2", "The denominator -2 is not above nought."),
        ("p", "5", "", "There is no denominator: a missing return."),
        ("p", "5.5", "50", "5.5 is not a whole number"),
        ("c", "5.5", "50", "5.5 is not a whole number"),
        (
            "p",
            "5",
            "50.5",
            "The denominator 50.5 is not a whole number",
        ),
        ("u", "1,000", "50", "write 1234.5, without commas"),
        ("c", "1e16", "50", "has more than fifteen figures"),
    ] {
        let count = if count.contains(',') {
            format!("\"{count}\"")
        } else {
            count.to_owned()
        };
        let file = File::of("counts.csv", &rows(&count, size));
        let mut words = vec!["--chart", chart];
        if matches!(chart, "p" | "u") {
            words.extend(["--denominator", "n"]);
        }
        let run = file.judged(&words);
        assert_eq!(run.code, 0, "{}", run.errors);
        let withheld = run
            .said
            .lines()
            .find(|line| line.contains("(line 30): "))
            .unwrap();
        assert!(withheld.contains(told), "{chart} {told}: {withheld}");
    }
    // A rate may be of parts of a bed-day.
    let words = ["--chart", "u", "--denominator", "n"];
    let parts = File::of("parts.csv", &rows("5", "50.5")).judged(&words);
    assert!(!parts.said.contains("Withheld"), "{}", parts.said);
}

#[test]
fn what_was_asked_for_and_has_no_effect_is_said() {
    let file = File::of("effect.csv", &months());
    let notes = |words: &str| {
        let words: Vec<&str> = words.split(' ').collect();
        let run = file.judged(&words);
        assert_eq!(run.code, 0, "{}", run.errors);
        run.said
    };
    for (words, told) in [
        ("--rebase 2030-01", "2030-01-01, ignored: no point is there"),
        (
            "--rebase 2024-02-03",
            "2024-02-03, ignored: no point is there",
        ),
        (
            "--rules mdc --rebase 2024-02-03",
            "2024-02-03, moved to 2024-03-01, the next point",
        ),
        (
            "--rebase 2025-06",
            "The stretch from 2025-06-01 has fewer than 13 values: its limits are trial limits.",
        ),
        (
            "--rules mdc --rebase 2023-06",
            "The stretch from 2023-01-01 has fewer than 13 values: it has no limits",
        ),
        (
            "--fix-after 40",
            "The stretch from 2023-01-01 has 36 of the 40 values on which limits are to be fixed",
        ),
        (
            "--target 2030-01=5",
            "No target applies to the latest value, of 2025-12-01: each begins later.",
        ),
        (
            "--target 5",
            "A target is met or missed only where one way is better",
        ),
        (
            "--annotate 2030-01=Moved",
            "2030-01-01 Moved (after the last point)",
        ),
        ("--rebase 2024-06", "The rebases have no reason and no name"),
    ] {
        let said = notes(words);
        assert!(said.contains(told), "{words}: {told}: {said}");
    }
    let json: Value = serde_json::from_str(&notes("--chart run --json")).unwrap();
    assert_eq!(
        (&json["rules"], &json["improvement"]),
        (&Value::Null, &Value::Null)
    );
}

#[test]
fn a_row_that_could_be_of_anything_refuses_the_file() {
    let months = months();
    for (row, told) in [
        (
            "2026-01-01 25:00,5\n",
            "line 38: \"2026-01-01 25:00\" is no date",
        ),
        (
            "2026-01-01 oops,5\n",
            "line 38: \"2026-01-01 oops\" is no date",
        ),
        (",5\n", "line 38: the date is blank"),
        (
            "0206-01-01,5\n",
            "line 38: the date \"0206-01-01\" cannot be",
        ),
        ("13/13/2026,5\n", "line 38: \"13/13/2026\" is no date"),
        ("1/1/26,5\n", "line 38: \"1/1/26\" is no date"),
    ] {
        let run = File::of("row.csv", &format!("{months}{row}")).judged(&[]);
        assert_eq!((run.code, run.said.as_str()), (1, ""), "{row}");
        assert!(run.errors.contains(told), "{told}: {}", run.errors);
    }
    let fine = File::of("row.csv", &format!("{months}2026-01-01T00:00:00Z,505\n")).judged(&[]);
    assert!(
        fine.said.contains("to 2026-01-01: 37 values"),
        "{}",
        fine.said
    );
    let groups = File::of("row.csv", "d,v,g\n2026-01,5,a\n2026-02,5,\n").judged(&["--group", "g"]);
    assert!(
        groups
            .errors
            .contains("line 3: it does not say which series"),
        "{}",
        groups.errors
    );
    let none = File::of("row.csv", "d,v\n2026-01,a\n2026-02,b\n").judged(&[]);
    assert!(
        none.errors
            .contains("no value can be used\n  line 2: The value \"a\" is not a number.\n  line 3: The value \"b\" is not"),
        "{}",
        none.errors
    );
}

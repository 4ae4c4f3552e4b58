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
    let months = (0..36).map(|month| {
        let (year, of_year) = (2023 + month / 12, month % 12 + 1);
        format!("{year}-{of_year:02},{}\n", 500 + month * 5 % 7)
    });
    let good = format!("d,v\n{}", months.collect::<String>());
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

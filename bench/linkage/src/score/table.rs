//! Results of many runs as a table for people.

use std::io::Write;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::Value;

/// Writes the lines of a file of results, as `run.sh` keeps them, as tables.
///
/// # Errors
///
/// When the file cannot be read or is not lines of JSON.
pub fn table(path: &Path, out: &mut impl Write) -> Result<()> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let results = text
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<Vec<Value>, _>>()
        .with_context(|| format!("{} is not lines of JSON", path.display()))?;
    for kind in KINDS {
        let of_kind = |result: &&Value| result.get(kind.name).is_some();
        if !results.iter().any(|result| of_kind(&result)) {
            continue;
        }
        write!(out, "| set | engine ")?;
        for (head, _) in kind.columns {
            write!(out, "| {head} ")?;
        }
        writeln!(out, "| CPU s | peak RSS, MB |")?;
        writeln!(out, "|---|---|{}", "---:|".repeat(kind.columns.len() + 2))?;
        for result in results.iter().filter(of_kind) {
            write!(
                out,
                "| {} | {} ",
                text_of(result, "/set"),
                text_of(result, "/engine")
            )?;
            for (_, place) in kind.columns {
                write!(out, "| {} ", text_of(result, place))?;
            }
            let number = |place| result.pointer(place).and_then(Value::as_f64).unwrap_or(0.0);
            let cpu = number("/cost/cpu_s") + number("/cost/system_s");
            let memory = number("/cost/rss_kb") / 1024.0;
            writeln!(out, "| {cpu:.1} | {memory:.0} |")?;
        }
        writeln!(out)?;
    }
    for result in &results {
        if let Some(why) = result.get("absent").and_then(Value::as_str) {
            let (set, engine) = (text_of(result, "/set"), text_of(result, "/engine"));
            writeln!(out, "{set}: no figure for {engine}: {why}")?;
        }
    }
    Ok(())
}

/// A kind of score, and what of it is shown under which head.
struct Kind {
    name: &'static str,
    columns: &'static [(&'static str, &'static str)],
}

const KINDS: [Kind; 3] = [
    Kind {
        name: "match",
        columns: &[
            ("linked rightly, %", "/match/all/linked_right_percent"),
            ("of those present, %", "/match/all/found_percent"),
            ("wrong", "/match/all/wrong"),
            ("same household", "/match/all/wrong_same_household"),
            ("wrong per million", "/match/all/wrong_per_million"),
            ("to review, %", "/match/all/review_percent"),
            (
                "no number: of those present, %",
                "/match/without_number/found_percent",
            ),
            (
                "no number: wrong per million",
                "/match/without_number/wrong_per_million",
            ),
        ],
    },
    Kind {
        name: "clusters",
        columns: &[
            ("F1", "/clusters/f1"),
            ("precision", "/clusters/precision"),
            ("recall", "/clusters/recall"),
            ("wrong pairs", "/clusters/wrong"),
            ("same household", "/clusters/wrong_same_household"),
            ("missed pairs", "/clusters/missed"),
        ],
    },
    Kind {
        name: "pairs",
        columns: &[
            ("best F1", "/pairs/best/f1"),
            ("wrong pairs there", "/pairs/best/wrong"),
            ("same household", "/pairs/best/wrong_same_household"),
            (
                "recall at precision 0.999",
                "/pairs/at_precision_999/recall",
            ),
            ("at 0.9999", "/pairs/at_precision_9999/recall"),
            ("candidates", "/pairs/pairs"),
        ],
    },
];

fn text_of(result: &Value, place: &str) -> String {
    match result.pointer(place) {
        Some(Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
        None => String::new(),
    }
}

//! `stour rate` as somebody at a terminal meets it.

mod agreement;
mod commands;
mod refused;

use std::path::PathBuf;

use crate::program::{Run, program};

/// A folder for the files of one test, in which the program runs.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let unique: stour_kernel::Id = stour_kernel::Environment::system().id();
        let folder = std::env::temp_dir().join(format!("stour-rate-{unique}"));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    /// A folder with one file in it, `f.csv`.
    fn with(text: impl AsRef<[u8]>) -> Self {
        let folder = Self::new();
        std::fs::write(folder.0.join("f.csv"), text).unwrap();
        folder
    }

    fn run(&self, words: &str) -> Run {
        let words: Vec<&str> = words.split_whitespace().collect();
        let mut command = program(&[&["rate"], &words[..]].concat());
        Run::of(command.current_dir(&self.0).output().unwrap())
    }

    /// The rows it gives when it succeeds.
    fn done(&self, words: &str) -> Vec<Row> {
        let run = self.run(words);
        assert_eq!((run.code, run.errors.as_str()), (0, ""), "{words}");
        rows(&run.said)
    }

    /// The rows it gives and what it says when the file has mistakes.
    fn mistaken(&self, words: &str) -> (Vec<Row>, String) {
        let run = self.run(words);
        assert_eq!(run.code, 1, "{words}: {}", run.said);
        (rows(&run.said), run.errors)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A row by the names of its columns.
struct Row(Vec<(String, String)>);

impl Row {
    fn get(&self, column: &str) -> &str {
        let found = self.0.iter().find(|(name, _)| name == column);
        &found.unwrap_or_else(|| panic!("no column {column}")).1
    }

    fn number(&self, column: &str) -> f64 {
        self.get(column).parse().unwrap()
    }
}

fn rows(text: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let row = |fields: csv::StringRecord| {
        let pairs = header.iter().zip(fields.iter());
        Row(pairs
            .map(|(name, field)| (name.to_owned(), field.to_owned()))
            .collect())
    };
    reader
        .records()
        .map(|fields| row(fields.unwrap()))
        .collect()
}

fn close(found: f64, expected: f64) {
    assert!(
        (found - expected).abs() <= 1e-9 * expected.abs(),
        "{found} {expected}"
    );
}

//! `stour link` as other programs call it.

mod commands;
mod refused;
mod seen;
mod splink;
mod truth;
mod written;

use std::path::PathBuf;

use crate::program::{Run, program};

/// A folder for the files of one test, in which the program runs.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let unique: stour_kernel::Id = stour_kernel::Environment::system().id();
        let folder = std::env::temp_dir().join(format!("stour-link-{unique}"));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.0.join(name), bytes).unwrap();
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.join(name)).unwrap()
    }

    /// The rows of a file without its heading, by field.
    fn rows(&self, name: &str) -> Vec<Vec<String>> {
        let text = self.read(name);
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let rows = reader.records().map(|row| row.unwrap());
        rows.map(|row| row.iter().map(str::to_owned).collect())
            .collect()
    }

    fn run(&self, words: &str) -> Run {
        let words: Vec<&str> = words.split_whitespace().collect();
        let mut command = program(&[&["link"], &words[..]].concat());
        Run::of(command.current_dir(&self.0).output().unwrap())
    }

    /// What it says when it succeeds, and has nothing to warn of: it says which columns it compares.
    fn done(&self, words: &str) -> String {
        let (said, warnings) = self.warned(words);
        assert_eq!(warnings, Vec::<String>::new(), "{words}");
        said
    }

    /// What it says when it succeeds, and what it warns of.
    fn warned(&self, words: &str) -> (String, Vec<String>) {
        let run = self.run(words);
        assert_eq!(run.code, 0, "{words}: {}", run.errors);
        let lines = run.errors.lines();
        let warnings = lines.filter(|line| !line.contains(".csv: compared: "));
        let warnings = warnings.map(str::to_owned).collect();
        (run.said, warnings)
    }

    fn json(&self, words: &str) -> serde_json::Value {
        serde_json::from_str(&self.done(words)).unwrap()
    }

    fn files(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.0).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Which column of [`INDEX`] and [`INCOMING`] holds what.
const COLUMNS: &str = "id=rec,nhs_number=number,given=first,middle=second,family=last,dob=born,sex=sex,address=street,postcode=code";

/// Made-up people; the numbers are of the range that is never given to anybody.
const INDEX: &str = "\
rec,number,first,second,last,born,sex,street,code
1,9990000018,Joan,,Hardy,1941-03-02,F,12 Mill Lane,BH21 3AA
2,,Tariq,,Mehmood,1988-11-23,M,4 Quay Road,BH15 1HJ
3,,Zoë,,Lovell,1975-06-09,F,\"Flat 2, 9 High Street\",DT1 1AB
4,,Amy,,Penny,2019-02-11,F,31 Corfe Way,BH20 5DG
5,,Walter,James,Squibb,1933-12-30,M,7 Sika Close,BH19 2QR
";

/// Joan with her number, Tariq and Zoë without one, a twin of Amy's, nobody, and Walter with another
/// middle name.
const INCOMING: &str = "\
rec,number,first,second,last,born,sex,street,code
a,9990000018,Joan,,Hardy,1941-03-02,F,12 Mill Lane,BH21 3AA
b,,Tariq,,Mehmood,1988-11-23,M,4 Quay Road,BH15 1HJ
c,,Zoë,,Lovell,1975-06-09,F,\"Flat 2, 9 High Street\",DT1 1AB
d,,Beth,,Penny,2019-02-11,F,31 Corfe Way,BH20 5DG
e,,Ivor,,Tregonning,1952-08-17,M,88 Sandy Lane,BH6 4LL
f,,Walter,Henry,Squibb,1933-12-30,M,7 Sika Close,BH19 2QR
";

//! The program as somebody at a terminal meets it.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use stour_database::DatabaseUrl;
use stour_database::testing::Place;

/// A folder of its own for one test, and the database in it.
pub(crate) struct Home {
    place: Place,
    folder: PathBuf,
}

impl Home {
    pub(crate) fn each(test: impl Fn(&Self)) {
        for place in [Place::sqlite(), Place::postgres()] {
            let unique: stour_kernel::Id = stour_kernel::Environment::system().id();
            let folder = std::env::temp_dir().join(format!("stour-program-{unique}"));
            std::fs::create_dir_all(&folder).unwrap();
            test(&Self { place, folder });
        }
    }

    /// The database's address as the command line takes it.
    pub(crate) fn address(&self) -> String {
        match &self.place.url {
            DatabaseUrl::Sqlite(path) => format!("sqlite:{}", path.display()),
            DatabaseUrl::Postgres(address) => address.clone(),
        }
    }

    pub(crate) fn url(&self) -> &DatabaseUrl {
        &self.place.url
    }

    /// The program, about to run with these words.
    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = program(words);
        command
            .env("STOUR_DATA", &self.folder)
            .env("STOUR_DATABASE_URL", self.address());
        command
    }

    /// What it says and how it ends.
    pub(crate) fn run(&self, words: &[&str]) -> Run {
        Run::of(self.command(words).output().unwrap())
    }

    /// What it says when it succeeds.
    pub(crate) fn done(&self, words: &[&str]) -> String {
        let run = self.run(words);
        assert_eq!(run.code, 0, "{words:?}: {}", run.errors);
        run.said
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The program, with nothing of this process's environment that could change what it does.
pub(crate) fn program(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stour"));
    command
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.args(words).stdin(Stdio::null());
    command
}

pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) said: String,
    pub(crate) errors: String,
}

impl Run {
    pub(crate) fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            said: String::from_utf8(output.stdout).unwrap(),
            errors: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

pub(crate) fn run(words: &[&str]) -> Run {
    Run::of(program(words).output().unwrap())
}

#[test]
fn every_command_teaches_how_to_use_it() {
    let commands: [&[&str]; 52] = [
        &[],
        &["serve"],
        &["demo"],
        &["synth"],
        &["import"],
        &["import", "population"],
        &["import", "series"],
        &["import", "messages"],
        &["export"],
        &["export", "facts"],
        &["export", "openapi"],
        &["migrate"],
        &["user"],
        &["user", "add"],
        &["user", "list"],
        &["user", "password"],
        &["user", "grant"],
        &["user", "disable"],
        &["audit"],
        &["audit", "verify"],
        &["backup"],
        &["restore"],
        &["doctor"],
        &["send"],
        &["link"],
        &["link", "match"],
        &["link", "dedupe"],
        &["link", "cases"],
        &["link", "explain"],
        &["link", "evaluate"],
        &["link", "train"],
        &["appraise"],
        &["shares"],
        &["gap"],
        &["spc"],
        &["rate"],
        &["rate", "proportion"],
        &["rate", "rate"],
        &["rate", "byars"],
        &["rate", "mean"],
        &["rate", "percentile"],
        &["rate", "quantile"],
        &["rate", "dsr"],
        &["rate", "isr"],
        &["rate", "life-table"],
        &["rate", "sii"],
        &["rate", "publish"],
        &["programme"],
        &["programme", "load"],
        &["programme", "export"],
        &["programme", "import"],
        &["programme", "lint"],
    ];
    let (mut all, mut silent) = (String::new(), Vec::new());
    for command in commands {
        let help = run(&[command, &["--help"]].concat());
        assert_eq!((help.code, help.errors.as_str()), (0, ""), "{command:?}");
        let is_group = help.said.contains("\nCommands:\n");
        if !is_group && !help.said.contains("Example") {
            silent.push(command);
        }
        writeln!(
            all,
            "==== stour {}
{}",
            command.join(" "),
            help.said
        )
        .unwrap();
    }
    insta::assert_snapshot!("help", all);
    assert!(silent.is_empty(), "these show no example: {silent:?}");
}

#[test]
fn what_is_not_understood_ends_with_2_and_what_fails_with_1() {
    for words in [
        &["fly"][..],
        &["serve", "--listen", "here"],
        &["synth"],
        &["synth", "--people", "0", "--load"],
        &["export", "facts"],
        &["export", "facts", "--kind", "visit", "-"],
        &["user", "add", "x"],
        &["pds", "serve", "people.csv", "--each-second", "0"],
        &["--database", "mysql:x", "migrate"],
        &[],
    ] {
        let run = run(words);
        assert_eq!(run.code, 2, "{words:?}: {}", run.errors);
        assert_eq!(run.said, "");
    }
    let failed = run(&["--data", "/proc/nowhere", "migrate"]);
    assert_eq!((failed.code, failed.said.as_str()), (1, ""));
    assert!(
        failed.errors.starts_with("stour: cannot use the folder"),
        "{}",
        failed.errors
    );
    assert_eq!(run(&["--version"]).code, 0);
}

#[test]
fn the_doctor_says_what_to_do_and_when_all_is_well() {
    Home::each(|home| {
        let ports = ["--listen", "127.0.0.1:0", "--mllp", "127.0.0.1:0"];
        let before = home.run(&[&["doctor"], &ports[..]].concat());
        assert_eq!(before.code, 1);
        assert!(
            before.said.contains("attention") && before.said.contains("stour migrate"),
            "{}",
            before.said
        );
        home.done(&["migrate"]);
        assert_eq!(home.done(&["migrate"]), "The tables were up to date.\n");
        home.done(&["user", "list"]);
        let after = home.run(&[&["doctor", "--json"], &ports[..]].concat());
        let found: serde_json::Value = serde_json::from_str(&after.said).unwrap();
        assert_eq!(
            (after.code, &found["ok"]),
            (0, &serde_json::Value::Bool(true)),
            "{found:#}"
        );
    });
}

#[test]
fn accounts_are_managed_and_the_audit_says_by_whom() {
    Home::each(|home| {
        let add = [
            "user",
            "add",
            "Sam.Hall",
            "--name",
            "Sam Hall",
            "--organisation",
            "E06000058",
            "--role",
            "adviser",
        ];
        let mut child = home.command(&[&add[..], &["--password-stdin"]].concat());
        let mut child = child
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(b"three odd words\n")
            .unwrap();
        let added = Run::of(child.wait_with_output().unwrap());
        assert_eq!(added.code, 0, "{}", added.errors);
        assert_eq!(home.run(&add).code, 1, "the same name twice");
        for (words, code) in [
            (&["user", "grant", "sam.hall", "practitioner"][..], 0),
            (&["user", "revoke", "sam.hall", "adviser"], 0),
            (&["user", "grant", "sam.hall", "nobody"], 1),
            (&["user", "revoke", "sam.hall", "nobody"], 1),
            (&["user", "disable", "sam.hall"], 0),
            (&["user", "disable", "nobody"], 1),
        ] {
            assert_eq!(home.run(words).code, code, "{words:?}");
        }
        let list: serde_json::Value =
            serde_json::from_str(&home.done(&["user", "list", "--json"])).unwrap();
        assert_eq!(list[0]["sign_in_name"], "sam.hall");
        assert_eq!(list[0]["roles"], serde_json::json!(["practitioner"]));
        assert_eq!(
            (&list[0]["active"], &list[0]["has_password"]),
            (&false.into(), &true.into())
        );
        let verdict: serde_json::Value =
            serde_json::from_str(&home.done(&["audit", "verify", "--json"])).unwrap();
        assert_eq!(
            (&verdict["sound"], &verdict["entries"]),
            (&true.into(), &5.into())
        );
    });
}

#[test]
fn a_population_is_loaded_once_and_moves_between_databases() {
    let files = tempfile("files");
    let made = run(&[
        "synth",
        "--people",
        "2100",
        "--today",
        "2026-11-20",
        "--out",
        files.to_str().unwrap(),
        "--hl7",
    ]);
    assert_eq!(made.code, 0, "{}", made.errors);
    let backup = tempfile("backup");
    let facts: std::cell::RefCell<Vec<String>> = std::cell::RefCell::default();
    Home::each(|home| {
        let folder = files.to_str().unwrap();
        if backup.exists() {
            // What the other database held.
            home.done(&["restore", backup.to_str().unwrap()]);
        } else {
            home.done(&["import", "population", folder]);
            home.done(&["backup", backup.to_str().unwrap()]);
            assert_eq!(
                home.run(&["backup", backup.to_str().unwrap()]).code,
                1,
                "a backup was written over"
            );
        }
        let again = home.done(&["import", "population", folder]);
        assert!(again.contains("2100 people were there before"), "{again}");
        assert_eq!(
            home.run(&["synth", "--people", "2100", "--load"]).code,
            1,
            "the same people twice"
        );
        assert_eq!(
            home.run(&["restore", backup.to_str().unwrap()]).code,
            1,
            "into a database that is not empty"
        );
        home.done(&["audit", "verify"]);
        facts
            .borrow_mut()
            .push(home.done(&["export", "facts", "-"]));
    });
    let facts = facts.into_inner();
    assert!(facts[0].lines().count() > 1_000);
    assert_eq!(facts[0], facts[1]);
    let people = std::fs::read_to_string(files.join("people.csv")).unwrap();
    let number = people.lines().nth(1).unwrap().split(',').nth(1).unwrap();
    assert!(
        !facts[0].contains(number),
        "an export names people by identifier only"
    );
    let _ = std::fs::remove_dir_all(&files);
    let _ = std::fs::remove_file(&backup);
}

#[test]
fn a_file_with_a_mistake_is_refused_with_its_place_and_nothing_is_stored() {
    let files = tempfile("files");
    assert_eq!(
        run(&["synth", "--people", "300", "--out", files.to_str().unwrap()]).code,
        0
    );
    let path = files.join("people.csv");
    let text = std::fs::read_to_string(&path).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines[120] = lines[120]
        .replace(",female,", ",unknown,")
        .replace(",male,", ",unknown,");
    std::fs::write(&path, lines.join("\n")).unwrap();
    Home::each(|home| {
        let refused = home.run(&["import", "population", files.to_str().unwrap()]);
        assert_eq!(refused.code, 1);
        assert!(
            refused.errors.contains("people.csv, line 121, sex:"),
            "{}",
            refused.errors
        );
        let json = home.run(&["import", "population", files.to_str().unwrap(), "--json"]);
        let json: serde_json::Value = serde_json::from_str(&json.said).unwrap();
        assert_eq!(json["refused"]["mistakes"][0]["line"], 121);
        home.done(&["migrate"]);
        assert_eq!(home.done(&["export", "facts", "-"]).lines().count(), 0);
    });
    let _ = std::fs::remove_dir_all(&files);
}

fn tempfile(name: &str) -> PathBuf {
    let unique: stour_kernel::Id = stour_kernel::Environment::system().id();
    std::env::temp_dir().join(format!("stour-{name}-{unique}"))
}

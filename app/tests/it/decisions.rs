//! `stour decisions …` as somebody at a terminal meets it.

use std::path::PathBuf;
use std::time::Duration;

use serde_json::Value;
use stour_kernel::{Environment, Id};

use super::program::{Home, Run, run};

/// So many days from today, before today when negative.
fn day(days: i64) -> String {
    let span = Duration::from_hours(days.unsigned_abs() * 24);
    let today = Environment::system().today();
    let day = if days < 0 {
        today.checked_sub(span)
    } else {
        today.checked_add(span)
    };
    day.unwrap().to_string()
}

/// A file of the record with these entries, gone when the test is over.
struct File(PathBuf);

impl File {
    fn of(entries: &str) -> Self {
        let unique: Id = Environment::system().id();
        let path = std::env::temp_dir().join(format!("stour-decisions-{unique}.toml"));
        let text = format!(
            "scope = \"decisions\"\norganisation = \"E06000058\"\nwhy = \"Test\"\n{entries}"
        );
        std::fs::write(&path, text).unwrap();
        Self(path)
    }

    fn load(&self, home: &Home) -> Run {
        home.run(&["decisions", "load", self.0.to_str().unwrap()])
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// A cabinet, and a key decision of it that is to be taken on a day and whose notice was published on a day, if ever.
fn planned(due: &str, notice: &str) -> File {
    File::of(&format!(
        r#"
        [[committee]]
        number = 1
        name = "Cabinet"
        body = "A council"
        sort = "executive"
        published = "2026-01-01"
        [[key-decision]]
        number = 1
        matter = "A contract"
        committee = 1
        due = "{due}"
        {notice}
        exception = "none"
        state = "planned"
        published = "2026-01-01"
        "#
    ))
}

#[test]
fn every_command_of_decisions_teaches_how_to_use_it() {
    for command in ["load", "export", "clocks"] {
        let help = run(&["decisions", command, "--help"]);
        assert_eq!((help.code, help.errors.as_str()), (0, ""), "{command}");
        assert!(
            help.said.contains("Usage: stour decisions"),
            "{}",
            help.said
        );
    }
    let all = run(&["decisions", "--help"]).said;
    assert!(all.contains("stour decisions clocks"), "{all}");
    assert_eq!(run(&["decisions", "vote"]).code, 2);
    assert_eq!(run(&["decisions", "export"]).code, 2);
}

#[test]
fn the_record_that_ships_is_loaded_once_and_given_as_data() {
    Home::each(|home| {
        let first = home.done(&["decisions", "load"]);
        assert!(
            first.contains(" added, 0 changed, 0 as they were"),
            "{first}"
        );
        let again = home.done(&["decisions", "load"]);
        assert!(again.starts_with("0 added, 0 changed, "), "{again}");
        let popolo: Value =
            serde_json::from_str(&home.done(&["decisions", "export", "popolo"])).unwrap();
        let vote = &popolo["vote_events"][0];
        assert_eq!(vote["motion_id"], "motion/resolution-5");
        assert_eq!(vote["counts"][1]["value"], 0);
        assert!(vote["counts"][0]["value"].is_null());
        for (table, begins, rows) in [
            ("meetings", "number,committee,", 12),
            ("reports", "number,put_before,", 4),
            ("interests", "number,body,", 0),
            ("recommendations", "kind,number,", 9),
            ("decisions", "number,body,", 14),
            ("delegations", "number,decision,", 2),
            ("votes", "number,body,", 1),
            ("key-decisions", "number,matter,", 0),
            ("call-ins", "number,decision,", 0),
            ("commitments", "number,commitment,", 9),
            ("health-reports", "kind,number,", 0),
        ] {
            let csv = home.done(&["decisions", "export", table]);
            assert!(csv.starts_with(begins), "{table}: {csv}");
            let lines = csv.split("\r\n").filter(|line| !line.is_empty());
            assert_eq!(lines.count(), rows + 1, "{table}: {csv}");
        }
        let unknown = home.run(&["decisions", "export", "secrets"]);
        assert_eq!((unknown.code, unknown.said.as_str()), (1, ""));
        assert!(
            unknown
                .errors
                .contains("choose popolo or one of meetings, "),
            "{}",
            unknown.errors
        );
    });
}

#[test]
fn an_export_holds_only_what_anybody_may_read() {
    Home::each(|home| {
        let drafts = File::of(&format!(
            r#"
            [[committee]]
            number = 1
            name = "Cabinet"
            body = "A council"
            sort = "executive"
            published = "2026-01-01"
            [[meeting]]
            number = 1
            called = "Seen"
            committee = 1
            status = "planned"
            published = "2026-01-01"
            [[meeting]]
            number = 2
            called = "Draft"
            committee = 1
            status = "planned"
            [[meeting]]
            number = 3
            called = "To come"
            committee = 1
            status = "planned"
            published = "{}"
            "#,
            day(2)
        ));
        assert_eq!(drafts.load(home).code, 0);
        let meetings = home.done(&["decisions", "export", "meetings"]);
        let numbers: Vec<&str> = meetings
            .lines()
            .skip(1)
            .filter_map(|line| line.split(',').next())
            .collect();
        assert_eq!(numbers, ["1"]);
        let popolo: Value =
            serde_json::from_str(&home.done(&["decisions", "export", "popolo"])).unwrap();
        assert_eq!(popolo["events"].as_array().unwrap().len(), 1);
    });
}

#[test]
fn clocks_end_with_1_when_somebody_has_to_act_and_with_0_when_nobody_has() {
    Home::each(|home| {
        assert_eq!(home.done(&["decisions", "clocks"]), "no clock is running\n");
        assert_eq!(home.done(&["decisions", "clocks", "--json"]), "[]\n");
        // Notice given today runs out after 28 clear days: before that nothing can be taken.
        let without = |due: i64| {
            let file = planned(&day(due), "");
            assert_eq!(file.load(home).code, 0);
            home.run(&["decisions", "clocks"])
        };
        let early = without(28);
        assert_eq!(early.code, 1, "{}", early.said);
        assert!(
            early
                .said
                .starts_with("key-decision 1: A contract (Too early: no notice yet"),
            "{}",
            early.said
        );
        assert!(
            early.errors.contains("1 is overdue or planned too early"),
            "{}",
            early.errors
        );
        // A day to spare, should midnight pass while this runs.
        let in_time = without(31);
        assert_eq!(in_time.code, 0, "{}", in_time.errors);
        assert_eq!(in_time.said, "key-decision 1: A contract (No notice yet)\n");
        let (notice, due, earliest) = (day(-10), day(10), day(19));
        let given = planned(&due, &format!("notice = \"{notice}\""));
        assert_eq!(given.load(home).code, 0);
        let early = home.run(&["decisions", "clocks", "--json"]);
        assert_eq!(early.code, 1);
        let clocks: Value = serde_json::from_str(&early.said).unwrap();
        assert_eq!(clocks[0]["kind"], "key-decision");
        assert_eq!(clocks[0]["late"], true);
        assert_eq!(clocks[0]["day"], earliest);
    });
}

#[test]
fn the_promises_of_the_record_that_ships_are_overdue() {
    Home::each(|home| {
        home.done(&["decisions", "load"]);
        let clocks = home.run(&["decisions", "clocks", "--json"]);
        assert_eq!(clocks.code, 1);
        let clocks: Value = serde_json::from_str(&clocks.said).unwrap();
        let late: Vec<(&str, i64)> = clocks
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| one["late"] == true)
            .map(|one| {
                (
                    one["kind"].as_str().unwrap(),
                    one["number"].as_i64().unwrap(),
                )
            })
            .collect();
        // The review of July 2025, and a look at it before that.
        assert_eq!(&late[..2], [("commitment", 1), ("commitment", 7)]);
    });
}

#[test]
fn a_file_that_breaks_a_rule_is_refused_and_nothing_of_it_is_kept() {
    Home::each(|home| {
        let kept = |evidence: &str| {
            File::of(&format!(
                r#"
                [[committee]]
                number = 1
                name = "Cabinet"
                body = "A council"
                sort = "executive"
                published = "2026-01-01"
                [[commitment]]
                number = 1
                text = "A review"
                committee = 1
                state = "answered"
                answer = "It was held."
                answered = "2026-01-02"
                evidence = "{evidence}"
                published = "2026-01-01"
                "#
            ))
        };
        let refused = kept("/decisions/items/1").load(home);
        assert_eq!((refused.code, refused.said.as_str()), (1, ""));
        assert!(
            refused.errors.contains("Nobody outside can read that page"),
            "{}",
            refused.errors
        );
        let commitments = home.done(&["decisions", "export", "commitments"]);
        assert_eq!(commitments.lines().count(), 1, "{commitments}");
        let right = kept("https://example.org/review").load(home);
        assert_eq!(right.said, "2 added, 0 changed, 0 as they were\n");
        let nowhere = home.run(&["decisions", "load", "/nowhere/at-all.toml"]);
        assert_eq!(nowhere.code, 1);
        assert!(
            nowhere
                .errors
                .contains("/nowhere/at-all.toml cannot be read"),
            "{}",
            nowhere.errors
        );
    });
}

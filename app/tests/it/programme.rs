//! `stour programme …` as somebody at a terminal meets it.

use super::program::Home;

#[test]
fn a_programme_is_loaded_checked_taken_out_changed_and_taken_in() {
    Home::each(|home| {
        let first = home.done(&["programme", "load"]);
        assert!(first.contains(" added, 0 changed"), "{first}");
        let again = home.done(&["programme", "load"]);
        assert!(again.starts_with("0 added, 0 changed"), "{again}");
        let found = home.run(&["programme", "lint", "better-together", "--json"]);
        assert_eq!(found.code, 1, "{}", found.errors);
        let found: serde_json::Value = serde_json::from_str(&found.said).unwrap();
        let risk = found
            .as_array()
            .unwrap()
            .iter()
            .filter(|one| one["kind"] == "risk");
        let risks: Vec<&str> = risk.map(|one| one["reference"].as_str().unwrap()).collect();
        assert!(risks.iter().all(|one| *one == "R8"), "{risks:?}");
        assert!(!risks.is_empty());
        let all = home.done(&["programme", "export", "better-together", "--json"]);
        let all: serde_json::Value = serde_json::from_str(&all).unwrap();
        assert_eq!(all["risk"].as_array().unwrap().len(), 12);
        let export = [
            "programme",
            "export",
            "better-together",
            "--kind",
            "risk",
            "--csv",
        ];
        let csv = home.done(&export);
        let changed = csv.replace("Sponsors", "sponsors");
        let file = std::env::temp_dir().join(format!("stour-risks-{}.csv", std::process::id()));
        let import = |text: &str| {
            std::fs::write(&file, text).unwrap();
            let run = home.run(&[
                "programme",
                "import",
                "better-together",
                "risk",
                file.to_str().unwrap(),
                "--organisation",
                "E06000058",
                "--why",
                "Sent back",
            ]);
            std::fs::remove_file(&file).unwrap();
            run
        };
        let same = import(&changed);
        assert_eq!(same.said, "0 added, 0 changed, 12 unchanged, 0 set aside\n");
        let unknown = import("number,owner\n1,Nobody\n2,Sponsors\n");
        assert_eq!(unknown.code, 1);
        assert!(unknown.said.contains("1 set aside"), "{}", unknown.said);
        assert!(
            unknown
                .said
                .contains("line 2: Nobody here is known as “Nobody”")
        );
        let wrong = import("number,colour\n1,red\n");
        assert!(wrong.errors.contains("“colour”"), "{}", wrong.errors);
    });
}

#[test]
fn what_is_not_there_is_told() {
    Home::each(|home| {
        for words in [
            &["programme", "lint", "none"][..],
            &["programme", "export", "none", "--json"],
        ] {
            let run = home.run(words);
            assert_eq!(run.code, 1);
            assert!(
                run.errors.contains("there is no programme called none"),
                "{}",
                run.errors
            );
        }
        home.done(&["programme", "load"]);
        let kind = home.run(&[
            "programme",
            "export",
            "better-together",
            "--kind",
            "colour",
            "--json",
        ]);
        assert!(
            kind.errors.contains("no register called colour"),
            "{}",
            kind.errors
        );
        let file = std::env::temp_dir().join(format!("stour-none-{}.toml", std::process::id()));
        std::fs::write(&file, "scope = \"x\"\n").unwrap();
        let unread = home.run(&["programme", "load", file.to_str().unwrap()]);
        std::fs::remove_file(&file).unwrap();
        assert_eq!(unread.code, 1);
        assert!(unread.errors.contains("organisation"), "{}", unread.errors);
    });
}

#[test]
fn a_plan_is_looked_over_and_says_by_its_code_whether_it_contradicts_itself() {
    Home::each(|home| {
        home.done(&["programme", "load"]);
        let plan = home.run(&["programme", "plan", "better-together"]);
        assert_eq!(plan.code, 1);
        assert!(
            plan.said.starts_with("26 activities\nConflict 1: "),
            "{}",
            plan.said
        );
        assert!(
            plan.said.contains("Critical path, to April 2016:\n  AC26 "),
            "{}",
            plan.said
        );
        assert!(
            plan.errors
                .contains("the plan contradicts itself in 3 places"),
            "{}",
            plan.errors
        );
        let json = home.run(&["programme", "plan", "better-together", "--json"]);
        assert_eq!(json.code, 1);
        let json: serde_json::Value = serde_json::from_str(&json.said).unwrap();
        assert_eq!(json["activities"], 26);
        assert_eq!(json["ends"], "2016-04");
        assert_eq!(json["critical_path"], serde_json::json!([26]));
        let findings = json["findings"].as_array().unwrap();
        let conflicts = findings.iter().filter(|one| one["conflict"] == true);
        assert_eq!(conflicts.count(), 3);
        // A plan without activities contradicts nothing.
        let empty = home.run(&["programme", "plan", "future-care"]);
        assert_eq!(empty.code, 0, "{}", empty.errors);
        assert!(empty.said.starts_with("0 activities"), "{}", empty.said);
        let none = home.run(&["programme", "plan", "none"]);
        assert_eq!(none.code, 1);
        assert!(
            none.errors.contains("there is no programme called none"),
            "{}",
            none.errors
        );
    });
}

#[test]
fn benefits_are_told_in_words_and_as_json() {
    Home::each(|home| {
        home.done(&["programme", "load"]);
        let said = home.done(&["programme", "benefits", "future-care"]);
        assert!(said.contains("\nB2 "), "{said}");
        assert!(
            said.contains("Not measured: there is no figure of its measure yet"),
            "{said}"
        );
        let json = home.done(&["programme", "benefits", "future-care", "--json"]);
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        let all = json["benefits"].as_array().unwrap();
        assert_eq!(json["not_measured"], all.len());
        let wait = all.iter().find(|one| one["number"] == 2).unwrap();
        assert_eq!(wait["measure"], "series/future-care-wait/QVV");
        assert_eq!(wait["value"], serde_json::Value::Null);
        let none = home.run(&["programme", "benefits", "none"]);
        assert_eq!(none.code, 1);
        assert!(
            none.errors.contains("there is no programme called none"),
            "{}",
            none.errors
        );
    });
}

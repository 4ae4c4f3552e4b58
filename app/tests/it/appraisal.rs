//! `stour appraise`, `stour shares` and `stour gap` as somebody at a terminal meets them.

use serde_json::Value;

use super::program::run;
use super::workspace::root;

fn document(name: &str) -> String {
    let path = root().join("docs/appraisal").join(name);
    path.to_str().unwrap().to_owned()
}

fn json(words: &[&str]) -> Value {
    let run = run(words);
    assert_eq!((run.code, run.errors.as_str()), (0, ""), "{words:?}");
    serde_json::from_str(&run.said).unwrap()
}

#[test]
fn a_case_is_appraised_alike_on_any_number_of_threads() {
    let file = document("reablement.toml");
    let words = [
        "appraise",
        &file,
        "--json",
        "--draws",
        "3000",
        "--seed",
        "7",
        "--threads",
    ];
    let one = run(&[&words[..], &["1"]].concat());
    let three = run(&[&words[..], &["3"]].concat());
    assert_eq!((one.code, one.errors.as_str()), (0, ""));
    assert_eq!(one.said, three.said);
    let found: Value = serde_json::from_str(&one.said).unwrap();
    assert_eq!(
        found["appraisal"]["public_value"]["net_present_value"],
        16_944_156
    );
    assert_eq!(found["simulation"]["draws"], 3000);
    assert_eq!(
        found["sensitivity"]["financial"]["tornado"]
            .as_array()
            .unwrap()
            .len(),
        5
    );
    let summary = run(&["appraise", &file]);
    assert_eq!(summary.code, 0);
    assert!(summary.said.contains("£169,441.56"), "{}", summary.said);
}

#[test]
fn a_workbook_comes_to_what_its_text_comes_to_and_is_refused_by_sheet_and_row() {
    let file = document("reablement.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    let path = std::env::temp_dir().join(format!("stour-case-{}.xlsx", std::process::id()));
    let of = |text: &str| {
        std::fs::write(&path, stour_programme::workbook::write(text, &[]).unwrap()).unwrap();
        run(&["appraise", path.to_str().unwrap(), "--json"])
    };
    assert_eq!(of(&text).said, run(&["appraise", &file, "--json"]).said);
    let refused = of(&text.replace("impact = 30", "impact = -30"));
    assert_eq!(refused.code, 1);
    assert!(
        refused.errors.contains("sheet \"Lines\", row 4"),
        "{}",
        refused.errors
    );
    std::fs::remove_file(&path).unwrap();
}

#[test]
fn the_keys_of_the_answers_are_stable() {
    let keys =
        |value: &Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    let case = json(&["appraise", &document("reablement.toml"), "--json"]);
    let stated = |name: &str| json(&["appraise", &document(name), "--json"]);
    let funding = stated("programme-2013.toml");
    let tracked = stated("programme-2024.toml");
    let pack = json(&["shares", &document("agreement.toml"), "--json"]);
    let gap = json(&["gap", &document("gap-2013.toml"), "--json"]);
    let all = [
        ("case", keys(&case)),
        ("appraisal", keys(&case["appraisal"])),
        ("line", keys(&case["appraisal"]["lines"][0])),
        ("portion", keys(&case["appraisal"]["lines"][0]["shared"][0])),
        ("cell", keys(&case["appraisal"]["lines"][0]["cells"][0])),
        ("verdict", keys(&case["appraisal"]["financial"])),
        ("partner", keys(&case["appraisal"]["partners"][0])),
        ("nominal", keys(&case["appraisal"]["nominal"])),
        ("funding", keys(&funding["appraisal"]["funding"][0])),
        ("tracked", keys(&tracked["appraisal"]["tracked"][0])),
        ("unknown", keys(&tracked["appraisal"]["unknown"][0])),
        ("sensitivity", keys(&case["sensitivity"]["financial"])),
        ("pack", keys(&pack)),
        ("guarantee", keys(&pack["guarantee"])),
        ("share", keys(&pack["partners"][0])),
        ("measure", keys(&pack["measures"][0])),
        ("gap", keys(&gap)),
        ("gap year", keys(&gap["years"][0])),
    ];
    let told: Vec<String> = all
        .iter()
        .map(|(what, keys)| format!("{what}: {}", keys.join(", ")))
        .collect();
    insta::assert_snapshot!("appraisal_keys", told.join("\n"));
}

#[test]
fn a_fee_is_shared_and_a_gap_is_shown() {
    let pack = json(&["shares", &document("agreement.toml"), "--json"]);
    assert_eq!(pack["payable"], 750_000_000);
    assert_eq!(pack["partners"][1]["fee"], 500_000_000);
    let said = run(&["shares", &document("agreement.toml")]).said;
    assert!(said.contains("sustained for 6 weeks of 13"), "{said}");
    let gap = run(&["gap", &document("gap-2013.toml")]);
    assert_eq!(gap.code, 0, "{}", gap.errors);
    assert!(
        gap.said.contains("£110,000,000.00") && gap.said.contains("£49,720,000.00"),
        "{}",
        gap.said
    );
}

#[test]
fn summaries_say_funding_what_was_measured_and_what_is_not_known() {
    let said = |command: &str, name: &str| {
        let run = run(&[command, &document(name)]);
        assert_eq!((run.code, run.errors.as_str()), (0, ""), "{name}");
        run.said
    };
    let funding = said("appraise", "programme-2013.toml");
    let tracked = said("appraise", "programme-2024.toml");
    let gap = said("gap", "gap-2013.toml");
    let pack = said("shares", "agreement.toml");
    let neither = said("appraise", "reablement.toml");
    for (said, expected) in [
        (
            &funding,
            "Borough of Poole Council: up to £250,000.00; over two years",
        ),
        (
            &funding,
            "in all at most £3,000,000.00 in cash, against costs of £2,419,700.00",
        ),
        (&funding, "Who pays which element: not published"),
        (
            &tracked,
            "reached £12,870,000.00; on trajectory, the difference is £330,000.00",
        ),
        (
            &tracked,
            "reached 9.64; not on trajectory, the difference is 1.57",
        ),
        (
            &tracked,
            "trajectory not known: not published; reached 649; cannot be judged",
        ),
        (&tracked, "The fee of the external partner: not published"),
        (&gap, "The division of the £110m by partner: not published"),
        (
            &pack,
            "The fee, the guarantee and the benefits of the partnership here: not published",
        ),
    ] {
        assert!(said.contains(expected), "{expected}: {said}");
    }
    for heading in [
        "Funding against costs",
        "Promised and measured",
        "Not known",
    ] {
        assert!(!neither.contains(heading), "{neither}");
    }
}

#[test]
fn what_is_wrong_is_told_with_its_line() {
    let text = std::fs::read_to_string(document("reablement.toml")).unwrap();
    let wrong = text.replace("take_up = 0.3", "take_up = -0.3");
    let line = wrong
        .lines()
        .position(|line| line == "take_up = -0.3")
        .unwrap()
        + 1;
    let file = std::env::temp_dir().join(format!(
        "stour-case-{}.toml",
        stour_kernel::Environment::system().id::<stour_kernel::Id>()
    ));
    std::fs::write(&file, wrong).unwrap();
    let refused = run(&["appraise", file.to_str().unwrap(), "--json"]);
    std::fs::remove_file(&file).unwrap();
    assert_eq!(refused.code, 1);
    let expected = format!("line {line}: take_up of bed-days is -0.3: it must not be negative");
    assert!(refused.errors.contains(&expected), "{}", refused.errors);
    let told: Value = serde_json::from_str(&refused.said).unwrap();
    assert_eq!(told["refused"]["mistakes"][0]["line"], line);
}

#[test]
fn what_is_misused_ends_with_2_and_what_is_not_there_with_1() {
    let file = document("reablement.toml");
    for words in [
        &["appraise"][..],
        &["appraise", &file, "--draws", "10"],
        &["appraise", &file, "--draws", "0", "--seed", "1"],
        &["shares"],
        &["gap"],
    ] {
        assert_eq!(run(words).code, 2, "{words:?}");
    }
    for command in ["appraise", "shares", "gap"] {
        let failed = run(&[command, "/nowhere.toml"]);
        assert_eq!((failed.code, failed.said.as_str()), (1, ""));
        assert!(failed.errors.contains("cannot read /nowhere.toml"));
    }
}

#[test]
fn a_document_of_another_kind_leads_to_its_own_command() {
    for (command, name, right) in [
        ("gap", "reablement.toml", "stour appraise"),
        ("appraise", "agreement.toml", "stour shares"),
        ("shares", "gap-2013.toml", "stour gap"),
    ] {
        let told = run(&[command, &document(name)]);
        assert_eq!(told.code, 1);
        assert!(told.errors.contains(right), "{}", told.errors);
    }
}

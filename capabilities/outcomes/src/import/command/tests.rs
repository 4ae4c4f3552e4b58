use std::path::{Path, PathBuf};

use stour_database::{params, sql};
use stour_kernel::testing::reference_data;
use stour_web::testing::{Site, each_house};

use super::*;

fn house(test: impl Fn(&Site)) {
    each_house(|| vec![crate::capability()], |site| test(&site));
}

fn asked(file: &Path, area: &str, value: &str, more: &[&str]) -> ImportSeries {
    let file = file.display().to_string();
    let words = [
        "series",
        &file,
        "--measure",
        "no-criteria-to-reside",
        "--area",
        area,
        "--date",
        "date",
        "--value",
        value,
    ];
    let command = (command().define)();
    let matches = command
        .try_get_matches_from(words.iter().chain(more))
        .unwrap();
    ImportSeries::from_arg_matches(&matches).unwrap()
}

/// A file of one test, removed with it.
struct Written(PathBuf);

impl Written {
    fn new(site: &Site, text: &str) -> Self {
        let name = format!(
            "stour-outcomes-{}-{}.csv",
            std::process::id(),
            site.environment().id::<stour_kernel::ThreadId>()
        );
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, text).unwrap();
        Self(path)
    }
}

impl Drop for Written {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn stored(site: &Site) -> (i64, i64, i64) {
    site.database()
        .read_blocking(|tx| {
            tx.one(
                sql!(
                    "SELECT (SELECT count(*) FROM series_point), (SELECT count(*) FROM series_import),
                            (SELECT count(*) FROM audit_entry WHERE action = 'series.import')"
                ),
                params![],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )
        })
        .unwrap()
}

#[test]
fn the_published_files_are_imported_with_their_missing_returns_named() {
    house(|site| {
        let column = "do_not_meet_criteria_to_reside";
        let Some(trusts) = reference_data("care/dorset_trust_criteria_to_reside.csv") else {
            return;
        };
        let Some(board) = reference_data("care/dorset_icb_criteria_to_reside.csv") else {
            return;
        };
        let (answer, result) = asked(&trusts, "nhs_trust22_code", column, &[]).run(site.house());
        assert_eq!(result, Ok(()));
        assert_eq!(
            answer,
            "Imported 2 series from 2,498 rows of dorset_trust_criteria_to_reside.csv: no-criteria-to-reside.\n\
             \x20 R0D University Hospitals Dorset NHS Foundation Trust: 2022-04-01 to 2025-08-31, 1,249 values; 1,249 new, 0 changed, 0 as before.\n\
             \x20   1 zero that cannot be true, shown as missing: 2022-06-19.\n\
             \x20 RBD Dorset County Hospital NHS Foundation Trust: 2022-04-01 to 2025-08-31, 1,249 values; 1,249 new, 0 changed, 0 as before.\n\
             \x20   2 zeros that cannot be true, shown as missing: 2022-04-26, 2022-06-19.\n"
        );
        let (answer, result) = asked(&board, "icb22_code", column, &["--json"]).run(site.house());
        assert_eq!(result, Ok(()));
        let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
        assert_eq!(answer["series"][0]["area"], "E54000041");
        assert_eq!(
            answer["series"][0]["zeros_that_are_missing_returns"],
            serde_json::json!(["2022-06-19"])
        );
        assert_eq!(stored(site), (3_747, 2, 2));
        let (answer, result) = asked(&trusts, "nhs_trust22_code", column, &[]).run(site.house());
        assert_eq!(result, Ok(()));
        assert!(
            answer.contains("0 new, 0 changed, 1,249 as before"),
            "{answer}"
        );
        assert_eq!(stored(site), (3_747, 2, 2));
    });
}

#[test]
fn a_refused_file_leaves_nothing_and_a_dry_run_leaves_nothing() {
    house(|site| {
        let bad = Written::new(site, "org,date,value\nR0D,2025-01-01,3\nRBD,2025-01-01,x\n");
        let (answer, result) = asked(&bad.0, "org", "value", &[]).run(site.house());
        assert_eq!(answer, "");
        let said = result.unwrap_err().to_string();
        assert!(
            said.contains("line 3, value: \"x\" is not a number."),
            "{said}"
        );
        let (answer, result) = asked(&bad.0, "org", "value", &["--json"]).run(site.house());
        let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
        assert_eq!(answer["refused"]["refusals"][0]["line"], 3);
        assert!(result.is_err());
        let good = Written::new(site, "org,date,value\nR0D,2025-01-01,3\n");
        let (answer, result) = asked(&good.0, "org", "value", &["--dry-run"]).run(site.house());
        assert_eq!(result, Ok(()));
        assert!(
            answer.starts_with("Nothing was recorded. It would give 1 series from 1 row of"),
            "{answer}"
        );
        assert_eq!(stored(site), (0, 0, 0));
    });
}

#[test]
fn what_is_not_there_is_said_with_what_to_do() {
    house(|site| {
        let nowhere = std::env::temp_dir().join("stour-no-such-file.csv");
        let (_, result) = asked(&nowhere, "org", "value", &[]).run(site.house());
        assert!(
            result
                .unwrap_err()
                .to_string()
                .contains("Check that it is there")
        );
        let unknown = ImportSeries {
            measure: Some("beds".to_owned()),
            ..asked(Path::new("x"), "org", "value", &[])
        };
        let said = unknown.run(site.house()).1.unwrap_err().to_string();
        assert!(
            said.contains("The measures are: no-criteria-to-reside"),
            "{said}"
        );
    });
}

#[test]
fn the_help_teaches_by_the_example() {
    let help = (command().define)().render_long_help().to_string();
    assert!(
        help.contains("--value do_not_meet_criteria_to_reside"),
        "{help}"
    );
    assert!(help.contains("--dry-run"), "{help}");
}

fn by_layout(file: &Path, layout: &str, more: &[&str]) -> ImportSeries {
    let file = file.display().to_string();
    let words = ["series", &file, "--layout", layout];
    let matches = (command().define)()
        .try_get_matches_from(words.iter().chain(more))
        .unwrap();
    ImportSeries::from_arg_matches(&matches).unwrap()
}

#[test]
fn a_layout_says_what_it_read_what_it_withheld_and_what_it_left_out() {
    house(|site| {
        let Some(file) = reference_data("care/dorset_trust_accidents_emergency.csv") else {
            return;
        };
        let (answer, result) = by_layout(&file, "ae-trusts", &[]).run(site.house());
        assert_eq!(result, Ok(()));
        for line in [
            "Imported 8 series from 203 rows of dorset_trust_accidents_emergency.csv: ae-attendances, ae-emergency-admissions, ae-within-four-hours.",
            "  R0D University Hospitals Dorset NHS Foundation Trust ae-within-four-hours: 2023-06-01 to 2025-07-01, 26 values; 26 new, 0 changed, 0 as before.",
            "    4 figures that cannot be true, shown as missing: 2024-02-01, 2024-03-01, 2025-02-01, 2025-03-01.",
            "    21 in \"attendances_over_4hours\" (first on line 20): the cell is empty.",
            "  52 rows of RYF left out: South Western Ambulance: no member of the partnership in this data.",
        ] {
            assert!(answer.contains(line), "{answer}\n wanted: {line}");
        }
        let file = reference_data("care/england_trust_beds_monthly.csv").unwrap();
        let (answer, result) = by_layout(&file, "beds-england", &["--dry-run"]).run(site.house());
        assert_eq!(result, Ok(()));
        assert!(
            answer.contains("other areas left out: neither of the partnership nor compared with."),
            "{answer}"
        );
        let (answer, _) = by_layout(&file, "beds-trusts", &[]).run(site.house());
        assert_eq!(answer, "", "its columns are others");
    });
}

#[test]
fn an_unknown_layout_is_answered_with_those_there_are() {
    house(|site| {
        let said = by_layout(Path::new("x"), "beds", &[]).run(site.house());
        let said = said.1.unwrap_err().to_string();
        assert!(said.starts_with("There is no layout \"beds\"."), "{said}");
        assert!(
            said.contains("  beds-trusts: General, acute and critical care beds"),
            "{said}"
        );
        let clash = (command().define)().try_get_matches_from([
            "series",
            "x",
            "--layout",
            "beds-trusts",
            "--measure",
            "no-criteria-to-reside",
        ]);
        assert!(clash.is_err());
        assert!(
            (command().define)()
                .try_get_matches_from(["series", "x"])
                .is_err()
        );
    });
}

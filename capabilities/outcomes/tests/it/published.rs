//! The published files, imported and looked at as somebody who reads boards does.

use std::ffi::OsString;

use axum::http::StatusCode;
use serde_json::Value;
use stour_kernel::testing::reference_data;
use stour_web::testing::Site;

use crate::support::house;

/// Imports files by their layouts; false where they are not at hand.
fn import(site: &Site, files: &[(&str, &str)]) -> bool {
    let commands = stour_outcomes::capability().commands;
    let command = commands
        .iter()
        .find(|command| command.under == ["import"])
        .unwrap();
    for (file, layout) in files {
        let Some(path) = reference_data(&format!("care/{file}")) else {
            return false;
        };
        let words = ["series", "--json", "--layout", layout].map(OsString::from);
        let words = words.into_iter().chain([path.into_os_string()]);
        let matches = (command.define)().try_get_matches_from(words).unwrap();
        (command.run)(site.house(), &matches).unwrap();
    }
    true
}

const DELAYS: [(&str, &str); 4] = [
    (
        "dorset_dtoc_days_by_reason_2011_2019.csv",
        "delayed-days-by-reason",
    ),
    (
        "dorset_dtoc_days_by_responsible_org_2011_2019.csv",
        "delayed-days-by-organisation",
    ),
    (
        "england_la_dtoc_total_days_2011_2019.csv",
        "delayed-days-total-england",
    ),
    (
        "england_dtoc_days_by_reason_2011_2019.csv",
        "delayed-days-by-reason-england",
    ),
];

fn point<'j>(json: &'j Value, date: &str) -> &'j Value {
    let points = json["points"].as_array().unwrap();
    points.iter().find(|point| point["date"] == date).unwrap()
}

#[test]
fn delays_are_one_series_across_the_councils_with_parts_and_comparators() {
    house(|site| {
        if !import(site, &DELAYS) {
            return;
        }
        let mut officer = site.browser("chief-officer");
        let json = officer.get_json("/api/series/delayed-days/together");
        assert_eq!(json["points"].as_array().unwrap().len(), 105);
        assert_eq!(point(&json, "2013-06-01")["value"], 237.0 + 1_046.0 + 216.0);
        let april = point(&json, "2019-04-01");
        assert_eq!(april["value"], Value::Null);
        assert!(
            april["missing"].as_str().unwrap().contains("Poole"),
            "{april}"
        );
        assert_eq!(json["joins"].as_array().unwrap().len(), 1);
        assert_eq!(json["joins"][0]["at"], "2019-05-01");
        let page = officer.get("/board/series/delayed-days/together");
        assert!(page.shows("Where it is joined"), "{}", page.body);
        assert!(page.shows("Beside other areas"), "{}", page.body);

        let dorset = officer.get_json("/api/series/delayed-days/E10000009");
        assert_eq!(point(&dorset, "2013-06-01")["value"], 1_046.0);
        assert_eq!(dorset["parts"].as_array().unwrap().len(), 14);
        let beside: Vec<&str> = dorset["beside"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["area"].as_str().unwrap())
            .collect();
        assert_eq!(beside[0], "E92000001");
        assert!(beside.contains(&"E10000014"), "{beside:?}");
        let page = officer.get("/board/series/delayed-days/E10000009");
        for text in [
            "Delayed transfers of care by reason",
            "Delayed transfers of care by organisation responsible",
            "The parts add up to the total in all 97 months that have both.",
            "From July 2015 the publisher names councils by the code of their area",
            "Its area adjoins Dorset.",
        ] {
            assert!(page.shows(text), "{text}: {}", page.body);
        }
        let list = officer.get("/board/series/delayed-days");
        assert!(list.shows("The partnership, joined") && list.shows("Hampshire"));
        let board = officer.get("/board");
        assert!(!board.shows("Hampshire") && !board.shows("Borough of Poole"));
    });
}

#[test]
fn what_is_known_to_be_wrong_is_withheld_and_said() {
    house(|site| {
        let files = [
            ("dorset_trust_accidents_emergency.csv", "ae-trusts"),
            ("dorset_icb_accidents_emergency.csv", "ae-boards"),
            ("dorset_ae_attendances_2016_2019.csv", "ae-by-type"),
        ];
        if !import(site, &files) {
            return;
        }
        let mut officer = site.browser("chief-officer");
        let board = officer.get_json("/api/series/ae-within-four-hours/E54000041");
        let early = point(&board, "2022-04-01");
        assert_eq!(early["value"], Value::Null);
        assert!(early["published"].as_f64().unwrap() > 90.0);
        assert!(
            early["missing"]
                .as_str()
                .unwrap()
                .contains("University Hospitals Dorset")
        );
        let admissions = officer.get_json("/api/series/ae-emergency-admissions/E54000041");
        assert_eq!(point(&admissions, "2022-04-01")["value"], Value::Null);
        let trust = officer.get_json("/api/series/ae-within-four-hours/R0D");
        assert_eq!(trust["first"], "2023-06-01");
        for month in ["2024-02-01", "2025-03-01"] {
            assert_eq!(point(&trust, month)["value"], Value::Null, "{month}");
        }
        assert_eq!(point(&trust, "2023-06-01")["target"], 76.0);
        assert_eq!(point(&trust, "2025-07-01")["target"], 78.0);
        let page = officer.get("/board/series/ae-within-four-hours/R0D");
        for text in [
            "to the last attendance",
            "Handbook to the NHS Constitution",
            "Chance alone (p)",
        ] {
            assert!(page.shows(text), "{text}: {}", page.body);
        }
        for chart in ["p", "p-prime"] {
            let path = format!("/board/series/ae-within-four-hours/R0D?chart={chart}");
            assert_eq!(officer.get(&path).status, StatusCode::OK);
        }
        let p = officer.get_json("/api/series/ae-within-four-hours/R0D?chart=p");
        let last = point(&p, "2025-07-01");
        let (lower, upper) = (
            last["lower_limit"].as_f64().unwrap(),
            last["upper_limit"].as_f64().unwrap(),
        );
        assert!(upper - lower < 3.0 && upper < 100.0, "{lower} to {upper}");
        let whole = officer.get_json("/api/series/ae-attendances/together");
        assert_eq!(point(&whole, "2020-09-01")["value"], Value::Null);
    });
}

/// The worked case of the research: mean 88.15%, limits 81.59 to 94.72.
#[test]
fn the_four_hour_chart_of_poole_is_as_others_draw_it() {
    house(|site| {
        if !import(
            site,
            &[("dorset_ae_attendances_2016_2019.csv", "ae-by-type")],
        ) {
            return;
        }
        let mut officer = site.browser("analyst");
        let path = "/api/series/ae-type-1-within-four-hours/RD3?profile=plotthedots-0.2.2";
        let json = officer.get_json(path);
        let first = point(&json, "2016-04-01");
        for (field, expected) in [
            ("mean", 88.15),
            ("lower_limit", 81.59),
            ("upper_limit", 94.72),
        ] {
            let value = first[field].as_f64().unwrap();
            assert!((value - expected).abs() < 0.01, "{field} {value}");
        }
        let path = "/board/series/ae-type-1-within-four-hours/RD3?profile=plotthedots-0.2.2";
        let page = officer.get(path);
        assert!(
            page.shows("Consistently failing the target"),
            "{}",
            page.body
        );
    });
}

#[test]
fn importing_published_files_again_changes_nothing() {
    house(|site| {
        if !import(site, &DELAYS) {
            return;
        }
        let mut officer = site.browser("analyst");
        let path = "/board/series/delayed-days/E10000009.csv";
        let before = officer.get(path).body;
        import(site, &DELAYS);
        assert_eq!(officer.get(path).body, before);
        let page = officer.get("/board/series/delayed-days/E10000009");
        assert!(!page.shows("published anew"), "{}", page.body);
    });
}

//! The published files, read by their layouts and held against known values.
#![expect(
    clippy::float_cmp,
    reason = "what is published comes out as it went in, to the last bit"
)]

use std::collections::BTreeMap;

use stour_kernel::Date;
use stour_kernel::testing::reference_data;
use stour_partnership::reference;

use super::*;
use crate::import::layout::layouts;
use crate::series::Values;

fn by(layout: &str, text: impl AsRef<[u8]>) -> Result<Read, Refused> {
    let all = layouts().unwrap();
    let found = all.iter().find(|one| one.named.name == layout).unwrap();
    let today = "2026-01-01".parse().unwrap();
    read(
        text.as_ref(),
        found,
        reference().unwrap(),
        today,
        &mut |_| {},
    )
}

/// A published file by its layout; `None` where it is not at hand.
fn published(file: &str, layout: &str) -> Option<Read> {
    let path = reference_data(&format!("care/{file}"))?;
    Some(by(layout, std::fs::read(path).unwrap()).unwrap_or_else(|refused| panic!("{refused}")))
}

fn of<'r>(read: &'r Read, measure: &str, area: &str, part: (&str, &str)) -> &'r Values {
    let (_, series) = read
        .series
        .iter()
        .find(|(one, _)| one.id == measure)
        .unwrap();
    let part = PartKey {
        breakdown: part.0.to_owned(),
        code: part.1.to_owned(),
    };
    let found = series
        .iter()
        .find(|one| one.area.code == area && one.part == part);
    &found.unwrap_or_else(|| panic!("{area} {part:?}")).values
}

const WHOLE: (&str, &str) = ("", "");

fn at(values: &Values, day: &str) -> f64 {
    values[&day.parse::<Date>().unwrap()].value
}

#[test]
fn delayed_days_are_read_across_three_structures_of_councils() {
    let Some(read) = published(
        "dorset_dtoc_days_by_reason_2011_2019.csv",
        "delayed-days-by-reason",
    ) else {
        return;
    };
    assert_eq!(read.rows, 307);
    for (area, days, months) in [
        ("E06000028", 237.0, 97),
        ("E10000009", 1_046.0, 97),
        ("E06000029", 216.0, 96),
    ] {
        let values = of(&read, "delayed-days", area, WHOLE);
        assert_eq!(
            (at(values, "2013-06-01"), values.len()),
            (days, months),
            "{area}"
        );
    }
    assert_eq!(of(&read, "delayed-days", "E06000058", WHOLE).len(), 8);
    let home_care = of(
        &read,
        "delayed-days",
        "E10000009",
        ("delayed-days-reason", "E"),
    );
    assert_eq!(at(home_care, "2013-06-01"), 101.0);
    let other = of(
        &read,
        "delayed-days",
        "E10000009",
        ("delayed-days-reason", "O"),
    );
    assert_eq!(other.keys().next().unwrap().to_string(), "2017-04-01");
    let poole: Vec<&Withheld> = read
        .withheld
        .iter()
        .filter(|one| one.field == "Total Delayed Transfers of Care")
        .collect();
    assert_eq!(poole.len(), 1);
    assert_eq!(poole[0].reason, "0 although every part of it is missing");
}

#[test]
fn delayed_days_by_organisation_add_up_to_the_totals() {
    let file = "dorset_dtoc_days_by_responsible_org_2011_2019.csv";
    let Some(read) = published(file, "delayed-days-by-organisation") else {
        return;
    };
    let june = |area: &str| {
        ["nhs", "social-care", "both"].map(|code| {
            let values = of(
                &read,
                "delayed-days",
                area,
                ("responsible-organisation", code),
            );
            at(values, "2013-06-01")
        })
    };
    assert_eq!(june("E06000028"), [180.0, 27.0, 30.0]);
    assert_eq!(june("E10000009"), [792.0, 254.0, 0.0]);
    assert_eq!(june("E06000029"), [184.0, 32.0, 0.0]);
    let nhs = of(
        &read,
        "delayed-days",
        "E06000059",
        ("responsible-organisation", "nhs"),
    );
    assert_eq!((at(nhs, "2019-05-01"), nhs.len()), (1_222.0, 8));
}

#[test]
fn the_reasons_of_may_2025_are_132_and_their_total_is_their_sum() {
    let file = "dorset_delayed_discharge_reasons.csv";
    let Some(read) = published(file, "delay-reasons-trusts") else {
        return;
    };
    let total = of(&read, "delayed-by-reason", "R0D", WHOLE);
    assert_eq!((at(total, "2025-05-01"), total.len()), (132.0, 12));
    for (code, patients) in [("C1", 19.0), ("C7", 17.0), ("I6", 16.0)] {
        let values = of(
            &read,
            "delayed-by-reason",
            "R0D",
            ("delay-reason-2024", code),
        );
        assert_eq!(at(values, "2025-05-01"), patients, "{code}");
    }
    let england = published(
        "england_delayed_discharge_reasons_total.csv",
        "delay-reasons-england",
    )
    .unwrap();
    assert_eq!(
        of(&england, "delayed-by-reason", "E92000001", WHOLE).len(),
        12
    );
}

#[test]
fn beds_discharges_and_means_are_as_they_were_published() {
    let Some(beds) = published("dorset_critical_general_acute_beds.csv", "beds-trusts") else {
        return;
    };
    let occupied = of(&beds, "general-acute-beds-occupied", "R0D", WHOLE);
    assert_eq!(at(occupied, "2025-08-01"), 941.0);
    let share = of(&beds, "general-acute-occupancy", "R0D", WHOLE);
    assert!((at(share, "2022-04-01") - 94.79).abs() < 0.01);
    let england = published("england_trust_beds_monthly.csv", "beds-england").unwrap();
    assert_eq!(
        of(&england, "general-acute-occupancy", "E92000001", WHOLE).len(),
        41
    );
    assert!(england.left_out.len() > 100, "{}", england.left_out.len());
    assert_eq!(
        of(&england, "general-acute-beds-occupied", "R0D", WHOLE),
        occupied
    );

    let left = published("dorset_trust_discharged_patients.csv", "discharges-trusts").unwrap();
    assert_eq!(of(&left, "discharges", "RBD", WHOLE).len(), 1_249);
    let by_five = of(&left, "discharges", "RBD", ("discharge-time", "by-1700"));
    assert_eq!(by_five.len(), 1_249 - 823);
    let board = published("dorset_icb_discharged_patients.csv", "discharges-boards").unwrap();
    assert_eq!(of(&board, "discharges", "E54000041", WHOLE).len(), 1_249);

    let means = published(
        "england_trust_criteria_to_reside_monthly_mean.csv",
        "criteria-to-reside-monthly-england",
    )
    .unwrap();
    let mean = of(&means, "no-criteria-to-reside-mean", "R0D", WHOLE);
    assert!((at(mean, "2025-08-01") - 304.0).abs() < 0.05);
}

#[test]
fn attendances_are_read_by_type_and_of_all_types() {
    let Some(early) = published("dorset_ae_attendances_2016_2019.csv", "ae-by-type") else {
        return;
    };
    let major = of(&early, "ae-type-1-within-four-hours", "RD3", WHOLE);
    let mean = major.values().map(|value| value.value).sum::<f64>() / 36.0;
    assert_eq!(major.len(), 36);
    assert!((mean - 88.15).abs() < 0.01, "{mean}");
    let all = of(&early, "ae-attendances", "RBD", WHOLE);
    assert_eq!(at(all, "2016-11-01"), 3_459.0 + 3_759.0);
    assert_eq!(early.left_out[0].area, "RYF");
    assert_eq!(early.left_out[0].rows, 29);

    let late = published("dorset_trust_accidents_emergency.csv", "ae-trusts").unwrap();
    let within = of(&late, "ae-within-four-hours", "R0D", WHOLE);
    assert_eq!(within.keys().next().unwrap().to_string(), "2023-06-01");
    assert_eq!(of(&late, "ae-attendances", "R0D", WHOLE).len(), 47);
    let blank = late
        .withheld
        .iter()
        .find(|one| one.reason == "the cell is empty");
    assert_eq!(blank.unwrap().count, 21);
    let board = published("dorset_icb_accidents_emergency.csv", "ae-boards").unwrap();
    assert_eq!(of(&board, "ae-attendances", "E54000041", WHOLE).len(), 40);
    for (file, layout) in [
        ("england_ae_attendances_2016_2019.csv", "ae-by-type-england"),
        ("england_trust_ae_monthly.csv", "ae-trusts-england"),
    ] {
        let england = published(file, layout).unwrap();
        let share = of(&england, "ae-within-four-hours", "E92000001", WHOLE);
        assert!(
            share
                .values()
                .all(|value| (60.0..95.0).contains(&value.value)),
            "{file}"
        );
    }
}

#[test]
fn adult_social_care_is_read_by_financial_year() {
    let file = "dorset_oflog_asc_measures_2015_2023.csv";
    let Some(read) = published(file, "adult-social-care") else {
        return;
    };
    let sequel = of(&read, "short-term-sequel", "E06000059", WHOLE);
    let years: Vec<(String, f64)> = sequel
        .iter()
        .map(|(at, value)| (at.to_string(), value.value))
        .collect();
    assert_eq!(years[0], ("2019-04-01".to_owned(), 69.7));
    assert_eq!(years.len(), 4);
    assert_eq!(read.series.len(), 7);
    let england = published(
        "england_la_oflog_asc_measures_2015_2023.csv",
        "adult-social-care-england",
    )
    .unwrap();
    let median = of(&england, "short-term-sequel", "E92000001", WHOLE);
    assert_eq!((at(median, "2021-04-01"), median.len()), (76.4, 8));
    assert_eq!(
        of(&england, "short-term-sequel", "E10000014", WHOLE).len(),
        8
    );
}

#[test]
fn england_and_the_neighbours_are_read_from_the_file_of_all_councils() {
    let file = "england_la_dtoc_total_days_2011_2019.csv";
    let Some(read) = published(file, "delayed-days-total-england") else {
        return;
    };
    assert_eq!(
        at(of(&read, "delayed-days", "E92000001", WHOLE), "2019-04-01"),
        130_773.0
    );
    for neighbour in ["E10000014", "E06000054", "E10000027", "E10000008"] {
        assert_eq!(
            of(&read, "delayed-days", neighbour, WHOLE).len(),
            105,
            "{neighbour}"
        );
    }
    let by_reason = published(
        "england_dtoc_days_by_reason_2011_2019.csv",
        "delayed-days-by-reason-england",
    )
    .unwrap();
    assert_eq!(
        of(&by_reason, "delayed-days", "E92000001", WHOLE),
        of(&read, "delayed-days", "E92000001", WHOLE)
    );
}

const REASONS: &str = "Code,Name,Awaiting completion of assessment,Awaiting public funding,Awaiting further NHS non-acute care,Awaiting residential home placement or availability,Awaiting nursing home placement or availability,Awaiting care package in own home,Awaiting community equipment and adaptations,Patient or family choice,Disputes,Housing - Patients not covered by NHS and Community Care Act,Other,Total Delayed Transfers of Care,month";

#[test]
fn each_kind_of_bad_row_is_refused_with_its_line_and_reason() {
    let ae = "org_code,period,type,attendances,breaches\nRBD,2018-01-01,1,100,5\n";
    let delays = format!("{REASONS}\n810,B,1,1,1,1,1,1,1,1,1,1,,10,2013-06\n");
    for (layout, text, expected) in [
        (
            "ae-by-type",
            format!("{ae}RD3,2018-01-01,1,100,101\n"),
            "line 3, breaches: 101 of 100 is more than all.",
        ),
        (
            "ae-by-type",
            format!("{ae}RD3,2018-01-01,9,100,1\n"),
            "line 3, type: \"9\" is not in the list \"emergency-department-type\".",
        ),
        (
            "ae-by-type",
            format!("{ae}RX1,2018-01-01,1,100,1\n"),
            "line 3, org_code: \"RX1\" is no organisation or area of the partnership.",
        ),
        (
            "ae-by-type",
            format!("{ae}RBD,2018-01-01,1,101,5\n"),
            "line 3, attendances: an earlier line has 100 for RBD on 2018-01-01, this one 101.",
        ),
        (
            "ae-by-type",
            format!("{ae}RD3,2018-01-02,1,100,5\n"),
            "line 3, period: 2018-01-02 is not the first day of a month.",
        ),
        (
            "ae-by-type",
            "org_code,period,type,attendances\n".to_owned(),
            "line 1, breaches: no column has this heading.",
        ),
        (
            "delayed-days-by-reason",
            format!("{delays}811,P,1,1,-1,1,1,1,1,1,1,1,,10,2013-06\n"),
            "line 3, Awaiting further NHS non-acute care: -1 is negative.",
        ),
        (
            "delayed-days-by-reason",
            format!("{delays}811,P,1,1,1,1,1,1,1,1,1,1,,10,June 2013\n"),
            "line 3, month: \"June 2013\" is not a date. Write months as 2025-08.",
        ),
        (
            "delayed-days-by-reason",
            format!("{delays}811,P,1,1,1,1,1,1,1,1,1,1,,10,2021-06\n"),
            "line 3, month: 2021-06-01 is outside the dates of the layout.",
        ),
        (
            "adult-social-care",
            "Local authority code,Financial year,Code,Value,MEDIAN\nE06000059,2021-23,ASC3,50,60\n"
                .to_owned(),
            "line 2, Financial year: \"2021-23\" is not a date. Write financial years as 2024-25.",
        ),
        (
            "adult-social-care",
            "Local authority code,Financial year,Code,Value,MEDIAN\nE06000059,2021-22,ASC3,150,60\n"
                .to_owned(),
            "line 2, Value: 150 is more than 100 per cent.",
        ),
    ] {
        let said = by(layout, &text).unwrap_err().to_string();
        assert!(said.contains(expected), "{said}\n wanted: {expected}");
    }
}

#[test]
fn what_is_not_given_is_withheld_and_named() {
    let text = "org_code,period,type,attendances,breaches\n\
                RBD,2018-01-01,1,0,0\nRBD,2018-02-01,1,NA,NA\nRBD,2018-03-01,1,10,1\n";
    let read = by("ae-by-type", text).unwrap();
    let share = of(&read, "ae-within-four-hours", "RBD", WHOLE);
    assert_eq!((share.len(), at(share, "2018-03-01")), (1, 90.0));
    let named: Vec<String> = read
        .withheld
        .iter()
        .map(|one| format!("{} {}: {}", one.field, one.first_line, one.reason))
        .collect();
    assert!(
        named.contains(&"attendances 2: 0: there is nothing to be a share of".to_owned()),
        "{named:?}"
    );
    assert!(
        named.contains(&"attendances 3: “NA” stands for a missing return".to_owned()),
        "{named:?}"
    );
}

#[test]
fn a_total_of_parts_needs_every_part_where_the_layout_says_so() {
    let list = crate::breakdown::breakdown("delay-reason-2024").unwrap();
    let rows: BTreeMap<&str, String> = ["2024-06-01", "2024-07-01"]
        .into_iter()
        .map(|month| {
            let rows = list
                .part
                .iter()
                .map(|part| format!("R0D,{month},\"{}\",2\n", part.published));
            (month, rows.collect())
        })
        .collect();
    let (_, cut) = rows["2024-07-01"].split_once('\n').unwrap();
    let text = format!(
        "nhs_trust22_code,date,delay_reason,delay_count\n{}{cut}",
        rows["2024-06-01"]
    );
    let read = by("delay-reasons-trusts", text).unwrap();
    let total = of(&read, "delayed-by-reason", "R0D", WHOLE);
    assert_eq!((at(total, "2024-06-01"), total.len()), (74.0, 1));
    assert_eq!(
        read.withheld[0].reason,
        "R0D on 2024-07-01: 36 of 37 parts have a figure"
    );
}

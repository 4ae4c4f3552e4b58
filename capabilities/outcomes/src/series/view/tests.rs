use std::collections::BTreeMap;

use stour_kernel::Environment;
use stour_partnership::reference;
use stour_statistics::xmr::Profile;

use super::*;
use crate::measure::measure;
use crate::series::{PartKey, judge};

fn whole(profile: Profile) -> Whole {
    let measure = measure("no-criteria-to-reside").unwrap();
    let mut points = BTreeMap::new();
    let mut at: Date = "2024-01-01".parse().unwrap();
    for number in 0_u32..800 {
        let value = f64::from(100 + number * 37 % 23 + number / 40);
        match number {
            300 => points.insert(at, 0.0),
            500 => None,
            _ => points.insert(at, value),
        };
        at = at.tomorrow().unwrap();
    }
    let judgement = judge(measure, &points.into(), &[], profile.into()).unwrap();
    Whole {
        series: Series {
            id: Environment::fixed("2026-01-01T00:00:00Z").id(),
            measure: measure.id.clone(),
            area: "R0D".to_owned(),
            area_kind: "acute-trust".to_owned(),
            part: PartKey::default(),
            source: measure.source.clone(),
            definition_version: measure.definition_version.clone(),
        },
        measure,
        area: Area::named(reference().unwrap(), "R0D").unwrap(),
        judgement,
        is_counted: false,
        rebases: Vec::new(),
        annotations: Vec::new(),
        revisions: Vec::new(),
        joins: Vec::new(),
        divided: Vec::new(),
        compared: Vec::new(),
    }
}

fn nothing_said() -> Said {
    Said {
        commentary: Commentary::default(),
        today: "2026-11-01".parse().unwrap(),
        may: false,
    }
}

#[test]
fn the_chart_the_file_and_the_judgement_say_the_same_numbers() {
    for profile in [Profile::MakingDataCount, Profile::PlotTheDots022] {
        let whole = whole(profile);
        let chart = whole.chart(Window::All, profile.into());
        let csv = whole.csv();
        let mut lines = csv.lines();
        assert_eq!(
            lines.next(),
            Some("date,published,value,missing,mean,lower_limit,upper_limit,variation,rule,target")
        );
        assert_eq!(chart.points.len(), 800);
        for ((point, day), line) in chart.points.iter().zip(&whole.judgement.days).zip(lines) {
            assert_eq!(point.value, day.judged.value);
            let cells: Vec<&str> = line.split(',').collect();
            assert_eq!(cells[0], day.judged.at.to_string());
            assert_eq!(cells[2].parse().ok(), point.value);
            if point.value.is_some() {
                let limits = point.limits.unwrap();
                assert_eq!(cells[4].parse(), Ok(limits.mean));
                assert_eq!(cells[5].parse(), Ok(limits.lower));
                assert_eq!(cells[6].parse(), Ok(limits.upper));
                assert_eq!(cells[8], point.note);
            }
        }
    }
}

#[test]
fn the_window_changes_what_is_drawn_and_no_verdict() {
    let whole = whole(Profile::default());
    let chart = |window| whole.chart(window, Method::default());
    let (year, all) = (chart(Window::Year), chart(Window::All));
    assert_eq!(year.points.len(), 365);
    assert_eq!(year.points, all.points[435..]);
    assert_eq!(Window::named(Some("all"), Every::Day), Window::All);
    assert_eq!(Window::named(Some("nonsense"), Every::Day), Window::Year);
}

#[test]
fn the_page_lists_what_is_missing_and_says_what_the_measure_is_not() {
    let page = whole(Profile::default())
        .page(Window::Year, Method::default(), &nothing_said())
        .into_string();
    assert!(page.contains("27 October 2024"), "the zero");
    assert!(page.contains("taken as a missing return"));
    assert!(page.contains("Nothing was published for this day."));
    assert!(page.contains("A count of beds to close"));
    assert!(page.contains("Unverified: the Making Data Count rules"));
    assert!(page.contains(".csv?profile=making-data-count"));
}

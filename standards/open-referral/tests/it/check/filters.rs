use serde_json::json;
use stour_open_referral::check::{Level, Outcome, Verdict};

use super::simulated::{Feed, json as answer, plain};
use super::{checked, verdict};

const FILTERS: [&str; 5] = [
    "filter-age",
    "filter-place",
    "filter-time",
    "filter-taxonomy",
    "filter-text",
];

#[test]
fn a_feed_that_does_what_it_should_passes_everything() {
    let feed = Feed::good();
    let report = checked(feed.fetch());
    assert_eq!(report.outcome, Outcome::Pass, "{report}");
    for check in &report.checks {
        assert_eq!(check.verdict, Verdict::Pass, "{report}");
        assert!(
            check.id == "openness" || check.id == "assurance" || !check.asked.is_empty(),
            "{report}"
        );
    }
    assert_eq!(
        (
            report.sample.total,
            report.sample.pages,
            report.sample.services
        ),
        (Some(60), 6, 60)
    );
    assert_eq!(report.sample.details, 30);
    assert_eq!(report.completeness["service"], 60);
    assert_eq!(report.completeness["schedule"], 30);
    assert_eq!(report.completeness["funding"], 0);
    assert!(report.requests < 90, "{}", report.requests);
}

#[test]
fn a_filter_that_is_ignored_fails_and_no_other_does() {
    for (parameter, failing) in [
        ("minimum_age", "filter-age"),
        ("maximum_age", "filter-age"),
        ("postcode", "filter-place"),
        ("day", "filter-time"),
        ("taxonomy_term_id", "filter-taxonomy"),
        ("search", "filter-text"),
    ] {
        let feed = Feed::ignoring(parameter);
        let report = checked(feed.fetch());
        assert_eq!(report.outcome, Outcome::Fail, "{parameter}: {report}");
        for filter in FILTERS {
            let expected = if filter == failing {
                Verdict::Fail
            } else {
                Verdict::Pass
            };
            assert_eq!(
                verdict(&report, filter),
                Some(expected),
                "{parameter}: {report}"
            );
        }
        assert!(
            report.to_string().contains("the filter is ignored"),
            "{parameter}: {report}"
        );
    }
}

#[test]
fn what_is_only_good_to_know_does_not_fail_a_feed() {
    for (parameter, id) in [("modified_after", "modified-after"), ("format", "ndjson")] {
        let feed = Feed::ignoring(parameter);
        let report = checked(feed.fetch());
        assert_eq!(report.outcome, Outcome::Pass, "{report}");
        assert_eq!(verdict(&report, id), Some(Verdict::Warning), "{report}");
        assert_eq!(report.count(Verdict::Warning), 0, "{report}");
    }
}

#[test]
fn a_filter_that_finds_nothing_fails() {
    let feed = Feed::good();
    let report = checked(|path: &str| {
        if path.contains("search=") {
            let empty = json!({
                "total_items": 0, "total_pages": 0, "page_number": 1, "size": 0, "first_page": true,
                "last_page": true, "empty": true, "contents": [],
            });
            return Ok(answer(&empty));
        }
        Ok(feed.answer(path))
    });
    assert_eq!(
        verdict(&report, "filter-text"),
        Some(Verdict::Fail),
        "{report}"
    );
    assert!(
        report
            .to_string()
            .contains("was not found by its own values"),
        "{report}"
    );
}

#[test]
fn a_filter_that_is_refused_fails_with_the_status() {
    let feed = Feed::good();
    let report = checked(|path: &str| {
        Ok(if path.contains("start_time") {
            plain(500, "oh no")
        } else {
            feed.answer(path)
        })
    });
    let check = report.check("filter-time").unwrap();
    assert_eq!(check.verdict, Verdict::Fail);
    assert_eq!(check.said, "it cannot be asked: status 500");
}

#[test]
fn lists_that_a_feed_need_not_have_are_warnings() {
    let feed = Feed {
        lacks: &["/taxonom", "/service_at_locations"],
        ..Feed::good()
    };
    let report = checked(feed.fetch());
    assert_eq!(report.outcome, Outcome::Pass, "{report}");
    for id in [
        "taxonomies",
        "taxonomy-terms",
        "service-at-locations",
        "filter-place",
    ] {
        assert_eq!(
            verdict(&report, id),
            Some(Verdict::Warning),
            "{id}: {report}"
        );
    }
    for id in ["taxonomy", "taxonomy-term", "service-at-location"] {
        assert_eq!(
            verdict(&report, id),
            Some(Verdict::NotTested),
            "{id}: {report}"
        );
    }
    assert!(
        report
            .check("taxonomies")
            .unwrap()
            .said
            .contains("does not offer it (status 404)")
    );
}

#[test]
fn the_report_is_told_in_words_and_as_json() {
    let feed = Feed::ignoring("day");
    let report = checked(feed.fetch());
    let text = report.to_string();
    for words in [
        "FAILS: 1 failed, 0 with warnings",
        "Level 1",
        "By day and time: the filter is ignored",
        "60 of 60 services on 6 pages, 30 of them whole",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json["outcome"], "fail");
    assert_eq!(json["version"], "3.0");
    let filters = report
        .checks
        .iter()
        .filter(|check| check.level == Level::Filter);
    assert_eq!(filters.count(), FILTERS.len());
    assert_eq!(json["checks"][0]["verdict"], "pass");
}

use serde_json::{Value, json};
use stour_open_referral::check::{Answer, Failure, Outcome, Severity, Verdict};

use super::simulated::{Feed, json as answer, plain};
use super::{checked, verdict};

#[test]
fn a_feed_that_is_not_there_could_not_be_checked() {
    for failure in [
        Failure::Unreachable("connection refused".to_owned()),
        Failure::TimedOut,
        Failure::Redirects,
        Failure::TooLarge(20_000_000),
    ] {
        let mut asked = 0;
        let report = checked(|_: &str| -> Result<Answer, Failure> {
            asked += 1;
            Err(failure.clone())
        });
        assert_eq!(report.outcome, Outcome::NotRun, "{report}");
        assert!(
            report.to_string().contains(&failure.to_string()),
            "{report}"
        );
        assert!(asked <= 3);
    }
}

#[test]
fn what_is_no_feed_fails_and_is_described() {
    for body in [
        "<!doctype html>\n<title>Not found</title>",
        "",
        "[]",
        "null",
        "{\"a\":1}",
        "\u{0}\u{1}",
    ] {
        let report = checked(|_: &str| Ok(plain(200, body)));
        assert_eq!(report.outcome, Outcome::Fail, "{report}");
        assert_eq!(report.version, None);
    }
    let report = checked(|_: &str| Ok(plain(200, "<!doctype html>\n\u{1b}[31m<title>")));
    assert!(
        report
            .to_string()
            .contains("is not JSON but begins with \"<!doctype html>  [31m<title>\""),
        "{report}"
    );
    let report = checked(|_: &str| Ok(plain(503, "")));
    assert_eq!(report.outcome, Outcome::Fail);
    assert!(report.to_string().contains("status 503"), "{report}");
}

#[test]
fn a_feed_that_dies_half_way_is_not_waited_for() {
    let feed = Feed::good();
    for lasts in [3, 10, 30, 50] {
        let (mut asked, mut after) = (0, 0);
        let report = checked(|path: &str| {
            asked += 1;
            if asked > lasts {
                after += 1;
                return Err(Failure::TimedOut);
            }
            Ok(feed.answer(path))
        });
        assert_eq!(report.outcome, Outcome::Fail, "{lasts}: {report}");
        assert_eq!(after, 3, "{lasts}");
        assert!(
            report.to_string().contains("no answer in time"),
            "{lasts}: {report}"
        );
        assert!(
            report
                .to_string()
                .contains("has not answered three times in a row"),
            "{lasts}: {report}"
        );
    }
}

#[test]
fn a_feed_that_ignores_pages_is_told_from_one_that_pages() {
    let feed = Feed::ignoring("page");
    let report = checked(feed.fetch());
    assert_eq!(report.outcome, Outcome::Fail);
    assert_eq!(report.sample.services, 10);
    let fault = report
        .check("services")
        .unwrap()
        .faults
        .iter()
        .find(|fault| fault.severity == Severity::Error);
    assert!(
        fault
            .unwrap()
            .what
            .contains("the parameter page is ignored"),
        "{report}"
    );
}

/// A feed without end, each page of which holds other services.
fn endless(path: &str, padding: &str) -> Answer {
    let (list, query) = path.split_once('?').unwrap_or((path, ""));
    let number = query.split('&').find_map(|pair| pair.strip_prefix("page="));
    let number: u64 = number.and_then(|number| number.parse().ok()).unwrap_or(1);
    if list != "/services" {
        return plain(404, "");
    }
    let id = |place: u64| {
        format!(
            "00000000-0000-4000-8000-{:012}",
            number % 1_000 * 10 + place
        )
    };
    let service =
        |place| json!({"id": id(place), "name": "A", "status": "active", "description": padding});
    answer(&json!({
        "total_items": u64::MAX, "total_pages": u64::MAX, "page_number": number, "size": 10,
        "first_page": number == 1, "last_page": false, "empty": false,
        "contents": (0..10).map(service).collect::<Vec<Value>>(),
    }))
}

#[test]
fn a_feed_without_end_is_read_for_so_long_and_no_longer() {
    let mut asked = 0;
    let report = checked(|path: &str| {
        asked += 1;
        Ok(endless(path, ""))
    });
    assert_eq!(report.outcome, Outcome::Fail);
    assert_eq!(report.sample.pages, 12);
    assert_eq!(report.sample.services, 120);
    assert!(asked < 80, "{asked}");
}

#[test]
fn large_pages_are_read_and_the_report_stays_small() {
    let padding = "a long description ".repeat(55_000);
    let report = checked(|path: &str| Ok(endless(path, &padding)));
    assert!(report.sample.services >= 10);
    assert!(report.sample.services < 120, "{}", report.sample.services);
    assert!(report.to_string().len() < 20_000);
}

#[test]
fn a_feed_is_asked_no_more_often_than_is_allowed() {
    let feed = Feed::good();
    let mut plan = super::plan();
    plan.requests = 20;
    let mut asked = 0;
    let report = stour_open_referral::check::check(&plan, &mut |path: &str| {
        asked += 1;
        Ok(feed.answer(path))
    });
    assert_eq!((asked, report.requests), (20, 20));
    assert!(
        report.to_string().contains("asked as often as is allowed"),
        "{report}"
    );
}

#[test]
fn a_feed_that_other_sites_cannot_read_is_warned() {
    let feed = Feed::good();
    let report = checked(|path: &str| {
        Ok(Answer {
            allow_origin: None,
            content_type: "text/html".to_owned(),
            ..feed.answer(path)
        })
    });
    assert_eq!(report.outcome, Outcome::Pass, "{report}");
    assert_eq!(verdict(&report, "openness"), Some(Verdict::Warning));
    assert_eq!(report.check("openness").unwrap().faults.len(), 2);
}

#[test]
fn an_empty_feed_is_warned_and_nothing_is_claimed() {
    let report = checked(|path: &str| {
        Ok(match path {
            "/" => answer(
                &json!({"version": "3.0", "profile": "https://a.test", "openapi_url": "https://a.test"}),
            ),
            _ => answer(&json!({
                "total_items": 0, "total_pages": 0, "page_number": 1, "size": 0, "first_page": true,
                "last_page": true, "empty": true, "contents": [],
            })),
        })
    });
    assert_eq!(report.outcome, Outcome::Pass, "{report}");
    assert_eq!(verdict(&report, "services"), Some(Verdict::Warning));
    for id in [
        "service",
        "filter-age",
        "filter-place",
        "filter-time",
        "filter-taxonomy",
        "filter-text",
    ] {
        assert_eq!(verdict(&report, id), Some(Verdict::NotTested), "{report}");
    }
}

#[test]
fn records_of_any_shape_are_judged_and_break_nothing() {
    let odd = [
        json!(1),
        json!(null),
        json!("a"),
        json!([]),
        json!({"id": 5}),
        json!({"id": "a", "service_at_locations": [1, {"location": []}], "schedules": {"a": 1}, "attributes": [[1]], "minimum_age": -1, "maximum_age": 1e300}),
    ];
    let report = checked(|path: &str| {
        Ok(if path.starts_with("/services?") || path == "/services" {
            answer(
                &json!({"contents": odd, "total_items": "6", "total_pages": -1, "first_page": "yes"}),
            )
        } else {
            plain(200, "\"a\"")
        })
    });
    assert_eq!(report.outcome, Outcome::Fail, "{report}");
    assert!(
        report.check("services").unwrap().faults.len() > 8,
        "{report}"
    );
}

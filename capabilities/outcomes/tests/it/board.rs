use axum::http::StatusCode;

use stour_outcomes::series::Values;

use crate::support::{a_series, day, house, published};

const ALLOWED: [&str; 3] = ["chief-officer", "analyst", "service-manager"];
const REFUSED: [&str; 9] = [
    "adviser",
    "practitioner",
    "community",
    "ward",
    "transfer-hub",
    "governance",
    "administrator",
    "resident",
    "integration",
];
const PAGES: [&str; 4] = [
    "/board",
    "/board/series/no-criteria-to-reside/R0D",
    "/board/series/no-criteria-to-reside/R0D.csv",
    "/board/indicators/still-at-home",
];
const ANSWERS: [&str; 3] = [
    "/api/series",
    "/api/series/no-criteria-to-reside/R0D",
    "/api/indicators/still-at-home",
];

#[test]
fn officers_analysts_and_service_managers_see_boards_and_nobody_else_does() {
    house(|site| {
        a_series(site);
        for role in ALLOWED {
            let mut browser = site.browser(role);
            for path in PAGES.iter().chain(&ANSWERS) {
                assert_eq!(browser.get(path).status, StatusCode::OK, "{role} {path}");
            }
        }
        for role in REFUSED {
            let mut browser = site.browser(role);
            for path in PAGES.iter().chain(&ANSWERS) {
                assert_eq!(
                    browser.get(path).status,
                    StatusCode::FORBIDDEN,
                    "{role} {path}"
                );
            }
        }
        for path in PAGES.iter().chain(&ANSWERS) {
            assert!(!site.stranger().get(path).status.is_success(), "{path}");
        }
    });
}

#[test]
fn an_empty_board_says_how_to_fill_it() {
    house(|site| {
        let answer = site.browser("chief-officer").get("/board");
        assert!(answer.shows("stour import series"), "{}", answer.body);
        assert!(
            answer.shows("nobody yet") || answer.shows("Nobody"),
            "{}",
            answer.body
        );
    });
}

#[test]
fn the_page_of_a_series_says_its_message_and_the_file_has_all_of_it() {
    house(|site| {
        a_series(site);
        let mut browser = site.browser("chief-officer");
        let board = browser.get("/board");
        assert!(board.shows("Special cause: concern"), "{}", board.body);
        assert!(board.shows("31 August 2025"), "{}", board.body);
        let page = browser.get("/board/series/no-criteria-to-reside/R0D");
        let message = "University Hospitals Dorset: more patients with no criteria to reside – special cause, last 9 days above the mean";
        assert!(page.shows(message), "{}", page.body);
        assert!(
            page.shows("10 December 2024") && page.shows("missing return"),
            "{}",
            page.body
        );
        assert!(page.shows("A publication"));
        let other = browser
            .get("/board/series/no-criteria-to-reside/R0D?profile=plotthedots-0.2.2&period=all");
        assert!(other.shows("NHSRplotthedots 0.2.2"), "{}", other.body);
        let file = browser.get("/board/series/no-criteria-to-reside/R0D.csv");
        assert_eq!(file.headers["content-type"], "text/csv; charset=utf-8");
        assert_eq!(file.body.lines().count(), 366);
        assert!(file.body.contains("\r\n2024-12-10,0,,"), "{}", file.body);
        let json = browser.get_json("/api/series/no-criteria-to-reside/R0D");
        assert_eq!(json["message"], message);
        assert_eq!(json["points"].as_array().unwrap().len(), 365);
        assert_eq!(json["points"][100]["published"], 0.0);
        assert_eq!(json["points"][100]["value"], serde_json::Value::Null);
        assert_eq!(
            browser.get_json("/api/series")[0]["latest_date"],
            "2025-08-31"
        );
    });
}

#[test]
fn what_is_not_there_is_not_found() {
    house(|site| {
        a_series(site);
        let mut browser = site.browser("service-manager");
        for path in [
            "/board/series/no-criteria-to-reside/RBD",
            "/board/series/no-such-measure/R0D",
            "/board/series/no-criteria-to-reside/%00",
            "/board/series/no-criteria-to-reside/RBD.csv",
            "/board/indicators/no-such-indicator",
            "/board/indicators/no-such-indicator/people",
            "/board/indicators/still-at-home/people?period=nonsense",
            "/api/series/no-criteria-to-reside/RBD",
            "/api/series/%00/R0D",
            "/api/indicators/no-such-indicator",
        ] {
            assert_eq!(browser.get(path).status, StatusCode::NOT_FOUND, "{path}");
        }
    });
}

#[test]
fn figures_too_great_to_be_added_up_or_judged_leave_the_others_on_the_board() {
    house(|site| {
        let first = day("2025-01-01");
        let days = std::iter::successors(Some(first), |day| day.tomorrow().ok());
        let values: Values = days.take(40).map(|day| (day, 1e308.into())).collect();
        published(site, &[("R0D", values.clone()), ("RBD", values)]);
        let mut analyst = site.browser("analyst");
        for path in ["/board", "/board.csv", "/api/series"] {
            assert_eq!(analyst.get(path).status, StatusCode::OK, "{path}");
        }
    });
}

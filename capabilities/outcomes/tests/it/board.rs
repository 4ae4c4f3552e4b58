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
const PAGES: [&str; 10] = [
    "/board",
    "/board/series/no-criteria-to-reside",
    "/board/series/no-criteria-to-reside.csv",
    "/board/series/no-criteria-to-reside.xlsx",
    "/board/series/no-criteria-to-reside.json",
    "/board/series/no-criteria-to-reside/R0D",
    "/board/series/no-criteria-to-reside/R0D.csv",
    "/board/series/no-criteria-to-reside/R0D.xlsx",
    "/board/series/no-criteria-to-reside/R0D.json",
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
            "/board/series/no-criteria-to-reside/RBD.xlsx",
            "/board/series/no-criteria-to-reside/RBD.json",
            "/board/series/no-such-measure.csv",
            "/board/series/no-such-measure.xlsx",
            "/board/series/no-such-measure.json",
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

const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

#[test]
fn a_series_can_be_taken_away_as_each_kind_of_file_by_the_rules_that_are_shown() {
    house(|site| {
        a_series(site);
        let mut browser = site.browser("analyst");
        let page = browser.get("/board/series/no-criteria-to-reside/R0D?profile=plotthedots-0.2.2");
        for ending in ["csv", "xlsx", "json"] {
            let link = format!(
                "href=\"/board/series/no-criteria-to-reside/R0D.{ending}?profile=plotthedots-0.2.2&amp;chart=xmr\""
            );
            assert!(page.body.contains(&link), "{link}: {}", page.body);
        }
        let asked = "?profile=plotthedots-0.2.2";
        let json = browser.get_json(&format!(
            "/board/series/no-criteria-to-reside/R0D.json{asked}"
        ));
        assert_eq!(json["profile"], "plotthedots-0.2.2");
        assert_eq!(
            json,
            browser.get_json(&format!("/api/series/no-criteria-to-reside/R0D{asked}"))
        );
        let file = browser.get("/board/series/no-criteria-to-reside/R0D.xlsx");
        assert_eq!(file.headers["content-type"], WORKBOOK);
        assert_eq!(
            file.headers["content-disposition"],
            "attachment; filename=\"no-criteria-to-reside-R0D.xlsx\""
        );
        assert!(file.body.starts_with("PK"));
    });
}

#[test]
fn the_list_of_a_measure_says_what_each_area_says_and_so_do_its_files() {
    house(|site| {
        a_series(site);
        let mut browser = site.browser("service-manager");
        let page = browser.get("/board/series/no-criteria-to-reside");
        for text in [
            "University Hospitals Dorset",
            "Special cause: concern (high)",
            "31 August 2025",
            "Take these numbers away",
        ] {
            assert!(page.shows(text), "{text}: {}", page.body);
        }
        let file = browser.get("/board/series/no-criteria-to-reside.csv");
        assert_eq!(file.headers["content-type"], "text/csv; charset=utf-8");
        let mut lines = file.body.lines();
        let headings = lines.next().unwrap();
        assert!(
            headings.starts_with("area,name,what,first,last,figures,"),
            "{headings}"
        );
        let whole = lines.next().unwrap();
        assert!(
            whole.starts_with("together,") && whole.contains(",,,0,,,"),
            "no total without every hospital: {whole}"
        );
        let line = lines.next().unwrap();
        assert!(
            line.starts_with("R0D,University Hospitals Dorset NHS Foundation Trust,Part of the partnership,2024-09-01,2025-08-31,365,2025-08-31,31"),
            "{line}"
        );
        assert!(
            line.ends_with("/board/series/no-criteria-to-reside/R0D"),
            "{line}"
        );
        assert_eq!(lines.next(), None);
        let json = browser.get_json("/board/series/no-criteria-to-reside.json");
        let known = browser.get_json("/api/series");
        let (listed, known) = (json.as_array().unwrap(), known.as_array().unwrap());
        assert_eq!(listed.len(), known.len());
        assert!(known.iter().all(|one| listed.contains(one)), "{json}");
        let workbook = browser.get("/board/series/no-criteria-to-reside.xlsx");
        assert_eq!(workbook.headers["content-type"], WORKBOOK);
        assert!(workbook.body.starts_with("PK"));
        let empty = browser.get("/board/series/delayed-days");
        assert!(empty.shows("Nothing of this measure has been imported yet."));
        let empty = browser.get("/board/series/delayed-days.xlsx");
        assert_eq!(empty.headers["content-type"], WORKBOOK);
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

#[test]
fn the_board_shows_what_was_published_and_decided_since_it_was_last_looked_at() {
    house(|site| {
        let mut officer = site.browser("chief-officer");
        assert!(
            officer
                .get("/board")
                .shows("No series has been imported yet")
        );
        a_series(site);
        let page = officer.get("/board");
        assert!(page.shows("31 August 2025") && !page.shows("1 September 2025"));
        let says = |word: &str| {
            site.browser("chief-officer")
                .get("/board.json")
                .body
                .contains(word)
        };
        assert!(says("Special cause: concern"));
        let rebase = [
            ("what", "rebase"),
            ("day-day", "23"),
            ("day-month", "8"),
            ("day-year", "2025"),
            ("text", "A hub opened"),
        ];
        officer.post("/board/series/no-criteria-to-reside/R0D/note", &rebase);
        assert!(
            !says("Special cause: concern"),
            "nine days are too few to judge"
        );
        published(site, &[("R0D", [(day("2025-09-01"), 999.0.into())].into())]);
        let page = officer.get("/board");
        assert!(page.shows("999") && page.shows("1 September 2025"));
        let money = officer.get("/board?theme=money");
        assert!(money.shows("No published measure fits what you chose."));
    });
}

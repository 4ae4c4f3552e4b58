//! What people say of a measure: narrative, actions, notes and fresh starts.

use axum::http::StatusCode;

use crate::support::{a_series, discharges, house};

const PAGE: &str = "/board/indicators/still-at-home";
const SERIES: &str = "/board/series/no-criteria-to-reside/R0D";

#[test]
fn a_narrative_is_followed_by_a_newer_one_and_the_older_stays_in_the_log() {
    house(|site| {
        a_series(site);
        for page in [PAGE, SERIES] {
            let address = format!("{page}/narrative");
            let mut analyst = site.browser("analyst");
            assert!(analyst.get(page).shows("Nobody has written yet"));
            for text in [
                "More people came home.",
                "Fewer were counted: a return was late.",
            ] {
                let sent = analyst.post(&address, &[("text", text)]);
                assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
                assert_eq!(sent.location(), page);
            }
            let shown = site.browser("chief-officer").get(page);
            assert!(
                shown.shows("Fewer were counted: a return was late."),
                "{}",
                shown.body
            );
            assert!(shown.shows("What the figures mean: More people came home."));
            let empty = analyst.post(&address, &[("text", "  ")]);
            assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(empty.shows("Write what the figures mean"));
            let long = analyst.post(&address, &[("text", "long ".repeat(500).as_str())]);
            assert!(long.shows("at most 2000"));
        }
    });
}

#[test]
fn an_action_is_open_then_overdue_and_ends_once() {
    house(|site| {
        a_series(site);
        let address = format!("{PAGE}/action");
        let action = [
            ("text", "Agree one form for referrals"),
            ("owner", "Transfer hub"),
            ("due-day", "1"),
            ("due-month", "2"),
            ("due-year", "2020"),
        ];
        let mut officer = site.browser("chief-officer");
        let sent = officer.post(&address, &action);
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        let page = officer.get(PAGE);
        assert!(
            page.shows("Overdue") && page.shows("Transfer hub"),
            "{}",
            page.body
        );
        let end = page
            .body
            .split('"')
            .find(|part| part.starts_with(&format!("{PAGE}/action/")))
            .unwrap()
            .to_owned();
        assert!(officer.get(&end).shows("Agree one form for referrals"));
        let nothing = officer.post(&end, &[("what", ""), ("text", "")]);
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(nothing.shows("Choose what became of it"));
        let done = [("what", "done"), ("text", "In use since March")];
        assert_eq!(officer.post(&end, &done).status, StatusCode::SEE_OTHER);
        let page = site.browser("analyst").get(PAGE);
        assert!(page.shows("Done: In use since March"), "{}", page.body);
        assert!(!page.shows("Overdue"));
        let again = officer.post(&end, &[("what", "dropped"), ("text", "No")]);
        assert_eq!(again.status, StatusCode::CONFLICT);
        assert_eq!(officer.get(&end).status, StatusCode::CONFLICT);
        let elsewhere = end.replace("still-at-home", "discharge-delay");
        assert_eq!(officer.get(&elsewhere).status, StatusCode::NOT_FOUND);
        let mistaken = officer.post(
            &address,
            &[
                ("text", ""),
                ("owner", ""),
                ("due-day", "31"),
                ("due-month", "2"),
                ("due-year", "2026"),
            ],
        );
        for message in [
            "Say what is to be done",
            "Say who is to do it",
            "Enter a real date",
        ] {
            assert!(mistaken.shows(message), "{message}");
        }
    });
}

#[test]
fn only_those_who_may_annotate_say_anything() {
    house(|site| {
        a_series(site);
        for page in [PAGE, SERIES] {
            for form in ["narrative", "action", "note"] {
                let address = format!("{page}/{form}");
                for role in ["service-manager", "adviser", "resident"] {
                    let mut browser = site.browser(role);
                    assert_eq!(
                        browser.get(&address).status,
                        StatusCode::FORBIDDEN,
                        "{role} {address}"
                    );
                    let sent = browser.post(&address, &[("text", "x")]);
                    assert_eq!(sent.status, StatusCode::FORBIDDEN, "{role} {address}");
                }
            }
        }
        let mut analyst = site.browser("analyst");
        for nowhere in [
            "/board/indicators/nothing/narrative",
            "/board/series/no-criteria-to-reside/NOWHERE/action",
            "/board/series/nothing/R0D/narrative",
            "/board/indicators/still-at-home/action/nothing",
        ] {
            assert_eq!(
                analyst.get(nowhere).status,
                StatusCode::NOT_FOUND,
                "{nowhere}"
            );
        }
    });
}

#[test]
fn limits_of_an_indicator_start_afresh_for_a_reason_and_events_are_marked() {
    house(|site| {
        for month in 1..=12 {
            discharges(
                site,
                &format!("2024-{month:02}"),
                "E06000058",
                20 + month,
                60,
            );
            discharges(
                site,
                &format!("2025-{month:02}"),
                "E06000058",
                40 + month % 3,
                60,
            );
        }
        let mut analyst = site.browser("analyst");
        assert!(analyst.get(PAGE).shows("start the limits afresh"));
        let note = |what: &'static str, year: &'static str| {
            [
                ("what", what),
                ("day-day", "1"),
                ("day-month", "1"),
                ("day-year", year),
                ("text", "A new team began"),
            ]
        };
        let address = format!("{PAGE}/note");
        for (what, year) in [("rebase", "2025"), ("event", "2025")] {
            let sent = analyst.post(&address, &note(what, year));
            assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        }
        let page = analyst.get(PAGE);
        for text in [
            "Limits start afresh: A new team began",
            "1 January 2025: A new team began",
        ] {
            assert!(page.shows(text), "{text}\n{}", page.body);
        }
        let early = analyst.post(&address, &note("event", "1990"));
        assert!(
            early.shows("Enter a day after the first figure"),
            "{}",
            early.body
        );
        let within_the_last = |what: &'static str| {
            let day = [("day-day", "15"), ("day-month", "7"), ("day-year", "2026")];
            [&[("what", what), ("text", "A new team began")][..], &day].concat()
        };
        let rebase = analyst.post(&address, &within_the_last("rebase"));
        assert!(
            rebase.shows("no later than the last begins"),
            "{}",
            rebase.body
        );
        let event = analyst.post(&address, &within_the_last("event"));
        assert_eq!(event.status, StatusCode::SEE_OTHER, "{}", event.body);
    });
}

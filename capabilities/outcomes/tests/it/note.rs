use axum::http::StatusCode;

use crate::support::{a_series, house};

const PAGE: &str = "/board/series/no-criteria-to-reside/R0D";
const NOTE: &str = "/board/series/no-criteria-to-reside/R0D/note";

const REBASE: [(&str, &str); 5] = [
    ("what", "rebase"),
    ("day-day", "1"),
    ("day-month", "3"),
    ("day-year", "2025"),
    ("text", "The transfer hub opened"),
];

#[test]
fn analysts_and_chief_officers_start_limits_afresh_for_a_reason_and_nobody_else_does() {
    house(|site| {
        a_series(site);
        for role in ["service-manager", "adviser", "governance", "administrator"] {
            let mut browser = site.browser(role);
            assert_eq!(browser.get(NOTE).status, StatusCode::FORBIDDEN, "{role}");
        }
        let mut manager = site.browser("service-manager");
        assert!(!manager.get(PAGE).shows("start the limits afresh"));
        let mut analyst = site.browser("analyst");
        assert!(analyst.get(PAGE).shows("start the limits afresh"));
        assert_eq!(manager.post(NOTE, &REBASE).status, StatusCode::FORBIDDEN);
        let sent = analyst.post(NOTE, &REBASE);
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        assert_eq!(sent.location(), PAGE);
        for again in [
            analyst.post_again(NOTE, &REBASE),
            analyst.post(NOTE, &REBASE),
        ] {
            assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.body);
        }
        let page = analyst.get(PAGE);
        assert!(page.shows("The transfer hub opened"), "{}", page.body);
        let json = analyst.get_json("/api/series/no-criteria-to-reside/R0D");
        assert_eq!(json["notes"].as_array().unwrap().len(), 1);
        assert_eq!(json["notes"][0]["rebase"], true);
        let means = json["points"].as_array().unwrap();
        assert_ne!(means[0]["mean"], means[360]["mean"]);
    });
}

#[test]
fn a_note_with_mistakes_is_told_of_each_and_a_fresh_start_is_not_overwritten() {
    house(|site| {
        a_series(site);
        let mut officer = site.browser("chief-officer");
        let empty = officer.post(NOTE, &[("what", ""), ("text", "")]);
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        for message in [
            "Choose what",
            "Enter a real date",
            "Say why, or what happened",
        ] {
            assert!(empty.shows(message), "{message}: {}", empty.body);
        }
        assert_eq!(officer.post(NOTE, &REBASE).status, StatusCode::SEE_OTHER);
        let mut other = REBASE;
        other[4].1 = "Another reason";
        let refused = officer.post(NOTE, &other);
        assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
        let mut late = REBASE;
        late[3].1 = "2031";
        let refused = officer.post(NOTE, &late);
        assert_eq!(
            refused.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{}",
            refused.body
        );
    });
}

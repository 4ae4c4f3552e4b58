use axum::http::StatusCode;
use stour_directory::keeping::{due, notice};

use crate::house::{CLUB, club, granted, save, standing, version, with_directory};

#[test]
fn still_right_moves_the_review_and_the_assured_date() {
    with_directory(|site| {
        save(&site, club(), Some("2026-11-20"));
        let mut ann = site.browser("provider");
        granted(&site, &mut ann);
        assert!(ann.get("/directory/mine").shows("Overdue"));
        let page = ann.get(&format!("/directory/mine/{CLUB}"));
        let (address, seen) = (
            format!("/directory/mine/{CLUB}/still-right"),
            version(&page),
        );
        let done = ann.post(&address, &[("version", &seen)]);
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let listing = standing(&site, CLUB).unwrap();
        assert_eq!(listing.review_due.unwrap().to_string(), "2027-02-22");
        assert_eq!(
            listing.service.assured_date.unwrap().to_string(),
            "2026-11-24"
        );
        assert_eq!(
            ann.post(&address, &[("version", &seen)]).status,
            StatusCode::PRECONDITION_FAILED
        );
        let mut bob = site.browser("provider");
        assert_eq!(
            bob.post(&address, &[("version", "\"3\"")]).status,
            StatusCode::NOT_FOUND
        );
    });
}

#[test]
fn reminders_name_the_lead_and_are_ready_to_send() {
    with_directory(|site| {
        save(&site, club(), Some("2026-12-08"));
        let mut ann = site.browser("provider");
        granted(&site, &mut ann);
        let today = "2026-11-24".parse().unwrap();
        let soon = site
            .database()
            .read_blocking(move |tx| due(tx, today))
            .unwrap();
        assert_eq!(soon.len(), 1);
        let review = soon.first().unwrap();
        assert!(!review.is_overdue);
        assert_eq!(review.email.as_deref(), Some("ann@example.org"));
        assert!(
            review
                .text
                .contains("is to be looked at by 8 December 2026")
        );
        assert!(
            review
                .mailto()
                .starts_with("mailto:ann@example.org?subject=Is%20your%20listing")
        );
        let yesterday = "2026-11-23".parse().unwrap();
        let none = site
            .database()
            .read_blocking(move |tx| due(tx, yesterday))
            .unwrap();
        assert!(none.is_empty());
        let page = site.browser("editor").get("/directory/reviews");
        assert!(page.shows("Lunch club"));
        assert!(page.shows("mailto:ann@example.org"));
    });
}

#[test]
fn the_public_is_told_once_the_day_is_over() {
    let day = |text: &str| text.parse().unwrap();
    let due = Some(day("2026-11-24"));
    assert_eq!(notice(due, day("2026-11-24")).into_string(), "");
    assert!(
        notice(due, day("2026-11-25"))
            .into_string()
            .contains("Check before you go")
    );
    assert_eq!(notice(None, day("2026-11-25")).into_string(), "");
}

#[test]
fn the_page_of_a_listing_says_that_it_is_overdue_and_leads_its_provider_to_it() {
    with_directory(|site| {
        save(&site, club(), Some("2026-11-20"));
        let address = format!("/find/{CLUB}");
        let page = site.stranger().get(&address);
        assert!(page.shows("Nobody has said since 20 November 2026 that this is still right."));
        assert!(!page.shows("/directory/claims/new"));
        let page = site.browser("provider").get(&address);
        assert!(page.shows(&format!("/directory/claims/new?listing={CLUB}")));
    });
}

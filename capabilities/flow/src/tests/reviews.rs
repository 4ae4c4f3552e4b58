use axum::http::StatusCode;
use stour_web::testing::{Answer, Browser, Site};

use super::{admitted, adt, hidden, house, take};

/// The address of the review of the only person on the ward.
fn form(ward: &mut Browser<'_>) -> String {
    let page = ward.get("/wards/R0D/BAMU?view=full").body;
    let links = page.split("href=\"");
    let link = links.filter_map(|part| part.split('"').next());
    let mut reviews = link.filter(|link| link.ends_with("/review"));
    reviews.next().unwrap().to_owned()
}

pub(super) fn send(ward: &mut Browser<'_>, form: &str, fields: &[(&str, &str)]) -> Answer {
    let version = hidden(&ward.get(form).body, "version");
    let mut all = vec![
        ("version", version.as_str()),
        ("name", "Sister Green"),
        ("date-month", "11"),
        ("date-year", "2026"),
    ];
    all.extend(fields);
    ward.post(form, &all)
}

const WAITS: [(&str, &str); 4] = [
    ("meets", "no"),
    ("reason", "HP4"),
    ("pathway", "1"),
    ("next-step", "Book the ambulance, ward clerk"),
];

pub(super) fn on(day: &'static str) -> Vec<(&'static str, &'static str)> {
    [&WAITS[..], &[("date-day", day)]].concat()
}

#[test]
fn a_ward_says_who_is_ready_since_when_and_what_they_wait_for() {
    house(|site| {
        admitted(&site);
        let mut ward = site.browser("ward");
        let form = form(&mut ward);
        assert!(
            ward.get(&form)
                .body
                .contains("Nobody has reviewed this person yet.")
        );
        assert_eq!(
            send(&mut ward, &form, &on("22")).status,
            StatusCode::SEE_OTHER
        );
        let page = ward.get("/wards/R0D/BAMU?view=full").body;
        for part in [
            "since 22 November 2026",
            "Awaiting patient transport services",
            "Pathway 1",
            "Next: Book the ambulance, ward clerk",
            "Not reviewed today",
        ] {
            assert!(page.contains(part), "{part} is not on the page:\n{page}");
        }
        let met = [("meets", "yes"), ("criterion", "2"), ("date-day", "23")];
        assert_eq!(send(&mut ward, &form, &met).status, StatusCode::SEE_OTHER);
        let page = ward.get("/wards/R0D/BAMU?view=full").body;
        assert!(page.contains("Needs oxygen or non-invasive ventilation"));
        assert!(
            !page.contains("since 22 November 2026"),
            "the date is taken back"
        );
        assert_eq!(
            send(&mut ward, &form, &on("24")).status,
            StatusCode::SEE_OTHER
        );
        let page = ward.get("/wards/R0D/BAMU?view=full").body;
        assert!(page.contains("since 24 November 2026") && !page.contains("Not reviewed today"));
    });
}

#[test]
fn nights_are_counted_by_reason_and_days_without_a_review_are_said() {
    house(|site| {
        admitted(&site);
        let mut ward = site.browser("ward");
        let form = form(&mut ward);
        send(&mut ward, &form, &on("21"));
        let page = ward.get(&form).body;
        for part in [
            "Discharge ready date: <strong>21 November 2026</strong>. Nights in hospital since: 3.",
            "Days without a review: 3, the last on 23 November 2026.",
            "Ready: Awaiting patient transport services",
        ] {
            assert!(page.contains(part), "{part} is not on the page:\n{page}");
        }
    });
}

#[test]
fn what_cannot_be_so_is_refused_field_by_field() {
    house(|site| {
        admitted(&site);
        let mut ward = site.browser("ward");
        let form = form(&mut ward);
        let refused = |ward: &mut Browser<'_>, fields: &[(&str, &str)], why: &str| {
            let answer = send(ward, &form, fields);
            assert_eq!(
                answer.status,
                StatusCode::UNPROCESSABLE_ENTITY,
                "{fields:?}"
            );
            assert!(
                answer.body.contains(why),
                "{why} is not said:\n{}",
                answer.body
            );
        };
        refused(
            &mut ward,
            &[("date-day", "24")],
            "Select whether the person still needs",
        );
        refused(
            &mut ward,
            &on("19"),
            "from the day of admission until today",
        );
        refused(
            &mut ward,
            &on("25"),
            "from the day of admission until today",
        );
        let yes = [("meets", "yes"), ("date-day", "24")];
        refused(
            &mut ward,
            &yes,
            "Select why the person needs an acute hospital",
        );
        let retired = [
            ("meets", "no"),
            ("reason", "Di"),
            ("date-day", "24"),
            ("next-step", "Ask"),
        ];
        refused(&mut ward, &retired, "Select why the person is still here");
        let nobody = [("meets", "no"), ("reason", "HP4"), ("date-day", "24")];
        refused(&mut ward, &nobody, "Enter what is done next, and by whom");
        assert!(
            ward.get(&form)
                .body
                .contains("Nobody has reviewed this person yet.")
        );
    });
}

#[test]
fn two_who_review_at_once_do_not_lose_each_others_word() {
    house(|site| {
        admitted(&site);
        let mut ward = site.browser("ward");
        let form = form(&mut ward);
        let version = hidden(&ward.get(&form).body, "version");
        assert_eq!(
            send(&mut ward, &form, &on("24")).status,
            StatusCode::SEE_OTHER
        );
        let stale = [
            &on("24")[..],
            &[
                ("version", version.as_str()),
                ("name", "Sister Green"),
                ("date-month", "11"),
                ("date-year", "2026"),
            ],
        ]
        .concat();
        assert_eq!(
            ward.post(&form, &stale).status,
            StatusCode::PRECONDITION_FAILED
        );
    });
}

#[test]
fn only_the_ward_and_the_hub_may_review() {
    house(|site: Site| {
        admitted(&site);
        let form = form(&mut site.browser("ward"));
        for (mut other, refused) in [
            (site.browser("adviser"), StatusCode::FORBIDDEN),
            (
                site.browser_as(&["ward"], "RBD", None),
                StatusCode::NOT_FOUND,
            ),
        ] {
            assert_eq!(other.get(&form).status, refused);
            assert_eq!(other.post(&form, &on("24")).status, refused);
        }
    });
}

#[test]
fn somebody_on_leave_or_about_to_be_moved_is_shown_so_and_keeps_the_bed() {
    house(|site| {
        admitted(&site);
        take(&site, &[adt("A21", "2", "202611231000", "BAMU")]);
        let mut ward = site.browser("ward");
        let page = ward.get("/wards/R0D/BAMU?view=full").body;
        assert!(page.contains("On leave") && page.contains("since 23 November 2026 at 10:00am"));
        take(&site, &[adt("A22", "3", "202611231800", "BAMU")]);
        assert!(
            !ward
                .get("/wards/R0D/BAMU?view=full")
                .body
                .contains("On leave")
        );
        let planned = adt("A15", "4", "202611240800", "BAMU").replace(
            "|||||||||V77",
            "|||||||||V77|||||||||||||||||||||||R0D^BELD^7",
        );
        take(&site, &[planned]);
        assert!(
            ward.get("/wards/R0D/BAMU?view=full")
                .body
                .contains("To be moved to ")
        );
        let json = ward.get_json("/api/wards/R0D/BAMU/spells");
        assert_eq!(json[0]["next_ward"], "BELD");
        assert!(json[0]["away"].is_null());
    });
}

#[test]
fn what_people_wait_for_is_counted_by_reason_for_those_who_may_see_them() {
    house(|site| {
        admitted(&site);
        let mut ward = site.browser("ward");
        let none = ward.get("/wards/delays").body;
        assert!(none.contains("No ward that you may see has found somebody to be ready to leave."));
        let form = form(&mut ward);
        send(&mut ward, &form, &on("22"));
        let page = ward.get("/wards/delays").body;
        assert!(
            page.contains("Awaiting patient transport services"),
            "{page}"
        );
        assert!(page.contains("All reasons"));
        // One person, and the nights of the 22nd and the 23rd.
        let row = page
            .split("<tr")
            .find(|row| row.contains("Awaiting patient transport"))
            .unwrap();
        let numbers: Vec<&str> = row
            .split(['<', '>'])
            .filter(|text| {
                !text.trim().is_empty() && text.trim().chars().all(|c| c.is_ascii_digit())
            })
            .collect();
        assert_eq!(numbers, ["1", "2", "2"], "{row}");
        let mut other = site.browser_as(&["ward"], "RBD", None);
        assert!(
            !other
                .get("/wards/delays")
                .body
                .contains("Awaiting patient transport")
        );
        assert!(ward.get("/wards").body.contains("href=\"/wards/delays\""));
    });
}

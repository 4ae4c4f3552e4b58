use axum::http::StatusCode;
use stour_web::testing::{Answer, Browser};

use super::{admitted, hidden, house};

/// An address that the only person on the ward leads to.
pub(super) fn link(ward: &mut Browser<'_>, page: &str, part: &str) -> String {
    let page = ward.get(page).body;
    let links = page.split("href=\"").skip(1);
    let mut links = links.filter_map(|part| part.split('"').next());
    links.find(|link| link.contains(part)).unwrap().to_owned()
}

const BOARD: &str = "/wards/R0D/BAMU?view=full";

pub(super) const CT: [(&str, &str); 7] = [
    ("kind", "scan"),
    ("what", "CT of the head"),
    ("who", "Radiology, extension 4410"),
    ("at-day", "24"),
    ("at-month", "11"),
    ("at-year", "2026"),
    ("at-time", "07:30"),
];

pub(super) fn with<'a>(
    fields: &[(&'a str, &'a str)],
    other: &[(&'a str, &'a str)],
) -> Vec<(&'a str, &'a str)> {
    let is_other = |name: &str| other.iter().any(|(changed, _)| *changed == name);
    let kept = fields.iter().filter(|(name, _)| !is_other(name));
    kept.chain(other).copied().collect()
}

fn says(answer: &Answer, parts: &[&str]) {
    for part in parts {
        assert!(
            answer.body.contains(part),
            "{part} is not on the page:\n{}",
            answer.body
        );
    }
}

#[test]
fn a_ward_says_what_somebody_waits_for_and_when_it_came() {
    house(|site| {
        admitted(&site);
        let mut ward = site.browser("ward");
        let page = link(&mut ward, BOARD, "/awaited");
        says(
            &ward.get(&page),
            &["Nothing that was asked for is waited for now."],
        );
        assert_eq!(ward.post(&page, &CT).status, StatusCode::SEE_OTHER);
        says(
            &ward.get(BOARD),
            &["CT of the head", "Radiology, extension 4410", "minutes"],
        );
        says(
            &ward.get("/wards/turnaround"),
            &[
                "Scan or X-ray",
                "None yet",
                "not judged yet, which counts as red, for 1.",
            ],
        );
        let form = link(&mut ward, &page, "/awaited/");
        let version = hidden(&ward.get(&form).body, "version");
        let came = [
            ("version", version.as_str()),
            ("how", "done"),
            ("at-day", "24"),
            ("at-month", "11"),
            ("at-year", "2026"),
            ("at-time", "08:10"),
        ];
        let early = ward.post(&form, &with(&came, &[("at-time", "07:29")]));
        assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
        says(
            &early,
            &["Enter a time from when it was asked for until now"],
        );
        assert_eq!(ward.post(&form, &came).status, StatusCode::SEE_OTHER);
        says(&ward.get(&page), &["Came after 40 minutes"]);
        assert!(!ward.get(BOARD).body.contains("CT of the head"));
        says(&ward.get("/wards/turnaround"), &["40 minutes"]);
        let again = ward.post(&form, &with(&came, &[("how", "not-needed")]));
        assert_eq!(again.status, StatusCode::PRECONDITION_FAILED);
    });
}

#[test]
fn what_cannot_be_waited_for_is_refused_field_by_field() {
    house(|site| {
        admitted(&site);
        let mut ward = site.browser("ward");
        let page = link(&mut ward, BOARD, "/awaited");
        let long = "x".repeat(201);
        let refused: [(&[(&str, &str)], &str); 7] = [
            (&[("kind", "mri")], "Select what kind of thing it is"),
            (&[("what", " ")], "Enter what the person waits for"),
            (&[("who", "")], "Enter who does it next"),
            (&[("what", &long)], "Use at most 200 characters"),
            (&[("at-time", "half past")], "Enter a time of day"),
            (&[("at-day", "31")], "Enter a real date"),
            (
                &[("at-year", "2030")],
                "Enter a time from the admission until now",
            ),
        ];
        for (fields, why) in refused {
            let answer = ward.post(&page, &with(&CT, fields));
            assert_eq!(
                answer.status,
                StatusCode::UNPROCESSABLE_ENTITY,
                "{fields:?}"
            );
            says(&answer, &[why]);
        }
        says(
            &ward.get(&page),
            &["Nothing that was asked for is waited for now."],
        );
    });
}

#[test]
fn every_day_begins_red_and_the_last_word_counts() {
    house(|site| {
        admitted(&site);
        let mut ward = site.browser("ward");
        says(&ward.get(BOARD), &["Red: not judged yet"]);
        let form = link(&mut ward, BOARD, "/day");
        let red = [
            ("colour", "red"),
            ("reason", "awaited"),
            ("red-words", "Ask for the CT again, ward doctor"),
            ("date-day", "24"),
            ("date-month", "11"),
            ("date-year", "2026"),
        ];
        assert_eq!(ward.post(&form, &red).status, StatusCode::SEE_OTHER);
        says(&ward.get(BOARD), &["Red day"]);
        says(
            &ward.get("/wards/turnaround"),
            &["green for 0 of 1 people in hospital, red for 1"],
        );
        let green = with(
            &red,
            &[("colour", "green"), ("green-words", "Clot taken out")],
        );
        assert_eq!(ward.post(&form, &green).status, StatusCode::SEE_OTHER);
        says(&ward.get(BOARD), &["Green day"]);
        let waits = link(&mut ward, BOARD, "/awaited");
        let page = ward.get(&waits);
        says(&page, &["Green days: 1 of", "Clot taken out"]);
        assert!(!page.body.contains("Ask for the CT again"));
        let refused: [(&[(&str, &str)], &str); 5] = [
            (&[("colour", "")], "Select whether the day was green or red"),
            (&[("reason", "")], "Select why the day was red"),
            (&[("red-words", "")], "Enter what is done about it"),
            (
                &[("date-day", "25")],
                "Enter a day from the day of admission until today",
            ),
            (&[("date-month", "13")], "Enter a real date"),
        ];
        for (fields, why) in refused {
            let answer = ward.post(&form, &with(&red, fields));
            assert_eq!(
                answer.status,
                StatusCode::UNPROCESSABLE_ENTITY,
                "{fields:?}"
            );
            says(&answer, &[why]);
        }
    });
}

#[test]
fn only_who_plans_on_the_ward_says_what_is_waited_for() {
    house(|site| {
        admitted(&site);
        let mut ward = site.browser("ward");
        let page = link(&mut ward, BOARD, "/awaited");
        for other in ["governance", "records", "finance"] {
            let mut browser = site.browser(other);
            // Whoever may see nobody is refused; whoever may see others learns nothing of this one.
            let refused = [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND];
            assert!(refused.contains(&browser.get(&page).status), "{other}");
            assert_eq!(
                browser.get("/wards/turnaround").status,
                StatusCode::FORBIDDEN,
                "{other}"
            );
        }
    });
}

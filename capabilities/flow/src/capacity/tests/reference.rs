use super::super::service::{Line, read, services, services_at};
use super::super::{Booked, Count, Held, NotSo, Over};

const ROW: &str = r#"
[[service]]
id = "home-first"
name = "Home first"
summary = "Help"
provider = "RDY"
pathway = "1"
localities = ["poole-bay"]
hold_hours = 4
starts = "2013-04-01"
status = "demonstration"
source = "Invented"
"#;

#[test]
fn the_services_of_the_reference_data_can_be_used() {
    let all = services().unwrap();
    assert!(all.len() >= 3);
    let on = "2026-11-24".parse().unwrap();
    assert_eq!(services_at(on).unwrap().count(), all.len());
    let before = "2013-03-31".parse().unwrap();
    assert_eq!(services_at(before).unwrap().count(), 0);
    let (line, service) = Line::named("home-first", "poole-bay").unwrap().unwrap();
    assert_eq!(service.provider.as_str(), "RDY");
    assert_eq!(
        line.name(),
        "Home-based intermediate care and reablement, Poole Bay"
    );
    assert!(Line::named("home-first", "nowhere").unwrap().is_none());
    assert!(Line::named("care-home-bcp", "purbeck").unwrap().is_none());
}

#[test]
fn a_file_that_leads_nowhere_is_refused_with_the_reason() {
    assert!(read(ROW).is_ok());
    for (text, reason) in [
        (ROW.replace("RDY", "X99"), "there is no organisation X99"),
        (
            ROW.replace("pathway = \"1\"", "pathway = \"9\""),
            "the list discharge-pathway has no code 9",
        ),
        (
            ROW.replace("poole-bay", "atlantis"),
            "there is no locality atlantis",
        ),
        (
            ROW.replace("[\"poole-bay\"]", "[\"poole-bay\", \"poole-bay\"]"),
            "has poole-bay twice",
        ),
        (ROW.replace("[\"poole-bay\"]", "[]"), "has no locality"),
        (
            ROW.replace("hold_hours = 4", "hold_hours = 0"),
            "for 0 hours",
        ),
        (format!("{ROW}{ROW}"), "twice"),
    ] {
        let why = read(&text).unwrap_err();
        assert!(why.contains(reason), "{why}");
    }
}

#[test]
fn a_place_goes_on_step_by_step() {
    let at = |text: &str| text.parse().unwrap();
    let day = |text: &str| text.parse().unwrap();
    let held = Held {
        until: at("2026-11-24T13:00:00Z"),
    };
    let (tuesday, monday) = (day("2026-11-24"), day("2026-11-23"));
    let now = (at("2026-11-24T12:59:59Z"), tuesday);
    assert_eq!(held.clone().book(tuesday, now), Ok(Booked));
    assert_eq!(held.clone().book(monday, now), Err(NotSo::Gone(monday)));
    let late = at("2026-11-24T13:00:00Z");
    assert_eq!(
        held.clone().book(tuesday, (late, tuesday)),
        Err(NotSo::Lapsed(late))
    );
    let reason = || "other".parse().unwrap();
    assert_eq!(held.release(late, reason()), Err(NotSo::Lapsed(late)));
    assert_eq!(
        Booked.start(tuesday, monday, tuesday),
        Err(NotSo::TooEarly(tuesday))
    );
    assert_eq!(Booked.start(monday, tuesday, monday), Err(NotSo::Future));
    assert_eq!(Booked.start(monday, tuesday, tuesday).unwrap().on, tuesday);
}

#[test]
fn bookings_beyond_the_places_are_told_from_holds_beyond_them() {
    let count = |places, held, booked, started| Count {
        places: Some(places),
        held,
        booked,
        started,
    };
    assert_eq!(count(3, 1, 1, 1).over(), Over::No);
    assert_eq!(count(3, 1, 1, 1).free(), 0);
    assert_eq!(count(2, 1, 1, 1).over(), Over::Held(1));
    assert_eq!(count(1, 5, 1, 1).over(), Over::Booked(1));
    assert_eq!(count(1, 5, 1, 1).free(), 0);
    assert_eq!(Count::default().free(), 0);
}

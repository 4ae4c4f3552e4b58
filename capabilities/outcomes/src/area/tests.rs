use stour_partnership::reference;

use super::*;

fn named(code: &str) -> Option<Area> {
    Area::named(reference().unwrap(), code)
}

#[test]
fn trusts_the_board_and_councils_are_found_by_their_publishers_codes() {
    let hospital = named("R0D").unwrap();
    assert_eq!(hospital.short_name(), "University Hospitals Dorset");
    assert_eq!(hospital.kind, "acute-trust");
    let board = named("e54000041").unwrap();
    assert_eq!(
        (board.code.as_str(), board.short_name()),
        ("E54000041", "NHS Dorset")
    );
    assert_eq!(named("E06000058").unwrap().kind, "unitary-council");
    assert_eq!(named("RX1"), None);
    assert_eq!(named("not a code"), None);
    assert_eq!(named(""), None);
}

#[test]
fn a_body_that_has_ended_says_when() {
    let poole = named("RD3").unwrap();
    let on = |date: &str| poole.name_on(date.parse().unwrap());
    assert_eq!(on("2020-09-30"), "Poole Hospital NHS Foundation Trust");
    assert_eq!(
        on("2020-10-01"),
        "Poole Hospital NHS Foundation Trust (until 30 September 2020)"
    );
}

#[test]
fn a_council_is_the_same_by_its_number_of_social_services_and_a_neighbour_is_known_too() {
    let by_number = named("810").unwrap();
    assert_eq!(Some(by_number), named("E06000028"));
    assert_eq!(named("812").unwrap().name, "Hampshire");
    assert_eq!(Area::of_partnership(reference().unwrap(), "812"), None);
}

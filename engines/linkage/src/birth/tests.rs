use proptest::prelude::*;

use super::*;

fn read(text: &str) -> Option<String> {
    Birth::parse(text, DateOrder::DayFirst).map(Birth::iso)
}

fn compare(one: &str, other: &str) -> Born {
    let mut births = Births::default();
    let ids = [one, other].map(|text| {
        Birth::parse(text, DateOrder::DayFirst).map(|date| births.intern(date, Lists::built_in()))
    });
    let [one, other] = ids.map(|id| births.get(id.unwrap_or(0)));
    born(one, other)
}

#[test]
fn dates_are_read_as_they_are_written() {
    for text in [
        "1941-03-12",
        "19410312",
        "12/03/1941",
        "12.3.1941",
        " 1941-3-12 ",
        "1941-03-12T10:00:00Z",
    ] {
        assert_eq!(read(text).as_deref(), Some("1941-03-12"), "{text}");
    }
    assert_eq!(
        Birth::parse("03/12/1941", DateOrder::MonthFirst)
            .map(Birth::iso)
            .as_deref(),
        Some("1941-03-12")
    );
    assert_eq!(read("1985-04-68").as_deref(), Some("1985-04-68"));
    assert_eq!(read("1941").as_deref(), Some("1941-00-00"));
    assert_eq!(read("1941-03").as_deref(), Some("1941-03-00"));
    for text in [
        "",
        "unknown",
        "12/03/41",
        "0000-00-00",
        "1",
        "-",
        "99999999999999999999",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn dates_compare() {
    assert_eq!(compare("1941-03-12", "1941-03-12"), Born::Same);
    assert_eq!(compare("1941-03-12", "1941-12-03"), Born::Turned);
    assert_eq!(compare("1941-03-12", "1941-03-13"), Born::Slip);
    assert_eq!(compare("1941-03-12", "1914-03-12"), Born::Slip);
    assert_eq!(compare("1985-04-68", "1985-04-18"), Born::Slip);
    assert_eq!(compare("2023-01-01", "2023-05-27"), Born::Default);
    assert_eq!(compare("1941-03-12", "1941-03-25"), Born::TwoParts);
    assert_eq!(compare("1941-03-12", "1941-07-25"), Born::Year);
    assert_eq!(compare("1941-03-12", "1941"), Born::Year);
    assert_eq!(compare("1941-03-12", "1962-07-25"), Born::Different);
    assert_eq!(compare("1900-01-01", "1900-01-01"), Born::Missing);
    assert_eq!(compare("1941-03-12", ""), Born::Missing);
}

proptest! {
    #[test]
    fn nothing_panics(text in ".{0,20}") {
        let _ = Birth::parse(&text, DateOrder::DayFirst);
    }

    #[test]
    fn iso_round_trips(year in 1_u16..=9999, month in 1_u8..=99, day in 1_u8..=99) {
        let date = Birth::new(year, month, day).unwrap();
        prop_assert_eq!(Birth::parse(&date.iso(), DateOrder::DayFirst), Some(date));
    }
}

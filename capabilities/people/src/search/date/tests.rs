use proptest::prelude::*;
use stour_kernel::Date;

use super::{Birth, MONTHS, read};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn today() -> Date {
    day("2026-11-24")
}

fn read_text(text: &str) -> Option<(Birth, usize)> {
    read(&text.split_whitespace().collect::<Vec<_>>(), today())
}

#[test]
fn every_usual_way_to_write_a_date_is_read() {
    for text in [
        "12/03/1941",
        "12/3/1941",
        "12.3.1941",
        "12-03-1941",
        "1941-03-12",
        "1941/3/12",
        "19410312",
        "12031941",
        "12 March 1941",
        "12 mar 1941",
        "12th March 1941",
        "12 3 1941",
        "12-Mar-1941",
        "12/MAR/1941",
    ] {
        let (birth, used) = read_text(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(birth, Birth::Day(day("1941-03-12")), "{text}");
        assert_eq!(used, text.split_whitespace().count(), "{text}");
    }
    assert_eq!(read_text("1941"), Some((Birth::Year(1941), 1)));
    assert_eq!(
        read_text("March 1941 smith"),
        Some((Birth::Month(1941, 3), 2))
    );
    assert_eq!(read_text("03/1941"), Some((Birth::Month(1941, 3), 1)));
}

#[test]
fn a_year_of_two_figures_is_asked_about() {
    assert_eq!(
        read_text("12.3.41"),
        Some((Birth::Unclear(vec![day("1941-03-12")]), 1))
    );
    let either = vec![day("1924-03-12"), day("2024-03-12")];
    assert_eq!(
        read_text("12.3.24"),
        Some((Birth::Unclear(either.clone()), 1))
    );
    assert_eq!(read_text("12 March 24"), Some((Birth::Unclear(either), 3)));
}

#[test]
fn what_looks_like_a_date_and_is_none_is_said_to_be_so() {
    for text in [
        "31/02/1941",
        "03/25/1941",
        "12/03/2041",
        "12/03/1741",
        "1941-13-01",
        "32012020",
        "2030",
        "13/1941",
    ] {
        assert!(
            matches!(read_text(text), Some((Birth::Impossible, _))),
            "{text}"
        );
    }
}

#[test]
fn names_and_numbers_are_not_dates() {
    for text in [
        "smith",
        "9990000018",
        "999 000 0018",
        "may smith",
        "bh8 9rn",
        "1/2",
        "june",
        "12",
        "12 smith 1941",
    ] {
        assert_eq!(read_text(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn any_day_of_birth_is_read_in_any_form(offset in 0_i64..50_000, form in 0_usize..7) {
        use stour_kernel::Timestamp;
        let born = stour_kernel::london_date(Timestamp::from_second(1_795_000_000 - offset * 86_400).unwrap());
        let (y, m, d) = (born.year(), born.month(), born.day());
        let name = MONTHS[usize::try_from(m - 1).unwrap()];
        let text = match form {
            0 => format!("{d}/{m}/{y}"),
            1 => format!("{d:02}.{m:02}.{y}"),
            2 => format!("{y}-{m:02}-{d:02}"),
            3 => format!("{d} {name} {y}"),
            4 => format!("{d} {} {y}", name.get(..3).unwrap()),
            5 => format!("{y}{m:02}{d:02}"),
            _ => format!("{d} {m} {y}"),
        };
        if born <= today() && y >= 1880 {
            prop_assert_eq!(read_text(&text).map(|(birth, _)| birth), Some(Birth::Day(born)), "{}", text);
        }
    }

    #[test]
    fn nothing_typed_makes_it_panic(text in "\\PC{0,30}") {
        let _ = read_text(&text);
    }
}

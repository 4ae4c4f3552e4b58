use proptest::prelude::*;
use stour_kernel::Date;

use super::{day, day_in_words, month, month_in_words};

#[test]
fn months_are_read_as_the_papers_write_them() {
    for text in [
        "2013-09",
        "September 2013",
        "Sept 2013",
        "sep 2013",
        "9 2013",
        "09/2013",
        "2013 September",
    ] {
        assert_eq!(month(text).as_deref(), Some("2013-09"), "{text}");
    }
    assert_eq!(month("Feb 2014").as_deref(), Some("2014-02"));
}

#[test]
fn a_slip_in_a_day_is_no_day() {
    assert_eq!(day("30th October 2024").as_deref(), Some("2024-10-30"));
    for text in ["1O October 2024", "3xyz/10/2024", "30d Oct 2024"] {
        assert_eq!(day(text), None, "{text}");
    }
}

#[test]
fn what_is_no_month_is_not_guessed() {
    for text in [
        "",
        "2013",
        "Sept",
        "13 2013",
        "0 2013",
        "J 2013",
        "Ju 2013",
        "Sept 13",
        "Sept 2013 2",
        "1 Sept 2013",
        "Smarch 2013",
        "2013-13",
        "9 20133",
        "1 1066",
    ] {
        assert_eq!(month(text), None, "{text}");
    }
}

#[test]
fn days_are_read_as_people_write_them() {
    for text in [
        "2024-10-30",
        "30 October 2024",
        "30 Oct 2024",
        "30th October 2024",
        "30/10/2024",
        "30.10.2024",
        "30 10 2024",
    ] {
        assert_eq!(day(text).as_deref(), Some("2024-10-30"), "{text}");
    }
    for text in [
        "",
        "31 June 2024",
        "29/2/2023",
        "10 2024",
        "today",
        "32 1 2024",
        "1 1 24",
    ] {
        assert_eq!(day(text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn what_a_page_writes_is_read_as_it_was(year in 1900_i16..=2199, ordinal in 1_i16..=365) {
        let date = Date::new(year, 1, 1).unwrap();
        let date = date.with().day_of_year(ordinal).build().unwrap();
        let kept = date.to_string();
        prop_assert_eq!(day(&kept), Some(kept.clone()));
        prop_assert_eq!(day(&day_in_words(&kept)), Some(kept.clone()));
        let of_month = kept.chars().take(7).collect::<String>();
        prop_assert_eq!(month(&of_month), Some(of_month.clone()));
        prop_assert_eq!(month(&month_in_words(&of_month)), Some(of_month));
    }
}

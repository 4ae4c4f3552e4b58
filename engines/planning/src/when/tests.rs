use proptest::prelude::*;

use super::When;

#[test]
fn a_month_is_any_of_its_days() {
    let when: When = "2014-02".parse().unwrap();
    assert!(when.is_month());
    assert_eq!(when.first().to_string(), "2014-02-01");
    assert_eq!(when.last().to_string(), "2014-02-28");
    assert_eq!(when.to_string(), "February 2014");
    let day: When = "2014-02-03".parse().unwrap();
    assert_eq!((day.first(), day.last()), (day.first(), day.first()));
    assert_eq!(day.to_string(), "3 February 2014");
    assert!(when < day);
}

#[test]
fn what_is_no_date_is_refused() {
    for text in [
        "",
        "2014",
        "2014-2",
        "2014-13",
        "2014-02-30",
        "Feb 2014",
        "2014-02-3",
        "+014-02",
        "２０１４-０２",
    ] {
        assert!(text.parse::<When>().is_err(), "{text}");
    }
}

proptest! {
    #[test]
    fn a_date_is_read_as_it_was_written(year in 1900_i16..2200, month in 1_i8..=12, day in 1_i8..=28, is_month: bool) {
        let day = stour_kernel::Date::new(year, month, day).unwrap();
        let when = if is_month { When::month_of(day) } else { When::day(day) };
        prop_assert_eq!(when.iso().parse::<When>(), Ok(when));
        prop_assert!(when.first() <= day && day <= when.last());
    }
}

use super::*;

#[test]
fn only_a_day_of_the_calendar_is_a_date() {
    let date = |day, month, year| TypedDate::typed([day, month, year]).date();
    assert_eq!(
        date(" 29", "2 ", "2028"),
        "2028-02-29".parse().map_err(|_| NoDate)
    );
    for (day, month, year) in [
        ("29", "2", "2026"),
        ("1", "13", "2026"),
        ("0", "1", "2026"),
        ("1", "November", "2026"),
        ("1", "11", ""),
        ("", "", ""),
    ] {
        assert_eq!(date(day, month, year), Err(NoDate), "{day} {month} {year}");
    }
}

#[test]
fn a_date_that_is_typed_again_is_the_same() {
    let day = "1941-03-12".parse().unwrap();
    assert_eq!(TypedDate::of(day).date(), Ok(day));
    assert!(!TypedDate::of(day).is_empty());
    assert!(TypedDate::typed(["", " ", ""]).is_empty());
}

use super::*;

#[test]
fn days_and_moments_read_as_they_are_said() {
    let at = |text: &str| moment(text.parse().unwrap());
    assert_eq!(day("2026-01-03".parse().unwrap()), "3 January 2026");
    assert_eq!(at("2026-11-24T09:05:00Z"), "24 November 2026 at 9:05am");
    // British Summer Time is an hour ahead; noon and midnight are twelve.
    assert_eq!(at("2026-07-01T11:00:00Z"), "1 July 2026 at 12:00pm");
    assert_eq!(at("2026-07-01T23:30:00Z"), "2 July 2026 at 12:30am");
}

#[test]
fn a_segment_holds_nothing_that_an_address_reads_otherwise() {
    assert_eq!(segment("A4-b_~"), "A4-b_~");
    assert_eq!(segment("a/b ?é."), "a%2Fb%20%3F%C3%A9%2E");
}

#[test]
fn a_capital_is_put_before_any_text() {
    assert_eq!(capital("élan"), "Élan");
    assert_eq!(capital(""), "");
}

#[test]
fn twelve_months_are_shown_unless_others_are_asked_for() {
    let days = |asked, today: &str| {
        let (from, to) = months(asked, today.parse().unwrap()).unwrap();
        format!("{from} {to}")
    };
    assert_eq!(days((None, None), "2026-11-27"), "2025-12-01 2026-11-30");
    assert_eq!(
        days((None, Some(" ")), "2026-12-01"),
        "2026-01-01 2026-12-31"
    );
    assert_eq!(
        days((Some("2026-02"), Some("2026-02")), "2026-11-27"),
        "2026-02-01 2026-02-28"
    );
    for wrong in ["2026-13", "November", "2026-1-1"] {
        assert!(
            months((Some(wrong), None), "2026-11-27".parse().unwrap()).is_err(),
            "{wrong}"
        );
    }
}

#[test]
fn a_field_of_a_file_is_never_a_formula() {
    for (field, written) in [
        ("Lunch club", "Lunch club"),
        ("one, two", "\"one, two\""),
        ("say \"yes\"", "\"say \"\"yes\"\"\""),
        ("=HYPERLINK(1)", "\"'=HYPERLINK(1)\""),
        ("@x", "\"'@x\""),
        ("two\nlines", "\"two\nlines\""),
    ] {
        assert_eq!(csv_field(field), written);
    }
}

#[test]
fn an_amount_below_nothing_has_a_minus_sign() {
    assert_eq!(money(stour_kernel::Pence::new(-250)), "−£2.50");
}

#[test]
fn several_are_joined_as_people_say_them() {
    assert_eq!(listed::<&str>(&[]), "");
    assert_eq!(listed(&["a"]), "a");
    assert_eq!(listed(&["a", "b"]), "a and b");
    assert_eq!(
        listed(&["a".to_owned(), "b".to_owned(), "c".to_owned()]),
        "a, b and c"
    );
}

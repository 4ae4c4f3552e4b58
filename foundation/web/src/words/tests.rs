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

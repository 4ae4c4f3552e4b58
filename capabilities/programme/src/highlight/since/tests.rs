use stour_kernel::{Date, Timestamp};
use stour_register::Around;

use super::Since;
use crate::highlight::rules::rules;

#[test]
fn a_report_tells_from_the_moment_in_which_the_last_one_was_issued() {
    let issued: Timestamp = "2026-07-01T23:30:00Z".parse().unwrap();
    let today: Date = "2026-07-09".parse().unwrap();
    let none = Around::new(Vec::new());
    let since = Since::report_or_board(&none, Some(issued), rules().unwrap(), today);
    assert_eq!(since.moment(), issued);
    assert_eq!(since.day.to_string(), "2026-07-02", "the day in London");
    assert!(!since.is_whole_day());
    let asked = Since::asked(since.day);
    assert_eq!(asked.moment().to_string(), "2026-07-01T23:00:00Z");
    assert!(asked.is_whole_day());
}

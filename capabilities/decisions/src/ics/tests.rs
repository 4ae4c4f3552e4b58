use stour_kernel::Date;
use stour_web::calendar::moment;

use super::starts;

fn begins(day: &str, time: &str) -> Option<String> {
    let day: Date = day.parse().unwrap();
    starts(day, time).map(moment)
}

#[test]
fn a_meeting_begins_when_a_clock_in_london_shows_its_time() {
    assert_eq!(
        begins("2026-01-12", "14:00").as_deref(),
        Some("20260112T140000Z")
    );
    // In summer an hour before Greenwich has it.
    assert_eq!(
        begins("2026-07-13", "9:05").as_deref(),
        Some("20260713T080500Z")
    );
    assert_eq!(begins("2026-07-13", ""), None);
    assert_eq!(begins("2026-07-13", "25:00"), None);
}

//! Distances and opening times in words.

use jiff::ToSpan as _;
use jiff::civil::{DateTime, Time};
use stour_kernel::Date;
use stour_open_referral::{Schedule, Weekday, opening};
use stour_web::words::day;

/// Metres in a mile.
pub(crate) const MILE: f64 = 1_609.344;
/// How far ahead the next opening is looked for, in days.
const AHEAD: i64 = 60;

/// `less than half a mile`, `0.8 miles`, `12 miles`.
pub(super) fn distance(metres: f64) -> String {
    let miles = metres / MILE;
    if miles < 0.5 {
        "less than half a mile away".to_owned()
    } else if miles < 9.95 {
        let written = format!("{miles:.1}");
        let written = written.strip_suffix(".0").unwrap_or(&written);
        let word = if written == "1" { "mile" } else { "miles" };
        format!("{written} {word} away")
    } else {
        format!("{miles:.0} miles away")
    }
}

/// `9am`, `12:30pm`, `midday`.
pub(super) fn time(time: Time) -> String {
    let half = if time.hour() < 12 { "am" } else { "pm" };
    let hour = match time.hour() % 12 {
        0 => 12,
        hour => hour,
    };
    match (time.hour(), time.minute()) {
        (12, 0) => "midday".to_owned(),
        (0, 0) => "midnight".to_owned(),
        (_, 0) => format!("{hour}{half}"),
        (_, minute) => format!("{hour}:{minute:02}{half}"),
    }
}

/// Hours of one day: `10am to midday`.
pub(super) fn hours(hours: opening::Hours) -> String {
    match (hours.opens, hours.closes) {
        (Some(opens), Some(closes)) => format!("{} to {}", time(opens), time(closes)),
        (Some(opens), None) => format!("from {}", time(opens)),
        (None, Some(closes)) => format!("until {}", time(closes)),
        (None, None) => "open".to_owned(),
    }
}

/// When something is open next, or that it is open: `Open now`, `Next open tomorrow, 10am to midday`.
pub(super) fn next_opening(schedules: &[&Schedule], now: DateTime) -> Option<String> {
    if opening::at(schedules, now) == opening::Openness::Open {
        return Some("Open now".to_owned());
    }
    (0..AHEAD).find_map(|ahead| {
        let date = now.date().checked_add(ahead.days()).ok()?;
        let next = opening::hours_on(schedules, date)
            .into_iter()
            .find(|hours| ahead > 0 || hours.opens.is_none_or(|opens| opens > now.time()))?;
        Some(format!("Next open {}, {}", on(date, ahead), hours(next)))
    })
}

fn on(date: Date, ahead: i64) -> String {
    match ahead {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        2..7 => format!("on {}", Weekday::from(date.weekday()).name()),
        _ => format!("on {}", day(date)),
    }
}

/// The beginning of a text, cut at a word.
pub(super) fn beginning(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else {
        return text.to_owned();
    };
    let cut = text.get(..end).unwrap_or_default();
    let whole = cut
        .rsplit_once(char::is_whitespace)
        .map_or(cut, |(whole, _)| whole);
    format!("{whole}…")
}

#[cfg(test)]
mod tests {
    use jiff::civil::time as at;

    use super::{beginning, distance, time};

    #[test]
    fn distances_are_in_miles() {
        for (metres, words) in [
            (0.0, "less than half a mile away"),
            (1_609.3, "1 mile away"),
            (2_000.0, "1.2 miles away"),
            (20_000.0, "12 miles away"),
        ] {
            assert_eq!(distance(metres), words);
        }
    }

    #[test]
    fn times_are_as_people_say_them() {
        for (given, words) in [
            (at(9, 0, 0, 0), "9am"),
            (at(12, 0, 0, 0), "midday"),
            (at(12, 30, 0, 0), "12:30pm"),
            (at(0, 5, 0, 0), "12:05am"),
            (at(17, 15, 0, 0), "5:15pm"),
        ] {
            assert_eq!(time(given), words);
        }
    }

    #[test]
    fn texts_are_cut_at_words() {
        assert_eq!(beginning("A hot meal", 30), "A hot meal");
        assert_eq!(beginning("A hot meal and company", 12), "A hot meal…");
        assert_eq!(beginning(&"é".repeat(50), 3), "ééé…");
    }
}

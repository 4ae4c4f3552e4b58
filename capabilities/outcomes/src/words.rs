//! Dates, numbers and lists as pages and messages write them.

use stour_kernel::Date;

pub(crate) use stour_web::words::{capital, day};

/// "November 2026".
pub(crate) fn month(date: Date) -> String {
    date.strftime("%B %Y").to_string()
}

/// "1,249".
pub(crate) fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// "1 day", "1,249 days".
pub(crate) fn counted(number: u64, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", count(number))
}

/// "1 series", "3 series".
pub(crate) fn series(number: u64) -> String {
    format!("{} series", count(number))
}

/// A number of things as the integer it is.
pub(crate) fn number(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_dates_read_as_they_are_said() {
        assert_eq!(count(0), "0");
        assert_eq!(count(999), "999");
        assert_eq!(count(1_249), "1,249");
        assert_eq!(count(1_234_567), "1,234,567");
        assert_eq!(counted(1, "day"), "1 day");
        assert_eq!(day("2026-11-24".parse().unwrap()), "24 November 2026");
        assert_eq!(month("2026-01-01".parse().unwrap()), "January 2026");
    }
}

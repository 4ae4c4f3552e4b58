use stour_kernel::Timestamp;

use super::{LONGEST, Lines, day, moment};

#[test]
fn long_lines_are_folded_between_characters() {
    let line = format!("SUMMARY:{}", "Körperschaft — ".repeat(20));
    let (name, value) = line.split_once(':').unwrap();
    let mut lines = Lines::default();
    lines.line(name, value);
    let folded = lines.finish();
    for piece in folded.trim_end_matches("\r\n").split("\r\n") {
        assert!(piece.len() <= LONGEST, "{piece}");
    }
    assert!(folded.contains("\r\n "));
    assert_eq!(folded.replace("\r\n ", ""), format!("{line}\r\n"));
}

#[test]
fn what_would_end_a_value_is_escaped() {
    let mut lines = Lines::default();
    lines.text("SUMMARY", " a, b; c\\d\r\ne\tf\u{7}\nEND:VEVENT ");
    assert_eq!(
        lines.finish(),
        "SUMMARY:a\\, b\\; c\\\\d\\ne f\\nEND:VEVENT\r\n"
    );
}

#[test]
fn days_and_moments_are_those_of_the_format() {
    assert_eq!(day("2024-10-30".parse().unwrap()), "20241030");
    let at: Timestamp = "2024-07-01T10:15:00+01:00".parse().unwrap();
    assert_eq!(moment(at), "20240701T091500Z");
}

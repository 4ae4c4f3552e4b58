use jiff::{Timestamp, civil::date};
use stour_hl7v2::{Precision, Ts, TsReason};

fn ts(text: &str) -> Ts {
    text.parse().unwrap()
}

fn refused(text: &str) -> TsReason {
    text.parse::<Ts>().unwrap_err().reason
}

fn instant(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn precision_is_kept() {
    let cases = [
        ("1965", Precision::Year),
        ("196512", Precision::Month),
        ("19651213", Precision::Day),
        ("1965121315", Precision::Hour),
        ("196512131515", Precision::Minute),
        ("19651213151559", Precision::Second),
        ("19651213151559.1", Precision::Fraction(1)),
        ("19651213151559.0500", Precision::Fraction(4)),
        ("20190514102527+0200", Precision::Second),
        ("2019-0330", Precision::Year),
        ("20190514102527.123456789-1130", Precision::Fraction(9)),
    ];
    for (text, precision) in cases {
        assert_eq!(ts(text).precision(), precision, "{text}");
        assert_eq!(ts(text).to_string(), text);
    }
    assert_eq!(ts("196512").date(), date(1965, 12, 1));
    assert_eq!(ts(" 19651213 ").date(), date(1965, 12, 13));
    assert_eq!(ts("20200229").date(), date(2020, 2, 29));
}

#[test]
fn impossible_dates_are_refused() {
    let impossible = |part, value| TsReason::Impossible { part, value };
    assert_eq!(refused("196513121515"), impossible("month", 13));
    assert_eq!(refused("19650012"), impossible("month", 0));
    assert_eq!(refused("20230229"), impossible("day", 29));
    assert_eq!(refused("20230100"), impossible("day", 0));
    assert_eq!(refused("2023013124"), impossible("hour", 24));
    assert_eq!(refused("202301311260"), impossible("minute", 60));
    assert_eq!(refused("20230131125960"), impossible("second", 60));
    assert_eq!(refused("00000000"), impossible("year", 0));
}

#[test]
fn what_is_not_a_time_is_refused() {
    for text in [
        "196",
        "19651",
        "1965121",
        "202301311",
        "2023013112595",
        "202301311259590",
    ] {
        assert_eq!(refused(text), TsReason::Length, "{text}");
    }
    for text in ["20230131.5", "20230131125959.", "20230131125959.1234567890"] {
        assert_eq!(refused(text), TsReason::Length, "{text}");
    }
    for text in ["yesterday", "31/01/2023", "2023013l", "２０２３"] {
        assert_eq!(refused(text), TsReason::NotDigits, "{text}");
    }
    for text in [
        "2023-01-31",
        "20230131+1",
        "20230131+2500",
        "20230131+0160",
        "20230131+",
    ] {
        assert_eq!(refused(text), TsReason::Offset, "{text}");
    }
    let message = "196513121515".parse::<Ts>().unwrap_err().to_string();
    assert!(
        message.contains("196513121515") && message.contains("month 13"),
        "{message}"
    );
}

#[test]
fn local_time_is_that_of_london() {
    let at = |text| ts(text).timestamp().unwrap();
    assert_eq!(at("202607011200"), instant("2026-07-01T11:00:00Z"));
    assert_eq!(at("202612011200"), instant("2026-12-01T12:00:00Z"));
    assert_eq!(at("202607011200+0000"), instant("2026-07-01T12:00:00Z"));
    assert_eq!(at("202607011200-0500"), instant("2026-07-01T17:00:00Z"));
    // Clocks go forward on 29 March and back on 25 October 2026.
    assert_eq!(at("202603290130"), instant("2026-03-29T01:30:00Z"));
    assert_eq!(at("202610250130"), instant("2026-10-25T00:30:00Z"));
}

#[test]
fn the_ends_of_time_do_not_panic() {
    assert!(ts("0001").timestamp().is_some());
    assert!(ts("99991231235959.999999999-1459").timestamp().is_none());
}

#[test]
fn instants_are_written() {
    assert_eq!(
        Ts::instant(instant("2026-07-01T11:00:05.9Z")).to_string(),
        "20260701120005+0100"
    );
    assert_eq!(
        Ts::minute(instant("2026-12-01T11:00:05Z")).to_string(),
        "202612011100"
    );
    assert_eq!(Ts::day(date(2026, 1, 9)).to_string(), "20260109");
}

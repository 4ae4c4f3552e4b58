use stour_register::Around;

use super::super::kinds::ACTIVITY;
use super::super::testing::{entry, shipped};
use super::{Lines, of};
use crate::governance::shell::Opened;

fn opened(entries: Around) -> Opened {
    Opened::of("better-together", entries, "2026-11-24".parse().unwrap()).unwrap()
}

/// The lines of a calendar as a program reads them: unfolded, each a name and a value.
fn read(text: &str) -> Vec<(String, String)> {
    assert!(text.ends_with("\r\n"));
    for line in text.split_terminator("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        assert!(!line.contains(['\n', '\r']), "{line:?}");
    }
    let unfolded = text.replace("\r\n ", "");
    let lines = unfolded.split_terminator("\r\n");
    lines
        .map(|line| {
            let (name, value) = line.split_once(':').unwrap();
            (name.to_owned(), value.to_owned())
        })
        .collect()
}

fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n') => out.push('\n'),
                Some(other) => out.push(other),
                None => panic!("a backslash at the end"),
            },
            ';' | ',' => panic!("{letter} is not escaped in {text}"),
            other => out.push(other),
        }
    }
    out
}

#[test]
fn every_activity_with_a_date_is_an_event_of_its_days() {
    let lines = read(&of(&opened(shipped("better-together"))));
    let values = |name: &str| -> Vec<String> {
        let of_name = lines.iter().filter(|(other, _)| other == name);
        of_name.map(|(_, value)| value.clone()).collect()
    };
    assert_eq!(lines[0], ("BEGIN".to_owned(), "VCALENDAR".to_owned()));
    assert_eq!(
        lines.last().unwrap(),
        &("END".to_owned(), "VCALENDAR".to_owned())
    );
    assert_eq!(values("VERSION"), ["2.0"]);
    assert_eq!(values("BEGIN").len(), 27);
    assert_eq!(values("END").len(), 27);
    let ids: std::collections::BTreeSet<String> = values("UID").into_iter().collect();
    assert_eq!(ids.len(), 26);
    assert_eq!(values("DTSTART;VALUE=DATE")[0], "20130901");
    assert_eq!(
        values("DTEND;VALUE=DATE")[0],
        "20131001",
        "the first day after the month"
    );
    let said = plain(&values("DESCRIPTION")[5]);
    assert!(
        said.contains("by February 2014. Better Together Programme Board."),
        "{said}"
    );
    assert!(
        said.contains("\n○ Older people services – at CCG level"),
        "{said}"
    );
}

#[test]
fn text_is_escaped_and_folded_between_letters() {
    let mut lines = Lines::default();
    let text = format!("a;b,c\\d\ne\u{7}{}", "é—𝄞".repeat(60));
    lines.text("SUMMARY", &text);
    let lines = read(&lines.finish());
    assert_eq!(plain(&lines[0].1), text.replace('\u{7}', ""));
}

#[test]
fn a_name_cannot_add_lines_of_its_own() {
    let mut entries: Vec<_> = shipped("better-together").all().to_vec();
    entries.push(entry(
        ACTIVITY,
        99,
        &[
            ("title", "x\r\nEND:VEVENT\r\nBEGIN:VALARM"),
            ("day", "2014-02-01"),
            ("qualifier", "by"),
        ],
    ));
    let lines = read(&of(&opened(Around::new(entries))));
    assert!(
        !lines
            .iter()
            .any(|(name, value)| name == "BEGIN" && value == "VALARM")
    );
    assert_eq!(lines.iter().filter(|(name, _)| name == "BEGIN").count(), 28);
}

use stour_hl7v2::{
    EncodingCharacters, EncodingError, Issue, Limits, Message, ParseError, Path, Place, Reason,
    Value,
};

use crate::lines;

fn sample() -> Message {
    let text = lines(&[
        r"MSH|^~\&|PAS|RCB|ROUTE|ROUTE|201010101418||ADT^A01^ADT_A01|42|P|2.4",
        r#"PID|1||9990000018^^^NHS&2.16.840&ISO~RDZ123^^^RDZ^PI||SMITH^ANN^""||""||"#,
        "NK1|1|SMITH^ALBERT",
        "NK1|2|SMITH^FRAN~JONES^FRAN",
        "ZU1|1|||",
    ]);
    Message::parse(text.as_bytes()).unwrap()
}

fn text(message: &Message, path: &str) -> String {
    message
        .get(path)
        .unwrap()
        .text()
        .unwrap_or("<none>")
        .to_owned()
}

fn refused(bytes: &[u8]) -> ParseError {
    Message::parse(bytes).unwrap_err()
}

#[test]
fn paths_reach_every_depth() {
    let message = sample();
    assert_eq!(text(&message, "PID-3"), "9990000018");
    assert_eq!(text(&message, "PID-3(1).4.2"), "2.16.840");
    assert_eq!(text(&message, "PID-3(2).4.1"), "RDZ");
    assert_eq!(text(&message, "PID-3(2).4"), "RDZ");
    assert_eq!(text(&message, "NK1(2)-2(2).1"), "JONES");
    assert_eq!(message.get("NK1(3)-2").unwrap(), Value::Absent);
    assert_eq!(message.get("PID-3(9).9.9").unwrap(), Value::Absent);
    assert_eq!(message.get("PID-99").unwrap(), Value::Absent);
}

#[test]
fn header_fields_are_numbered_as_hl7_does() {
    let message = sample();
    let header = message.segment("MSH").unwrap();
    assert_eq!(text(&message, "MSH-1"), "|");
    assert_eq!(text(&message, "MSH-2"), r"^~\&");
    assert_eq!(text(&message, "MSH-3"), "PAS");
    assert_eq!(text(&message, "MSH-9.3"), "ADT_A01");
    assert_eq!(text(&message, "MSH-12"), "2.4");
    assert_eq!(header.len(), 12);
    assert_eq!(header.fields().count(), 12);
    assert_eq!(header.field(0).raw(), "");
    assert_eq!(header.field(2).repeats().count(), 1);
}

#[test]
fn delete_differs_from_absent() {
    let message = sample();
    assert_eq!(message.get("PID-5.3").unwrap(), Value::Delete);
    assert_eq!(message.get("PID-7").unwrap(), Value::Delete);
    assert_eq!(message.get("PID-8").unwrap(), Value::Absent);
    assert_eq!(message.get("PID-40").unwrap(), Value::Absent);
    let pid = message.segment("PID").unwrap();
    assert!(pid.field(7).is_delete());
    assert!(!pid.field(5).is_delete());
    assert!(pid.field(5).component(3).is_delete());
}

#[test]
fn pieces_can_be_walked() {
    let message = sample();
    let field = message.segment("PID").unwrap().field(3);
    let repeats: Vec<_> = field.repeats().map(|repeat| repeat.raw()).collect();
    assert_eq!(
        repeats,
        ["9990000018^^^NHS&2.16.840&ISO", "RDZ123^^^RDZ^PI"]
    );
    assert_eq!(field.repeat(2).components().count(), 5);
    let authority = field.component(4);
    let parts: Vec<_> = authority.subcomponents().map(|part| part.raw()).collect();
    assert_eq!(parts, ["NHS", "2.16.840", "ISO"]);
    assert_eq!(
        message.segment("PID").unwrap().field(8).repeats().count(),
        0
    );
}

#[test]
fn segments_know_their_place_and_z_segments_are_segments() {
    let message = sample();
    let names: Vec<_> = message.segments().map(|segment| segment.name()).collect();
    assert_eq!(names, ["MSH", "PID", "NK1", "NK1", "ZU1"]);
    let last = message.segments().next_back().unwrap();
    assert_eq!(
        (last.position(), last.len(), last.raw()),
        (5, 4, "ZU1|1|||")
    );
    let second = message.segments_named("NK1").nth(1).unwrap();
    assert_eq!((second.position(), second.occurrence()), (4, 2));
}

#[test]
fn written_paths_are_read_back() {
    for written in ["PID-3", "PID-3(2)", "NK1(2)-2(2).1.3", "ZU1-24", "PID-3.4"] {
        assert_eq!(written.parse::<Path>().unwrap().to_string(), written);
    }
    for wrong in [
        "",
        "PID",
        "PID-",
        "PID-0",
        "pid-3",
        "PID-3(0)",
        "PID-3(",
        "PID-3.1.1.1",
        "PID-+3",
        "PIDX-1",
        "1ID-1",
    ] {
        let error = wrong.parse::<Path>().unwrap_err();
        assert!(
            error.to_string().contains("does not name a place"),
            "{wrong}"
        );
    }
}

#[test]
fn line_ends_become_carriage_returns() {
    let unix = "MSH|^~\\&|A\nPID|1\n\nPV1|1";
    assert_eq!(
        Message::parse(unix.as_bytes()).unwrap().text(),
        "MSH|^~\\&|A\rPID|1\r\rPV1|1"
    );
    let windows = "MSH|^~\\&|A\r\nPID|1\r\n";
    assert_eq!(
        Message::parse(windows.as_bytes()).unwrap().text(),
        "MSH|^~\\&|A\rPID|1\r"
    );
    let doubled = "\n\r\nMSH|^~\\&|A\r\n\nPID|1\r";
    let message = Message::parse(doubled.as_bytes()).unwrap();
    assert_eq!(message.text(), "\r\rMSH|^~\\&|A\rPID|1\r");
    assert_eq!(Message::parse(&message.to_bytes()).unwrap(), message);
}

#[test]
fn a_lone_line_feed_within_text_is_kept() {
    let bytes = b"MSH|^~\\&|A\rNTE|1||first\nsecond\r";
    let message = Message::parse(bytes).unwrap();
    assert_eq!(text(&message, "NTE-3"), "first\nsecond");
    assert_eq!(message.to_bytes(), bytes);
}

#[test]
fn odd_but_legal_text_is_written_as_it_was() {
    for odd in [
        "MSH|^~\\&",
        "MSH|^~\\&|\r",
        "MSH|^~\\&|A||||||\r\r\rPID\rZZZ|||\r",
        "\rMSH|^~\\&|A\rPID|~~^^&&",
        "\u{FEFF}MSH|^~\\&|A\rPID|1||Ren\u{E9}e\r",
    ] {
        assert_eq!(
            Message::parse(odd.as_bytes()).unwrap().to_bytes(),
            odd.as_bytes(),
            "{odd:?}"
        );
    }
}

#[test]
fn other_encoding_characters_are_used() {
    let message: Message = "MSH$%*!@$A\rPID$1$$x%y@z*w$!F!!S!!T!!R!!E!|^~&\r"
        .parse()
        .unwrap();
    assert_eq!(text(&message, "PID-3.2.2"), "z");
    assert_eq!(text(&message, "PID-3(2)"), "w");
    assert_eq!(text(&message, "PID-4"), "$%@*!|^~&");
    assert_eq!(message.encoding().field(), '$');
    assert_eq!(message.encoding().to_string(), "%*!@");
}

#[test]
fn five_and_fewer_encoding_characters_are_used() {
    let five: Message = "MSH|^~\\&#|A\rPID|1||a#b\\P\\c\r".parse().unwrap();
    assert_eq!(five.encoding().truncation(), Some('#'));
    assert_eq!(text(&five, "PID-3"), "a#b#c");
    let one: Message = "MSH|^|A\rPID|1||a~b\\c&d^e\r".parse().unwrap();
    assert_eq!(text(&one, "PID-3"), "a~b\\c&d");
    assert_eq!(text(&one, "PID-3.2"), "e");
    assert_eq!(one.encoding().repetition(), None);
}

#[test]
fn bad_encoding_characters_are_refused() {
    let reason = |list: &str| match refused(format!("MSH{list}\rPID|1\r").as_bytes()).reason {
        Reason::Encoding(error) => error,
        other => panic!("{other:?}"),
    };
    assert_eq!(reason(""), EncodingError::Empty);
    assert_eq!(reason("|"), EncodingError::Empty);
    assert_eq!(reason("|^~\\&#!|A"), EncodingError::TooMany(6));
    assert_eq!(reason("|^~^&|A"), EncodingError::Twice('^'));
    assert_eq!(reason("|^~\\X|A"), EncodingError::Unusable(b'X'));
    assert_eq!(reason("|^~\\\"|A"), EncodingError::Unusable(b'"'));
    assert_eq!(reason("\u{E9}^~"), EncodingError::Unusable(0xC3));
    assert_eq!(
        EncodingCharacters::new(b'|', br"^~\&").unwrap(),
        EncodingCharacters::STANDARD
    );
}

#[test]
fn what_is_not_a_message_is_refused() {
    assert_eq!(refused(b"").reason, Reason::Empty);
    assert_eq!(refused(b"\r\n\r\n").reason, Reason::Empty);
    assert_eq!(
        refused(b"PID|1").reason,
        Reason::NoHeader {
            found: "PID|1".into()
        }
    );
    let http = refused(b"GET / HTTP/1.1\r\n");
    assert!(
        http.to_string().contains("first segment must be MSH"),
        "{http}"
    );
    assert_eq!(refused(b"M\0S\0H\0|\0").reason, Reason::WideCharacters);
    assert_eq!(refused(b"\xFE\xFF\0M\0S\0H").reason, Reason::WideCharacters);
    assert_eq!(
        refused(b"MSH").reason,
        Reason::Encoding(EncodingError::Empty)
    );
}

#[test]
fn limits_are_kept() {
    let huge = vec![b'M'; (1 << 20) + 1];
    assert_eq!(
        refused(&huge).reason,
        Reason::TooLarge {
            size: huge.len(),
            limit: 1 << 20
        }
    );

    let limits = Limits {
        bytes: 100,
        segments: 2,
        fields: 3,
    };
    let within = |text: &str| Message::parse_within(text.as_bytes(), &limits);
    assert!(within("MSH|^~\\&|A|B\rPID|1|2|3\r").is_ok());
    let error = within("MSH|^~\\&|A\rPID\rPV1|1\r").unwrap_err();
    assert_eq!(error.reason, Reason::TooManySegments { limit: 2 });
    let place = Place {
        segment: 3,
        name: "PV1".into(),
        occurrence: 1,
        field: 0,
        offset: 15,
    };
    assert_eq!(error.place, place);
    let error = within("MSH|^~\\&|A\rPID|1|2|3|4\r").unwrap_err();
    assert_eq!(error.reason, Reason::TooManyFields { limit: 3 });
    assert_eq!(
        (error.place.segment, error.place.field, error.place.offset),
        (2, 3, 20)
    );
}

#[test]
fn a_line_that_is_no_segment_is_kept_and_reported() {
    let message: Message = "MSH|^~\\&|A\rNTE|1||one\rand two\rPV1|1|I\r"
        .parse()
        .unwrap();
    assert_eq!(text(&message, "PV1-2"), "I");
    let issues = message.issues();
    assert_eq!(
        issues,
        [Issue::SegmentName {
            segment: 3,
            found: "and two".into()
        }]
    );
    assert!(issues[0].to_string().contains("\\.br\\"));
}

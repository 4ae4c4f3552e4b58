use stour_hl7v2::{Charset, Message, Place, Reason};

/// A message that declares a character set, with a name in raw bytes.
fn bytes(charset: &str, name: &[u8]) -> Vec<u8> {
    let mut bytes =
        format!("MSH|^~\\&|A|B|C|D|20100101||ADT^A01|1|P|2.4||||||{charset}\rPID|1||2||")
            .into_bytes();
    bytes.extend_from_slice(name);
    bytes.extend_from_slice(b"\rPV1|1\r");
    bytes
}

fn name(charset: &str, name: &[u8]) -> String {
    let bytes = bytes(charset, name);
    let message = Message::parse(&bytes).unwrap();
    assert_eq!(message.to_bytes(), bytes, "{charset}");
    message.get("PID-5").unwrap().text().unwrap().to_owned()
}

#[test]
fn declared_sets_are_read() {
    for utf8 in ["UNICODE UTF-8", "UNICODE", "utf8", "UTF-8"] {
        assert_eq!(name(utf8, "Zoë".as_bytes()), "Zoë");
    }
    for latin in ["8859/1", "ISO-8859-1", "ISO8859/1", "WINDOWS-1252"] {
        assert_eq!(name(latin, b"Zo\xEB"), "Zoë");
    }
    assert_eq!(name("8859/15", b"\xA4\xBD"), "€œ");
    assert_eq!(name("8859/2", b"\xA3\xF3d\xBC"), "Łódź");
    assert_eq!(name("8859/9", b"\xFE"), "ş");
    assert_eq!(name("ASCII", b"Zoe"), "Zoe");
}

#[test]
fn an_undeclared_set_is_utf_8_if_it_can_be_else_windows_1252() {
    assert_eq!(name("", "Zoë".as_bytes()), "Zoë");
    assert_eq!(name("", b"Zo\xEB \x93x\x94"), "Zoë “x”");
    assert_eq!(
        Message::parse(&bytes("", b"Zo\xEB")).unwrap().charset(),
        Charset::WINDOWS_1252
    );
    assert_eq!(name("\"\"", "Zoë".as_bytes()), "Zoë");
}

#[test]
fn a_later_repeat_serves_when_ascii_does_not() {
    assert_eq!(name("ASCII~8859/1", b"Zo\xEB"), "Zoë");
    assert_eq!(name("~UNICODE UTF-8", "Zoë".as_bytes()), "Zoë");
    assert_eq!(name("ASCII~8859/1", b"Zoe"), "Zoe");
}

#[test]
fn a_byte_order_mark_means_utf_8_and_is_kept() {
    let mut marked = b"\xEF\xBB\xBF".to_vec();
    marked.extend(bytes("8859/1", "Zoë".as_bytes()));
    let message = Message::parse(&marked).unwrap();
    assert_eq!(message.get("PID-5").unwrap().text(), Some("Zoë"));
    assert_eq!(message.to_bytes(), marked);
}

#[test]
fn a_byte_that_is_not_in_the_set_is_named() {
    for (set, charset) in [("UNICODE UTF-8", Charset::UTF_8), ("ASCII", Charset::ASCII)] {
        let bytes = bytes(set, b"Zo\xEB");
        let error = Message::parse(&bytes).unwrap_err();
        assert_eq!(
            error.reason,
            Reason::Byte {
                byte: 0xEB,
                charset
            }
        );
        let offset = bytes.iter().position(|byte| *byte == 0xEB).unwrap();
        let place = Place {
            segment: 2,
            name: "PID".into(),
            occurrence: 1,
            field: 5,
            offset,
        };
        assert_eq!(error.place, place);
        let text = error.to_string();
        assert!(
            text.contains("segment 2 (PID), field 5") && text.contains("0xEB"),
            "{text}"
        );
    }
    let error = Message::parse(&bytes("8859/3", b"ab\xA5")).unwrap_err();
    assert!(
        matches!(error.reason, Reason::Byte { byte: 0xA5, .. }),
        "{error}"
    );
}

#[test]
fn the_header_itself_may_hold_the_bad_byte() {
    let error = Message::parse(b"MSH|^~\\&|A\xFF|||||||||||||||UTF-8\r").unwrap_err();
    assert_eq!(
        (error.place.segment, error.place.field, error.place.offset),
        (1, 3, 10)
    );
}

#[test]
fn an_unknown_set_is_refused_by_name() {
    let error = Message::parse(&bytes("EBCDIC", b"x")).unwrap_err();
    assert_eq!(
        error.reason,
        Reason::UnknownCharset {
            name: "EBCDIC".into()
        }
    );
    assert_eq!((error.place.name.as_str(), error.place.field), ("MSH", 18));
}

#[test]
fn every_single_byte_set_is_written_as_it_was_read() {
    let all: Vec<u8> = (0x80..=0xFF).collect();
    for set in ["8859/1", "8859/2", "8859/4", "8859/5", "8859/9", "8859/15"] {
        name(set, &all);
    }
}

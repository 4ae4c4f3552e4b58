use jiff::Timestamp;
use stour_hl7v2::{Ack, AckCode, AckError, ErrorCode, Message, ReplyTo, mllp};

fn at() -> Timestamp {
    "2026-07-01T11:00:00Z".parse().unwrap()
}

fn ack(code: AckCode) -> Ack {
    Ack::new(code, "S1", at())
}

fn written(ack: &Ack, to: &ReplyTo) -> String {
    let bytes = ack.reply_to(to);
    assert!(mllp::frame(&bytes).is_ok());
    assert_eq!(Message::parse(&bytes).unwrap().to_bytes(), bytes);
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_message_is_accepted() {
    let message: Message =
        "MSH|^~\\&|PAS|RCB^x&y|STOUR|R0D|20260701||ADT^A01^ADT_A01|42|P|2.4||||||UNICODE\r"
            .parse()
            .unwrap();
    let text = written(&ack(AckCode::Accept), &ReplyTo::from(&message));
    let expected = "MSH|^~\\&|STOUR|R0D|PAS|RCB^x&y|20260701120000+0100||ACK^A01^ACK|S1|P|2.4||||||UNICODE\rMSA|AA|42\r";
    assert_eq!(text, expected);
}

#[test]
fn versions_differ() {
    let to = |version: &str| {
        let bytes = format!("MSH|^~\\&|A|B|C|D|||ADT^A03|7|T|{version}\rPID|1\r");
        ReplyTo::from(&bytes.parse::<Message>().unwrap())
    };
    let error = AckError {
        segment: "PID".into(),
        occurrence: 1,
        field: 7,
        code: ErrorCode::DataType,
        text: "no month 13".into(),
    };
    let ack = ack(AckCode::Error).text("see ERR").error(error);
    let old = written(&ack, &to("2.3"));
    assert!(
        old.contains("|ACK^A03|S1|T|2.3\rMSA|AE|7|see ERR\r"),
        "{old}"
    );
    let itk = written(&ack, &to("2.4"));
    assert!(
        itk.ends_with("\rERR|PID^1^7^102&Data type error&HL70357\r"),
        "{itk}"
    );
    let new = written(&ack, &to("2.8"));
    let err = "\rERR||PID^1^7|102^Data type error^HL70357|E||||no month 13\r";
    assert!(new.ends_with(err), "{new}");
}

#[test]
fn the_answer_uses_the_encoding_characters_and_character_set_of_the_message() {
    let bytes = b"MSH$%*!@$A$Zo\xEB%x$C$D$$$ADT%A08$1$P$2.4$$$$$$8859/1\r";
    let message = Message::parse(bytes).unwrap();
    let answer = ack(AckCode::Error)
        .text("cost $5 ☂")
        .reply_to(&ReplyTo::from(&message));
    let answer = Message::parse(&answer).unwrap();
    assert_eq!(answer.get("MSH-6").unwrap().text(), Some("Zoë"));
    assert_eq!(answer.get("MSH-9.2").unwrap().text(), Some("A08"));
    assert_eq!(answer.get("MSA-3").unwrap().text(), Some("cost $5 ?"));
}

#[test]
fn framing_characters_are_not_echoed() {
    let bytes = b"MSH|^~\\&|A\x1CB\x0B|C\x00|D|E|||ADT^A\x1C01|4\x1C\x0B2|P\x07|2\x1C.4\rPID|1\r";
    for to in [
        ReplyTo::from(&Message::parse(bytes).unwrap()),
        ReplyTo::from_bytes(bytes),
    ] {
        let text = written(
            &ack(AckCode::Reject)
                .text("bad\r\x0B\x1Cend")
                .from("X\r", "Y|"),
            &to,
        );
        assert!(
            text.starts_with("MSH|^~\\&|X\\X0D\\|Y\\F\\|AB|C|"),
            "{text}"
        );
        assert!(text.contains("|ACK^A01^ACK|S1|P|2.4\r"), "{text}");
        assert!(
            text.ends_with("MSA|AR|42|bad\\X0D\\\\X0B\\\\X1C\\end\r"),
            "{text}"
        );
        assert_eq!(text.matches('\r').count(), 2);
    }
}

#[test]
fn what_cannot_be_read_is_answered() {
    let bytes = b"MSH|^~\\&|A\xFF|B|C|D|||ADT^A01|42|P|2.4||||||UTF-8\nPID|1\n";
    let error = Message::parse(bytes).unwrap_err();
    let ack = ack(AckCode::Error)
        .text(&error.to_string())
        .error(AckError::from(&error));
    let text = written(&ack, &ReplyTo::from_bytes(bytes));
    assert!(text.starts_with("MSH|^~\\&|C|D|A?|B|2026"), "{text}");
    assert!(
        text.contains("\rMSA|AE|42|segment 1 (MSH), field 3, byte 10: byte 0xFF"),
        "{text}"
    );
    assert!(text.contains("\rERR|MSH^1^3^102&"), "{text}");
}

#[test]
fn what_is_no_message_at_all_is_answered() {
    for bytes in [
        &b""[..],
        b"\x0B\x1C",
        b"GET / HTTP/1.1\r\n",
        b"MSH",
        b"MSH|",
        b"\xFF\xFEM\0S\0H\0",
        b"MSH\rX",
    ] {
        let text = written(&ack(AckCode::Error).text("no"), &ReplyTo::from_bytes(bytes));
        assert!(text.ends_with("||ACK|S1|P|2.4\rMSA|AE||no\r"), "{text}");
    }
}

#[test]
fn an_endless_field_is_cut() {
    let bytes = format!(
        "MSH|^~\\&|{0}|B|C|D|||ADT^A01|{0}|P|2.4\r",
        "9".repeat(1000)
    );
    let to = ReplyTo::from_bytes(bytes.as_bytes());
    assert_eq!(to.control_id().len(), 250);
    assert_eq!(to.sending_application().len(), 250);
    assert_eq!(to.sending_facility(), "B");
}

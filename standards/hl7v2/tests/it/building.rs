use stour_hl7v2::{
    BuildError, Charset, EncodingCharacters, MessageBuilder, Reason, SegmentBuilder, Value,
};

fn header() -> SegmentBuilder {
    SegmentBuilder::new("MSH")
        .text(3, "PAS")
        .text(7, "20260701120000")
        .components(9, &["ADT", "A01", "ADT_A01"])
        .text(10, "42")
        .text(11, "P")
        .text(12, "2.4")
}

#[test]
fn an_admission_is_written() {
    let pid = SegmentBuilder::new("PID")
        .text(1, "1")
        .repeat(3, &["9990000018", "", "", "NHS"])
        .repeat(3, &["A1", "", ""])
        .subcomponents(3, 4, &["R0D", "2.16", "ISO"])
        .components(5, &["O'NEIL|SMITH", "ANN"])
        .delete(7);
    let message = MessageBuilder::new()
        .segment(header())
        .segment(pid)
        .build()
        .unwrap();
    let expected = "MSH|^~\\&|PAS||||20260701120000||ADT^A01^ADT_A01|42|P|2.4\r\
        PID|1||9990000018^^^NHS~A1^^^R0D&2.16&ISO||O'NEIL\\F\\SMITH^ANN||\"\"\r";
    assert_eq!(message.text(), expected);
    assert_eq!(message.get("PID-5").unwrap().text(), Some("O'NEIL|SMITH"));
    assert_eq!(message.get("PID-7").unwrap(), Value::Delete);
}

#[test]
fn a_field_set_again_is_replaced() {
    let nte = SegmentBuilder::new("NTE")
        .delete(1)
        .repeat(1, &["a"])
        .text(2, "b")
        .delete(2);
    let nte = nte
        .text(3, "c")
        .text(3, "")
        .delete(4)
        .subcomponents(4, 2, &["d", "e"])
        .text(0, "x");
    let message = MessageBuilder::new()
        .segment(header())
        .segment(nte)
        .build()
        .unwrap();
    assert!(
        message.text().ends_with("\rNTE|a|\"\"||^d&e\r"),
        "{}",
        message.text()
    );
}

#[test]
fn the_character_set_is_declared_where_it_matters() {
    let pid = SegmentBuilder::new("PID").text(5, "Zoë");
    let message = MessageBuilder::new()
        .segment(header())
        .segment(pid.clone())
        .build()
        .unwrap();
    assert_eq!(message.get("MSH-18").unwrap().text(), Some("UNICODE UTF-8"));
    let latin = header().text(18, "8859/1");
    let message = MessageBuilder::new()
        .segment(latin)
        .segment(pid)
        .build()
        .unwrap();
    assert!(message.to_bytes().ends_with(b"Zo\xEB\r"));
    assert_eq!(message.charset(), Charset::WINDOWS_1252);
}

#[test]
fn other_encoding_characters_are_written() {
    let encoding = EncodingCharacters::new(b'$', b"%*!@").unwrap();
    let message = MessageBuilder::new()
        .encoding(encoding)
        .segment(header())
        .segment(SegmentBuilder::new("NTE").text(3, "$5|10% off!"))
        .build()
        .unwrap();
    assert!(
        message.text().ends_with("\rNTE$$$!F!5|10!S! off!E!\r"),
        "{}",
        message.text()
    );
}

#[test]
fn what_cannot_be_written_is_refused() {
    let build = |segments: Vec<SegmentBuilder>| {
        segments
            .into_iter()
            .fold(MessageBuilder::new(), MessageBuilder::segment)
            .build()
    };
    assert_eq!(build(vec![]).unwrap_err(), BuildError::NoHeader);
    assert_eq!(
        build(vec![SegmentBuilder::new("PID")]).unwrap_err(),
        BuildError::NoHeader
    );
    let bad = build(vec![header(), SegmentBuilder::new("P|D")]).unwrap_err();
    assert_eq!(bad, BuildError::SegmentName("P|D".into()));
    let unknown = build(vec![header().text(18, "EBCDIC")]).unwrap_err();
    assert_eq!(unknown, BuildError::UnknownCharset("EBCDIC".into()));
    let umbrella = build(vec![header().text(18, "8859/1").text(3, "☂")]).unwrap_err();
    assert_eq!(umbrella, BuildError::Character('☂', Charset::WINDOWS_1252));
    let bare = EncodingCharacters::new(b'|', b"^").unwrap();
    let bare = MessageBuilder::new()
        .encoding(bare)
        .segment(header())
        .build()
        .unwrap_err();
    assert_eq!(bare, BuildError::Encoding);
    let many = vec![SegmentBuilder::new("NTE"); 10_000];
    match build([vec![header()], many].concat()).unwrap_err() {
        BuildError::Unreadable(error) => {
            assert_eq!(error.reason, Reason::TooManySegments { limit: 10_000 });
        }
        other => panic!("{other}"),
    }
}

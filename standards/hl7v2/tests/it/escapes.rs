use stour_hl7v2::{EncodingCharacters, Message, Value};

fn read_as(header: &str, text: &str) -> String {
    let message: Message = format!("{header}\rOBX|1||{text}\r").parse().unwrap();
    message.get("OBX-3").unwrap().text().unwrap().to_owned()
}

fn read(text: &str) -> String {
    read_as(r"MSH|^~\&|A", text)
}

#[test]
fn each_escape_is_resolved() {
    assert_eq!(read(r"a\F\b"), "a|b");
    assert_eq!(read(r"a\S\b"), "a^b");
    assert_eq!(read(r"a\T\b"), "a&b");
    assert_eq!(read(r"a\R\b"), "a~b");
    assert_eq!(read(r"a\E\b"), r"a\b");
    assert_eq!(read(r"a\.br\b"), "a\nb");
    assert_eq!(read(r"a\X41\b"), "aAb");
    assert_eq!(read(r"a\X0d0A\b"), "a\r\nb");
    assert_eq!(read_as(r"MSH|^~\&#|A", r"a\P\b"), "a#b");
    assert_eq!(read(r"\E\\E\\F\"), r"\\|");
}

#[test]
fn hexadecimal_data_is_in_the_character_set_of_the_message() {
    assert_eq!(read(r"Zo\XC3AB\"), "Zoë");
    let latin = "MSH|^~\\&|A|||||||||||||||8859/1";
    assert_eq!(read_as(latin, r"Zo\XEB\"), "Zoë");
    assert_eq!(read(r"Zo\XEB\"), r"Zo\XEB\");
}

#[test]
fn what_only_formats_is_kept() {
    for kept in [
        r"\H\loud\N\",
        r"\C2842\x",
        r"\M243042\x",
        r"\Zlocal\x",
        r"\.sp2\x",
        r"\.in+3\x",
        r"\P\x",
    ] {
        assert_eq!(read(kept), kept);
    }
}

#[test]
fn what_is_no_escape_is_kept() {
    for kept in [
        r"a\b",
        r"\",
        r"\\",
        r"C:\TEMP\new",
        r"\X4\",
        r"\XZZ\",
        r"\X\",
        r"\.zz\",
        r"a\F",
    ] {
        assert_eq!(read(kept), kept);
    }
    assert_eq!(read(r"C:\TEMP\F\x"), r"C:\TEMP|x");
}

#[test]
fn writing_escapes_separators_controls_and_quotation_marks() {
    let standard = EncodingCharacters::STANDARD;
    assert_eq!(standard.escape("plain é #"), "plain é #");
    assert_eq!(standard.escape(r"|^&~\"), r"\F\\S\\T\\R\\E\");
    assert_eq!(
        standard.escape("a\nb\rc\u{B}\u{1C}"),
        r"a\.br\b\X0D\c\X0B\\X1C\"
    );
    assert_eq!(standard.escape("\"\""), r"\X2222\");
    let five = EncodingCharacters::new(b'|', br"^~\&#").unwrap();
    assert_eq!(five.escape("#"), r"\P\");
    let bare = EncodingCharacters::new(b'|', b"^").unwrap();
    assert_eq!(bare.escape("a|b^c\rd"), "a b c d");
}

#[test]
fn quotation_marks_delete_only_alone() {
    let message: Message = "MSH|^~\\&|A\rOBX|1||\\X2222\\|\"\"x|\"\"\r"
        .parse()
        .unwrap();
    assert_eq!(message.get("OBX-3").unwrap(), Value::Text("\"\"".into()));
    assert_eq!(message.get("OBX-4").unwrap(), Value::Text("\"\"x".into()));
    assert_eq!(message.get("OBX-5").unwrap(), Value::Delete);
}

use stour_hl7v2::messages;

fn split(file: &[u8]) -> Vec<String> {
    messages(file)
        .map(|bytes| String::from_utf8_lossy(bytes).into_owned())
        .collect()
}

#[test]
fn a_file_is_split_at_each_header() {
    assert_eq!(
        split(b"MSH|1\rPID|1\rMSH|2\r"),
        ["MSH|1\rPID|1\r", "MSH|2\r"]
    );
    assert_eq!(
        split(b"MSH|1\nPID|1\n\nMSH|2"),
        ["MSH|1\nPID|1\n\n", "MSH|2"]
    );
    assert_eq!(split(b"\xEF\xBB\xBFMSH|1\n"), ["MSH|1\n"]);
    assert_eq!(split(b""), Vec::<String>::new());
    assert_eq!(split(b"notes\nMSHX"), Vec::<String>::new());
}

#[test]
fn envelopes_and_frames_are_left_out() {
    let batch = b"FHS|^~\\&\rBHS|^~\\&\rMSH|1\rPID|1\rMSH|2\rBTS|2\rFTS|1\r";
    assert_eq!(split(batch), ["MSH|1\rPID|1\r", "MSH|2\r"]);
    assert_eq!(
        split(b"\x0BMSH|1\r\x1C\r\x0BMSH|2\r\x1C\r"),
        ["MSH|1\r", "MSH|2\r"]
    );
}

//! Files of many messages.

/// The messages in a file, each from its MSH to before the next, with batch envelopes (FHS, BHS,
/// BTS, FTS) and MLLP framing left out. What stands before the first MSH is not a message and is
/// left out too.
pub fn messages(file: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = file;
    std::iter::from_fn(move || {
        let (start, _) = find(rest, |line| begins(line, b"MSH"))?;
        let from = rest.get(start..)?;
        let length = match find(from.get(3..)?, is_boundary) {
            Some((next, _)) => next + 3,
            None => from.len(),
        };
        let (message, after) = from.split_at_checked(length)?;
        rest = after;
        Some(trim_frame(message))
    })
}

/// The position of the first line, its leading 0x0B skipped, that satisfies `wanted`.
fn find(bytes: &[u8], wanted: impl Fn(&[u8]) -> bool) -> Option<(usize, &[u8])> {
    let mut start = 0;
    for line in bytes.split_inclusive(|byte| matches!(byte, b'\r' | b'\n' | 0x1C)) {
        let lead = line
            .iter()
            .take_while(|byte| matches!(byte, 0x0B | 0xEF | 0xBB | 0xBF))
            .count();
        let inner = line.get(lead..).unwrap_or_default();
        if wanted(inner) {
            return Some((start + lead, inner));
        }
        start += line.len();
    }
    None
}

fn is_boundary(line: &[u8]) -> bool {
    [b"MSH", b"FHS", b"BHS", b"BTS", b"FTS"]
        .into_iter()
        .any(|name| begins(line, name))
}

fn begins(line: &[u8], name: &[u8]) -> bool {
    line.strip_prefix(name)
        .is_some_and(|rest| rest.first().is_some_and(u8::is_ascii_punctuation))
}

fn trim_frame(message: &[u8]) -> &[u8] {
    match message.iter().rposition(|byte| *byte == 0x1C) {
        Some(end) => message.get(..end).unwrap_or(message),
        None => message,
    }
}

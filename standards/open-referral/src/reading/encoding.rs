//! Text that was encoded twice: UTF-8 read as Windows-1252, and written as UTF-8 again.

/// The characters of Windows-1252 from 0x80 to 0x9F, by which they are known where they differ from Latin-1
/// (Unicode Consortium, mapping of CP1252).
const WINDOWS: [(char, u8); 27] = [
    ('€', 0x80),
    ('‚', 0x82),
    ('ƒ', 0x83),
    ('„', 0x84),
    ('…', 0x85),
    ('†', 0x86),
    ('‡', 0x87),
    ('ˆ', 0x88),
    ('‰', 0x89),
    ('Š', 0x8A),
    ('‹', 0x8B),
    ('Œ', 0x8C),
    ('Ž', 0x8E),
    ('‘', 0x91),
    ('’', 0x92),
    ('“', 0x93),
    ('”', 0x94),
    ('•', 0x95),
    ('–', 0x96),
    ('—', 0x97),
    ('˜', 0x98),
    ('™', 0x99),
    ('š', 0x9A),
    ('›', 0x9B),
    ('œ', 0x9C),
    ('ž', 0x9E),
    ('Ÿ', 0x9F),
];

/// The text with every run of characters that is UTF-8 encoded twice, or three times, decoded.
pub(super) fn repaired(text: &str) -> String {
    let once = repaired_once(text);
    if once == text {
        once
    } else {
        repaired_once(&once)
    }
}

fn repaired_once(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    for character in text.chars() {
        if character.is_ascii() {
            out.push_str(&decoded(&run));
            run.clear();
            out.push(character);
        } else {
            run.push(character);
        }
    }
    out.push_str(&decoded(&run));
    out
}

/// What a run of characters outside ASCII was before it was encoded again; itself when it was not.
fn decoded(run: &str) -> String {
    let bytes: Option<Vec<u8>> = run.chars().map(byte_of).collect();
    let decoded = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    match decoded {
        Some(decoded) if decoded.chars().count() < run.chars().count() => decoded,
        _ => run.to_owned(),
    }
}

fn byte_of(character: char) -> Option<u8> {
    let windows = WINDOWS.iter().find(|(known, _)| *known == character);
    windows
        .map(|(_, byte)| *byte)
        .or_else(|| u8::try_from(u32::from(character)).ok())
}

#[cfg(test)]
mod tests {
    use super::repaired;

    #[test]
    fn what_was_encoded_twice_is_decoded_and_nothing_else() {
        for (was, is) in [
            ("CafÃ© at St Maryâ€™s â€“ Â£2", "Café at St Mary’s – £2"),
            ("ÃƒÂ©", "é"),
            ("Café ÄÖ Ünïcode £2 — “yes”", "Café ÄÖ Ünïcode £2 — “yes”"),
            ("плавание 游泳", "плавание 游泳"),
            ("", ""),
        ] {
            assert_eq!(repaired(was), is);
        }
    }
}

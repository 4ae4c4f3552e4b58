//! Escape sequences (HL7 2.4, chapter 2.10; `\P\` from 2.7).

use std::borrow::Cow;

use crate::{charset::Charset, encoding::EncodingCharacters};

/// What a reader does with the body of one escape sequence.
enum Meaning {
    Text(String),
    /// Known, but says how to show text rather than what it is: left as it stands.
    Kept,
    Unknown,
}

/// Resolves `\F\ \S\ \T\ \R\ \E\ \P\ \Xdd..\` and `\.br\` (a line feed).
///
/// Highlighting (`\H\ \N\`), character-set switches (`\Cxxyy\ \Mxxyyzz\`), local sequences
/// (`\Z..\`) and other formatting stay in the text as written, as do a lone escape character and
/// hexadecimal data that isn't text in the message's character set.
pub(crate) fn unescape<'t>(
    text: &'t str,
    encoding: &EncodingCharacters,
    charset: Charset,
) -> Cow<'t, str> {
    let Some(escape) = encoding.escape.map(char::from) else {
        return Cow::Borrowed(text);
    };
    let Some((before, mut rest)) = text.split_once(escape) else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len());
    out.push_str(before);
    loop {
        let Some((body, after)) = rest.split_once(escape) else {
            out.push(escape);
            out.push_str(rest);
            return Cow::Owned(out);
        };
        match meaning(body, encoding, charset) {
            Meaning::Text(plain) => out.push_str(&plain),
            Meaning::Kept => {
                out.push(escape);
                out.push_str(body);
                out.push(escape);
            }
            Meaning::Unknown => {
                // The second character may itself begin a sequence, as in `C:\TEMP\F\`.
                out.push(escape);
                out.push_str(body);
                rest = after;
                continue;
            }
        }
        let Some((plain, next)) = after.split_once(escape) else {
            out.push_str(after);
            return Cow::Owned(out);
        };
        out.push_str(plain);
        rest = next;
    }
}

fn meaning(body: &str, encoding: &EncodingCharacters, charset: Charset) -> Meaning {
    let one = |byte: u8| Meaning::Text(char::from(byte).to_string());
    match body {
        "F" => one(encoding.field),
        "S" => one(encoding.component),
        "T" => one(encoding.subcomponent.unwrap_or(b'&')),
        "R" => one(encoding.repetition.unwrap_or(b'~')),
        "E" => one(encoding.escape.unwrap_or(b'\\')),
        "P" => encoding.truncation.map_or(Meaning::Kept, one),
        ".br" | ".BR" => one(b'\n'),
        "H" | "N" => Meaning::Kept,
        _ => match body.split_at_checked(1) {
            Some(("X", hex)) => hexadecimal(hex, charset),
            Some(("C" | "M", hex)) if bytes(hex).is_some() => Meaning::Kept,
            Some(("Z", _)) => Meaning::Kept,
            Some((".", command)) if is_formatting(command) => Meaning::Kept,
            _ => Meaning::Unknown,
        },
    }
}

fn is_formatting(command: &str) -> bool {
    let known = ["sp", "in", "ti", "fi", "nf", "sk", "ce"];
    command.get(..2).is_some_and(|name| known.contains(&name))
        && command.get(2..).is_some_and(|count| {
            count
                .bytes()
                .all(|b| matches!(b, b'0'..=b'9' | b'+' | b'-'))
        })
}

fn hexadecimal(hex: &str, charset: Charset) -> Meaning {
    match bytes(hex) {
        None => Meaning::Unknown,
        Some(bytes) => charset
            .decode(&bytes)
            .map_or(Meaning::Kept, |text| Meaning::Text(text.into_owned())),
    }
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    if hex.is_empty() || !hex.len().is_multiple_of(2) || !hex.bytes().all(|b| b.is_ascii_hexdigit())
    {
        return None;
    }
    (0..hex.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok())
        .collect()
}

impl EncodingCharacters {
    /// Makes `text` safe to stand as one value: separators become escape sequences, a line feed
    /// `\.br\`, other control characters `\Xdd\`. Text that would read as "delete this" (`""`) is
    /// escaped too.
    ///
    /// Without an escape character nothing can be escaped: such characters become spaces.
    pub fn escape<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if text == "\"\"" {
            return Cow::Owned(self.sequence("X2222"));
        }
        let plain = |c: char| self.letter(c).is_none() && !c.is_ascii_control();
        if text.chars().all(plain) {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len() + 8);
        for c in text.chars() {
            if let Some(letter) = self.letter(c) {
                out.push_str(&self.sequence(letter));
            } else if c == '\n' && !self.separates('.') {
                out.push_str(&self.sequence(".br"));
            } else if c.is_ascii_control() {
                out.push_str(&self.sequence(&format!("X{:02X}", u32::from(c))));
            } else {
                out.push(c);
            }
        }
        Cow::Owned(out)
    }

    fn sequence(&self, body: &str) -> String {
        match self.escape.map(char::from) {
            Some(escape) => format!("{escape}{body}{escape}"),
            None => " ".to_owned(),
        }
    }

    fn separates(&self, c: char) -> bool {
        self.letter(c).is_some()
    }

    fn letter(&self, c: char) -> Option<&'static str> {
        let byte = u8::try_from(c).ok()?;
        match byte {
            b if b == self.field => Some("F"),
            b if b == self.component => Some("S"),
            b if Some(b) == self.subcomponent => Some("T"),
            b if Some(b) == self.repetition => Some("R"),
            b if Some(b) == self.escape => Some("E"),
            b if Some(b) == self.truncation => Some("P"),
            _ => None,
        }
    }
}

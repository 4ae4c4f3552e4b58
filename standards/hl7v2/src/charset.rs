//! Character sets: MSH-18 and the bytes that follow from it.

use std::{borrow::Cow, fmt};

use encoding_rs::Encoding;

/// How a message's bytes are text (MSH-18, HL7 table 0211).
///
/// Every set here is an extension of ASCII in which each byte sequence stands for one text and
/// back, so that a message can be written as it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charset(Kind);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Ascii,
    Utf8,
    SingleByte(&'static Encoding),
}

impl Charset {
    /// Seven-bit ASCII.
    pub const ASCII: Self = Self(Kind::Ascii);
    /// UTF-8.
    pub const UTF_8: Self = Self(Kind::Utf8);
    /// Windows code page 1252; also read where 8859/1 is declared, of which it is the superset
    /// that Windows senders mean.
    pub const WINDOWS_1252: Self = Self(Kind::SingleByte(encoding_rs::WINDOWS_1252));

    /// Finds the set that one repeat of MSH-18 names. Spelling is lenient (`8859/1`, `ISO-8859-1`,
    /// `utf8`); `None` for a set that isn't known here.
    ///
    /// `UNICODE` in all its forms is read as UTF-8: a message whose MSH-18 could be read byte by
    /// byte isn't UTF-16 or UTF-32.
    pub fn named(name: &str) -> Option<Self> {
        let plain: String = name
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_uppercase())
            .collect();
        let single = |encoding| Some(Self(Kind::SingleByte(encoding)));
        match plain.strip_prefix("ISO").unwrap_or(&plain) {
            "ASCII" | "USASCII" | "IR6" | "646" => Some(Self::ASCII),
            "UNICODE" | "UNICODEUTF8" | "UTF8" | "UNICODEUTF16" | "UNICODEUTF32" | "10646" => {
                Some(Self::UTF_8)
            }
            "88591" | "IR100" | "LATIN1" | "WINDOWS1252" | "CP1252" | "WIN1252" => {
                Some(Self::WINDOWS_1252)
            }
            "88592" => single(encoding_rs::ISO_8859_2),
            "88593" => single(encoding_rs::ISO_8859_3),
            "88594" => single(encoding_rs::ISO_8859_4),
            "88595" => single(encoding_rs::ISO_8859_5),
            "88596" => single(encoding_rs::ISO_8859_6),
            "88597" => single(encoding_rs::ISO_8859_7),
            "88598" => single(encoding_rs::ISO_8859_8),
            "88599" => single(encoding_rs::WINDOWS_1254),
            "885915" => single(encoding_rs::ISO_8859_15),
            _ => None,
        }
    }

    /// A name for people and error messages.
    pub fn name(self) -> &'static str {
        match self.0 {
            Kind::Ascii => "ASCII",
            Kind::Utf8 => "UTF-8",
            Kind::SingleByte(encoding) => encoding.name(),
        }
    }

    /// Reads bytes as text; the error is the position of the first byte that isn't.
    pub fn decode(self, bytes: &[u8]) -> Result<Cow<'_, str>, usize> {
        match self.0 {
            Kind::Ascii | Kind::Utf8 => {
                let text = std::str::from_utf8(bytes).map_err(|error| error.valid_up_to())?;
                match (self.0, bytes.iter().position(|byte| !byte.is_ascii())) {
                    (Kind::Ascii, Some(position)) => Err(position),
                    _ => Ok(Cow::Borrowed(text)),
                }
            }
            Kind::SingleByte(encoding) => encoding
                .decode_without_bom_handling_and_without_replacement(bytes)
                .ok_or_else(|| first_unreadable(encoding, bytes)),
        }
    }

    /// Writes text as bytes; the error is the first character that the set doesn't have.
    pub fn encode(self, text: &str) -> Result<Cow<'_, [u8]>, char> {
        match self.0 {
            Kind::Utf8 => Ok(Cow::Borrowed(text.as_bytes())),
            Kind::Ascii => match text.chars().find(|c| !c.is_ascii()) {
                Some(c) => Err(c),
                None => Ok(Cow::Borrowed(text.as_bytes())),
            },
            Kind::SingleByte(encoding) => match encoding.encode(text) {
                (bytes, _, false) => Ok(bytes),
                (_, _, true) => Err(first_unwritable(encoding, text)),
            },
        }
    }

    /// Writes text as bytes with `?` for what the set doesn't have: for acknowledgements, which
    /// must always be sendable.
    pub(crate) fn encode_leniently(self, text: &str) -> Vec<u8> {
        if let Ok(bytes) = self.encode(text) {
            return bytes.into_owned();
        }
        let mut buffer = [0; 4];
        text.chars()
            .flat_map(|c| match self.encode(c.encode_utf8(&mut buffer)) {
                Ok(bytes) => bytes.into_owned(),
                Err(_) => vec![b'?'],
            })
            .collect()
    }
}

impl fmt::Display for Charset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

fn first_unreadable(encoding: &'static Encoding, bytes: &[u8]) -> usize {
    bytes
        .iter()
        .position(|byte| {
            encoding
                .decode_without_bom_handling_and_without_replacement(std::slice::from_ref(byte))
                .is_none()
        })
        .unwrap_or(0)
}

fn first_unwritable(encoding: &'static Encoding, text: &str) -> char {
    let mut buffer = [0; 4];
    text.chars()
        .find(|c| encoding.encode(c.encode_utf8(&mut buffer)).2)
        .unwrap_or(char::REPLACEMENT_CHARACTER)
}

//! A message: its text, once, and where its segments and fields begin.

use std::{borrow::Cow, str::FromStr};

use crate::{
    charset::Charset,
    encoding::EncodingCharacters,
    error::{ParseError, Place, Reason},
    escape::unescape,
    issue::Issue,
    path::{Path, PathError, is_segment_name},
    segment::Segment,
    value::Value,
    views::View,
};

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// How much of a message is read before it is refused. HL7 nests no deeper than subcomponents, so
/// depth needs no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes in a message.
    pub bytes: usize,
    /// Segments in a message.
    pub segments: usize,
    /// Fields in one segment.
    pub fields: usize,
}

impl Default for Limits {
    /// 1 MiB, 10,000 segments, 1,000 fields.
    fn default() -> Self {
        Self {
            bytes: 1 << 20,
            segments: 10_000,
            fields: 1_000,
        }
    }
}

/// An HL7 version 2 message, unchanged from how it was received but for its line ends.
///
/// Segments end with a carriage return, after which line feeds are dropped. When MSH itself ends
/// with a line feed alone, as in files made by editors, every line feed ends a segment; otherwise a
/// lone line feed is part of the text it stands in. [`Message::to_bytes`] writes carriage returns,
/// and exactly what was read if that is what was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    text: String,
    encoding: EncodingCharacters,
    charset: Charset,
    byte_order_mark: bool,
    segments: Vec<Span>,
    fields: Vec<usize>,
}

/// Where a segment stands in the text, and where its fields stand in the list of field starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) first_field: usize,
    pub(crate) end_field: usize,
}

impl Message {
    /// Reads a message within the default [`Limits`].
    pub fn parse(bytes: &[u8]) -> Result<Self, ParseError> {
        Self::parse_within(bytes, &Limits::default())
    }

    /// Reads a message.
    ///
    /// The character set is UTF-8 if the message begins with a byte order mark, else what MSH-18
    /// says: its first repeat, or, where that is ASCII or empty and the message isn't ASCII, the
    /// first later repeat that fits. If MSH-18 says nothing the message is UTF-8 if it can be, else
    /// Windows 1252, in which senders that declare nothing write names such as Renée. A byte that
    /// the declared set doesn't have is an error, never replaced.
    pub fn parse_within(bytes: &[u8], limits: &Limits) -> Result<Self, ParseError> {
        if bytes.len() > limits.bytes {
            let reason = Reason::TooLarge {
                size: bytes.len(),
                limit: limits.bytes,
            };
            return Err(ParseError::at_start(limits.bytes, reason));
        }
        let (body, byte_order_mark) = match bytes.strip_prefix(BYTE_ORDER_MARK) {
            Some(rest) => (rest, true),
            None => (bytes, false),
        };
        let header = Header::find(body)?;
        let (charset, text) = header.decode(body, byte_order_mark)?;
        let text = carriage_returns(text, header.line_feeds);
        let (segments, fields) = index(&text, header.encoding.field, limits)?;
        let encoding = header.encoding;
        Ok(Self {
            text,
            encoding,
            charset,
            byte_order_mark,
            segments,
            fields,
        })
    }

    /// Writes the message in its character set. `parse(to_bytes())` is the same message.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mark = if self.byte_order_mark {
            BYTE_ORDER_MARK
        } else {
            &[]
        };
        let mut bytes = mark.to_vec();
        // Every character came from this set, so nothing here is ever replaced.
        match self.charset.encode(&self.text) {
            Ok(body) => bytes.extend_from_slice(&body),
            Err(_) => bytes.extend(self.charset.encode_leniently(&self.text)),
        }
        bytes
    }

    /// The text as received, segments ended by carriage returns.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The separators of MSH-1 and MSH-2.
    pub fn encoding(&self) -> &EncodingCharacters {
        &self.encoding
    }

    /// The character set the message was read in and is written in.
    pub fn charset(&self) -> Charset {
        self.charset
    }

    /// All segments in order. Blank lines aren't segments.
    pub fn segments(&self) -> impl DoubleEndedIterator<Item = Segment<'_>> + ExactSizeIterator {
        self.segments
            .iter()
            .enumerate()
            .map(|(at, span)| Segment::new(self, at + 1, *span))
    }

    /// Segments of one name in order.
    pub fn segments_named<'m>(&'m self, name: &str) -> impl Iterator<Item = Segment<'m>> {
        self.segments()
            .filter(move |segment| segment.name() == name)
    }

    /// The first segment of a name.
    pub fn segment(&self, name: &str) -> Option<Segment<'_>> {
        self.segments_named(name).next()
    }

    /// The value at a written path, such as `PID-3(2).4.1`.
    pub fn get(&self, path: &str) -> Result<Value<'_>, PathError> {
        Ok(self.at(&Path::from_str(path)?))
    }

    /// The value at a path.
    pub fn at(&self, path: &Path) -> Value<'_> {
        self.segments_named(path.name())
            .nth(path.occurrence.saturating_sub(1))
            .map(|segment| {
                segment
                    .field(path.field)
                    .repeat(path.repeat)
                    .component(path.component)
                    .subcomponent(path.subcomponent)
                    .value()
            })
            .unwrap_or_default()
    }

    /// The first segment that a view is of, for example `message.view::<Pid>()`.
    pub fn view<'m, V: View<'m>>(&'m self) -> Option<V> {
        self.segment(V::NAME).map(V::new)
    }

    /// All segments that a view is of.
    pub fn views<'m, V: View<'m>>(&'m self) -> impl Iterator<Item = V> {
        self.segments_named(V::NAME).map(V::new)
    }

    /// Lines that don't begin with a segment name. They are kept as segments all the same.
    pub fn issues(&self) -> Vec<Issue> {
        self.segments()
            .filter(|segment| !is_segment_name(segment.name().as_bytes()))
            .map(|segment| Issue::SegmentName {
                segment: segment.position(),
                found: segment.raw().chars().take(20).collect(),
            })
            .collect()
    }

    /// The message with only those of its segments that are wanted, in their order: one patient's part of an A17, which
    /// is about two. `wanted` is given each segment, and MSH stays whatever it says.
    #[must_use]
    pub fn only(&self, mut wanted: impl FnMut(Segment<'_>) -> bool) -> Self {
        let keep: Vec<bool> = self.segments().map(&mut wanted).collect();
        let mut kept = keep.into_iter().enumerate();
        let mut part = self.clone();
        part.segments.retain(|_| {
            kept.next()
                .is_some_and(|(place, wanted)| place == 0 || wanted)
        });
        part
    }

    pub(crate) fn slice(&self, start: usize, end: usize) -> &str {
        self.text.get(start..end).unwrap_or_default()
    }

    pub(crate) fn field_starts(&self, span: Span) -> &[usize] {
        self.fields
            .get(span.first_field..span.end_field)
            .unwrap_or_default()
    }
}

impl FromStr for Message {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::parse(text.as_bytes())
    }
}

/// What the bytes of MSH tell before the message can be decoded.
struct Header {
    encoding: EncodingCharacters,
    /// The repeats of MSH-18.
    charsets: Vec<String>,
    line_feeds: bool,
}

impl Header {
    fn find(body: &[u8]) -> Result<Self, ParseError> {
        let is_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
        let Some(start) = body.iter().position(|byte| !is_end(byte)) else {
            return Err(ParseError::at_start(0, Reason::Empty));
        };
        let fail = |offset, reason| Err(ParseError::at_start(offset, reason));
        let rest = body.get(start..).unwrap_or_default();
        if rest.iter().take(8).any(|byte| *byte == 0) || rest.starts_with(b"\xFF\xFE") {
            return fail(start, Reason::WideCharacters);
        }
        let Some(after) = rest.strip_prefix(b"MSH") else {
            let found = printable(rest.get(..10).unwrap_or(rest));
            return fail(start, Reason::NoHeader { found });
        };
        let line_end = after.iter().position(is_end);
        let line = after
            .get(..line_end.unwrap_or(after.len()))
            .unwrap_or_default();
        let (field, list) = line.split_first().unwrap_or((&b'|', &[]));
        let mut fields = list.split(|byte| byte == field);
        let encoding = EncodingCharacters::new(*field, fields.next().unwrap_or_default())
            .map_err(|error| ParseError::at_start(start + 3, Reason::Encoding(error)))?;
        // MSH-2 has been taken, so MSH-18 is the sixteenth of what follows.
        let charsets = fields.nth(15).unwrap_or_default();
        let charsets = charsets
            .split(|byte| Some(*byte) == encoding.repetition)
            .map(|name| {
                unescape(&printable(name), &encoding, Charset::ASCII)
                    .trim()
                    .to_owned()
            })
            .collect();
        let ending = line_end.and_then(|end| after.get(end));
        Ok(Self {
            encoding,
            charsets,
            line_feeds: ending == Some(&b'\n'),
        })
    }

    fn decode<'b>(
        &self,
        body: &'b [u8],
        byte_order_mark: bool,
    ) -> Result<(Charset, Cow<'b, str>), ParseError> {
        let charset = self.charset(body, byte_order_mark)?;
        match charset.decode(body) {
            Ok(text) => Ok((charset, text)),
            Err(offset) => {
                let byte = body.get(offset).copied().unwrap_or_default();
                let place = Place::find(body, offset, self.encoding.field, self.line_feeds);
                Err(ParseError::new(place, Reason::Byte { byte, charset }))
            }
        }
    }

    fn charset(&self, body: &[u8], byte_order_mark: bool) -> Result<Charset, ParseError> {
        if byte_order_mark {
            return Ok(Charset::UTF_8);
        }
        let declared = |name: &String| match name.as_str() {
            "" | "\"\"" => None,
            name => Some(Charset::named(name).ok_or_else(|| Self::unknown(name))),
        };
        let first = self.charsets.first().and_then(declared).transpose()?;
        let mut later = self.charsets.iter().skip(1).filter_map(declared);
        match first {
            Some(charset) if charset != Charset::ASCII => Ok(charset),
            _ if body.is_ascii() => Ok(first.unwrap_or(Charset::UTF_8)),
            _ => match (
                later.find_map(|set| set.ok().filter(|set| set.decode(body).is_ok())),
                first,
            ) {
                (Some(charset), _) | (None, Some(charset)) => Ok(charset),
                (None, None) if Charset::UTF_8.decode(body).is_ok() => Ok(Charset::UTF_8),
                (None, None) => Ok(Charset::WINDOWS_1252),
            },
        }
    }

    fn unknown(name: &str) -> ParseError {
        let place = Place {
            segment: 1,
            name: "MSH".to_owned(),
            occurrence: 1,
            field: 18,
            ..Place::default()
        };
        ParseError::new(
            place,
            Reason::UnknownCharset {
                name: name.chars().take(40).collect(),
            },
        )
    }
}

/// For names in errors: what isn't printable ASCII becomes `?`.
fn printable(bytes: &[u8]) -> String {
    let shown = |byte: &u8| matches!(byte, b' '..=b'~');
    bytes
        .iter()
        .map(|byte| if shown(byte) { char::from(*byte) } else { '?' })
        .collect()
}

fn carriage_returns(text: Cow<'_, str>, line_feeds: bool) -> String {
    if !text.as_bytes().contains(&b'\n') {
        return text.into_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_ref();
    // Line feeds before MSH are blank lines whatever ends the segments.
    while let Some(after) = rest.strip_prefix(['\r', '\n']) {
        out.push('\r');
        rest = if rest.starts_with("\r\n") {
            after.get(1..).unwrap_or_default()
        } else {
            after
        };
    }
    let mut after_return = false;
    for c in rest.chars() {
        match c {
            '\n' if after_return => continue,
            '\n' if line_feeds => out.push('\r'),
            c => out.push(c),
        }
        after_return = c == '\r';
    }
    out
}

fn index(
    text: &str,
    separator: u8,
    limits: &Limits,
) -> Result<(Vec<Span>, Vec<usize>), ParseError> {
    let mut segments = Vec::with_capacity(16);
    let mut fields: Vec<usize> = Vec::with_capacity(text.len() / 4);
    let (mut start, mut first_field) = (0, 0);
    let refuse = |offset, reason| {
        Err(ParseError::new(
            Place::find(text.as_bytes(), offset, separator, false),
            reason,
        ))
    };
    for (at, byte) in text.bytes().chain(std::iter::once(b'\r')).enumerate() {
        if byte == separator {
            if fields.len() - first_field == limits.fields {
                return refuse(
                    at,
                    Reason::TooManyFields {
                        limit: limits.fields,
                    },
                );
            }
            fields.push(at + 1);
        } else if byte == b'\r' {
            if at > start {
                if segments.len() == limits.segments {
                    return refuse(
                        start,
                        Reason::TooManySegments {
                            limit: limits.segments,
                        },
                    );
                }
                segments.push(Span {
                    start,
                    end: at,
                    first_field,
                    end_field: fields.len(),
                });
            }
            start = at + 1;
            first_field = fields.len();
        }
    }
    Ok((segments, fields))
}

//! Writing messages.

use crate::{
    charset::Charset,
    encoding::EncodingCharacters,
    error::ParseError,
    message::{Limits, Message},
    path::is_segment_name,
};

/// One segment to be written. Fields are numbered as HL7 does; those not set are absent.
#[derive(Debug, Clone)]
pub struct SegmentBuilder {
    name: String,
    fields: Vec<Content>,
}

/// What a field will hold, not yet escaped: repeats of components of subcomponents.
#[derive(Debug, Clone)]
enum Content {
    Parts(Vec<Vec<Vec<String>>>),
    Delete,
}

impl SegmentBuilder {
    /// A segment without fields. The name is three characters, such as `PID` or `ZU1`.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            fields: Vec::new(),
        }
    }

    /// Sets a field to one value; an empty one is absent.
    #[must_use]
    pub fn text(self, field: usize, text: &str) -> Self {
        self.components(field, &[text])
    }

    /// Sets a field to one repeat of several components; empty ones are absent.
    #[must_use]
    pub fn components(mut self, field: usize, components: &[&str]) -> Self {
        let repeat = components
            .iter()
            .map(|text| vec![(*text).to_owned()])
            .collect();
        if let Some(content) = self.content(field) {
            *content = Content::Parts(vec![repeat]);
        }
        self
    }

    /// Adds a repeat of several components to a field.
    #[must_use]
    pub fn repeat(mut self, field: usize, components: &[&str]) -> Self {
        let repeat: Vec<Vec<String>> = components
            .iter()
            .map(|text| vec![(*text).to_owned()])
            .collect();
        match self.content(field) {
            Some(Content::Parts(repeats)) => repeats.push(repeat),
            Some(content) => *content = Content::Parts(vec![repeat]),
            None => {}
        }
        self
    }

    /// Sets the subcomponents of one component, from 1, of the last repeat of a field.
    #[must_use]
    pub fn subcomponents(mut self, field: usize, component: usize, texts: &[&str]) -> Self {
        let texts = texts.iter().map(|text| (*text).to_owned()).collect();
        let Some(content) = self.content(field) else {
            return self;
        };
        if matches!(content, Content::Delete) {
            *content = Content::Parts(Vec::new());
        }
        if let Content::Parts(repeats) = content {
            if repeats.is_empty() {
                repeats.push(Vec::new());
            }
            if let Some(repeat) = repeats.last_mut() {
                if repeat.len() < component {
                    repeat.resize(component, Vec::new());
                }
                if let Some(place) = repeat.get_mut(component.saturating_sub(1)) {
                    *place = texts;
                }
            }
        }
        self
    }

    /// Sets a field to `""`: the receiver deletes what it has.
    #[must_use]
    pub fn delete(mut self, field: usize) -> Self {
        if let Some(content) = self.content(field) {
            *content = Content::Delete;
        }
        self
    }

    /// The content of a field from 1; fields beyond what a reader takes are not written.
    fn content(&mut self, field: usize) -> Option<&mut Content> {
        let position = field.checked_sub(1)?;
        if field > Limits::default().fields {
            return None;
        }
        if self.fields.len() < field {
            self.fields.resize(field, Content::Parts(Vec::new()));
        }
        self.fields.get_mut(position)
    }

    fn first_text(&self, field: usize) -> Option<String> {
        match self.fields.get(field.checked_sub(1)?)? {
            Content::Parts(repeats) => repeats
                .first()?
                .first()?
                .first()
                .filter(|text| !text.is_empty())
                .cloned(),
            Content::Delete => None,
        }
    }

    fn write(&self, encoding: &EncodingCharacters, out: &mut String) {
        out.push_str(&self.name);
        let header = self.name == "MSH";
        if header {
            out.push(encoding.field());
            out.push_str(&encoding.to_string());
        }
        for content in self.fields.iter().skip(if header { 2 } else { 0 }) {
            out.push(encoding.field());
            match content {
                Content::Delete => out.push_str("\"\""),
                Content::Parts(repeats) => out.push_str(&joined(repeats, encoding)),
            }
        }
        out.push('\r');
    }
}

fn joined(repeats: &[Vec<Vec<String>>], encoding: &EncodingCharacters) -> String {
    let separator = |byte: Option<u8>| byte.map_or(String::new(), |b| char::from(b).to_string());
    let component = |texts: &Vec<String>| {
        let texts: Vec<_> = texts.iter().map(|text| encoding.escape(text)).collect();
        texts.join(&separator(encoding.subcomponent))
    };
    let repeat = |components: &Vec<Vec<String>>| {
        let components: Vec<_> = components.iter().map(component).collect();
        components.join(&separator(Some(encoding.component)))
    };
    repeats
        .iter()
        .map(repeat)
        .collect::<Vec<_>>()
        .join(&separator(encoding.repetition))
}

/// A message to be written, strictly: standard encoding characters unless told otherwise, values
/// escaped, the character set declared.
#[derive(Debug, Clone, Default)]
pub struct MessageBuilder {
    encoding: EncodingCharacters,
    segments: Vec<SegmentBuilder>,
}

impl MessageBuilder {
    /// A message without segments. The first to be added must be MSH; its MSH-1 and MSH-2 are
    /// written by the builder.
    pub fn new() -> Self {
        Self::default()
    }

    /// Uses other encoding characters. They must include repetition, escape and subcomponent.
    #[must_use]
    pub fn encoding(mut self, encoding: EncodingCharacters) -> Self {
        self.encoding = encoding;
        self
    }

    /// Adds a segment.
    #[must_use]
    pub fn segment(mut self, segment: SegmentBuilder) -> Self {
        self.segments.push(segment);
        self
    }

    /// Writes the message. If MSH-18 isn't set and the text isn't ASCII, MSH-18 becomes
    /// `UNICODE UTF-8`.
    pub fn build(self) -> Result<Message, BuildError> {
        let Self {
            encoding,
            mut segments,
        } = self;
        if encoding.subcomponent.is_none() {
            return Err(BuildError::Encoding);
        }
        match segments.first() {
            Some(first) if first.name == "MSH" => {}
            _ => return Err(BuildError::NoHeader),
        }
        if let Some(bad) = segments
            .iter()
            .find(|s| !is_segment_name(s.name.as_bytes()))
        {
            return Err(BuildError::SegmentName(bad.name.clone()));
        }
        let mut text = write(&segments, &encoding);
        let declared = segments.first().and_then(|header| header.first_text(18));
        let mut charset = Charset::UTF_8;
        match declared {
            Some(name) => {
                charset = Charset::named(&name).ok_or(BuildError::UnknownCharset(name))?;
            }
            None if !text.is_ascii() => {
                if let Some(header) = segments.first_mut() {
                    *header = header.clone().text(18, "UNICODE UTF-8");
                }
                text = write(&segments, &encoding);
            }
            None => {}
        }
        let bytes = charset
            .encode(&text)
            .map_err(|c| BuildError::Character(c, charset))?;
        let limits = Limits {
            bytes: bytes.len(),
            ..Limits::default()
        };
        Ok(Message::parse_within(&bytes, &limits)?)
    }
}

fn write(segments: &[SegmentBuilder], encoding: &EncodingCharacters) -> String {
    let mut text = String::with_capacity(1024);
    for segment in segments {
        segment.write(encoding, &mut text);
    }
    text
}

/// Why a message cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BuildError {
    /// The first segment isn't MSH.
    #[error("a message begins with MSH; add that segment first")]
    NoHeader,
    /// Too few encoding characters to write any text.
    #[error(
        "writing needs component, repetition, escape and subcomponent characters; give all four"
    )]
    Encoding,
    /// A name that no segment can have.
    #[error("{0:?} is not a segment name; use three capital letters or digits, a letter first")]
    SegmentName(String),
    /// MSH-18 names a set that isn't known here.
    #[error("character set {0:?} is not supported; use UNICODE UTF-8 in MSH-18")]
    UnknownCharset(String),
    /// A character that the set of MSH-18 doesn't have.
    #[error("{0:?} cannot be written in {1}; use UNICODE UTF-8 in MSH-18")]
    Character(char, Charset),
    /// What was written is beyond a limit of the reader.
    #[error(transparent)]
    Unreadable(#[from] ParseError),
}

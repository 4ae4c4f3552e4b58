//! Acknowledgements in original mode (HL7 2.4, chapter 2.12; ITK has no enhanced mode).

use jiff::Timestamp;

use crate::{
    charset::Charset,
    encoding::EncodingCharacters,
    error::{ParseError, Reason},
    message::Message,
    ts::Ts,
};

/// The longest field that is echoed, in characters; HL7 2.8 allows no longer identifier.
const ECHO: usize = 250;
/// How many bytes of a message that cannot be read are searched for its MSH.
const HEADER: usize = 4096;

/// MSA-1 (HL7 table 0008).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AckCode {
    /// `AA`: the message is safe with the receiver.
    Accept,
    /// `AE`: the message has an error; sending it again won't help.
    Error,
    /// `AR`: not now, for a reason that isn't the message's content; sending it again may help.
    Reject,
}

impl AckCode {
    /// The two letters of MSA-1.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accept => "AA",
            Self::Error => "AE",
            Self::Reject => "AR",
        }
    }
}

/// Message error conditions (HL7 table 0357).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorCode {
    /// Segments missing or out of order.
    SegmentSequence,
    /// A required field is missing.
    RequiredFieldMissing,
    /// A value is not of its data type.
    DataType,
    /// A value is not in its table.
    TableValueNotFound,
    /// MSH-9.1 is not supported.
    UnsupportedMessageType,
    /// MSH-9.2 is not supported.
    UnsupportedEventCode,
    /// MSH-11 is not supported, such as a test message sent to a live system.
    UnsupportedProcessingId,
    /// MSH-12 is not supported.
    UnsupportedVersion,
    /// The message is about someone or something unknown.
    UnknownKey,
    /// Anything inside the receiver.
    ApplicationInternal,
}

impl ErrorCode {
    /// The code and its display text.
    fn coded(self) -> (&'static str, &'static str) {
        match self {
            Self::SegmentSequence => ("100", "Segment sequence error"),
            Self::RequiredFieldMissing => ("101", "Required field missing"),
            Self::DataType => ("102", "Data type error"),
            Self::TableValueNotFound => ("103", "Table value not found"),
            Self::UnsupportedMessageType => ("200", "Unsupported message type"),
            Self::UnsupportedEventCode => ("201", "Unsupported event code"),
            Self::UnsupportedProcessingId => ("202", "Unsupported processing id"),
            Self::UnsupportedVersion => ("203", "Unsupported version id"),
            Self::UnknownKey => ("204", "Unknown key identifier"),
            Self::ApplicationInternal => ("207", "Application internal error"),
        }
    }
}

/// One ERR segment: where and what is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AckError {
    /// The segment's name; may be empty if not known.
    pub segment: String,
    /// Which segment of that name, from 1; 0 if not known.
    pub occurrence: usize,
    /// Which field, from 1; 0 if not known.
    pub field: usize,
    /// What kind of error.
    pub code: ErrorCode,
    /// For a person: why and what to do.
    pub text: String,
}

impl From<&ParseError> for AckError {
    fn from(error: &ParseError) -> Self {
        let code = match error.reason {
            Reason::Empty | Reason::NoHeader { .. } => ErrorCode::SegmentSequence,
            Reason::TooLarge { .. }
            | Reason::TooManySegments { .. }
            | Reason::TooManyFields { .. } => ErrorCode::ApplicationInternal,
            Reason::UnknownCharset { .. } => ErrorCode::TableValueNotFound,
            Reason::Encoding(_) | Reason::WideCharacters | Reason::Byte { .. } => {
                ErrorCode::DataType
            }
        };
        Self {
            segment: error.place.name.clone(),
            occurrence: error.place.occurrence,
            field: error.place.field,
            code,
            text: error.to_string(),
        }
    }
}

/// What an acknowledgement needs of the message it answers: fields of MSH as they were sent, made
/// safe to echo. What could not be read is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyTo {
    encoding: EncodingCharacters,
    charset: Charset,
    fields: Vec<String>,
}

impl ReplyTo {
    /// Reads what can be read of the MSH of bytes that aren't a readable message. Never fails;
    /// characters that aren't ASCII become `?`.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let bytes = bytes.get(..HEADER).unwrap_or(bytes);
        let start = bytes
            .windows(3)
            .position(|three| three == b"MSH")
            .unwrap_or(bytes.len());
        let line = bytes.get(start..).unwrap_or_default();
        let end = line
            .iter()
            .position(|byte| matches!(byte, b'\r' | b'\n'))
            .unwrap_or(line.len());
        let line: String = line
            .iter()
            .take(end)
            .map(|byte| {
                if byte.is_ascii() {
                    char::from(*byte)
                } else {
                    '?'
                }
            })
            .collect();
        Self::from_line(&line, None, Charset::ASCII)
    }

    fn from_line(line: &str, encoding: Option<EncodingCharacters>, charset: Charset) -> Self {
        let separator = line.chars().nth(3).unwrap_or('|');
        let mut fields = line.split(separator);
        let list = fields.nth(1).unwrap_or_default();
        let encoding = encoding
            .or_else(|| {
                EncodingCharacters::new(u8::try_from(separator).ok()?, list.as_bytes()).ok()
            })
            .unwrap_or_default();
        let fields = fields
            .take(16)
            .map(|field| safe(field, &encoding))
            .collect();
        Self {
            encoding,
            charset,
            fields,
        }
    }

    /// A field of MSH from 3, as sent.
    fn field(&self, number: usize) -> &str {
        number
            .checked_sub(3)
            .and_then(|at| self.fields.get(at))
            .map_or("", String::as_str)
    }

    fn first(&self, number: usize) -> &str {
        self.component(number, 0)
    }

    fn component(&self, number: usize, position: usize) -> &str {
        self.field(number)
            .split(self.encoding.component())
            .nth(position)
            .unwrap_or_default()
    }

    /// MSH-3, the sending application, as sent.
    pub fn sending_application(&self) -> &str {
        self.field(3)
    }

    /// MSH-4, the sending facility, as sent.
    pub fn sending_facility(&self) -> &str {
        self.field(4)
    }

    /// MSH-10, the message control id, as sent.
    pub fn control_id(&self) -> &str {
        self.field(10)
    }
}

impl From<&Message> for ReplyTo {
    fn from(message: &Message) -> Self {
        let line = message.segments().next().map_or("", |header| header.raw());
        Self::from_line(line, Some(*message.encoding()), message.charset())
    }
}

/// Leaves out whatever could end the frame, the segment or the field it is echoed into.
fn safe(text: &str, encoding: &EncodingCharacters) -> String {
    text.chars()
        .filter(|c| !c.is_control() && *c != encoding.field())
        .take(ECHO)
        .collect()
}

/// An acknowledgement to be written.
#[derive(Debug, Clone)]
pub struct Ack {
    code: AckCode,
    control_id: String,
    at: Timestamp,
    text: String,
    errors: Vec<AckError>,
    from: Option<(String, String)>,
}

impl Ack {
    /// An acknowledgement with a control id of its own (MSH-10; up to 20 characters before
    /// version 2.7), sent at an instant (MSH-7).
    pub fn new(code: AckCode, control_id: &str, at: Timestamp) -> Self {
        let control_id = control_id.to_owned();
        Self {
            code,
            control_id,
            at,
            text: String::new(),
            errors: Vec::new(),
            from: None,
        }
    }

    /// MSA-3: what a person should read; up to 250 characters are sent.
    #[must_use]
    pub fn text(mut self, text: &str) -> Self {
        text.clone_into(&mut self.text);
        self
    }

    /// Adds an ERR segment.
    #[must_use]
    pub fn error(mut self, error: AckError) -> Self {
        self.errors.push(error);
        self
    }

    /// Who answers (MSH-3, MSH-4). Without this, whoever the message was sent to.
    #[must_use]
    pub fn from(mut self, application: &str, facility: &str) -> Self {
        self.from = Some((application.to_owned(), facility.to_owned()));
        self
    }

    /// Writes the acknowledgement, ready to be framed, in the encoding characters, version and
    /// character set of the message it answers.
    pub fn reply_to(&self, to: &ReplyTo) -> Vec<u8> {
        let separators = &to.encoding;
        let escape = |text: &str| {
            let text: String = text.chars().take(ECHO).collect();
            separators.escape(&text).into_owned()
        };
        let (application, facility) = match &self.from {
            Some((application, facility)) => (escape(application), escape(facility)),
            None => (to.field(5).to_owned(), to.field(6).to_owned()),
        };
        let version = match to.first(12) {
            "" => "2.4",
            version => version,
        };
        let processing = if to.field(11).is_empty() {
            "P"
        } else {
            to.field(11)
        };
        let header = [
            "MSH".to_owned(),
            separators.to_string(),
            application,
            facility,
            to.field(3).to_owned(),
            to.field(4).to_owned(),
            Ts::instant(self.at).to_string(),
            String::new(),
            message_type(to, version),
            escape(&self.control_id),
            processing.to_owned(),
            version.to_owned(),
            String::new(),
            String::new(),
            String::new(),
            String::new(),
            String::new(),
            if to.charset == Charset::ASCII {
                String::new()
            } else {
                to.field(18).to_owned()
            },
        ];
        let field = separators.field().to_string();
        let mut lines = vec![
            header
                .join(&field)
                .trim_end_matches(separators.field())
                .to_owned(),
        ];
        let msa = [
            "MSA",
            self.code.as_str(),
            to.control_id(),
            &escape(&self.text),
        ]
        .join(&field);
        lines.push(msa.trim_end_matches(separators.field()).to_owned());
        lines.extend(
            self.errors
                .iter()
                .map(|error| err(error, separators, version)),
        );
        let mut text = lines.join("\r");
        text.push('\r');
        to.charset.encode_leniently(&text)
    }
}

/// `ACK^A01^ACK`; the structure is written from version 2.4, which introduced it for ACK.
fn message_type(to: &ReplyTo, version: &str) -> String {
    let component = to.encoding.component();
    match to.component(9, 1) {
        "" => "ACK".to_owned(),
        event if version < "2.4" => format!("ACK{component}{event}"),
        event => format!("ACK{component}{event}{component}ACK"),
    }
}

/// ERR as it was until version 2.4 (ERR-1) and as it is from 2.5 (ERR-2, 3, 4 and 8).
fn err(error: &AckError, separators: &EncodingCharacters, version: &str) -> String {
    let (field, component) = (separators.field(), separators.component());
    let number = |number: usize| {
        if number == 0 {
            String::new()
        } else {
            number.to_string()
        }
    };
    let place = [
        separators.escape(&error.segment).into_owned(),
        number(error.occurrence),
        number(error.field),
    ]
    .join(&component.to_string());
    let (code, display) = error.code.coded();
    if version < "2.5" {
        let part = separators.subcomponent().unwrap_or('&');
        return format!("ERR{field}{place}{component}{code}{part}{display}{part}HL70357");
    }
    let text: String = error.text.chars().take(ECHO).collect();
    let text = separators.escape(&text);
    format!(
        "ERR{field}{field}{place}{field}{code}{component}{display}{component}HL70357{field}E{field}{field}{field}{field}{text}"
    )
}

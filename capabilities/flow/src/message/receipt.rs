//! What is to be done with bytes that came in: what is stored, and how they are answered. Decided
//! before anything is stored, from the bytes alone, so that a message sent again gets the same
//! answer.

use std::time::Duration;

use bytes::Bytes;
use sha2::{Digest as _, Sha256};
use stour_hl7v2::mllp::Fault as Stream;
use stour_hl7v2::views::Msh;
use stour_hl7v2::{Ack, AckCode, AckError, ErrorCode, Message, ReplyTo, Value};
use stour_kernel::{Id, Timestamp, hex};

use super::store::MessageState;
use crate::adt::Fault;

/// The largest message, in bytes.
pub const LARGEST: usize = 1 << 20;

/// Something that came in.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// MSH-3 and MSH-4, parted by a stroke; of what has none, the address that it came from.
    pub sender: String,
    /// MSH-10.
    pub control_id: String,
    /// `ADT^A01`.
    pub kind: String,
    /// SHA-256 of the bytes, in hexadecimal.
    pub content_hash: String,
    /// How many bytes came.
    pub size: u64,
    /// The bytes; none of what is refused for its size or was cut off.
    pub body: Option<Bytes>,
    /// The character set that it was read in.
    pub charset: Option<&'static str>,
    /// What becomes of it before anybody reads what it says.
    pub state: MessageState,
    /// Why it is not worked through.
    pub fault: Option<Fault>,
    /// Whether its sender waits for an answer.
    pub is_answered: bool,
    reply: ReplyTo,
    code: AckCode,
    error: Option<AckError>,
}

impl Incoming {
    /// The answer, once this has been stored.
    pub fn answer(&self, id: Id, at: Timestamp) -> Vec<u8> {
        acknowledge(self.code, self.error.as_ref(), &self.reply, id, at)
    }

    /// The answer when it could not be stored: not now, send it again.
    pub fn not_now(&self, id: Id, at: Timestamp) -> Vec<u8> {
        let error = AckError {
            segment: String::new(),
            occurrence: 0,
            field: 0,
            code: ErrorCode::ApplicationInternal,
            text: "The message could not be stored now and was not kept; send it again later."
                .to_owned(),
        };
        acknowledge(AckCode::Reject, Some(&error), &self.reply, id, at)
    }
}

fn acknowledge(
    code: AckCode,
    error: Option<&AckError>,
    reply: &ReplyTo,
    id: Id,
    at: Timestamp,
) -> Vec<u8> {
    // MSH-10 had at most 20 characters until version 2.7.
    let control_id: String = format!("{:032x}", id.as_u128()).chars().take(20).collect();
    let mut ack = Ack::new(code, &control_id, at).from("STOUR", "");
    if let Some(error) = error {
        ack = ack.text(&error.text).error(error.clone());
    }
    ack.reply_to(reply)
}

/// What is to be done with a message. `live`: messages marked as training or debugging in MSH-11 are
/// refused, since what they say is not so.
pub fn incoming(bytes: Bytes, peer: &str, live: bool) -> Incoming {
    let message = Message::parse(&bytes);
    let mut incoming = match &message {
        Ok(message) => readable(message, live),
        Err(error) => {
            let reply = ReplyTo::from_bytes(&bytes);
            let kind = String::new();
            set_aside(reply, kind, Fault::from(error), AckError::from(error))
        }
    };
    if incoming.sender.is_empty() {
        incoming.sender = format!("connection from {peer}");
    }
    incoming.content_hash = hex(&Sha256::digest(&bytes));
    incoming.size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    incoming.body = (incoming.state != MessageState::Refused).then_some(bytes);
    incoming
}

fn readable(message: &Message, live: bool) -> Incoming {
    let reply = ReplyTo::from(message);
    let header = message.view::<Msh<'_>>();
    let text =
        |value: Option<Value<'_>>| plain(value.as_ref().and_then(Value::text).unwrap_or_default());
    let kind = [
        text(header.map(|msh| msh.kind())),
        text(header.map(|msh| msh.event())),
    ];
    let kind = kind.join("^").trim_matches('^').to_owned();
    let processing = text(header.map(|msh| msh.processing_id()));
    let mut incoming = if live && matches!(processing.as_str(), "T" | "D") {
        let reason = format!("This system is live, and MSH-11 says {processing}: not real.");
        let advice = "Send messages of production only (MSH-11 P), or send these to a test system.";
        let fault = Fault::of("MSH", 11, reason, advice);
        let error = error(&fault, ErrorCode::UnsupportedProcessingId);
        let refused = set_aside(reply, kind, fault, error);
        Incoming {
            state: MessageState::Refused,
            code: AckCode::Reject,
            ..refused
        }
    } else if reply.control_id().is_empty() {
        let advice = "Ask the sender to number its messages in MSH-10 and send this one again.";
        let fault = Fault::of("MSH", 10, "The message has no control id.", advice);
        let error = error(&fault, ErrorCode::RequiredFieldMissing);
        set_aside(reply, kind, fault, error)
    } else {
        Incoming {
            sender: sender(&reply),
            control_id: plain(reply.control_id()),
            kind,
            content_hash: String::new(),
            size: 0,
            body: None,
            charset: None,
            state: MessageState::Received,
            fault: None,
            is_answered: true,
            reply,
            code: AckCode::Accept,
            error: None,
        }
    };
    incoming.charset = Some(message.charset().name());
    incoming
}

fn error(fault: &Fault, code: ErrorCode) -> AckError {
    AckError {
        segment: fault.segment.clone(),
        occurrence: 1,
        field: fault.field,
        code,
        text: format!("{} {}", fault.reason, fault.advice),
    }
}

fn set_aside(reply: ReplyTo, kind: String, fault: Fault, error: AckError) -> Incoming {
    Incoming {
        sender: sender(&reply),
        control_id: plain(reply.control_id()),
        kind,
        content_hash: String::new(),
        size: 0,
        body: None,
        charset: None,
        state: MessageState::SetAside,
        fault: Some(fault),
        is_answered: true,
        reply,
        code: AckCode::Error,
        error: Some(error),
    }
}

fn sender(reply: &ReplyTo) -> String {
    let parts = [reply.sending_application(), reply.sending_facility()];
    let joined = parts.map(plain).join("/");
    if joined == "/" { String::new() } else { joined }
}

/// Fit to be stored and shown: short, no control characters.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|character| !character.is_control())
        .take(100)
        .collect()
}

/// What is noted of something that was no message at all. Answered only where its sender waits for
/// an answer.
pub fn refused(fault: &Stream, peer: &str) -> Incoming {
    let (size, head, answer) = match fault {
        Stream::TooLarge { size, head, .. } => (*size, head.clone(), true),
        Stream::NoEnd { size } | Stream::Cut { size } => (*size, Bytes::new(), false),
        Stream::Garbage { .. } | Stream::Empty => (0, Bytes::new(), false),
    };
    let advice = if answer {
        "Ask the sender to leave documents out of the message."
    } else {
        SENT_AGAIN
    };
    let problem = Fault::of("", 0, fault.to_string(), advice);
    let mut incoming = noted(problem, ReplyTo::from_bytes(&head), peer);
    incoming.is_answered = answer;
    incoming.size = size;
    // Where in the stream garbage stood is different each time; that there was some is not.
    let what = match fault {
        Stream::Garbage { .. } => "garbage".to_owned(),
        other => other.to_string(),
    };
    incoming.content_hash = hex(&Sha256::digest(what));
    incoming
}

const SENT_AGAIN: &str = "Nothing if the sender sent it again: look for its next message. If this comes often, have the connection looked at.";

/// What is noted of a message whose end was waited for in vain.
pub(super) fn given_up(patience: Duration, peer: &str) -> Incoming {
    let seconds = patience.as_secs();
    let reason = format!("Half a message came, and no more of it for {seconds} seconds.");
    let problem = Fault::of("", 0, reason, SENT_AGAIN);
    let mut incoming = noted(problem, ReplyTo::from_bytes(&[]), peer);
    incoming.is_answered = false;
    incoming.content_hash = hex(&Sha256::digest("given up"));
    incoming
}

fn noted(problem: Fault, reply: ReplyTo, peer: &str) -> Incoming {
    let failure = error(&problem, ErrorCode::ApplicationInternal);
    let mut incoming = set_aside(reply, String::new(), problem, failure);
    incoming.state = MessageState::Refused;
    if incoming.sender.is_empty() {
        incoming.sender = format!("connection from {peer}");
    }
    incoming
}

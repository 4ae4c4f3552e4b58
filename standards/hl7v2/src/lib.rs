//! HL7 version 2 (2.1 to 2.8): a lossless reader and writer of ER7 messages, their
//! acknowledgements, and the MLLP framing that carries them.
//!
//! A [`Message`] keeps its text once and an index of where segments and fields begin; values are
//! read on demand, and what was read can be written back byte for byte. [`views`] name the fields
//! of the segments that hospital admission, discharge and transfer (ADT) messages are made of.
//! Sources: HL7 version 2.4 chapter 2 (control) and chapter 3 (patient administration), HL7
//! Minimal Lower Layer Protocol release 1, and the NHS ITK HL7 V2 message specifications 1.0.15.
//!
//! This crate must not know what a message means to a partnership: no people, spells or wards, no
//! database, no clock. It never decides whether to accept a message, only whether it can be read.

mod ack;
mod batch;
mod builder;
mod charset;
mod encoding;
mod error;
mod escape;
mod issue;
mod message;
pub mod mllp;
mod path;
mod segment;
mod ts;
mod value;
pub mod views;

pub use ack::{Ack, AckCode, AckError, ErrorCode, ReplyTo};
pub use batch::messages;
pub use builder::{BuildError, MessageBuilder, SegmentBuilder};
pub use charset::Charset;
pub use encoding::{EncodingCharacters, EncodingError};
pub use error::{ParseError, Place, Reason};
pub use issue::Issue;
pub use message::{Limits, Message};
pub use path::{Path, PathError};
pub use segment::{Component, Field, Repeat, Segment, Subcomponent};
pub use ts::{Precision, Ts, TsError, TsReason};
pub use value::{TimeValue, Value};

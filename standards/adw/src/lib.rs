//! Notices between hospitals and councils as they were sent until 2022: assessment, discharge and withdrawal (ADW, standard
//! SCCI2075), FHIR DSTU2 messages in XML.
//!
//! The standard is in production and deprecated; nothing new is built on it, so this crate reads and does not write. It reads
//! leniently: what is missing or cannot be read is left out and noted, and only what is no such message at all is refused.
//!
//! **Limits, before anything is understood.** A document type declaration is refused, and with it every entity but the five
//! of XML. A message has at most [`LARGEST`] bytes, elements stand at most [`DEEPEST`] deep, and there are at most
//! [`MOST`] of them.
//!
//! This crate must not know who is a patient here or what becomes of a notice.

mod message;
mod tree;

pub use message::{
    Answer, Kind, Message, Of, Patient, Practitioner, ReadError, Reason, Withdrawn, read,
};
pub use tree::{DEEPEST, LARGEST, MOST, NoXml};

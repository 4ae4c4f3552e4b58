//! MLLP, the framing of messages on a TCP connection (HL7 Minimal Lower Layer Protocol, release
//! 1): 0x0B, the message, 0x1C 0x0D.
//!
//! [`Decoder`] is pure; [`FrameReader`] and [`write_frame`] put it on a stream.

mod decoder;
mod stream;

pub use decoder::{Decoder, Event, Fault};
pub use stream::{FrameReader, write_frame};

use bytes::{BufMut, Bytes, BytesMut};

/// Begins a frame.
const START: u8 = 0x0B;
/// Ends a frame, together with a carriage return.
const END: u8 = 0x1C;

/// Puts a message in a frame. A message with 0x0B or 0x1C in it cannot be framed.
pub fn frame(message: &[u8]) -> Result<Bytes, FrameError> {
    if let Some(offset) = message.iter().position(|byte| matches!(*byte, START | END)) {
        return Err(FrameError { offset });
    }
    let mut framed = BytesMut::with_capacity(message.len() + 3);
    framed.put_u8(START);
    framed.put_slice(message);
    framed.put_slice(&[END, b'\r']);
    Ok(framed.freeze())
}

/// A message that cannot be framed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "byte {offset} of the message is one that MLLP frames with; escape it as \\X0B\\ or \\X1C\\"
)]
pub struct FrameError {
    /// How many bytes of the message come before it.
    pub offset: usize,
}

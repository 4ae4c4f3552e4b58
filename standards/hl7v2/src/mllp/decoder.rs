//! Finding frames in a stream, however it is cut into pieces.

use bytes::Bytes;

use super::{END, START};

/// How much of a frame over the limit is kept, so that it can be answered.
const HEAD: usize = 4096;

/// What a stream was found to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A message, without its framing.
    Frame(Bytes),
    /// Something that isn't a frame.
    Fault(Fault),
}

/// What is wrong with a stream. The decoder goes on to the next frame after each.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Bytes between frames, other than line ends. Reported at the first of them, once until the
    /// next frame begins.
    #[error(
        "byte 0x{byte:02X} at {offset} in the stream is outside any frame; begin each message with 0x0B"
    )]
    Garbage {
        /// Position in the stream, from 0.
        offset: u64,
        /// The first of the bytes.
        byte: u8,
    },
    /// A frame with nothing in it.
    #[error("a frame without a message; send the message between 0x0B and 0x1C 0x0D")]
    Empty,
    /// A frame over the limit, reported where it ends.
    #[error("a message of {size} bytes is over the limit of {limit}; send documents another way")]
    TooLarge {
        /// Its size in bytes.
        size: u64,
        /// The limit in bytes.
        limit: usize,
        /// Its first bytes, at most 4096, from which [`ReplyTo`](crate::ReplyTo) can be read.
        head: Bytes,
    },
    /// A message that began before the one before it had ended.
    #[error("a message of {size} bytes has no end and was not used; end each with 0x1C 0x0D")]
    NoEnd {
        /// Its size in bytes.
        size: u64,
    },
    /// The stream ended within a frame.
    #[error(
        "the connection ended after {size} bytes of a message, which was not used; send it again"
    )]
    Cut {
        /// How much of the message came.
        size: u64,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Outside {
        reported: bool,
    },
    Inside,
    /// Inside, after 0x1C.
    Ending,
}

/// Takes a stream apart into messages, keeping at most one message of at most the limit.
///
/// Lenient where nothing can be mistaken: a run of 0x0B is one; line ends between frames are
/// nothing; 0x1C is an end also when 0x0B or the end of the stream follows it; 0x1C followed by
/// anything else is part of the message; 0x0B followed by `MSH` begins a new message wherever it
/// stands, other 0x0B within a message are part of it.
#[derive(Debug)]
pub struct Decoder {
    limit: usize,
    state: State,
    buffer: Vec<u8>,
    /// Bytes of the current message, kept or not.
    size: u64,
    /// The last four of them.
    tail: [u8; 4],
    oversize: bool,
    position: u64,
}

impl Decoder {
    /// A decoder that keeps messages of up to `limit` bytes.
    pub fn new(limit: usize) -> Self {
        Self {
            limit,
            state: State::Outside { reported: false },
            buffer: Vec::new(),
            size: 0,
            tail: [0; 4],
            oversize: false,
            position: 0,
        }
    }

    /// Takes the next bytes of the stream and gives what they complete, in order.
    pub fn push(&mut self, bytes: &[u8]) -> impl Iterator<Item = Event> + use<> {
        let mut events = Vec::new();
        let mut rest = bytes;
        while let Some((first, others)) = rest.split_first() {
            let (run, after) = rest.split_at_checked(self.plain(rest)).unwrap_or_default();
            if run.is_empty() {
                self.take(*first, &mut events);
                self.position += 1;
                rest = others;
            } else {
                self.keep_run(run);
                self.position += length(run);
                rest = after;
            }
        }
        events.into_iter()
    }

    /// Tells the decoder that the stream has ended.
    pub fn finish(&mut self) -> Option<Event> {
        let event = match self.state {
            State::Outside { .. } => None,
            State::Ending => Some(self.completed()),
            State::Inside if self.size == 0 => None,
            State::Inside => Some(Event::Fault(Fault::Cut { size: self.size })),
        };
        self.state = State::Outside { reported: false };
        self.reset();
        event
    }

    /// Whether a message has begun and not ended.
    pub fn is_within_frame(&self) -> bool {
        !matches!(self.state, State::Outside { .. })
    }

    fn take(&mut self, byte: u8, events: &mut Vec<Event>) {
        match (self.state, byte) {
            (State::Outside { .. }, START) => self.state = State::Inside,
            (State::Outside { .. }, b'\r' | b'\n') | (State::Outside { reported: true }, _) => {}
            (State::Outside { reported: false }, byte) => {
                events.push(Event::Fault(Fault::Garbage {
                    offset: self.position,
                    byte,
                }));
                self.state = State::Outside { reported: true };
            }
            (State::Inside, START) if self.size == 0 => {}
            (State::Inside, END) => self.state = State::Ending,
            (State::Inside, byte) => self.keep(byte, events),
            (State::Ending, b'\r') => {
                events.push(self.completed());
                self.state = State::Outside { reported: false };
            }
            (State::Ending, START) => {
                events.push(self.completed());
                self.state = State::Inside;
            }
            (State::Ending, END) => self.keep(END, events),
            (State::Ending, byte) => {
                self.state = State::Inside;
                self.keep(END, events);
                self.keep(byte, events);
            }
        }
    }

    /// How many of the next bytes are message and nothing else, so that they can be kept at once.
    fn plain(&self, bytes: &[u8]) -> usize {
        if self.state != State::Inside || self.tail.contains(&START) {
            return 0;
        }
        bytes
            .iter()
            .position(|byte| matches!(*byte, START | END))
            .unwrap_or(bytes.len())
    }

    fn keep_run(&mut self, run: &[u8]) {
        self.size += length(run);
        for byte in run.get(run.len().saturating_sub(4)..).unwrap_or(run) {
            let [_, first, second, third] = self.tail;
            self.tail = [first, second, third, *byte];
        }
        if self.oversize {
            return;
        }
        let room = self.limit.saturating_sub(self.buffer.len());
        if let Some((kept, _)) = run
            .split_at_checked(room)
            .filter(|(_, lost)| !lost.is_empty())
        {
            self.buffer.extend_from_slice(kept);
            self.overflow();
        } else {
            self.buffer.extend_from_slice(run);
        }
    }

    fn overflow(&mut self) {
        self.oversize = true;
        self.buffer.truncate(HEAD);
        self.buffer.shrink_to_fit();
    }

    fn keep(&mut self, byte: u8, events: &mut Vec<Event>) {
        self.size += 1;
        let [_, first, second, third] = self.tail;
        self.tail = [first, second, third, byte];
        if self.tail == [START, b'M', b'S', b'H'] {
            self.size -= 4;
            let unended = if self.oversize {
                self.too_large()
            } else {
                Fault::NoEnd { size: self.size }
            };
            events.push(Event::Fault(unended));
            self.reset();
            self.buffer.extend_from_slice(b"MSH");
            self.size = 3;
        } else if self.buffer.len() < self.limit && !self.oversize {
            self.buffer.push(byte);
        } else if !self.oversize {
            self.overflow();
        }
    }

    fn completed(&mut self) -> Event {
        let event = if self.oversize {
            Event::Fault(self.too_large())
        } else if self.buffer.is_empty() {
            Event::Fault(Fault::Empty)
        } else {
            Event::Frame(Bytes::from(std::mem::take(&mut self.buffer)))
        };
        self.reset();
        event
    }

    fn too_large(&mut self) -> Fault {
        let head = Bytes::from(std::mem::take(&mut self.buffer));
        Fault::TooLarge {
            size: self.size,
            limit: self.limit,
            head,
        }
    }

    fn reset(&mut self) {
        self.buffer = Vec::new();
        self.size = 0;
        self.tail = [0; 4];
        self.oversize = false;
    }
}

fn length(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

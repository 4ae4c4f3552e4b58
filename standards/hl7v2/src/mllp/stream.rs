//! Frames on an asynchronous stream.

use std::{collections::VecDeque, io};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use super::{Decoder, Event, frame};

/// How many bytes are read at once.
const CHUNK: usize = 8192;

/// Reads frames from a stream.
#[derive(Debug)]
pub struct FrameReader<R> {
    inner: R,
    decoder: Decoder,
    ready: VecDeque<Event>,
    chunk: Box<[u8]>,
    ended: bool,
}

impl<R: AsyncRead + Unpin> FrameReader<R> {
    /// Reads messages of up to `limit` bytes from a stream.
    pub fn new(inner: R, limit: usize) -> Self {
        Self {
            inner,
            decoder: Decoder::new(limit),
            ready: VecDeque::new(),
            chunk: vec![0; CHUNK].into_boxed_slice(),
            ended: false,
        }
    }

    /// The next frame or fault; `None` when the stream has ended. Can be cancelled without loss.
    /// It waits for as long as the sender does: limit that outside.
    pub async fn next(&mut self) -> io::Result<Option<Event>> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Ok(Some(event));
            }
            if self.ended {
                return Ok(None);
            }
            let count = self.inner.read(&mut self.chunk).await?;
            if count == 0 {
                self.ended = true;
                self.ready.extend(self.decoder.finish());
            } else {
                let bytes = self.chunk.get(..count).unwrap_or_default();
                self.ready.extend(self.decoder.push(bytes));
            }
        }
    }

    /// Whether a message has begun and not ended: a longer wait is then the sender's fault.
    pub fn is_within_frame(&self) -> bool {
        self.decoder.is_within_frame()
    }

    /// The stream, to write to.
    pub fn get_mut(&mut self) -> &mut R {
        &mut self.inner
    }
}

/// Writes one message in a frame and flushes it. A message that cannot be framed is
/// [`io::ErrorKind::InvalidInput`], and nothing is written.
pub async fn write_frame<W: AsyncWrite + Unpin>(stream: &mut W, message: &[u8]) -> io::Result<()> {
    let framed =
        frame(message).map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, error))?;
    stream.write_all(&framed).await?;
    stream.flush().await
}

//! What a reader of CSV does not tell: on which line each record begins, and that a quotation mark is
//! never closed.

use std::collections::VecDeque;
use std::io::{self, Read};

use super::Mistake;

/// A record of more bytes than this is no record of a table.
pub(super) const LONGEST_RECORD: usize = 1 << 20;
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Where in a record the next byte falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    BeforeRecord,
    FieldStart,
    Field,
    Quoted,
    /// After a quotation mark within quotation marks: the end of them, or the first of two.
    QuotedMark,
}

/// A file on its way to the reader, looked at byte by byte as RFC 4180 has it.
pub(super) struct Guard<R> {
    inner: R,
    place: Place,
    has_begun: bool,
    after_return: bool,
    line: u64,
    /// The line of the record, or of the quotation mark that is open.
    since: u64,
    length: usize,
    /// The first lines of records that were not asked for yet.
    lines: VecDeque<u64>,
}

impl<R: Read> Guard<R> {
    pub(super) fn new(inner: R) -> Self {
        Self {
            inner,
            place: Place::BeforeRecord,
            has_begun: false,
            after_return: false,
            line: 1,
            since: 1,
            length: 0,
            lines: VecDeque::new(),
        }
    }

    /// The line on which the next record begins: to be asked once for each record.
    pub(super) fn next_line(&mut self) -> Option<u64> {
        self.lines.pop_front()
    }

    fn see(&mut self, byte: u8) -> Result<(), Mistake> {
        let ends_line = byte == b'\r' || (byte == b'\n' && !self.after_return);
        let is_end = matches!(byte, b'\r' | b'\n');
        self.after_return = byte == b'\r';
        let place = self.place;
        if place == Place::BeforeRecord && !is_end {
            self.lines.push_back(self.line);
            self.since = self.line;
            self.length = 0;
        }
        self.place = match (place, byte) {
            (Place::BeforeRecord | Place::FieldStart, b'"') => {
                self.since = self.line;
                Place::Quoted
            }
            (Place::Quoted, b'"') => Place::QuotedMark,
            (Place::QuotedMark, b'"') | (Place::Quoted, _) => Place::Quoted,
            (_, b',') => Place::FieldStart,
            _ if is_end => Place::BeforeRecord,
            _ => Place::Field,
        };
        self.line += u64::from(ends_line);
        self.length += 1;
        if self.length <= LONGEST_RECORD {
            return Ok(());
        }
        Err(if self.place == Place::Quoted {
            self.unclosed("within 1 MiB")
        } else {
            Mistake::new(
                self.since,
                "it is longer than 1 MiB, and no row of a table is",
            )
        })
    }

    fn unclosed(&self, until: &str) -> Mistake {
        let reason = format!("a quotation mark that opens here is not closed {until}");
        Mistake::new(self.since, reason)
    }
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut count = self.inner.read(buffer)?;
        let first = buffer.get(..count).unwrap_or_default();
        if !self.has_begun && first.starts_with(BYTE_ORDER_MARK) {
            // The reader takes a mark that comes alone for an empty file.
            buffer.copy_within(BYTE_ORDER_MARK.len()..count, 0);
            count -= BYTE_ORDER_MARK.len();
            if count == 0 {
                count = self.inner.read(buffer)?;
            }
        }
        self.has_begun = true;
        if count == 0 && !buffer.is_empty() && self.place == Place::Quoted {
            let unclosed = self.unclosed("before the file ends");
            return Err(io::Error::other(unclosed));
        }
        for byte in buffer.get(..count).unwrap_or_default() {
            self.see(*byte).map_err(io::Error::other)?;
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The records that the reader finds, and the lines that the guard has for them.
    fn read(text: &[u8]) -> Result<(Vec<Vec<u8>>, Vec<u64>), csv::Error> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(3)
            .from_reader(Guard::new(text));
        let mut record = csv::ByteRecord::new();
        let (mut records, mut lines) = (Vec::new(), Vec::new());
        while reader.read_byte_record(&mut record)? {
            lines.extend(reader.get_mut().next_line());
            records.push(record.as_slice().to_vec());
        }
        assert_eq!(reader.get_mut().next_line(), None, "{text:?}");
        Ok((records, lines))
    }

    /// The line of the byte at this place, counted by hand.
    fn line_of(text: &[u8], place: usize) -> u64 {
        let before = &text[..place];
        let text = String::from_utf8_lossy(before).replace("\r\n", "\n");
        1 + u64::try_from(text.matches(['\r', '\n']).count()).unwrap()
    }

    #[test]
    fn every_short_text_has_as_many_lines_as_records() {
        const ALPHABET: &[u8] = b"a\",\r\n";
        let (mut texts, mut refused) = (0, 0);
        let mut text = Vec::new();
        for length in 0..=6 {
            for mut number in 0..ALPHABET.len().pow(length) {
                text.clear();
                for _ in 0..length {
                    text.push(ALPHABET[number % ALPHABET.len()]);
                    number /= ALPHABET.len();
                }
                texts += 1;
                let Ok((records, lines)) = read(&text) else {
                    // Closed by one more, so that it was this that was missing.
                    assert!(read(&[&text[..], b"\""].concat()).is_ok(), "{text:?}");
                    refused += 1;
                    continue;
                };
                assert_eq!(lines.len(), records.len(), "{text:?}");
                let first = text.iter().position(|byte| !b"\r\n".contains(byte));
                let expected = first.map(|place| line_of(&text, place));
                assert_eq!(lines.first().copied(), expected, "{text:?}");
                assert!(lines.is_sorted_by(|a, b| a < b), "{text:?} {lines:?}");
            }
        }
        assert_eq!(texts, 19_531);
        assert!(refused > 2_000, "{refused}");
    }

    #[test]
    fn lines_are_those_of_an_editor() {
        let text = "\u{feff}\"a\nb\",c\r\n\r\n\nd,e\rf,\"g\"\"\n\"\nh,i";
        let (records, lines) = read(text.as_bytes()).unwrap();
        assert_eq!(records.len(), 4);
        assert_eq!(lines, [1, 5, 6, 8]);
    }

    #[test]
    fn a_mark_that_is_not_closed_is_told_with_its_line() {
        let told = |text: &[u8]| read(text).unwrap_err().to_string();
        let expected =
            "line 3: a quotation mark that opens here is not closed before the file ends";
        assert_eq!(told(b"a,b\n\n1,\"2\n3,4\n"), expected);
        let long = [b"a\n\"", vec![b'x'; LONGEST_RECORD].as_slice()].concat();
        assert!(
            told(&long).starts_with("line 2: a quotation mark"),
            "{}",
            told(&long)
        );
        assert!(told(&long).ends_with("within 1 MiB"));
        let plain = [b"a\n", vec![b'x'; LONGEST_RECORD + 1].as_slice()].concat();
        assert!(told(&plain).starts_with("line 2: it is longer than 1 MiB"));
        let just = [b"a\n", vec![b'x'; LONGEST_RECORD].as_slice()].concat();
        assert!(read(&just).is_ok());
    }
}

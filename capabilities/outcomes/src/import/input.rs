//! The bytes of a file on their way to the CSV reader: what is not CSV in UTF-8 is recognised
//! early, and nothing can make a line too long to hold.

use std::io::{self, Read};

use super::refusal::Refusal;

/// The longest line taken, in bytes.
const LONGEST_LINE: u64 = 64 * 1024;

/// A reader that looks at what passes.
pub(super) struct Input<'p, R> {
    inner: R,
    progress: &'p mut dyn FnMut(u64),
    passed: u64,
    line: u64,
    length: u64,
}

impl<'p, R: Read> Input<'p, R> {
    /// `progress` is told how many bytes have passed.
    pub(super) fn new(inner: R, progress: &'p mut dyn FnMut(u64)) -> Self {
        Self {
            inner,
            progress,
            passed: 0,
            line: 1,
            length: 0,
        }
    }

    fn look(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        if self.passed == 0 {
            refuse_other_formats(bytes)?;
        }
        for &byte in bytes {
            match byte {
                b'\n' => {
                    self.line += 1;
                    self.length = 0;
                }
                0 => {
                    return Err(Refusal::line(
                        self.line,
                        "there is a zero byte, so this is not text in UTF-8.",
                        "Save the file as CSV in UTF-8.",
                    ));
                }
                _ => self.length += 1,
            }
            if self.length > LONGEST_LINE {
                return Err(Refusal::line(
                    self.line,
                    "the line is longer than 64 kilobytes, so this is not a table of a date and a value.",
                    "Check that the file is the one you meant, and that no quotation mark is left open.",
                ));
            }
        }
        Ok(())
    }
}

/// Files that are often taken for CSV, by their first bytes.
fn refuse_other_formats(bytes: &[u8]) -> Result<(), Refusal> {
    let refuse = |what: &str| {
        Err(Refusal::file(
            what,
            "Save it as CSV in UTF-8 and import that.",
        ))
    };
    match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => refuse("the file is in UTF-16."),
        [b'P', b'K', 3, 4, ..] => refuse("the file is a workbook or a zip archive."),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => refuse("the file is a workbook of an old kind."),
        [0x1F, 0x8B, ..] => refuse("the file is compressed."),
        [b'%', b'P', b'D', b'F', ..] => refuse("the file is a PDF."),
        _ => Ok(()),
    }
}

impl<R: Read> Read for Input<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        if let Some(bytes) = buffer.get(..count) {
            self.look(bytes)
                .map_err(|refusal| io::Error::new(io::ErrorKind::InvalidData, refusal))?;
        }
        self.passed += crate::words::number(count);
        (self.progress)(self.passed);
        Ok(count)
    }
}

//! Whether a file is a workbook that is safe to unpack. It is looked through before it is read, since
//! what is read keeps what a file declares.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::error::ReadError;

/// The largest file, in bytes.
pub const LARGEST_FILE: usize = 5 * 1024 * 1024;

/// What all parts together may unpack to, in bytes.
const LARGEST_UNPACKED: u64 = 40 * 1024 * 1024;

/// Parts of a workbook: sheets, their relations, drawings.
const MOST_PARTS: usize = 2_000;

/// XML elements in all parts: a cell has about four, and a shared text as many again.
const MOST_ELEMENTS: usize = 3_000_000;

/// Elements of parts that are neither sheets nor shared texts, each of which may cost a style.
const MOST_OTHER_ELEMENTS: usize = 400_000;

/// What the parser keeps as styles, wherever it stands.
const STYLES: &[&[u8]] = &[b"cellXfs", b"numFmts", b"fonts", b"fills", b"borders"];

/// Where an OLE container begins: the older format, and new workbooks with a password.
const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Refuses what is not a workbook, and what would unpack to more than is taken, by the sizes that it
/// declares and by those that it has.
pub(super) fn look_through(bytes: &[u8]) -> Result<(), ReadError> {
    if bytes.len() > LARGEST_FILE {
        return Err(ReadError::TooLarge);
    }
    if bytes.starts_with(OLE) {
        let encrypted: Vec<u8> = "EncryptedPackage"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        return Err(if has(bytes, &encrypted) {
            ReadError::Password
        } else {
            ReadError::OldFormat
        });
    }
    if !bytes.starts_with(b"PK") {
        return Err(ReadError::NotAWorkbook);
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > MOST_PARTS {
        return Err(ReadError::TooMuchUnpacked);
    }
    declared(&mut archive)?;
    unpacked(&mut archive)
}

/// Whether one text is somewhere in another.
fn has(bytes: &[u8], sought: &[u8]) -> bool {
    bytes.windows(sought.len()).any(|part| part == sought)
}

#[expect(clippy::needless_pass_by_value, reason = "it is handed to map_err")]
fn damaged(error: impl ToString) -> ReadError {
    ReadError::Damaged(error.to_string())
}

fn declared(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<(), ReadError> {
    let (mut size, mut is_workbook) = (0_u64, false);
    for place in 0..archive.len() {
        let part = archive.by_index_raw(place).map_err(damaged)?;
        if part.encrypted() {
            return Err(ReadError::Password);
        }
        size = size.saturating_add(part.size());
        let name = part.name().map_err(damaged)?.to_ascii_lowercase();
        is_workbook |= name == "[content_types].xml";
    }
    if size > LARGEST_UNPACKED {
        return Err(ReadError::TooMuchUnpacked);
    }
    if !is_workbook {
        return Err(ReadError::NotAWorkbook);
    }
    Ok(())
}

/// The name of an element, without the prefix of its namespace.
fn local_name(element: &[u8]) -> &[u8] {
    let ends = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'>' || *byte == b'/';
    let name = element.split(ends).next().unwrap_or_default();
    name.rsplit(|byte| *byte == b':').next().unwrap_or_default()
}

fn unpacked(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<(), ReadError> {
    let (mut left, mut elements, mut others) = (LARGEST_UNPACKED, 0, 0);
    for place in 0..archive.len() {
        let part = archive.by_index(place).map_err(damaged)?;
        let mut content = Vec::new();
        let size = part
            .take(left.saturating_add(1))
            .read_to_end(&mut content)
            .map_err(damaged)?;
        left = u64::try_from(size)
            .ok()
            .and_then(|size| left.checked_sub(size))
            .ok_or(ReadError::TooMuchUnpacked)?;
        let (mut found, mut costs_styles, mut is_sheet) = (0, false, false);
        for element in content.split(|byte| *byte == b'<') {
            let name = local_name(element);
            if name.starts_with(b"!DOCTYPE") || name.starts_with(b"!ENTITY") {
                return Err(ReadError::Entities);
            }
            costs_styles |= STYLES.contains(&name);
            is_sheet |= name == b"sheetData" || name == b"sst";
            found += 1;
        }
        elements += found;
        if costs_styles || !is_sheet {
            others += found;
        }
    }
    if elements > MOST_ELEMENTS || others > MOST_OTHER_ELEMENTS {
        return Err(ReadError::TooMuchUnpacked);
    }
    Ok(())
}

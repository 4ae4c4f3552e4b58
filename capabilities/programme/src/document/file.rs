//! A document as a file: the text itself, or a spreadsheet.

use super::reading::read;
use super::{LONGEST_TEXT, Refusal};
use crate::workbook;

/// Why a file is no document: one sentence for each thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotUsable(pub Vec<String>);

impl NotUsable {
    fn because(reason: impl Into<String>) -> Self {
        Self(vec![reason.into()])
    }
}

/// The text of a file that the engine accepts. What the file is shows in its bytes: a workbook is a zip.
/// Its mistakes are told by sheet and row, those of a text by line.
///
/// # Errors
/// What is wrong with the file or with the document in it.
pub fn text(bytes: &[u8]) -> Result<String, NotUsable> {
    match bytes {
        [] => Err(NotUsable::because("Choose a file that is not empty")),
        [b'P', b'K', ..] => of_workbook(bytes),
        _ if bytes.len() > LONGEST_TEXT => Err(NotUsable::because(Refusal::TooLong.to_string())),
        _ => of_text(bytes),
    }
}

fn of_text(bytes: &[u8]) -> Result<String, NotUsable> {
    let text = std::str::from_utf8(bytes).map_err(|_| {
        NotUsable::because("The file is neither a spreadsheet (.xlsx) nor a text in UTF-8 (.toml)")
    })?;
    let text = text
        .strip_prefix('\u{feff}')
        .unwrap_or(text)
        .replace("\r\n", "\n");
    match read(&text) {
        Ok(_) => Ok(text),
        Err(mistakes) => Err(NotUsable(
            mistakes
                .0
                .iter()
                .map(|mistake| format!("Line {}: {}", mistake.line, mistake.reason))
                .collect(),
        )),
    }
}

fn of_workbook(bytes: &[u8]) -> Result<String, NotUsable> {
    let told = |mistakes: workbook::WorkbookMistakes| {
        NotUsable(mistakes.0.iter().map(ToString::to_string).collect())
    };
    let imported = workbook::read(bytes).map_err(told)?;
    imported.case().map_err(told)?;
    Ok(imported.text)
}

//! A document as a file: the text itself, or a spreadsheet.

use super::reading::read;
use crate::workbook;

/// Why a file is no document: one sentence for each thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotUsable(pub Vec<String>);

impl NotUsable {
    fn because(reason: impl Into<String>) -> Self {
        Self(vec![reason.into()])
    }
}

/// The text of a file that the engine accepts. A spreadsheet's mistakes are told by sheet and row.
///
/// # Errors
/// What is wrong with the file or with the document in it.
pub fn text(name: &str, bytes: &[u8]) -> Result<String, NotUsable> {
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase());
    match ending.as_deref() {
        Some("xlsx") => of_workbook(bytes),
        Some("toml") => of_text(bytes),
        _ if bytes.is_empty() => Err(NotUsable::because("Choose a file")),
        _ => Err(NotUsable::because(
            "The file must be a spreadsheet (.xlsx) or a text (.toml)",
        )),
    }
}

fn of_text(bytes: &[u8]) -> Result<String, NotUsable> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| NotUsable::because("The file is no text in UTF-8"))?;
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

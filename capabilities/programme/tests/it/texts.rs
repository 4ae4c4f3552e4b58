//! No text of a cell can be anything but text in the document.

use proptest::prelude::*;
use stour_programme::workbook::{read, write};
use stour_spreadsheet::{Created, Look, Sheet, Value, Workbook};

use super::document;

pub(crate) fn workbook(text: &str) -> Workbook {
    stour_spreadsheet::read(&write(text, &[]).unwrap()).unwrap()
}

pub(crate) fn bytes(workbook: &Workbook) -> Vec<u8> {
    let day = Created {
        year: 2026,
        month: 4,
        day: 1,
    };
    stour_spreadsheet::write(workbook, day, |_| Look::default()).unwrap()
}

pub(crate) fn sheet<'w>(workbook: &'w mut Workbook, name: &str) -> &'w mut Sheet {
    let found = workbook.sheets.iter_mut().find(|sheet| sheet.name == name);
    found.unwrap_or_else(|| panic!("no sheet {name}"))
}

/// Puts a value in a row, counted from 1, under a heading.
pub(crate) fn put(workbook: &mut Workbook, name: &str, row: usize, heading: &str, value: Value) {
    let sheet = sheet(workbook, name);
    let is_headed = |head: &Value| match head {
        Value::Number(year) => year.to_string() == heading,
        other => *other == Value::from(heading),
    };
    let at = sheet.rows[0].iter().position(is_headed);
    let at = at.unwrap_or_else(|| panic!("no heading {heading}"));
    sheet.rows.resize_with(row.max(sheet.rows.len()), Vec::new);
    let cells = &mut sheet.rows[row - 1];
    cells.resize((at + 1).max(cells.len()), Value::Empty);
    cells[at] = value;
}

/// What the document says the title, and the first line's name and id, are.
fn read_back(text: &str) -> Option<[String; 2]> {
    let mut workbook = workbook(&document("reablement.toml"));
    sheet(&mut workbook, "Case").rows[1][1] = text.into();
    put(&mut workbook, "Lines", 2, "Name", text.into());
    let imported = read(&bytes(&workbook)).ok()?;
    let document: toml::Table = imported.text.parse().unwrap();
    assert_eq!(document["line"].as_array().unwrap().len(), 4);
    assert_eq!(imported.places.len(), imported.text.lines().count());
    Some([
        document["case"]["title"].as_str().unwrap().to_owned(),
        document["line"][0]["name"].as_str().unwrap().to_owned(),
    ])
}

#[test]
fn no_text_ends_its_quotes_or_its_line() {
    let texts = [
        "a\"\nbase_year = 1999\n#",
        "\"\"\"",
        "'''",
        "]]",
        "[[line]]\nid = \"x\"",
        "\\",
        "\\\"",
        "\\u0022",
        "a\ttab",
        "a = 1",
        "# no comment",
        "{ unknown = 1 }",
        "=HYPERLINK(\"x\")",
        "ends with \\",
        "two\n\nlines",
        "a\u{2028}b",
        "\u{feff}",
        "\u{202e}abc",
        "€😀",
    ];
    for text in texts {
        assert_eq!(
            read_back(text),
            Some([text.to_owned(), text.to_owned()]),
            "{text:?}"
        );
    }
    for hidden in ["\u{0}", "a\u{1}b", "\u{7f}x", "\u{85}x", "\u{1b}[0m"] {
        assert_eq!(read_back(hidden), None, "{hidden:?}");
    }
    assert_eq!(read_back("a\r\nb").unwrap()[0], "a\nb");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_is_itself_or_refused(text in "[\\PC\"'\\\\\\[\\]\n\t=#{}]{1,40}") {
        if let Some(read) = read_back(&text) {
            prop_assert_eq!(read, [text.clone(), text]);
        }
    }
}

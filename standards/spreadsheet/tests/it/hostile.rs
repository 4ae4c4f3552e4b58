use stour_spreadsheet::{LARGEST_FILE, ReadError, Value, read};

use super::making::{packed, rows, sheet, workbook_of};

#[test]
fn what_is_not_a_workbook_is_named() {
    let ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    let mut locked = ole.to_vec();
    locked.resize(600, 0);
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let refused: [(&[u8], ReadError); 7] = [
        (b"", ReadError::NotAWorkbook),
        (b"id,name\n1,a\n", ReadError::NotAWorkbook),
        (b"<html><table></table></html>", ReadError::NotAWorkbook),
        (&ole, ReadError::OldFormat),
        (&locked, ReadError::Password),
        (&packed(&[("a.txt", b"a")]), ReadError::NotAWorkbook),
        (&vec![0; LARGEST_FILE + 1], ReadError::TooLarge),
    ];
    for (bytes, error) in refused {
        assert_eq!(read(bytes), Err(error));
    }
    assert!(matches!(read(b"PK\x03\x04"), Err(ReadError::Damaged(_))));
    let empty = packed(&[("[Content_Types].xml", b"<Types/>")]);
    assert!(read(&empty).is_err());
}

#[test]
fn a_bomb_is_not_unpacked() {
    let mut zeros = vec![0; 50 * 1024 * 1024];
    let bomb = workbook_of(&[&sheet("")], &[("xl/media/zeros", &zeros)]);
    assert!(bomb.len() < LARGEST_FILE);
    assert_eq!(read(&bomb), Err(ReadError::TooMuchUnpacked));

    // The same, with sizes that are lies.
    let size = u32::try_from(zeros.len()).unwrap().to_le_bytes();
    let mut lying = bomb;
    while let Some(at) = lying.windows(4).position(|bytes| bytes == size) {
        lying[at..at + 4].copy_from_slice(&9_u32.to_le_bytes());
    }
    assert!(matches!(
        read(&lying),
        Err(ReadError::TooMuchUnpacked | ReadError::Damaged(_))
    ));

    zeros.truncate(10);
    let parts: Vec<String> = (0..2_100).map(|number| format!("part{number}")).collect();
    let parts: Vec<(&str, &[u8])> = parts
        .iter()
        .map(|name| (name.as_str(), &zeros[..]))
        .collect();
    assert_eq!(
        read(&workbook_of(&[], &parts)),
        Err(ReadError::TooMuchUnpacked)
    );
}

#[test]
fn elements_that_would_each_cost_memory_are_counted() {
    let styles = format!(
        "<styleSheet><cellXfs>{}</cellXfs></styleSheet>",
        "<xf/>".repeat(500_000)
    );
    let texts = format!("<sst>{}</sst>", "<si/>".repeat(3_100_000));
    for (name, content) in [("xl/styles.xml", styles), ("xl/sharedStrings.xml", texts)] {
        let bytes = workbook_of(&[&sheet("")], &[(name, content.as_bytes())]);
        assert_eq!(read(&bytes), Err(ReadError::TooMuchUnpacked), "{name}");
    }
}

#[test]
fn entities_are_refused() {
    let bomb = r#"<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet><sheetData><row><c t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>"#;
    assert_eq!(read(&workbook_of(&[bomb], &[])), Err(ReadError::Entities));
}

#[test]
fn too_many_sheets_and_cells_are_refused() {
    let empty = sheet("");
    assert_eq!(
        read(&workbook_of(&[empty.as_str(); 65], &[])),
        Err(ReadError::TooManySheets(65))
    );
    assert_eq!(
        read(&workbook_of(&[empty.as_str(); 64], &[]))
            .unwrap()
            .sheets
            .len(),
        64
    );
    let full = rows(&format!("<row>{}</row>", "<c><v>1</v></c>".repeat(16_000)).repeat(13));
    assert_eq!(read(&full), Err(ReadError::TooManyCells));
}

#[test]
fn cells_that_only_have_a_style_count_for_nothing() {
    let styled = rows(&format!("<row>{}</row>", r#"<c s="0"/>"#.repeat(16_000)).repeat(13));
    assert!(read(&styled).unwrap().sheets[0].rows.is_empty());
}

#[test]
fn one_long_text_in_many_cells_is_refused() {
    let texts = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(30_000));
    let cells = format!("<row>{}</row>", r#"<c t="s"><v>0</v></c>"#.repeat(1_000));
    let bytes = workbook_of(
        &[&sheet(&cells)],
        &[("xl/sharedStrings.xml", texts.as_bytes())],
    );
    assert_eq!(read(&bytes), Err(ReadError::TooMuchText));
}

#[test]
fn a_sheet_that_declares_a_million_rows_costs_what_it_holds() {
    let declared = r#"<worksheet><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="B2"><v>2</v></c></row></sheetData></worksheet>"#;
    let read = read(&workbook_of(&[declared], &[])).unwrap();
    let expected = vec![
        vec![Value::Number(1.0)],
        vec![Value::Empty, Value::Number(2.0)],
    ];
    assert_eq!(read.sheets[0].rows, expected);
}

#[test]
fn a_cell_far_from_all_others_is_named() {
    let far = rows(r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#);
    assert_eq!(
        read(&far).unwrap_err().to_string(),
        "S0!XFD1048576 is too far from the other cells: clear it, or move it to them"
    );
    let wide: Vec<String> = (1..=70)
        .map(|row| format!(r#"<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>"#))
        .collect();
    let wide = wide.concat();
    assert!(matches!(read(&rows(&wide)), Err(ReadError::TooFar { .. })));
}

#[test]
fn places_that_cannot_be_are_refused_without_a_panic() {
    for cell in [
        "ZZZZZZZZZZZ1",
        "A99999999999999999999",
        "A0",
        "A",
        "7",
        "Ä1",
        "$A$1",
        "XFD4294967295",
    ] {
        let bytes = rows(&format!(r#"<row><c r="{cell}"><v>1</v></c></row>"#));
        assert!(read(&bytes).is_err(), "{cell}");
    }
    let twice = rows(r#"<row><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>"#);
    assert!(
        read(&twice)
            .unwrap_err()
            .to_string()
            .contains("S0!A1 is there twice")
    );
    let backwards = r#"<worksheet><dimension ref="B2:A1"/><sheetData/></worksheet>"#;
    assert!(read(&workbook_of(&[backwards], &[])).is_err());
    let unknown = rows(r#"<row><c r="A1" t="s"><v>7</v></c></row>"#);
    assert!(read(&unknown).is_err());
    let shared = rows(
        r#"<row><c r="A1"><f t="shared" ref="A1:A2" si="99999999999">1</f><v>1</v></c></row>"#,
    );
    assert!(read(&shared).is_ok());
}

//! Workbooks put together by hand, as no program would write them.

use std::fmt::Write as _;
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const TYPES: &str =
    r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
const RELATIONS: &str = r#"<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

/// A zip of these parts.
pub(crate) fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in parts {
        zip.start_file(*name, options).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook with sheets S0, S1 and so on, each of this XML, and these parts beside them.
pub(crate) fn workbook_of(sheets: &[&str], more: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut tabs, mut relations) = (String::new(), String::new());
    let mut names = Vec::new();
    for place in 0..sheets.len() {
        write!(
            tabs,
            r#"<sheet name="S{place}" sheetId="{place}" r:id="s{place}"/>"#
        )
        .unwrap();
        write!(
            relations,
            r#"<Relationship Id="s{place}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{place}.xml"/>"#
        ).unwrap();
        names.push(format!("xl/worksheets/sheet{place}.xml"));
    }
    let workbook = format!("<workbook xmlns:r=\"x\"><sheets>{tabs}</sheets></workbook>");
    let relations = format!("<Relationships>{relations}</Relationships>");
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELATIONS.as_bytes()),
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
    ];
    for (name, sheet) in names.iter().zip(sheets) {
        parts.push((name, sheet.as_bytes()));
    }
    parts.extend(more);
    packed(&parts)
}

/// A sheet's XML with these rows.
pub(crate) fn sheet(rows: &str) -> String {
    format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")
}

/// A workbook with one sheet, S0, of these rows.
pub(crate) fn rows(rows: &str) -> Vec<u8> {
    workbook_of(&[&sheet(rows)], &[])
}

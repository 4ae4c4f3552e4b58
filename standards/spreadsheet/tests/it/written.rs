use stour_spreadsheet::{
    Created, Look, ReadError, Sheet, Value, Workbook, WriteError, cell_name, read, read_sheets,
    write,
};

use super::making;

pub(crate) const DAY: Created = Created {
    year: 2026,
    month: 4,
    day: 1,
};

pub(crate) fn good() -> Workbook {
    let row = |values: &[&str]| values.iter().map(|value| Value::from(*value)).collect();
    Workbook {
        sheets: vec![
            Sheet {
                name: "Lines".to_owned(),
                rows: vec![
                    row(&["Id", "Name", "Take-up"]),
                    vec!["team".into(), "A \"team\" & <more>".into(), 0.3.into()],
                    Vec::new(),
                    vec![
                        Value::Empty,
                        Value::Boolean(true),
                        Value::Pounds(1234.5),
                        Value::Percent(0.125),
                    ],
                ],
            },
            Sheet {
                name: "Nothing".to_owned(),
                rows: Vec::new(),
            },
        ],
    }
}

fn look(_: &Sheet) -> Look {
    Look {
        header: true,
        table: false,
        widths: vec![12, 40, 10],
    }
}

fn one(values: Vec<Value>) -> Workbook {
    Workbook {
        sheets: vec![Sheet {
            name: "S".to_owned(),
            rows: vec![values],
        }],
    }
}

#[test]
fn what_is_written_is_read_back() {
    let bytes = write(&good(), DAY, look).unwrap();
    assert_eq!(read(&bytes).unwrap(), good());
}

#[test]
fn the_same_sheets_give_the_same_bytes() {
    let first = write(&good(), DAY, look).unwrap();
    assert_eq!(first, write(&good(), DAY, look).unwrap());
    let later = Created { day: 2, ..DAY };
    assert_ne!(first, write(&good(), later, look).unwrap());
}

#[test]
fn text_is_never_a_formula_and_keeps_every_character() {
    let texts = [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "{=1}",
        "'quoted",
        "two\nlines",
        " spaces ",
        "https://example.org",
        "1.50",
        "TRUE",
        "_x0041_",
        "_x005F_",
        "x_x000A_x",
        "£1,234.50",
        "]]>",
        "&amp;",
        "\u{1}",
        "\u{7f}",
        "\r\n",
        "😀",
        "\u{fffe}",
    ];
    for text in texts {
        let bytes = write(&one(vec![text.into()]), DAY, |_| Look::default()).unwrap();
        let found = read(&bytes).map(|workbook| workbook.sheets[0].rows.clone());
        assert_eq!(found, Ok(vec![vec![Value::from(text)]]), "{text:?}");
    }
}

#[test]
fn numbers_keep_every_bit() {
    for number in [
        0.1,
        1.0 / 3.0,
        1e-300,
        123_456_789.012_345_67,
        -2.5,
        1e15,
        f64::MAX,
    ] {
        let bytes = write(&one(vec![number.into()]), DAY, look).unwrap();
        let read = read(&bytes).unwrap();
        assert_eq!(read.sheets[0].rows[0], [Value::Number(number)]);
    }
}

#[test]
fn what_a_workbook_cannot_have_is_not_written() {
    let named = |name: &str| Workbook {
        sheets: vec![Sheet {
            name: name.to_owned(),
            rows: Vec::new(),
        }],
    };
    for name in ["a:b", "", "a name of more than 31 characters"] {
        let error = write(&named(name), DAY, look).unwrap_err();
        assert!(matches!(error, WriteError::Sheet { .. }), "{error}");
    }
    let long = one(vec![Value::Empty, "x".repeat(32_768).into()]);
    let error = write(&long, DAY, look).unwrap_err().to_string();
    assert!(error.contains("B1"), "{error}");
    assert!(write(&one(vec![f64::NAN.into()]), DAY, look).is_err());
    assert!(write(&good(), Created { month: 13, ..DAY }, look).is_err());
}

#[test]
fn a_formula_is_its_stored_value_and_an_error_is_told_by_its_cell() {
    let stored = making::rows(r#"<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>"#);
    assert_eq!(
        read(&stored).unwrap().sheets[0].rows,
        [[Value::Number(2.0)]]
    );
    let wrong = making::rows(
        r#"<row r="7"><c r="B7"><f>1+1</f></c><c r="C7" t="e"><f>#REF!</f><v>#REF!</v></c><c r="AB7"><v>nan</v></c></row>"#,
    );
    let Err(ReadError::Cells(mistakes)) = read(&wrong) else {
        panic!("not refused");
    };
    let told: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[0].starts_with("S0!B7: a formula without a stored value"));
    assert!(told[1].starts_with("S0!C7: it shows the error #REF!"));
    assert!(told[2].starts_with("S0!AB7: "));
    assert!(read_sheets(&wrong, |name| name != "S0").is_ok());
}

#[test]
fn dates_are_dates_and_pounds_are_numbers() {
    let styles = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$£-809]#,##0.00"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>"#;
    let sheet = making::sheet(
        r#"<row r="1"><c r="A1" s="1"><v>46113</v></c><c r="B1" s="2"><v>46113.5</v></c><c r="C1" s="1"><v>46113.5</v></c></row>"#,
    );
    let bytes = making::workbook_of(&[&sheet], &[("xl/styles.xml", styles.as_bytes())]);
    assert_eq!(
        read(&bytes).unwrap().sheets[0].rows,
        [[
            Value::Date("2026-04-01".to_owned()),
            Value::Pounds(46113.5),
            Value::Date("2026-04-01T12:00:00".to_owned())
        ]]
    );
}

#[test]
fn cells_have_the_names_of_spreadsheet_programs() {
    let names =
        [(6, 2), (0, 25), (0, 26), (0, 701), (0, 702)].map(|(row, column)| cell_name(row, column));
    assert_eq!(names, ["C7", "Z1", "AA1", "ZZ1", "AAA1"]);
}

#[test]
fn what_is_shown_as_a_hundredth_says_so_and_a_length_of_time_is_refused() {
    let formats = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0.0%"/><numFmt numFmtId="165" formatCode="[h]:mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>"#;
    let styled = |cells: &str| {
        let sheet = making::sheet(&format!(r#"<row r="1">{cells}</row>"#));
        read(&making::workbook_of(
            &[&sheet],
            &[("xl/styles.xml", formats.as_bytes())],
        ))
    };
    let shown = r#"<c r="A1" s="1"><v>0.1</v></c><c r="B1"><v>0.1</v></c><c r="D1" s="2"><f>C1</f><v>0.035</v></c><c r="E1" s="1" t="str"><v>x</v></c>"#;
    assert_eq!(
        styled(shown).unwrap().sheets[0].rows,
        [[
            Value::Percent(0.1),
            Value::Number(0.1),
            Value::Empty,
            Value::Percent(0.035),
            Value::from("x"),
        ]]
    );
    let hours = styled(r#"<c r="B1" s="3"><v>1.5</v></c>"#).unwrap_err();
    assert_eq!(
        hours.to_string(),
        "S0!B1: it is a length of time: write a number"
    );
}

#[test]
fn merged_cells_are_told_by_the_first_of_them() {
    let sheet = r#"<worksheet><sheetData><row r="2"><c r="B2"><v>100000</v></c><c r="C2"/><c r="D2"/></row></sheetData><mergeCells count="1"><mergeCell ref="B2:D2"/></mergeCells></worksheet>"#;
    let error = read(&making::workbook_of(&[sheet], &[])).unwrap_err();
    let told = error.to_string();
    assert!(
        told.starts_with("S0!B2: it is merged with the cells to D2: take them apart"),
        "{told}"
    );
}

#[test]
fn beyond_a_hundred_mistakes_it_is_told_that_there_are_more() {
    let row = |row: usize| format!(r#"<row r="{row}"><c r="A{row}" t="e"><v>#N/A</v></c></row>"#);
    let rows: String = (1..=150).map(row).collect();
    let Err(ReadError::Cells(mistakes)) = read(&making::rows(&rows)) else {
        panic!("not refused");
    };
    assert_eq!(mistakes.len(), 101);
    assert_eq!(
        mistakes[100].to_string(),
        "S0!A101: here and further on there is more: put these right first"
    );
}

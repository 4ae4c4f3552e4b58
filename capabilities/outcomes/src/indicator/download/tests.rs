use super::*;

#[test]
fn text_that_a_program_would_compute_stays_text_and_numbers_stay_numbers() {
    let table = FileTable {
        name: "Any",
        headings: vec!["what".to_owned(), "how many".to_owned()],
        rows: vec![
            vec!["=1+2".into(), Value::Number(-5.5)],
            vec!["@SUM(A1)".into(), Value::Empty],
            vec!["-2, \"said\"".into(), Value::Boolean(true)],
            vec!["plain".into(), Value::Date("2026-04-01".to_owned())],
        ],
    };
    assert_eq!(
        String::from_utf8(comma_separated(&table).unwrap()).unwrap(),
        "what,how many\r\n'=1+2,-5.5\r\n'@SUM(A1),\r\n\"'-2, \"\"said\"\"\",true\r\nplain,2026-04-01\r\n"
    );
}

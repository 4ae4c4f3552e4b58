use stour_programme::workbook::{read, write};
use stour_spreadsheet::Value;

use crate::support::{REABLEMENT, house, latest, message, started, taken_up};
use crate::texts::{bytes, put, workbook};
use crate::values;

const WHAT: [(&str, &str); 2] = [("base", "1"), ("what-of-file", "From the file")];

#[test]
fn a_spreadsheet_goes_out_and_comes_back() {
    house(|site| {
        let mut finance = site.browser("finance");
        let case = started(&mut finance, "reablement");
        let page = finance.get(&case);
        let file = format!("{case}/versions/1/case.xlsx");
        assert!(page.shows(&file));
        // A browser of the tests reads a body as text, which a spreadsheet is not.
        let answer = finance.get(&file);
        assert_eq!(answer.status, 200);
        assert!(answer.body.starts_with("PK"));
        let unchanged = write(REABLEMENT, &[]).unwrap();
        assert_eq!(values(&read(&unchanged).unwrap().text), values(REABLEMENT));
        let action = format!("{case}/upload");
        let first = finance.upload(&action, &WHAT, ("file", "case.xlsx", &unchanged));
        let is_new = first.status == 303;
        assert!(
            is_new || (first.status == 422 && first.shows("Nothing has changed")),
            "{}",
            first.body
        );
        if is_new {
            let page = finance.get(first.location());
            assert!(
                page.shows("Nothing but the layout of the text or its remarks"),
                "{}",
                page.body
            );
            let fields = [("base", "2"), ("what-of-file", "Again")];
            let again = finance.upload(&action, &fields, ("file", "case.xlsx", &unchanged));
            assert_eq!(again.status, 422);
            assert!(again.shows("Nothing has changed"));
        }
        let base = latest(&mut finance, &case).to_string();
        let fields = [("base", base.as_str()), ("what-of-file", "From the file")];
        let changed = write(&taken_up("0.2"), &[]).unwrap();
        let done = finance.upload(&action, &fields, ("file", "CASE.XLSX", &changed));
        assert_eq!(done.status, 303, "{}", done.body);
        assert!(
            finance
                .get(done.location())
                .shows("Days in hospital not needed: take up")
        );
        let new = finance.upload("/cases/upload", &[], ("file", "new.xlsx", &changed));
        assert_eq!(new.status, 303);
        assert!(
            finance
                .get(&format!("{}/versions", new.location()))
                .shows("Started from the file new.xlsx")
        );
    });
}

#[test]
fn a_text_comes_in_as_it_is() {
    house(|site| {
        let mut finance = site.browser("finance");
        let sent = format!("\u{feff}{}", taken_up("0.2").replace('\n', "\r\n"));
        let done = finance.upload("/cases/upload", &[], ("file", "a.toml", sent.as_bytes()));
        assert_eq!(done.status, 303);
        let file = finance.get(&format!("{}/versions/1/case.toml", done.location()));
        assert_eq!(file.body, taken_up("0.2"));
    });
}

#[test]
fn files_that_cannot_be_used_are_refused_with_what_is_wrong() {
    house(|site| {
        let mut finance = site.browser("finance");
        let case = started(&mut finance, "reablement");
        let mut error_cell = workbook(REABLEMENT);
        put(
            &mut error_cell,
            "Lines",
            3,
            "Take-up",
            Value::from("#DIV/0!"),
        );
        let error_cell = bytes(&error_cell);
        let mut too_much = workbook(REABLEMENT);
        put(&mut too_much, "Lines", 3, "Take-up", Value::Number(3.0));
        let too_much = bytes(&too_much);
        let wrong = taken_up("3");
        let line = wrong
            .lines()
            .position(|line| line == "take_up = 3")
            .unwrap()
            + 1;
        let line = format!("Line {line}: take_up of bed-days");
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice();
        let files: [(&str, &[u8], &str); 10] = [
            ("a-workbook.toml", &too_much, "row 3"),
            ("photo.xlsx", png, ""),
            ("photo.png", png, "neither a spreadsheet"),
            ("a.toml", png, "nor a text in UTF-8"),
            ("", b"", "Choose a file"),
            ("empty.xlsx", b"", ""),
            ("empty.toml", b"", "Choose a file"),
            ("a.toml", wrong.as_bytes(), &line),
            ("a.xlsx", &error_cell, "row 3"),
            ("a.xlsx", &too_much, "row 3"),
        ];
        for (name, bytes, words) in files {
            for (action, fields) in [
                (format!("{case}/upload"), WHAT.as_slice()),
                ("/cases/upload".to_owned(), &[]),
            ] {
                let page = finance.upload(&action, fields, ("file", name, bytes));
                assert_eq!(page.status, 422, "{name} {action} {}", page.body);
                let told = message(&page, "file");
                assert!(!told.is_empty() && told.contains(words), "{name}: {told}");
            }
        }
        assert_eq!(latest(&mut finance, &case), 1);
        assert_eq!(finance.get_json("/api/cases").as_array().unwrap().len(), 1);
    });
}

#[test]
fn files_that_are_no_next_version_are_refused() {
    house(|site| {
        let mut finance = site.browser("finance");
        let case = started(&mut finance, "reablement");
        let agreement = stour_programme::worked("agreement").unwrap().text;
        let other = ("file", "a.toml", agreement.as_bytes());
        let page = finance.upload(&format!("{case}/upload"), &WHAT, other);
        assert!(page.status == 422 && page.shows("A document stays what it is"));
        assert!(
            page.shows(&format!("value=\"{}\"", WHAT[1].1)),
            "the reason is kept"
        );
        let text = taken_up("0.2");
        let unsaid = [("base", "1"), ("what-of-file", "")];
        let file = ("file", "a.toml", text.as_bytes());
        let page = finance.upload(&format!("{case}/upload"), &unsaid, file);
        assert_eq!(page.status, 422);
        assert_eq!(message(&page, "what-of-file"), "Say what changes, and why");
        let large = vec![b'#'; 5 * 1024 * 1024 + 1];
        let page = finance.upload("/cases/upload", &[], ("file", "a.toml", &large));
        assert_eq!(page.status, 413);
        let large = vec![b'#'; 3 * 1024 * 1024];
        let page = finance.upload("/cases/upload", &[], ("file", "a.toml", &large));
        assert!(page.status.is_client_error());
        assert_eq!(latest(&mut finance, &case), 1);
        assert_eq!(finance.get_json("/api/cases").as_array().unwrap().len(), 1);
    });
}

#[test]
fn a_document_that_is_too_long_for_a_form_is_changed_as_a_file() {
    house(|site| {
        let mut finance = site.browser("finance");
        let case = started(&mut finance, "reablement");
        assert!(finance.get(&format!("{case}/text")).shows("<textarea"));
        let long = format!("{}{}", "# a remark\n".repeat(10_000), taken_up("0.2"));
        let file = ("file", "a.toml", long.as_bytes());
        let done = finance.upload(&format!("{case}/upload"), &WHAT, file);
        assert_eq!(done.status, 303, "{}", done.body);
        let page = finance.get(&format!("{case}/text"));
        assert!(page.shows("too long to be changed here") && !page.shows("<textarea"));
        assert!(page.shows("type=\"file\""));
    });
}

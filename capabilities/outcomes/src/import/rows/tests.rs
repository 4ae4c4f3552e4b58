use std::fmt::Write as _;

use proptest::prelude::*;
use stour_kernel::testing::reference_data;
use stour_partnership::reference;

use super::*;

fn columns() -> Layout {
    named("area", "value")
}

fn named(area: &str, value: &str) -> Layout {
    Layout::of_flags("no-criteria-to-reside", "A source", (area, "date", value))
}

fn attempt(bytes: &[u8], layout: &Layout) -> Result<Read, Refused> {
    let today = "2025-09-30".parse().unwrap();
    read(bytes, layout, reference().unwrap(), today, &mut |_| {})
}

/// The figures of an area, as numbers.
fn values(read: &Read, code: &str) -> BTreeMap<Date, f64> {
    let all = read.series.iter().flat_map(|(_, series)| series);
    let one = all.filter(|series| series.area.code == code && series.part.is_whole());
    one.flat_map(|series| &series.values)
        .map(|(at, value)| (*at, value.value))
        .collect()
}

fn of(text: &str) -> Result<Read, Refused> {
    attempt(text.as_bytes(), &columns())
}

fn refused(text: impl AsRef<[u8]>) -> String {
    attempt(text.as_ref(), &columns()).unwrap_err().to_string()
}

#[test]
fn columns_may_come_in_any_order_with_others_between_and_any_capitals() {
    let read = of("Value,note,DATE,Area\n3.0,x,2025-01-02,R0D\n4,y,2025-01-01,rbd\n").unwrap();
    assert_eq!(read.rows, 2);
    let values: Vec<_> = read.series[0]
        .1
        .iter()
        .map(|one| {
            (
                one.area.code.as_str(),
                one.area.short_name(),
                one.values.len(),
            )
        })
        .collect();
    assert_eq!(
        values,
        [
            ("R0D", "University Hospitals Dorset", 1),
            ("RBD", "Dorset County Hospital", 1)
        ]
    );
}

#[test]
fn a_byte_order_mark_windows_line_ends_quotes_and_spaces_are_taken() {
    let plain = of("area,date,value\nR0D,2025-01-01,3\nR0D,2025-01-02,4\n").unwrap();
    let windows =
        of("\u{feff}\"area\",date , value\r\nR0D, 2025-01-01 ,3\r\n\"R0D\",2025-01-02,\"4\"")
            .unwrap();
    assert_eq!(plain, windows);
}

#[test]
fn the_same_value_twice_is_one_value() {
    let read = of("area,date,value\nR0D,2025-01-01,3\nR0D,2025-01-01,3.0\n").unwrap();
    assert_eq!((read.rows, values(&read, "R0D").len()), (2, 1));
}

#[test]
fn each_kind_of_bad_file_is_refused_with_line_field_reason_and_remedy() {
    let head = "area,date,value\nR0D,2025-01-01,3\n";
    let line = |row: &str| format!("{head}{row}\n");
    for (bad, expected) in [
        (
            "day,count\n".to_owned(),
            "line 1, area: no column has this heading. The columns are: day, count. Name one of these with --area.",
        ),
        (
            "area,date,value,Value\n".to_owned(),
            "line 1, value: two columns have this heading.",
        ),
        (
            line("R0D,31/01/2025,3"),
            "line 3, date: \"31/01/2025\" is not a date. Write dates as 2025-08-31.",
        ),
        (
            line("R0D,2025-02-30,3"),
            "line 3, date: \"2025-02-30\" is not a date.",
        ),
        (
            line("R0D,2031-01-01,3"),
            "line 3, date: 2031-01-01 has not come yet. Check the year.",
        ),
        (
            line("R0D,2013-01-01,3"),
            "line 3, date: 2013-01-01 is outside the measure's definition. It holds from 2022-04-01.",
        ),
        (
            line("R0D,2025-01-02,many"),
            "line 3, value: \"many\" is not a number.",
        ),
        (
            line("R0D,2025-01-02,NaN"),
            "line 3, value: \"NaN\" is not a number.",
        ),
        (
            line("R0D,2025-01-02,1e999"),
            "line 3, value: \"1e999\" is not a number.",
        ),
        (
            line("R0D,2025-01-02,\"1,234\""),
            "line 3, value: \"1,234\" is not a number.",
        ),
        (
            line("R0D,2025-01-02,"),
            "line 3, value: there is no value. Leave the row out",
        ),
        (line("R0D,2025-01-02,-3"), "line 3, value: -3 is negative."),
        (
            line("R0D,2025-01-02,3.5"),
            "line 3, value: 3.5 is not a whole number.",
        ),
        (
            line("RX1,2025-01-02,3"),
            "line 3, area: \"RX1\" is no organisation or area of the partnership.",
        ),
        (
            line("R0D,2025-01-01,4"),
            "line 3, value: an earlier line has 3 for R0D on 2025-01-01, this one 4. Leave one of them.",
        ),
        (
            line("R0D,2025-01-02"),
            "line 3: there are 2 fields where the headings are 3.",
        ),
        (
            "area,date,value\n".to_owned(),
            "there is no row below the headings.",
        ),
        (
            String::new(),
            "no column has this heading. The columns are: .",
        ),
        (
            "PK\u{3}\u{4}…".to_owned(),
            "the file is a workbook or a zip archive.",
        ),
        (
            format!("area,date,value\nR0D,\"{}", "x".repeat(70_000)),
            "line 2: the line is longer than 64 kilobytes",
        ),
    ] {
        let said = refused(&bad);
        assert!(
            said.starts_with("The file was refused. Nothing was recorded.\n"),
            "{said}"
        );
        assert!(said.contains(expected), "{said}\n wanted: {expected}");
    }
}

#[test]
fn a_file_in_another_encoding_is_refused_and_says_where() {
    let text = "area,date,value\nR0D,2025-01-01,3\n";
    let utf16: Vec<u8> = [0xFEFF]
        .into_iter()
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    assert!(refused(utf16).contains("the file is in UTF-16. Save it as CSV in UTF-8"));
    let unmarked: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert!(refused(unmarked).contains("zero byte"));
    let latin = [text.as_bytes(), b"Andr\xe9,2025-01-02,3\n"].concat();
    assert!(
        refused(latin)
            .contains("line 3, area: a character is not in UTF-8; the file may be in Latin-1")
    );
    let heading = b"ar\xe9a,date,value\nR0D,2025-01-01,3\n";
    assert!(refused(heading).contains("line 1: a character is not in UTF-8"));
}

#[test]
fn the_first_twenty_mistakes_are_listed_and_the_rest_counted() {
    let mut text = "area,date,value\n".to_owned();
    for day in 1..=28 {
        writeln!(text, "R0D,2025-01-{day:02},x").unwrap();
    }
    let refused = of(&text).unwrap_err();
    assert_eq!((refused.refusals.len(), refused.more), (20, 8));
    assert!(refused.to_string().ends_with("… and 8 more."));
}

#[test]
fn the_real_files_are_read_whole() {
    for (file, area, expected) in [
        (
            "care/dorset_trust_criteria_to_reside.csv",
            "nhs_trust22_code",
            vec![("R0D", 304.0), ("RBD", 98.9)],
        ),
        (
            "care/dorset_icb_criteria_to_reside.csv",
            "icb22_code",
            vec![("E54000041", 402.9)],
        ),
    ] {
        let Some(path) = reference_data(file) else {
            return;
        };
        let columns = named(area, "do_not_meet_criteria_to_reside");
        let found = attempt(&std::fs::read(path).unwrap(), &columns).unwrap();
        let codes = found.series[0].1.iter().map(|one| one.area.code.as_str());
        let means: Vec<(&str, f64)> = codes
            .map(|code| {
                let values = values(&found, code);
                assert_eq!(values.len(), 1_249, "{code}");
                let august = values
                    .range("2025-08-01".parse::<Date>().unwrap()..)
                    .map(|(_, value)| value);
                let mean = august.clone().sum::<f64>() / 31.0;
                assert_eq!(august.count(), 31);
                (code, (mean * 10.0).round() / 10.0)
            })
            .collect();
        assert_eq!(means, expected);
    }
}

/// A file of a hundred megabytes, made as it is read.
#[test]
fn a_large_file_is_read_in_a_stream() {
    struct Endless(u64, Vec<u8>);
    impl io::Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.1.is_empty() && self.0 > 0 {
                self.0 -= 1;
                self.1 =
                    format!("R0D,2025-01-{:02},{}\r\n", self.0 % 28 + 1, self.0 % 28).into_bytes();
            }
            let count = self.1.len().min(buffer.len());
            buffer[..count].copy_from_slice(&self.1[..count]);
            self.1.drain(..count);
            Ok(count)
        }
    }
    let rows = 200_000;
    let text = Endless(rows, b"area,date,value\n".to_vec());
    let mut passed = 0;
    let today = "2025-09-30".parse().unwrap();
    let found = read(
        text,
        &columns(),
        reference().unwrap(),
        today,
        &mut |bytes| passed = bytes,
    )
    .unwrap();
    assert_eq!((found.rows, values(&found, "R0D").len()), (rows, 28));
    assert!(passed > rows * 16);
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = attempt(&bytes, &columns());
    }

    #[test]
    fn no_cells_make_it_panic(cells in proptest::collection::vec("[RBD0E5\\-\\.,\"\n 2x]{0,12}", 0..20)) {
        let _ = of(&format!("area,date,value\n{}", cells.join(",")));
    }
}

#[test]
fn a_figure_that_no_area_can_have_is_refused_by_its_line() {
    let text = "area,date,value\nR0D,2025-01-01,300\nRBD,2025-01-01,1e308\n";
    let said = refused(text);
    assert!(
        said.contains("line 3") && said.contains("1e308 is more than any figure can be."),
        "{said}"
    );
}

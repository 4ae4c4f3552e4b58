use super::*;

#[test]
fn a_financial_year_that_no_calendar_has_is_no_date() {
    let read = |text: &str| read_date(DateForm::FinancialYear, text);
    assert_eq!(read("2024-25"), "2024-04-01".parse().ok());
    assert_eq!(read("1999-00"), "1999-04-01".parse().ok());
    assert_eq!(read("9999-00"), "9999-04-01".parse().ok());
    for text in [
        "65535-36",
        "65535-00",
        "65536-37",
        "99999999999999999999-00",
        "+999-00",
        "-999-00",
        "2024-26",
        "2024-5",
        "24-25",
        "-",
        "",
    ] {
        assert_eq!(read(text), None, "{text:?}");
    }
}

#[test]
fn a_number_that_no_figure_can_be_is_refused_and_the_most_is_taken() {
    assert_eq!(number("1e15"), Ok(1e15));
    assert_eq!(number("1000000000000000"), Ok(1e15));
    for text in ["1000000000000001", "1e16", "1e308", "99999999999999999999"] {
        let (why, _) = number(text).unwrap_err();
        assert_eq!(why, format!("{text} is more than any figure can be."));
    }
    let (why, _) = number("1e309").unwrap_err();
    assert_eq!(why, "\"1e309\" is not a number.");
}

use super::*;

#[test]
fn numbers_stay_exact_and_words_are_no_formula() {
    let quantity: Quantity = "-1.5".parse().unwrap();
    let cells = [
        (Held::Number(quantity), "-1.5", Value::Number(-1.5)),
        (
            Held::Money(Pence::new(-123_450)),
            "-1234.50",
            Value::Pounds(-1234.5),
        ),
        (
            Held::Money(Pence::new(10_000)),
            "100.00",
            Value::Pounds(100.0),
        ),
        (Held::from("=1+1"), "\"'=1+1\"", Value::from("=1+1")),
        (Held::from(""), "", Value::Empty),
        (Held::from(None), "", Value::Empty),
    ];
    for (held, csv, value) in cells {
        assert_eq!(held.csv(), csv);
        assert_eq!(held.value(), value);
    }
}

use stour_register::{Around, Holds, Values};

use crate::testing::entry;

/// What may be older than the programme: when it begins itself, who is in place and what is measured before it.
const MAY_BE_EARLIER: [(&str, &str); 10] = [
    ("programme", "starts"),
    ("programme", "ends"),
    ("board", "starts"),
    ("board", "ends"),
    ("relation", "starts"),
    ("relation", "ends"),
    ("holder", "from"),
    ("holder", "to"),
    ("benefit", "baseline-from"),
    ("benefit", "baseline-to"),
];

#[test]
fn every_other_date_is_refused_before_the_programme() {
    let fields = [("title", "One"), ("starts", "2013-06")];
    let mut around = Around::new(vec![entry(crate::governance::programme::KIND, 1, fields)]);
    around.today = Some("2026-11-24".parse().unwrap());
    let mut dates = 0;
    for kind in crate::kinds() {
        for field in kind.fields {
            let text = match field.holds {
                Holds::Date => ["2013-05-31", "2013-06-01"],
                Holds::Month => ["2013-05", "2013-06"],
                _ => continue,
            };
            dates += 1;
            let is_refused = |text: &str| {
                let values: Values = [(field.name, text)].into_iter().collect();
                let errors = (kind.check)(&values, &around);
                let says = |message: &str| {
                    message.contains("programme begins") || message.contains("programme starts")
                };
                errors
                    .iter()
                    .any(|error| error.field == field.name && says(&error.message))
            };
            let may = MAY_BE_EARLIER.contains(&(kind.name, field.name))
                || (kind.name, field.name) == ("conversion", "from");
            if !may {
                assert!(is_refused(text[0]), "{} {}", kind.name, field.name);
                assert!(!is_refused(text[1]), "{} {}", kind.name, field.name);
            }
        }
    }
    assert!(dates > 20, "{dates}");
}

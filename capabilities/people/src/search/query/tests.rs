use proptest::prelude::*;
use stour_kernel::Date;

use super::{Query, QueryError};

fn today() -> Date {
    "2026-11-24".parse().unwrap()
}

fn parse(text: &str) -> Result<Query, QueryError> {
    Query::parse(text, today())
}

fn query(names: &[&str], born: Option<&str>, postcode: &[&str], number: Option<&str>) -> Query {
    Query {
        names: names.iter().map(|name| (*name).to_owned()).collect(),
        born: born.map(str::to_owned),
        postcode: postcode.iter().map(|word| (*word).to_owned()).collect(),
        number: number.map(str::to_owned),
        number_instead: None,
    }
}

#[test]
fn one_box_takes_names_dates_postcodes_and_numbers_in_any_order() {
    for (text, expected) in [
        ("Smith, John", query(&["smith", "john"], None, &[], None)),
        ("john smith", query(&["john", "smith"], None, &[], None)),
        ("Mrs O'Brien", query(&["obrien"], None, &[], None)),
        ("mrs", query(&["mrs"], None, &[], None)),
        (
            "Anne-Marie Łoś",
            query(&["anne", "marie", "los"], None, &[], None),
        ),
        (
            "smith 12/03/1941",
            query(&["smith"], Some("#1941-03-12"), &[], None),
        ),
        (
            "12 march 1941 smith",
            query(&["smith"], Some("#1941-03-12"), &[], None),
        ),
        ("smith 1941", query(&["smith"], Some("#1941-"), &[], None)),
        ("bh8 9rn", query(&[], None, &["@bh.8.9rn"], None)),
        ("bh8 smith", query(&["smith"], None, &["@bh.8."], None)),
        ("BH11", query(&[], None, &["@bh.1.1", "@bh.11."], None)),
        ("999 000 0018", query(&[], None, &[], Some("9990000018"))),
        (
            "9990000018 smith",
            query(&["smith"], None, &[], Some("9990000018")),
        ),
        ("999-000-0018", query(&[], None, &[], Some("9990000018"))),
        ("h1234567", query(&[], None, &[], Some("H1234567"))),
        ("smith smith", query(&["smith"], None, &[], None)),
    ] {
        let mut found = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        found.postcode.sort();
        found.number_instead = None;
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn what_cannot_be_searched_for_says_what_to_type() {
    assert_eq!(parse("  "), Err(QueryError::Empty));
    assert_eq!(parse("' - ,"), Err(QueryError::Empty));
    assert_eq!(parse("31/02/1941"), Err(QueryError::NoDate));
    assert!(matches!(
        parse("999 000 0019"),
        Err(QueryError::NotNumber(_))
    ));
    assert_eq!(parse("bh8 dt1"), Err(QueryError::Two("postcode")));
    assert_eq!(
        parse("1/2/1941 1/3/1941"),
        Err(QueryError::Two("date of birth"))
    );
    assert_eq!(parse("a b c d e f g"), Err(QueryError::Long));
    assert_eq!(parse(&"x".repeat(4_000)), Err(QueryError::Long));
}

#[test]
fn a_year_of_two_figures_is_asked_about_with_the_searches_it_can_mean() {
    let Err(QueryError::WhichDate(readings)) = parse("smith 12.3.24 bh8") else {
        panic!("not asked")
    };
    let searches: Vec<&str> = readings
        .iter()
        .map(|reading| reading.search.as_str())
        .collect();
    assert_eq!(searches, ["smith 1924-03-12 bh8", "smith 2024-03-12 bh8"]);
    for search in searches {
        assert!(parse(search).is_ok());
    }
}

proptest! {
    #[test]
    fn whatever_is_typed_is_understood_or_refused_in_words(text in "\\PC{0,60}") {
        if let Err(error) = parse(&text) {
            prop_assert!(!error.to_string().is_empty());
        }
    }

    #[test]
    fn names_never_hold_a_character_with_a_meaning_in_sql(text in "[ a-zA-Z%_'\"\\\\*?]{0,40}") {
        if let Ok(query) = parse(&text) {
            for name in query.names {
                prop_assert!(name.chars().all(char::is_alphanumeric), "{}", name);
            }
        }
    }
}

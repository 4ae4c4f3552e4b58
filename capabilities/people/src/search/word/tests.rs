use proptest::prelude::*;

use super::{Named, fold, line, name_words, postcode_word, words};

#[test]
fn names_lose_what_people_leave_out() {
    for (name, expected) in [
        ("Smith", vec!["smith"]),
        ("O'Brien", vec!["o", "brien", "obrien"]),
        ("O\u{2019}Brien", vec!["o", "brien", "obrien"]),
        ("Smith-Jones", vec!["smith", "jones", "smithjones"]),
        ("de la Cruz", vec!["de", "la", "cruz", "delacruz"]),
        ("Łukasiewicz", vec!["lukasiewicz"]),
        ("Müller", vec!["muller"]),
        ("Mu\u{308}ller", vec!["muller"]),
        ("Sørensen", vec!["sorensen"]),
        ("Weiß", vec!["weiss"]),
        ("Þórðardóttir", vec!["thordardottir"]),
        ("İbrahim", vec!["ibrahim"]),
        ("حسن", vec!["حسن"]),
        ("'", vec![]),
    ] {
        assert_eq!(name_words(name), expected, "{name}");
    }
}

#[test]
fn a_line_has_the_family_name_then_the_given_names_then_the_rest() {
    let named = Named {
        family: "O'Brien",
        given: vec!["Mary", "Ann"],
        others: vec!["Murphy", "Mary"],
        born: Some("1941-03-12".parse().unwrap()),
        postcodes: vec!["BH8 9RN".parse().unwrap()],
    };
    assert_eq!(
        line(&named),
        " o brien obrien / mary ann / murphy #1941-03-12 @bh.8.9rn "
    );
    assert_eq!(words(&line(&named)).count(), 8);
}

#[test]
fn a_postcode_keeps_its_area_district_and_inward_apart() {
    assert_eq!(postcode_word("BH1 1AA"), "@bh.1.1aa");
    assert_eq!(postcode_word("BH11 "), "@bh.11.");
    assert_eq!(postcode_word("W1A 1AA"), "@w.1a.1aa");
    assert_eq!(postcode_word("BH"), "@bh.");
}

#[test]
fn a_long_name_makes_a_short_word() {
    let long = format!("{} {}", "x".repeat(90), "y ".repeat(400));
    let made = line(&Named {
        family: &long,
        ..Named::default()
    });
    assert!(made.len() < 1_000, "{}", made.len());
    let gothic: Vec<String> = (0..60)
        .map(|number| format!("{}{number}", "\u{10330}".repeat(30)))
        .collect();
    let given: Vec<&str> = gothic.iter().map(String::as_str).collect();
    let made = line(&Named {
        family: "Wulfila",
        given,
        ..Named::default()
    });
    assert!((1_000..1_600).contains(&made.len()), "{}", made.len());
}

proptest! {
    #[test]
    fn folding_twice_changes_nothing_and_leaves_only_letters_and_digits(text in "\\PC{0,40}") {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once.clone());
        prop_assert!(once.chars().all(char::is_alphanumeric), "{:?}", once);
    }
}

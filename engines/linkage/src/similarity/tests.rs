use proptest::prelude::*;

use super::*;

fn of(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    bytes(text, &mut out);
    out
}

fn distance(one: &[u8], other: &[u8]) -> usize {
    let text = |bytes: &[u8]| bytes.iter().copied().map(char::from).collect::<String>();
    strsim::osa_distance(&text(one), &text(other))
}

#[test]
fn published_examples() {
    // Winkler (1990); Jaro's values to three places.
    for (one, other, expected) in [
        ("MARTHA", "MARHTA", 0.961),
        ("DWAYNE", "DUANE", 0.840),
        ("DIXON", "DICKSONX", 0.813),
    ] {
        assert!(
            (jaro_winkler(&of(one), &of(other)) - expected).abs() < 0.001,
            "{one} {other}"
        );
    }
    // The code of the National Archives of the United States.
    for (name, code) in [
        ("WASHINGTON", "W252"),
        ("LEE", "L000"),
        ("GUTIERREZ", "G362"),
        ("PFISTER", "P236"),
        ("JACKSON", "J250"),
        ("TYMCZAK", "T522"),
        ("ASHCRAFT", "A261"),
    ] {
        assert_eq!(soundex(&of(name)).to_be_bytes(), code.as_bytes(), "{name}");
    }
}

#[test]
fn one_byte_for_each_character() {
    assert_eq!(of("李 小龍").len(), 3);
    assert_eq!(of(&"X".repeat(100)).len(), LONGEST);
}

proptest! {
    #[test]
    fn jaro_winkler_agrees_with_another(one in "[A-D]{0,12}", other in "[A-D]{0,12}") {
        let ours = f64::from(jaro_winkler(&of(&one), &of(&other)));
        let jaro = strsim::jaro(&one, &other);
        prop_assume!((jaro - 0.7).abs() > 1e-6);
        let theirs = if jaro > 0.7 { strsim::jaro_winkler(&one, &other) } else { jaro };
        prop_assert!((ours - theirs).abs() < 1e-5, "{ours} {theirs}");
    }

    #[test]
    fn slips_are_distances(one in "[A-C]{0,8}", other in "[A-C]{0,8}") {
        let (one, other) = (of(&one), of(&other));
        let far = distance(&one, &other);
        prop_assert_eq!(is_one_slip(&one, &other), far == 1);
        prop_assert_eq!(is_two_slips(&one, &other), far <= 2);
    }

    #[test]
    fn the_order_does_not_matter(one in ".{0,70}", other in ".{0,70}") {
        let (one, other) = (of(&one), of(&other));
        prop_assert!((jaro_winkler(&one, &other) - jaro_winkler(&other, &one)).abs() < 1e-5);
        prop_assert_eq!(is_one_slip(&one, &other), is_one_slip(&other, &one));
        prop_assert_eq!(is_two_slips(&one, &other), is_two_slips(&other, &one));
    }
}

use proptest::prelude::*;

use super::*;
use crate::postcode::tests::postcodes;

fn finds(part: &str, postcode: &str) -> bool {
    let part: PostcodePart = part.parse().unwrap();
    part.matches(&postcode.parse().unwrap())
}

#[test]
fn each_part_finds_its_postcodes() {
    for part in [
        "BH", "bh8", "BH8 9", "BH89", "BH8 9R", "bh89r", "BH8 9RN", " bh89rn ",
    ] {
        assert!(finds(part, "BH8 9RN"), "{part}");
    }
    for part in ["B", "BH80", "BH9", "BH8 0", "BH8 9RX", "DT"] {
        assert!(!finds(part, "BH8 9RN"), "{part}");
    }
}

#[test]
fn a_district_is_not_the_start_of_a_longer_one() {
    assert!(!finds("BH1", "BH11 8AA"));
    assert!(finds("BH11", "BH11 8AA"));
    assert!(finds("BH11", "BH1 1AA"));
    assert!(!finds("BH1 1", "BH11 8AA"));
    assert!(finds("B", "B1 1AA"));
    assert!(!finds("B", "BH1 1AA"));
    assert!(finds("gir", "GIR 0AA"));
}

#[test]
fn what_starts_no_postcode_is_refused() {
    for text in [
        "",
        " ",
        "8",
        "BHX",
        "Q",
        "BH8 RN",
        "BH8 9RNX",
        "BH 8",
        "BOURNEMOUTH",
    ] {
        assert_eq!(
            text.parse::<PostcodePart>(),
            Err(PostcodeError::Part),
            "{text}"
        );
    }
    assert_eq!(
        "BH*".parse::<PostcodePart>(),
        Err(PostcodeError::Character('*'))
    );
}

#[test]
fn prefixes_are_starts_of_the_written_form() {
    let prefixes = |text: &str| -> Vec<String> {
        let part: PostcodePart = text.parse().unwrap();
        part.prefixes().map(str::to_owned).collect()
    };
    assert_eq!(prefixes("BH8"), ["BH8 "]);
    assert_eq!(prefixes("bh11"), ["BH1 1", "BH11 "]);
    assert_eq!(prefixes("B").len(), 10);
}

proptest! {
    #[test]
    fn every_start_from_the_district_on_finds_its_postcode(text in postcodes(), cut in 0..3_usize) {
        let outward = text.split(' ').next().unwrap().len();
        for length in [outward, outward + 2 + cut] {
            let start = text.get(..length).unwrap_or(&text);
            prop_assert!(finds(start, &text));
            prop_assert!(finds(&start.replace(' ', ""), &text));
        }
    }

    #[test]
    fn with_a_space_only_what_starts_so_is_found(one in postcodes(), two in postcodes()) {
        let length = one.find(' ').unwrap() + 2;
        let part = one.get(..length).unwrap();
        prop_assert_eq!(finds(part, &two), two.starts_with(part));
    }
}

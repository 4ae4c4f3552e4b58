use std::fs;

use proptest::prelude::*;

use super::*;
use crate::testing::reference_data;

fn postcode(text: &str) -> Postcode {
    text.parse().unwrap()
}

/// Postcodes of every shape that Royal Mail uses.
pub(crate) fn postcodes() -> impl Strategy<Value = String> {
    let outward = prop_oneof![
        "[A-PR-UWYZ][0-9]",
        "[A-PR-UWYZ][0-9][0-9]",
        "[A-PR-UWYZ][0-9][A-HJKPSTUW]",
        "[A-PR-UWYZ][A-HK-Y][0-9]",
        "[A-PR-UWYZ][A-HK-Y][0-9][0-9]",
        "[A-PR-UWYZ][A-HK-Y][0-9][ABEHMNPRVWXY]",
    ];
    let ordinary = (outward, "[0-9][ABD-HJLNP-UW-Z][ABD-HJLNP-UW-Z]")
        .prop_map(|(outward, inward)| format!("{outward} {inward}"));
    prop_oneof![30 => ordinary, 1 => Just("GIR 0AA".to_owned()), 1 => Just("ZZ99 3VZ".to_owned())]
}

#[test]
fn a_postcode_has_an_area_a_district_and_a_sector() {
    let stour = postcode(" bh89rn ");
    assert_eq!(stour.as_str(), "BH8 9RN");
    assert_eq!(stour.area(), "BH");
    assert_eq!(stour.outward(), "BH8");
    assert_eq!(stour.inward(), "9RN");
    assert_eq!(stour.sector(), "BH8 9");
    assert_eq!(postcode("W1A 1AA").area(), "W");
    assert_eq!(postcode("G I R 0 A A").as_str(), "GIR 0AA");
    assert_eq!(postcode("GIR0AA").area(), "GIR");
}

#[test]
fn no_fixed_abode_is_no_place() {
    assert!(postcode("ZZ993VZ").is_pseudo());
    assert!(!postcode("DT1 1XJ").is_pseudo());
}

#[test]
fn other_texts_are_refused_for_their_reason() {
    for (text, error) in [
        ("", PostcodeError::Length(0)),
        ("BH8", PostcodeError::Length(3)),
        ("BH8 9RNX", PostcodeError::Inward),
        ("BH8 9RNXX", PostcodeError::Length(8)),
        ("BH8-9RN", PostcodeError::Character('-')),
        ("ВH8 9RN", PostcodeError::Character('В')),
        ("QH8 9RN", PostcodeError::Outward),
        ("BI8 9RN", PostcodeError::Outward),
        ("BHH 9RN", PostcodeError::Outward),
        ("BHO 9RN", PostcodeError::Outward),
        ("B8L 9RN", PostcodeError::Outward),
        ("BH8C 9RN", PostcodeError::Outward),
        ("BH8 9RO", PostcodeError::Inward),
        ("BH8 ORN", PostcodeError::Inward),
        ("GIR 0AB", PostcodeError::Inward),
    ] {
        assert_eq!(text.parse::<Postcode>(), Err(error), "{text}");
    }
}

#[test]
fn every_postcode_of_the_practices_is_read() {
    let Some(file) = reference_data("care/dorset_gp_practices_epraccur_2020.csv") else {
        return;
    };
    let text = fs::read_to_string(file).unwrap();
    let mut lines = text.lines();
    let column = lines
        .next()
        .unwrap()
        .split(',')
        .position(|name| name == "postcode")
        .unwrap();
    let mut count = 0;
    for line in lines {
        let without_quoted_fields: String = line.split('"').step_by(2).collect();
        let written = without_quoted_fields.split(',').nth(column).unwrap();
        assert_eq!(postcode(written).as_str(), written);
        count += 1;
    }
    assert!(count > 50, "only {count}");
}

proptest! {
    #[test]
    fn a_postcode_is_the_same_however_it_is_typed(text in postcodes(), lower: bool, spaced: bool) {
        let typed = if lower { text.to_lowercase() } else { text.clone() };
        let typed = if spaced { format!(" {typed} ") } else { typed.replace(' ', "") };
        let read = postcode(&typed);
        prop_assert_eq!(read.as_str(), &text);
        prop_assert_eq!(format!("{} {}", read.outward(), read.inward()), text.clone());
        prop_assert!(read.sector().starts_with(read.outward()));
        prop_assert!(read.outward().starts_with(read.area()));
        let json = serde_json::to_string(&read).unwrap();
        prop_assert_eq!(serde_json::from_str::<Postcode>(&json).unwrap(), read);
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,12}") {
        let _ = text.parse::<Postcode>();
    }
}

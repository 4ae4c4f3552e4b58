use proptest::prelude::*;

use super::*;

#[test]
fn the_kind_of_area_is_its_start() {
    let dorset: GssCode = " e06000059".parse().unwrap();
    assert_eq!(dorset.as_str(), "E06000059");
    assert_eq!(dorset.entity(), "E06");
}

#[test]
fn other_texts_are_refused() {
    assert_eq!("".parse::<GssCode>(), Err(GssCodeError::Country));
    assert_eq!("106000059".parse::<GssCode>(), Err(GssCodeError::Country));
    assert_eq!("E0600059".parse::<GssCode>(), Err(GssCodeError::Digits));
    assert_eq!("E060000590".parse::<GssCode>(), Err(GssCodeError::Digits));
    assert_eq!("E0600005O".parse::<GssCode>(), Err(GssCodeError::Digits));
}

proptest! {
    #[test]
    fn every_code_survives_text_and_json(text in "[EWSN][0-9]{8}") {
        let code: GssCode = text.parse().unwrap();
        prop_assert_eq!(code.to_string(), text);
        let json = serde_json::to_string(&code).unwrap();
        prop_assert_eq!(serde_json::from_str::<GssCode>(&json).unwrap(), code);
    }
}

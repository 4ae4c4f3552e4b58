use proptest::prelude::*;

use super::*;

#[test]
fn codes_are_raised_and_trimmed() {
    assert_eq!(" j81012 ".parse::<OdsCode>().unwrap().as_str(), "J81012");
}

#[test]
fn other_texts_are_refused() {
    assert_eq!("".parse::<OdsCode>(), Err(OdsCodeError::Length));
    assert_eq!("ABCDEFGHIJK".parse::<OdsCode>(), Err(OdsCodeError::Length));
    assert_eq!("RD Z".parse::<OdsCode>(), Err(OdsCodeError::Character(' ')));
    assert_eq!("RDÉ".parse::<OdsCode>(), Err(OdsCodeError::Character('É')));
}

proptest! {
    #[test]
    fn every_code_survives_text_and_json(text in "[A-Z0-9]{1,10}") {
        let code: OdsCode = text.parse().unwrap();
        prop_assert_eq!(code.to_string(), text);
        let json = serde_json::to_string(&code).unwrap();
        prop_assert_eq!(serde_json::from_str::<OdsCode>(&json).unwrap(), code);
    }
}

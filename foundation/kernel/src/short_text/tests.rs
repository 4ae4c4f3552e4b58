use proptest::prelude::*;

use super::*;

#[test]
fn what_does_not_fit_is_refused() {
    assert!(ShortText::<3>::new("four").is_none());
    assert!(ShortText::<3>::new("é").is_none());
    assert!(ShortText::<3>::new("a\0").is_none());
    assert_eq!(ShortText::<3>::new("").unwrap().as_str(), "");
}

proptest! {
    #[test]
    fn order_and_text_are_those_of_the_string(one in "[ -~]{0,6}", two in "[ -~]{0,6}") {
        let short = |text: &str| ShortText::<6>::new(text).unwrap();
        let (short_one, short_two) = (short(&one), short(&two));
        prop_assert_eq!(short_one.as_str(), &one);
        prop_assert_eq!(short_one.cmp(&short_two), one.cmp(&two));
    }
}

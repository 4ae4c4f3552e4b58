use stour_register::Around;

use super::KIND;
use crate::testing::entry;

#[test]
fn there_is_one_programme_in_a_scope_and_it_can_be_changed() {
    let stored = entry(KIND, 1, [("title", "Better Together")]);
    let another = entry(KIND, 2, [("title", "Another")]);
    let mut around = Around::new(vec![stored.clone()]);
    let errors = (KIND.check)(&another.values, &around);
    assert_eq!(errors[0].field, "title");
    around.of = Some(stored.id);
    assert!((KIND.check)(&another.values, &around).is_empty());
    assert!((KIND.check)(&another.values, &Around::default()).is_empty());
}

#[test]
fn a_programme_ends_no_earlier_than_it_starts() {
    let check = |starts, ends| {
        let fields = [
            ("title", "Better Together"),
            ("starts", starts),
            ("ends", ends),
        ];
        (KIND.check)(&entry(KIND, 1, fields).values, &Around::default())
    };
    assert_eq!(check("2013-06", "2013-05")[0].field, "ends");
    assert!(check("2013-06", "2013-06").is_empty());
    assert!(check("2013-06", "").is_empty());
}

use proptest::prelude::*;

use super::*;

fn names(texts: [&str; 2]) -> (Names, [Id; 2]) {
    let mut names = Names::default();
    let ids = texts.map(|text| names.intern(text, Lists::built_in()));
    (names, ids)
}

fn givens(one: &str, other: &str) -> Given {
    let (names, [one, other]) = names([one, other]);
    given(names.view(one), names.view(other))
}

fn families(one: &str, other: &str) -> Family {
    let (names, [one, other]) = names([one, other]);
    family(names.view(one), names.view(other))
}

#[test]
fn given_names() {
    assert_eq!(givens("Zoë", "ZOE"), Given::Same);
    assert_eq!(givens("Cathy", "Katherine"), Given::Form);
    assert_eq!(givens("K", "Katherine"), Given::Initial);
    assert_eq!(givens("J", "J"), Given::Initial);
    assert_eq!(givens("Jhon", "John"), Given::Close);
    assert_eq!(givens("Etrry", "Terry"), Given::Close);
    assert_eq!(givens("Jack", "Harry"), Given::Different);
    assert_eq!(givens("Baby", "Theo"), Given::Missing);
    assert_eq!(givens("Twin One", "Theo"), Given::Missing);
    assert_eq!(givens("", "Theo"), Given::Missing);
}

#[test]
fn family_names() {
    assert_eq!(families("O'Brien", "OBRIEN"), Family::Same);
    assert_eq!(families("van der Berg", "Vanderberg"), Family::Same);
    assert_eq!(families("Smith-Jones", "Jones"), Family::Part);
    assert_eq!(families("Smith-Jones", "Jones-Brown"), Family::Part);
    assert_eq!(families("Desn", "Dean"), Family::Close);
    assert_eq!(families("Cox", "Fox"), Family::Alike);
    assert_eq!(families("Hansford", "Selby"), Family::Different);
    assert_eq!(families("de la Rue", "de Vries"), Family::Different);
}

proptest! {
    #[test]
    fn the_quick_look_misses_nothing(one in "[A-E]{2,9}", other in "[A-E]{2,9}") {
        let (names, [one, other]) = names([&one, &other]);
        let (one, other) = (names.view(one), names.view(other));
        let alike = jaro_winkler(one.bytes, other.bytes) >= ALIKE
            || is_one_slip(one.bytes, other.bytes)
            || (one.bytes.len().min(other.bytes.len()) >= 6 && is_two_slips(one.bytes, other.bytes));
        prop_assert!(!alike || may_be_alike(one, other));
    }

    #[test]
    fn the_order_does_not_matter(one in "[A-Z' -]{0,14}", other in "[A-Z' -]{0,14}") {
        prop_assert_eq!(givens(&one, &other), givens(&other, &one));
        prop_assert_eq!(families(&one, &other), families(&other, &one));
    }
}

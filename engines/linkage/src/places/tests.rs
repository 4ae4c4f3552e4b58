use super::*;

fn compare(one: (&str, &str), other: (&str, &str)) -> Residence {
    let mut places = Places::default();
    let [one, other] =
        [one, other].map(|(address, postcode)| places.intern(address, postcode, Lists::built_in()));
    let there = residence((&places, one), (&places, other));
    assert_eq!(there, residence((&places, other), (&places, one)));
    there
}

#[test]
fn residences_compare() {
    use Residence::{Address, District, Elsewhere, Home, Missing, Nearly, Postcode};
    let home = ("12 Mill Lane", "BH21 3AA");
    for (other, expected) in [
        (("12, Mill Lane", "bh213aa"), Home),
        (("12 Mil Lane", "BH21 3AA"), Nearly),
        (("12 Mill Lane", "BH21 3AB"), Nearly),
        (("12 Mill Lane", "BH21"), Nearly),
        (("4 Sea View", "BH21 3AA"), Postcode),
        (("", "BH21 3AA"), Postcode),
        (("12 Mill Lane", ""), Address),
        (("12 Mill Lane", "DT4 7AA"), Address),
        (("4 Sea View", "BH21 7AA"), District),
        (("4 Sea View", "DT4 7AA"), Elsewhere),
        (("4 Sea View", ""), Elsewhere),
        (("", ""), Missing),
        (("", "ZZ99 3VZ"), Missing),
    ] {
        assert_eq!(compare(home, other), expected, "{other:?}");
    }
}

#[test]
fn homes_of_many_are_communal() {
    let mut places = Places::default();
    let lodge = places.intern("Stour Lodge Care Home", "BH22 9AA", Lists::built_in());
    let house = places.intern("1 Careless Homes Road", "BH22 9AB", Lists::built_in());
    assert!(places.is_communal(lodge));
    assert!(!places.is_communal(house));
    (0..=FAMILY_AT_MOST).for_each(|_| places.count(house, |count| *count += 1));
    assert!(places.is_communal(house));
}

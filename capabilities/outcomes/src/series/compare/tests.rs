use stour_partnership::reference;

use super::*;

fn of(code: &str) -> Compared {
    Compared {
        area: Area::named(reference().unwrap(), code).unwrap(),
        values: BTreeMap::new(),
    }
}

#[test]
fn councils_are_set_beside_councils_and_trusts_beside_trusts() {
    let council = of("E06000059").area;
    assert!(of("E10000014").is_beside(&council));
    assert!(of("E92000001").is_beside(&council));
    assert!(!of("RNZ").is_beside(&council));
    assert!(!of("E06000059").is_beside(&council));
    assert!(of("RNZ").is_beside(&of("R0D").area));
}

#[test]
fn england_comes_first_then_the_partnership_then_neighbours_in_their_order() {
    let mut all = ["E10000014", "E06000058", "E92000001", "E06000054"].map(of);
    all.sort_by_key(Compared::place);
    let codes: Vec<&str> = all.iter().map(|one| one.area.code.as_str()).collect();
    assert_eq!(codes, ["E92000001", "E06000058", "E10000014", "E06000054"]);
    assert_eq!(all[1].why(), "It is part of the partnership.");
    assert!(all[2].why().contains("adjoins"));
}

#[test]
fn an_index_is_of_an_areas_own_mean_and_never_of_nothing() {
    let day = |text: &str| text.parse::<Date>().unwrap();
    let values = BTreeMap::from([(day("2024-01-01"), 50.0), (day("2024-03-01"), 150.0)]);
    let periods = ["2024-01-01", "2024-02-01", "2024-03-01"].map(day);
    assert_eq!(
        relative(&values, &periods, Compare::Index),
        [Some(50.0), None, Some(150.0)]
    );
    assert_eq!(
        relative(&values, &periods, Compare::Value),
        [Some(50.0), None, Some(150.0)]
    );
    let noughts = BTreeMap::from([(day("2024-01-01"), 0.0)]);
    assert_eq!(relative(&noughts, &periods, Compare::Index), [None; 3]);
    assert_eq!(listed(&["a", "b", "c"]), "a, b and c");
}

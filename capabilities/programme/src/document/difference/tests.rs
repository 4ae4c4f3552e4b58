use super::{Difference, differences, place_in_words, row_names, value_in_words};

const REABLEMENT: &str = crate::WORKED[0].text;

fn one(place: &str, before: Option<&str>, after: Option<&str>) -> Difference {
    Difference {
        place: place.to_owned(),
        before: before.map(str::to_owned),
        after: after.map(str::to_owned),
    }
}

#[test]
fn a_changed_number_is_told_by_the_row_that_has_it() {
    let changed = REABLEMENT.replace("take_up = 0.3\n", "take_up = 0.2\n");
    assert_eq!(
        differences(REABLEMENT, &changed),
        [one(
            "line bed-days, driver, take_up",
            Some("0.3"),
            Some("0.2")
        )]
    );
}

#[test]
fn rows_are_told_apart_by_what_names_them_and_not_by_their_order() {
    let before = "[[line]]\nid = \"a\"\nn = 1\n[[line]]\nid = \"b\"\nn = 2\n\
                  [[uncertain]]\ninput = \"a.n\"\nlow = 1\n[[uncertain]]\ninput = \"b.n\"\nlow = 2\n\
                  [[correlation]]\nbetween = [\"a.n\", \"b.n\"]\nrank = 1\n[[correlation]]\nbetween = [\"a.n\", \"c.n\"]\nrank = 2\n";
    let after = "[[line]]\nid = \"b\"\nn = 2\n[[line]]\nid = \"a\"\nn = 1\n\
                 [[uncertain]]\ninput = \"b.n\"\nlow = 2\n[[uncertain]]\ninput = \"a.n\"\nlow = 1\n\
                 [[correlation]]\nbetween = [\"a.n\", \"c.n\"]\nrank = 2\n[[correlation]]\nbetween = [\"a.n\", \"b.n\"]\nrank = 1\n";
    assert_eq!(differences(before, after), []);
    let changed = after.replace("rank = 1", "rank = 0");
    let place = "correlation a.n and b.n, rank";
    assert_eq!(
        differences(before, &changed),
        [one(place, Some("1"), Some("0"))]
    );
}

#[test]
fn a_row_that_came_or_went_is_told_field_by_field() {
    let before = "[[line]]\nid = \"a\"\nn = 1\n";
    let after = "[[line]]\nid = \"a\"\nn = 1\n[[line]]\nid = \"b\"\nn = 2\n";
    let came = differences(before, after);
    assert_eq!(
        came,
        [
            one("line b, id", None, Some("b")),
            one("line b, n", None, Some("2"))
        ]
    );
    let went = differences(after, before);
    assert_eq!(
        went,
        [
            one("line b, id", Some("b"), None),
            one("line b, n", Some("2"), None)
        ]
    );
}

#[test]
fn a_field_that_came_into_a_row_is_told() {
    let after = REABLEMENT.replace(
        "id = \"home-care\"\n",
        "id = \"home-care\"\nowner = \"Me\"\n",
    );
    assert_eq!(
        differences(REABLEMENT, &after),
        [one("line home-care, owner", None, Some("Me"))]
    );
}

#[test]
fn the_same_values_laid_out_otherwise_are_no_difference() {
    let laid_out = toml::to_string(&REABLEMENT.parse::<toml::Table>().unwrap()).unwrap();
    assert_ne!(laid_out, REABLEMENT);
    assert_eq!(differences(REABLEMENT, &laid_out), []);
    let whole = REABLEMENT
        .replace("98.0", "98")
        .replace("[1000, 1020, 1040]", "[1000.0, 1020, 1_040]")
        .replace("lag = 0\n", "lag = 0.0\n");
    assert_ne!(whole, REABLEMENT);
    assert_eq!(differences(REABLEMENT, &whole), []);
    let remarked = REABLEMENT.replace("[case]", "# A remark\n\n[case]   # and another");
    assert_eq!(differences(REABLEMENT, &remarked), []);
}

#[test]
fn every_worked_case_differs_from_itself_by_nothing_and_from_another_by_its_title() {
    for worked in crate::WORKED {
        assert_eq!(differences(worked.text, worked.text), []);
    }
    let other = differences(REABLEMENT, crate::WORKED[1].text);
    assert!(other.iter().any(|one| one.place == "case, title"));
    let mut places: Vec<&str> = other.iter().map(|one| one.place.as_str()).collect();
    let told = places.len();
    places.dedup();
    assert_eq!(places.len(), told, "each place is told once");
    assert!(places.is_sorted());
}

#[test]
fn a_place_is_told_by_the_names_that_its_rows_have() {
    let names = row_names("[[line]]\nid = \"days\"\nname = \"Days in hospital\"\n");
    let told = |place: &str| place_in_words(place, &names);
    assert_eq!(
        told("line days, driver, take_up"),
        "Days in hospital: take up"
    );
    assert_eq!(told("line days"), "Days in hospital");
    assert_eq!(told("line gone, source"), "line gone: source");
    assert_eq!(told("case, base_year"), "case: base year");
    assert_eq!(told("one_at_a_time_percent"), "one at a time percent");
}

#[test]
fn parts_of_a_line_are_told_in_per_cent_and_nothing_else_is() {
    for (place, value, words) in [
        ("line bed-days, driver, take_up", "0.3", "30%"),
        ("line bed-days, driver, take_up", "0.1, 0.125", "10%, 12.5%"),
        ("line bed-days, driver, impact", "0.3", "0.3"),
        ("line bed-days, optimism_bias, percent", "25", "25"),
        ("line team, paid_by, council", "0.6", "60%"),
        ("line team, paid_by", "council", "council"),
        ("line team, cashable", "1", "100%"),
        ("uncertain bed-days.take_up, low", "0.2", "0.2"),
    ] {
        assert_eq!(value_in_words(place, value), words, "{place}");
    }
}

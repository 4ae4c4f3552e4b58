//! How many people live in a place, by age.

use stour_partnership::{Files, People, Place, Reference, reference};

fn council(code: &str) -> Place {
    Place::Council(code.parse().unwrap())
}

fn people(place: &Place) -> People {
    reference().unwrap().population_in(place).unwrap()
}

#[test]
fn councils_have_the_people_of_their_own_table() {
    let known = reference().unwrap();
    for code in ["E06000058", "E06000059"] {
        let people = people(&council(code));
        for band in known
            .age_bands
            .iter()
            .filter(|band| band.council.as_str() == code)
        {
            assert!(
                people
                    .bands()
                    .any(|one| one == (band.from, band.population))
            );
        }
        for age in 0..=130 {
            assert_eq!(
                people.from_age(age),
                known.population_from(&code.parse().unwrap(), age),
                "{code} {age}"
            );
        }
    }
}

#[test]
fn adults_of_working_age_begin_at_18() {
    for (code, expected) in [("E06000058", 233_794), ("E06000059", 200_328)] {
        let people = people(&council(code));
        let since = |age| people.from_age(age).unwrap();
        assert_eq!(since(20) - since(65) + people.youngest_adults(), expected);
    }
}

#[test]
fn the_day_and_source_of_every_table_of_people_are_known() {
    let known = reference().unwrap();
    let counted = known.people_counted().unwrap();
    assert_eq!(counted.counted_on.to_string(), "2020-06-30");
    let tables: Vec<&str> = known
        .population_tables
        .iter()
        .map(|one| one.table.as_str())
        .collect();
    assert_eq!(
        tables,
        [
            "population_age.csv",
            "population_lsoa.csv",
            "population_sex.csv"
        ]
    );
}

#[test]
fn more_adults_than_people_are_refused() {
    let files = Files::embedded();
    let table = "population_lsoa.csv";
    let text = files
        .text(table)
        .unwrap()
        .replacen(",33,92\n", ",33,182\n", 1);
    let error = Reference::parse(&files.clone().with(table, &text)).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("E01015272 has more people of 18 and 19"),
        "{error}"
    );
}

/// The same people, however they are divided.
#[test]
fn the_people_of_all_places_of_a_kind_are_everybody() {
    let known = reference().unwrap();
    let everybody = people(&council("E06000058")).total() + people(&council("E06000059")).total();
    let localities = known
        .localities
        .iter()
        .map(|one| Place::Locality(one.code.clone()));
    let msoas: std::collections::BTreeSet<_> = known.lsoas.iter().map(|one| one.msoa).collect();
    assert_eq!(msoas.len(), 95);
    let divisions: [Vec<Place>; 5] = [
        ["E06000028", "E06000029", "E10000009"].map(council).into(),
        (1..=10).map(Place::Decile).collect(),
        localities.collect(),
        msoas.into_iter().map(Place::Msoa).collect(),
        known
            .lsoas
            .iter()
            .map(|one| Place::Lsoa(one.code))
            .collect(),
    ];
    for places in divisions {
        let total: u32 = places.iter().map(|place| people(place).total()).sum();
        assert_eq!(total, everybody, "{:?}", places.first());
    }
    let districts = known
        .areas
        .iter()
        .filter(|one| one.kind.as_str() == "district");
    let districts: u32 = districts
        .map(|one| people(&Place::Council(one.code)).total())
        .sum();
    assert_eq!(districts, people(&council("E10000009")).total());
}

#[test]
fn nobody_is_known_to_live_elsewhere() {
    let known = reference().unwrap();
    for place in [
        council("E06000052"),
        Place::Decile(0),
        Place::Decile(11),
        Place::Locality("elsewhere".parse().unwrap()),
        Place::Msoa("E02000001".parse().unwrap()),
        Place::Lsoa("E01000001".parse().unwrap()),
    ] {
        assert_eq!(known.population_in(&place), None, "{place:?}");
    }
}

#[test]
fn tables_that_disagree_are_refused() {
    let files = Files::embedded();
    let table = "population_lsoa.csv";
    let text = files.text(table).unwrap();
    let first = "E01015272,9,40,75";
    for (changed, says) in [
        ("E01015272,9,41,75", "E01015272 has other people"),
        ("E01015272,9,41,74", ""),
        ("E01015272,-1,40,75", "line 2, 0"),
        ("E01015273,9,40,75", "is there twice"),
        ("E01099999,9,40,75", "does not have"),
    ] {
        let files = files.clone().with(table, &text.replacen(first, changed, 1));
        match Reference::parse(&files) {
            Ok(_) => assert_eq!(says, "", "the ages of the young are in no other table"),
            Err(error) => assert!(
                !says.is_empty() && error.to_string().contains(says),
                "{error}"
            ),
        }
    }
    let rest = text.lines().filter(|line| !line.starts_with("E01015272"));
    let rest: Vec<&str> = rest.collect();
    let error = Reference::parse(&files.clone().with(table, &rest.join("\n"))).unwrap_err();
    assert!(
        error.to_string().contains("population of E01015272"),
        "{error}"
    );
}

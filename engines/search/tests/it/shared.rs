//! The Local Government Association's list of needs, where it is there.

use stour_search::{Entry, Index, Query, Synonyms};

/// A file of the reference data that is not part of this repository.
fn shared(name: &str) -> Option<String> {
    let path = format!("{}/../../../shared/data/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        assert!(std::env::var_os("CI").is_none(), "{path} is not there");
        eprintln!("skipped: {path} is not there");
    }
    text
}

#[test]
fn a_need_finds_the_services_that_address_it() {
    let Some(text) = shared("taxonomies/esd/needs_services.csv") else {
        return;
    };
    let term = |id: &str| vec![format!("esdServiceType:{id}")];
    let needs = Synonyms::from_mapping(&text, term).unwrap();
    assert!((60..=65).contains(&needs.needs().len()));
    let premises = needs
        .needs()
        .iter()
        .find(|need| need.label == "Business premises")
        .unwrap();
    assert!(
        premises
            .finds
            .iter()
            .any(|label| label == "Business centres")
    );
    assert!(
        premises
            .terms
            .iter()
            .any(|term| term == "esdServiceType:1618")
    );
    let named = Entry {
        id: "named".to_owned(),
        name: "Stour business centres".to_owned(),
        ..Entry::default()
    };
    let termed = Entry {
        id: "termed".to_owned(),
        name: "Rooms to let".to_owned(),
        codes: vec!["esdServiceType:1618".to_owned()],
        ..Entry::default()
    };
    let index = Index::build(&[named, termed], needs, 1);
    let query = Query {
        words: "business premises".to_owned(),
        ..Query::default()
    };
    let found = index.find(&query).unwrap();
    assert_eq!(found.total, 2);
    assert_eq!(found.understood.needs, ["Business premises"]);
}

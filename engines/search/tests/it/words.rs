//! How words are read, by example.

use stour_search::{Entry, Index, Need, Query, Reading, Synonyms};

fn entry(id: &str, name: &str, text: &str) -> Entry {
    Entry {
        id: id.to_owned(),
        name: name.to_owned(),
        text: text.to_owned(),
        ..Entry::default()
    }
}

fn index() -> Index {
    let need = |label: &str, words: &[&str], finds: &[&str]| Need {
        label: label.to_owned(),
        words: words.iter().map(|word| (*word).to_owned()).collect(),
        says: Vec::new(),
        finds: finds.iter().map(|word| (*word).to_owned()).collect(),
        terms: Vec::new(),
    };
    let synonyms = Synonyms::new(vec![
        need(
            "Meals at home",
            &["meals on wheels", "hot meals"],
            &["frozen meals"],
        ),
        need("Cleaning", &["hoover", "housework"], &[]),
    ]);
    let entries = [
        entry("a", "Golden Age Frozen Meals", "Delivered to the door."),
        entry(
            "b",
            "Wheelchair hire",
            "Wheels and cushions, and meals at the café.",
        ),
        entry("c", "Sparkle", "We do your cleaning."),
        entry(
            "d",
            "Memory café",
            "For people with dementia and their carers.",
        ),
        entry(
            "e",
            "Carers’ centre",
            "A day out, a counselling service and a café.",
        ),
        entry(
            "f",
            "Lunch club",
            "A hot lunch each Monday at the day centre.",
        ),
    ];
    Index::build(&entries, synonyms.unwrap(), 1)
}

fn ask(words: &str) -> stour_search::Found {
    let query = Query {
        words: words.to_owned(),
        ..Query::default()
    };
    index().find(&query).unwrap()
}

fn ids(words: &str) -> Vec<String> {
    ask(words).hits.into_iter().map(|hit| hit.id).collect()
}

#[test]
fn phrases_name_needs() {
    let found = ask("meals on wheels");
    assert_eq!(found.understood.needs, ["Meals at home"]);
    // What answers the need, and what has the words themselves.
    let mut ids: Vec<_> = found.hits.iter().map(|hit| hit.id.as_str()).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["a", "b"]);
    assert_eq!(found.understood.asked, 1);
    // A phrase of services leads to nothing else.
    assert_eq!(ask("frozen meals").understood.needs, Vec::<String>::new());
}

#[test]
fn words_of_needs_are_forgiven_too() {
    let found = ask("hovoer");
    assert_eq!(found.understood.needs, ["Cleaning"]);
    assert_eq!(found.hits.len(), 1);
    assert_eq!(
        found.understood.words[0].reading,
        Reading::Corrected(vec!["hoover".to_owned()])
    );
}

#[test]
fn the_name_weighs_more_than_the_text() {
    assert_eq!(ids("carers"), ["e", "d"]);
    assert_eq!(ids("lunch"), ["f"]);
}

#[test]
fn endings_and_spellings_do_not_matter() {
    assert_eq!(ids("carer"), ["e", "d"]);
    assert_eq!(ids("CAFE"), ids("café"));
    assert_eq!(ids("counseling"), ["e"]);
    assert_eq!(ids("centers"), ids("centre"));
}

#[test]
fn the_last_word_may_be_begun() {
    let found = ask("lunch clu");
    assert_eq!(found.hits.len(), 1);
    assert_eq!(
        found.understood.words[1].reading,
        Reading::Completed(vec!["club".to_owned()])
    );
}

#[test]
fn as_many_words_as_can_be_are_matched() {
    let found = ask("the memory lunch of zxqvvv");
    assert_eq!((found.understood.asked, found.understood.matched), (3, 1));
    assert_eq!(found.hits.len(), 2);
    assert!(!found.understood.is_whole());
    assert_eq!(found.understood.words[4].reading, Reading::Unknown);
    assert_eq!(found.understood.words[0].reading, Reading::Common);
    let both = ask("hot lunch");
    assert!(both.understood.is_whole());
}

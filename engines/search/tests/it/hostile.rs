//! Questions that nobody should ask get a clear answer.

use stour_search::{
    Age, Choice, Entry, Facet, Index, Open, Place, Point, Query, QueryError, Synonyms,
};

fn index() -> Index {
    let entry = Entry {
        id: "1".to_owned(),
        name: "Lunch club".to_owned(),
        ..Entry::default()
    };
    Index::build(&[entry], Synonyms::default(), 2)
}

#[test]
fn what_has_no_words_is_said_to_have_none() {
    for words in [
        "!!! ??? ---",
        "🙂🙂",
        "\u{0}\u{7}\u{202e}",
        "the of and",
        "''",
    ] {
        let query = Query {
            words: words.to_owned(),
            ..Query::default()
        };
        let found = index().find(&query).unwrap();
        assert!(found.understood.is_empty, "{words:?}");
        assert_eq!(found.total, 0);
    }
    let query = Query {
        words: "  \t".to_owned(),
        ..Query::default()
    };
    let found = index().find(&query).unwrap();
    assert!(!found.understood.is_empty);
    assert_eq!(found.total, 1);
}

#[test]
fn long_questions_are_cut() {
    let words: Vec<String> = (0..2_000).map(|at| format!("w{at}x")).collect();
    let long = words.join(" ");
    for words in [long, "a".repeat(10_000), "lunch ".repeat(2_000)] {
        let query = Query {
            words,
            ..Query::default()
        };
        let found = index().find(&query).unwrap();
        assert!(found.understood.is_cut);
        assert!(found.understood.words.len() <= 200);
    }
}

#[test]
fn nothing_is_found_in_nothing() {
    let index = Index::build::<Entry>(&[], Synonyms::default(), 2);
    assert!(index.is_empty());
    let query = Query {
        words: "lunch".to_owned(),
        ..Query::default()
    };
    assert_eq!(index.find(&query).unwrap().total, 0);
    assert_eq!(index.find(&Query::default()).unwrap().total, 0);
}

#[test]
fn what_cannot_be_is_refused() {
    let point = Point::new(50.7, -1.9).unwrap();
    let within = |within| Query {
        place: Some(Place {
            point,
            council: None,
            within: Some(within),
        }),
        ..Query::default()
    };
    let open = |days: Vec<u8>, between| Query {
        open: Some(Open { days, between }),
        ..Query::default()
    };
    let features = (0..40).map(|at| Choice {
        facet: Facet::Access,
        value: at.to_string(),
    });
    for (query, expected) in [
        (within(-1.0), QueryError::Distance),
        (within(f64::NAN), QueryError::Distance),
        (open(vec![8], None), QueryError::Day),
        (open(vec![], Some((10, 9))), QueryError::Times),
        (open(vec![], Some((0, 1441))), QueryError::Times),
        (
            Query {
                age: Some(Age::Between(9, 8)),
                ..Query::default()
            },
            QueryError::Ages,
        ),
        (
            Query {
                chosen: features.collect(),
                ..Query::default()
            },
            QueryError::TooMuchAccess(22),
        ),
    ] {
        assert_eq!(index().find(&query), Err(expected));
    }
    assert_eq!(Point::new(f64::NAN, 0.0), None);
    assert_eq!(Point::new(91.0, 0.0), None);
}

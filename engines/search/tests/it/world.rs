//! Small directories and questions to them.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use stour_search::{
    Age, Ages, Choice, Cost, Entry, Facet, Kind, Need, Open, Opening, Place, Point, Query, Site,
    Synonyms, Way,
};

/// Words whose stems are all different.
pub(crate) const WORDS: [&str; 10] = [
    "lunch", "club", "walk", "dementia", "befriend", "bath", "garden", "choir", "swim", "taxi",
];
pub(crate) const COUNCILS: [&str; 3] = ["E06000058", "E06000059", "E06000060"];
const TERMS: [&str; 4] = ["t:1", "t:2", "t:3", "t:4"];
const ACCESS: [&str; 3] = ["step-free", "hearing-loop", "toilet"];
const FOR: [&str; 3] = ["carers", "veterans", "women"];
const LANGUAGES: [&str; 2] = ["en", "pl"];

fn some(of: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    subsequence(of, 0..=of.len()).prop_map(|texts| texts.into_iter().map(str::to_owned).collect())
}

fn text() -> impl Strategy<Value = String> {
    vec(select(&WORDS[..]), 0..4).prop_map(|words| words.join(" "))
}

fn openings() -> impl Strategy<Value = Vec<Opening>> {
    let opening = (0_u8..7, 0_u16..24, 0_u16..=24).prop_map(|(day, from, until)| Opening {
        day,
        from: from * 60,
        until: until * 60,
    });
    vec(opening, 0..3)
}

fn point() -> impl Strategy<Value = Point> {
    (0_i16..8, 0_i16..8).prop_filter_map("a place", |(north, east)| {
        Point::new(
            50.7 + f64::from(north) * 0.01,
            -1.9 + f64::from(east) * 0.01,
        )
    })
}

fn site() -> impl Strategy<Value = Site> {
    let council = option::of(select(&COUNCILS[..]).prop_map(str::to_owned));
    (point(), council, some(&ACCESS), openings()).prop_map(|(point, council, access, openings)| {
        Site {
            point,
            council,
            access,
            openings,
        }
    })
}

fn entry() -> impl Strategy<Value = Entry> {
    let what = (0_u8..16, any::<bool>(), text(), vec(text(), 0..2), text());
    let whom = (
        some(&TERMS),
        some(&FOR),
        some(&LANGUAGES),
        option::of(select(vec![Cost::Free, Cost::Paid])),
        option::of(select(vec!["o:1", "o:2"])),
    );
    let ways = subsequence(vec![Way::Home, Way::Online, Way::Telephone], 0..=3);
    let how = (
        ways,
        option::of(some(&COUNCILS)),
        some(&ACCESS),
        openings(),
        (0_u8..100, 0_u8..100),
        vec(site(), 0..3),
    );
    (what, whom, how).prop_map(|(what, whom, how)| Entry {
        id: format!("id{}", what.0),
        kind: if what.1 {
            Kind::Service
        } else {
            Kind::Organisation
        },
        name: what.2,
        keywords: what.3,
        text: what.4,
        organisation: whom.4.map(str::to_owned),
        organisation_name: String::new(),
        terms: whom.0,
        codes: Vec::new(),
        eligibility: whom.1,
        languages: whom.2,
        cost: whom.3,
        ways: how.0,
        covers: how.1,
        access: how.2,
        openings: how.3,
        ages: Ages {
            from: how.4.0.min(how.4.1),
            to: how.4.0.max(how.4.1),
        },
        sites: how.5,
    })
}

/// Entries, of which several may have one id.
pub(crate) fn entries() -> impl Strategy<Value = Vec<Entry>> {
    vec(entry(), 0..14)
}

fn place() -> impl Strategy<Value = Place> {
    let council = option::of(select(&COUNCILS[..]).prop_map(str::to_owned));
    let within = option::of(select(vec![0.0, 1_000.0, 3_000.0, 6_000.0]));
    (point(), council, within).prop_map(|(point, council, within)| Place {
        point,
        council,
        within,
    })
}

fn choice() -> impl Strategy<Value = Choice> {
    let values = vec![
        (Facet::Kind, "service"),
        (Facet::Kind, "organisation"),
        (Facet::Way, "home"),
        (Facet::Way, "place"),
        (Facet::Term, "t:1"),
        (Facet::Term, "t:2"),
        (Facet::Term, "t:none"),
        (Facet::Organisation, "o:1"),
        (Facet::Eligibility, "carers"),
        (Facet::Cost, "free"),
        (Facet::Language, "pl"),
        (Facet::Council, "E06000058"),
        (Facet::Council, "E06000059"),
        (Facet::Access, "step-free"),
        (Facet::Access, "toilet"),
        (Facet::Day, "0"),
        (Facet::Day, "5"),
    ];
    select(values).prop_map(|(facet, value)| Choice {
        facet,
        value: value.to_owned(),
    })
}

fn open() -> impl Strategy<Value = Open> {
    let between = option::of(
        (0_u16..=24, 0_u16..=24)
            .prop_map(|(one, other)| (one.min(other) * 60, one.max(other) * 60)),
    );
    let days = subsequence(vec![0_u8, 1, 2, 3, 4, 5, 6], 0..3);
    (days, between).prop_map(|(days, between)| Open { days, between })
}

pub(crate) fn query() -> impl Strategy<Value = Query> {
    let age = prop_oneof![
        (0_u8..110).prop_map(Age::Of),
        (0_u8..110, 0_u8..110)
            .prop_map(|(one, other)| Age::Between(one.min(other), one.max(other))),
    ];
    let words = vec(select([&WORDS[..], &["natter", "qqqqqq7"]].concat()), 0..4);
    (
        words,
        option::of(place()),
        option::of(age),
        option::of(open()),
        vec(choice(), 0..3),
    )
        .prop_map(|(words, place, age, open, chosen)| Query {
            words: words.join(" "),
            place,
            age,
            open,
            chosen,
            take: 1_000,
            facet_values: 1_000,
            ..Query::default()
        })
}

/// "natter" and "taxi" are words for befriending, for which "choir" and the term `t:4` are answers.
pub(crate) fn synonyms() -> Synonyms {
    Synonyms::new(vec![Need {
        label: "Befriend".to_owned(),
        words: vec!["natter".to_owned()],
        says: vec!["taxi".to_owned()],
        finds: vec!["choir".to_owned()],
        terms: vec!["t:4".to_owned()],
    }])
    .unwrap_or_default()
}

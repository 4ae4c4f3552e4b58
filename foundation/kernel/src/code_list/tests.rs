use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn code(text: &str) -> Code {
    text.parse().unwrap()
}

fn entry(text: &str, label: &str, valid: &str) -> CodeEntry {
    CodeEntry {
        code: code(text),
        label: label.to_owned(),
        valid: valid.parse().unwrap(),
        note: None,
    }
}

fn translation(from: &str, to: &str, valid: &str) -> CodeMapEntry {
    CodeMapEntry {
        from: code(from),
        to: code(to),
        valid: valid.parse().unwrap(),
        note: None,
    }
}

fn list(entries: Vec<CodeEntry>, maps: Vec<CodeMap>) -> Result<CodeList, CodeListError> {
    CodeList::new(
        code("discharge"),
        "Where to".to_owned(),
        "A test".to_owned(),
        entries,
        maps,
    )
}

fn map(entries: Vec<CodeMapEntry>) -> CodeMap {
    CodeMap {
        to: code("national"),
        source: "A test".to_owned(),
        entries,
    }
}

#[test]
fn a_code_means_what_it_meant_on_the_day() {
    let list = list(
        vec![
            entry("1", "Home", "2013-04-01/.."),
            entry("2", "Community hospital", "2013-04-01/2020-04-01"),
            entry("2", "Community bed", "2020-04-01/2024-04-01"),
        ],
        vec![],
    )
    .unwrap();
    let label = |text: &str, on| {
        list.entry_at(&code(text), on)
            .map(|entry| entry.label.as_str())
    };
    assert_eq!(label("2", date(2020, 3, 31)), Some("Community hospital"));
    assert_eq!(label("2", date(2020, 4, 1)), Some("Community bed"));
    assert_eq!(label("2", date(2024, 4, 1)), None);
    assert_eq!(label("1", date(2013, 3, 31)), None);
    assert_eq!(label("3", date(2020, 4, 1)), None);
    assert_eq!(list.entries_at(date(2022, 1, 1)).count(), 2);
    assert_eq!(list.history(&code("2")).count(), 2);
}

#[test]
fn two_meanings_on_one_day_are_refused() {
    let error = list(
        vec![
            entry("2", "Community hospital", "2013-04-01/.."),
            entry("2", "Community bed", "2020-04-01/2024-04-01"),
        ],
        vec![],
    )
    .unwrap_err();
    let overlap = "2020-04-01/2024-04-01".parse().unwrap();
    assert_eq!(
        error,
        CodeListError::Overlap {
            list: code("discharge"),
            code: code("2"),
            overlap
        }
    );
}

#[test]
fn a_map_translates_by_the_day() {
    let map = map(vec![
        translation("1", "A", "2013-04-01/2020-04-01"),
        translation("1", "B", "2020-04-01/.."),
        translation("1", "C", "2022-04-01/.."),
    ]);
    let one = code("1");
    assert_eq!(map.translate(&one, date(2019, 1, 1)), Ok(&code("A")));
    assert_eq!(map.translate(&one, date(2021, 1, 1)), Ok(&code("B")));
    let (code_of, on) = (one.clone(), date(2022, 4, 1));
    let several = TranslationError::Several {
        code: code_of,
        to: code("national"),
        on,
        count: 2,
    };
    assert_eq!(map.translate(&one, on), Err(several));
    let on = date(2013, 3, 31);
    let none = TranslationError::None {
        code: one.clone(),
        to: code("national"),
        on,
    };
    assert_eq!(map.translate(&one, on), Err(none));
    assert_eq!(map.translations_at(&one, date(2022, 4, 1)).count(), 2);
}

#[test]
fn a_map_of_codes_that_are_not_there_is_refused() {
    let home = || vec![entry("1", "Home", "2020-04-01/..")];
    let valid = "2013-04-01/2020-04-01";
    let unknown = list(home(), vec![map(vec![translation("1", "A", valid)])]).unwrap_err();
    let expected = CodeListError::Unknown {
        list: code("discharge"),
        to: code("national"),
        code: code("1"),
        valid: valid.parse().unwrap(),
    };
    assert_eq!(unknown, expected);
    let twice = list(home(), vec![map(vec![]), map(vec![])]).unwrap_err();
    assert_eq!(
        twice,
        CodeListError::TwoMaps {
            list: code("discharge"),
            to: code("national")
        }
    );
}

#[test]
fn translations_that_lead_nowhere_are_named() {
    let map = map(vec![
        translation("1", "A", "2020-04-01/.."),
        translation("2", "B", "2020-04-01/.."),
        translation("3", "A", "2013-04-01/2014-04-01"),
    ]);
    let target = list(vec![entry("A", "Home", "2020-04-01/..")], vec![]).unwrap();
    let dangling: Vec<&str> = map
        .dangling(&target)
        .map(|entry| entry.from.as_str())
        .collect();
    assert_eq!(dangling, ["2", "3"]);
}

#[test]
fn a_list_survives_json_and_is_checked_on_the_way_in() {
    let list = list(
        vec![entry("1", "Home", "2013-04-01/..")],
        vec![map(vec![translation("1", "A", "2013-04-01/..")])],
    )
    .unwrap();
    let json = serde_json::to_string(&list).unwrap();
    assert_eq!(serde_json::from_str::<CodeList>(&json).unwrap(), list);
    assert_eq!(list.map_to(&code("national")), list.maps().first());
    assert_eq!(list.map_to(&code("local")), None);

    let mut value = serde_json::to_value(&list).unwrap();
    let first = value["entries"][0].clone();
    value["entries"].as_array_mut().unwrap().push(first);
    let error = serde_json::from_value::<CodeList>(value)
        .unwrap_err()
        .to_string();
    assert!(error.contains("has 1 twice"), "{error}");
}

proptest! {
    /// A list is refused exactly when, day by day, some code has two entries; else a look-up finds
    /// the one entry of the day.
    #[test]
    fn look_ups_agree_with_a_search_day_by_day(
        spans in prop::collection::vec((0..3_usize, 1..28_i8, 1..28_i8), 0..8),
    ) {
        let entries: Vec<CodeEntry> = spans
            .iter()
            .filter(|(_, start, end)| start < end)
            .map(|(which, start, end)| {
                let valid = format!("2024-02-{start:02}/2024-02-{end:02}");
                entry(["a", "b", "c"][*which], &valid, &valid)
            })
            .collect();
        let days = || (1..=29).map(|day| date(2024, 2, day));
        let found = |text: &str, on| -> Vec<&CodeEntry> {
            let code = code(text);
            entries.iter().filter(|entry| entry.code == code && entry.valid.contains(on)).collect()
        };
        let doubled = days().any(|on| ["a", "b", "c"].iter().any(|text| found(text, on).len() > 1));
        match list(entries.clone(), vec![]) {
            Err(_) => prop_assert!(doubled),
            Ok(list) => {
                prop_assert!(!doubled);
                for on in days() {
                    for text in ["a", "b", "c"] {
                        let expected = found(text, on).first().copied();
                        prop_assert_eq!(list.entry_at(&code(text), on), expected);
                    }
                }
            }
        }
    }
}

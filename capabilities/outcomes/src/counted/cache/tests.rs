use stour_indicators::{Day, Event, Person};

use super::*;

fn everybody() -> (Vocabulary, Everybody) {
    let mut vocabulary = Vocabulary::default();
    let place = vocabulary.place("E06000058", "poole-bay");
    let mut found = Everybody {
        newest: "a fact".to_owned(),
        ..Everybody::default()
    };
    let mut person = Person {
        id: 7,
        born: "1945-05-05".parse().ok(),
        died: Day::NEVER,
        female: Some(true),
        area: vocabulary.area("E01015272"),
        place,
    };
    let mut facts = [Event {
        description: vocabulary.description(stour_indicators::Description::default()),
        place,
        started: Day::new(20_000),
        ended: Day::NEVER,
        quantity: Event::UNKNOWN,
        cost: 12_345,
    }];
    found.columns.push(&person, &mut facts);
    found.on_record.insert((place, person.area), [1; 20]);
    person.id = 9;
    let mut apart = Columns::default();
    apart.push(&person, &mut facts);
    found.apart.insert(9, apart);
    (vocabulary, found)
}

fn head(vocabulary: Vocabulary, everybody: &Everybody) -> Head {
    Head {
        form: FORM,
        fields: fields_text().to_owned(),
        last: 3,
        newest: everybody.newest.clone(),
        made: "2026-11-27".parse().unwrap(),
        on_record: everybody
            .on_record
            .iter()
            .map(|(key, bands)| (*key, *bands))
            .collect(),
        vocabulary,
        apart: everybody.apart.len(),
    }
}

#[test]
fn what_is_written_is_read_and_what_was_cut_off_is_not() {
    let folder = std::env::temp_dir().join(format!("stour-columns-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(NAME);
    let (vocabulary, everybody) = everybody();
    write(&path, &head(vocabulary, &everybody), &everybody).unwrap();
    let (found, again) = read(&path).unwrap();
    assert_eq!((found.last, found.newest.as_str()), (3, "a fact"));
    assert_eq!(again.columns, everybody.columns);
    assert_eq!(again.apart, everybody.apart);
    assert_eq!(again.on_record, everybody.on_record);
    let bytes = fs::read(&path).unwrap();
    for length in 0..bytes.len() {
        fs::write(&path, bytes.get(..length).unwrap()).unwrap();
        assert!(read(&path).is_err(), "{length} of {} bytes", bytes.len());
    }
    fs::remove_dir_all(&folder).unwrap();
}

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
    person.id = 8;
    found.quiet.push(&person, &mut []);
    person.id = 9;
    let mut apart = Columns::default();
    apart.push(&person, &mut facts);
    found.apart.insert(9, apart);
    // Somebody who has no record.
    person.id = 0;
    let mut apart = Columns::default();
    apart.push(&person, &mut facts);
    found.apart.insert(10, apart);
    (vocabulary, found)
}

fn head(vocabulary: Vocabulary, everybody: &Everybody) -> Head {
    Head {
        form: FORM,
        fields: fields_text().to_owned(),
        last: 3,
        newest: everybody.newest.clone(),
        made: "2026-11-27".parse().unwrap(),
        vocabulary,
        apart: everybody.apart.len(),
    }
}

fn folder(name: &str) -> (PathBuf, PathBuf) {
    let name = format!("stour-columns-{name}-{}", std::process::id());
    let folder = std::env::temp_dir().join(name);
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(NAME);
    (folder, path)
}

#[test]
fn what_is_written_is_read_and_what_was_cut_off_is_not() {
    let (folder, path) = folder("cut");
    let (vocabulary, everybody) = everybody();
    write(&path, &head(vocabulary, &everybody), &everybody).unwrap();
    let (found, again) = read(&path).unwrap();
    assert_eq!((found.last, found.newest.as_str()), (3, "a fact"));
    assert_eq!(again.columns, everybody.columns);
    assert_eq!(again.apart, everybody.apart);
    assert_eq!(again.quiet, everybody.quiet);
    assert_eq!(again.made, Some(found.made));
    let bytes = fs::read(&path).unwrap();
    for length in 0..bytes.len() {
        fs::write(&path, bytes.get(..length).unwrap()).unwrap();
        assert!(read(&path).is_err(), "{length} of {} bytes", bytes.len());
    }
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn a_file_of_which_a_byte_has_changed_is_not_read() {
    let (folder, path) = folder("changed");
    let (vocabulary, everybody) = everybody();
    write(&path, &head(vocabulary, &everybody), &everybody).unwrap();
    let bytes = fs::read(&path).unwrap();
    assert!(read(&path).is_ok());
    // Some bytes of the head, which is mostly text, and all after it.
    let after = bytes.len() - 1000;
    for place in (0..after).step_by(53).chain(after..bytes.len()) {
        let mut changed = bytes.clone();
        *changed.get_mut(place).unwrap() ^= 1;
        fs::write(&path, changed).unwrap();
        assert!(read(&path).is_err(), "{place} of {} bytes", bytes.len());
    }
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn several_who_write_at_once_leave_one_whole_file_and_nothing_else() {
    let (folder, path) = folder("several");
    let (vocabulary, everybody) = everybody();
    let head = head(vocabulary, &everybody);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..8 {
                    write(&path, &head, &everybody).unwrap();
                }
            });
        }
    });
    assert!(read(&path).is_ok());
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn what_somebody_left_who_ended_while_writing_is_deleted_and_what_is_being_written_is_not() {
    let (folder, path) = folder("left");
    let long_ago = SystemTime::UNIX_EPOCH + GONE;
    let names = [
        "facts.new",
        "facts.7-123.new",
        "facts.8-124.new",
        "facts-of-another.new",
        NAME,
    ];
    for name in names {
        let file = File::create(folder.join(name)).unwrap();
        if name != "facts.8-124.new" {
            file.set_modified(long_ago).unwrap();
        }
    }
    clear(&path);
    let left = names.map(|name| folder.join(name).exists());
    assert_eq!(left, [false, false, true, true, true]);
    fs::remove_dir_all(&folder).unwrap();
}

//! Random changes of good workbooks: they are read or refused, and nothing panics or hangs.

use std::io::{Cursor, Read};

use proptest::prelude::*;
use stour_spreadsheet::{Look, read, write};
use zip::ZipArchive;

use super::making::packed;
use super::written::{DAY, good};

fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|place| {
            let mut part = archive.by_index(place).unwrap();
            let mut content = Vec::new();
            part.read_to_end(&mut content).unwrap();
            (part.name().unwrap().into_owned(), content)
        })
        .collect()
}

/// What to do at a place, from 0 to 1, of some bytes.
fn change(bytes: &mut Vec<u8>, (place, kind, byte): (usize, u8, u8)) {
    if bytes.is_empty() {
        return;
    }
    let place = place % bytes.len();
    match kind % 5 {
        0 => bytes[place] = byte,
        1 => bytes.insert(place, byte),
        2 => drop(bytes.remove(place)),
        3 => bytes.truncate(place),
        _ => {
            let copied: Vec<u8> = bytes
                .iter()
                .skip(place)
                .take(usize::from(byte))
                .copied()
                .collect();
            bytes.splice(place..place, copied);
        }
    }
}

type Changes = Vec<(usize, u8, u8)>;

fn changes() -> impl Strategy<Value = Changes> {
    prop::collection::vec((any::<usize>(), 0..5_u8, any::<u8>()), 1..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_changed_file_is_read_or_refused(changes in changes()) {
        let mut bytes = write(&good(), DAY, |_| Look::default()).unwrap();
        for one in changes {
            change(&mut bytes, one);
        }
        drop(read(&bytes));
    }

    #[test]
    fn a_file_with_a_changed_part_is_read_or_refused(part in any::<usize>(), changes in changes()) {
        let mut parts = parts(&write(&good(), DAY, |_| Look::default()).unwrap());
        let place = part % parts.len();
        for one in changes {
            change(&mut parts[place].1, one);
        }
        let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, content)| (name.as_str(), &content[..])).collect();
        drop(read(&packed(&parts)));
    }

    #[test]
    fn any_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        prop_assert!(read(&bytes).is_err());
        let mut zip = b"PK\x03\x04".to_vec();
        zip.extend(&bytes);
        prop_assert!(read(&zip).is_err());
    }
}

//! Entries of registers for the tests of rules.

use stour_kernel::Timestamp;
use stour_register::{Author, Entry, Kind, Values};

/// An entry of a kind with some of its fields filled, as reference data would have loaded it.
pub(crate) fn entry<const N: usize>(kind: &Kind, number: i64, fields: [(&str, &str); N]) -> Entry {
    for (name, _) in fields {
        assert!(
            kind.field(name).is_some(),
            "a {} has no field {name}",
            kind.one
        );
    }
    Entry {
        id: format!("00000000-0000-7000-8000-{number:012}")
            .parse()
            .unwrap(),
        scope: "test".to_owned(),
        kind: kind.name.to_owned(),
        number,
        version: 1,
        values: Values::from_iter(fields),
        removed: false,
        why: String::new(),
        by: Author {
            user: None,
            name: "Reference data".to_owned(),
            organisation: "QVV".parse().unwrap(),
        },
        at: Timestamp::UNIX_EPOCH,
    }
}

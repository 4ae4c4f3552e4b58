use stour_kernel::Environment;

use super::{Entry, EntryName, line};
use crate::person::{Address, PersonName};
use crate::source::compose::compose;
use crate::source::said::{Said, SourceVersion};

fn version(environment: &Environment, number: i64, said: Said) -> SourceVersion {
    SourceVersion {
        record: environment.id(),
        number,
        source: "R0D".parse().unwrap(),
        trust: 4,
        local: None,
        said,
        recorded_at: environment.now(),
        recorded_by: String::new(),
        person: environment.id(),
    }
}

#[test]
fn a_line_says_everything_that_is_compared_and_reads_back() {
    let environment = Environment::fixed("2026-11-24T09:00:00Z");
    let said = Said {
        name: PersonName::new("O'Neill", "Mary Ann Rose").ok(),
        nhs_number: "999 000 0018".parse().ok(),
        relied: true,
        born: "1941-03-12".parse().ok(),
        died: "2026-11-20".parse().ok(),
        sex: "F".parse().ok(),
        address: Some(Address {
            lines: vec!["1 High\u{1F}Street".to_owned(), "Poole".to_owned()],
            postcode: "BH15 1AA".parse().ok(),
            lsoa: None,
        }),
        telephone: Some("01202 496000".to_owned()),
        email: Some("mary@example.org".to_owned()),
        birth_order: Some(2),
        ..Said::default()
    };
    let other = Said {
        name: PersonName::new("Smith", "").ok(),
        ..Said::default()
    };
    let merged = environment.id();
    let composed = compose(vec![
        version(&environment, 1, other),
        version(&environment, 1, said),
    ]);
    let text = line(&composed, true, &[merged]);
    let entry = Entry::read(&text);
    let names: Vec<EntryName<'_>> = entry.names().collect();
    let mary = EntryName {
        family: "O'Neill",
        given: "Mary",
        middle: "Ann Rose",
    };
    let smith = EntryName {
        family: "Smith",
        given: "",
        middle: "",
    };
    assert_eq!(names, [mary, smith]);
    assert_eq!(
        (entry.born(), entry.died(), entry.sex()),
        ("1941-03-12", "2026-11-20", "F")
    );
    assert_eq!(
        entry.addresses().collect::<Vec<_>>(),
        [("BH15 1AA", "1 High Street, Poole")]
    );
    assert_eq!(entry.telephones().collect::<Vec<_>>(), ["01202 496000"]);
    assert_eq!(entry.emails().collect::<Vec<_>>(), ["mary@example.org"]);
    assert_eq!(
        entry.nhs_numbers().collect::<Vec<_>>(),
        [("9990000018", "traced")]
    );
    assert_eq!(
        (entry.birth_order(), entry.is_restricted()),
        (Some(2), true)
    );
    assert_eq!(entry.sources().collect::<Vec<_>>(), ["R0D"]);
    assert_eq!(entry.merged().collect::<Vec<_>>(), [merged.to_string()]);
}

#[test]
fn a_short_line_is_one_of_whom_little_is_known() {
    let entry = Entry::read("Smith");
    assert_eq!(entry.names().count(), 1);
    assert_eq!(
        (entry.born(), entry.birth_order(), entry.is_restricted()),
        ("", None, false)
    );
    assert_eq!(Entry::read("").names().count(), 0);
}

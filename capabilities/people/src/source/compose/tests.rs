use stour_kernel::{Environment, OdsCode, PersonId};

use super::{Composed, Rule, compose};
use crate::person::{Address, IdentifierStatus, NameUse, PersonName, Place};
use crate::source::runs::trust;
use crate::source::said::{RecordId, Said, SourceVersion};

const PRACTICE: &str = "J81002";
const COUNCIL: &str = "E06000058";
const HOSPITAL: &str = "R0D";

/// Records of organisations, told one after another.
struct Told {
    environment: Environment,
    person: PersonId,
    versions: Vec<SourceVersion>,
}

impl Told {
    fn new() -> Self {
        let environment = Environment::fixed("2026-11-24T09:00:00Z");
        Self {
            person: environment.id(),
            environment,
            versions: Vec::new(),
        }
    }

    /// An organisation's next word, so many hours after the first.
    fn says(mut self, source: &str, hour: i64, said: Said) -> Self {
        let source: OdsCode = source.parse().unwrap();
        let known = self
            .versions
            .iter()
            .rfind(|version| version.source == source)
            .map(|version| (version.record, version.number));
        let (record, number) = known.unwrap_or_else(|| (self.environment.id::<RecordId>(), 0));
        let hours = std::time::Duration::from_secs(3600 * u64::try_from(hour).unwrap());
        let recorded_at = self.environment.now().checked_add(hours).unwrap();
        self.versions.push(SourceVersion {
            record,
            number: number + 1,
            source,
            trust: trust(&source, recorded_at),
            local: None,
            said,
            recorded_at,
            recorded_by: "a test".to_owned(),
            person: self.person,
        });
        self
    }

    fn composed(&self) -> Composed {
        let composed = compose(self.versions.clone());
        let mut reversed = self.versions.clone();
        reversed.reverse();
        assert_eq!(composed, compose(reversed), "in any order");
        composed
    }
}

fn named(family: &str) -> Said {
    Said {
        name: PersonName::new(family, "Mary").ok(),
        ..Said::default()
    }
}

fn at(postcode: &str) -> Address {
    Address {
        lines: vec!["1 High Street".to_owned()],
        postcode: postcode.parse().ok(),
        lsoa: None,
    }
}

fn family(composed: &Composed) -> &str {
    composed.name.value().unwrap().family.as_str()
}

#[test]
fn the_name_is_the_latest_of_the_most_trusted_and_the_others_are_kept() {
    let told = Told::new()
        .says(HOSPITAL, 0, named("Smith"))
        .says(PRACTICE, 1, named("Jones"))
        .says(HOSPITAL, 2, named("Smyth"))
        .says(COUNCIL, 3, named("JONES"));
    let composed = told.composed();
    assert_eq!(family(&composed), "Jones");
    assert_eq!(composed.name.rule, Rule::MostTrusted);
    let kept: Vec<_> = composed
        .names
        .iter()
        .map(|row| (row.what.0, row.what.1.family.as_str(), row.shown))
        .collect();
    assert_eq!(
        kept,
        [
            (NameUse::Previous, "Smith", false),
            (NameUse::Official, "Jones", true),
            (NameUse::Usual, "Smyth", false),
        ]
    );
    let told = told.says(PRACTICE, 4, named("Married"));
    assert_eq!(family(&told.composed()), "Married");
}

#[test]
fn the_date_of_birth_is_that_of_the_number_else_what_most_say() {
    let born = |day: &str| Said {
        born: day.parse().ok(),
        ..named("Smith")
    };
    let told = Told::new()
        .says(PRACTICE, 0, born("1941-03-12"))
        .says(COUNCIL, 1, born("1941-12-03"))
        .says(HOSPITAL, 2, born("1941-12-03"));
    let composed = told.composed();
    assert_eq!(composed.born.value(), "1941-12-03".parse().ok().as_ref());
    assert_eq!(composed.born.rule, Rule::MostSaid);
    let told = told.says(
        PRACTICE,
        3,
        Said {
            nhs_number: "999 000 0018".parse().ok(),
            relied: true,
            ..Said::default()
        },
    );
    let composed = told.composed();
    assert_eq!(composed.born.value(), "1941-03-12".parse().ok().as_ref());
    assert_eq!(composed.born.rule, Rule::WithTheNumber);
}

#[test]
fn moving_ends_every_address_and_telephone_number_said_before() {
    let told = Told::new()
        .says(
            PRACTICE,
            0,
            Said {
                address: Some(at("BH15 1AA")),
                telephone: Some("01202 496000".to_owned()),
                ..named("Smith")
            },
        )
        .says(
            COUNCIL,
            1,
            Said {
                address: Some(at("DT1 1AA")),
                telephone: Some(String::new()),
                since: "2026-11-20".parse().ok(),
                ..Said::default()
            },
        )
        // The practice goes on saying what it said: nobody moves back.
        .says(
            PRACTICE,
            2,
            Said {
                address: Some(at("BH15 1AA")),
                email: Some("mary@example.org".to_owned()),
                ..named("Smith")
            },
        );
    let composed = told.composed();
    let address = composed.address.value().unwrap();
    assert_eq!(address.postcode.unwrap().as_str(), "DT1 1AA");
    let before = &composed.addresses[0];
    assert_eq!(before.ended.unwrap().0, "2026-11-20".parse().unwrap());
    assert!(composed.telephones.iter().all(|row| row.ended.is_some()));
    assert_eq!(
        composed.telephones.len(),
        1,
        "that there is none is no number"
    );
    assert_eq!(composed.emails.len(), 1);
    assert_eq!(composed.place.council, "E06000059".parse().ok());
    // A new word of somebody else stands beside it, and is not shown while a day of moving is known.
    let told = told.says(
        HOSPITAL,
        3,
        Said {
            address: Some(at("BH8 9RN")),
            ..named("Smith")
        },
    );
    let composed = told.composed();
    assert_eq!(
        composed.address.value().unwrap().postcode.unwrap().as_str(),
        "DT1 1AA"
    );
    assert!(composed.addresses[2].ended.is_none() && !composed.addresses[2].shown);
}

#[test]
fn areas_given_with_an_address_hold_until_the_person_moves() {
    let place = Place {
        council: "E10000009".parse().ok(),
        ..Place::default()
    };
    let told = Told::new().says(
        PRACTICE,
        0,
        Said {
            address: Some(at("BH15 1AA")),
            place: Some(place.clone()),
            ..named("Smith")
        },
    );
    assert_eq!(told.composed().place, place);
    let told = told.says(
        COUNCIL,
        1,
        Said {
            address: Some(at("DT1 1AA")),
            since: "2026-11-24".parse().ok(),
            ..Said::default()
        },
    );
    assert_eq!(told.composed().place.council, "E06000059".parse().ok());
}

#[test]
fn of_two_numbers_that_are_relied_on_one_is_shown_and_both_lead_to_the_person() {
    let relied = |number: &str| Said {
        nhs_number: number.parse().ok(),
        relied: true,
        ..named("Smith")
    };
    let told = Told::new()
        .says(HOSPITAL, 0, relied("999 000 0018"))
        .says(PRACTICE, 1, relied("999 000 0026"))
        .says(
            COUNCIL,
            2,
            Said {
                relied: false,
                ..relied("999 000 0034")
            },
        );
    let composed = told.composed();
    let status: Vec<_> = composed
        .numbers
        .iter()
        .map(|number| (number.value.as_str(), number.status))
        .collect();
    assert_eq!(
        status,
        [
            ("9990000018", IdentifierStatus::Superseded),
            ("9990000026", IdentifierStatus::Traced),
            ("9990000034", IdentifierStatus::Untraced),
        ]
    );
}

#[test]
fn nothing_said_again_is_news_and_silence_takes_nothing_back() {
    let first = Said {
        telephone: Some("01202 496000".to_owned()),
        address: Some(at("BH15 1AA")),
        ..named("Smith")
    };
    assert!(!first.adds_to(&first));
    assert!(!named("Smith").adds_to(&first));
    assert!(named("Smyth").adds_to(&first));
    let moved = Said {
        address: Some(at("BH15 1AA")),
        since: "2026-11-24".parse().ok(),
        ..Said::default()
    };
    assert!(!moved.adds_to(&first), "nobody moves to where they are");
    let after = first.clone().then(named("Smyth"));
    assert_eq!(after.telephone, first.telephone);
}

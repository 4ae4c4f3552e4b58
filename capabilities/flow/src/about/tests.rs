use std::collections::BTreeMap;

use stour_database::{Transaction, Version};
use stour_kernel::{Date, UserId};
use stour_web::testing::Site;

use super::about_me::{AboutMe, WrongAboutMe, of_person as about_me, write};
use super::carer::{Carer, WrongCarer, add, change, of_person as carers, versions};
use crate::FlowError;
use crate::by::By;
use crate::error::reference;
use crate::tests::{admitted, house};

fn today() -> Date {
    Date::constant(2026, 11, 24)
}

fn about(words: &[(&str, &str)]) -> AboutMe {
    let words = words
        .iter()
        .map(|(heading, words)| ((*heading).to_owned(), (*words).to_owned()));
    AboutMe {
        words: words.collect::<BTreeMap<_, _>>(),
        supported_by: Some("June Cole, her daughter".to_owned()),
        said_on: today(),
    }
}

fn carer() -> Carer {
    Carer {
        who: "June Cole".to_owned(),
        relation: "child".to_owned(),
        cares: "Shops and cooks, every day".to_owned(),
        contact: "01202 000000, evenings".to_owned(),
        willing: "with-support".to_owned(),
        words: String::new(),
        ended: false,
    }
}

fn by(site: &Site) -> By {
    By {
        name: "Grace".to_owned(),
        user: site.environment().id::<UserId>(),
        organisation: "RDY".parse().unwrap(),
    }
}

#[test]
fn the_headings_are_those_of_the_standard_in_its_order() {
    let list = reference().unwrap().code_list(super::HEADINGS).unwrap();
    let headings: Vec<&str> = list
        .choices(today())
        .into_iter()
        .map(|(_, label)| label)
        .collect();
    assert_eq!(
        headings,
        [
            "What is most important to me",
            "People who are important to me",
            "How I communicate and how to communicate with me",
            "My wellness",
            "Please do and please do not",
            "How and when to support me",
            "Also worth knowing about me",
        ]
    );
}

#[test]
fn what_is_wrong_is_said() {
    let wrongs = |about: &AboutMe| about.wrongs(today(), reference().unwrap());
    assert_eq!(wrongs(&about(&[("important", "My garden")])), []);
    assert_eq!(wrongs(&about(&[])), [WrongAboutMe::Nothing]);
    let long = "x".repeat(2_001);
    let of = "people".to_owned();
    assert_eq!(
        wrongs(&about(&[("people", &long)])),
        [WrongAboutMe::Long(of)]
    );
    let other = "hobbies".to_owned();
    assert_eq!(
        wrongs(&about(&[("hobbies", "Chess")])),
        [WrongAboutMe::Heading(other)]
    );
    let tomorrow = AboutMe {
        said_on: today().tomorrow().unwrap(),
        supported_by: Some("x".repeat(201)),
        ..about(&[("important", "My garden")])
    };
    assert_eq!(
        wrongs(&tomorrow),
        [WrongAboutMe::LongName, WrongAboutMe::Day]
    );
    let wrongs = |carer: &Carer| carer.wrongs(today(), reference().unwrap());
    assert_eq!(wrongs(&carer()), []);
    let nobody = Carer {
        who: String::new(),
        relation: "boss".to_owned(),
        cares: String::new(),
        contact: String::new(),
        willing: "perhaps".to_owned(),
        words: "x".repeat(1_001),
        ended: false,
    };
    assert_eq!(
        wrongs(&nobody),
        [
            WrongCarer::Who,
            WrongCarer::Relation,
            WrongCarer::Cares,
            WrongCarer::Contact,
            WrongCarer::Willing,
            WrongCarer::Long("words", 1_000),
        ]
    );
}

#[test]
fn every_version_is_kept_and_nobody_writes_over_what_they_have_not_seen() {
    house(|site| {
        let person = admitted(&site);
        let (environment, by) = (site.environment().clone(), by(&site));
        let database = site.database();
        let say = |seen: usize, words: &'static str| {
            let (environment, by) = (environment.clone(), by.clone());
            database.write_blocking(move |tx| {
                write(
                    tx,
                    &environment,
                    (person, seen),
                    &about(&[("important", words)]),
                    &by,
                )
            })
        };
        say(0, "My garden").unwrap();
        assert!(matches!(say(0, "Chess"), Err(FlowError::Version(_))));
        say(1, "My garden and my cat").unwrap();
        let kept = database
            .read_blocking(move |tx| about_me(tx, person))
            .unwrap();
        let words: Vec<&str> = kept
            .iter()
            .map(|one| one.about.words["important"].as_str())
            .collect();
        assert_eq!(words, ["My garden", "My garden and my cat"]);
        let said = |seen: Version, ended: bool| {
            let (environment, by) = (environment.clone(), by.clone());
            database.write_blocking(move |tx| {
                let all = carers(tx, person)?;
                let Some(known) = all.first() else {
                    return add(tx, &environment, person, &carer(), &by);
                };
                let now = Carer { ended, ..carer() };
                change(tx, &environment, (known.id, seen), &now, &by)?;
                Ok(known.id)
            })
        };
        let id = said(Version::FIRST, false).unwrap();
        said(Version::FIRST, true).unwrap();
        assert!(matches!(
            said(Version::FIRST, false),
            Err(FlowError::Version(_))
        ));
        let (standing, all) = database
            .read_blocking(move |tx| Ok::<_, FlowError>((carers(tx, person)?, versions(tx, id)?)))
            .unwrap();
        assert_eq!((standing.len(), all.len()), (1, 2));
        assert!(standing[0].carer.ended);
    });
}

#[test]
fn what_was_written_goes_with_the_person_when_two_records_are_joined() {
    house(|site| {
        let person = admitted(&site);
        let (environment, by) = (site.environment().clone(), by(&site));
        let kept = site
            .database()
            .write_blocking(move |tx| {
                let who = stour_people::Demographics::named(
                    stour_people::PersonName::new("Smyth", "Ann").unwrap(),
                );
                let other =
                    stour_people::create(tx, &environment, &who, by.organisation, "a test")?;
                write(
                    tx,
                    &environment,
                    (other, 0),
                    &about(&[("people", "June")]),
                    &by,
                )?;
                add(tx, &environment, other, &carer(), &by)?;
                let seen = |tx: &mut Transaction<'_>, one| {
                    stour_people::version_of(tx, one).map(Option::unwrap)
                };
                let (survivor, merged) = ((person, seen(tx, person)?), (other, seen(tx, other)?));
                stour_people::merge(
                    tx,
                    &environment,
                    survivor,
                    merged,
                    "One person",
                    "A Reviewer",
                )?;
                Ok::<_, FlowError>((about_me(tx, person)?, carers(tx, person)?))
            })
            .unwrap();
        assert_eq!((kept.0.len(), kept.1.len()), (1, 1));
    });
}

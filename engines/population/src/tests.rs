//! What a population must be, whatever the seed.

mod distributions;
mod invariants;
mod sample;

use crate::{BLOCK, Block, Generator, MAXIMUM_PEOPLE, Names, Seed, SettingError, adt};

use sample::{generator, setting};

/// A text that differs if anything in a block differs.
fn text(block: &Block) -> String {
    serde_json::to_string(&block.households).unwrap()
}

#[test]
fn the_same_seed_gives_the_same_people() {
    let (one, other) = (generator(7, 2_500), generator(7, 2_500));
    for number in 0..one.blocks() {
        assert_eq!(text(&one.block(number)), text(&other.block(number)));
    }
}

#[test]
fn another_seed_gives_other_people() {
    assert_ne!(
        text(&generator(7, 300).block(0)),
        text(&generator(8, 300).block(0))
    );
}

#[test]
fn blocks_may_be_made_in_any_order_by_any_thread() {
    let generator = generator(11, 5_000);
    let in_order: Vec<String> = (0..generator.blocks())
        .map(|number| text(&generator.block(number)))
        .collect();
    let by_threads: Vec<String> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..generator.blocks())
            .rev()
            .map(|number| {
                let generator = &generator;
                scope.spawn(move || (number, text(&generator.block(number))))
            })
            .collect();
        let mut made: Vec<_> = workers
            .into_iter()
            .map(|worker| worker.join().unwrap())
            .collect();
        made.sort_by_key(|(number, _)| *number);
        made.into_iter().map(|(_, text)| text).collect()
    });
    assert_eq!(in_order, by_threads);
}

#[test]
fn there_are_as_many_people_as_asked_for() {
    for count in [1, 2, 17, BLOCK, BLOCK + 1] {
        let people: usize = generator(3, count)
            .households()
            .map(|household| household.people.len())
            .sum();
        assert_eq!(u64::try_from(people).unwrap(), count);
    }
}

#[test]
fn a_block_beyond_the_last_is_empty() {
    let generator = generator(3, 10);
    assert_eq!(generator.blocks(), 1);
    assert!(generator.block(1).households.is_empty());
    assert!(generator.block(u64::MAX).households.is_empty());
}

#[test]
fn as_many_people_as_there_are_numbers_and_no_more() {
    assert!(Generator::new(setting(), Seed(1), MAXIMUM_PEOPLE).is_ok());
    for asked in [0, MAXIMUM_PEOPLE + 1] {
        let refused = Generator::new(setting(), Seed(1), asked).unwrap_err();
        assert_eq!(
            refused,
            SettingError::Count {
                asked,
                maximum: MAXIMUM_PEOPLE
            }
        );
    }
}

#[test]
fn a_setting_that_lacks_something_is_refused_by_name() {
    let refused = |change: fn(&mut crate::Setting)| {
        let mut setting = setting();
        change(&mut setting);
        Generator::new(setting, Seed(1), 10)
            .unwrap_err()
            .to_string()
    };
    let messages = [
        refused(|setting| setting.councils.clear()),
        refused(|setting| setting.practices.clear()),
        refused(|setting| setting.hospitals.clear()),
        refused(|setting| setting.lsoas.clear()),
        refused(|setting| setting.councils[0].ages.clear()),
        refused(|setting| {
            setting
                .hospitals
                .iter_mut()
                .for_each(|hospital| hospital.shares.clear());
        }),
        refused(|setting| setting.lsoas[0].sector = Some("BH8".to_owned())),
    ];
    insta::assert_snapshot!(messages.join("\n"));
}

#[test]
fn a_bad_names_table_is_refused_with_its_line() {
    let refused = Names::parse("origin,share\nbritish,much\n", "", "", "", "").unwrap_err();
    insta::assert_snapshot!(refused, @"origins, line 2: a number, 0 or more, is wanted: correct it");
    let refused = Names::parse("origin,share\nbritish\n", "", "", "", "").unwrap_err();
    insta::assert_snapshot!(refused, @"origins, line 2: the number of fields differs from the heading: add or remove a comma");
}

#[test]
fn every_rate_has_a_unit_and_a_source() {
    let table = setting().rates.table();
    assert!(table.len() > 50);
    for rate in table {
        assert!(
            !rate.unit.is_empty() && !rate.source.is_empty(),
            "{}",
            rate.name
        );
    }
}

#[test]
fn a_stay_is_told_as_hospital_events() {
    let generator = generator(5, 4_000);
    let households: Vec<_> = generator.households().collect();
    let people = households.iter().flat_map(|household| &household.people);
    let stay = people
        .flat_map(|person| person.history.iter().map(move |event| (person, event)))
        .map(|(person, event)| adt::events(person, event))
        .find(|told| told.len() == 3)
        .unwrap();
    let lines: Vec<String> = stay
        .iter()
        .map(|told| {
            format!(
                "{} {} recorded {} at {} {} bed {}, discharged {:?} to {:?}",
                told.trigger.as_str(),
                told.occurred,
                told.recorded,
                told.organisation,
                told.location.ward,
                told.location.bed,
                told.discharged.map(|moment| moment.to_string()),
                told.destination,
            )
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

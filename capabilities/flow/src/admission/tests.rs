use std::collections::{BTreeMap, BTreeSet, HashMap};

use proptest::prelude::*;
use stour_kernel::{Date, Environment, OdsCode, PersonId, ThreadId};
use stour_partnership::Reference;
use stour_people::{Listed, age};

use super::group::{Condition, condition, groups};
use super::known::Admission;
use super::period::Period;
use super::publish::{Audience, Row, Shown, shown};
use super::rate::band_of;
use super::review::{Finding, Standing, WrongFinding};
use super::tally::{Counted, add_up};

fn reference() -> &'static Reference {
    stour_partnership::reference().unwrap()
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn period() -> Period {
    Period::latest(day("2026-11-24"))
}

#[test]
fn a_diagnosis_is_grouped_by_how_its_code_begins_with_and_without_its_point() {
    let on = day("2026-10-01");
    let of = |code| condition(reference(), Some(code), on);
    for code in ["N39.0", "N390", "n39.0", " N39.0 ", "N10", "N10X"] {
        assert_eq!(
            of(code),
            Condition::Sensitive("Infections of kidney and urinary tract"),
            "{code}"
        );
    }
    for code in ["N39.3", "I21.9", "K25.3", "S72.0"] {
        assert_eq!(of(code), Condition::Other, "{code}");
    }
    assert_eq!(condition(reference(), None, on), Condition::NotCoded);
    assert_eq!(of("."), Condition::NotCoded);
    assert_eq!(groups(reference(), on).len(), 10);
}

/// The groups of the reference data, compared with those of the file that they were taken from, where it is at hand.
#[test]
fn the_groups_are_those_of_the_specification() {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/data/care/nhsof_3a_acute_acsc_icd10.json"
    );
    let Ok(text) = std::fs::read_to_string(file) else {
        assert!(std::env::var_os("CI").is_none(), "{file} is not there");
        return;
    };
    let theirs: serde_json::Value = serde_json::from_str(&text).unwrap();
    let mut wanted: BTreeSet<BTreeSet<String>> = BTreeSet::new();
    for group in theirs["groups"].as_object().unwrap().values() {
        // A code of three characters is filled up to four with an X.
        let codes = group["codes"].as_array().unwrap().iter();
        let codes = codes.map(|code| code.as_str().unwrap().trim_end_matches('X').to_owned());
        wanted.insert(codes.collect());
    }
    let list = reference().code_list(super::group::LIST).unwrap();
    let mut ours: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for entry in list.list.entries() {
        let group = list.group_at(&entry.code, entry.valid.start()).unwrap();
        ours.entry(group)
            .or_default()
            .insert(entry.code.to_string());
    }
    assert_eq!(ours.into_values().collect::<BTreeSet<_>>(), wanted);
}

#[test]
fn a_review_is_whole_or_says_all_that_is_missing() {
    let days = (day("2026-10-05"), day("2026-11-24"));
    let whole = Finding {
        brought_in: "Fell".to_owned(),
        known: "known".to_owned(),
        alternative: "rapid-response".to_owned(),
        avoidable: "perhaps".to_owned(),
        reason: "Nobody came on a Sunday".to_owned(),
        reviewed_by: "Grace Okafor".to_owned(),
        reviewed_on: day("2026-11-20"),
    };
    assert_eq!(whole.wrongs(days, reference()), []);
    let early = Finding {
        reviewed_on: day("2026-10-04"),
        ..whole.clone()
    };
    assert_eq!(early.wrongs(days, reference()), [WrongFinding::Day]);
    let wordy = Finding {
        reason: "x".repeat(1_001),
        ..whole
    };
    assert_eq!(
        wordy.wrongs(days, reference()),
        [WrongFinding::Long("reason")]
    );
    assert_eq!(Finding::default().wrongs(days, reference()).len(), 7);
}

/// A person of a made-up place: the practice, the year of birth, whether they died before the period, and the diagnoses of
/// their admissions, each with whether it was found avoidable.
type Person = (Option<u8>, Option<i16>, bool, Vec<(u8, bool)>);

const DIAGNOSES: [Option<&str>; 4] = [Some("N39.0"), Some("J18.1"), Some("S72.0"), None];

fn any_person() -> impl Strategy<Value = Person> {
    (
        proptest::option::weighted(0.9, 0_u8..4),
        proptest::option::weighted(0.9, 1930_i16..2020),
        proptest::bool::weighted(0.1),
        proptest::collection::vec((0_u8..4, any::<bool>()), 0..4),
    )
}

fn practice(number: u8) -> OdsCode {
    format!("J8100{}", number + 2).parse().unwrap()
}

fn made(people: &[Person]) -> (Vec<Listed>, Vec<Admission>, HashMap<ThreadId, Standing>) {
    let environment = Environment::seeded("2026-11-24T09:00:00Z".parse().unwrap(), 1);
    let (mut listed, mut admissions, mut reviews) = (Vec::new(), Vec::new(), HashMap::new());
    for (of, born, gone, times) in people {
        let person: PersonId = environment.id();
        listed.push(Listed {
            id: person,
            person,
            practice: of.map(practice),
            born: born.map(|year| Date::constant(year, 6, 1)),
            died: gone.then(|| day("2025-01-01")),
        });
        if *gone {
            continue;
        }
        for (diagnosis, avoidable) in times {
            let thread: ThreadId = environment.id();
            admissions.push(Admission {
                thread,
                person,
                organisation: "R0D".parse().unwrap(),
                on: day("2026-05-01"),
                left: None,
                method: "21".to_owned(),
                came_from: None,
                arrived_by: None,
                diagnosis: DIAGNOSES[usize::from(*diagnosis)].map(str::to_owned),
            });
            if *avoidable {
                let standing = Standing {
                    avoidable: "yes".to_owned(),
                    alternative: "nothing".to_owned(),
                    brought_in: "Fell".to_owned(),
                };
                reviews.insert(thread, standing);
            }
        }
    }
    (listed, admissions, reviews)
}

fn count(people: &[Person]) -> Counted {
    let (listed, admissions, reviews) = made(people);
    add_up((period(), reference()), admissions, &listed, reviews)
}

fn verdicts() -> Vec<String> {
    ["yes", "perhaps", "no"].map(str::to_owned).to_vec()
}

fn numbers(shown: &Shown) -> Vec<Vec<Option<u64>>> {
    let row = |row: &Row| vec![row.sensitive, row.other, row.not_coded, row.admissions];
    let mut rows: Vec<Vec<Option<u64>>> = shown.practices.iter().map(|(_, one)| row(one)).collect();
    rows.push(row(&shown.whole));
    rows
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn practices_add_up_to_what_each_person_says(people in proptest::collection::vec(any_person(), 0..60)) {
        let counted = count(&people);
        for number in [None, Some(0), Some(1), Some(2), Some(3)] {
            let tally = counted.practices.get(&number.map(practice)).cloned().unwrap_or_default();
            let own = || people.iter().filter(|(of, _, gone, _)| *of == number && !gone);
            let times = || own().flat_map(|(_, _, _, times)| times);
            let of = |count: usize| u64::try_from(count).unwrap();
            prop_assert_eq!(tally.people(), of(own().count()));
            prop_assert_eq!(tally.admissions, of(times().count()));
            prop_assert_eq!(tally.all_sensitive(), of(times().filter(|(what, _)| *what < 2).count()));
            prop_assert_eq!(tally.other(), of(times().filter(|(what, _)| *what == 2).count()));
            prop_assert_eq!(tally.not_coded, of(times().filter(|(what, _)| *what == 3).count()));
            prop_assert_eq!(tally.reviewed(), of(times().filter(|(_, avoidable)| *avoidable).count()));
            for (band, counted) in tally.bands.iter().enumerate() {
                let here = || own().filter(|(_, born, _, _)| {
                    let born = born.map(|year| Date::constant(year, 6, 1));
                    born.and_then(|born| age(born, period().last_day())).map(band_of) == Some(band)
                });
                prop_assert_eq!(counted.people, of(here().count()));
                prop_assert_eq!(counted.admissions(), of(here().flat_map(|(_, _, _, times)| times).count()));
            }
        }
        let sum: u64 = counted.practices.values().map(|tally| tally.admissions).sum();
        prop_assert_eq!(sum, counted.whole.admissions);
    }

    #[test]
    fn readers_of_counts_see_no_small_number_and_no_number_alone_is_missing_from_a_sum(
        people in proptest::collection::vec(any_person(), 1..120),
    ) {
        let counted = count(&people);
        let published = shown(&counted, &verdicts(), Audience::Counts);
        let rows = numbers(&published);
        for number in rows.iter().flatten().flatten() {
            prop_assert!(!(1..=7).contains(number));
        }
        for row in &rows {
            prop_assert!(row.iter().filter(|number| number.is_none()).count() != 1);
        }
        for column in 0..4 {
            prop_assert!(rows.iter().filter(|row| row[column].is_none()).count() != 1);
        }
        for (list, total) in [
            (&published.groups, published.whole.sensitive),
            (&published.verdicts, published.whole.admissions),
        ] {
            let hidden = list.iter().filter(|(_, number)| number.is_none()).count();
            prop_assert!(hidden != 1);
            prop_assert!(total.is_some() || hidden == list.len());
            prop_assert!(list.iter().all(|(_, number)| number.is_none_or(|number| number == 0 || number > 7)));
        }
        // Whoever may see the people sees every number.
        let whole = shown(&counted, &verdicts(), Audience::People);
        prop_assert!(numbers(&whole).iter().flatten().all(Option::is_some));
    }
}

#[test]
fn somebody_with_two_records_counts_once_and_their_admissions_under_both() {
    let one: Person = (Some(0), Some(1940), false, vec![(0, false)]);
    let (mut listed, mut admissions, reviews) = made(&[one.clone(), one]);
    let (first, second) = (listed[0].id, listed[1].id);
    listed[1].person = first;
    admissions[1].person = second;
    let counted = add_up((period(), reference()), admissions, &listed, reviews);
    let tally = &counted.practices[&Some(practice(0))];
    assert_eq!((tally.people(), tally.admissions), (1, 2));
    let band = &tally.bands[band_of(86)];
    assert_eq!(band.admitted, [(2, 1)].into_iter().collect());
}

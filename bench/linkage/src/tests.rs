//! The rates of the model, against those measured in a smaller set of the same kind; and that a seed decides all.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::{Options, Row, Vocabulary, generate};

const ROWS: usize = 60_000;
const VOCABULARIES: [Vocabulary; 3] = [
    Vocabulary::English,
    Vocabulary::Syllables,
    Vocabulary::Mixed,
];

type Set = (Vec<Row>, Vec<Row>);

static ENGLISH: LazyLock<Set> = LazyLock::new(|| make(Vocabulary::English));
static SYLLABLES: LazyLock<Set> = LazyLock::new(|| make(Vocabulary::Syllables));
static MIXED: LazyLock<Set> = LazyLock::new(|| make(Vocabulary::Mixed));

fn make(vocabulary: Vocabulary) -> Set {
    generate(&Options {
        rows: ROWS,
        seed: 11,
        vocabulary,
        numbers: true,
    })
    .unwrap()
}

/// A set that the tests share.
fn set(vocabulary: Vocabulary) -> &'static Set {
    match vocabulary {
        Vocabulary::English => &ENGLISH,
        Vocabulary::Syllables => &SYLLABLES,
        Vocabulary::Mixed => &MIXED,
    }
}

/// Incoming records beside those of the index.
fn beside<'a>(index: &'a [Row], incoming: &'a [Row]) -> Vec<(&'a Row, &'a Row)> {
    let held: HashMap<usize, &Row> = index.iter().map(|row| (row.person, row)).collect();
    incoming
        .iter()
        .filter_map(|row| Some((*held.get(&row.person)?, row)))
        .collect()
}

fn count(of: usize) -> f64 {
    f64::from(u32::try_from(of).unwrap())
}

fn rate<T>(of: &[T], is: impl Fn(&T) -> bool) -> f64 {
    count(of.iter().filter(|one| is(one)).count()) / count(of.len())
}

/// That a rate is near what was measured in some five thousand records: within three standard errors of that measurement.
#[track_caller]
fn near(what: &str, rate: f64, measured: f64) {
    let error = (measured * (1.0 - measured) / 5_000.0).sqrt();
    assert!(
        (rate - measured).abs() <= 3.0 * error,
        "{what} is {rate:.4}, measured {measured:.4}, give or take {error:.4}"
    );
}

fn outward(postcode: &str) -> &str {
    postcode.split(' ').next().unwrap()
}

#[test]
fn what_is_missing_is_missing_as_often_as_measured() {
    let (index, incoming) = set(Vocabulary::English);
    let pairs = beside(index, incoming);
    let missing = |text: fn(&Row) -> &str| rate(&pairs, |(_, row)| text(row).is_empty());
    near("given name", missing(|row| &row.given), 0.0085);
    near("surname", missing(|row| &row.surname), 0.0034);
    near("date of birth", missing(|row| &row.born), 0.0118);
    near("sex", missing(|row| row.sex), 0.0142);
    near("address", missing(|row| &row.address), 0.0305);
    near("postcode", missing(|row| &row.postcode), 0.0292);
    near("telephone", missing(|row| &row.phone), 0.3964);
    near("number", missing(|row| &row.number), 0.1696);
}

#[test]
fn what_differs_differs_as_often_as_measured() {
    let (index, incoming) = set(Vocabulary::English);
    let pairs = beside(index, incoming);
    let same = |text: fn(&Row) -> &str| {
        rate(&pairs, |(held, row)| {
            text(held).to_uppercase() == text(row).to_uppercase()
        })
    };
    near("same given name", same(|row| &row.given), 0.8659);
    near("same surname", same(|row| &row.surname), 0.9372);
    near("same date of birth", same(|row| &row.born), 0.9571);
    near("same sex", same(|row| row.sex), 0.9808);
    near("same address", same(|row| &row.address), 0.8005);
    near("same postcode", same(|row| &row.postcode), 0.8395);
    near("same telephone", same(|row| &row.phone), 0.4501);
    near("same number", same(|row| &row.number), 0.8261);
    let all = |is: fn(&Row, &Row) -> bool| rate(&pairs, |(held, row)| is(held, row));
    let upper = all(|_, row| row.surname.len() > 1 && row.surname == row.surname.to_uppercase());
    near("surname in capitals", upper, 0.3063);
    let initial = all(|held, row| row.given.len() == 1 && held.given.starts_with(&row.given));
    near("an initial", initial, 0.0231);
    let turned = all(|held, row| {
        !row.surname.is_empty() && held.given.to_uppercase() == row.surname.to_uppercase()
    });
    near("names swapped", turned, 0.0072);
    let doubled = all(|held, row| !held.surname.contains('-') && row.surname.contains('-'));
    near("a second surname", doubled, 0.0068);
    let moved = all(|held, row| {
        row.postcode.contains(' ') && outward(&held.postcode) != outward(&row.postcode)
    });
    near("another district", moved, 0.1064);
    let short = all(|held, row| row.postcode == outward(&held.postcode));
    near("outward part only", short, 0.0123);
    let default = all(|held, row| row.born.ends_with("-01-01") && row.born != held.born);
    near("first of January", default, 0.0061);
    let impossible = all(|_, row| row.born.get(8..).is_some_and(|day| day > "31"));
    near("no day of any month", impossible, 0.0034);
}

#[test]
fn households_are_as_measured() {
    for vocabulary in VOCABULARIES {
        let (index, _) = set(vocabulary);
        let mut households: HashMap<usize, Vec<&Row>> = HashMap::new();
        for row in index {
            households.entry(row.household).or_default().push(row);
        }
        let households: Vec<Vec<&Row>> = households.into_values().collect();
        for (size, measured) in [
            (1, 0.3288),
            (2, 0.3285),
            (3, 0.1639),
            (4, 0.1289),
            (5, 0.05),
        ] {
            near(
                "size",
                rate(&households, |members| members.len() == size),
                measured,
            );
        }
        let twins: Vec<bool> = households
            .iter()
            .flat_map(|members| {
                members.iter().map(|one| {
                    members
                        .iter()
                        .filter(|other| other.born == one.born)
                        .count()
                        > 1
                })
            })
            .collect();
        near("twins", rate(&twins, |twin| *twin), 0.0067);
        let two: Vec<&Vec<&Row>> = households
            .iter()
            .filter(|members| members.len() == 2)
            .collect();
        near(
            "one telephone for two",
            rate(&two, |members| members[0].phone == members[1].phone),
            0.5568,
        );
        let children: Vec<(&Row, &Row)> = households
            .iter()
            .filter(|members| members.len() > 2)
            .flat_map(|members| members[2..].iter().map(move |child| (members[0], *child)))
            .filter(|(parent, child)| parent.sex == child.sex)
            .collect();
        let named_after = rate(&children, |(parent, child)| parent.given == child.given);
        assert!((0.005..0.04).contains(&named_after), "{named_after}");
    }
}

#[test]
fn as_many_are_absent_and_as_many_come_again_as_measured() {
    let (index, incoming) = set(Vocabulary::English);
    assert_eq!(index.len() + incoming.len(), ROWS);
    near("index", count(index.len()) / count(ROWS), 0.7273);
    near(
        "present",
        count(beside(index, incoming).len()) / count(incoming.len()),
        0.9665,
    );
    let mut records: HashMap<usize, usize> = HashMap::new();
    for row in incoming {
        *records.entry(row.person).or_default() += 1;
    }
    let records: Vec<usize> = records.into_values().collect();
    near("once", rate(&records, |times| *times == 1), 0.8074);
    near("twice", rate(&records, |times| *times == 2), 0.1539);
}

#[test]
fn names_repeat_alike_and_are_not_the_same_ones() {
    let mut seen: HashSet<String> = HashSet::new();
    for vocabulary in VOCABULARIES {
        let (index, _) = set(vocabulary);
        let given: HashSet<String> = index.iter().map(|row| row.given.clone()).collect();
        let surnames: HashSet<String> = index.iter().map(|row| row.surname.clone()).collect();
        if vocabulary != Vocabulary::Mixed {
            assert!((1_200..3_000).contains(&given.len()), "{}", given.len());
            assert!(
                (4_000..8_000).contains(&surnames.len()),
                "{}",
                surnames.len()
            );
            let mut often: HashMap<&str, usize> = HashMap::new();
            for row in index {
                *often.entry(&row.surname).or_default() += 1;
            }
            let top = often.into_values().max().unwrap();
            near("commonest surname", count(top) / count(index.len()), 0.0155);
            // A syllable or two may by chance make a name that there is.
            let shared = given.iter().filter(|name| seen.contains(*name)).count();
            assert!(shared < 60, "{shared}");
            seen.extend(given);
        }
    }
}

#[test]
fn a_seed_decides_every_byte() {
    for vocabulary in VOCABULARIES {
        assert_eq!(*set(vocabulary), make(vocabulary));
    }
    let other = Options {
        rows: 1_000,
        seed: 12,
        vocabulary: Vocabulary::English,
        numbers: true,
    };
    let (index, incoming) = generate(&other).unwrap();
    let (without, unnumbered) = generate(&Options {
        numbers: false,
        ..other
    })
    .unwrap();
    assert_eq!(index, without);
    assert!(unnumbered.iter().all(|row| row.number.is_empty()));
    let again = |row: &Row| Row {
        number: String::new(),
        ..row.clone()
    };
    assert_eq!(incoming.iter().map(again).collect::<Vec<_>>(), unnumbered);
    let (different, _) = generate(&Options { seed: 13, ..other }).unwrap();
    assert_ne!(index, different);
}

#[test]
fn every_number_is_in_the_range_for_tests_and_nobody_shares_one() {
    let (index, _) = set(Vocabulary::English);
    let numbers: HashSet<&str> = index.iter().map(|row| row.number.as_str()).collect();
    assert_eq!(numbers.len(), index.len());
    for number in numbers {
        let number: stour_kernel::NhsNumber = number.parse().unwrap();
        assert!(number.is_test_range());
    }
}

#[test]
fn more_rows_than_there_are_numbers_are_refused() {
    let options = Options {
        rows: super::MAXIMUM_ROWS + 1,
        seed: 1,
        vocabulary: Vocabulary::English,
        numbers: true,
    };
    assert!(generate(&options).is_err());
}

#[test]
fn the_largest_set_has_numbers_enough() {
    let numbers = (999_000_000..=999_999_999).filter_map(stour_kernel::NhsNumber::from_first_nine);
    assert!(numbers.count() >= super::MAXIMUM_ROWS / 4 * 3);
}

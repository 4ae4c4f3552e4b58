//! What holds of cells, whatever is counted in them.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use stour_indicators::{
    BANDS, Cell, Columns, Day, Definition, Dimension, Layout, Month, Pass, Plan, Rule, Selector,
    Tally, Vocabulary,
};
use stour_kernel::Date;

use crate::oracle;
use crate::world::{
    self, AREAS, FIRST, PLACES, Somebody, columns, date, descriptions, groups, layout, members,
    plan, rule, selectors, used, vocabulary,
};

/// Several indicators of several people.
#[derive(Debug, Clone)]
struct World {
    definitions: Vec<Definition>,
    people: Vec<Somebody>,
    as_of: Date,
}

fn world() -> impl Strategy<Value = World> {
    let rules = (vec(rule(), 1..4), selectors());
    let people = vec(world::somebody(), 0..7);
    (rules, people, world::as_of()).prop_map(|((rules, select), people, as_of)| World {
        definitions: rules.iter().map(|rule| used(rule, &select)).collect(),
        people,
        as_of,
    })
}

impl World {
    fn plan(&self) -> Plan {
        plan(&self.definitions, &vocabulary())
    }

    fn empty(&self) -> Tally {
        let wanted = vec![(Dimension::ALL.to_vec(), true); self.definitions.len()];
        Tally::new(layout(&vocabulary(), self.as_of), &wanted)
    }

    fn day(&self) -> Day {
        Day::from(self.as_of)
    }

    fn count(&self, columns: &Columns, threads: usize) -> Tally {
        let mut tally = self.empty();
        tally.count(&self.plan(), columns, self.day(), threads);
        tally
    }
}

/// The code of each piece that a case belongs to, and how many years of age it is about.
fn piece(
    layout: &Layout,
    dimension: Dimension,
    somebody: &Somebody,
    case: &oracle::Expected,
) -> Option<usize> {
    let thing = case.thing.map(|place| &somebody.things[place]);
    let (council, locality) = PLACES[thing.map_or(somebody.place, |thing| thing.place)];
    let (tenth, middle) = groups(AREAS[somebody.area]);
    let band = match case.age {
        None => 19,
        Some(age) if age >= 90 => 18,
        Some(age) => usize::try_from(age / 5).unwrap(),
    };
    let among = |dimension, code: &str| layout.pieces(dimension).unwrap().place(code);
    let around = |of: Option<usize>| of.map(|piece| piece * BANDS + band);
    match dimension {
        Dimension::Whole => Some(0),
        Dimension::Council => among(dimension, council),
        Dimension::Locality => among(dimension, locality),
        Dimension::LocalityInCouncil => among(dimension, &format!("{council}/{locality}")),
        Dimension::Age => Some(band),
        Dimension::Sex => Some(match somebody.female {
            None => 0,
            Some(true) => 1,
            Some(false) => 2,
        }),
        Dimension::Deprivation => among(dimension, &tenth),
        Dimension::SmallArea => among(dimension, &middle),
        Dimension::Provider => among(dimension, &descriptions()[thing?.what].organisation),
        Dimension::AgeInCouncil => around(among(Dimension::Council, council)),
        Dimension::AgeInLocality => around(among(Dimension::Locality, locality)),
        Dimension::AgeInLocalityInCouncil => around(among(
            Dimension::LocalityInCouncil,
            &format!("{council}/{locality}"),
        )),
        Dimension::AgeInDeprivation => around(among(Dimension::Deprivation, &tenth)),
    }
}

type Cells = BTreeMap<(usize, Date, Dimension, usize), (Cell, BTreeMap<i64, i64>)>;

/// Cells by plain addition.
fn added(world: &World, layout: &Layout) -> Cells {
    let mut cells = Cells::new();
    for (indicator, definition) in world.definitions.iter().enumerate() {
        for somebody in &world.people {
            let first = date("2016-01-01");
            for case in oracle::cases(definition, somebody, (first, world.as_of)) {
                let outside = ["NotYet", "TooYoung", "BirthUnknown", "MovedOn", "Before"];
                let is_outside = outside.iter().any(|word| case.verdict.starts_with(word));
                if is_outside || case.month < first {
                    continue;
                }
                let goes_on = case.verdict == "GoesOn";
                let above =
                    goes_on || case.verdict == "Counted" || case.verdict.starts_with("Followed");
                for dimension in Dimension::ALL {
                    let Some(piece) = piece(layout, dimension, somebody, &case) else {
                        continue;
                    };
                    let (cell, values) = cells
                        .entry((indicator, case.month, dimension, piece))
                        .or_default();
                    if !goes_on {
                        cell.denominator += case.weight;
                    }
                    if above {
                        cell.numerator += case.weight;
                        cell.sum += case.value;
                        cell.squares += i128::from(case.value).pow(2);
                        *values.entry(case.value).or_default() += 1;
                    }
                }
            }
        }
    }
    cells
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn cells_and_values_are_the_cases_added_up(world in world()) {
        let tally = world.count(&columns(&world.people), 1);
        let layout = tally.layout();
        let expected = added(&world, layout);
        for indicator in 0..world.definitions.len() {
            for month in layout.months() {
                for dimension in Dimension::ALL {
                    for piece in 0..layout.len(dimension) {
                        let key = (indicator, month.first().date().unwrap(), dimension, piece);
                        let (cell, values) = expected.get(&key).cloned().unwrap_or_default();
                        prop_assert_eq!(tally.cell(indicator, month, dimension, piece), cell);
                        prop_assert_eq!(tally.values(indicator, [month], dimension, piece), values);
                    }
                }
            }
        }
    }

    #[test]
    fn any_order_and_any_split_gives_the_same(world in world(), threads in 0_usize..9) {
        let whole = world.count(&columns(&world.people), 1);
        let mut turned = world.people.clone();
        turned.reverse();
        prop_assert_eq!(&world.count(&columns(&turned), threads), &whole);
        // Some of the places, then the others.
        let (plan, columns) = (world.plan(), columns(&world.people));
        let mut parts = world.empty();
        parts.count_some(&plan, &columns, world.day(), threads, |place| place % 2 == 1);
        parts.count_some(&plan, &columns, world.day(), 2, |place| place % 2 == 0);
        prop_assert_eq!(&parts, &whole);
    }

    #[test]
    fn what_is_counted_in_and_out_again_leaves_nothing(world in world(), other in world::somebody()) {
        let whole = world.count(&columns(&world.people), 1);
        let mut tally = whole.clone();
        let plan = world.plan();
        let mut pass = Pass::new(&plan, FIRST, world.day());
        let one = columns(&[other]);
        let subject = one.subject(0).unwrap();
        tally.subject(&mut pass, &subject, 1);
        tally.subject(&mut pass, &subject, -1);
        prop_assert_eq!(&tally, &whole);
        tally.subject(&mut pass, &subject, -1);
        tally.subject(&mut pass, &subject, 1);
        prop_assert_eq!(&tally, &whole);
    }

    #[test]
    fn people_replaced_one_by_one_end_where_counting_anew_ends(
        world in world(),
        others in vec(world::somebody(), 7),
    ) {
        let before = columns(&world.people);
        let after = columns(&others[..world.people.len()]);
        let mut tally = world.count(&before, 2);
        let plan = world.plan();
        let mut pass = Pass::new(&plan, FIRST, world.day());
        for place in 0..world.people.len() {
            tally.subject(&mut pass, &before.subject(place).unwrap(), -1);
            tally.subject(&mut pass, &after.subject(place).unwrap(), 1);
        }
        prop_assert_eq!(&tally, &world.count(&after, 1));
        for place in 0..world.people.len() {
            tally.replace(&mut pass, after.subject(place).as_ref(), before.subject(place).as_ref());
        }
        prop_assert_eq!(tally, world.count(&before, 1));
    }

    #[test]
    fn facts_that_come_and_go_end_where_counting_anew_ends(
        world in world(),
        gone in vec(any::<prop::sample::Index>(), 7),
    ) {
        let now = columns(&world.people);
        let mut fewer = world.people.clone();
        for (somebody, gone) in fewer.iter_mut().zip(gone) {
            if !somebody.things.is_empty() {
                somebody.things.remove(gone.index(somebody.things.len()));
            }
        }
        let fewer = columns(&fewer);
        let mut tally = world.count(&now, 1);
        let plan = world.plan();
        let mut pass = Pass::new(&plan, FIRST, world.day());
        let mut put = |from: &Columns, to: &Columns| {
            for place in 0..now.people() {
                tally.replace(&mut pass, from.subject(place).as_ref(), to.subject(place).as_ref());
            }
            tally.clone()
        };
        prop_assert_eq!(put(&now, &fewer), world.count(&fewer, 1));
        prop_assert_eq!(put(&fewer, &now), world.count(&now, 1));
        let nobody = Columns::default();
        prop_assert_eq!(put(&now, &nobody), world.empty());
        prop_assert_eq!(put(&nobody, &now), world.count(&now, 1));
    }

    #[test]
    fn pieces_add_up_to_the_whole(world in world()) {
        let tally = world.count(&columns(&world.people), 3);
        let layout = tally.layout();
        for (indicator, definition) in world.definitions.iter().enumerate() {
            for month in layout.months() {
                let whole = tally.cell(indicator, month, Dimension::Whole, 0);
                let sum = |dimension: Dimension| -> Cell {
                    let pieces = 0..layout.len(dimension);
                    pieces.map(|piece| tally.cell(indicator, month, dimension, piece)).sum()
                };
                for dimension in Dimension::ALL {
                    // Nobody does a death.
                    if dimension != Dimension::Provider || definition.rule != Rule::Deaths {
                        prop_assert_eq!(sum(dimension), whole);
                    }
                }
                for locality in 0..layout.len(Dimension::Locality) {
                    let bands = locality * BANDS..(locality + 1) * BANDS;
                    let bands = bands.map(|piece| tally.cell(indicator, month, Dimension::AgeInLocality, piece));
                    prop_assert_eq!(
                        bands.sum::<Cell>(),
                        tally.cell(indicator, month, Dimension::Locality, locality)
                    );
                }
            }
        }
    }

    #[test]
    fn words_learnt_later_are_counted_as_if_known_before(world in world(), known in 0_usize..10) {
        let mut vocabulary = Vocabulary::default();
        let all = descriptions();
        for description in &all[..known] {
            vocabulary.description(description.clone());
        }
        let mut plan = Plan::new(&world.definitions, &vocabulary, members).unwrap();
        prop_assert_eq!(plan.descriptions(), known);
        let full = self::vocabulary();
        plan.learn(&full);
        prop_assert_eq!(plan.descriptions(), all.len());
        let columns = columns(&world.people);
        let mut tally = world.empty();
        tally.count(&plan, &columns, world.day(), 2);
        prop_assert_eq!(tally, world.count(&columns, 1));
    }
}

fn one_event() -> (BTreeMap<String, Selector>, Rule) {
    let selector = Selector {
        kind: "spell".to_owned(),
        ..Selector::default()
    };
    let rule = toml::from_str("kind = \"events\"\ncount = [\"a\"]\nvalue = \"cost\"").unwrap();
    ([("a".to_owned(), selector)].into(), rule)
}

#[test]
fn a_layout_grows_where_no_piece_is_new() {
    let (select, rule) = one_event();
    let plan = plan(&[world::definition(rule, &select)], &vocabulary());
    let as_of = date("2016-06-30");
    let mut tally = Tally::new(
        layout(&vocabulary(), as_of),
        &[(vec![Dimension::Council, Dimension::Provider], false)],
    );
    let mut grown = vocabulary();
    let mut description = descriptions().remove(1);
    description.fields.insert("code".to_owned(), "3".to_owned());
    grown.description(description.clone());
    assert!(tally.extend(layout(&grown, as_of)));
    assert_eq!(*tally.layout(), layout(&grown, as_of));
    assert!(
        !tally.extend(layout(&grown, date("2016-07-01"))),
        "another month"
    );
    description.organisation = "org-9".to_owned();
    grown.description(description);
    assert!(!tally.extend(layout(&grown, as_of)), "another organisation");
    assert_eq!(plan.len(), 1);
    assert!(!plan.is_empty());
}

#[test]
fn sums_beyond_all_numbers_neither_stop_the_count_nor_stay_in_it() {
    let (select, rule) = one_event();
    let plan = plan(&[world::definition(rule, &select)], &vocabulary());
    let as_of = date("2016-06-30");
    let mut somebody = Somebody {
        born: None,
        died: None,
        female: None,
        area: 0,
        place: 0,
        things: Vec::new(),
    };
    for _ in 0..3 {
        somebody.things.push(world::Thing {
            started: date("2016-02-01"),
            ended: None,
            what: 0,
            quantity: None,
            place: 0,
            cost: i64::MAX,
        });
    }
    let columns = columns(&[somebody]);
    let mut tally = Tally::new(
        layout(&vocabulary(), as_of),
        &[(vec![Dimension::Whole], true)],
    );
    let empty = tally.clone();
    let mut pass = Pass::new(&plan, FIRST, Day::from(as_of));
    tally.subject(&mut pass, &columns.subject(0).unwrap(), 1);
    assert_ne!(tally, empty);
    tally.subject(&mut pass, &columns.subject(0).unwrap(), -1);
    assert_eq!(tally, empty);
}

#[test]
fn what_is_not_there_is_nothing() {
    let tally = Tally::new(
        layout(&vocabulary(), date("2016-06-30")),
        &[(vec![Dimension::Whole], false)],
    );
    assert!(tally.has(0, Dimension::Whole));
    assert!(!tally.has(0, Dimension::Age));
    assert!(!tally.has(1, Dimension::Whole));
    for (indicator, month, dimension, piece) in [
        (1, FIRST, Dimension::Whole, 0),
        (0, FIRST.plus(-1), Dimension::Whole, 0),
        (0, FIRST.plus(6), Dimension::Whole, 0),
        (0, FIRST, Dimension::Age, 0),
        (0, FIRST, Dimension::Whole, 1),
        (0, Month::new(i32::MIN), Dimension::Whole, 0),
    ] {
        assert_eq!(
            tally.cell(indicator, month, dimension, piece),
            Cell::default()
        );
        assert!(
            tally
                .values(indicator, [month], dimension, piece)
                .is_empty()
        );
    }
}

use proptest::prelude::*;

use crate::product::Product;
use crate::{Lasted, LifeTable, NotKnown, Share, estimate};

fn stay(seen_from: u16, nights: u16, is_over: bool) -> Lasted {
    Lasted {
        seen_from,
        nights,
        is_over,
    }
}

fn table(stays: &[Lasted]) -> LifeTable {
    let mut table = LifeTable::default();
    for stay in stays {
        table.add(*stay);
    }
    table
}

fn over(nights: &[u16]) -> Vec<Lasted> {
    nights.iter().map(|nights| stay(0, *nights, true)).collect()
}

#[test]
fn half_of_those_that_are_over_is_half_of_them_exactly() {
    let even = table(&over(&[1, 2, 3, 4]));
    assert_eq!(even.within(0, Share::HALF), Some(2));
    assert_eq!(even.within(0, Share::FOUR_IN_FIVE), Some(4));
    // Of those that reach the third night, half end in it.
    assert_eq!(even.within(3, Share::HALF), Some(3));
    assert_eq!(even.within(5, Share::HALF), None);
}

#[test]
fn who_is_still_there_is_neither_left_out_nor_taken_to_have_gone() {
    let mut stays = over(&[1, 1, 9, 9]);
    assert_eq!(table(&stays).within(0, Share::HALF), Some(1));
    // Two who are in their fifth night: half of six have not gone by the first.
    stays.extend([stay(0, 5, false); 2]);
    assert_eq!(table(&stays).within(0, Share::HALF), Some(9));
    // In its fifth night a stay may yet end in it: of the fifth it says nothing.
    assert_eq!(table(&stays).at_risk(4), 4);
    assert_eq!(table(&stays).at_risk(5), 2);
}

#[test]
fn where_too_few_are_over_to_see_so_far_nothing_is_said() {
    let stays = [stay(0, 2, true), stay(0, 3, false), stay(0, 3, false)];
    assert_eq!(table(&stays).within(0, Share::HALF), None);
}

#[test]
fn the_first_group_that_has_enough_is_taken_and_none_is_made_up() {
    let few = table(&over(&[1, 2]));
    let many = table(&over(&[4, 5, 6, 7]));
    let found = estimate([("near", &few), ("far", &many)], 0, 3).unwrap();
    assert_eq!((found.group, found.ended), ("far", 4));
    assert_eq!(found.within, [Some(5), Some(7), Some(7)]);
    // After seven nights one stay is left to go by.
    let none = estimate([("near", &few), ("far", &many)], 7, 3);
    assert_eq!(none, Err(NotKnown { most: 1 }));
    let nobody: [(&str, &LifeTable); 0] = [];
    assert_eq!(estimate(nobody, 0, 1), Err(NotKnown { most: 0 }));
}

/// By its definition, stay by stay and night by night: of those that are known to have lasted so many nights, in sight by
/// then, some ended; the share that goes on is what is left of it each night. As a fraction of whole numbers.
fn slowly(stays: &[Lasted], stayed: u16, percent: u128) -> Option<u16> {
    let (mut over, mut under) = (1_u128, 1_u128);
    for night in stayed..40 {
        let at_risk = stays.iter().filter(|stay| {
            let reached = if stay.is_over {
                stay.nights >= night
            } else {
                stay.nights > night
            };
            let is_seen = stay.seen_from < stay.nights || stay.is_over;
            is_seen && stay.seen_from <= night && stay.seen_from <= stay.nights && reached
        });
        let at_risk: Vec<&Lasted> = at_risk.collect();
        let ended = at_risk
            .iter()
            .filter(|stay| stay.is_over && stay.nights == night);
        let ended = u128::try_from(ended.count()).unwrap();
        let at_risk = u128::try_from(at_risk.len()).unwrap();
        if at_risk == 0 {
            return None;
        }
        over *= at_risk - ended;
        under *= at_risk;
        let shared = (1..=60)
            .rev()
            .filter(|by| over % by == 0 && under % by == 0);
        if let Some(by) = shared.max() {
            (over, under) = (over / by, under / by);
        }
        if ended > 0 && over * 100 <= under * (100 - percent) {
            return Some(night);
        }
    }
    None
}

fn any_stay() -> impl Strategy<Value = Lasted> {
    let seen = prop_oneof![4 => Just(0), 1 => 0..8_u16];
    (seen, 0..12_u16, prop::bool::weighted(0.7))
        .prop_map(|(seen_from, nights, is_over)| stay(seen_from, nights, is_over))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn shares_are_those_of_counting_stay_by_stay(
        stays in prop::collection::vec(any_stay(), 0..25), stayed in 0..14_u16,
    ) {
        let table = table(&stays);
        for share in Share::TOLD {
            let slow = slowly(&stays, stayed, u128::from(share.percent()));
            prop_assert_eq!(table.within(stayed, share), slow);
        }
    }

    #[test]
    fn of_stays_that_are_all_over_a_share_is_that_of_the_sorted_list(
        mut nights in prop::collection::vec(0..30_u16, 1..40), stayed in 0..20_u16,
    ) {
        let table = table(&over(&nights));
        nights.retain(|nights| *nights >= stayed);
        nights.sort_unstable();
        for share in Share::TOLD {
            let enough = |place: &usize| (place + 1) * 100 >= nights.len() * usize::from(share.percent());
            let place = (0..nights.len()).find(enough);
            prop_assert_eq!(table.within(stayed, share), place.map(|place| nights[place]));
        }
    }

    #[test]
    fn the_order_of_stays_changes_nothing(
        (stays, shuffled) in prop::collection::vec(any_stay(), 0..25)
            .prop_flat_map(|stays| (Just(stays.clone()), Just(stays).prop_shuffle())),
    ) {
        prop_assert_eq!(table(&stays), table(&shuffled));
        let kept = LifeTable::from_steps(table(&stays).steps());
        prop_assert_eq!(kept, table(&shuffled));
    }

    #[test]
    fn nobody_is_to_have_left_before_today_and_surer_dates_are_later(
        stays in prop::collection::vec(any_stay(), 0..40), stayed in 0..14_u16, fewest in 1..6_u32,
    ) {
        let whole = table(&stays);
        let Ok(found) = estimate([((), &whole)], stayed, fewest) else { return Ok(()) };
        let told: Vec<u16> = found.within.iter().flatten().copied().collect();
        prop_assert!(told.iter().all(|nights| *nights >= stayed));
        prop_assert!(told.is_sorted());
        // A date that is not known makes every surer one unknown.
        prop_assert!(found.within.iter().rev().skip_while(|within| within.is_none()).all(Option::is_some));
        prop_assert!(found.ended >= fewest);
        // Longer stays are never expected to have ended earlier.
        let later = (stayed..14).filter_map(|stayed| whole.within(stayed, Share::HALF));
        prop_assert!(later.collect::<Vec<_>>().is_sorted());
    }

    #[test]
    fn long_products_are_compared_as_short_ones_are(
        one in prop::collection::vec(0..1000_u32, 0..9), other in prop::collection::vec(0..1000_u32, 0..9),
        both in prop::collection::vec(1..u32::MAX, 0..40),
    ) {
        let long = |factors: &[u32]| factors.iter().chain(&both).fold(Product::one(), |all, by| all.times(*by));
        let short = |factors: &[u32]| factors.iter().fold(1_u128, |all, by| all * u128::from(*by));
        prop_assert_eq!(long(&one).cmp(&long(&other)), short(&one).cmp(&short(&other)));
    }
}

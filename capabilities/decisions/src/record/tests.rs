use std::fmt::Write as _;

use proptest::prelude::*;
use stour_kernel::Date;

use super::{Record, Seen, Step, chain, find};
use crate::testing::around;

mod seen;

fn today() -> Date {
    "2026-11-24".parse().unwrap()
}

fn numbers(record: &Record, item: i64) -> Vec<i64> {
    let steps = chain(record, item);
    steps
        .into_iter()
        .map(|step| match step {
            Step::Item(item) => item.number,
            Step::Alone(resolution) => -resolution.number,
        })
        .collect()
}

const MATTER: &str = "
    committee 1: name=Cabinet; published=2026-11-01
    meeting 1: committee=1; date=2024-10-30; published=2026-11-01
    meeting 2: committee=1; published=2026-11-01
    meeting 3: committee=1; date=2024-12-10; published=2026-11-01
    office-holder 1: name=A Leader; published=2026-11-01
    agenda-item 1: meeting=3; title=Third; follows=2; published=2026-11-01
    agenda-item 2: meeting=2; title=Second, day not known; follows=3; published=2026-11-01
    agenda-item 3: meeting=1; title=First; published=2026-11-01
    agenda-item 4: meeting=2; title=Duplicate; duplicate-of=1; published=2026-11-01
    agenda-item 5: meeting=1; title=Another matter; published=2026-11-01
    resolution 1: person=1; decided=2024-11-05; about=3; text=Alone; published=2026-11-01";

#[test]
fn a_matter_is_in_the_order_in_which_it_went() {
    let record = Record::of(&around(MATTER), Seen::Published, today());
    // The second stands after the first, whose day it must be later than, and before the third.
    for item in 1..=4 {
        assert_eq!(numbers(&record, item), [3, 2, -1, 1, 4]);
    }
    assert_eq!(numbers(&record, 5), [5]);
}

#[test]
fn what_hangs_on_something_that_is_not_published_is_not_seen() {
    let text = "
        committee 1: name=Cabinet; published=2026-11-01
        committee 2: name=Secret
        meeting 1: committee=1; published=2026-11-01
        meeting 2: committee=1; published=2026-11-25
        meeting 3: committee=2; published=2026-11-01
        agenda-item 1: meeting=1; title=Seen; published=2026-11-24
        agenda-item 2: meeting=1; title=Draft
        agenda-item 3: meeting=2; title=Tomorrow; published=2026-11-01
        agenda-item 4: meeting=3; title=Of a secret committee; published=2026-11-01
        resolution 1: item=1; text=Seen; published=2026-11-01
        resolution 2: item=2; text=Of a draft; published=2026-11-01
        delegation 1: resolution=2; to=Somebody; published=2026-11-01
        recommendation 1: item=1; to=2; text=To a secret committee; published=2026-11-01
        commitment 1: committee=2; text=To a secret committee; published=2026-11-01";
    let around = around(text);
    let public = Record::of(&around, Seen::Published, today());
    let seen: Vec<i64> = public.items.iter().map(|item| item.number).collect();
    assert_eq!(seen, [1]);
    let seen: Vec<i64> = public.resolutions.iter().map(|one| one.number).collect();
    assert_eq!(seen, [1]);
    assert!(public.delegations.is_empty());
    assert!(public.recommendations.is_empty() && public.commitments.is_empty());
    assert!(find(&public, "secret").is_empty() && find(&public, "draft").is_empty());
    let all = Record::of(&around, Seen::Everything, today());
    assert_eq!(all.items.iter().count(), 4);
    assert!(all.delegations.has(Some(1)));
}

#[test]
fn a_search_needs_all_its_words_in_any_case() {
    let record = Record::of(&around(MATTER), Seen::Published, today());
    assert_eq!(find(&record, "DAY second").len(), 1);
    assert_eq!(find(&record, "second absent").len(), 0);
    assert_eq!(find(&record, "  ").len(), 0);
    let alone = find(&record, "alone");
    assert_eq!(alone.len(), 1);
    assert_eq!(alone[0].href, "/decisions/resolutions/1");
}

proptest! {
    #[test]
    fn a_matter_is_everything_that_is_linked_each_once_and_in_order(
        links in prop::collection::vec((1_i64..12, 1_i64..12), 0..14),
        days in prop::collection::vec(prop::option::of(1_u8..28), 12),
    ) {
        let mut text = String::from("committee 1: name=Cabinet\n");
        for (position, day) in days.iter().enumerate() {
            let number = position + 1;
            let date = day.map(|day| format!("date=2024-10-{day:02}")).unwrap_or_default();
            writeln!(text, "meeting {number}: committee=1; {date}").unwrap();
            let number = i64::try_from(number).unwrap();
            // Only from a later number to an earlier, so that nothing comes after itself.
            let follows: Vec<String> = links
                .iter()
                .filter(|(from, to)| *from == number && to < from)
                .map(|(_, to)| to.to_string())
                .collect();
            let follows = follows.join(",");
            writeln!(text, "agenda-item {number}: meeting={number}; title=It; follows={follows}").unwrap();
        }
        let record = Record::of(&around(&text), Seen::Everything, today());
        // By hand: join what is linked until nothing changes.
        let mut group: Vec<i64> = (0..=12).collect();
        for _ in 0..12 {
            for (from, to) in links.iter().filter(|(from, to)| to < from) {
                let (from, to) = (usize::try_from(*from).unwrap(), usize::try_from(*to).unwrap());
                let least = group[from].min(group[to]);
                group[from] = least;
                group[to] = least;
            }
        }
        for item in 1..=12_i64 {
            let mine = group[usize::try_from(item).unwrap()];
            let expected: Vec<i64> = (1..=12_i64)
                .filter(|other| group[usize::try_from(*other).unwrap()] == mine)
                .collect();
            let steps = numbers(&record, item);
            let mut found = steps.clone();
            found.sort_unstable();
            prop_assert_eq!(found, expected);
            let dates: Vec<Date> = chain(&record, item)
                .iter()
                .filter_map(|step| step.date(&record))
                .collect();
            prop_assert!(dates.is_sorted());
        }
    }
}

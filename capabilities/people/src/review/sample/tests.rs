use std::collections::BTreeMap;

use stour_kernel::Environment;

use super::{lot, share};

#[test]
fn each_step_gets_its_share_and_a_small_one_leaves_its_own_to_the_others() {
    let environment = Environment::fixed("2026-11-24T09:00:00Z");
    let lots = |count: usize| {
        (0..count)
            .map(|_| {
                let link = environment.id::<crate::source::LinkId>();
                (lot(1, &link.to_string()), link)
            })
            .collect::<Vec<_>>()
    };
    let steps = BTreeMap::from([
        ("cross-check".to_owned(), lots(100)),
        ("exact".to_owned(), lots(3)),
        ("probabilistic".to_owned(), lots(50)),
    ]);
    let chosen = share(steps.clone(), 30);
    assert_eq!(chosen.len(), 30);
    let of = |step: &str| {
        steps[step]
            .iter()
            .filter(|(_, link)| chosen.contains(link))
            .count()
    };
    assert_eq!(
        (of("exact"), of("probabilistic"), of("cross-check")),
        (3, 14, 13)
    );
    assert_eq!(share(steps.clone(), 1_000).len(), 153);
    assert_eq!(share(BTreeMap::new(), 10), []);
    assert_eq!(share(steps, 0), []);
}

#[test]
fn chance_follows_from_the_seed_and_spreads_evenly() {
    assert_eq!(lot(7, "a"), lot(7, "a"));
    assert_ne!(lot(7, "a"), lot(8, "a"));
    let low = (0..4_000)
        .filter(|number| lot(1, &number.to_string()) < u64::MAX / 4)
        .count();
    assert!(
        (900..1_100).contains(&low),
        "{low} of 4,000 in the lowest quarter"
    );
}

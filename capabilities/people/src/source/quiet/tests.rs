use super::{Compared, Flow};

#[test]
fn less_than_half_of_the_least_of_four_weeks_is_quiet_where_enough_usually_comes() {
    let usually = |now, before| Flow { now, before }.usually();
    assert_eq!(usually(19, [40, 41, 90, 60]), Some(40));
    assert_eq!(usually(0, [10, 10, 10, 10]), Some(10));
    for (now, before) in [
        (20, [40, 41, 90, 60]),
        (0, [9, 40, 40, 40]),
        (0, [40, 40, 40, 0]),
        (400, [40, 40, 40, 40]),
        (0, [0; 4]),
    ] {
        assert_eq!(usually(now, before), None, "{now} after {before:?}");
    }
}

#[test]
fn what_comes_is_quieter_as_usual_or_too_few_to_say() {
    for (now, before, expected) in [
        (19, [40, 41, 90, 60], Compared::Quieter(40)),
        (20, [40, 41, 90, 60], Compared::Usual),
        (400, [10; 4], Compared::Usual),
        (0, [9, 40, 40, 40], Compared::TooFew),
        (50, [0; 4], Compared::TooFew),
    ] {
        assert_eq!(Flow { now, before }.compared(), expected);
    }
}

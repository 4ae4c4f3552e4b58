use super::{Answered, EDGES, PairAnswer, band};

#[test]
fn every_probability_has_one_band() {
    for (probability, expected) in [
        (0.0, 0),
        (0.49, 0),
        (0.5, 1),
        (0.9899, 3),
        (0.99, 4),
        (1.0, 6),
    ] {
        assert_eq!(band(probability), expected, "{probability}");
    }
    assert_eq!(band(-0.1), 0);
    assert_eq!(EDGES.len(), 7);
}

#[test]
fn answers_are_counted_with_what_was_predicted_of_them() {
    let mut answered = Answered::default();
    answered.add(Some(0.6), PairAnswer::Same);
    answered.add(Some(0.7), PairAnswer::Different);
    answered.add(None, PairAnswer::Same);
    let band = answered.bands[1];
    assert_eq!((band.same, band.different, band.all()), (1, 1, 2));
    assert!((band.predicted().unwrap() - 0.65).abs() < 1e-9);
    assert_eq!(answered.bands[0].predicted(), None);
}

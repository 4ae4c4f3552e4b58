use stour_statistics::Point;
use stour_statistics::xmr::{Annotation, Blank, Decision};

#[test]
fn a_rebase_needs_a_reason_and_a_name() {
    let decision = Decision::new(5, " A new ward opened ", "Head of performance").unwrap();
    assert_eq!(decision.reason(), "A new ward opened");
    assert_eq!((decision.at(), decision.by()), (5, "Head of performance"));
    assert_eq!(Decision::dates(&[decision]), [5]);
    assert_eq!(
        Decision::new(5, "  ", "Somebody").unwrap_err(),
        Blank::Reason
    );
    assert_eq!(Decision::new(5, "A new ward", "").unwrap_err(), Blank::Name);
    assert!(Blank::Reason.to_string().contains("what changed"));
}

#[test]
fn an_annotation_falls_on_the_first_point_from_its_date() {
    let points: Vec<Point<i32>> = [0, 10, 20].map(|at| Point { at, value: None }).to_vec();
    let annotations: Vec<Annotation<i32>> = [-5, 10, 11, 21]
        .into_iter()
        .map(|at| Annotation::new(at, "Team began").unwrap())
        .collect();
    let placed = Annotation::place(&annotations, &points);
    let found: Vec<Option<i32>> = placed.iter().map(|placed| placed.point).collect();
    assert_eq!(found, [Some(0), Some(10), Some(20), None]);
    assert_eq!(placed[0].words, "Team began");
    assert_eq!(Annotation::new(0, " ").unwrap_err(), Blank::Words);
}

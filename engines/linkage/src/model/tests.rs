use super::*;

#[test]
fn a_model_reads_back_as_it_was_written() {
    let model = Model::new(&["suburb"]).unwrap();
    assert_eq!(Model::from_json(&model.to_json()), Ok(model.clone()));
    assert_eq!(model.further().collect::<Vec<_>>(), ["suburb"]);
}

#[test]
fn shares_of_each_class_make_a_whole() {
    for comparison in &Model::new(&["suburb"]).unwrap().comparisons {
        if comparison.name == "name order" {
            continue;
        }
        let sum = |share: fn(&Level) -> f64| comparison.levels.iter().map(share).sum::<f64>();
        assert!(
            (sum(|level| level.m) - 1.0).abs() < 1e-6,
            "{} m",
            comparison.name
        );
        assert!(
            (sum(|level| level.u) - 1.0).abs() < 0.01,
            "{} u",
            comparison.name
        );
        assert!(
            (sum(|level| level.h) - 1.0).abs() < 0.01,
            "{} h",
            comparison.name
        );
    }
}

#[test]
fn what_is_no_model_is_refused() {
    let refused = |change: fn(&mut Model)| {
        let mut model = Model::new(&[]).unwrap();
        change(&mut model);
        Model::from_json(&model.to_json()).unwrap_err()
    };
    assert!(matches!(Model::from_json("[]"), Err(ModelError::Json(_))));
    assert!(matches!(
        refused(|model| model.comparisons.swap(0, 1)),
        ModelError::Comparison { place: 1, .. }
    ));
    assert!(matches!(
        refused(|model| model.comparisons[0].levels[0].m = 0.0),
        ModelError::Probability { .. }
    ));
    assert!(matches!(
        refused(|model| model.present = -1.0),
        ModelError::Number("present")
    ));
    assert_eq!(
        Model::new(&["x"; 22]).unwrap_err(),
        ModelError::TooManyColumns
    );
}

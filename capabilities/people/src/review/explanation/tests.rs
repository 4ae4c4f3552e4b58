use proptest::prelude::*;
use stour_design::Render as _;

use super::{Explanation, Part, in_sentence, percent, signed};

const STORED: &str = r#"{"model":"1","prior":-19.8,"weight":12.3,"probability":0.9998,
    "fields":[{"field":"given","words":"Given name: Cathy and Catherine are forms of one name","level":"nickname","bits":5.1,"frequency_bits":1.2},
              {"field":"date_of_birth","words":"Date of birth: the same","bits":28.5},
              {"field":"sex","words":"Sex: differs","bits":-0.5}],
    "household_bits":-1.0,"runner_up":{"weight":3.1},"step":"probabilistic","rule":null,"sentence":"It is likely."}"#;

#[test]
fn the_sum_of_a_stored_explanation_comes_to_its_weight() {
    let explanation = Explanation::read(Some(STORED)).unwrap();
    let chart = explanation.chart();
    assert_eq!(
        chart.title,
        "Date of birth speaks most for one person, sex against"
    );
    let last = chart.bars.last().unwrap();
    assert!((last.to.unwrap() - 12.3).abs() < 1e-9);
    assert_eq!(last.written, "+12.3");
    let labels: Vec<&str> = chart.bars.iter().map(|bar| bar.label.as_str()).collect();
    let expected = [
        "Before comparing",
        "Given",
        "Date of birth",
        "Sex",
        "Household",
        "All together",
    ];
    assert_eq!(labels, expected);
    let page = explanation.folded().into_string();
    for words in [
        "forms of one name",
        "+3.1 bits",
        "It is likely.",
        "99.98% that it is one person",
    ] {
        assert!(page.contains(words), "{words}");
    }
}

#[test]
fn an_abbreviation_stays_in_capitals_within_a_sentence() {
    let names = ["NHS number", "Date of birth", "", "É"].map(in_sentence);
    assert_eq!(names, ["NHS number", "date of birth", "", "É"]);
}

#[test]
fn what_cannot_be_read_is_no_explanation_and_what_is_absent_is_left_out() {
    assert_eq!(Explanation::read(None), None);
    assert_eq!(Explanation::read(Some("[1,")), None);
    let empty = Explanation::read(Some("{}")).unwrap();
    assert_eq!(
        empty.chart().title,
        "Nothing speaks for or against one person"
    );
    assert!(!empty.chart().render().into_string().contains("NaN"));
}

#[test]
fn numbers_keep_their_sign_and_do_not_round_to_certainty() {
    assert_eq!(
        [signed(5.12), signed(-0.3), signed(0.01)],
        ["+5.1", "−0.3", "0.0"]
    );
    assert_eq!(percent(0.5), "50%");
    assert_eq!(percent(0.9998), "99.98%");
    assert_eq!(percent(1.0), "100%");
}

proptest! {
    /// Whatever the parts: each bar begins where the one before ended, and the last is the weight.
    #[test]
    fn the_bars_are_one_sum(bits in proptest::collection::vec(-30.0_f64..30.0, 0..8), weight in -60.0_f64..60.0) {
        let fields = bits.iter().map(|bits| Part { field: "x".to_owned(), bits: *bits, ..Part::default() }).collect();
        let explanation = Explanation { weight: Some(weight), fields, prior: Some(-10.0), ..Explanation::default() };
        let bars = explanation.chart().bars;
        let (total, steps) = bars.split_last().unwrap();
        for pair in steps.windows(2) {
            prop_assert!((pair[0].to.unwrap() - pair[1].from).abs() < 1e-9);
        }
        prop_assert!((total.to.unwrap() - weight).abs() < 0.06);
    }
}

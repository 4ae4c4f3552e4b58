use super::block::Plan;
use crate::appraise::net_present_value;
use crate::case::{Case, Input};
use crate::random::Stream;

const SEED: u64 = 3;

/// The documentation's example with other uncertain inputs.
fn case(inputs: &[(&str, f64, f64)]) -> Case {
    let text = include_str!("../../../../docs/appraisal/reablement.toml");
    let agreed = text.split("[[uncertain]]").next().unwrap();
    let drawn: Vec<String> = inputs
        .iter()
        .map(|(input, low, high)| {
            format!("[[uncertain]]\ninput = \"{input}\"\ndistribution = \"uniform\"\nlow = {low}\nhigh = {high}\nsource = \"made up\"\n")
        })
        .collect();
    let text = agreed.to_owned() + &drawn.concat();
    Case::read(&text).unwrap_or_else(|wrong| panic!("{wrong}"))
}

#[test]
fn each_draw_is_the_case_with_what_was_drawn_written_in_it() {
    let case = case(&[
        ("bed-days.take_up", 0.1, 0.5),
        ("bed-days.impact", 1.0, 9.0),
        ("bed-days.unit_value", 200.0, 500.0),
        ("bed-days.deadweight", 0.0, 0.6),
        ("bed-days.drop_off", 0.0, 0.5),
        ("bed-days.lag", 0.0, 2.5),
        ("bed-days.optimism_bias", 0.0, 0.5),
        ("home-care.displacement", 0.0, 0.6),
        ("home-care.scale", 0.5, 1.5),
        ("over-75.population_scale", 0.8, 1.2),
        ("team.optimism_bias", 0.0, 0.9),
        ("team.scale", 0.5, 1.5),
        ("wellbeing.scale", 0.0, 3.0),
    ]);
    let outputs = Plan::new(&case, SEED, true).draw(0..700, &|_| {});
    for draw in [0, 1, 255, 256, 257, 511, 512, 699] {
        let changed = case.uncertain.iter().fold(case.clone(), |changed, one| {
            let unit = Stream::new(SEED, &one.input.to_string()).unit(super::index(draw));
            changed.with(&one.input, one.distribution.quantile(unit))
        });
        for (drawn, is_financial) in [(&outputs.financial, true), (&outputs.public_value, false)] {
            let expected = net_present_value(&changed, is_financial);
            let found = drawn[draw];
            assert!(
                (found - expected).abs() < 1e-3,
                "draw {draw}: {found} and {expected}"
            );
        }
        let last = outputs.cumulative.last().unwrap();
        assert!(
            (last[draw] - outputs.public_value[draw]).abs() < 1e-3,
            "draw {draw}"
        );
        let partners: f64 = outputs.partners.iter().map(|own| own[draw]).sum();
        assert!(
            (partners - outputs.public_value[draw]).abs() < 1e-3,
            "draw {draw}"
        );
        let net = outputs.benefits[draw] - outputs.costs[draw];
        assert!(
            (net - outputs.public_value[draw]).abs() < 1e-3,
            "draw {draw}"
        );
    }
}

#[test]
fn adding_an_uncertain_input_leaves_the_luck_of_the_others() {
    let one = case(&[("bed-days.impact", 1.0, 9.0)]);
    let two = case(&[
        ("bed-days.impact", 1.0, 9.0),
        ("wellbeing.scale", 1.0, 1.000_001),
    ]);
    let drawn = |case: &Case| Plan::new(case, SEED, false).draw(0..64, &|_| {}).financial;
    assert_eq!(drawn(&one), drawn(&two));
    assert_eq!(Input::all(&one), Input::all(&two));
}

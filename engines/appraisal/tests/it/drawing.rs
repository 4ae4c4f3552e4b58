use std::num::NonZeroUsize;

use stour_appraisal::{Case, Draws, Simulation, appraise, sensitivity, simulate};

use crate::document;

fn case() -> Case {
    Case::read(&document("reablement.toml")).unwrap_or_else(|wrong| panic!("{wrong}"))
}

fn draws(count: usize, seed: u64, threads: usize) -> Draws {
    let positive = |number| NonZeroUsize::new(number).unwrap();
    Draws {
        count: positive(count),
        seed,
        threads: positive(threads),
    }
}

fn drawn(case: &Case, count: usize, seed: u64, threads: usize) -> Simulation {
    simulate(case, draws(count, seed, threads), &|_| {})
}

#[test]
fn the_same_seed_gives_the_same_bits_on_any_number_of_threads() {
    let case = case();
    let bits = |threads| serde_json::to_string(&drawn(&case, 5_003, 11, threads)).unwrap();
    let one = bits(1);
    for threads in [2, 3, 7, 64] {
        assert_eq!(bits(threads), one, "{threads} threads");
    }
    assert_ne!(
        serde_json::to_string(&drawn(&case, 5_003, 12, 1)).unwrap(),
        one
    );
}

#[test]
fn the_fan_ends_where_the_draws_do_and_the_partners_sum_to_all() {
    let simulation = drawn(&case(), 20_000, 5, 2);
    let fan = simulation.fan.value.unwrap();
    let (last, all) = (
        fan.last().unwrap().cumulative.as_ref().unwrap(),
        simulation.public_value.unwrap(),
    );
    assert!((last.mean.as_i64() - all.mean.as_i64()).abs() <= 1);
    assert!((last.p90.as_i64() - all.p90.as_i64()).abs() <= 1);
    let partners: i64 = simulation
        .partners
        .iter()
        .map(|one| one.net_present_value.as_ref().unwrap().mean.as_i64())
        .sum();
    assert!((partners - all.mean.as_i64()).abs() <= 3);
    assert!((0.0..=1.0).contains(&all.probability_above_zero));
}

/// A case with nothing uncertain but these.
fn alone(uncertain: &str) -> Case {
    let text = document("reablement.toml");
    let text = text.split("[[uncertain]]").next().unwrap();
    Case::read(&format!("{text}{uncertain}")).unwrap_or_else(|wrong| panic!("{wrong}"))
}

#[test]
fn without_uncertainty_every_draw_is_the_agreed_case() {
    let case = alone("");
    let simulation = drawn(&case, 300, 1, 2);
    let spread = simulation.public_value.unwrap();
    assert_eq!(spread.p5, spread.p95);
    let agreed = sensitivity(&case, false).agreed.unwrap().as_i64();
    assert!((spread.mean.as_i64() - agreed).abs() <= 1);
    // Each rounded cell is at most half a penny away, and so is each of its present values.
    let rounded = appraise(&case)
        .unwrap()
        .public_value
        .net_present_value
        .as_i64();
    assert!((rounded - agreed).abs() <= 10, "{rounded} and {agreed}");
}

#[test]
fn a_mean_is_that_of_the_case_with_mean_inputs() {
    // Public value is linear in one input, so that its mean is the value at the input's mean.
    let uncertain = "[[uncertain]]\ninput = \"bed-days.impact\"\ndistribution = \"triangular\"\nlow = 1\nmode = 4\nhigh = 10\nsource = \"made up\"\n[[scenario]]\nid = \"mean\"\nname = \"made up\"\nsource = \"made up\"\nset = { \"bed-days.impact\" = 5.0 }\n";
    let case = alone(uncertain);
    let spread = drawn(&case, 200_000, 4, 2).public_value.unwrap();
    let at_mean = sensitivity(&case, false).scenarios[0]
        .net_present_value
        .unwrap()
        .as_i64();
    let error = spread.standard_deviation.as_i64() / 447;
    assert!(
        (spread.mean.as_i64() - at_mean).abs() < 4 * error,
        "{:?} and {at_mean}",
        spread.mean
    );
}

#[test]
fn a_declared_correlation_widens_what_is_added_and_narrows_what_is_taken_off() {
    let two = |rank: f64| {
        alone(&format!(
            "[[uncertain]]\ninput = \"bed-days.scale\"\ndistribution = \"uniform\"\nlow = 0\nhigh = 2\nsource = \"made up\"\n[[uncertain]]\ninput = \"home-care.scale\"\ndistribution = \"uniform\"\nlow = 0\nhigh = 2\nsource = \"made up\"\n[[correlation]]\nbetween = [\"bed-days.scale\", \"home-care.scale\"]\nrank = {rank}\nsource = \"made up\"\n"
        ))
    };
    let variance = |rank| {
        let spread = drawn(&two(rank), 100_000, 9, 2).financial.unwrap();
        let sd = crate::real(spread.standard_deviation.as_i64());
        sd * sd
    };
    // Of uniform numbers the rank correlation is Pearson's, so that the variance of the sum tells it.
    let (none, some, all) = (variance(0.0), variance(0.6), variance(1.0));
    let rank = (some - none) / (all - none);
    assert!((rank - 0.6).abs() < 0.01, "{rank}");
    assert!(variance(-0.6) < none);
}

#[test]
fn a_tornado_is_sorted_and_a_switching_value_leaves_nothing() {
    let case = case();
    for is_financial in [false, true] {
        let found = sensitivity(&case, is_financial);
        assert_eq!(found.tornado.len(), 5);
        assert!(
            found
                .tornado
                .windows(2)
                .all(|pair| pair[0].swing >= pair[1].swing)
        );
        let switching = found
            .switching
            .iter()
            .find(|one| one.input == "bed-days.impact")
            .unwrap();
        let at = switching.switches_at.value.unwrap();
        let changed = document("reablement.toml").replace("impact = 4", &format!("impact = {at}"));
        let changed = sensitivity(&Case::read(&changed).unwrap(), is_financial);
        assert!(
            changed.agreed.unwrap().as_i64().abs() <= 1,
            "{at}: {:?}",
            changed.agreed
        );
        let varied = found.one_at_a_time.value.unwrap();
        let team = varied.iter().find(|one| one.input == "team.scale").unwrap();
        assert!((team.low - 0.8).abs() < 1e-12 && team.at_low > team.at_high);
    }
}

#[test]
fn a_what_if_is_the_case_with_that_number_written_in_it() {
    let changed = case().what_if("bed-days.take_up", 0.25).unwrap();
    let written = document("reablement.toml").replace("take_up = 0.3", "take_up = 0.25");
    let told = |case: &Case| serde_json::to_string(&appraise(case).unwrap()).unwrap();
    assert_eq!(told(&changed), told(&Case::read(&written).unwrap()));
    for (input, value, reason) in [
        ("bed-days.take_up", 1.2, "it may be 0 to 1"),
        ("bed-days.take_up", f64::NAN, "it may be 0 to 1"),
        ("bed-days.luck", 1.0, "names no input of a line"),
        ("luck", 1.0, "names no input"),
        ("home-care.take_up", 0.3, "vary home-care.scale instead"),
        ("under-75.population_scale", 2.0, "no line has a cohort"),
    ] {
        let refused = case().what_if(input, value).unwrap_err();
        assert!(refused.contains(reason), "{refused}");
    }
}

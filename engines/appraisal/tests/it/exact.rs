//! Numbers where the obvious way to compute them is wrong.

use std::fmt::Write as _;
use std::num::NonZeroUsize;

use serde_json::Value;
use stour_appraisal::{
    Agreement, Case, Draws, Gap, appraise, close_gap, sensitivity, share, simulate,
};
use stour_kernel::Pence;

use crate::document;
use crate::funding::DEMAND;
use crate::hostile::{SCALE, TEAM, second_shift, with};

fn draws(count: usize) -> Draws {
    Draws {
        count: NonZeroUsize::new(count).unwrap(),
        seed: 2,
        threads: NonZeroUsize::MIN,
    }
}

#[test]
fn shifts_in_a_ring_move_what_was_there_before_any_of_them() {
    let ring = format!("{DEMAND}{}", second_shift("home-care", "homes", 50));
    let result = close_gap(&Gap::read(&ring).unwrap(), None, &|_| {}).unwrap();
    let [_, after] = result.years[1].settings["careland"];
    // Of 6,240 weeks less a tenth, a fifth goes; of 24,000 hours, half goes and none of it comes back.
    let hour = 25.0 * 1.02_f64.powi(4);
    let (weeks, hours) = (5_616.0 * 0.8, 12_000.0 + 5_616.0 * 0.2 * 14.0);
    let expected = weeks * 1_000.0 / (weeks * 1_000.0 + hours * hour);
    assert!((after - expected).abs() < 1e-12, "{after} and {expected}");
}

#[test]
fn shifts_that_are_drawn_never_make_a_need_negative() {
    let surely = |id: &str| {
        format!(
            "[[uncertain]]\ninput = \"{id}.percent\"\ndistribution = \"uniform\"\nlow = 99\nhigh = 100\nsource = \"made up\"\n"
        )
    };
    let (agreed, _) = DEMAND.split_once("[[uncertain]]").unwrap();
    let free = agreed.replace("exchange = 14", "exchange = 0");
    let two = format!(
        "{free}{}{}{}",
        second_shift("homes", "home-care", 50),
        surely("shift"),
        surely("second")
    );
    let result = close_gap(&Gap::read(&two).unwrap(), Some(draws(200)), &|_| {}).unwrap();
    let left = result.remaining.value.unwrap();
    // All weeks in homes are gone, and none is gone twice: what is left is the hours at home.
    let hours = 24_000.0 * 25.0 * 1.02_f64.powi(4) - 5_700_000.0;
    assert_eq!(left.p5, left.p95);
    assert_eq!(left.mean.as_i64(), crate::whole(hours * 100.0));
}

#[test]
fn the_parts_of_a_gap_add_up_to_the_penny() {
    let thirds = DEMAND
        .replace("rate = 5.2", "rate = 0.33333")
        .replace("rate = 20", "rate = 0.77777");
    let result = close_gap(&Gap::read(&thirds).unwrap(), None, &|_| {}).unwrap();
    for year in &result.years {
        let groups = Pence::checked_sum(year.groups.iter().map(|group| group.cost));
        assert_eq!(groups, Some(year.needed));
        let partners = Pence::checked_sum(year.partners.values().map(|[needs, _]| *needs));
        assert_eq!(partners, Some(year.needed));
    }
}

#[test]
fn a_half_of_a_penny_is_rounded_as_on_a_calculator() {
    // 45 × 1.3 = 58.5 exactly, and a little less as the product of two real numbers.
    for (pence, percent, expected) in [
        (45, 30, 59),
        (5, 10, 6),
        (35, 10, 39),
        (75, 2, 77),
        (50, 1, 51),
    ] {
        let (text, _) = with(
            &document("reablement.toml"),
            "percent = 10,",
            &format!("percent = {percent},"),
        );
        let (text, _) = with(&text, TEAM, &format!("{{ 2026 = \"£0.{pence:02}\" }}"));
        let found = appraise(&Case::read(&text).unwrap()).unwrap();
        let team = found.lines.iter().find(|line| line.id == "team").unwrap();
        assert_eq!(team.total, Pence::new(expected), "{pence} and {percent}%");
    }
}

#[test]
fn large_amounts_are_read_as_pounds_to_the_penny() {
    for amount in [
        "9284628042.30",
        "123456789.13",
        "9999999999.99",
        "45000000.01",
    ] {
        let (text, _) = with(
            &document("reablement.toml"),
            TEAM,
            &format!("{{ 2026 = {amount} }}"),
        );
        let (text, _) = with(&text, "percent = 10,", "percent = 0,");
        let found = appraise(&Case::read(&text).unwrap()).unwrap();
        let team = found.lines.iter().find(|line| line.id == "team").unwrap();
        assert_eq!(team.total, amount.parse().unwrap());
    }
    let (text, _) = with(
        &document("reablement.toml"),
        TEAM,
        "{ 2026 = 45000000.015 }",
    );
    assert!(Case::read(&text).is_err());
}

#[test]
fn nothing_is_paid_back_before_it_is_paid() {
    let (text, _) = with(
        &document("reablement.toml"),
        TEAM,
        "{ 2027 = 22, 2028 = 22 }",
    );
    let (text, _) = with(&text, "first_year = 2026", "first_year = 2027");
    let found = appraise(&Case::read(&text).unwrap()).unwrap();
    let back = &found.public_value.payback_year;
    assert_eq!(back.value.as_deref(), Some("2027/28"));
    assert_eq!(found.public_value.undiscounted_payback_year, *back);
}

#[test]
fn the_words_of_a_year_without_take_up_still_count_its_people() {
    let (text, _) = with(
        &document("reablement.toml"),
        "first_year = 2027",
        "first_year = 2026",
    );
    let found = appraise(&Case::read(&text).unwrap()).unwrap();
    let hours = found
        .lines
        .iter()
        .find(|line| line.id == "home-care")
        .unwrap();
    let words = &hours.cells[0].words;
    assert!(words.starts_with("1,000 people × 0% take-up"), "{words}");
}

#[test]
fn a_ratio_of_draws_in_which_nothing_is_paid_is_not_made_up() {
    let (text, _) = with(
        &document("reablement.toml"),
        SCALE,
        "distribution = \"normal-interval\"\np10 = 0\np90 = 1",
    );
    let found = simulate(&Case::read(&text).unwrap(), draws(1_000), &|_| {});
    let ratio = found.benefit_cost_ratio;
    assert!(ratio.value.is_none());
    let why_not = ratio.why_not.unwrap();
    assert!(why_not.starts_with("nothing is paid in "), "{why_not}");
    assert!(found.public_value.is_some());
}

#[test]
fn partners_who_share_by_thirds_sum_to_all_in_every_draw() {
    let (text, _) = with(
        &document("reablement.toml"),
        "{ council = 0.6, nhs = 0.4 }",
        "{ council = 0.3333333, nhs = 0.6666662 }",
    );
    let (text, _) = with(&text, TEAM, "{ 2026 = 10000000000 }");
    let found = simulate(&Case::read(&text).unwrap(), draws(500), &|_| {});
    let of = |id: &str| {
        let partner = found.partners.iter().find(|one| one.id == id).unwrap();
        partner.net_present_value.as_ref().unwrap().mean.as_i64()
    };
    let all = found.public_value.unwrap().mean.as_i64();
    // Each is rounded; of shares that sum to 0.9999995 half a million pence would be missing.
    assert!((of("council") + of("nhs") + of("people") - all).abs() <= 3);
}

#[test]
fn inputs_that_always_go_together_or_apart_are_drawn() {
    for rank in ["1.0", "-1.0", "0.999999999"] {
        let (text, _) = with(
            &document("reablement.toml"),
            "rank = 0.6",
            &format!("rank = {rank}"),
        );
        let found = simulate(&Case::read(&text).unwrap(), draws(100), &|_| {});
        assert!(found.public_value.is_some(), "{rank}");
    }
}

#[test]
fn equal_remainders_go_to_the_partner_whose_id_is_first() {
    let text = document("agreement.toml")
        .replace("£6,270,000.00", "£4.00")
        .replace("£3,500,000.00", "£4.00")
        .replace("-£365,000.00", "£0.00")
        .replace("£10,000,000.00", "£0.03")
        .replace("£12,540,000.00", "£8.00");
    let told = serde_json::to_value(share(&Agreement::read(&text).unwrap()).unwrap()).unwrap();
    let fees: Vec<&Value> = told["partners"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["fee"])
        .collect();
    assert_eq!(
        (&told["partners"][0]["id"], fees),
        (
            &Value::from("council"),
            vec![&Value::from(2), &Value::from(1)]
        )
    );
}

#[test]
fn a_step_says_in_words_and_proportions_which_one_is_reached() {
    let (text, _) = with(
        &document("agreement.toml"),
        "function = \"linear\" ",
        "function = \"step\"\nstep = [{ reached = 0.5, payable = 0.4 }, { reached = 0.8, payable = 1 }] ",
    );
    let pack = share(&Agreement::read(&text).unwrap()).unwrap();
    assert_eq!(
        pack.words,
        "40% of £10,000,000.00, since £9,405,000.00 is at least 50% of £12,540,000.00 = £4,000,000.00"
    );
    let told = serde_json::to_value(&pack).unwrap();
    assert_eq!(told["guarantee"]["steps"][0]["reached"], 0.5);
}

#[test]
fn four_hundred_years_are_worked_out_and_sum() {
    let text = document("programme-2024.toml")
        .replace("last_year = 2027", "last_year = 2424")
        .replace("2027 = ", "2424 = ");
    let found = appraise(&Case::read(&text).unwrap()).unwrap();
    // 30 years at 3.5%, 45 at 3%, 50 at 2.5%, 75 at 2%, 100 at 1.5% and 100 at 1%.
    let factor = 1.035_f64.powi(-30)
        * 1.03_f64.powi(-45)
        * 1.025_f64.powi(-50)
        * 1.02_f64.powi(-75)
        * 1.015_f64.powi(-100)
        * 1.01_f64.powi(-100);
    assert_eq!(
        found.financial.benefits.as_i64(),
        crate::whole(360_000_000.0 * factor)
    );
    assert_eq!(found.factors.len(), 401);
}

/// A case of so many lines and partners, and one number in each line.
fn large(lines: usize, partners: usize, take_up: f64) -> String {
    let text = document("reablement.toml");
    let (head, _) = text.split_once("[[line]]").unwrap();
    let (_, home_care) = text.split_once("[[line]]\nid = \"home-care\"").unwrap();
    let (home_care, _) = home_care.split_once("[[line]]").unwrap();
    let mut whole = head.to_owned();
    for place in 0..partners {
        write!(
            whole,
            "[[partner]]\nid = \"p{place}\"\nname = \"One\"\nkind = \"agency\"\n"
        )
        .unwrap();
    }
    for place in 0..lines {
        let line = home_care
            .replace("home care hours", &format!("home care hours {place}"))
            .replace("[0.0, 0.3, 0.35]", &take_up.to_string());
        write!(whole, "[[line]]\nid = \"line-{place}\"{line}").unwrap();
    }
    whole
}

#[test]
fn a_case_of_many_lines_ends_soon_and_one_of_too_many_says_so() {
    let case = Case::read(&large(3_000, 0, 0.3)).unwrap();
    assert_eq!(appraise(&case).unwrap().lines.len(), 3_000);
    assert_eq!(sensitivity(&case, false).switching.len(), 27_001);
    let refused = Case::read(&large(3_000, 0, -1.0)).unwrap_err();
    assert_eq!(refused.0.len(), 3_000);
    let refused = Case::read(&large(1, 99, 0.3)).unwrap_err();
    assert!(
        refused.to_string().contains("more than 100 partners"),
        "{refused}"
    );
    let long = large(1_001, 0, 0.3).replace("last_year = 2028\nprice", "last_year = 2525\nprice");
    let refused = Case::read(&long.replace("[1000, 1020, 1040]", "1000")).unwrap_err();
    assert!(
        refused.to_string().contains("has 1001 lines of 500 years"),
        "{refused}"
    );
}

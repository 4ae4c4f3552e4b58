use std::num::NonZeroUsize;

use stour_appraisal::{Agreement, Case, Draws, Gap, appraise, close_gap, share};
use stour_kernel::Pence;

use crate::document;

fn million(tenths: i64) -> Pence {
    Pence::from_pounds(tenths * 100_000).unwrap()
}

fn closed(text: &str, draws: Option<Draws>) -> stour_appraisal::GapResult {
    let gap = Gap::read(text).unwrap_or_else(|wrong| panic!("{wrong}"));
    close_gap(&gap, draws, &|_| {}).unwrap()
}

#[test]
fn the_baseline_and_gap_of_2013_are_reproduced() {
    let result = closed(&document("gap-2013.toml"), None);
    assert_eq!(result.years[0].needed, million(12_056));
    assert_eq!(result.years[0].gap, Pence::ZERO);
    assert_eq!(result.years[1].gap, million(1_100));
    // (1,315.6 ÷ 1,205.6) to the fourth root: 2.21% a year.
    assert!((result.yearly_growth.value.unwrap() - 0.022_068).abs() < 1e-5);
    let steps: Vec<i64> = result
        .waterfall
        .iter()
        .map(|step| step.amount.as_i64())
        .collect();
    // 110.0 less 5% of 1,205.6, which is 60.28, leaves 49.72.
    assert_eq!(steps, [11_000_000_000, -6_028_000_000, 0, 4_972_000_000]);
    let why_not = result.years[0].needed_restated.why_not.as_deref().unwrap();
    assert!(why_not.contains("without a [deflator]"), "{why_not}");
}

#[test]
fn pounds_of_2013_are_shown_in_prices_of_2024_with_the_series_that_is_named() {
    // An invented series: the ratio is what is tested.
    let text = document("gap-2013.toml");
    let deflator = "[deflator]\nname = \"Invented\"\nsource = \"this test\"\ndated = \"2026-01-01\"\nyears = \"financial\"\nindex = { 2013 = 80.0, 2024 = 110.0 }\n[gap]\n";
    let result = closed(&text.replacen("[gap]\n", deflator, 1), None);
    assert_eq!(
        result.years[0].needed_restated.value,
        Some(Pence::new(165_770_000_000))
    );
}

pub(crate) const DEMAND: &str = r#"
[gap]
title = "Made up"
source = "made up"
years = "calendar"
at = [2026, 2030]
price_base = 2026
partners = ["council"]
[[budget]]
id = "budget"
name = "Budget"
partner = "council"
amounts = ["£5,700,000.00", "£5,700,000.00"]
source = "made up"
[[demand]]
id = "homes"
name = "Weeks in care homes"
partner = "council"
setting = "careland"
age = "85 and over"
need = "high"
population = [1000, 1200]
rate = 5.2
unit_cost = "£1,000.00"
unit_cost_growth_percent = 0
source = "made up"
[[demand]]
id = "home-care"
name = "Hours at home"
partner = "council"
setting = "communityland"
age = "85 and over"
need = "some"
population = [1000, 1200]
rate = 20
unit_cost = "£25.00"
unit_cost_growth_percent = 2
source = "made up"
[[measure]]
id = "prevent"
name = "Fewer need a home"
does = "prevention"
on = ["homes"]
percent = 10
phase = [0, 1]
source = "made up"
[[measure]]
id = "shift"
name = "Home instead of a home"
does = "shift"
on = ["homes"]
to = "home-care"
exchange = 14
percent = 20
phase = [0, 1]
source = "made up"
[[uncertain]]
input = "prevent.percent"
distribution = "triangular"
low = 0
mode = 10
high = 20
source = "made up"
"#;

#[test]
fn demand_measures_and_their_interaction_add_up() {
    let draws = Draws {
        count: NonZeroUsize::new(2_000).unwrap(),
        seed: 3,
        threads: NonZeroUsize::MIN,
    };
    let result = closed(DEMAND, Some(draws));
    let hour = 25.0 * 1.02_f64.powi(4);
    let homes = 1_200.0 * 5.2;
    let needed = homes * 1_000.0 + 1_200.0 * 20.0 * hour;
    let near =
        |found: Pence, pounds: f64| (found.as_i64() - crate::whole(pounds * 100.0)).abs() <= 1;
    assert!(
        near(result.years[1].needed, needed),
        "{:?}",
        result.years[1]
    );
    let steps: Vec<Pence> = result.waterfall.iter().map(|step| step.amount).collect();
    assert!(near(steps[1], -homes * 100.0));
    assert!(near(steps[2], homes * 0.2 * (14.0 * hour - 1_000.0)));
    // A tenth fewer come, so that a tenth less is moved.
    assert!(near(steps[3], -homes * 0.02 * (14.0 * hour - 1_000.0)));
    let sum = Pence::checked_sum(steps[..4].iter().copied());
    assert_eq!(sum, Some(steps[4]));
    let [before, after] = result.years[1].settings["careland"];
    assert!(before > 0.9 && after < before, "{before} {after}");
    let spread = result.remaining.value.unwrap();
    assert!(spread.p10 < steps[4] && steps[4] < spread.p90);
}

#[test]
fn stage_1_of_2013_costs_what_the_bid_says() {
    let case = Case::read(&document("programme-2013.toml")).unwrap();
    let appraisal = appraise(&case).unwrap();
    assert_eq!(
        appraisal.financial.costs,
        Pence::from_pounds(2_419_700).unwrap()
    );
    assert_eq!(appraisal.financial.benefits, Pence::ZERO);
}

#[test]
fn the_published_benefit_of_2024_is_worth_less_today() {
    let case = Case::read(&document("programme-2024.toml")).unwrap();
    let appraisal = appraise(&case).unwrap();
    // £3,600,000 ÷ 1.035³.
    assert_eq!(appraisal.financial.benefits, Pence::new(324_699_374));
    let why_not = appraisal.financial.benefit_cost_ratio.why_not.unwrap();
    assert_eq!(why_not, "nothing is paid");
}

#[test]
fn a_fee_is_shared_by_benefit_and_the_pack_says_why() {
    let agreement = Agreement::read(&document("agreement.toml")).unwrap();
    let pack = share(&agreement).unwrap();
    // 6,270,000 + 3,500,000 − 365,000 = 9,405,000: three quarters of 12,540,000.
    assert_eq!(pack.counted_benefit, Pence::from_pounds(9_405_000).unwrap());
    assert_eq!(pack.payable, Pence::from_pounds(7_500_000).unwrap());
    let fees: Vec<(&str, i64)> = pack
        .partners
        .iter()
        .map(|one| (one.id.as_str(), one.fee.as_i64()))
        .collect();
    assert_eq!(fees, [("council", 250_000_000), ("nhs", 500_000_000)]);
    let same_day = pack
        .measures
        .iter()
        .find(|measure| measure.id == "same-day")
        .unwrap();
    assert_eq!(
        same_day.why_not.as_deref(),
        Some("it has been sustained for 6 weeks of 13")
    );
}

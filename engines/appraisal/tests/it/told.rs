//! What pages show of the documents: inputs, shares, and everything in words.

use stour_appraisal::{
    Agreement, Appraisal, BenefitStatus, Case, FeeFunction, Gap, InputValue, Notation, appraise,
    close_gap, share,
};
use stour_kernel::Pence;

use crate::document;
use crate::hostile::with;

fn case() -> Case {
    Case::read(&document("reablement.toml")).unwrap()
}

fn input<'i>(inputs: &'i [InputValue], name: &str) -> &'i InputValue {
    inputs.iter().find(|input| input.name == name).unwrap()
}

#[test]
fn a_case_says_its_heading() {
    let case = case();
    assert_eq!(case.title(), "Reablement at the front door (made up)");
    assert_eq!(case.year_labels(), ["2026/27", "2027/28", "2028/29"]);
    assert_eq!(
        (case.base_year().as_str(), case.price_base().as_str()),
        ("2026/27", "2026/27")
    );
    assert_eq!(
        case.partners(),
        [
            ("council", "The council"),
            ("nhs", "The NHS"),
            ("people", "People who use services")
        ]
    );
}

#[test]
fn every_input_that_can_be_varied_is_listed_as_agreed() {
    let inputs = case().inputs();
    let names: Vec<&str> = inputs.iter().map(|input| input.name.as_str()).collect();
    let expected = [
        "over-75.population_scale",
        "bed-days.scale",
        "bed-days.take_up",
        "bed-days.impact",
        "bed-days.unit_value",
        "bed-days.deadweight",
        "bed-days.displacement",
        "bed-days.drop_off",
        "bed-days.lag",
        "bed-days.optimism_bias",
        "home-care.scale",
        "home-care.impact",
        "home-care.unit_value",
        "home-care.deadweight",
        "home-care.displacement",
        "home-care.drop_off",
        "home-care.lag",
        "home-care.optimism_bias",
        "team.scale",
        "team.optimism_bias",
        "wellbeing.scale",
        "wellbeing.optimism_bias",
    ];
    assert_eq!(names, expected);
    let impact = input(&inputs, "bed-days.impact");
    assert_eq!(impact.of, "Days in hospital not needed");
    assert_eq!(impact.what, "impact: hospital days each");
    assert_eq!(
        (impact.agreed, impact.least, impact.written),
        (4.0, 0.0, Notation::Number)
    );
    let value = input(&inputs, "bed-days.unit_value");
    assert_eq!((value.agreed, value.written), (350.0, Notation::Pounds));
    assert_eq!(
        (value.what.as_str(), value.most),
        ("unit value in pounds", 1.0e10)
    );
    let people = input(&inputs, "over-75.population_scale");
    assert_eq!(people.of, "People of 75 and over who leave hospital");
    assert_eq!(
        (people.what.as_str(), people.agreed),
        ("population, as a multiple", 1.0)
    );
    let take_up = input(&inputs, "bed-days.take_up");
    assert_eq!(
        (take_up.agreed, take_up.most, take_up.written),
        (0.3, 1.0, Notation::Proportion)
    );
    let bias = input(&inputs, "team.optimism_bias");
    assert_eq!(
        (bias.agreed, bias.most, bias.written),
        (0.1, 100.0, Notation::Proportion)
    );
}

#[test]
fn each_input_listed_is_one_that_a_what_if_takes() {
    let case = case();
    let agreed = appraise(&case).unwrap().public_value.net_present_value;
    for input in case.inputs() {
        let same = case.what_if(&input.name, input.agreed).unwrap();
        let net = appraise(&same).unwrap().public_value.net_present_value;
        assert_eq!(net, agreed, "{}", input.name);
        case.what_if(&input.name, input.least).unwrap();
        case.what_if(&input.name, input.most).unwrap();
        assert!(case.what_if(&input.name, input.most * 2.0 + 1.0).is_err());
    }
}

fn portions(found: &Appraisal, id: &str) -> Vec<(String, f64, i64)> {
    let line = found.lines.iter().find(|line| line.id == id).unwrap();
    let shared = line.shared.iter();
    shared
        .map(|one| (one.partner.clone(), one.share, one.present_value.as_i64()))
        .collect()
}

#[test]
fn a_line_says_who_pays_or_gains_it() {
    let found = appraise(&case()).unwrap();
    let (council, nhs) = ("council".to_owned(), "nhs".to_owned());
    assert_eq!(
        portions(&found, "team"),
        [
            (council.clone(), 0.6, 39_463_561),
            (nhs.clone(), 0.4, 26_309_041)
        ]
    );
    assert_eq!(
        portions(&found, "bed-days"),
        [(nhs.clone(), 1.0, 58_213_582)]
    );
    for line in &found.lines {
        let shared = line.shared.iter().map(|one| one.present_value);
        assert_eq!(
            Pence::checked_sum(shared),
            Some(line.present_value),
            "{}",
            line.id
        );
    }
    let (text, _) = with(
        &document("reablement.toml"),
        "{ council = 0.6, nhs = 0.4 }",
        "{ council = 1.0, nhs = 0.0 }",
    );
    let found = appraise(&Case::read(&text).unwrap()).unwrap();
    assert_eq!(portions(&found, "team"), [(council, 1.0, 65_772_602)]);
}

#[test]
fn evidence_and_optimism_are_told_in_words() {
    let told = |case: &Case, id: &str| {
        let found = appraise(case).unwrap();
        let line = found.lines.into_iter().find(|line| line.id == id).unwrap();
        (line.evidence_words, line.optimism_words)
    };
    let words = |words: &str| Some(words.to_owned());
    let case = case();
    assert_eq!(
        told(&case, "bed-days"),
        (
            words("matched comparison, level 2 of 5"),
            "25%, made up".to_owned()
        )
    );
    assert_eq!(told(&case, "team"), (None, "10%, made up".to_owned()));
    assert_eq!(
        told(&case, "wellbeing").0,
        words("none: nothing was studied")
    );
    let other = case.what_if("team.optimism_bias", 0.4).unwrap();
    assert_eq!(
        told(&other, "team").1,
        "40% in place of what is agreed, 10%, made up"
    );
    let table = "[optimism_by_evidence]\nname = \"Ours\"\nsource = \"us\"\ndated = \"2026\"\nlevel = [{ level = 2, percent = 15 }]\n[[partner]]";
    let text = document("reablement.toml").replacen("[[partner]]", table, 1);
    let text = text.replace(
        "{ percent = 25, source = \"made up\" }",
        "{ by_evidence = true }",
    );
    assert_eq!(
        told(&Case::read(&text).unwrap(), "bed-days").1,
        "by the level of evidence: 15%, Ours, us (2026): evidence of level 2"
    );
    let project = "{ vintage = \"mott-macdonald-2002\", project = \"outsourcing\", measure = \"operating-cost\", managed = 0.5 }";
    let text =
        document("reablement.toml").replace("{ percent = 10, source = \"made up\" }", project);
    let words = told(&Case::read(&text).unwrap(), "team").1;
    assert!(
        words.starts_with("by the type of project: 20.5%, HM Treasury"),
        "{words}"
    );
}

#[test]
fn an_appraisal_says_what_discounts_it_and_what_deflates_it() {
    let found = appraise(&case()).unwrap();
    assert_eq!(found.discount.vintage, "green-book-2026");
    assert_eq!(
        (
            found.discount.basis.0.as_str(),
            found.discount.dated.as_str()
        ),
        ("standard", "2026-02-05")
    );
    assert!(found.discount.source.starts_with("HM Treasury"));
    let series = found.nominal.series.unwrap();
    assert_eq!(
        (series.name.as_str(), series.source.as_str()),
        ("Made-up prices", "this example")
    );
    assert_eq!(series.dated, "2026-04-01");
    let years = found.nominal.years.value.unwrap();
    assert_eq!((years[1].year.as_str(), years[1].index), ("2027/28", 1.02));
    let other = appraise(&Case::read(&document("programme-2024.toml")).unwrap()).unwrap();
    assert_eq!(
        (other.nominal.series, other.nominal.years.value),
        (None, None)
    );
}

#[test]
fn a_pack_says_its_guarantee() {
    let text = document("agreement.toml");
    let pack = share(&Agreement::read(&text).unwrap()).unwrap();
    let guarantee = &pack.guarantee;
    assert_eq!(guarantee.fee, Pence::from_pounds(10_000_000).unwrap());
    assert_eq!(guarantee.benefit, Pence::from_pounds(12_540_000).unwrap());
    assert_eq!((guarantee.cap, guarantee.steps.len()), (None, 0));
    assert_eq!(guarantee.function, FeeFunction::Linear);
    assert_eq!(
        guarantee.function.words(),
        "in proportion to the benefit, up to the whole fee"
    );
    assert_eq!(
        FeeFunction::OneToOne.words(),
        "a pound of fee for each pound of benefit, up to the whole fee"
    );
    let counts: Vec<&str> = guarantee.counts.iter().map(|one| one.words()).collect();
    assert_eq!(counts, ["operational", "cashable"]);
    assert_eq!(guarantee.sustained_weeks, 13);
    assert_eq!(
        guarantee.signed_by,
        ["Director of finance", "Chief finance officer"]
    );
    assert_eq!(pack.measures[0].status, BenefitStatus::Operational);
    assert_eq!(BenefitStatus::Identified.words(), "identified");
    let (text, _) = with(
        &text,
        "function = \"linear\" ",
        "function = \"step\"\nstep = [{ reached = 0.8, payable = 0.5 }] ",
    );
    let pack = share(&Agreement::read(&text).unwrap()).unwrap();
    let step = pack.guarantee.steps[0];
    assert_eq!((step.reached(), step.payable()), (0.8, 0.5));
    assert_eq!(
        step.words(),
        "from 80% of the guaranteed benefit on, 50% of the fee"
    );
    assert!(pack.guarantee.function.words().contains("each step"));
}

#[test]
fn a_gap_says_its_prices() {
    let gap = Gap::read(&document("gap-2013.toml")).unwrap();
    let found = close_gap(&gap, None, &|_| {}).unwrap();
    assert_eq!(found.price_base, "2013/14");
    assert_eq!(found.shown_in.as_deref(), Some("2024/25"));
}

#[test]
fn what_is_stated_where_it_is_not_drawn_is_told() {
    let text = document("reablement.toml");
    assert!(Case::read(&text).unwrap().outside_their_draws().is_empty());
    let moved = text.replace("take_up = 0.3\n", "take_up = 0.2\n");
    let case = Case::read(&moved).unwrap();
    let outside = case.outside_their_draws();
    assert_eq!(outside.len(), 1);
    let one = &outside[0];
    assert_eq!(one.input, "bed-days.take_up");
    assert!((one.stated - 0.2).abs() < 1e-12);
    assert!((one.low - 0.22).abs() < 1e-9 && (one.high - 0.36).abs() < 1e-9);
}

#[test]
fn what_is_stated_at_an_end_of_the_range_is_not_outside_it() {
    let text = document("reablement.toml");
    // The formula of the ends gives 0.010000000000000009 for the lower one.
    let text = text.replace("p10 = 0.22\np90 = 0.36", "p10 = 0.01\np90 = 0.26");
    let text = text.replace("take_up = 0.3\n", "take_up = 0.01\n");
    let case = Case::read(&text).unwrap();
    assert!(case.outside_their_draws().is_empty());
    let below = text.replace("take_up = 0.01\n", "take_up = 0.0099\n");
    assert_eq!(Case::read(&below).unwrap().outside_their_draws().len(), 1);
}

#[test]
fn a_text_that_nobody_would_read_is_refused() {
    let long = "x".repeat(2_001);
    let text = document("reablement.toml").replace("A reablement team", &long);
    let refused = Case::read(&text).unwrap_err();
    assert!(
        refused.to_string().contains("at most 2000 characters"),
        "{refused}"
    );
}

#[test]
fn what_is_reached_in_the_last_year_is_the_net_present_value() {
    for name in [
        "reablement.toml",
        "programme-2013.toml",
        "programme-2024.toml",
    ] {
        let found = appraise(&Case::read(&document(name)).unwrap()).unwrap();
        let reached = found.reached();
        assert_eq!(reached.len(), found.factors.len());
        let last = reached.last().unwrap().1;
        assert_eq!(last, found.public_value.net_present_value, "{name}");
    }
    let found = appraise(&case()).unwrap();
    // Days in hospital of the first year less what the team costs.
    assert_eq!(found.reached()[0].1, Pence::new(12_857_143 - 19_800_000));
}

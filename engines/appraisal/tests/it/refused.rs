//! Bad documents are refused with the line and the reason.

use stour_appraisal::{Agreement, Case, Gap};

use crate::document;

/// The example with one text in place of another, and the line on which the first stood.
fn with(name: &str, old: &str, new: &str) -> (String, usize) {
    let text = document(name);
    let at = text
        .find(old)
        .unwrap_or_else(|| panic!("{name} has no {old:?}"));
    let line = text.get(..at).unwrap().matches('\n').count() + 1;
    (text.replacen(old, new, 1), line)
}

/// What is put in place of what, and the reason that is expected.
const WRONG: &[(&str, &str, &str)] = &[
    (
        "{ council = 0.6, nhs = 0.4 }",
        "{ council = 0.6, nhs = 0.5 }",
        "the shares of team sum to 1.1, not to 1",
    ),
    (
        "{ council = 0.6, nhs = 0.4 }",
        "{ council = 1.4, nhs = -0.4 }",
        "must not be",
    ),
    (
        "{ council = 0.6, nhs = 0.4 }",
        "\"police\"",
        "no partner of the case",
    ),
    (
        "take_up = 0.3",
        "take_up = -0.1",
        "take_up of bed-days is -0.1: it must not be negative",
    ),
    ("take_up = 0.3", "take_up = 1.3", "must not be above 1"),
    (
        "take_up = 0.3",
        "take_up = [0.3]",
        "has 1 numbers, the case has 3 years",
    ),
    (
        "claims = \"home care hours of people over 75\"",
        "claims = \"Hospital days of people over 75 \"",
        "home-care and bed-days both claim",
    ),
    (
        "evidence = \"before-and-after\"",
        "evidence = \"hearsay\"",
        "no design of a study",
    ),
    (
        "vintage = \"green-book-2026\"",
        "vintage = \"green-book-1997\"",
        "no discount table is called",
    ),
    (
        "basis = \"standard\"",
        "basis = \"rapid\"",
        "has no rates called",
    ),
    (
        "unit_value = \"£350.00\"",
        "unit_value = \"-£350.00\"",
        "must not be negative",
    ),
    (
        "unit_value = \"£350.00\"",
        "unit_value = \"dear\"",
        "amount",
    ),
    (
        "price_base = 2025",
        "price_base = 1999",
        "has no index for 1999",
    ),
    (
        "years = \"financial\"\nindex",
        "years = \"calendar\"\nindex",
        "name the other series",
    ),
    ("last_year = 2028", "last_year = 2020", "at least one year"),
    ("id = \"home-care\"", "id = \"bed-days\"", "is used twice"),
    ("rank = 0.6", "rank = 1.6", "it is from -1 to 1"),
    ("high = 6\nsource", "high = 1\nsource", "not in order"),
    (
        "input = \"team.scale\"",
        "input = \"team.impact\"",
        "vary team.scale instead",
    ),
    ("cashable = 0.4", "cashable = 1.4", "must not be above 1"),
    ("layer = \"social\"", "layer = \"fiscal\"", "not an agency"),
    (
        "cohort = \"over-75\"",
        "cohort = \"over-57\"",
        "which the case does not have",
    ),
    (
        "unit = \"hours each\"",
        "unit = \"hours each\"\nguess = 1",
        "unknown field `guess`",
    ),
];

#[test]
fn a_case_that_cannot_be_right_is_refused_with_its_line() {
    for (old, new, reason) in WRONG {
        let (text, line) = with("reablement.toml", old, new);
        let refused = Case::read(&text).expect_err(new);
        let found = refused
            .0
            .iter()
            .find(|mistake| mistake.reason.contains(reason));
        let found = found.unwrap_or_else(|| panic!("{new}: {refused}"));
        // A mistake of several lines may be told at the first, or at the table that holds it.
        assert!(
            found.line.abs_diff(line) <= 8,
            "{new}: line {} and not {line}",
            found.line
        );
    }
}

#[test]
fn the_line_of_a_number_is_its_own() {
    for (old, new) in [
        ("take_up = 0.3", "take_up = -0.1"),
        ("deadweight = 0.2", "deadweight = 2"),
        ("cashable = 0.4", "cashable = -1"),
    ] {
        let (text, line) = with("reablement.toml", old, new);
        let refused = Case::read(&text).unwrap_err();
        assert_eq!(refused.0[0].line, line, "{refused}");
    }
}

#[test]
fn nothing_that_is_left_out_is_filled_in() {
    for (gone, reason) in [
        ("base_year = 2026\n", "the case has no base_year"),
        (
            "price_base = 2026\n\n[discount]",
            "the case has no price_base",
        ),
        (
            "price_base = 2025\n",
            "bed-days has amounts without a price_base",
        ),
        (
            "optimism_bias = { percent = 25, source = \"made up\" }\n",
            "bed-days has no optimism_bias",
        ),
        ("cashable = 0.4\n", "say which part is cashable"),
        (
            "claims = \"hospital days of people over 75\"\n",
            "does not say what change it claims",
        ),
        (
            "evidence = \"matched-comparison\"\n",
            "does not say its evidence",
        ),
        ("deadweight = 0.2\n", "does not say its deadweight"),
        ("drop_off = 0.1\n", "does not say its drop_off"),
        ("gained_by = \"nhs\"\n", "does not say gained_by"),
        (
            "[discount]\nvintage = \"green-book-2026\"\nbasis = \"standard\"\n",
            "the case has no [discount]",
        ),
        ("take_up = 0.3\n", "missing field `take_up`"),
        ("basis = \"standard\"\n", "missing field `basis`"),
        ("years = \"financial\"\nbase", "missing field `years`"),
    ] {
        let kept = ["[discount]", "base"]
            .into_iter()
            .find(|kept| gone.ends_with(kept))
            .unwrap_or("");
        let (text, _) = with("reablement.toml", gone, kept);
        let refused = Case::read(&text).expect_err(gone);
        assert!(
            refused
                .0
                .iter()
                .any(|mistake| mistake.reason.contains(reason)),
            "{gone}: {refused}"
        );
    }
}

#[test]
fn a_discount_table_of_ones_own_has_no_holes() {
    let own = |bands: &str| {
        let table = format!(
            "vintage = \"ours\"\nbasis = \"standard\"\ndated = \"2026-01-01\"\nsource = \"made up\"\n[[discount.table]]\nname = \"standard\"\nband = [{bands}]\n[[discount.table]]\nname = \"health\"\nband = [{{ from = 0, percent = 1.5 }}]\n"
        );
        with(
            "reablement.toml",
            "vintage = \"green-book-2026\"\nbasis = \"standard\"\n",
            &table,
        )
        .0
    };
    assert!(
        Case::read(&own(
            "{ from = 0, to = 1, percent = 3 }, { from = 2, percent = 4 }"
        ))
        .is_ok()
    );
    for (bands, reason) in [
        (
            "{ from = 0, to = 0, percent = 3 }, { from = 2, percent = 4 }",
            "has a hole: no rate for years 1 to 1",
        ),
        (
            "{ from = 1, percent = 3 }",
            "has a hole: no rate for years 0 to 0",
        ),
        (
            "{ from = 0, to = 1, percent = 3 }, { from = 1, percent = 4 }",
            "gives year 1 two rates",
        ),
        (
            "{ from = 0, to = 1, percent = 3 }",
            "ends at year 1, the case at year 2",
        ),
        ("{ from = 0, percent = 300 }", "from 0 to below 100"),
    ] {
        let refused = Case::read(&own(bands)).expect_err(bands);
        assert!(refused.to_string().contains(reason), "{bands}: {refused}");
        assert!(refused.0[0].line > 10, "{refused}");
    }
}

#[test]
fn correlations_that_cannot_be_are_refused_by_their_line() {
    let more = r#"
[[correlation]]
between = ["bed-days.impact", "team.scale"]
rank = 0.9
source = "made up"
[[correlation]]
between = ["home-care.impact", "team.scale"]
rank = -0.9
source = "made up"
"#;
    let text = format!(
        "{}{more}",
        document("reablement.toml").replace("rank = 0.6", "rank = 0.9")
    );
    let refused = Case::read(&text).unwrap_err();
    assert!(
        refused
            .to_string()
            .contains("cannot be: with those of the inputs it is related to"),
        "{refused}"
    );
    let line = text.matches('\n').count() - 4;
    assert!(refused.0[0].line.abs_diff(line) <= 1, "{refused}");
    for (old, new, reason) in [
        (
            "\"home-care.impact\"]",
            "\"bed-days.impact\"]",
            "correlated with itself",
        ),
        (
            "\"home-care.impact\"]",
            "\"home-care.deadweight\"]",
            "not declared [[uncertain]]",
        ),
    ] {
        let refused = Case::read(&with("reablement.toml", old, new).0).unwrap_err();
        assert!(refused.to_string().contains(reason), "{refused}");
    }
}

#[test]
fn an_agreement_that_cannot_be_right_is_refused_with_its_line() {
    for (old, new, reason) in [
        (
            "weight = 0.5                 #",
            "weight = 0.6                 #",
            "the weights of the partners sum to 1.1, not to 1",
        ),
        (
            "fee = \"£10,000,000.00\"",
            "fee = 0",
            "must be above nothing",
        ),
        (
            "partner = \"nhs\"",
            "partner = \"police\"",
            "no partner of the agreement",
        ),
        (
            "function = \"linear\"",
            "function = \"generous\"",
            "unknown variant",
        ),
        (
            "function = \"linear\"",
            "function = \"step\"",
            "[[guarantee.step]]",
        ),
        ("id = \"placements\"", "id = \"bed-days\"", "is there twice"),
        (
            "evidence = \"referrals a week\"",
            "evidence = \"\"",
            "has no evidence",
        ),
        (
            "counts = [\"operational\", \"cashable\"]",
            "counts = []",
            "nothing counts",
        ),
        (
            "cap = \"£6,000,000.00\"",
            "cap = -1",
            "must not be negative",
        ),
    ] {
        let (text, line) = with("agreement.toml", old, new);
        let refused = Agreement::read(&text).expect_err(new);
        let found = refused
            .0
            .iter()
            .find(|mistake| mistake.reason.contains(reason));
        let found = found.unwrap_or_else(|| panic!("{new}: {refused}"));
        assert!(
            found.line.abs_diff(line) <= 2,
            "{new}: line {} and not {line}",
            found.line
        );
    }
}

#[test]
fn a_gap_that_cannot_be_right_is_refused_with_its_line() {
    for (old, new, reason) in [
        (
            "at = [2013, 2017]",
            "at = [2017, 2013]",
            "the base year first",
        ),
        ("percent = 5", "percent = -5", "must not be negative"),
        ("phase = [0, 1]", "phase = [1]", "has 1 numbers"),
        (
            "on = [\"ccg-spend\"",
            "on = [\"police\"",
            "nothing that this measure can change",
        ),
        (
            "partner = \"Borough of Poole Council\"",
            "partner = \"police\"",
            "none of the partners",
        ),
        (
            "does = \"efficiency\"",
            "does = \"shift\"",
            "a shift has to and exchange",
        ),
    ] {
        let (text, line) = with("gap-2013.toml", old, new);
        let refused = Gap::read(&text).expect_err(new);
        let found = refused
            .0
            .iter()
            .find(|mistake| mistake.reason.contains(reason));
        let found = found.unwrap_or_else(|| panic!("{new}: {refused}"));
        assert!(
            found.line.abs_diff(line) <= 4,
            "{new}: line {} and not {line}",
            found.line
        );
    }
}

#[test]
fn every_way_to_cut_a_document_short_is_survived() {
    for name in [
        "reablement.toml",
        "programme-2013.toml",
        "programme-2024.toml",
    ] {
        let text = document(name);
        for (at, _) in text.char_indices().step_by(7) {
            let _ = Case::read(text.get(..at).unwrap());
        }
    }
}

#[test]
fn all_that_is_wrong_with_lines_is_told_at_once_and_nothing_that_follows_from_it() {
    let text = document("reablement.toml")
        .replace("nhs = 0.4", "nhs = 0.5")
        .replace("take_up = 0.3", "take_up = -1")
        .replace("price_base = 2025\n", "");
    let refused = Case::read(&text).unwrap_err();
    let reasons: Vec<&str> = refused.0.iter().map(|one| one.reason.as_str()).collect();
    assert_eq!(reasons.len(), 3, "{refused}");
    assert!(reasons[0].contains("sum to 1.1"), "{refused}");
    assert!(reasons[1].contains("without a price_base"), "{refused}");
    assert!(reasons[2].contains("must not be negative"), "{refused}");
}

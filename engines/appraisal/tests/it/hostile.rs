//! Documents made to mislead: each is refused with the line and the reason.

use stour_appraisal::{Agreement, Case, Gap, Mistakes};

use crate::document;
use crate::funding::DEMAND;

/// The text with one part in place of another, and the line of that part.
pub(crate) fn with(text: &str, old: &str, new: &str) -> (String, usize) {
    let at = text.find(old).unwrap_or_else(|| panic!("no {old:?}"));
    let line = text.get(..at).unwrap().matches('\n').count() + 1;
    (text.replacen(old, new, 1), line)
}

/// What is put in place of what, a part of the reason, and by how many lines that is told after it: an
/// uncertain input as a whole is told where its table begins.
pub(crate) type Wrong = (&'static str, &'static str, &'static str, isize);

pub(crate) fn each_is_refused<T>(
    text: &str,
    wrong: &[Wrong],
    read: fn(&str) -> Result<T, Mistakes>,
) {
    for (old, new, reason, after) in wrong {
        let (text, line) = with(text, old, new);
        let Err(refused) = read(&text) else {
            panic!("{new} is not refused");
        };
        let told = refused.0.iter().find(|told| told.reason.contains(reason));
        let told = told.unwrap_or_else(|| panic!("{new}: {refused}"));
        assert_eq!(
            Some(told.line),
            line.checked_add_signed(*after),
            "{new}: {refused}"
        );
    }
}

pub(crate) const TEAM: &str =
    "{ 2026 = \"£180,000.00\", 2027 = \"£220,000.00\", 2028 = \"£220,000.00\" }";
pub(crate) const SCALE: &str = "distribution = \"lognormal\"\nmean = 1.05\nsd = 0.1";
const TAKE_UP: &str = "p10 = 0.22\np90 = 0.36";
const VINTAGE: &str = "vintage = \"green-book-2026\"\nbasis = \"standard\"\n";

const CASES: &[Wrong] = &[
    // One year written in two ways, a year left out between others, and years that cannot be meant.
    (
        TEAM,
        "{ 2026 = 1, \"+2026\" = 2 }",
        "an amount for \"+2026\"",
        0,
    ),
    (
        TEAM,
        "{ 2026 = 1, \"02026\" = 2 }",
        "an amount for \"02026\"",
        0,
    ),
    (TEAM, "{ 2026 = 1, 2028 = 2 }", "has no amount for 2027", 0),
    (TEAM, "{ }", "has no amounts", 0),
    (
        "{ 2025 = 98.0",
        "{ \"02025\" = 9, 2025 = 98.0",
        "an index for \"02025\"",
        0,
    ),
    (
        "{ 2025 = 98.0",
        "{ 2025 = 1e-300",
        "in 2026: check its population",
        36,
    ),
    ("{ 2025 = 98.0", "{ 2025 = 0", "an index is above 0", 0),
    (
        "base_year = 2026",
        "base_year = -2026",
        "the base year is -2026",
        0,
    ),
    (
        "last_year = 2028",
        "last_year = 2147483647",
        "at most 500",
        0,
    ),
    (
        "price_base = 2026\n\n",
        "price_base = 2147483647\n\n",
        "the price_base is 2147483647",
        0,
    ),
    (
        "price_base = 2025",
        "price_base = -5",
        "the price_base of bed-days is -5",
        0,
    ),
    // Amounts that no pence hold, or no document may.
    (
        "\"£180,000.00\"",
        "\"-£92,233,720,368,547,758.08\"",
        "an amount is from",
        0,
    ),
    (
        "\"£180,000.00\"",
        "\"£92,233,720,368,547,758.07\"",
        "an amount is from",
        0,
    ),
    (
        "\"£180,000.00\"",
        "9223372036854775807",
        "an amount is from",
        0,
    ),
    (
        "\"£180,000.00\"",
        "-92233720368547758",
        "an amount is from",
        0,
    ),
    ("\"£180,000.00\"", "nan", "and not nan", 0),
    ("\"£180,000.00\"", "-inf", "an amount is from", 0),
    // Numbers that are none, or beyond what can be.
    ("[1000, 1020, 1040]", "1e300", "must not be so large", 0),
    (
        "[1000, 1020, 1040]",
        "[1000, nan, 1040]",
        "must be a number",
        0,
    ),
    ("[1000, 1020, 1040]", "[1000, 1020]", "has 2 numbers", 0),
    ("impact = 4", "impact = inf", "must not be so large", 0),
    ("lag = 0.5", "lag = 1e300", "must not be so large", 0),
    (
        "percent = 10,",
        "percent = 1e300,",
        "from 0% to 10,000% here",
        0,
    ),
    (
        "one_at_a_time_percent = 20",
        "one_at_a_time_percent = nan",
        "from 0 to 100",
        0,
    ),
    // Shares.
    ("{ council = 0.6, nhs = 0.4 }", "{ }", "sum to", 0),
    (
        "{ council = 0.6, nhs = 0.4 }",
        "{ council = 0.0, nhs = 0.0 }",
        "sum to 0, not to 1",
        0,
    ),
    (
        "{ council = 0.6, nhs = 0.4 }",
        "{ council = nan, nhs = 0.4 }",
        "must be a number",
        0,
    ),
    (
        "{ council = 0.6, nhs = 0.4 }",
        "{ council = 1.0, people = 0.0 }",
        "not an agency",
        0,
    ),
    // Discount tables.
    (
        VINTAGE,
        "vintage = \"ours\"\nbasis = \"standard\"\ndated = \"2026\"\nsource = \"us\"\n[[discount.table]]\nname = \"standard\"\nband = [{ from = 0, percent = 3 }]\n[[discount.table]]\nname = \"standard\"\nband = [{ from = 0, percent = 9 }]\n",
        "has two tables called standard",
        8,
    ),
    (
        VINTAGE,
        "vintage = \"ours\"\nbasis = \"standard\"\ndated = \"2026\"\nsource = \"us\"\n[[discount.table]]\nname = \"standard\"\nband = []\n",
        "standard has no rates",
        5,
    ),
    (
        VINTAGE,
        "vintage = \"ours\"\nbasis = \"standard\"\ndated = \" \"\nsource = \"us\"\ntable = []\n",
        "it is empty",
        2,
    ),
    // Distributions that are sure, impossible, or mostly beyond what the input may be.
    (
        SCALE,
        "distribution = \"lognormal\"\nmean = 1.05\nsd = 1e200",
        "spread so far",
        -2,
    ),
    (
        SCALE,
        "distribution = \"lognormal\"\nmean = 1e30\nsd = 1",
        "beyond what the input may be",
        -2,
    ),
    (
        SCALE,
        "distribution = \"lognormal\"\nmedian = 1\nmean = inf",
        "above its median",
        -2,
    ),
    (
        SCALE,
        "distribution = \"triangular\"\nlow = 1\nmode = 1\nhigh = 1",
        "is not uncertain",
        -2,
    ),
    (
        SCALE,
        "distribution = \"pert\"\nlow = 1\nmode = nan\nhigh = 2",
        "not in order",
        -2,
    ),
    (
        SCALE,
        "distribution = \"normal-interval\"\np10 = -5\np90 = 5",
        "beyond what the input may be",
        -2,
    ),
    (
        TAKE_UP,
        "p10 = 1.2\np90 = 1.5",
        "beyond what the input may be, 0 to 1",
        -3,
    ),
    (TAKE_UP, "p10 = nan\np90 = 0.5", "not in order", -3),
    ("rank = 0.6", "rank = nan", "from -1 to 1", 0),
    // One benefit under two spellings; what is blank.
    (
        "\"home care hours of people over 75\"",
        "\"HOSPITAL  days of people\\tover 75\"",
        "both claim",
        0,
    ),
    (
        "\"home care hours of people over 75\"",
        "\" \"",
        "claims nothing",
        0,
    ),
    (
        "source = \"made up\"\nowner = \"Head",
        "source = \"\"\nowner = \"Head",
        "it is empty",
        0,
    ),
    (
        "intervention = \"reablement\"",
        "intervention = \"\"",
        "it is empty",
        0,
    ),
    (
        "id = \"council\"\nname",
        "id = \"cöuncil\"\nname",
        "other characters than letters",
        0,
    ),
    ("id = \"over-75\"", "id = \"bed-days\"", "is used twice", 19),
    (
        "[[partner]]\nid = \"council\"",
        "[optimism_by_evidence]\nname = \"Ours\"\nsource = \"us\"\ndated = \"2026\"\nlevel = [{ level = 2, percent = 30 }, { level = 2, percent = 10 }]\n[[partner]]\nid = \"council\"",
        "level 2 is there twice",
        4,
    ),
    // References to nothing.
    (
        "input = \"team.scale\"",
        "input = \"team.\"",
        "names no input",
        0,
    ),
    (
        "input = \"team.scale\"",
        "input = \"bed-days.impact\"",
        "declared uncertain twice",
        0,
    ),
    (
        "set = { \"bed-days.take_up\" = 0.15, \"bed-days.lag\" = 1.5, \"home-care.scale\" = 0.5 }",
        "set = { }",
        "slow sets nothing",
        0,
    ),
    (
        "\"bed-days.take_up\" = 0.15",
        "\"bed-days.take_up\" = nan",
        "it may be 0 to 1",
        0,
    ),
];

#[test]
fn no_case_misleads() {
    each_is_refused(&document("reablement.toml"), CASES, Case::read);
}

const SIGNERS: &str = "[\"Director of finance\", \"Chief finance officer\"]";

const AGREEMENTS: &[Wrong] = &[
    ("\"2025-10-06\"", "\"soon\"", "is no date", 0),
    ("\"2025-10-06\"", "\"20251006\"", "is no date", 0),
    (
        "\"2025-10-06\"",
        "\"2025-10-05\"",
        "after the assurance date 2025-10-05",
        30,
    ),
    (SIGNERS, "[\"\"]", "nobody signs", 0),
    (SIGNERS, "[]", "nobody signs", 0),
    ("fee = \"£10,000,000.00\"", "fee = -1", "above nothing", 0),
    (
        "benefit = \"£12,540,000.00\"",
        "benefit = 0",
        "above nothing",
        0,
    ),
    (
        "signed_by = [",
        "cap = -5\nsigned_by = [",
        "the cap is -£5.00",
        0,
    ),
    (
        "sustained_weeks = 13",
        "sustained_weeks = -13",
        "invalid value",
        0,
    ),
    (
        "weight = 0.5 ",
        "weight = nan ",
        "give a share from 0 to 1",
        0,
    ),
    (
        "weight = 0.5 ",
        "weight = -0.5 ",
        "give a share from 0 to 1",
        0,
    ),
    ("weight = 0.5 ", "weight = 0.0 ", "sum to 0.5, not to 1", 0),
    ("id = \"nhs\"", "id = \"council\"", "is there twice", 0),
    ("id = \"nhs\"", "id = \" \"", "is empty", 0),
    ("\"£6,270,000.00\"", "inf", "an amount is from", 0),
    (
        "function = \"linear\" ",
        "function = \"step\"\nstep = [{ reached = nan, payable = 2 }] ",
        "both are proportions",
        1,
    ),
    (
        "function = \"linear\" ",
        "function = \"step\"\nstep = [{ reached = 0.8, payable = 1 }, { reached = 0.8, payable = 0.5 }] ",
        "reaches further",
        1,
    ),
];

#[test]
fn no_agreement_misleads() {
    let text = document("agreement.toml");
    each_is_refused(&text, AGREEMENTS, Agreement::read);
    let head = text.split("[[partner]]").next().unwrap();
    let nobody = format!("partner = []\nmeasure = []\n{head}");
    let refused = Agreement::read(&nobody).unwrap_err();
    assert_eq!(refused.0[0].line, 1);
    assert!(refused.to_string().contains("at least one"), "{refused}");
}

const ON: &str = "on = [\"homes\"]\nto";

const GAPS: &[Wrong] = &[
    (
        "at = [2026, 2030]",
        "at = [-2147483648, 2147483647]",
        "give the year",
        0,
    ),
    ("at = [2026, 2030]", "at = []", "the base year first", 0),
    (
        "price_base = 2026",
        "price_base = 2147483647",
        "the price_base is 2147483647",
        0,
    ),
    ("[\"council\"]", "[]", "at least one", 0),
    (
        "[\"council\"]",
        "[\"council\", \"council\"]",
        "each once",
        0,
    ),
    (
        "population = [1000, 1200]",
        "population = [1000, nan]",
        "population is NaN",
        0,
    ),
    (
        "population = [1000, 1200]",
        "population = [1e300, 1]",
        "must not be negative or above",
        0,
    ),
    (
        "rate = 5.2",
        "rate = 1e300",
        "must not be negative or above",
        0,
    ),
    ("rate = 5.2", "rate = 1e9", "homes comes to more than", -7),
    (
        "unit_cost = \"£1,000.00\"",
        "unit_cost = \"-£1.00\"",
        "must not be negative",
        0,
    ),
    (
        "exchange = 14",
        "exchange = inf",
        "must not be negative or above",
        0,
    ),
    (
        "exchange = 14",
        "exchange = 1e9",
        "shift comes to more than",
        -5,
    ),
    (ON, "on = []\nto", "at least one and each once", 0),
    (
        ON,
        "on = [\"homes\", \"homes\"]\nto",
        "at least one and each once",
        0,
    ),
    ("to = \"home-care\"", "to = \"homes\"", "no other demand", 0),
    ("percent = 10", "percent = 110", "above 100", 0),
    ("phase = [0, 1]", "phase = [0, 2]", "above 1", 0),
    (
        "\"prevent.percent\"",
        "\"prevent.rate\"",
        "names nothing",
        0,
    ),
    ("id = \"prevent\"", "id = \"homes\"", "used twice", 0),
];

#[test]
fn no_gap_misleads() {
    each_is_refused(DEMAND, GAPS, Gap::read);
    let (_, drawn) = DEMAND.split_once("[[uncertain]]").unwrap();
    for (more, reason) in [
        (format!("[[uncertain]]{drawn}"), "declared uncertain twice"),
        (
            second_shift("homes", "home-care", 90),
            "moves more than all of homes in 2030",
        ),
    ] {
        let refused = Gap::read(&format!("{DEMAND}{more}")).err().unwrap();
        assert!(refused.to_string().contains(reason), "{refused}");
        assert!(
            refused.0[0].line > DEMAND.matches('\n').count(),
            "{refused}"
        );
    }
    let (nothing, _) = DEMAND.split_once("[[budget]]").unwrap();
    let refused = Gap::read(&format!("budget = []\n{nothing}")).err().unwrap();
    assert!(
        refused.to_string().contains("there is no budget"),
        "{refused}"
    );
    assert!(
        refused.to_string().contains("nothing is needed"),
        "{refused}"
    );
}

pub(crate) fn second_shift(from: &str, to: &str, percent: u32) -> String {
    format!(
        "[[measure]]\nid = \"second\"\nname = \"Another shift\"\ndoes = \"shift\"\non = [\"{from}\"]\nto = \"{to}\"\nexchange = 0\npercent = {percent}\nphase = [0, 1]\nsource = \"made up\"\n"
    )
}

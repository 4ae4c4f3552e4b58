//! What documents state beside what is computed: funding, what was measured, and what is not known.

use stour_appraisal::{
    Agreement, Appraisal, Better, Case, Gap, Limit, Tracked, Value, appraise, close_gap, share,
};
use stour_kernel::Pence;

use crate::document;
use crate::funding::DEMAND;
use crate::hostile::{Wrong, each_is_refused, with};

fn worked(text: &str) -> Appraisal {
    appraise(&Case::read(text).unwrap_or_else(|wrong| panic!("{wrong}"))).unwrap()
}

fn pounds(pounds: i64) -> Pence {
    Pence::from_pounds(pounds).unwrap()
}

const POOLE: &str = "id = \"poole\"\nname = \"Borough of Poole Council\"\namount = \"£250,000.00\"\nlimit = \"up-to\"\n";

const FUNDING: &[Wrong] = &[
    (
        "\"£2,000,000.00\"",
        "\"-£0.01\"",
        "award is -£0.01: it must not be negative",
        0,
    ),
    ("\"£2,000,000.00\"", "nan", "and not nan", 0),
    ("\"£2,000,000.00\"", "1e300", "an amount is from", 0),
    ("\"£2,000,000.00\"", "2.005", "whole pence", 0),
    (
        "limit = \"fixed\"",
        "limit = \"about\"",
        "unknown variant",
        0,
    ),
    (
        "limit = \"fixed\"",
        "limits = \"fixed\"",
        "unknown field",
        0,
    ),
    ("limit = \"fixed\"", "", "missing field `limit`", -4),
    (
        "id = \"poole\"",
        "id = \"dorset\"",
        "\"dorset\" is used twice",
        0,
    ),
    (
        "id = \"poole\"",
        "id = \"\"",
        "other characters than letters",
        0,
    ),
    (
        "id = \"poole\"",
        "id = \"the poole\"",
        "other characters than letters",
        0,
    ),
    (
        POOLE,
        "id = \"x\"\nname = \" \"\namount = 1\nlimit = \"fixed\"\n",
        "it is empty",
        1,
    ),
    (
        "period = \"not said in the bid\"",
        "period = \"\"",
        "it is empty",
        0,
    ),
    (
        "source = \"bid, section 10, where it is an assumption\"",
        "source = \"\\t\"",
        "it is empty",
        0,
    ),
    (
        "source = \"bid, section 10, where it is an assumption\"",
        "",
        "missing field `source`",
        -6,
    ),
    (
        "limit = \"fixed\"",
        "limit = \"fixed\"\npartner = \"dorset\"",
        "award names \"dorset\", which is no partner",
        1,
    ),
];

const TRACKED: &[Wrong] = &[
    ("38.2", "\"38.2\"", "without quotation marks", 0),
    ("38.2", "\"£38.2x\"", "digits", 0),
    ("38.2", "nan", "the value is NaN", 0),
    ("38.2", "inf", "the value is inf", 0),
    ("38.2", "9223372036854775807", "from -1000000000000 to", 0),
    (
        "38.2",
        "\"£92,233,720,368,547,758.07\"",
        "an amount is from",
        0,
    ),
    ("38.2", "true", "expected a number, an amount such as", 0),
    ("38.2", "[38.2]", "expected a number, an amount such as", 0),
    ("38.2", "{ }", "missing field `unknown`", 0),
    ("38.2", "{ known = 38.2 }", "unknown field `known`", 0),
    ("38.2", "{ unknown = \" \" }", "it is empty", 0),
    ("38.2", "{ unknown = 3 }", "expected a string", 0),
    ("38.2", "\"£38.20\"", "bed-stay has money and a number", 2),
    (
        "8.07",
        "\"£8.07\"",
        "package-wait has a number and money",
        0,
    ),
    (
        "\"£12,870,000.00\"",
        "12870000",
        "benefit has money and a number",
        0,
    ),
    ("trajectory = 8.07\n", "", "missing field `trajectory`", -7),
    (
        "better = \"higher\"",
        "better = \"up\"",
        "unknown variant",
        0,
    ),
    (
        "better = \"higher\"",
        "best = \"higher\"",
        "unknown field",
        0,
    ),
    (
        "\"2025-10-06\"",
        "\"20251006\"",
        "is no date: write it as 2025-10-06",
        0,
    ),
    ("\"2025-10-06\"", "\"2025-02-30\"", "is no date", 0),
    ("\"2025-10-06\"", "\"October 2025\"", "is no date", 0),
    ("unit = \"days\"", "unit = \"\"", "it is empty", 0),
    (
        "unit = \"days\"",
        "unit = \"days\"\nevidence = \"\"",
        "it is empty",
        1,
    ),
    (
        "unit = \"days\"",
        "unit = \"days\"\npartner = \"nhs\"",
        "bed-stay names \"nhs\", which is no partner",
        1,
    ),
    (
        "id = \"same-day\"",
        "id = \"bed-stay\"",
        "\"bed-stay\" is used twice",
        0,
    ),
    (
        "id = \"same-day\"",
        "id = \"same day\"",
        "other characters than letters",
        0,
    ),
    (
        "reached = -30",
        "reached = { unknown = \"not published\" }",
        "care-home-moves has no value that is known",
        -8,
    ),
    (
        "why = \"not published\"",
        "because = \"not published\"",
        "unknown field",
        0,
    ),
    ("why = \"not published\"\n", "", "missing field `why`", -2),
    ("why = \"not published\"", "why = \" \"", "it is empty", 0),
    (
        "\"The fee of the external partner\"",
        "\"\"",
        "it is empty",
        0,
    ),
    (
        "\"What the programme costs besides the fee\"",
        "\"the fee of  the external PARTNER\"",
        "unknown twice",
        0,
    ),
];

#[test]
fn what_is_stated_wrongly_is_refused_with_its_line() {
    each_is_refused(&document("programme-2013.toml"), FUNDING, Case::read);
    each_is_refused(&document("programme-2024.toml"), TRACKED, Case::read);
}

/// A thing that is not known, with these words for what and why.
fn unknown(what: &str, why: &str) -> String {
    format!("\n[[unknown]]\nwhat = \"{what}\"\nwhy = \"{why}\"\nsource = \"this test\"\n")
}

#[test]
fn an_agreement_and_a_gap_say_what_they_do_not_know_as_strictly() {
    let twice = unknown("Next year", "not agreed") + &unknown("NEXT  year", "not known");
    let blank = unknown(" ", "not agreed");
    for (more, line, reason) in [(&twice, 8, "unknown twice"), (&blank, 3, "it is empty")] {
        for (text, refused) in [
            (
                DEMAND.to_owned(),
                Gap::read(&format!("{DEMAND}{more}")).err(),
            ),
            (
                document("agreement.toml"),
                Agreement::read(&(document("agreement.toml") + more)).err(),
            ),
        ] {
            let refused = refused.unwrap();
            assert_eq!(
                refused.0[0].line,
                text.matches('\n').count() + line,
                "{refused}"
            );
            assert!(refused.to_string().contains(reason), "{refused}");
        }
    }
    let more = unknown("Next year", "not agreed") + &unknown("Both", "not agreed");
    let gap = Gap::read(&format!("{DEMAND}{more}")).unwrap();
    let gap = close_gap(&gap, None, &|_| {}).unwrap();
    let what: Vec<&str> = gap.unknown.iter().map(|one| one.what.as_str()).collect();
    assert_eq!(what, ["Both", "Next year"]);
    let pack = share(&Agreement::read(&(document("agreement.toml") + &more)).unwrap()).unwrap();
    assert_eq!(pack.unknown.len(), 3);
    assert_eq!(pack.unknown[0], gap.unknown[0]);
}

#[test]
fn more_rows_than_can_be_read_are_refused() {
    let text = document("programme-2024.toml");
    let rows = |count: usize| -> String {
        (0..count)
            .map(|row| unknown(&row.to_string(), "many"))
            .collect()
    };
    let refused = Case::read(&format!("{text}{}", rows(1_001))).err().unwrap();
    assert!(
        refused
            .to_string()
            .contains("more than 1000 of [[unknown]]"),
        "{refused}"
    );
    let (short, _) = text.split_once("\n[[unknown]]").unwrap();
    assert_eq!(
        worked(&format!("{short}{}", rows(1_000))).unknown.len(),
        1_000
    );
}

#[test]
fn a_case_of_nothing_but_statements_is_refused() {
    let text = document("programme-2013.toml");
    let (head, _) = text.split_once("[[line]]").unwrap();
    let (_, stated) = text.split_once("[[funding]]").unwrap();
    let refused = Case::read(&format!("line = []\n{head}[[funding]]{stated}"))
        .err()
        .unwrap();
    assert!(
        refused.to_string().contains("the case has no lines"),
        "{refused}"
    );
}

#[test]
fn the_funding_of_2013_is_held_against_its_costs() {
    let found = worked(&document("programme-2013.toml"));
    assert_eq!(found.undiscounted_costs, pounds(2_419_700));
    assert_eq!(found.funding_total, pounds(3_000_000));
    assert_eq!(found.funding_fixed, pounds(2_000_000));
    let ids: Vec<&str> = found.funding.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["award", "bournemouth", "ccg", "dorset", "poole"]);
    for one in found.funding.iter().filter(|one| one.id != "award") {
        assert_eq!((one.amount, one.limit), (pounds(250_000), Limit::UpTo));
        assert_eq!(
            (one.period.as_str(), one.limit.words()),
            ("over two years", "up to")
        );
    }
    assert_eq!(found.unknown.len(), 4);
    let none = worked(&document("reablement.toml"));
    assert_eq!((none.funding_total, none.funding.len()), (Pence::ZERO, 0));
    // The team's £620,000 and a tenth more.
    assert_eq!(none.undiscounted_costs, pounds(682_000));
}

#[test]
fn funding_names_a_partner_of_the_case() {
    let text = document("programme-2013.toml");
    let (text, _) = with(
        &text,
        "limit = \"fixed\"",
        "limit = \"fixed\"\npartner = \"not-published\"",
    );
    let found = worked(&text);
    assert_eq!(found.funding[0].partner.as_deref(), Some("not-published"));
    assert_eq!(found.funding[1].partner, None);
}

#[test]
fn what_was_measured_in_2025_is_held_against_its_trajectory() {
    let found = worked(&document("programme-2024.toml"));
    let row = |id: &str| -> &Tracked { found.tracked.iter().find(|row| row.id == id).unwrap() };
    let benefit = row("benefit");
    assert_eq!(
        benefit.difference.value,
        Some(Value::Pence(pounds(330_000)))
    );
    assert_eq!(benefit.on_trajectory.value, Some(true));
    assert_eq!(
        benefit.baseline,
        Value::Unknown("the review states none".to_owned())
    );
    let wait = row("package-wait");
    assert_eq!(
        (wait.better, &wait.baseline),
        (Better::Lower, &Value::Number(9.7))
    );
    // To the digit: the difference of the two binary numbers is 1.5700000000000003.
    assert_eq!(wait.difference.value, Some(Value::Number(1.57)));
    assert_eq!(wait.on_trajectory.value, Some(false));
    for id in ["bed-stay", "same-day", "care-home-moves"] {
        let why = Some("the trajectory is not known: not published");
        assert_eq!(row(id).difference.why_not.as_deref(), why);
        assert_eq!(row(id).on_trajectory.why_not.as_deref(), why);
        assert!(row(id).reached.is_known() && !row(id).trajectory.is_known());
    }
    assert_eq!(row("bed-stay").reached, Value::Number(33.3));
    assert_eq!(row("same-day").baseline, Value::Number(594.0));
    assert_eq!(found.unknown.len(), 6);
    let told = serde_json::to_value(&found).unwrap();
    assert_eq!(told["tracked"][1]["reached"]["pence"], 1_287_000_000);
    assert_eq!(told["tracked"][0]["trajectory"]["unknown"], "not published");
}

#[test]
fn a_row_is_on_trajectory_by_which_way_is_better() {
    let text = document("programme-2024.toml");
    let wait = "trajectory = 8.07\nreached = 9.64";
    for (values, difference, lower, higher) in [
        ("trajectory = 8\nreached = 8.0", "0", true, true),
        ("trajectory = 8\nreached = 7.75", "−0.25", true, false),
        // What a spreadsheet stores for 0.1 + 0.2 is 0.3 wherever it is shown.
        (
            "trajectory = 0.3\nreached = 0.30000000000000004",
            "0",
            true,
            true,
        ),
        ("trajectory = -8\nreached = 8", "16", false, true),
        (
            "trajectory = \"£8.00\"\nreached = \"-£0.50\"",
            "-£8.50",
            true,
            false,
        ),
        (
            "trajectory = \"£1,000,000\"\nreached = \"£1,000,000.01\"",
            "£0.01",
            false,
            true,
        ),
    ] {
        let (changed, _) = with(&text, wait, values);
        let changed = changed.replace("baseline = 9.70", "baseline = { unknown = \"x\" }");
        for (better, on) in [("lower", lower), ("higher", higher)] {
            let at = changed.find("id = \"package-wait\"").unwrap();
            let (head, tail) = changed.split_at(at);
            let tail = tail.replacen("\"lower\"", &format!("\"{better}\""), 1);
            let found = worked(&format!("{head}{tail}"));
            let row = found
                .tracked
                .iter()
                .find(|row| row.id == "package-wait")
                .unwrap();
            assert_eq!(row.on_trajectory.value, Some(on), "{values} {better}");
            assert_eq!(
                row.difference.value.as_ref().unwrap().to_string(),
                difference
            );
        }
    }
    let (neither, _) = with(
        &text,
        wait,
        "trajectory = { unknown = \"a\" }\nreached = { unknown = \"b\" }",
    );
    let found = worked(&neither);
    let row = found
        .tracked
        .iter()
        .find(|row| row.id == "package-wait")
        .unwrap();
    assert_eq!(
        row.on_trajectory.why_not.as_deref(),
        Some("neither the trajectory (a) nor what was reached (b) is known")
    );
    let (later, _) = with(
        &text,
        wait,
        "trajectory = 8.07\nreached = { unknown = \"b\" }",
    );
    let found = worked(&later);
    let row = found
        .tracked
        .iter()
        .find(|row| row.id == "package-wait")
        .unwrap();
    assert_eq!(
        row.difference.why_not.as_deref(),
        Some("what was reached is not known: b")
    );
    assert_eq!(row.reached.to_string(), "not known: b");
}

/// The same tables in the other order.
fn backwards(text: &str) -> String {
    let mut blocks: Vec<&str> = text.split("\n[[").collect();
    let head = blocks.remove(0);
    blocks.reverse();
    blocks.iter().fold(head.to_owned(), |text, block| {
        format!("{text}\n[[{block}\n")
    })
}

#[test]
fn the_order_of_what_is_stated_changes_nothing() {
    for name in ["programme-2013.toml", "programme-2024.toml"] {
        let text = document(name);
        let told = |text: &str| serde_json::to_string(&worked(text)).unwrap();
        assert_eq!(told(&text), told(&backwards(&text)), "{name}");
    }
    let gap = |text: &str| {
        close_gap(&Gap::read(text).unwrap(), None, &|_| {})
            .unwrap()
            .unknown
    };
    let text = document("gap-2013.toml");
    assert_eq!(gap(&text), gap(&backwards(&text)));
    let what: Vec<String> = gap(&text).into_iter().map(|one| one.what).collect();
    assert_eq!(what.len(), 4);
    for named in [
        "Demand by age and need",
        "Budgets after 2013/14",
        "The division of the £110m by partner",
    ] {
        assert!(what.iter().any(|what| what == named), "{named}");
    }
}

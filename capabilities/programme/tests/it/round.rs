use stour_appraisal::{Case, appraise, sensitivity};
use stour_programme::workbook::{ResultSheet, page, read, template, write};
use stour_spreadsheet::Value;

use super::{document, values};

const CASES: [&str; 3] = [
    "reablement.toml",
    "programme-2013.toml",
    "programme-2024.toml",
];

/// What a case states beside its lines.
pub(crate) const MORE: &str = r#"
[[unknown]]
what = "the fee"
why = "commercial"
source = "scrutiny minute"

[[funding]]
id = "grant"
name = "A grant"
amount = "£2,000,000.00"
limit = "fixed"
period = "over two years"
source = "bid"

[[funding]]
id = "ccg"
name = "A contribution"
amount = "£250,000.00"
limit = "up-to"
period = "2013"
source = "bid"
partner = "council"

[[tracked]]
id = "admissions"
name = "Fewer admissions"
unit = "a week"
better = "lower"
measured_on = "2025-10-06"
baseline = 12.5
trajectory = 10
reached = { unknown = "not published" }
source = "board paper"
partner = "council"
evidence = "none"

[[tracked]]
id = "saved"
name = "Saved"
unit = "pounds"
better = "higher"
measured_on = "2025-10-06"
baseline = { unknown = "not published" }
trajectory = "£1.00"
reached = "£12,870,000.50"
source = "board paper"
"#;

#[test]
fn a_case_comes_back_as_it_was_and_to_the_same_penny() {
    for name in CASES {
        let text = document(name);
        let back = read(&write(&text, &[]).unwrap()).unwrap();
        assert_eq!(values(&back.text), values(&text), "{name}\n{}", back.text);
        let (one, other) = (Case::read(&text).unwrap(), back.case().unwrap());
        assert_eq!(
            format!("{:?}", appraise(&one)),
            format!("{:?}", appraise(&other))
        );
        assert_eq!(
            format!("{:?}", sensitivity(&one, true)),
            format!("{:?}", sensitivity(&other, true))
        );
        // What comes back is canonical: it makes the same workbook, and that the same text.
        let again = read(&write(&back.text, &[]).unwrap()).unwrap();
        assert_eq!(again, back);
        assert_eq!(back.places.len(), back.text.lines().count());
    }
}

#[test]
fn the_same_case_gives_the_same_bytes() {
    let text = document("reablement.toml");
    assert_eq!(write(&text, &[]), write(&text, &[]));
}

#[test]
fn everything_that_a_case_may_have_has_a_place() {
    let mut text = document("reablement.toml").replace(
        "vintage = \"green-book-2026\"\nbasis = \"standard\"",
        "vintage = \"our own\"\nbasis = \"standard\"\ndated = \"2026-04-01\"\nsource = \"made up\"\n\
         [[discount.table]]\nname = \"standard\"\nband = [{ from = 0, to = 1, percent = 3.5 }, { from = 2, percent = 3 }]\n\
         [[discount.table]]\nname = \"health\"\nband = [{ from = 0, percent = 1.5 }]\n\
         [optimism_by_evidence]\nname = \"Ours\"\nsource = \"made up\"\ndated = \"2026-04-01\"\n\
         level = [{ level = 1, percent = 40 }, { level = 5, percent = 0 }]",
    );
    text = text
        .replace("optimism_bias = { percent = 40, source = \"made up\" }", "optimism_bias = { by_evidence = true }")
        .replace(
            "optimism_bias = { percent = 10, source = \"made up\" }",
            "optimism_bias = { vintage = \"mott-macdonald-2002\", project = \"standard-buildings\", measure = \"capital-cost\", managed = 0.5 }",
        )
        .replace("price_base = 2026\namounts = { 2027", "price_base = \"cash\"\namounts = { 2027");
    let back = read(&write(&text, &[]).unwrap()).unwrap();
    assert_eq!(values(&back.text), values(&text));
    let case = back.case().unwrap();
    assert_eq!(
        format!("{:?}", appraise(&case)),
        format!("{:?}", appraise(&Case::read(&text).unwrap()))
    );

    text += MORE;
    let back = read(&write(&text, &[]).unwrap()).unwrap();
    assert_eq!(values(&back.text), values(&text));
    back.case().unwrap();
    // Pounds that the document has as a number are read back as text, and are the same pounds.
    let number = text.replace("amount = \"£250,000.00\"", "amount = 250000");
    assert_eq!(read(&write(&number, &[]).unwrap()).unwrap(), back);
}

#[test]
fn results_go_after_the_case_and_are_not_read_back() {
    let results = ResultSheet {
        name: "Positions".to_owned(),
        rows: vec![
            vec!["Partner".into(), "Pays".into()],
            vec!["=1+1".into(), Value::Pounds(12.5)],
        ],
    };
    let text = document("reablement.toml");
    let bytes = write(&text, &[results]).unwrap();
    assert_eq!(values(&read(&bytes).unwrap().text), values(&text));
    let sheets = stour_spreadsheet::read(&bytes).unwrap().sheets;
    let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "Read me",
            "Case",
            "Partners",
            "Cohorts",
            "Lines",
            "Amounts",
            "Deflator",
            "Discount",
            "Optimism",
            "Uncertain",
            "Correlations",
            "Scenarios",
            "Funding",
            "Tracked",
            "Not known",
            "Result - Positions"
        ]
    );
    let last = sheets.last().unwrap();
    assert_eq!(last.rows[1], [Value::from("=1+1"), Value::Pounds(12.5)]);
}

#[test]
fn what_has_no_place_is_named() {
    let text = document("reablement.toml");
    let with = text.replace(
        "[[partner]]\nid = \"nhs\"",
        "[[partner]]\nextra = 1\nid = \"nhs\"",
    );
    let error = write(&(with + "\n[strange]\nkey = 1\n"), &[])
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("Partners nhs extra") && error.contains("strange"),
        "{error}"
    );
    let wrong = text.replace("impact = 4", "impact = \"four\"");
    let error = write(&wrong, &[]).unwrap_err().to_string();
    assert!(error.contains("Lines bed-days driver.impact"), "{error}");
    assert!(write("[case", &[]).is_err());
    assert!(write("", &[]).is_err());
    let spaces = text.replace("id = \"team\"", "id = \" team \"");
    assert!(write(&spaces, &[]).is_err());
}

#[test]
fn the_empty_workbook_says_what_it_lacks() {
    let mistakes = read(&template().unwrap()).unwrap_err().to_string();
    assert!(
        mistakes.contains("sheet \"Case\", row 2, \"Title\": it is empty: write text"),
        "{mistakes}"
    );
}

#[test]
fn the_page_follows_the_table() {
    let page = page();
    assert!(
        document("workbook.md") == page,
        "docs/appraisal/workbook.md is to be:\n{page}"
    );
}

//! Workbooks that are wrong: each is refused with the sheet and the row.

use stour_programme::workbook::{Imported, WorkbookMistakes, read};
use stour_spreadsheet::{Sheet, Value, Workbook};

use super::document;
use super::round::MORE;
use super::texts::{bytes, put, sheet, workbook};

fn told(imported: Result<Imported, WorkbookMistakes>) -> String {
    let refused = imported.and_then(|imported| imported.case().map(|_| ()));
    refused.map_or_else(
        |mistakes| mistakes.to_string(),
        |()| "not refused".to_owned(),
    )
}

/// What is told of the example after a change.
fn after(change: impl Fn(&mut Workbook)) -> String {
    let mut workbook = workbook(&document("reablement.toml"));
    change(&mut workbook);
    told(read(&bytes(&workbook)))
}

/// The example with one cell changed is refused with this beginning of a line, and this in it.
fn cell(name: &str, row: usize, heading: &str, value: impl Into<Value>, says: &str) {
    let value = value.into();
    let told = after(|workbook| put(workbook, name, row, heading, value.clone()));
    let place = format!("sheet \"{name}\", row {row}");
    let found = told
        .lines()
        .any(|line| line.starts_with(&place) && line.contains(says));
    assert!(found, "{place} {heading} {value:?}: {told}");
}

#[test]
fn what_the_engine_finds_is_told_where_it_was_written() {
    cell("Lines", 2, "Paid by", "council 0.6; nhs 0.5", "sum");
    cell("Lines", 3, "Take-up", -0.3, "\"Take-up\": ");
    cell("Lines", 3, "Take-up", -0.3, "must not be negative");
    cell("Lines", 4, "Id", "team", "used twice");
    cell("Lines", 5, "Layer", "health", "unknown variant");
    cell("Lines", 3, "Cohort", "under-75", "under-75");
    cell("Partners", 3, "Id", "council", "used twice");
    cell("Amounts", 2, "2027", Value::Empty, "has no amount for 2027");
    let index = after(|workbook| put(workbook, "Deflator", 3, "Index", 0.0.into()));
    assert!(
        index.starts_with("sheet \"Deflator\", row 1: the deflator's index of 2026 is 0"),
        "{index}"
    );
    cell(
        "Uncertain",
        3,
        "Input",
        "bed-days.nothing",
        "bed-days.nothing",
    );
    cell("Correlations", 2, "Rank correlation", 2.0, "2");
    cell("Scenarios", 2, "Value", -1.0, "bed-days.lag to -1");
    // What the document's shape lacks has the name of a key there, and of a heading here.
    cell(
        "Lines",
        3,
        "Take-up",
        Value::Empty,
        "row 3: \"Take-up\" is empty: it is needed with what else is filled in",
    );
    cell("Tracked", 2, "Name", "x", "\"Id\": it is empty");
}

#[test]
fn what_is_stated_beside_the_lines_is_told_where_it_was_written() {
    let text = document("reablement.toml") + MORE;
    for (name, heading, value, says) in [
        (
            "Funding",
            "Amount",
            Value::from(-1.0),
            "must not be negative",
        ),
        ("Funding", "Partner", "nobody".into(), "nobody"),
        ("Funding", "Limit", "perhaps".into(), "unknown variant"),
        ("Tracked", "Baseline", "£1.00".into(), "of one kind"),
        ("Tracked", "Measured on", "yesterday".into(), "yesterday"),
        ("Not known", "Why", " ".into(), "it is empty"),
    ] {
        let mut workbook = workbook(&text);
        put(&mut workbook, name, 2, heading, value);
        let told = told(read(&bytes(&workbook)));
        assert!(
            told.starts_with(&format!("sheet \"{name}\", row 2")) && told.contains(says),
            "{told}"
        );
    }
    let mut workbook = workbook(&text);
    put(
        &mut workbook,
        "Tracked",
        2,
        "Measured on",
        Value::Date("2025-10-07".to_owned()),
    );
    assert_eq!(told(read(&bytes(&workbook))), "not refused");
}

#[test]
fn what_a_cell_shows_in_per_cent_is_what_is_meant() {
    let text = document("reablement.toml") + MORE;
    let with = |name: &str, row: usize, heading: &str, value: Value| {
        let mut workbook = workbook(&text);
        put(&mut workbook, name, row, heading, value);
        read(&bytes(&workbook))
    };
    let document = |imported: Result<Imported, WorkbookMistakes>| -> toml::Table {
        imported.unwrap().text.parse().unwrap()
    };
    // The same number typed as 10% and as 10, and a proportion typed as 30%.
    for value in [Value::Percent(0.1), Value::Number(10.0)] {
        let case = document(with("Lines", 2, "Optimism bias, percent", value));
        assert_eq!(
            case["line"][0]["optimism_bias"]["percent"],
            toml::Value::Integer(10)
        );
    }
    let case = document(with("Lines", 3, "Take-up", Value::Percent(0.3)));
    assert_eq!(
        case["line"][1]["driver"]["take_up"],
        toml::Value::Float(0.3)
    );
    let refused = told(with("Tracked", 2, "Reached", Value::Percent(0.84)));
    assert!(
        refused.contains("it is shown as 84%") && refused.contains("write 84"),
        "{refused}"
    );
}

#[test]
fn a_tracked_value_is_a_number_pounds_or_unknown() {
    let text = document("reablement.toml") + MORE;
    let with = |value: Value| {
        let mut workbook = workbook(&text);
        for heading in ["Baseline", "Trajectory", "Reached"] {
            put(&mut workbook, "Tracked", 2, heading, value.clone());
        }
        read(&bytes(&workbook))
    };
    let reached = |value: Value| {
        let case: toml::Table = with(value).unwrap().text.parse().unwrap();
        case["tracked"][0]["reached"].clone()
    };
    assert_eq!(
        reached(Value::Pounds(2000.0)),
        toml::Value::from("£2,000.00")
    );
    assert_eq!(reached("£1.00".into()), toml::Value::from("£1.00"));
    let unknown = reached("Unknown: not published".into());
    assert_eq!(unknown["unknown"], toml::Value::from("not published"));
    for text in ["7.5", "€5", "unknown:"] {
        let refused = told(with(text.into()));
        assert!(refused.contains("unknown:"), "{text}: {refused}");
    }
}

#[test]
fn a_cell_of_another_kind_is_refused() {
    cell(
        "Lines",
        3,
        "Units for each person",
        "four",
        "\"four\" is text: write a number",
    );
    cell(
        "Lines",
        3,
        "Units for each person",
        "4",
        "\"4\" is text: write a number",
    );
    cell("Lines", 2, "Id", 12.0, "12 is a number: write it as text");
    cell("Lines", 2, "Name", Value::Boolean(true), "no text");
    cell("Lines", 3, "First year", 2026.5, "2026.5 is not whole");
    cell("Lines", 3, "Value of a unit", 350.125, "parts of a penny");
    cell(
        "Lines",
        3,
        "Value of a unit",
        "£35,0",
        "move or take out the commas",
    );
    cell("Amounts", 2, "2026", "a lot", "\"a lot\"");
    cell("Lines", 4, "Take-up", "0; x; 0.3", "\"x\" is no number");
    cell("Lines", 4, "Take-up", "0; inf; 0.3", "\"inf\" is no number");
    cell(
        "Lines",
        2,
        "Paid by",
        "council 0.6; nhs",
        "\"nhs\" is no share",
    );
    cell(
        "Lines",
        2,
        "Paid by",
        "nhs 0.6; nhs 0.4",
        "nhs has two shares",
    );
}

#[test]
fn a_word_that_is_none_of_those_is_refused() {
    cell(
        "Lines",
        2,
        "Price base",
        "money",
        "write a year, such as 2026, or cash",
    );
    cell(
        "Lines",
        2,
        "Optimism bias: by evidence",
        "perhaps",
        "write yes or no",
    );
    cell("Lines", 2, "Source", "  ", "\"Source\": it is empty");
    cell(
        "Tracked",
        2,
        "Baseline",
        "unknown: ",
        "say why it is not known",
    );
}

#[test]
fn pounds_that_formulas_made_are_taken_to_the_penny() {
    for (pounds, text) in [
        (198_000.000_000_000_03, "£198,000.00"),
        (0.1 + 0.2, "£0.30"),
        (-2.5, "-£2.50"),
    ] {
        let mut workbook = workbook(&document("reablement.toml"));
        put(&mut workbook, "Amounts", 2, "2026", pounds.into());
        let text = format!("2026 = \"{text}\"\n");
        assert!(
            read(&bytes(&workbook)).unwrap().text.contains(&text),
            "{text}"
        );
    }
    let mut workbook = workbook(&document("reablement.toml"));
    put(&mut workbook, "Amounts", 2, "2026", "£1,234.50".into());
    assert!(
        read(&bytes(&workbook))
            .unwrap()
            .text
            .contains("2026 = \"£1,234.50\"\n")
    );
}

#[test]
fn headings_and_sheets_are_known_ones_each_once() {
    cell(
        "Amounts",
        1,
        "2027",
        "2026x",
        "no column of this sheet is headed \"2026x\"",
    );
    cell(
        "Amounts",
        1,
        "2027",
        2026.0,
        "two columns are headed \"2026\"",
    );
    cell(
        "Lines",
        1,
        "Take-up",
        "Takeup",
        "no column of this sheet is headed \"Takeup\"",
    );
    cell(
        "Lines",
        1,
        "Owner",
        "Name",
        "two columns are headed \"Name\"",
    );
    cell("Lines", 1, "Source", "", "the column \"Source\" is missing");
}

#[test]
fn rows_that_name_nothing_or_the_same_are_refused() {
    cell(
        "Amounts",
        3,
        "Line",
        "nothing",
        "no line is called \"nothing\"",
    );
    cell(
        "Amounts",
        3,
        "Line",
        "team",
        "\"team\" has two rows of amounts",
    );
    cell(
        "Cohorts",
        2,
        "2027",
        Value::Empty,
        "there is no population for 2027",
    );
    cell("Cohorts", 2, "Population", 5.0, "clear one");
    cell(
        "Scenarios",
        3,
        "Name",
        "Other",
        "the scenario has another name than in row 2",
    );
    cell(
        "Scenarios",
        3,
        "Input",
        "bed-days.lag",
        "sets bed-days.lag twice",
    );
    cell(
        "Scenarios",
        3,
        "Value",
        Value::Empty,
        "write both an input and its value",
    );
    cell("Discount", 2, "Percent", 1.0, "\"Basis\": it is empty");
    let levels = after(|workbook| {
        put(workbook, "Optimism", 2, "Level", 1.0.into());
        put(workbook, "Optimism", 2, "Percent", 1.0.into());
    });
    assert!(
        levels.starts_with(
            "sheet \"Optimism\", row 2: the sheet \"Case\" does not say what these rows are"
        ),
        "{levels}"
    );
}

#[test]
fn the_case_has_each_item_that_it_needs_once() {
    let base = after(|workbook| sheet(workbook, "Case").rows[3][1] = Value::Empty);
    assert_eq!(
        base,
        "sheet \"Case\", row 4, \"Base year\": it is empty: write a whole number"
    );
    let gone = after(|workbook| drop(sheet(workbook, "Case").rows.remove(3)));
    assert!(
        gone.starts_with("sheet \"Case\", row 1: the item \"Base year\" is missing"),
        "{gone}"
    );
    let twice = after(|workbook| sheet(workbook, "Case").rows[4][0] = "Base year".into());
    assert!(
        twice.contains("sheet \"Case\", row 5: \"Base year\" is there twice"),
        "{twice}"
    );
    let unknown = after(|workbook| sheet(workbook, "Case").rows[4][0] = "Start".into());
    assert!(
        unknown.contains("sheet \"Case\", row 5: no item is called \"Start\""),
        "{unknown}"
    );
    let headed = after(|workbook| sheet(workbook, "Case").rows[0][1] = "Worth".into());
    assert!(
        headed.contains("sheet \"Case\", row 1: the first row is headed"),
        "{headed}"
    );
}

#[test]
fn sheets_are_those_of_a_case() {
    let without = after(|workbook| workbook.sheets.retain(|sheet| sheet.name != "Lines"));
    assert!(
        without.contains("the sheet \"Lines\" is missing"),
        "{without}"
    );
    let more = after(|workbook| {
        workbook.sheets.push(Sheet {
            name: "Notes".to_owned(),
            rows: Vec::new(),
        });
    });
    assert!(
        more.starts_with("no sheet of a case is called \"Notes\""),
        "{more}"
    );
    let prices = after(|workbook| workbook.sheets.retain(|sheet| sheet.name != "Deflator"));
    assert!(
        prices.contains(
            "sheet \"Case\", row 12, \"Deflator: name\": the sheet \"Deflator\" has no rows"
        ),
        "{prices}"
    );
    let beside = after(|workbook| sheet(workbook, "Partners").rows[1].push("more".into()));
    assert!(
        beside.contains("sheet \"Partners\", row 2: D2 stands under no heading"),
        "{beside}"
    );
    assert_eq!(
        told(read(b"a,b")),
        "this is not an Excel workbook (.xlsx): save it as one; another name is not enough"
    );
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let told = after(|workbook| {
        put(workbook, "Lines", 2, "Id", 12.0.into());
        put(workbook, "Lines", 3, "Unit", 4.0.into());
        put(workbook, "Partners", 2, "Kind", Value::Empty);
    });
    assert_eq!(told.lines().count(), 3, "{told}");
    let many = after(|workbook| {
        for row in 2..5_000 {
            put(workbook, "Partners", row, "Name", f64::from(1).into());
        }
    });
    assert_eq!(many.lines().count(), 200);
    assert!(many.ends_with("there is more: put these right first"));
}

#[test]
fn blank_rows_other_orders_and_spaces_around_ids_do_not_matter() {
    let mut changed = workbook(&document("reablement.toml"));
    let text = read(&bytes(&changed)).unwrap().text;
    put(&mut changed, "Lines", 2, "Id", "  team ".into());
    let lines = sheet(&mut changed, "Lines");
    for row in &mut lines.rows {
        row.resize(32, Value::Empty);
        row.reverse();
    }
    lines.rows.insert(2, Vec::new());
    lines.rows.insert(3, vec![" ".into()]);
    changed.sheets.reverse();
    let back = read(&bytes(&changed)).unwrap();
    assert_eq!(back.text, text);
    let line = text
        .lines()
        .position(|line| line == "id = \"bed-days\"")
        .unwrap();
    let place = back.place_of(line + 1).unwrap();
    assert_eq!(place.to_string(), "sheet \"Lines\", row 5, \"Id\"");
    assert!(back.place_of(0).is_none() && back.place_of(100_000).is_none());
}

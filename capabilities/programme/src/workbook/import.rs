//! From the rows of a workbook to a document.

use std::collections::{BTreeMap, BTreeSet};

use stour_appraisal::MOST_YEARS;

use super::document::Document;
use super::layout::{self, SHEETS};
use super::literal;
use super::place::{Place, WorkbookMistakes};
use super::tables::{Row, Tables};

pub(super) fn document(tables: &Tables, mistakes: &mut WorkbookMistakes) -> Document {
    let mut document = Document::default();
    if let Some(case) = tables.rows(layout::CASE).first() {
        heading(&mut document, case, tables, mistakes);
        let years = years(case);
        let amounts_of = by_line(tables);
        for layout in SHEETS.iter().filter(|layout| !layout.array.is_empty()) {
            for row in tables.rows(layout.name) {
                document.item(layout.array, row);
                match layout.name {
                    layout::COHORTS => population(&mut document, row, years, mistakes),
                    layout::LINES => amounts(&mut document, row, &amounts_of),
                    _ => {}
                }
            }
            if layout.name == layout::UNCERTAIN {
                correlations(&mut document, tables);
                scenarios(&mut document, tables, mistakes);
            }
        }
    }
    lines_of_amounts(tables, mistakes);
    document
}

/// What stands once: the case, and its tables of rates, prices and corrections.
fn heading(document: &mut Document, case: &Row, tables: &Tables, mistakes: &mut WorkbookMistakes) {
    document.fields(case, "");
    document.group("[case]", case, "case");
    document.group("[discount]", case, "discount");
    bands(document, tables.rows(layout::DISCOUNT));
    let named = document.group("[deflator]", case, "deflator");
    let index = tables.rows(layout::DEFLATOR);
    both(case, "deflator", named, layout::DEFLATOR, index, mistakes);
    if !index.is_empty() {
        // The engine tells of the table as a whole, and so of no row but that of the headings.
        document.header("[deflator.index]", &Place::new(layout::DEFLATOR, 1));
    }
    for row in index {
        if let Some(cell) = row.get("index") {
            document.field(row.literal("year"), cell);
        }
    }
    let named = document.group("[optimism_by_evidence]", case, "optimism_by_evidence");
    let levels = tables.rows(layout::OPTIMISM);
    both(
        case,
        "optimism_by_evidence",
        named,
        layout::OPTIMISM,
        levels,
        mistakes,
    );
    list(document, "level", levels, &["level", "percent"]);
}

/// A table whose heading is on one sheet and whose rows are on another has both or neither.
fn both(
    case: &Row,
    group: &str,
    named: bool,
    sheet: &str,
    rows: &[Row],
    mistakes: &mut WorkbookMistakes,
) {
    let of_group = |key: &str| super::document::group_of(key).0 == group;
    match (named, rows.first()) {
        (true, None) => {
            let first = case.cells.iter().find(|cell| of_group(cell.column.key));
            let place = first.map_or_else(|| case.place.clone(), |cell| cell.place.clone());
            mistakes.add(place, format!("the sheet {sheet:?} has no rows for it: fill them in, or clear this"));
        }
        (false, Some(first)) => mistakes.add(
            first.place.clone(),
            format!("the sheet {:?} does not say what these rows are: give their name, source and date there", layout::CASE),
        ),
        _ => {}
    }
}

/// Rows as a list of tables, one on each line.
fn list(document: &mut Document, key: &str, rows: &[Row], keys: &[&str]) {
    let (Some(first), Some(last)) = (rows.first(), rows.last()) else {
        return;
    };
    document.line(&format!("{key} = ["), &Place::new(&first.place.sheet, 1));
    for row in rows {
        let fields: Vec<String> = keys
            .iter()
            .filter_map(|key| Some(format!("{key} = {}", row.get(key)?.literal)))
            .collect();
        document.line(&format!("  {{ {} }},", fields.join(", ")), &row.place);
    }
    document.line("]", &last.place);
}

/// The rates of a discount table of the case's own, each basis with its bands.
fn bands(document: &mut Document, rows: &[Row]) {
    for (name, rows) in together(rows, "name") {
        if let Some(cell) = rows.first().and_then(|row| row.get("name")) {
            document.header("[[discount.table]]", &cell.place);
            document.line(&format!("name = {name}"), &cell.place);
        }
        list(document, "band", &rows, &["from", "to", "percent"]);
    }
}

/// Rows that have the same literal under a key, in the order in which each is first there.
fn together(rows: &[Row], key: &str) -> Vec<(String, Vec<Row>)> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut groups: Vec<(String, Vec<Row>)> = Vec::new();
    for row in rows {
        let name = row.literal(key);
        let place = *places.entry(name).or_insert(groups.len());
        if place == groups.len() {
            groups.push((name.to_owned(), Vec::new()));
        }
        if let Some((_, rows)) = groups.get_mut(place) {
            rows.push(row.clone());
        }
    }
    groups
}

/// The first and the last year of the case.
fn years(case: &Row) -> Option<(i32, i32)> {
    let year = |key: &str| case.literal(key).parse::<i32>().ok();
    let (base, last) = (year("case.base_year")?, year("case.last_year")?);
    let later = usize::try_from(last.checked_sub(base)?).ok()?;
    (later < MOST_YEARS).then_some((base, last))
}

/// A cohort's population: one number, or the columns of years.
fn population(
    document: &mut Document,
    row: &Row,
    years: Option<(i32, i32)>,
    mistakes: &mut WorkbookMistakes,
) {
    if row.years.is_empty() {
        if row.get("population").is_none() {
            mistakes.add(
                row.place.clone(),
                "the cohort has no population: give one number, or one for each year",
            );
        }
        return;
    }
    if let Some(cell) = row.get("population") {
        mistakes.add(
            cell.place.clone(),
            "the population is there once for all years and again by year: clear one",
        );
        return;
    }
    let Some((base, last)) = years else {
        let reason = format!(
            "the population by year needs the base year and the last year of the case, which has at most {MOST_YEARS} years"
        );
        mistakes.add(row.place.clone(), reason);
        return;
    };
    for year in base..=last {
        if !row.years.iter().any(|(known, ..)| *known == year) {
            mistakes.add(
                row.place.clone(),
                format!("there is no population for {year}: fill in each year of the case"),
            );
        }
    }
    for (year, _, place) in &row.years {
        if !(base..=last).contains(year) {
            mistakes.add(
                place.clone(),
                format!("{year} is no year of the case: clear it"),
            );
        }
    }
    let numbers: Vec<&str> = row
        .years
        .iter()
        .map(|(_, number, _)| number.as_str())
        .collect();
    document.line(
        &format!("population = [{}]", numbers.join(", ")),
        &row.place,
    );
}

/// The rows of amounts by the literals of their lines.
fn by_line(tables: &Tables) -> BTreeMap<&str, &Row> {
    let rows = tables.rows(layout::AMOUNTS).iter();
    rows.map(|row| (row.literal("line"), row)).collect()
}

/// The amounts of a line, from its row on their own sheet.
fn amounts(document: &mut Document, line: &Row, amounts_of: &BTreeMap<&str, &Row>) {
    let Some(own) = amounts_of.get(line.literal("id")) else {
        return;
    };
    document.header("[line.amounts]", &own.place);
    for (year, literal, place) in &own.years {
        document.line(&format!("{year} = {literal}"), place);
    }
}

/// Refuses amounts of no line, of one line twice, and of no year.
fn lines_of_amounts(tables: &Tables, mistakes: &mut WorkbookMistakes) {
    let lines = tables.rows(layout::LINES).iter();
    let lines: BTreeSet<&str> = lines.map(|line| line.literal("id")).collect();
    for (name, rows) in together(tables.rows(layout::AMOUNTS), "line") {
        let shown = literal::shown(&name);
        for (position, row) in rows.iter().enumerate() {
            if position > 0 {
                mistakes.add(
                    row.place.clone(),
                    format!("{shown:?} has two rows of amounts: put them in one"),
                );
            }
            if row.years.is_empty() {
                mistakes.add(
                    row.place.clone(),
                    format!("{shown:?} has no amounts: fill them in, or clear the row"),
                );
            }
            if !lines.contains(name.as_str()) {
                mistakes.add(
                    row.place.clone(),
                    format!(
                        "no line is called {shown:?}: its id stands on the sheet {:?}",
                        layout::LINES
                    ),
                );
            }
        }
    }
}

fn correlations(document: &mut Document, tables: &Tables) {
    for row in tables.rows(layout::CORRELATIONS) {
        document.header("[[correlation]]", &row.place);
        let between = format!(
            "between = [{}, {}]",
            row.literal("first"),
            row.literal("second")
        );
        document.line(&between, &row.place);
        for key in ["rank", "source"] {
            if let Some(cell) = row.get(key) {
                document.field(key, cell);
            }
        }
    }
}

fn scenarios(document: &mut Document, tables: &Tables, mistakes: &mut WorkbookMistakes) {
    for (_, rows) in together(tables.rows(layout::SCENARIOS), "id") {
        let Some(first) = rows.first() else {
            continue;
        };
        document.header("[[scenario]]", &first.place);
        for key in ["id", "name", "source"] {
            match first.get(key) {
                Some(cell) => document.field(key, cell),
                None => mistakes.add(
                    first.place.clone(),
                    format!("the scenario's first row has no {key}: write one"),
                ),
            }
            for row in &rows {
                if row
                    .get(key)
                    .is_some_and(|cell| cell.literal != first.literal(key))
                {
                    mistakes.add(row.place.clone(), format!("the scenario has another {key} than in row {}: write the same, or nothing", first.place.row));
                }
            }
        }
        document.header("[scenario.set]", &first.place);
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for row in &rows {
            let input = row.literal("input");
            match row.get("value") {
                Some(cell) if !input.is_empty() && !seen.contains(input) => {
                    document.field(input, cell);
                    seen.insert(input);
                }
                None if input.is_empty() && rows.len() == 1 => {}
                _ if seen.contains(input) => mistakes.add(
                    row.place.clone(),
                    format!(
                        "the scenario sets {} twice: take one out",
                        literal::shown(input)
                    ),
                ),
                _ => mistakes.add(row.place.clone(), "write both an input and its value"),
            }
        }
    }
}

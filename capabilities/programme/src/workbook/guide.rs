//! How to fill in a workbook: the sheet "Read me", and the page of the documentation.

use stour_spreadsheet::{Sheet, Value};

use super::layout::{Column, Form, README, RESULT, SHEETS, SheetLayout};

/// What holds for all sheets.
const RULES: &[&str] = &[
    "Each sheet has its headings in the first row. Their words matter; their order does not, but on the sheet Case. Sheets and headings that are not listed are refused. What is hidden or filtered out counts as what is seen does.",
    "What is marked with * is needed wherever its row has anything in it. Nothing that is left out is filled in for you. Empty rows are passed over.",
    "A number is a number, and not text that looks like one; an id is text. Pounds are numbers with at most two digits after the point, or text such as £1,234.50. Percents are numbers such as 3.5, or cells that show 3.5%; proportions are 0 to 1, or cells that show 0% to 100%.",
    "Partners that share are written with their shares: council 0.6; nhs 0.4. Years are the year in which they begin, such as 2026.",
    "A formula counts as the value that was stored with it. Save the workbook after it was worked out.",
    "The first mistakes are told with their sheet and row; when they are put right, what the case as a whole lacks is told the same way.",
];

fn results() -> String {
    format!(
        "Sheets whose names begin with \"{RESULT}\" hold what was worked out. They are not read, and so this sheet is not."
    )
}

fn marked(column: &Column) -> String {
    let mark = if column.needed { " *" } else { "" };
    format!("{}{mark}", column.heading)
}

/// What may stand in a sheet's columns of years.
fn of_years(layout: &SheetLayout) -> Option<String> {
    match layout.form {
        Form::RowsWithYears(kind) => Some(kind.what().to_owned()),
        Form::Rows | Form::Pairs => None,
    }
}

/// The sheet "Read me".
pub(super) fn sheet() -> Sheet {
    let mut rows: Vec<Vec<Value>> = vec![vec![
        "How to fill in this workbook".into(),
        "Column or item".into(),
        "What may stand there".into(),
        "What it says".into(),
    ]];
    rows.extend(RULES.iter().map(|rule| vec![Value::from(*rule)]));
    rows.push(vec![results().into()]);
    for layout in SHEETS {
        rows.push(Vec::new());
        rows.push(vec![format!("{}: {}", layout.name, layout.about).into()]);
        for column in layout.columns {
            rows.push(vec![
                layout.name.into(),
                marked(column).into(),
                column.kind.what().into(),
                column.help.into(),
            ]);
        }
        if let Some(what) = of_years(layout) {
            rows.push(vec![
                layout.name.into(),
                "2026 and so on".into(),
                what.into(),
            ]);
        }
    }
    Sheet {
        name: README.to_owned(),
        rows,
    }
}

/// The page of the documentation that lists sheets and columns, in Markdown.
pub fn page() -> String {
    let mut parts = vec![TOP.to_owned()];
    let rules = RULES.iter().map(|rule| (*rule).to_owned());
    parts.extend(rules.chain([results()]).map(|rule| format!("- {rule}\n")));
    for layout in SHEETS {
        let needed = if layout.needed { " *" } else { "" };
        parts.push(format!(
            "\n## {}{needed}\n\n{}\n\n",
            layout.name, layout.about
        ));
        let first = if layout.form == Form::Pairs {
            "item"
        } else {
            "column"
        };
        parts.push(format!(
            "| {first} | what may stand there | what it says |\n|---|---|---|\n"
        ));
        parts.extend(layout.columns.iter().map(|column| {
            format!(
                "| {} | {} | {} |\n",
                marked(column),
                column.kind.what(),
                column.help
            )
        }));
        parts.extend(
            of_years(layout)
                .map(|what| format!("| 2026 and so on | {what} | one column for each year |\n")),
        );
    }
    parts.concat()
}

/// How the page begins.
const TOP: &str = "# A case as a workbook

A business case can be filled in as an Excel workbook (.xlsx) instead of [TOML](README.md). A workbook becomes a document
in TOML, and what is wrong with it is told with its sheet and row. This page follows the table that the program reads by.

";

//! What a case comes to, as sheets of a workbook.

use stour_appraisal::Appraisal;
use stour_spreadsheet::Value;

use crate::workbook::ResultSheet;

/// The positions, the matrix and every amount with its arithmetic.
pub(crate) fn sheets(found: &Appraisal) -> Vec<ResultSheet> {
    vec![positions(found), matrix(found), amounts(found)]
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn money(amount: stour_kernel::Pence) -> Value {
    Value::Pounds(crate::shown::in_pounds(amount))
}

fn positions(found: &Appraisal) -> ResultSheet {
    let mut rows = vec![
        [
            "Partner",
            "Year",
            "Pays",
            "Gains",
            "Cashable",
            "Net",
            "Net until then",
        ]
        .map(text)
        .to_vec(),
    ];
    for partner in &found.partners {
        for year in &partner.years {
            let amounts = [
                year.pays,
                year.gains,
                year.cashable,
                year.net,
                year.cumulative,
            ];
            let names = [text(&partner.name), text(&year.year)];
            rows.push(names.into_iter().chain(amounts.map(money)).collect());
        }
    }
    ResultSheet {
        name: "positions".to_owned(),
        rows,
    }
}

fn matrix(found: &Appraisal) -> ResultSheet {
    let gainers = found.matrix.gainers.iter().map(|id| text(id));
    let mut rows: Vec<Vec<Value>> = vec![
        [text("Who pays"), text("Pays")]
            .into_iter()
            .chain(gainers)
            .collect(),
    ];
    for row in &found.matrix.rows {
        let gains = row.gains.iter().map(|gain| money(*gain));
        rows.push(
            [text(&row.payer), money(row.pays)]
                .into_iter()
                .chain(gains)
                .collect(),
        );
    }
    ResultSheet {
        name: "who pays, who gains".to_owned(),
        rows,
    }
}

fn amounts(found: &Appraisal) -> ResultSheet {
    let mut rows = vec![
        [
            "Line",
            "Year",
            "Amount",
            "Present value",
            "The arithmetic of the amount",
        ]
        .map(text)
        .to_vec(),
    ];
    for line in &found.lines {
        for cell in &line.cells {
            rows.push(vec![
                text(&line.id),
                text(&cell.year),
                money(cell.amount),
                money(cell.present_value),
                text(&cell.words),
            ]);
        }
    }
    ResultSheet {
        name: "amounts".to_owned(),
        rows,
    }
}

//! `stour link cases`.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use clap::Args;
use serde::Serialize;
use stour_linkage::{Batch, DateOrder, Decision, Model, Remembered};

use super::columns::Columns;
use super::table::{Compared, Table};
use crate::program::give;

/// Where the cases hold what is compared.
const COLUMNS: &str = "id=rec_id,nhs_number=nhs_number,nhs_status=nhs_status,given=given,middle=middle,family=family_name,dob=dob,sex=sex,address=address,postcode=postcode,phone=phone,multiple_birth_order=multiple_birth_order,deceased_date=deceased_date";

/// Run hard cases and compare what is decided with what was expected
///
/// The file has `case_id`, scenario, role (INDEX or INCOMING), `rec_id`, `nhs_number`, `nhs_status`, given, middle,
/// `family_name`, dob, sex, address, postcode, phone, `multiple_birth_order`, `deceased_date` and, on incoming
/// rows, expect: LINK:n (the nth index row of the case, from 0), REVIEW or NEW. Where there are columns
/// email and restricted they are used too; a column remembered on an incoming row holds what a human has
/// decided, as different:n or same:n. Each case is decided by itself. Exits with 1 when one is not as
/// expected.
///
/// Example: stour link cases cases.csv
#[derive(Debug, Args)]
pub(crate) struct Cases {
    /// The file of cases
    file: PathBuf,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

/// One row of a case, as it was read.
struct Row {
    case: String,
    scenario: String,
    is_incoming: bool,
    expect: String,
    remembered: String,
    fields: Vec<String>,
}

/// What became of one case.
#[derive(Debug, Serialize)]
struct Verdict {
    case_id: String,
    scenario: String,
    expected: String,
    got: String,
    as_expected: bool,
    step: &'static str,
    weight: Option<f64>,
    probability: Option<f64>,
    sentence: String,
}

impl Cases {
    pub(super) fn run(&self) -> anyhow::Result<()> {
        let verdicts = decide(&self.file)?;
        let right = verdicts
            .iter()
            .filter(|verdict| verdict.as_expected)
            .count();
        if self.json {
            give(&serde_json::to_string_pretty(&verdicts)?);
        } else {
            for verdict in &verdicts {
                let mark = if verdict.as_expected {
                    "as expected"
                } else {
                    "NOT AS EXPECTED"
                };
                give(&format!(
                    "{:<6} expected {:<8} got {:<8} {mark}: {}\n       {}",
                    verdict.case_id,
                    verdict.expected,
                    verdict.got,
                    verdict.scenario,
                    verdict.sentence
                ));
            }
            give(&format!(
                "{right} of {} cases are as expected.",
                verdicts.len()
            ));
        }
        ensure!(
            right == verdicts.len(),
            "{} cases are not as expected",
            verdicts.len() - right
        );
        Ok(())
    }
}

fn decide(file: &Path) -> anyhow::Result<Vec<Verdict>> {
    let table = Table::open(file)?;
    let header = table.header.clone();
    let further = ["email", "restricted"].map(|name| {
        let is_there = header.iter().any(|column| column == name);
        if is_there {
            format!(",{name}={name}")
        } else {
            String::new()
        }
    });
    let columns: Columns = format!("{COLUMNS}{}", further.concat()).parse()?;
    columns.check(&[&header])?;
    let at = |name: &str| header.iter().position(|column| column == name);
    let (case, role, expect) = (at("case_id"), at("role"), at("expect"));
    ensure!(
        case.is_some() && role.is_some() && expect.is_some(),
        "{} needs the columns case_id, role and expect",
        file.display()
    );
    let mut rows: Vec<Row> = Vec::new();
    let seen = table.each(&columns, DateOrder::DayFirst, |_, fields, _| {
        let get = |place: Option<usize>| {
            place
                .and_then(|place| fields.get(place))
                .map_or("", |field| field.as_ref())
                .to_owned()
        };
        rows.push(Row {
            case: get(case),
            scenario: get(at("scenario")),
            is_incoming: get(role).eq_ignore_ascii_case("incoming"),
            expect: get(expect),
            remembered: get(at("remembered")),
            fields: fields
                .iter()
                .map(|field| field.clone().into_owned())
                .collect(),
        });
        Ok(())
    })?;
    seen.tell();
    let model = Model::new(&[])?;
    let mut verdicts = Vec::new();
    for rows in rows.chunk_by(|one, other| one.case == other.case) {
        verdicts.extend(decide_case(rows, &columns, &header, &model)?);
    }
    Ok(verdicts)
}

fn decide_case(
    rows: &[Row],
    columns: &Columns,
    header: &csv::StringRecord,
    model: &Model,
) -> anyhow::Result<Vec<Verdict>> {
    let places = columns.places(header);
    let compared = Compared::new(&places);
    let mut batch = Batch::new(0);
    let (index, incoming): (Vec<&Row>, Vec<&Row>) = rows.iter().partition(|row| !row.is_incoming);
    for row in index.iter().chain(&incoming) {
        let fields: Vec<Cow<'_, str>> = row
            .fields
            .iter()
            .map(|field| Cow::Borrowed(field.as_str()))
            .collect();
        compared.with_record(&fields, DateOrder::DayFirst, |record| {
            if row.is_incoming {
                batch.incoming(record);
            } else {
                batch.index(record);
            }
        });
    }
    let mut model = model.clone();
    let told = |at: usize, index: usize| {
        let said = incoming.get(at)?.remembered.as_str();
        let (answer, which) = said.split_once(':')?;
        (which.trim().parse() == Ok(index)).then_some(match answer.trim() {
            "same" => Remembered::Same,
            _ => Remembered::Different,
        })
    };
    let outcomes = batch.decide(&mut model, told);
    incoming
        .iter()
        .zip(outcomes)
        .map(|(row, outcome)| {
            let got = match (outcome.decision, outcome.index) {
                (Decision::Link, Some(index)) => format!("LINK:{index}"),
                (Decision::Review, _) => "REVIEW".to_owned(),
                _ => "NEW".to_owned(),
            };
            Ok(Verdict {
                case_id: row.case.clone(),
                scenario: row.scenario.clone(),
                as_expected: got == row.expect,
                expected: row.expect.clone(),
                got,
                step: outcome.step.as_str(),
                weight: outcome.weight,
                probability: outcome.probability,
                sentence: batch.explain(&model, &outcome).sentence,
            })
        })
        .collect::<anyhow::Result<Vec<_>>>()
        .context("a case cannot be decided")
}

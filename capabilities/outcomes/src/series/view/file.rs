//! A series as a file.

use axum::Json;
use axum::response::{IntoResponse, Response};
use stour_spreadsheet::Value;
use stour_statistics::xmr::{Kind, Profile, SpecialCause};
use stour_web::Problem;

use super::Whole;
use super::definition::UNVERIFIED;
use crate::indicator::download::{self, FileTable, Form};
use crate::series::api;
use crate::series::file::{number, text};
use crate::series::judgement::Method;
use crate::shown::profile_words;
use crate::words;

fn date(date: &impl ToString) -> Value {
    Value::Date(date.to_string())
}

fn table<const N: usize>(
    name: &'static str,
    headings: [&str; N],
    rows: impl Iterator<Item = [Value; N]>,
) -> FileTable {
    FileTable {
        name,
        headings: headings.map(str::to_owned).to_vec(),
        rows: rows.map(Vec::from).collect(),
    }
}

impl Whole {
    /// The whole series as a file; `base` is what links in it begin with.
    pub(crate) fn answer(
        &self,
        form: Form,
        method: Method,
        base: &str,
    ) -> Result<Response, Problem> {
        let name = format!("{}-{}", self.series.measure, self.series.area);
        match form {
            Form::Csv => download::csv(&name, &self.figures()),
            Form::Json => Ok(Json(api::detail_of(self, method)).into_response()),
            Form::Xlsx => {
                let tables = self.tables();
                let cover = self.cover(&tables, method.profile, base);
                download::xlsx(&name, cover, tables)
            }
        }
    }

    pub(super) fn figures(&self) -> FileTable {
        let rows = self.judgement.days.iter().map(|day| {
            let judged = &day.judged;
            [
                date(&judged.at),
                number(day.published),
                number(judged.value),
                text(day.missing.as_deref()),
                number(judged.mean),
                number(judged.limits.map(|limits| limits.lower)),
                number(judged.limits.map(|limits| limits.upper)),
                text(judged.kind.map(Kind::words)),
                text(judged.cause.map(SpecialCause::words)),
                number(judged.target),
            ]
        });
        let headings = [
            "date",
            "published",
            "value",
            "missing",
            "mean",
            "lower_limit",
            "upper_limit",
            "variation",
            "rule",
            "target",
        ];
        table("Figures", headings, rows)
    }

    /// Every table of the page that has a row, each for a sheet of its own.
    pub(super) fn tables(&self) -> Vec<FileTable> {
        let targets = self.measure.targets.iter().map(|target| {
            [
                date(&target.from),
                Value::Number(target.value),
                target.what.as_str().into(),
                target.source.as_str().into(),
            ]
        });
        let targets = table("Targets", ["from", "target", "what", "source"], targets);
        let all = [
            self.figures(),
            targets,
            self.notes(),
            self.parts(),
            self.others(),
        ];
        let all = all.into_iter();
        all.filter(|table| !table.rows.is_empty()).collect()
    }

    fn notes(&self) -> FileTable {
        let rebases = self.rebases.iter().map(|rebase| {
            [
                date(&rebase.day),
                "Limits start afresh".into(),
                rebase.reason.as_str().into(),
                rebase.decided_by.as_str().into(),
                date(&rebase.recorded_at),
            ]
        });
        let told = self.annotations.iter().map(|told| {
            [
                date(&told.day),
                "Note".into(),
                told.what.as_str().into(),
                told.told_by.as_str().into(),
                date(&told.recorded_at),
            ]
        });
        table(
            "Fresh starts and notes",
            ["from", "what", "reason_or_event", "by", "recorded"],
            rebases.chain(told),
        )
    }

    /// What it is divided into, less what is withheld.
    fn parts(&self) -> FileTable {
        let rows = self.divided.iter().flat_map(|divided| {
            divided.parts.iter().flat_map(|(part, values)| {
                let shown = values
                    .iter()
                    .filter(|(at, _)| !divided.withheld.contains_key(at));
                shown.map(|(at, value)| {
                    [
                        divided.list.title.as_str().into(),
                        part.code.as_str().into(),
                        part.whole_label().into(),
                        date(at),
                        Value::Number(value.value),
                    ]
                })
            })
        });
        table("Parts", ["list", "code", "part", "date", "value"], rows)
    }

    fn others(&self) -> FileTable {
        let rows = self.beside().flat_map(|other| {
            other.values.iter().map(|(at, value)| {
                [
                    other.area.code.as_str().into(),
                    other.area.name.as_str().into(),
                    other.why().into(),
                    date(at),
                    Value::Number(*value),
                ]
            })
        });
        table(
            "Other areas",
            ["code", "area", "why", "date", "value"],
            rows,
        )
    }

    pub(super) fn cover(&self, tables: &[FileTable], profile: Profile, base: &str) -> Vec<String> {
        let measure = self.measure;
        let noun = measure.every.noun();
        let mut lines = vec![
            self.headline(),
            format!(
                "{}, each {noun}, {}. Unit: {}.",
                measure.title,
                self.area_in_full(),
                measure.unit
            ),
            format!("It is: {}", measure.is),
        ];
        lines.extend(measure.is_not.iter().map(|not| format!("It is not: {not}")));
        lines.push(format!("Source: {}", self.source()));
        lines.push(format!("Definition: {}", self.series.definition_version));
        lines.push(format!("Rules of the chart: {}", profile_words(profile).1));
        if profile == Profile::MakingDataCount {
            lines.push(UNVERIFIED.to_owned());
        }
        lines.extend(measure.notes.iter().map(|note| format!("Note: {note}")));
        let faults = measure.faults.iter();
        let faults = faults.filter(|fault| fault.concerns(&self.area.code));
        lines.extend(faults.map(|fault| {
            let (from, to) = (measure.every.name(fault.from), measure.every.name(fault.to));
            format!("Known of the figures, {from} to {to}: {}", fault.what)
        }));
        lines.extend(tables.iter().map(|table| {
            let what = match table.name {
                "Figures" => format!(
                    "a row for each {noun}, dated by its first day. “published” is the figure as it was published, “value” the one \
                     that is judged; where there is none, “missing” says why. The mean and the limits are those of the chart."
                ),
                "Targets" => "what is aimed at, each from its day until the next.".to_owned(),
                "Parts" => "what the figures are divided into, as published.".to_owned(),
                "Other areas" => "the same measure elsewhere, less what is missing or known to be wrong.".to_owned(),
                _ => "days from which the limits start afresh, and what was done or happened.".to_owned(),
            };
            let rows = words::counted(words::number(table.rows.len()), "row");
            format!("Sheet “{}” ({rows}): {what}", table.name)
        }));
        lines.push(format!("Page: {base}{}", self.address()));
        lines
    }
}

//! What is answered: rows with the columns that other programs know, and what stands beside them.

mod rows;

use serde::Serialize;
use stour_kernel::Date;
use stour_statistics::Point;
use stour_statistics::xmr::{Annotation, Chart, Decision, FEWEST_FOR_LIMITS};

use super::Spc;
use super::asked::{Better, Kind, Rules};
use super::judged::{self, Judged};
use super::read::Series;
use super::tidy::{Reading, Tidy, tidy};
use crate::command::records::{Mistake, Mistakes};
use crate::program::Misused;
pub(super) use rows::{PointRow, RunPointRow, RunSummaryRow, SummaryRow};

/// Everything that is said of a file.
#[derive(Debug, Serialize)]
pub(super) struct Answer {
    pub(super) file: String,
    pub(super) chart: Kind,
    /// Whose rules, and which way is better; none for a run chart, which asks neither.
    pub(super) rules: Option<Rules>,
    pub(super) improvement: Option<Better>,
    pub(super) screening: bool,
    pub(super) fix_after: Option<usize>,
    pub(super) laney: bool,
    #[serde(flatten)]
    pub(super) rows: Rows,
    pub(super) withheld: Vec<Withheld>,
    pub(super) rebases: Vec<RebaseRow>,
    pub(super) annotations: Vec<AnnotationRow>,
    pub(super) notes: Vec<Note>,
}

/// The rows of one kind of chart.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Rows {
    /// With limits.
    Chart {
        points: Vec<PointRow>,
        summary: Vec<SummaryRow>,
    },
    /// About a median.
    Run {
        points: Vec<RunPointRow>,
        summary: Vec<RunSummaryRow>,
    },
}

impl Rows {
    fn none(chart: Kind) -> Self {
        if chart == Kind::Run {
            return Self::Run {
                points: Vec::new(),
                summary: Vec::new(),
            };
        }
        Self::Chart {
            points: Vec::new(),
            summary: Vec::new(),
        }
    }
}

/// A number that is not used, and why.
#[derive(Debug, Serialize)]
pub(super) struct Withheld {
    pub(super) case_id: Option<String>,
    pub(super) x: Date,
    pub(super) line: Option<u64>,
    pub(super) published: Option<String>,
    pub(super) reason: String,
}

/// A rebase that was asked for, and what became of it.
#[derive(Debug, Serialize)]
pub(super) struct RebaseRow {
    pub(super) case_id: Option<String>,
    pub(super) asked: Date,
    pub(super) at: Option<Date>,
    pub(super) reason: Option<String>,
    pub(super) by: Option<String>,
}

/// What was done on a date, and the first point from then on.
#[derive(Debug, Serialize)]
pub(super) struct AnnotationRow {
    pub(super) case_id: Option<String>,
    pub(super) at: Date,
    pub(super) words: String,
    pub(super) point: Option<Date>,
}

/// What a reader should know of a series, or of all.
#[derive(Debug, Serialize)]
pub(super) struct Note {
    pub(super) case_id: Option<String>,
    pub(super) note: String,
}

impl Answer {
    /// Judges every series.
    ///
    /// # Errors
    /// When no series has a value that can be used.
    pub(super) fn of(
        asked: &Spc,
        series: &[Series],
        decisions: &[Decision<Date>],
    ) -> Result<Self, Mistakes> {
        let has_rules = asked.chart != Kind::Run;
        let mut answer = Self {
            file: asked.file.display().to_string(),
            chart: asked.chart,
            rules: has_rules.then_some(asked.rules),
            improvement: has_rules.then_some(asked.improvement),
            screening: judged::screens(asked),
            fix_after: asked.fix_after,
            laney: asked.laney,
            rows: Rows::none(asked.chart),
            withheld: Vec::new(),
            rebases: Vec::new(),
            annotations: Vec::new(),
            notes: Vec::new(),
        };
        answer.note_all(asked);
        let mut usable = false;
        for one in series {
            let tidy = tidy(asked, one);
            usable |= tidy
                .readings
                .iter()
                .any(|reading| reading.counted.is_some());
            answer.add(asked, one.name.as_deref(), tidy, decisions)?;
        }
        if usable {
            return Ok(answer);
        }
        let mut mistakes = Mistakes::from(Mistake::of_file("no value can be used"));
        for Withheld { line, reason, .. } in answer.withheld {
            mistakes.add(Mistake { line, reason });
        }
        Err(mistakes)
    }

    fn note_all(&mut self, asked: &Spc) {
        let mut note = |holds: bool, note: &str| {
            if holds {
                self.notes.push(Note {
                    case_id: None,
                    note: note.to_owned(),
                });
            }
        };
        note(
            !asked.rebase.is_empty() && asked.rebase_reason.is_none(),
            "The rebases have no reason and no name: before this is shown to anybody, say why with \
             --rebase-reason and who decided with --rebase-by.",
        );
        note(
            !asked.target.is_empty() && asked.improvement == Better::Neutral,
            "A target is met or missed only where one way is better: say --improvement increase or \
             decrease for the assurance icon.",
        );
    }

    fn add(
        &mut self,
        asked: &Spc,
        name: Option<&str>,
        tidy: Tidy,
        decisions: &[Decision<Date>],
    ) -> Result<(), Mistake> {
        let Tidy { readings, notes } = tidy;
        let judged = judged::judge(asked, &readings)
            .map_err(|reason| Mistake::of_file(format!("{}{reason}", before(name))))?;
        let case_id = name.map(str::to_owned);
        let notes = notes.into_iter().map(|note| Note {
            case_id: case_id.clone(),
            note,
        });
        self.notes.extend(notes);
        self.annotate(asked, name, &readings);
        match (&judged, &mut self.rows) {
            (Judged::Chart(chart), Rows::Chart { points, summary }) => {
                points.extend(rows::points(name, chart, &readings));
                summary.extend(rows::summary(name, chart));
                let further = notes_of(asked, chart).into_iter().map(|note| Note {
                    case_id: case_id.clone(),
                    note,
                });
                self.notes.extend(further);
                self.rebases.extend(chart.rebases.iter().map(|rebase| {
                    let decision = decisions.iter().find(|one| one.at() == rebase.asked);
                    RebaseRow {
                        case_id: case_id.clone(),
                        asked: rebase.asked,
                        at: rebase.at,
                        reason: decision.map(|one| one.reason().to_owned()),
                        by: decision.map(|one| one.by().to_owned()),
                    }
                }));
            }
            (Judged::Run(run), Rows::Run { points, summary }) => {
                points.extend(rows::run_points(name, run, &readings));
                summary.push(rows::run_summary(name, run));
            }
            _ => {}
        }
        let withheld = readings.into_iter().filter_map(|reading| {
            Some(Withheld {
                case_id: case_id.clone(),
                x: reading.at,
                line: reading.line,
                published: reading.published,
                reason: reading.withheld?,
            })
        });
        self.withheld.extend(withheld);
        Ok(())
    }

    fn annotate(&mut self, asked: &Spc, name: Option<&str>, readings: &[Reading]) {
        let points: Vec<Point<Date>> = readings
            .iter()
            .map(|reading| Point {
                at: reading.at,
                value: None,
            })
            .collect();
        let annotations: Vec<Annotation<Date>> = asked
            .annotate
            .iter()
            .map(|remark| remark.0.clone())
            .collect();
        let placed = Annotation::place(&annotations, &points).into_iter();
        self.annotations.extend(placed.map(|placed| AnnotationRow {
            case_id: name.map(str::to_owned),
            at: placed.at,
            words: placed.words,
            point: placed.point,
        }));
    }
}

/// The rebases as decisions, where their reason and name were given.
///
/// # Errors
/// When the reason or the name is blank.
pub(super) fn decisions(asked: &Spc) -> Result<Vec<Decision<Date>>, Misused> {
    let (Some(reason), Some(by)) = (&asked.rebase_reason, &asked.rebase_by) else {
        return Ok(Vec::new());
    };
    asked
        .rebase
        .iter()
        .map(|&at| Decision::new(at, reason, by).map_err(|blank| Misused(blank.to_string())))
        .collect()
}

/// What a reader should know of a chart before believing its lines.
fn notes_of(asked: &Spc, chart: &Chart<Date>) -> Vec<String> {
    let mut notes = Vec::new();
    for group in &chart.groups {
        let (from, count) = (group.from, group.count);
        if let Some(fixed) = asked.fix_after.filter(|fixed| *fixed > count) {
            notes.push(format!(
                "The stretch from {from} has {count} of the {fixed} values on which limits are to be \
                 fixed: they are of all it has."
            ));
        }
        if group.short {
            let what = match asked.rules {
                Rules::Plotthedots => "its limits are trial limits",
                Rules::Mdc => "it has no limits, and its points are not judged",
            };
            notes.push(format!(
                "The stretch from {from} has fewer than {FEWEST_FOR_LIMITS} values: {what}."
            ));
        }
    }
    let latest = chart
        .points
        .iter()
        .rev()
        .find(|point| point.value.is_some());
    if let Some(latest) = latest.filter(|point| point.target.is_none() && !asked.target.is_empty())
    {
        notes.push(format!(
            "No target applies to the latest value, of {}: each begins later.",
            latest.at
        ));
    }
    notes
}

fn before(name: Option<&str>) -> String {
    name.map_or(String::new(), |name| format!("{name}: "))
}

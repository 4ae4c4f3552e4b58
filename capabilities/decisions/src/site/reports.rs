//! Reports of health scrutiny and of Healthwatch, and by when each has to be answered.

use stour_deadlines::Standing;
use stour_design::{Heading, Markup, SummaryList, SummaryRow, Tag, TagColour, html};
use stour_kernel::Date;
use stour_web::words::day;
use stour_web::{Page, Problem, Visitor};

use super::{Part, open, page};
use crate::clock::{self, ClockError};
use crate::noun::response::HealthReport;
use crate::record::{Held, Record};
use crate::words::{days, lines, paragraphs, source};

/// The clock of an answer to health scrutiny.
pub(crate) const SCRUTINY: &str = "health-scrutiny-response";
/// The clock of an answer to Healthwatch.
pub(crate) const HEALTHWATCH: &str = "healthwatch-response";

/// `GET /decisions/reports`.
pub(crate) async fn show(visitor: Visitor) -> Result<Page, Problem> {
    let record = open(&visitor).await?;
    let today = visitor.today();
    let scrutiny = record.scrutiny_reports.iter().map(|report| {
        let committee = record.committees.get(report.committee);
        let by = committee.map_or_else(String::new, |committee| committee.of_body());
        one(report, &by, SCRUTINY, today)
    });
    let healthwatch = record
        .healthwatch_reports
        .iter()
        .map(|report| one(report, &report.by, HEALTHWATCH, today));
    let main = html! {
        (Heading::section("Health scrutiny"))
        p { (counted(SCRUTINY)) }
        @if record.scrutiny_reports.is_empty() { p { "No report is published yet." } }
        @for report in scrutiny { (report) }
        (Heading::section("Healthwatch"))
        p { (counted(HEALTHWATCH)) }
        @if record.healthwatch_reports.is_empty() { p { "No report is published yet." } }
        @for report in healthwatch { (report) }
    };
    let title = "Reports of health scrutiny and Healthwatch";
    Ok(page(&visitor, Part::Reports, title, &main))
}

/// How the time for an answer is counted, and how sure that is.
fn counted(code: &str) -> Markup {
    html! {
        @match clock::rule(code) {
            Ok(rule) => {
                (rule.label)
                @if let Some(period) = rule.period { ": " (period) " after it was asked for" }
                ". " (rule.source) "."
                @if rule.status.needs_warning() { " " strong { "Not verified at the source." } }
            },
            Err(error) => (error.to_string()),
        }
    }
}

/// Where the answer to a report stands, where it was sent.
pub(crate) fn standing(
    report: &HealthReport,
    code: &str,
    today: Date,
) -> Option<Result<(Date, Standing), ClockError>> {
    let due = clock::answer_until(code, report.sent?);
    Some(due.map(|due| (due, Standing::of(due, report.answered, today))))
}

fn one(report: &Held<HealthReport>, by: &str, code: &str, today: Date) -> Markup {
    let mut rows = vec![
        SummaryRow::new("By", by),
        SummaryRow::new("To", lines(&report.to)),
        SummaryRow::new("About", paragraphs(&report.matter)),
    ];
    if !report.evidence.is_empty() {
        rows.push(SummaryRow::new(
            "Summary of the evidence",
            paragraphs(&report.evidence),
        ));
        rows.push(SummaryRow::new(
            "Who took part",
            paragraphs(&report.participants),
        ));
    }
    rows.push(SummaryRow::new(
        "Recommends",
        lines(&report.recommendations),
    ));
    rows.push(SummaryRow::new(
        "Answer",
        html! {
            (answer_state(report, code, today))
            (paragraphs(&report.answer))
        },
    ));
    rows.push(SummaryRow::new(
        "Where it can be checked",
        source(&report.source),
    ));
    if !report.note.is_empty() {
        rows.push(SummaryRow::new("Note", report.note.as_str()));
    }
    html! {
        (Heading::subsection(report.title.as_str()))
        (SummaryList::new(rows))
    }
}

fn answer_state(report: &HealthReport, code: &str, today: Date) -> Markup {
    let Some(standing) = standing(report, code, today) else {
        return html! { p { "When an answer was asked for is not recorded." } };
    };
    let (due, standing) = match standing {
        Ok(known) => known,
        Err(error) => return html! { p { (stour_web::words::capital(&error.to_string())) "." } },
    };
    let (words, colour) = match standing {
        Standing::Met => ("Answered in time".to_owned(), TagColour::Green),
        Standing::MetLate(late) => (format!("Answered {} late", days(late)), TagColour::Orange),
        Standing::Running(left) => (format!("Due in {}", days(left)), TagColour::Yellow),
        Standing::Overdue(late) => (format!("Overdue by {}", days(late)), TagColour::Red),
    };
    html! { p { (Tag::new(words, colour)) " Due by " (day(due)) "." } }
}

/// The reports of both kinds that are not answered, each with the clock that it is answered by.
pub(crate) fn unanswered(
    record: &Record,
) -> impl Iterator<Item = (&Held<HealthReport>, &'static str)> {
    let scrutiny = record
        .scrutiny_reports
        .iter()
        .map(|report| (report, SCRUTINY));
    let healthwatch = record
        .healthwatch_reports
        .iter()
        .map(|report| (report, HEALTHWATCH));
    scrutiny
        .chain(healthwatch)
        .filter(|(report, _)| report.answered.is_none())
}

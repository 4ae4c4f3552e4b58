//! The answer in plain words.

use super::answer::{Answer, PointRow, Rows, RunPointRow, RunSummaryRow, SummaryRow};
use super::asked::{Better, Kind, Rules};
use crate::program::give;

/// How many things of a kind are told one by one.
const TOLD: usize = 40;

pub(super) fn say(answer: &Answer) {
    give(&heading(answer));
    match &answer.rows {
        Rows::Chart { points, summary } => say_chart(points, summary),
        Rows::Run { points, summary } => say_run(points, summary),
    }
    say_rebases(answer);
    let done = answer.annotations.iter().map(|done| {
        let name = named(done.case_id.as_deref());
        let after = if done.point.is_none() {
            " (after the last point)"
        } else {
            ""
        };
        format!("  {name}{} {}{after}", done.at, done.words)
    });
    say_some("What was done", &done.collect::<Vec<_>>());
    say_withheld(answer);
    let notes = answer.notes.iter().map(|note| {
        let name = named(note.case_id.as_deref());
        format!("  {name}{}", note.note)
    });
    say_some("Notes", &notes.collect::<Vec<_>>());
    give("\nWith --json: every point with its mean, limits, flags and type.");
}

fn say_rebases(answer: &Answer) {
    let rebases = answer.rebases.iter().map(|rebase| {
        let became = match rebase.at {
            Some(at) if at == rebase.asked => String::new(),
            Some(at) => format!(", moved to {at}, the next point"),
            None => ", ignored: no point is there".to_owned(),
        };
        let why = match (&rebase.reason, &rebase.by) {
            (Some(reason), Some(by)) => format!(": {reason} ({by})"),
            _ => String::new(),
        };
        let name = named(rebase.case_id.as_deref());
        format!("  {name}{}{became}{why}", rebase.asked)
    });
    say_some("Rebases", &rebases.collect::<Vec<_>>());
}

fn heading(answer: &Answer) -> String {
    let chart = match answer.chart {
        Kind::Xmr => "XmR chart",
        Kind::Run => {
            return "Run chart. An astronomical point is for your own eye to find.".to_owned();
        }
        Kind::P => "p chart",
        Kind::U => "u chart",
        Kind::C => "c chart",
        Kind::G => "g chart; its centre line is the median",
        Kind::T => "t chart",
    };
    let rules = match answer.rules {
        Some(Rules::Plotthedots) => "; rules plotthedots (NHSRplotthedots 0.2.2)",
        Some(Rules::Mdc) => "; rules mdc (Making Data Count, not verified)",
        None => "",
    };
    let better = match answer.improvement {
        Some(Better::Increase) => "; higher is better",
        Some(Better::Decrease) => "; lower is better",
        Some(Better::Neutral) => "; neither way is better",
        None => "",
    };
    let mut heading = format!("{chart}{rules}{better}");
    if answer.chart == Kind::Xmr {
        heading.push_str(if answer.screening {
            "; large moving ranges screened out"
        } else {
            "; all moving ranges kept"
        });
    }
    if let Some(count) = answer.fix_after {
        heading = format!("{heading}; limits fixed on the first {count}");
    }
    if answer.laney {
        heading.push_str("; limits widened as Laney does");
    }
    heading
}

fn say_chart(points: &[PointRow], summary: &[SummaryRow]) {
    for group in summary.iter().take(TOLD) {
        let name = named(group.case_id.as_deref());
        let limits = match (group.lpl, group.upl) {
            (Some(lower), Some(upper)) => {
                format!("limits {} to {}", figure(lower), figure(upper))
            }
            _ => "no limits".to_owned(),
        };
        give(&format!(
            "\n{name}{} to {}: {} values, mean {}, {limits}",
            group.from,
            group.to,
            group.n,
            group.mean.map_or_else(|| "none".to_owned(), figure)
        ));
        let counts = [
            ("common cause", group.common_cause),
            ("improvement", group.special_cause_improvement),
            ("concern", group.special_cause_concern),
            ("special cause high", group.special_cause_neutral_high),
            ("special cause low", group.special_cause_neutral_low),
        ];
        let counts: Vec<String> = counts
            .iter()
            .filter(|(_, count)| *count > 0)
            .map(|(words, count)| format!("{count} {words}"))
            .collect();
        if !counts.is_empty() {
            give(&format!("  Points: {}", counts.join(", ")));
        }
        if let Some(words) = group.variation {
            give(&format!("  Variation: {words}"));
        }
        if let Some(words) = group.assurance {
            give(&format!("  Assurance: {words}"));
        }
    }
    say_more(summary.len(), "stretches");
    let signals: Vec<String> = points
        .iter()
        .filter_map(|point| {
            let name = named(point.case_id.as_deref());
            let value = figure(point.y?);
            Some(format!("  {name}{} {value}: {}", point.x, point.words?))
        })
        .collect();
    say_some("Signals", &signals);
}

fn say_run(points: &[RunPointRow], summary: &[RunSummaryRow]) {
    for run in summary.iter().take(TOLD) {
        let name = named(run.case_id.as_deref());
        give(&format!(
            "\n{name}{} values, median {}",
            run.n,
            run.median.map_or_else(|| "none".to_owned(), figure)
        ));
        let usual = match (run.fewest_runs, run.most_runs) {
            (Some(fewest), Some(most)) => format!("{fewest} to {most} are usual"),
            _ => "how many are usual cannot be said".to_owned(),
        };
        give(&format!(
            "  {} runs of {} points off the median: {usual}",
            run.runs, run.useful
        ));
        let signal = match run.unusual_by_anhoej {
            Some(true) => "unusual",
            Some(false) => "not unusual",
            None => "too few points to say",
        };
        give(&format!(
            "  Longest run {}, {} crossings: {signal} by the rules of Anhøj",
            run.longest_run, run.crossings
        ));
    }
    say_more(summary.len(), "series");
    let signals: Vec<String> = points
        .iter()
        .filter_map(|point| {
            let marks = [
                (point.shift.is_some(), "part of a shift"),
                (point.rising, "part of a rising trend"),
                (point.falling, "part of a falling trend"),
            ];
            let marks: Vec<&str> = marks
                .iter()
                .filter(|(holds, _)| *holds)
                .map(|(_, words)| *words)
                .collect();
            let (name, value) = (named(point.case_id.as_deref()), figure(point.y?));
            let words = format!("  {name}{} {value}: {}", point.x, marks.join(", "));
            (!marks.is_empty()).then_some(words)
        })
        .collect();
    say_some("Signals", &signals);
}

fn say_withheld(answer: &Answer) {
    let withheld: Vec<String> = answer
        .withheld
        .iter()
        .map(|withheld| {
            let name = named(withheld.case_id.as_deref());
            let line = withheld
                .line
                .map_or(String::new(), |line| format!(" (line {line})"));
            format!("  {name}{}{line}: {}", withheld.x, withheld.reason)
        })
        .collect();
    say_some("Withheld", &withheld);
}

fn say_some(title: &str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    give(&format!("\n{title}"));
    for line in lines.iter().take(TOLD) {
        give(line);
    }
    say_more(lines.len(), "lines");
}

/// Says that there are more than are told.
fn say_more(count: usize, of: &str) {
    if let Some(more) = count.checked_sub(TOLD).filter(|more| *more > 0) {
        give(&format!("  and {more} more {of}: see --json"));
    }
}

fn named(name: Option<&str>) -> String {
    name.map_or(String::new(), |name| format!("{name}: "))
}

/// A number to four figures or more, without noughts that say nothing.
fn figure(value: f64) -> String {
    let places = match value.abs() {
        size if size >= 1000.0 => 1,
        size if size >= 1.0 => 2,
        _ => 4,
    };
    let text = format!("{value:.places$}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" {
        "0".to_owned()
    } else {
        text.to_owned()
    }
}

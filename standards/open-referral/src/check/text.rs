//! The report in plain words.

use std::fmt::{self, Display, Formatter};

use super::fault::{Fault, Severity};
use super::report::{Check, Level, Outcome, Report, Verdict};

/// Faults of one check that are written out; the JSON form has all.
const MOST: usize = 25;

impl Display for Report {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let version = self
            .version
            .map_or("version unknown", |version| version.number());
        writeln!(out, "{}: Open Referral UK, {version}", self.feed)?;
        let (failed, warned) = (self.count(Verdict::Fail), self.count(Verdict::Warning));
        let untested = self.count(Verdict::NotTested);
        let outcome = match self.outcome {
            Outcome::Pass => "PASSES",
            Outcome::Fail => "FAILS",
            Outcome::NotRun => "COULD NOT BE CHECKED",
        };
        writeln!(
            out,
            "{outcome}: {failed} failed, {warned} with warnings, {untested} not tested, {} passed",
            self.count(Verdict::Pass)
        )?;
        for (level, heading) in [
            (Level::Basic, "Level 1: a feed must pass these"),
            (Level::Extended, "Level 2: warnings only"),
            (
                Level::Filter,
                "Filters: a record of the feed is looked for by its own values",
            ),
            (Level::Information, "For information"),
        ] {
            let mut checks = self
                .checks
                .iter()
                .filter(|check| check.level == level)
                .peekable();
            if checks.peek().is_some() {
                writeln!(out, "\n{heading}")?;
            }
            for check in checks {
                check.write(out)?;
            }
        }
        self.write_sample(out)
    }
}

impl Report {
    fn write_sample(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let sample = &self.sample;
        writeln!(out, "\nWhat was read")?;
        let total = sample
            .total
            .map_or_else(|| "an unknown number".to_owned(), |total| total.to_string());
        writeln!(
            out,
            "  {} of {total} services on {} pages, {} of them whole, by {} requests",
            sample.services, sample.pages, sample.details, self.requests
        )?;
        for (entity, count) in &self.completeness {
            writeln!(out, "  {entity}: {count}")?;
        }
        Ok(())
    }
}

impl Check {
    fn write(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let verdict = match (self.verdict, self.level) {
            (Verdict::Pass, Level::Information) => "yes",
            (Verdict::Warning | Verdict::Fail, Level::Information) => "no",
            (Verdict::Pass, _) => "pass",
            (Verdict::Warning, _) => "warning",
            (Verdict::Fail, _) => "FAIL",
            (Verdict::NotTested, _) => "not tested",
        };
        writeln!(out, "  {verdict:<10}  {}: {}", self.title, self.said)?;
        for fault in self.faults.iter().take(MOST) {
            writeln!(out, "              {fault}")?;
        }
        if let Some(more @ 1..) = self.faults.len().checked_sub(MOST) {
            writeln!(out, "              and {more} more, which --json lists")?;
        }
        match self.asked.as_slice() {
            [] => Ok(()),
            [one] => writeln!(out, "              asked {one}"),
            [first, others @ ..] => {
                writeln!(out, "              asked {first} and {} more", others.len())
            }
        }
    }
}

impl Display for Fault {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "advice",
        };
        write!(out, "{severity}: ")?;
        if !self.place.is_empty() {
            write!(out, "{} ", self.place)?;
        }
        write!(out, "{}", self.what)?;
        let times = match self.count {
            1 => String::new(),
            count => format!("{count} times"),
        };
        let example = self
            .example
            .as_ref()
            .map(|example| format!("for example {example}"));
        let told: Vec<String> = [Some(times), example]
            .into_iter()
            .flatten()
            .filter(|text| !text.is_empty())
            .collect();
        if told.is_empty() {
            Ok(())
        } else {
            write!(out, " ({})", told.join(", "))
        }
    }
}

//! What is wrong with files, by line and field.

use std::fmt;

use serde::Serialize;

/// How many mistakes are listed; whoever has more has one mistake many times.
const LISTED: usize = 20;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mistake {
    /// The file.
    pub file: &'static str,
    /// The line, from 1; 0 for the file as a whole.
    pub line: u64,
    /// The column; empty for the line as a whole.
    pub field: String,
    /// What is wrong.
    pub reason: String,
    /// What to do.
    pub remedy: &'static str,
}

/// What is wrong, up to a number that a person will read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Mistakes {
    mistakes: Vec<Mistake>,
    more: usize,
}

impl Mistake {
    pub(super) fn new(
        file: &'static str,
        line: u64,
        field: &str,
        reason: String,
        remedy: &'static str,
    ) -> Self {
        Self {
            file,
            line,
            field: field.to_owned(),
            reason,
            remedy,
        }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            file,
            line,
            field,
            reason,
            remedy,
        } = self;
        out.write_str(file)?;
        if *line > 0 {
            write!(out, ", line {line}")?;
        }
        if !field.is_empty() {
            write!(out, ", {field}")?;
        }
        write!(out, ": {reason}. {remedy}")
    }
}

impl Mistakes {
    /// Notes one.
    pub fn add(&mut self, mistake: Mistake) {
        if self.mistakes.len() < LISTED {
            self.mistakes.push(mistake);
        } else {
            self.more += 1;
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.mistakes.len() + self.more
    }

    /// Those that are listed.
    pub fn listed(&self) -> &[Mistake] {
        &self.mistakes
    }
}

impl fmt::Display for Mistakes {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for mistake in &self.mistakes {
            writeln!(out, "  {mistake}")?;
        }
        if self.more > 0 {
            writeln!(out, "  and {} more", self.more)?;
        }
        Ok(())
    }
}

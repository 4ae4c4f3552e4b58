//! What a text is, and what it comes to.

use std::fmt::{self, Write as _};
use std::str::FromStr;

use super::words::is_invisible;
use stour_appraisal::{Agreement, Case, Gap, Mistake, Mistakes, appraise, close_gap, share};
use stour_kernel::Pence;

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// What a change costs and saves.
    Case,
    /// What demand will cost, against what there is to pay it.
    Gap,
    /// How a fee is shared.
    Agreement,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Case, Self::Gap, Self::Agreement];

    /// As it is stored, and as the table that every document of it begins with.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Gap => "gap",
            Self::Agreement => "agreement",
        }
    }

    /// As people call it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Case => "Business case",
            Self::Gap => "Funding gap",
            Self::Agreement => "Agreement on shares",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// The text is no kind of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a document is a case, a gap or an agreement")]
pub struct NotAKind;

impl FromStr for Kind {
    type Err = NotAKind;

    fn from_str(text: &str) -> Result<Self, NotAKind> {
        let mut all = Self::ALL.into_iter();
        all.find(|kind| kind.as_str() == text).ok_or(NotAKind)
    }
}

stour_database::text_value!(Kind);

/// A document that the engine has accepted.
#[derive(Debug, Clone)]
pub enum Reading {
    /// A business case.
    Case(Case),
    /// A funding gap.
    Gap(Gap),
    /// An agreement.
    Agreement(Agreement),
}

/// Reads a document of any kind; the table it has says which.
///
/// # Errors
/// Everything that is wrong, by line.
pub fn read(text: &str) -> Result<Reading, Mistakes> {
    match kind_of(text)? {
        Kind::Case => Case::read(text).map(Reading::Case),
        Kind::Gap => Gap::read(text).map(Reading::Gap),
        Kind::Agreement => Agreement::read(text).map(Reading::Agreement),
    }
}

/// What a text is, by the table that it has.
///
/// # Errors
/// Text that is not TOML, or that has none or several of these tables.
pub fn kind_of(text: &str) -> Result<Kind, Mistakes> {
    let refused = |line, reason: &str| {
        Mistakes(vec![Mistake {
            line,
            reason: reason.to_owned(),
        }])
    };
    let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
        let at = error.span().map_or(0, |span| span.start);
        let before = text.get(..at).unwrap_or_default();
        refused(before.matches('\n').count() + 1, error.message())
    })?;
    let titles = Kind::ALL
        .iter()
        .filter_map(|kind| table.get(kind.as_str())?.get("title")?.as_str());
    if titles
        .flat_map(str::chars)
        .any(|one| one.is_control() || is_invisible(one))
    {
        let at = text
            .lines()
            .position(|line| line.trim_start().starts_with("title"));
        let reason = "the title has characters that cannot be seen: leave them out";
        return Err(refused(at.unwrap_or(0) + 1, reason));
    }
    let has = |kind: &Kind| table.get(kind.as_str()).is_some_and(toml::Value::is_table);
    let mut kinds = Kind::ALL.into_iter().filter(has);
    match (kinds.next(), kinds.next()) {
        (Some(kind), None) => Ok(kind),
        _ => Err(refused(
            1,
            "a document has one of the tables [case], [gap] or [agreement]: it says what it is",
        )),
    }
}

impl Reading {
    /// What it is.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Case(_) => Kind::Case,
            Self::Gap(_) => Kind::Gap,
            Self::Agreement(_) => Kind::Agreement,
        }
    }

    /// The figures that a signatory signs, one a line: what must come out the same, to the penny, for as
    /// long as the document is kept. New parts of a result do not belong here.
    ///
    /// # Errors
    /// A sum that does not fit.
    pub fn figures(&self) -> Result<Figures, stour_appraisal::TooLarge> {
        let mut text = String::new();
        let mut say = |what: &[&str], amount: Pence| {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{} = {}", what.join(" / "), amount.as_i64());
        };
        let title = match self {
            Self::Case(case) => {
                let found = appraise(case)?;
                for line in &found.lines {
                    for cell in &line.cells {
                        say(&["line", &line.id, &cell.year], cell.amount);
                    }
                    say(&["line", &line.id, "present value"], line.present_value);
                }
                for partner in &found.partners {
                    let net = partner.public_value.net_present_value;
                    say(&["partner", &partner.id, "net present value"], net);
                }
                say(&["financial"], found.financial.net_present_value);
                say(&["public value"], found.public_value.net_present_value);
                found.title
            }
            Self::Gap(gap) => {
                let found = close_gap(gap, None, &|_| {})?;
                for year in &found.years {
                    say(&["needed", &year.year], year.needed);
                    say(&["funded", &year.year], year.funded);
                }
                for step in &found.waterfall {
                    say(&["step", &step.name], step.amount);
                }
                found.title
            }
            Self::Agreement(agreement) => {
                let found = share(agreement)?;
                say(&["counted benefit"], found.counted_benefit);
                say(&["payable"], found.payable);
                for partner in &found.partners {
                    say(&["partner", &partner.id], partner.fee);
                }
                found.title
            }
        };
        Ok(Figures { title, text })
    }
}

/// A document's title, and the figures that it comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// The title.
    pub title: String,
    /// One figure a line, in whole pence.
    pub text: String,
}

/// The figures of a text that [`Reading::figures`] made, each with its name.
pub(super) fn figures_of(text: &str) -> Vec<(String, Pence)> {
    let figure = |line: &str| {
        let (name, pence) = line.rsplit_once(" = ")?;
        Some((name.replace(" / ", ", "), Pence::new(pence.parse().ok()?)))
    };
    text.lines().filter_map(figure).collect()
}

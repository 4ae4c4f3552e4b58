//! What the sheets of a case are called, and what stands in their columns. The reader, the writer, the
//! sheet "Read me" and the page of the documentation follow it.

mod lines;
mod sheets;

pub(super) use sheets::SHEETS;

/// The sheet that says how to fill in the others.
pub(super) const README: &str = "Read me";
/// What the name of a sheet with results begins with; a colon cannot stand there.
pub(super) const RESULT: &str = "Result -";

pub(super) const CASE: &str = "Case";
pub(super) const PARTNERS: &str = "Partners";
pub(super) const COHORTS: &str = "Cohorts";
pub(super) const LINES: &str = "Lines";
pub(super) const AMOUNTS: &str = "Amounts";
pub(super) const DEFLATOR: &str = "Deflator";
pub(super) const DISCOUNT: &str = "Discount";
pub(super) const OPTIMISM: &str = "Optimism";
pub(super) const UNCERTAIN: &str = "Uncertain";
pub(super) const CORRELATIONS: &str = "Correlations";
pub(super) const SCENARIOS: &str = "Scenarios";
pub(super) const FUNDING: &str = "Funding";
pub(super) const TRACKED: &str = "Tracked";
pub(super) const NOT_KNOWN: &str = "Not known";

/// How a sheet is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// An item and its value in each row.
    Pairs,
    /// Headings in the first row, and a row for each.
    Rows,
    /// The same, and columns headed by years whose cells are of this kind.
    RowsWithYears(Kind),
}

/// What a cell may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A short name, without the spaces around it.
    Word,
    /// Text as it stands.
    Text,
    /// A date, or text.
    Date,
    /// A number.
    Number,
    /// A number of per cent: 3.5, or a cell that shows 3.5%.
    Percent,
    /// A whole number.
    Whole,
    /// Pounds, as a number or as text.
    Money,
    /// A year, or the word cash.
    YearOrCash,
    /// A number, or one for each year of the case.
    Schedule,
    /// A partner, or partners with their shares.
    Shares,
    /// Yes or no.
    YesNo,
    /// A number, text, or why it is not known.
    Open,
}

/// A column, or an item of a sheet of pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) heading: &'static str,
    /// Where its value stands in a table of the document.
    pub(super) key: &'static str,
    pub(super) kind: Kind,
    pub(super) needed: bool,
    pub(super) help: &'static str,
}

/// A sheet.
#[derive(Debug, Clone, Copy)]
pub(super) struct SheetLayout {
    pub(super) name: &'static str,
    /// The array of tables in the document whose items are the rows; empty where they are put together.
    pub(super) array: &'static str,
    pub(super) needed: bool,
    pub(super) about: &'static str,
    pub(super) form: Form,
    pub(super) columns: &'static [Column],
}

/// A column whose cells are all filled in.
const fn must(heading: &'static str, key: &'static str, kind: Kind, help: &'static str) -> Column {
    Column {
        heading,
        key,
        kind,
        needed: true,
        help,
    }
}

/// A column whose cells may be empty.
const fn may(heading: &'static str, key: &'static str, kind: Kind, help: &'static str) -> Column {
    Column {
        needed: false,
        ..must(heading, key, kind, help)
    }
}

impl Kind {
    /// What may stand in such a cell.
    pub(super) const fn what(self) -> &'static str {
        match self {
            Self::Word | Self::Text => "text",
            Self::Date => "a date, or text",
            Self::Number => "a number",
            Self::Percent => "a number such as 3.5, or a cell that shows 3.5%",
            Self::Whole => "a whole number",
            Self::Money => "pounds, with at most two digits after the point",
            Self::YearOrCash => "a year, or cash",
            Self::Schedule => "a number, or one for each year: 0; 0.3; 0.35",
            Self::Shares => "a partner, or shares: council 0.6; nhs 0.4",
            Self::YesNo => "yes or no",
            Self::Open => "a number, pounds such as £1.00, or unknown: and why",
        }
    }

    /// The width of such a column, in characters.
    pub(super) const fn width(self) -> u16 {
        match self {
            Self::Text => 36,
            Self::Shares | Self::Open => 24,
            Self::Word | Self::Schedule => 18,
            _ => 14,
        }
    }
}

/// The layout of the sheet with this name.
pub(super) fn sheet(name: &str) -> Option<&'static SheetLayout> {
    SHEETS.iter().find(|sheet| sheet.name == name)
}

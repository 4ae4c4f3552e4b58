//! Sheets of cells.

/// A workbook: sheets in their order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Workbook {
    /// The sheets.
    pub sheets: Vec<Sheet>,
}

/// A sheet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheet {
    /// What its tab says.
    pub name: String,
    /// Rows from the first; each ends with its last cell that is not empty.
    pub rows: Vec<Vec<Value>>,
}

/// What a cell holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Value {
    /// Nothing.
    #[default]
    Empty,
    /// Text, with its spaces and line breaks.
    Text(String),
    /// A number; it is finite.
    Number(f64),
    /// A number that is shown in per cent: 0.1 where the cell says 10%.
    Percent(f64),
    /// A number that is shown with a pound sign.
    Pounds(f64),
    /// TRUE or FALSE.
    Boolean(bool),
    /// A date such as `2026-04-01`, or with a time such as `2026-04-01T09:30:00`.
    Date(String),
}

impl Workbook {
    /// The sheet of this name; capitals matter.
    pub fn sheet(&self, name: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| sheet.name == name)
    }
}

impl Value {
    /// The number that is stored, however it is shown.
    pub const fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) | Self::Percent(number) | Self::Pounds(number) => Some(*number),
            Self::Empty | Self::Text(_) | Self::Boolean(_) | Self::Date(_) => None,
        }
    }

    /// Whether there is nothing to see: no value, or text of spaces only.
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            Self::Number(_)
            | Self::Percent(_)
            | Self::Pounds(_)
            | Self::Boolean(_)
            | Self::Date(_) => false,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

/// What spreadsheet programs call the cell at a row and column counted from 0: `C7` for 6 and 2.
pub fn cell_name(row: usize, column: usize) -> String {
    const LETTERS: [char; 26] = [
        'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R',
        'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z',
    ];
    let mut letters: Vec<char> = Vec::new();
    let mut left = Some(column);
    while let Some(column) = left {
        letters.extend(LETTERS.get(column % 26));
        left = (column / 26).checked_sub(1);
    }
    let letters: String = letters.iter().rev().collect();
    format!("{letters}{}", row.saturating_add(1))
}

//! How the numbers of a sheet are shown: what a person reads as 10% is stored as 0.1.

use std::collections::HashMap;
use std::io::Cursor;

use calamine::{Style, Xlsx};

use super::{MOST_PLACES, of_parser};
use crate::error::ReadError;

/// How a number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// As it is stored.
    Plain,
    /// As a hundred times of what is stored, with a sign for per cent.
    Percent,
    /// With a pound sign.
    Pounds,
}

/// The cells of a sheet whose numbers are not shown plainly.
pub(super) struct ShownCells {
    default: Shown,
    others: HashMap<(u32, u32), Shown>,
}

impl ShownCells {
    pub(super) fn of(source: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<Self, ReadError> {
        let mut reader = source.worksheet_cells_reader(sheet).map_err(of_parser)?;
        let styles: Vec<Shown> = reader.styles().iter().map(Shown::by).collect();
        // The parser passes over cells of the first style, which is that of cells without one.
        let default = styles.first().copied().unwrap_or(Shown::Plain);
        let mut others = HashMap::new();
        while let Some((row, column, style)) = reader.next_style_id().map_err(of_parser)? {
            let shown = styles.get(style).copied().unwrap_or(default);
            if shown != default {
                others.insert((row, column), shown);
            }
            if others.len() > MOST_PLACES {
                return Err(ReadError::TooManyCells);
            }
        }
        Ok(Self { default, others })
    }

    pub(super) fn of_cell(&self, cell: (u32, u32)) -> Shown {
        self.others.get(&cell).copied().unwrap_or(self.default)
    }
}

impl Shown {
    fn by(style: &Style) -> Self {
        let format = style.number_format.as_ref();
        format.map_or(Self::Plain, |format| Self::by_code(&format.format_code))
    }

    /// By the code of a format, such as `0.0%` or `[$£-809]#,##0.00`. A sign for per cent counts where it
    /// is not quoted or escaped; a pound sign counts anywhere.
    fn by_code(code: &str) -> Self {
        let (mut is_quoted, mut is_escaped) = (false, false);
        let mut is_percent = false;
        for character in code.chars() {
            match character {
                _ if is_escaped => is_escaped = false,
                '"' => is_quoted = !is_quoted,
                '\\' if !is_quoted => is_escaped = true,
                '%' if !is_quoted => is_percent = true,
                _ => {}
            }
        }
        match (is_percent, code.contains('£')) {
            (true, _) => Self::Percent,
            (false, true) => Self::Pounds,
            (false, false) => Self::Plain,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Shown::{self, Percent, Plain, Pounds};

    #[test]
    fn a_code_says_how_a_number_is_shown() {
        for (code, shown) in [
            ("General", Plain),
            ("0.00", Plain),
            ("0%", Percent),
            ("0.0%;[Red]-0.0%", Percent),
            ("0.0\" %\"", Plain),
            ("0\\%", Plain),
            ("\"£\"#,##0.00", Pounds),
            ("[$£-809]#,##0.00", Pounds),
            ("_-£* #,##0_-", Pounds),
        ] {
            assert_eq!(Shown::by_code(code), shown, "{code}");
        }
    }
}

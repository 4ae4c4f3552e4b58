//! Statements as literals.

/// A statement written as a literal with [`sql!`](crate::sql!).
///
/// Being the only type that [`Transaction`](crate::Transaction) runs, it makes SQL built from
/// strings, and so injection, impossible by construction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sql(&'static str);

impl Sql {
    /// Used by [`sql!`](crate::sql!) alone.
    #[doc(hidden)]
    pub const fn from_literal(text: &'static str) -> Self {
        Self(text)
    }

    /// The text, with `$1` placeholders.
    pub const fn text(self) -> &'static str {
        self.0
    }
}

/// A statement: `sql!("SELECT name FROM organisation WHERE code = $1")`.
#[macro_export]
macro_rules! sql {
    ($text:literal) => {
        $crate::Sql::from_literal($text)
    };
}

/// The parameters of a statement, in the order of its `$1`, `$2`, ….
#[macro_export]
macro_rules! params {
    () => { &[] };
    ($($value:expr),+ $(,)?) => { &[$($crate::ToValue::to_value(&$value)),+] };
}

/// SQLite numbers `$1` by order of first appearance, PostgreSQL by the number: say `?1` to SQLite,
/// which does mean the number. Text, quoted names and comments are left alone.
pub(crate) fn for_sqlite(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut within = Within::Statement;
    let mut before = '\0';
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let after = characters.peek().copied().unwrap_or('\0');
        let placeholder = within == Within::Statement && character == '$' && after.is_ascii_digit();
        out.push(if placeholder { '?' } else { character });
        // The star that opens a comment does not also close it.
        let opening = within == Within::Opening;
        within = within.then(before, character, after);
        before = if opening { '\0' } else { character };
    }
    out
}

/// Which part of a statement a character belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Statement,
    Quotes(char),
    Line,
    Opening,
    Block,
}

impl Within {
    fn then(self, before: char, character: char, after: char) -> Self {
        match (self, character) {
            (Self::Statement, '\'' | '"') => Self::Quotes(character),
            (Self::Statement, '-') if after == '-' => Self::Line,
            (Self::Statement, '/') if after == '*' => Self::Opening,
            (Self::Quotes(mark), _) if mark == character => Self::Statement,
            (Self::Line, '\n') => Self::Statement,
            (Self::Opening, _) => Self::Block,
            (Self::Block, '/') if before == '*' => Self::Statement,
            _ => self,
        }
    }
}

#[cfg(test)]
mod tests;

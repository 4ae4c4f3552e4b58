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
/// which does mean the number. Text in quotes is left alone.
pub(crate) fn for_sqlite(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut quoted = false;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if character == '\'' {
            quoted = !quoted;
        }
        let placeholder =
            character == '$' && !quoted && characters.peek().is_some_and(char::is_ascii_digit);
        out.push(if placeholder { '?' } else { character });
    }
    out
}

//! What a register may hold: kinds of things, and the fields of each.

use stour_web::FieldError;

use crate::{Around, Values};

/// One kind of thing, such as a risk or an activity. Declared once by a capability; its form, history,
/// comparison, export and import follow from it.
#[derive(Debug)]
pub struct Kind {
    /// Its name in addresses and files, such as `risk`.
    pub name: &'static str,
    /// One of it, to complete "a change to this …".
    pub one: &'static str,
    /// Many of it, as a heading begins: `Risks`.
    pub many: &'static str,
    /// What stands before its number when people say it aloud: `R` of `R4`.
    pub prefix: &'static str,
    /// The action that somebody needs to change one.
    pub edit: &'static str,
    /// The field that names an entry in lists and links.
    pub title: &'static str,
    /// Its fields, in the order of the form.
    pub fields: &'static [Field],
    /// What is wrong with an entry beyond its fields one by one, given all that is in force around it.
    pub check: fn(&Values, &Around) -> Vec<FieldError>,
}

impl Kind {
    /// One of it with its article: "a risk", "an activity".
    pub fn a(&self) -> String {
        let article = if self.one.starts_with(['a', 'e', 'i', 'o']) {
            "an"
        } else {
            "a"
        };
        format!("{article} {}", self.one)
    }

    /// A field by its name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// One field of a kind.
#[derive(Debug)]
pub struct Field {
    /// Its name in files and forms.
    pub name: &'static str,
    /// What it is called on a page.
    pub label: &'static str,
    /// What helps to fill it in; may be empty.
    pub hint: &'static str,
    /// What may stand in it.
    pub holds: Holds,
    /// Whether it may be left out.
    pub need: Need,
}

impl Field {
    /// A field.
    pub const fn new(
        name: &'static str,
        label: &'static str,
        hint: &'static str,
        holds: Holds,
        need: Need,
    ) -> Self {
        Self {
            name,
            label,
            hint,
            holds,
            need,
        }
    }
}

/// What may stand in a field. Every value is kept as the text that the form or file gave, in one spelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// One line.
    Line,
    /// Some paragraphs.
    Text,
    /// A day, `2024-10-30`.
    Date,
    /// A month, `2013-09`.
    Month,
    /// A whole number, not negative.
    Whole,
    /// A decimal number, which may be negative.
    Decimal,
    /// Money in pounds with at most two places, `3600000` or `12.50`.
    Money,
    /// `yes` or `no`.
    YesNo,
    /// A code of this list of the reference data, in force on the day.
    Code(&'static str),
    /// Whoever can own something: a board, a role, a holder of a role or an organisation. What counts as known is
    /// for the kind's check to say.
    Owner,
    /// Another entry of this kind in the same scope, by its number.
    Entry(&'static str),
    /// Any number of entries of this kind, by their numbers with commas between them.
    Entries(&'static str),
}

/// Whether a field may be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// An entry without it is refused.
    Must,
    /// An entry without it is kept and reported as incomplete until it is given.
    Should,
    /// It may be empty.
    May,
}

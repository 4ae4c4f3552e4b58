//! The functions that conditions may call.

use regex::Regex;

use super::distance::Distance;
use super::time_format::TimeFormat;

/// A function or operator, with those arguments that must be constant.
#[derive(Debug, Clone)]
pub(in crate::splink) enum Function {
    Measure(Distance),

    Lower,
    Upper,
    Trim {
        start: bool,
        end: bool,
    },
    Length,
    Substring,
    Left,
    Right,
    Replace,
    SplitPart,
    StartsWith,
    EndsWith,
    Contains,
    Concat,
    /// `||`, which is `NULL` if a part is; `concat` leaves such parts out.
    Join,
    Like {
        ignore_case: bool,
    },
    /// `regexp_extract` with the group that is wanted.
    Extract(Regex, usize),
    /// `regexp_matches`.
    Matches(Regex),

    Add,
    Subtract,
    Multiply,
    Divide,
    Negate,
    Absolute,
    Floor,
    Ceiling,
    Round,
    SquareRoot,
    Sine,
    Cosine,
    ArcCosine,
    Radians,

    Coalesce,
    NullIf,
    Least,
    Greatest,

    /// `strptime`; the lenient form gives `NULL` for a text that has not the format.
    ParseTime {
        format: TimeFormat,
        lenient: bool,
    },
    Epoch,
    DateDifference(Unit),
    Part(Unit),

    Intersect,
    Flatten,
    Maximum,
    Minimum,
    Holds,
    HoldsAny,
    Element,
}

/// A part of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::splink) enum Unit {
    Year,
    Month,
    Day,
}

impl Unit {
    /// The unit that a text names.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name.to_lowercase().as_str() {
            "year" | "years" => Self::Year,
            "month" | "months" => Self::Month,
            "day" | "days" => Self::Day,
            _ => return None,
        })
    }
}

/// A function by its names, with the fewest and most arguments.
type Entry = (&'static [&'static str], Function, usize, usize);

/// Any number of arguments.
const MANY: usize = usize::MAX;

/// The functions whose arguments are all values. Those with constant arguments are in `call.rs`.
static FUNCTIONS: &[Entry] = &[
    (
        &["levenshtein", "editdist3"],
        Function::Measure(Distance::Levenshtein),
        2,
        2,
    ),
    (
        &["damerau_levenshtein"],
        Function::Measure(Distance::DamerauLevenshtein),
        2,
        2,
    ),
    (
        &["hamming", "mismatches"],
        Function::Measure(Distance::Hamming),
        2,
        2,
    ),
    (
        &["jaro_similarity"],
        Function::Measure(Distance::Jaro),
        2,
        2,
    ),
    (
        &["jaro_winkler_similarity"],
        Function::Measure(Distance::JaroWinkler),
        2,
        2,
    ),
    (&["jaccard"], Function::Measure(Distance::Jaccard), 2, 2),
    (&["lower", "lcase"], Function::Lower, 1, 1),
    (&["upper", "ucase"], Function::Upper, 1, 1),
    (
        &["trim"],
        Function::Trim {
            start: true,
            end: true,
        },
        1,
        2,
    ),
    (
        &["ltrim"],
        Function::Trim {
            start: true,
            end: false,
        },
        1,
        2,
    ),
    (
        &["rtrim"],
        Function::Trim {
            start: false,
            end: true,
        },
        1,
        2,
    ),
    (
        &["length", "len", "array_length", "list_length"],
        Function::Length,
        1,
        1,
    ),
    (&["substring", "substr"], Function::Substring, 2, 3),
    (&["left"], Function::Left, 2, 2),
    (&["right"], Function::Right, 2, 2),
    (&["replace"], Function::Replace, 3, 3),
    (&["split_part"], Function::SplitPart, 3, 3),
    (&["starts_with", "prefix"], Function::StartsWith, 2, 2),
    (&["ends_with", "suffix"], Function::EndsWith, 2, 2),
    (&["contains"], Function::Contains, 2, 2),
    (&["concat"], Function::Concat, 1, MANY),
    (&["abs"], Function::Absolute, 1, 1),
    (&["floor"], Function::Floor, 1, 1),
    (&["ceil", "ceiling"], Function::Ceiling, 1, 1),
    (&["round"], Function::Round, 1, 1),
    (&["sqrt"], Function::SquareRoot, 1, 1),
    (&["sin"], Function::Sine, 1, 1),
    (&["cos"], Function::Cosine, 1, 1),
    (&["acos"], Function::ArcCosine, 1, 1),
    (&["radians"], Function::Radians, 1, 1),
    (&["coalesce"], Function::Coalesce, 1, MANY),
    (&["ifnull"], Function::Coalesce, 2, 2),
    (&["nullif"], Function::NullIf, 2, 2),
    (&["least"], Function::Least, 1, MANY),
    (&["greatest"], Function::Greatest, 1, MANY),
    (&["epoch"], Function::Epoch, 1, 1),
    (&["year"], Function::Part(Unit::Year), 1, 1),
    (&["month"], Function::Part(Unit::Month), 1, 1),
    (&["day"], Function::Part(Unit::Day), 1, 1),
    (
        &["list_intersect", "array_intersect"],
        Function::Intersect,
        2,
        2,
    ),
    (&["flatten"], Function::Flatten, 1, 1),
    (&["list_max", "array_max"], Function::Maximum, 1, 1),
    (&["list_min", "array_min"], Function::Minimum, 1, 1),
    (
        &["list_contains", "array_contains", "list_has", "array_has"],
        Function::Holds,
        2,
        2,
    ),
    (&["list_has_any", "array_has_any"], Function::HoldsAny, 2, 2),
];

impl Function {
    /// The function of a name in lower case, with the fewest and most arguments.
    pub(super) fn named(name: &str) -> Option<(Self, usize, usize)> {
        FUNCTIONS
            .iter()
            .find(|(names, ..)| names.contains(&name))
            .map(|(_, function, fewest, most)| (function.clone(), *fewest, *most))
    }

    /// Whether the function itself decides what becomes of `NULL`. All others give `NULL` if an
    /// argument is.
    pub(super) fn takes_null(&self) -> bool {
        matches!(
            self,
            Self::Concat
                | Self::Coalesce
                | Self::NullIf
                | Self::Least
                | Self::Greatest
                | Self::Intersect
        )
    }
}

/// The names of all functions, for a message.
pub(super) fn supported() -> String {
    let names = FUNCTIONS
        .iter()
        .filter_map(|(names, ..)| names.first().copied());
    let constant = super::parse::CONSTANT_FUNCTIONS.iter().copied();
    names.chain(constant).collect::<Vec<_>>().join(", ")
}

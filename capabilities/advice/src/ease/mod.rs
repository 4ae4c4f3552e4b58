//! What advice came to, counted without anybody's name: flows begun, outcomes reached, next steps followed, and
//! how easy people found it.
//!
//! The answers are those by which measure 3D of the Adult Social Care Outcomes Framework is asked in the surveys of
//! users and carers, so that what is said here can be read beside them. The surveys ask about a year and this asks
//! about one visit, so the two are never added.

mod count;
mod file;
pub(crate) mod outcomes_page;
pub(crate) mod page;

pub use count::{Counted, Event, count, counted};

/// A way to help besides the flows, of which people may say how easy it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Besides {
    /// As it is counted, and in the address of its question.
    pub id: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// Where it is.
    pub href: &'static str,
}

/// What there is besides flows.
pub const BESIDES: [Besides; 2] = [
    Besides {
        id: "find",
        title: "Finding help nearby",
        href: "/find",
    },
    ESTIMATE,
];

/// The estimate of what care may cost.
pub const ESTIMATE: Besides = Besides {
    id: "estimate",
    title: "What care may cost",
    href: "/paying-for-care",
};

/// An answer to "how easy was it".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ease {
    /// As it is stored and sent.
    pub code: &'static str,
    /// As it is asked.
    pub words: &'static str,
}

/// The answers, in the order of the survey.
pub const EASE: [Ease; 5] = [
    Ease {
        code: "very-easy",
        words: "Very easy to find",
    },
    Ease {
        code: "fairly-easy",
        words: "Fairly easy to find",
    },
    Ease {
        code: "fairly-difficult",
        words: "Fairly difficult to find",
    },
    Ease {
        code: "very-difficult",
        words: "Very difficult to find",
    },
    Ease {
        code: "not-tried",
        words: "I have not tried to find information or advice",
    },
];

/// An answer by its code.
pub fn ease(code: &str) -> Option<Ease> {
    EASE.into_iter().find(|one| one.code == code)
}

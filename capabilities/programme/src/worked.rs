//! Cases that come with the program, to look at and to start from.

/// A worked case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Worked {
    /// Its name in an address.
    pub name: &'static str,
    /// What it shows.
    pub shows: &'static str,
    /// The document.
    pub text: &'static str,
}

macro_rules! worked {
    ($name:literal, $shows:literal) => {
        Worked {
            name: $name,
            shows: $shows,
            text: include_str!(concat!("../../../docs/appraisal/", $name, ".toml")),
        }
    };
}

/// Every worked case.
pub const WORKED: &[Worked] = &[
    worked!(
        "reablement",
        "A business case with everything that one can have, small enough to follow with a calculator. Every number in it is made up."
    ),
    worked!(
        "programme-2013",
        "The stage 1 costs of the programme of 2013, and who offered to pay for them, as its bid states them. What was not published is marked."
    ),
    worked!(
        "gap-2013",
        "The partnership’s spending of 2013/14, the gap of £110 million by 2017, and the 5% that the bid takes as its illustration."
    ),
    worked!(
        "programme-2024",
        "The programme of 2024: its published benefits against what was planned. What was not published is marked."
    ),
    worked!(
        "agreement",
        "An agreement on a fee that is shared by benefit under a guarantee. Every number in it is made up."
    ),
];

/// The worked case of this name.
pub fn worked(name: &str) -> Option<&'static Worked> {
    WORKED.iter().find(|worked| worked.name == name)
}

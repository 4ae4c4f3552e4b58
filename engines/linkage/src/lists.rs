//! What is known of names before any record is seen: forms of one name, words that name nobody, and
//! roughly how common a name is.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// The share of people with the commonest family name in England, and with the commonest given name:
/// about one in eighty and one in forty. Orders of magnitude, used only while records are few.
const COMMONEST: [(&str, f64); 2] = [("family", 0.0125), ("given", 0.025)];
/// Zipf's exponent: how fast shares fall by rank.
const FALL: f64 = 0.8;
/// The share of a name that is in no list of common ones: one person in a hundred thousand.
const RARE: f64 = 1e-5;

/// Lists of names. Those built in are for English use; a place with other names gives its own.
#[derive(Debug, Clone)]
pub struct Lists {
    forms: HashMap<String, Vec<u16>>,
    /// The names of each group of forms.
    classes: Vec<Vec<String>>,
    placeholders: HashSet<String>,
    shares: HashMap<(bool, String), f64>,
    default_dates: HashSet<String>,
    communal: Vec<String>,
}

impl Lists {
    /// The lists built in, read once.
    pub fn built_in() -> &'static Self {
        static LISTS: OnceLock<Lists> = OnceLock::new();
        LISTS.get_or_init(|| {
            Self::parse(
                include_str!("../data/nicknames.csv"),
                include_str!("../data/placeholder_names.csv"),
                include_str!("../data/common_names.csv"),
                include_str!("../data/default_dates.csv"),
                include_str!("../data/communal_words.csv"),
            )
        })
    }

    /// From text of the form of the files in `data`: one entry on a line, `#` begins a comment.
    /// `forms`: names that are forms of one. `common`: `family` or `given`, then names by rank.
    pub fn parse(
        forms: &str,
        placeholders: &str,
        common: &str,
        default_dates: &str,
        communal: &str,
    ) -> Self {
        let mut of_form: HashMap<String, Vec<u16>> = HashMap::new();
        for (class, line) in (0_u16..).zip(lines(forms)) {
            for name in line.split_whitespace() {
                of_form.entry(name.to_owned()).or_default().push(class);
            }
        }
        let classes = lines(forms)
            .map(|line| line.split_whitespace().map(str::to_owned).collect())
            .collect();
        let mut shares = HashMap::new();
        for line in lines(common) {
            let mut words = line.split_whitespace();
            let kind = words.next().unwrap_or_default();
            let (_, commonest) = COMMONEST
                .iter()
                .find(|(of, _)| *of == kind)
                .unwrap_or(&("", RARE));
            for (rank, name) in (1_u16..).zip(words) {
                let share = commonest / f64::from(rank).powf(FALL);
                let name: String = name.chars().filter(char::is_ascii_alphabetic).collect();
                shares.entry((kind == "family", name)).or_insert(share);
            }
        }
        Self {
            forms: of_form,
            classes,
            placeholders: lines(placeholders).map(str::to_owned).collect(),
            shares,
            default_dates: lines(default_dates).map(str::to_owned).collect(),
            communal: lines(communal).map(str::to_owned).collect(),
        }
    }

    /// The other forms of a given name, folded to capitals: of a short form, every name that it stands for.
    pub fn forms_of(&self, name: &str) -> impl Iterator<Item = &str> {
        let classes = self.forms(name);
        let of_class = |class: &u16| self.classes.get(usize::from(*class));
        let all = classes.iter().filter_map(of_class).flatten();
        all.map(String::as_str).filter(move |form| *form != name)
    }

    /// The groups of forms that a folded name belongs to.
    pub(crate) fn forms(&self, name: &str) -> &[u16] {
        self.forms.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether every word of a folded name stands for a name that is not known.
    pub(crate) fn is_placeholder(&self, name: &str) -> bool {
        let mut words = name.split_whitespace().peekable();
        words.peek().is_some() && words.all(|word| self.placeholders.contains(word))
    }

    /// Roughly what share of people have this family name.
    pub(crate) fn family_share(&self, name: &str) -> f64 {
        self.share(true, name)
    }

    /// Roughly what share of people have this given name.
    pub(crate) fn given_share(&self, name: &str) -> f64 {
        self.share(false, name)
    }

    fn share(&self, is_family: bool, name: &str) -> f64 {
        let joined = name.replace(' ', "");
        self.shares
            .get(&(is_family, joined))
            .copied()
            .unwrap_or(RARE)
    }

    /// Whether a date, as `YYYY-MM-DD`, is one that systems put where none is known.
    pub(crate) fn is_default_date(&self, date: &str) -> bool {
        self.default_dates.contains(date)
    }

    /// Whether a folded address says that many people who are not related live there.
    pub(crate) fn is_communal(&self, address: &str) -> bool {
        let has = |words: &String| {
            address.match_indices(words.as_str()).any(|(at, found)| {
                let before = address
                    .get(..at)
                    .is_none_or(|text| text.is_empty() || text.ends_with(' '));
                let after = address.get(at + found.len()..);
                before && after.is_none_or(|text| text.is_empty() || text.starts_with(' '))
            })
        };
        self.communal.iter().any(has)
    }
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

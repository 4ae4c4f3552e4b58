//! Names to draw from: three vocabularies, of which the first two share nothing but the shape of how names repeat.

mod english;
mod invented;
mod mixed;

use std::collections::{HashMap, HashSet};

use crate::random::{Random, Weighted};

/// Which names a set is made of. Accuracy that depends on the names shows as a difference between these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Vocabulary {
    /// Names heard in England, with a long tail of rare ones put together from parts.
    English,
    /// Names that nobody has, from syllables that depend on the seed.
    Syllables,
    /// Households of several origins: many share few surnames, or short ones, or forms that differ by sex.
    Mixed,
}

/// The people of a record, as the words see them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sex {
    Female,
    Male,
}

/// Everything that is drawn by name.
#[derive(Debug)]
pub(crate) struct Words {
    origins: Vec<Origin>,
    shares: Weighted,
    nicknames: HashMap<String, Vec<String>>,
    streets: Vec<String>,
}

/// Names of one origin.
#[derive(Debug)]
pub(crate) struct Origin {
    share: f64,
    female: Repeated,
    male: Repeated,
    surnames: Repeated,
    /// The form of a surname that women use, where it differs.
    feminine: HashMap<String, String>,
}

/// Names, the commonest first, with how often each is drawn.
#[derive(Debug)]
struct Repeated {
    names: Vec<String>,
    weights: Weighted,
}

impl Repeated {
    /// Names without repetition, and the curve that gives each rank its weight.
    fn new(names: impl IntoIterator<Item = String>, curve: impl Fn(f64) -> f64) -> Self {
        let mut seen = HashSet::new();
        let names: Vec<String> = names
            .into_iter()
            .filter(|name| seen.insert(name.clone()))
            .collect();
        let ranks = (0_u32..).take(names.len()).map(f64::from);
        Self {
            weights: Weighted::new(ranks.map(curve)),
            names,
        }
    }

    fn draw(&self, random: &mut Random) -> &str {
        self.names
            .get(self.weights.draw(random))
            .map_or("", String::as_str)
    }
}

/// How given names repeat: the commonest is about one person in eighteen of a sex, and two in a hundred people have one
/// of thousands of rare ones.
fn given_curve(rank: f64) -> f64 {
    if rank < 240.0 {
        (rank + 3.0).powf(-0.9)
    } else {
        0.15 / 6_000.0
    }
}

/// How surnames repeat: the commonest is about one person in sixty-five, the rarest a few in a million.
fn surname_curve(rank: f64) -> f64 {
    (rank + 3.0).powf(-0.6) / (1.0 + rank / 500.0)
}

impl Words {
    /// The words of a vocabulary. Only invented ones depend on the seed.
    pub(crate) fn new(vocabulary: Vocabulary, seed: u64) -> Self {
        match vocabulary {
            Vocabulary::English => english::words(),
            Vocabulary::Syllables => invented::words(seed),
            Vocabulary::Mixed => mixed::words(),
        }
    }

    fn of(
        origins: Vec<Origin>,
        nicknames: HashMap<String, Vec<String>>,
        streets: Vec<String>,
    ) -> Self {
        Self {
            shares: Weighted::new(origins.iter().map(|origin| origin.share)),
            origins,
            nicknames,
            streets,
        }
    }

    /// Where the names of one household come from.
    pub(crate) fn origin(&self, random: &mut Random) -> Option<&Origin> {
        self.origins.get(self.shares.draw(random))
    }

    /// What else somebody of this name is called, if anything.
    pub(crate) fn nickname(&self, given: &str, random: &mut Random) -> Option<&str> {
        let names = self.nicknames.get(given)?;
        random.pick(names).map(String::as_str)
    }

    /// A street.
    pub(crate) fn street(&self, random: &mut Random) -> &str {
        random.pick(&self.streets).map_or("", String::as_str)
    }
}

impl Origin {
    /// A given name.
    pub(crate) fn given(&self, sex: Sex, random: &mut Random) -> &str {
        match sex {
            Sex::Female => self.female.draw(random),
            Sex::Male => self.male.draw(random),
        }
    }

    /// A surname, in the form that men use.
    pub(crate) fn surname(&self, random: &mut Random) -> &str {
        self.surnames.draw(random)
    }

    /// The form of a surname that somebody of this sex uses.
    pub(crate) fn form<'a>(&'a self, surname: &'a str, sex: Sex) -> &'a str {
        match sex {
            Sex::Male => surname,
            Sex::Female => self.feminine.get(surname).map_or(surname, String::as_str),
        }
    }
}

/// Every first part with every second, in an order that says nothing of either.
fn joined(firsts: &[&str], seconds: &[&str], order: u64) -> Vec<String> {
    let mut names: Vec<String> = firsts
        .iter()
        .flat_map(|first| seconds.iter().map(move |second| format!("{first}{second}")))
        .collect();
    Random::new(order, 90).shuffle(&mut names);
    names
}

/// What people of each English name are called too.
pub(crate) fn english_nicknames() -> HashMap<String, Vec<String>> {
    english::nicknames()
}

fn split(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

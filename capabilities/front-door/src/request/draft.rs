//! A request as it is typed, and what can be wrong with it.

use stour_kernel::{Code, CodeList, Date};
use stour_web::{FieldError, Mistakes, TypedDate};

use crate::lists::Lists;

/// The most characters of what is asked.
pub const LONGEST_WORDS: usize = 4_000;
/// The same, as the page counts them.
pub(crate) const LONGEST_WORDS_SHOWN: u32 = 4_000;
/// The most characters of who asks.
const LONGEST_ASKER: usize = 200;
/// How many days ago a request can have been received: a letter that lay about, not a mistyped year.
const OLDEST_DAYS: i64 = 366;

/// A request as it was typed; empty where nothing was.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// A code of `contact-channel`.
    pub channel: String,
    /// A code of `route-of-access`.
    pub route: String,
    /// A code of `who-asked`.
    pub asked_by: String,
    /// Name and telephone number of who asked; may be left out.
    pub asker: String,
    /// What is asked, in their words.
    pub words: String,
    /// A code of `primary-support-reason`; may be left out.
    pub support_reason: String,
    /// The day of receipt; today when nothing was typed.
    pub received: TypedDate,
}

/// A request that can be recorded. Its codes were in their lists on the day it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRequest {
    /// How it came in: a code of `contact-channel`.
    pub channel: Code,
    /// By which route the person came: a code of `route-of-access`.
    pub route: Code,
    /// Who asked: a code of `who-asked`.
    pub asked_by: Code,
    /// Name and telephone number of who asked; empty when not given.
    pub asker: String,
    /// What is asked, in their words: 1 to 4,000 characters.
    pub words: String,
    /// Why support is needed, when known: a code of `primary-support-reason`.
    pub support_reason: Option<Code>,
    /// The day on which it was received.
    pub received_on: Date,
}

impl Draft {
    /// The request, or everything that must be put right. A code is valid by the day on which the
    /// record is made.
    ///
    /// # Errors
    /// A message for each field, under the names that the form and the API use.
    pub(crate) fn check(&self, lists: &Lists, today: Date) -> Result<NewRequest, Mistakes> {
        // In the order of the form, which is the order in which mistakes are listed.
        let mut mistakes = Mistakes::default();
        let choose =
            |mistakes: &mut Mistakes, field: &str, text: &str, list: &CodeList, message: &str| {
                let chosen = chosen(text, list, today);
                if chosen.is_none() {
                    mistakes.add(field, message);
                }
                chosen
            };
        let channel = choose(
            &mut mistakes,
            "channel",
            &self.channel,
            &lists.channels.list,
            "Select how the request came in",
        );
        let asked_by = choose(
            &mut mistakes,
            "asked-by",
            &self.asked_by,
            lists.askers,
            "Select who is asking",
        );
        let asker = mistakes.check("asker", asker(&self.asker));
        let words = mistakes.check("words", words(&self.words));
        let route = choose(
            &mut mistakes,
            "route",
            &self.route,
            &lists.routes.list,
            "Select the route of access",
        );
        let support_reason = if self.support_reason.is_empty() {
            None
        } else {
            choose(
                &mut mistakes,
                "support-reason",
                &self.support_reason,
                &lists.reasons.list,
                "Select a support reason from the list, or leave it out",
            )
        };
        let received_on = mistakes.check("received-day", received(&self.received, today));
        match (channel, route, asked_by, asker, words, received_on) {
            (
                Some(channel),
                Some(route),
                Some(asked_by),
                Some(asker),
                Some(words),
                Some(received_on),
            ) if mistakes.is_empty() => Ok(NewRequest {
                channel,
                route,
                asked_by,
                asker,
                words,
                support_reason,
                received_on,
            }),
            _ => Err(mistakes),
        }
    }
}

fn chosen(text: &str, list: &CodeList, today: Date) -> Option<Code> {
    let code: Code = text.parse().ok()?;
    list.entry_at(&code, today).map(|entry| entry.code.clone())
}

/// A code of a list on a day, with the message for whoever chose none.
pub(crate) fn outcome(text: &str, lists: &Lists, today: Date) -> Result<Code, FieldError> {
    chosen(text, &lists.outcomes.list, today).ok_or_else(|| FieldError {
        field: "outcome".to_owned(),
        message: "Select how the request ended".to_owned(),
    })
}

fn asker(text: &str) -> Result<String, &'static str> {
    if text.chars().any(is_invisible) {
        return Err("Who is calling can only have visible characters: type it again");
    }
    let tidy = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if tidy.chars().count() > LONGEST_ASKER {
        return Err("Who is calling must be 200 characters or fewer");
    }
    Ok(tidy)
}

fn words(text: &str) -> Result<String, String> {
    prose(text, LONGEST_WORDS, "Enter what is asked", "What is asked")
}

/// Text of several lines: line ends made one kind, nothing invisible, at most so many characters.
pub(crate) fn prose(
    text: &str,
    longest: usize,
    missing: &str,
    name: &str,
) -> Result<String, String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let text = text.trim();
    if text.chars().all(char::is_whitespace) {
        return Err(missing.to_owned());
    }
    if text
        .chars()
        .any(|character| is_invisible(character) && !matches!(character, '\n' | '\t'))
    {
        return Err(format!(
            "{name} can only have visible characters: type it again"
        ));
    }
    let length = text.chars().count();
    if length > longest {
        return Err(format!(
            "{name} must be {longest} characters or fewer: this has {length}"
        ));
    }
    Ok(text.to_owned())
}

/// Characters that a reader cannot see and that change what is seen: controls, and the embeddings,
/// overrides and isolates of the Unicode bidirectional algorithm (UAX 9).
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

fn received(typed: &TypedDate, today: Date) -> Result<Date, &'static str> {
    if typed.is_empty() {
        return Ok(today);
    }
    let date = typed
        .date()
        .map_err(|_| "Enter the day it was received as numbers, for example 24 11 2026")?;
    if date > today {
        return Err("The day it was received must be today or in the past");
    }
    let age = today.duration_since(date).as_hours() / 24;
    if age > OLDEST_DAYS {
        return Err("The day it was received must be within the last year: check the year");
    }
    Ok(date)
}

#[cfg(test)]
mod tests;

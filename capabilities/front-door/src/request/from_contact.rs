//! The request that a contact becomes.

use stour_kernel::Date;
use stour_web::words::day;

use super::draft::prose;
use super::{Draft, LONGEST_WORDS, NewRequest};
use crate::contact::{About, NewContact};
use crate::lists::{Lists, ReferenceFault};

/// The request that a contact becomes: what was asked, in their words, and what was answered in advice.
///
/// # Errors
/// A [`ReferenceFault`] when a code of web contacts is not in its list on that day.
pub(crate) fn from_contact(
    contact: &NewContact,
    received: Date,
    lists: &Lists,
) -> Result<NewRequest, ReferenceFault> {
    let fault = |reason: String| ReferenceFault {
        file: "contact-channel",
        reason,
    };
    let draft = Draft {
        channel: "web".to_owned(),
        route: "community-other-route".to_owned(),
        asked_by: match contact.about {
            About::Asker => "person",
            About::Other { .. } => "family-or-friend",
        }
        .to_owned(),
        asker: who_asked(contact),
        words: words(contact),
        ..Draft::default()
    };
    let asked = draft
        .check(lists, received)
        .map_err(|mistakes| fault(format!("{:?}", mistakes.all())))?;
    Ok(NewRequest {
        received_on: received,
        ..asked
    })
}

/// Name and how to reach whoever asked, cut to what a request holds.
fn who_asked(contact: &NewContact) -> String {
    let parts = [
        contact.name.as_str(),
        contact.telephone.as_str(),
        contact.email.as_str(),
        contact.reach.as_str(),
    ];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(", ").chars().take(200).collect()
}

/// What helps to know whoever asks again: when they were born and where they live, as far as they said.
fn who_they_are(contact: &NewContact) -> Option<String> {
    let born = contact.born.map(|born| format!("born {}", day(born)));
    let postcode = contact.postcode.as_ref();
    let postcode = postcode.map(|postcode| format!("postcode {postcode}"));
    let known: Vec<String> = born.into_iter().chain(postcode).collect();
    (!known.is_empty()).then(|| format!("Whoever asks: {}.", known.join(", ")))
}

/// What was asked and answered, cut to what a request holds: the contact keeps the whole.
fn words(contact: &NewContact) -> String {
    let mut parts = Vec::new();
    // A request has no place of its own for urgency, so its words say it first, where it is seen and never cut.
    if contact.urgent {
        parts.push("Urgent.".to_owned());
    }
    parts.push(contact.words.clone());
    parts.extend(who_they_are(contact));
    if let About::Other { name, agreement } = &contact.about {
        let who = if name.is_empty() {
            "Somebody else"
        } else {
            name
        };
        parts.push(format!("Asked for: {who}, who {}.", agreement.words()));
    }
    if !contact.answers.is_empty() {
        let answers = contact.answers.iter();
        let lines: Vec<String> = answers
            .map(|(question, answer)| format!("{question} {answer}"))
            .collect();
        parts.push(format!("Answered in advice:\n{}", lines.join("\n")));
    }
    let cut: String = parts.join("\n\n").chars().take(LONGEST_WORDS).collect();
    prose(&cut, LONGEST_WORDS, "", "What is asked").unwrap_or(cut)
}

#[cfg(test)]
mod tests {
    use super::from_contact;
    use crate::contact::{About, NewContact};
    use crate::lists::Lists;

    fn contact(urgent: bool) -> NewContact {
        NewContact {
            name: "Mary Test".to_owned(),
            born: Some("1941-03-12".parse().unwrap()),
            postcode: Some("DT6 3LG".to_owned()),
            telephone: "01632 960000".to_owned(),
            email: String::new(),
            reach: "Only in the morning".to_owned(),
            about: About::Asker,
            words: "He takes my money".to_owned(),
            answers: vec![("Who are you worried about?".to_owned(), "Me".to_owned())],
            from: "Worried about someone".to_owned(),
            urgent,
        }
    }

    #[test]
    fn an_urgent_contact_is_an_urgent_request_and_tells_who_asks() {
        let received = "2026-11-24".parse().unwrap();
        let lists = Lists::embedded().unwrap();
        let urgent = from_contact(&contact(true), received, &lists).unwrap();
        assert_eq!(
            urgent.words,
            "Urgent.\n\nHe takes my money\n\nWhoever asks: born 12 March 1941, postcode DT6 3LG.\n\n\
             Answered in advice:\nWho are you worried about? Me"
        );
        assert_eq!(urgent.asker, "Mary Test, 01632 960000, Only in the morning");
        let other = NewContact {
            born: None,
            postcode: None,
            answers: Vec::new(),
            ..contact(false)
        };
        let ordinary = from_contact(&other, received, &lists).unwrap();
        assert_eq!(ordinary.words, "He takes my money");
    }

    #[test]
    fn urgency_and_who_asks_are_not_cut_off_by_many_answers() {
        let long = NewContact {
            words: "w".repeat(2_000),
            answers: vec![("Question".to_owned(), "a".repeat(5_000))],
            ..contact(true)
        };
        let lists = Lists::embedded().unwrap();
        let asked = from_contact(&long, "2026-11-24".parse().unwrap(), &lists).unwrap();
        assert!(asked.words.starts_with("Urgent."));
        assert!(
            asked
                .words
                .contains("born 12 March 1941, postcode DT6 3LG.")
        );
    }
}

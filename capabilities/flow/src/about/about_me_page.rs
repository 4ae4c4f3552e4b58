//! Somebody of the community team writes down About Me with the person.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_database::{Transaction, VersionError};
use stour_design::{
    Button, Details, Heading, Input, Markup, SummaryList, SummaryRow, Textarea, html,
};
use stour_kernel::{Date, Environment};
use stour_web::{Caller, Form, Mistakes, Page, Problem, TypedDate, form};

use super::HEADINGS;
use super::about_me::{AboutMe, KeptAboutMe, WrongAboutMe, of_person, write};
use super::part::{by, lines};
use crate::by::By;
use crate::error::{FlowError, reference};
use crate::in_reach::{Opened, open};
use crate::list::choices;
use crate::shown;

/// What the fields of the headings are called.
const FIELD: &str = "words-";

/// What was typed.
#[derive(Debug, Clone, Default)]
struct Draft {
    words: Vec<(String, String)>,
    supported_by: String,
    said_on: TypedDate,
    /// How many versions there were when the writer looked.
    seen: String,
}

impl Draft {
    fn of(kept: &[KeptAboutMe], today: Date) -> Self {
        let last = kept.last().map(|kept| &kept.about);
        let words = last.map(|about| about.words.clone()).unwrap_or_default();
        Self {
            words: words.into_iter().collect(),
            supported_by: String::new(),
            said_on: TypedDate::of(today),
            seen: kept.len().to_string(),
        }
    }

    fn typed(form: &Form) -> Self {
        let words = form
            .with_prefix(FIELD)
            .map(|(heading, words)| (heading.to_owned(), words.trim().to_owned()));
        Self {
            words: words.filter(|(_, words)| !words.is_empty()).collect(),
            supported_by: form.get("supported-by").trim().to_owned(),
            said_on: TypedDate::from_form(form, "said"),
            seen: form.get("seen").to_owned(),
        }
    }

    fn under(&self, heading: &str) -> &str {
        let mut words = self.words.iter();
        words
            .find(|(code, _)| code == heading)
            .map_or("", |(_, words)| words)
    }

    /// What is written, unless something in it is wrong. What is wrong with the whole stands at the first heading.
    fn check(
        &self,
        (first, today): (&str, Date),
        mistakes: &mut Mistakes,
    ) -> Result<Option<AboutMe>, Problem> {
        let said_on = mistakes.check("said-day", self.said_on.date());
        let about = AboutMe {
            words: self.words.iter().cloned().collect(),
            supported_by: Some(self.supported_by.clone()).filter(|name| !name.is_empty()),
            // A day that cannot be read is told by itself.
            said_on: said_on.unwrap_or(today),
        };
        for wrong in about.wrongs(today, reference()?) {
            let field = match &wrong {
                WrongAboutMe::Nothing | WrongAboutMe::Heading(_) => format!("{FIELD}{first}"),
                WrongAboutMe::Long(heading) => format!("{FIELD}{heading}"),
                WrongAboutMe::LongName => "supported-by".to_owned(),
                WrongAboutMe::Day => "said-day".to_owned(),
            };
            mistakes.add(&field, wrong.to_string());
        }
        Ok(mistakes.is_empty().then_some(about))
    }
}

async fn versions(caller: &Caller, opened: &Opened) -> Result<Vec<KeptAboutMe>, Problem> {
    let person = opened.person.id;
    let database = caller.house().database();
    let read = move |tx: &mut Transaction<'_>| Ok::<_, FlowError>(of_person(tx, person)?);
    Ok(database.read(read).await?)
}

/// The form, with what stands.
pub(super) async fn page(caller: Caller, Path(id): Path<String>) -> Result<Page, Problem> {
    let opened = open(&caller, &id).await?;
    let kept = versions(&caller, &opened).await?;
    let draft = Draft::of(&kept, caller.today());
    show(&caller, (&opened, &kept), (&draft, &Mistakes::default())).await
}

async fn show(
    caller: &Caller,
    (opened, kept): (&Opened, &[KeptAboutMe]),
    (draft, mistakes): (&Draft, &Mistakes),
) -> Result<Page, Problem> {
    let (person, today) = (opened.who(caller).await?, caller.today());
    let headings = choices(HEADINGS, today)?;
    let title = "About Me";
    let main = html! {
        (Heading::page(title))
        p { (shown::person(&person, today, false)) }
        p { "What the person wants those to know who look after them, in their own words as far as can be. The ward that the person is on and the community teams that know them read it. The headings are those of the national standard." }
        form method="post" action={ (opened.back()) "/about-me" } novalidate {
            (form::hidden(caller))
            input type="hidden" name="seen" value=(draft.seen);
            @for (code, heading) in headings {
                @let name = format!("{FIELD}{code}");
                (Textarea::new(name.as_str(), heading).value(draft.under(code.as_str())).error(mistakes.of(&name)))
            }
            (Input::new("supported-by", "Who supported the person to write this (optional)")
                .hint("A name, and what they are to the person. For example: June Cole, her daughter")
                .value(draft.supported_by.as_str()).error(mistakes.of("supported-by")))
            (draft.said_on.input("said", "When did the person say so?").error(mistakes.of("said-day")))
            (Button::new("Save"))
        }
        (earlier(kept))
    };
    Ok(Page::new(title, main)
        .back(opened.back())
        .with_errors(mistakes.all()))
}

/// What stood before, the latest first.
fn earlier(kept: &[KeptAboutMe]) -> Markup {
    html! {
        @if !kept.is_empty() {
            (Heading::section("What was written before"))
            @for one in kept.iter().rev() {
                (Details::new(shown::moment(one.at), html! { (whole(one)) }))
            }
        }
    }
}

fn whole(kept: &KeptAboutMe) -> Markup {
    let rows = kept
        .about
        .words
        .iter()
        .map(|(heading, words)| SummaryRow::new(shown::label(HEADINGS, heading), lines(words)));
    html! {
        (SummaryList::new(rows))
        p { (by(kept)) }
    }
}

/// Keeps it.
pub(super) async fn change(
    caller: Caller,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Problem> {
    let opened = open(&caller, &id).await?;
    let draft = Draft::typed(&form);
    let mut mistakes = Mistakes::default();
    let headings = choices(HEADINGS, caller.today())?;
    let first = headings.first().map_or("", |(code, _)| code.as_str());
    let Some(about) = draft.check((first, caller.today()), &mut mistakes)? else {
        let kept = versions(&caller, &opened).await?;
        let page = show(&caller, (&opened, &kept), (&draft, &mistakes)).await?;
        return Ok(page.into_response());
    };
    let seen: usize = draft.seen.parse().map_err(|_| VersionError::Malformed)?;
    let person = opened.person.id;
    let work = move |tx: &mut Transaction<'_>, environment: &Environment, by: &By| {
        write(tx, environment, (person, seen), &about, by)
    };
    opened.carry_out(&caller, &form, work).await
}

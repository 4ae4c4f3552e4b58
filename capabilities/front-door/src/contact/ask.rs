//! Asking for help: the form, and what happens when it is sent.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use stour_access::Resource;
use stour_design::{
    Button, CharacterCount, Choice, DateInput, Heading, Input, InsetText, Legend, Limit, Markup,
    Panel, Radios, Textarea, Width, html,
};
use stour_people::facts_of_person;
use stour_web::{Caller, Form, Mistakes, Page, Problem, Visitor, form, redirect};

use super::draft::{About, Agreement, ContactDraft, LONGEST_WORDS, NewContact};
use super::{ContactId, contact, insert, reference};
use crate::identity::named;
use crate::lists::Lists;
use crate::request::page::taker;
use crate::request::{self, NewRequest, from_contact};

/// Takes in what somebody asks, and gives the address of the page that says what happens next. For
/// somebody who is signed in and asks for themselves it is a request on their own record at once,
/// decided and audited as such. What is urgent is always a contact: it is put before the rest there, and somebody
/// who tells of abuse does not find it on a record that others may look at with them.
///
/// # Errors
/// Those of the write; 403 when the policies refuse a request.
pub async fn ask_for_help(
    visitor: &Visitor,
    sent: (&str, String),
    asked: NewContact,
) -> Result<String, Problem> {
    if !asked.urgent
        && asked.about == About::Asker
        && let Some(caller) = visitor.caller("request.create")
        && let Some(own) = caller.actor().person
    {
        let person = facts_of_person(&caller, own).await?;
        let request = from_contact(&asked, caller.today(), &Lists::embedded()?)?;
        return on_own_record(&caller, sent, person, request).await;
    }
    let work = move |tx: &mut stour_database::Transaction<'_>,
                     environment: &stour_kernel::Environment| {
        let id = insert(tx, environment, &asked)?;
        Ok(format!("/ask-for-help/{id}"))
    };
    visitor.write(sent, "contact.send", work).await
}

async fn on_own_record(
    caller: &Caller,
    sent: (&str, String),
    person: stour_access::PersonFacts,
    asked: NewRequest,
) -> Result<String, Problem> {
    let (facts, by) = (person.clone(), taker(caller));
    let work = move |tx: &mut stour_database::Transaction<'_>,
                     environment: &stour_kernel::Environment| {
        let request = request::record(tx, environment, &facts, asked.clone(), &by)?;
        Ok(format!("/requests/{}", request.id))
    };
    caller.write(sent, Resource::Person(person), work).await
}

/// GET /ask-for-help
pub(crate) async fn new(visitor: Visitor) -> Page {
    ask_page(&visitor, &ContactDraft::default(), &Mistakes::default())
}

/// POST /ask-for-help
pub(crate) async fn send(visitor: Visitor, form: Form) -> Result<Response, Problem> {
    let draft = ContactDraft::sent(&form);
    match draft.check(visitor.today(), "", &[]) {
        Ok(asked) => {
            let sent = (form.key(), form.fingerprint());
            Ok(redirect(&ask_for_help(&visitor, sent, asked).await?))
        }
        Err(mistakes) => Ok(ask_page(&visitor, &draft, &mistakes).into_response()),
    }
}

fn ask_page(visitor: &Visitor, draft: &ContactDraft, mistakes: &Mistakes) -> Page {
    let main = html! {
        (Heading::page("Ask for help"))
        p.nhsuk-lede-text { "Tell us what you need. Somebody from your council will read it and get in touch." }
        (not_for_emergencies())
        form method="post" action="/ask-for-help" novalidate {
            (form::hidden_for(visitor))
            (contact_form(draft, mistakes, &[]))
            (Button { prevent_double_click: true, ..Button::new("Ask for help") })
        }
    };
    Page::new("Ask for help", main)
        .back("/welcome")
        .quick_exit()
        .with_errors(mistakes.all())
}

fn not_for_emergencies() -> Markup {
    html! {
        (InsetText::new(html! {
            p { "If somebody is in danger now, call 999. For medical help that cannot wait, call 111. Nobody reads this form at night." }
        }))
    }
}

/// The fields of the form, for a form of any page: without its hidden fields and its button. `answers`
/// are what was answered in advice before, which whoever asks may pass on.
pub fn contact_form(
    draft: &ContactDraft,
    mistakes: &Mistakes,
    answers: &[(String, String)],
) -> Markup {
    html! {
        (about(draft, mistakes))
        (CharacterCount::new(
            Textarea::new("words", "What do you need help with?")
                .hint("In your own words. You will not have to say it again.")
                .error(mistakes.of("words"))
                .value(&draft.words),
            Limit::Characters(LONGEST_WORDS),
        ))
        @if !answers.is_empty() { (passing_on(draft)) }
        (Input { autocomplete: Some("name".to_owned()), ..Input::new("name", "Your name") }
            .error(mistakes.of("name")).value(&draft.name))
        (DateInput { error: mistakes.of("born-day"), hint: Some("For example, 12 3 1941. It helps us to find your record.".into()), ..draft.born.input("born", "Your date of birth (optional)") }
            .birthday())
        (Input { autocomplete: Some("postal-code".to_owned()), width: Some(Width::Ten), ..Input::new("postcode", "Your postcode (optional)") }
            .error(mistakes.of("postcode")).value(&draft.postcode))
        (Input { kind: Some("tel".to_owned()), autocomplete: Some("tel".to_owned()), width: Some(Width::Twenty), ..Input::new("telephone", "Telephone number") }
            .hint("Give a telephone number, an email address, or both.")
            .error(mistakes.of("telephone")).value(&draft.telephone))
        (Input { kind: Some("email".to_owned()), autocomplete: Some("email".to_owned()), spellcheck: Some(false), ..Input::new("email", "Email address") }
            .error(mistakes.of("email")).value(&draft.email))
        (Input::new("reach", "When and how is it safe to reach you? (optional)")
            .hint("For example: in the morning, do not leave a message, I use text relay.")
            .error(mistakes.of("reach")).value(&draft.reach))
        div hidden aria-hidden="true" {
            label for="company" { "Leave this empty" }
            input type="text" id="company" name="company" tabindex="-1" autocomplete="off" value=(draft.trap);
        }
        p { "We use what you write to answer you, and keep it with your record. Only people who deal with requests can read it." }
    }
}

fn about(draft: &ContactDraft, mistakes: &Mistakes) -> Markup {
    let selected = Some(draft.about.as_str()).filter(|about| !about.is_empty());
    let agreed = Some(draft.agreement.as_str()).filter(|agreement| !agreement.is_empty());
    let choices = Agreement::ALL.map(|(_, word, label)| Choice::new(word, label));
    let other = html! {
        (Input::new("other", "Their name (optional)").error(mistakes.of("other")).value(&draft.other))
        (Radios { error: mistakes.of("agreement"), small: true, ..Radios::new("agreement", Legend::new("Do they know that you are asking?"), choices) }
            .selected(agreed))
        p { "You can always tell us what you are worried about. We cannot tell you about another person unless they agree, or you can decide for them by law." }
    };
    let items = [
        Choice::new("me", "Me"),
        Choice::new("other", "Somebody else").reveal(other),
    ];
    html! {
        (Radios { error: mistakes.of("about"), ..Radios::new("about", Legend::new("Who needs help?"), items) }
            .selected(selected))
    }
}

fn passing_on(draft: &ContactDraft) -> Markup {
    let items = [
        Choice::new("yes", "Yes, pass on what I answered"),
        Choice::new("no", "No, send only what I write here"),
    ];
    let selected = if draft.pass_on == "no" { "no" } else { "yes" };
    html! {
        (Radios::new("pass-on", Legend::new("Shall we pass on your answers, so that you need not say them again?"), items)
            .selected(Some(selected)))
    }
}

/// GET /ask-for-help/{id}: what happens next. It shows the reference, that what was told is urgent when it is, and, for
/// somebody who asks for another, what follows from whether that person agrees. Whoever asks needs these to know what
/// happens next. It shows no name, no words, no answers and no way to reach anybody, because whoever finds the address
/// of the page can open it.
pub(crate) async fn sent(visitor: Visitor, Path(id): Path<String>) -> Result<Page, Problem> {
    let id: ContactId = named(&id)?;
    let database = visitor.house().database();
    let found = database.read(move |tx| contact(tx, id)).await?;
    let found = found.ok_or_else(Problem::not_found)?;
    let main = html! {
        (Panel { content: Some(html! { "Your reference is" br; strong { (reference(id)) } }.into()), ..Panel::new(Heading::page("We have your request")) })
        (Heading::section("What happens next"))
        p { "Somebody who deals with requests for your council will read what you wrote and get in touch, by telephone or email as you said." }
        p { "If you call before that, say your reference. You will not have to tell your story again." }
        @if found.asked.urgent {
            p { "What you told us is put before others. It is still not read at night: if anybody is in danger, call 999." }
        }
        @if let About::Other { agreement, .. } = &found.asked.about { (about_another(*agreement)) }
        (Heading::section("Until then"))
        ul {
            li { a href="/find" { "Find help nearby" } }
            li { a href="/advice" { "Get advice" } }
            li { "If something changes and it cannot wait, call 111. In an emergency call 999." }
        }
    };
    Ok(Page::new("We have your request", main).quick_exit())
}

fn about_another(agreement: Agreement) -> Markup {
    html! {
        (Heading::section("About helping somebody else"))
        @match agreement {
            Agreement::Agrees => p { "We may ask them whether they agree before we talk to you about them." },
            Agreement::NotAsked | Agreement::Refuses => {
                p { "Thank you for telling us. We can listen to you, and we can help you in your own right if you look after them. We cannot tell you about them, or arrange care for them, unless they agree." }
                p { "If they are in danger or cannot keep themselves safe, say so: then we may act without their agreement." }
            },
            Agreement::MayDecideForThem => {
                p { "Please have ready what shows that you may decide for them: a lasting power of attorney for health and welfare or for property that is registered, or the order that made you their deputy. Until we have seen it we can listen, and we cannot tell you about them." }
                p { "If you do not have this yet, the " a href="https://www.gov.uk/government/organisations/office-of-the-public-guardian" { "Office of the Public Guardian" } " says how to get it." }
            },
        }
    }
}

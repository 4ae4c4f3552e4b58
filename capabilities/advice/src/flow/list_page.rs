//! All advice, and the way back to answers.

use axum::response::{IntoResponse, Response};
use stour_design::{Button, Card, Heading, Input, Label, Markup, Size, html};
use stour_web::words::{day, moment};
use stour_web::{Form, Mistakes, Page, Problem, Visitor, form, redirect};

use crate::content::{Published, published_flows};
use crate::draft::{self, Code, Draft};

/// `GET /advice`.
pub(crate) async fn show(visitor: Visitor) -> Result<Page, Problem> {
    let flows = published_flows(visitor.house().database()).await?;
    let own = own_drafts(&visitor).await?;
    let main = html! {
        (Heading::page("Get advice"))
        p.nhsuk-lede-text { "Answer a few questions and see what may help. You do not give your name, and we do not track you." }
        ul.nhsuk-grid-row.nhsuk-card-group {
            @for one in &flows {
                li.nhsuk-grid-column-one-half.nhsuk-card-group__item {
                    (Card::link(
                        Heading { size: Some(Size::M), ..Heading::section(one.flow.title.as_str()) },
                        format!("/advice/{}", one.flow.id),
                        one.flow.summary.as_str(),
                    ))
                }
            }
        }
        (own_list(&own, &flows))
        p { a href="/advice/return" { "Come back to answers that you gave before" } }
        p { "In an emergency, call 999. If you need medical help now and it is not an emergency, call 111." }
    };
    Ok(Page::new("Get advice", main))
}

/// The drafts of a resident who is signed in. Staff have none: what they fill in is somebody else's.
async fn own_drafts(visitor: &Visitor) -> Result<Vec<Draft>, Problem> {
    let Some(user) = resident(visitor) else {
        return Ok(Vec::new());
    };
    let today = visitor.today();
    let database = visitor.house().database();
    Ok(database
        .read(move |tx| draft::of_resident(tx, user, today))
        .await?)
}

/// The account of a resident who is signed in.
pub(crate) fn resident(visitor: &Visitor) -> Option<stour_kernel::UserId> {
    let actor = visitor.actor()?;
    actor.has_role("resident").then_some(actor.user)
}

fn own_list(own: &[Draft], flows: &[Published]) -> Markup {
    let title = |draft: &Draft| {
        let found = flows.iter().find(|one| one.flow.id == draft.flow);
        found.map(|one| one.flow.title.clone())
    };
    html! {
        @if !own.is_empty() {
            (Heading::section("Your answers"))
            ul.nhsuk-list.nhsuk-list--bullet {
                @for draft in own {
                    @if let Some(title) = title(draft) {
                        li {
                            a href={ "/advice/" (draft.flow) "/" (draft.code) } { (title) }
                            ", last answered on " (moment(draft.changed_at)) ", kept until " (day(draft.kept_until))
                        }
                    }
                }
            }
        }
    }
}

/// `GET /advice/return`.
pub(crate) async fn come_back(visitor: Visitor) -> Page {
    return_page(&visitor, "", &Mistakes::default())
}

fn return_page(visitor: &Visitor, typed: &str, mistakes: &Mistakes) -> Page {
    let main = html! {
        form method="post" action="/advice/return" novalidate {
            (form::hidden_for(visitor))
            (Input {
                hint: Some("32 letters and digits. Spaces do not matter.".into()),
                error: mistakes.of("code"),
                spellcheck: Some(false),
                autocomplete: Some("off".to_owned()),
                ..Input::new("code", Label::page("Enter your code")).value(typed)
            })
            (Button::new("Continue"))
        }
    };
    Page::new("Enter your code", main)
        .back("/advice")
        .with_errors(mistakes.all())
        .quick_exit()
}

/// `POST /advice/return`. Nothing is changed by it.
pub(crate) async fn find(visitor: Visitor, form: Form) -> Result<Response, Problem> {
    let typed: String = form.get("code").chars().take(100).collect();
    let mut mistakes = Mistakes::default();
    if let Some(code) = mistakes.check("code", typed.parse::<Code>()) {
        let today = visitor.today();
        let database = visitor.house().database();
        let found = database
            .read(move |tx| draft::draft(tx, &code, today))
            .await?;
        match found {
            Some(draft) => return Ok(redirect(&format!("/advice/{}/{}", draft.flow, draft.code))),
            None => mistakes.add(
                "code",
                "We have no answers with this code. Check it, or start again: answers are deleted when their day has come",
            ),
        }
    }
    Ok(return_page(&visitor, &typed, &mistakes).into_response())
}

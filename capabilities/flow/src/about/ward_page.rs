//! What a ward reads of somebody on it: About Me, who cares for them, and what community teams plan to bring them home.

use stour_database::Transaction;
use stour_design::{Heading, html};
use stour_people::{require, summary};
use stour_web::{Caller, Page, Problem};

use super::part::{about_me_section, carers_section};
use super::{about_me, carers};
use crate::error::FlowError;
use crate::in_reach::{plan_section, plans};
use crate::shown;
use crate::ward::{Named, Where, find};

/// The page.
pub(super) async fn page(caller: Caller, at: Where) -> Result<Page, Problem> {
    let Named {
        spell,
        person,
        back,
    } = find(&caller, &at).await?;
    require(&caller, &person).await?;
    let who = person.id;
    let permit = caller.permit_person(person).await?;
    let read = move |tx: &mut Transaction<'_>| {
        let said = (about_me(tx, who)?, carers(tx, who)?);
        Ok::<_, FlowError>((summary(tx, &permit)?, said, plans(tx, spell.id)?))
    };
    let (person, (about, carers), items) = caller.house().database().read(read).await?;
    let today = caller.today();
    let title = "Who the person is, and who cares for them";
    let main = html! {
        (Heading::page(title))
        p { (shown::person(&person, today, true)) }
        div id="about" data-live={ (back) "/live" } {
            (Heading::section("About Me"))
            (about_me_section(about.last()))
            (Heading::section("Carers"))
            (carers_section(&carers, None))
            (Heading::section("What community teams plan to bring the person home"))
            (plan_section(&items, None, today))
        }
    };
    Ok(Page::new(title, main).back(&back))
}

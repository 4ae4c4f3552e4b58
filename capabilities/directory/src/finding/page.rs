//! The page on which people search.

use axum::extract::Query;
use stour_design::{
    Button, Details, ErrorSummary, Heading, Input, InsetText, Markup, Pagination, Render as _,
    Select, Width, html,
};
use stour_open_referral::{Uuid, Weekday};
use stour_search::Reading;
use stour_web::{Page, Problem, Visitor};

use super::asked::Asked;
use super::results::{PAGE, Results, Shown, search};
use super::words::{beginning, distance};
use super::{facets, map};
use crate::DirectoryError;
use crate::postcode::ATTRIBUTION;
use crate::usage;

/// How much of a description is shown in a list.
const BEGINNING: usize = 220;

/// `GET /find`.
pub(crate) async fn show(
    visitor: Visitor,
    Query(parameters): Query<Vec<(String, String)>>,
) -> Result<Page, Problem> {
    let asked = Asked::of(&parameters);
    let environment = visitor.environment().clone();
    let database = visitor.house().database();
    let results = database
        .read(move |tx| -> Result<Results, DirectoryError> {
            search(tx, &environment, asked.clone())
        })
        .await?;
    usage::note_search(visitor.house(), &results.asked, &results.found);
    let first = (results.asked.page - 1) * PAGE + 1;
    let map = map::map(&results, first, visitor.today());
    let main = html! {
        @if !results.mistakes.is_empty() {
            (ErrorSummary::new(results.mistakes.iter().map(|(field, what)| (*field, what.as_str())).collect::<Vec<_>>()))
        }
        (Heading::page("Find help"))
        (own_list(&results.asked))
        form method="get" action="/find" role="search" novalidate {
            (form(&results))
        }
        @if results.mistakes.is_empty() {
            @if results.asked.is_empty() { (begin(&results)) } @else {
                (facets::chips(&results))
                (understood(&results))
                (counted(&results))
                @if let Some(map) = &map { (Details::new("Show on a map", map.render())) }
                (list(&results, first))
                (pages(&results))
                (elsewhere(&results))
                p.stour-no-print { a href="/how-easy/find" { "Tell us how easy it was to find information" } }
            }
        }
        p.nhsuk-body-s { (ATTRIBUTION) "." }
    };
    let title = if results.asked.words.is_empty() {
        "Find help".to_owned()
    } else {
        format!("{} – find help", beginning(&results.asked.words, 60))
    };
    Ok(Page::new(title, main).quick_exit())
}

/// The name of a day that is sent by its number.
pub(super) fn day_name(number: &str) -> &'static str {
    let day = number
        .parse()
        .ok()
        .and_then(|day: usize| Weekday::ALL.get(day).copied());
    day.map_or("any day", Weekday::name)
}

fn form(results: &Results) -> Markup {
    let asked = &results.asked;
    let error = |field: &str| {
        let mut mistakes = results.mistakes.iter();
        mistakes
            .find(|(known, _)| *known == field)
            .map(|(_, what)| what.as_str())
    };
    html! {
        (Input {
            kind: Some("search".to_owned()),
            hint: Some("In your own words. For example, lunch club, help with the hoovering or someone to talk to".into()),
            error: error("q").map(Into::into),
            ..Input::new("q", "What do you need?").value(asked.words.as_str())
        })
        (Input {
            error: error("postcode").map(Into::into),
            autocomplete: Some("postal-code".to_owned()),
            ..Input::new("postcode", "Postcode").value(asked.postcode.as_str()).width(Width::Ten)
        })
        @if asked.is_elsewhere { input type="hidden" name="elsewhere" value="yes"; }
        @if !asked.list.is_empty() {
            input type="hidden" name="list" value=(asked.list.iter().map(ToString::to_string).collect::<Vec<_>>().join("_"));
        }
        (Button::new("Search"))
        (Details {
            open: ["miles", "age", "open"].into_iter().any(|field| error(field).is_some()),
            ..Details::new("Narrow your search", narrowing(results, &error))
        })
    }
}

/// What narrows a search down, one press away: on a telephone the results would be out of sight below it.
fn narrowing<'r>(results: &'r Results, error: &dyn Fn(&str) -> Option<&'r str>) -> Markup {
    let asked = &results.asked;
    let days = Weekday::ALL
        .into_iter()
        .map(|day| (day.place().to_string(), day.name()));
    let open = [(String::new(), "Any time"), ("now".to_owned(), "Open now")];
    let miles = [
        ("", "Any distance"),
        ("1", "1 mile"),
        ("3", "3 miles"),
        ("5", "5 miles"),
        ("10", "10 miles"),
        ("20", "20 miles"),
    ];
    let sorts = [
        ("", "Best for this search"),
        ("nearest", "Nearest first"),
        ("best", "Best match first"),
        ("name", "By name"),
    ];
    html! {
        div.stour-filters {
            (Select {
                error: error("miles").map(Into::into),
                ..Select::new("miles", "How far", miles).selected(Some(&asked.miles))
            })
            (Input {
                inputmode: Some("numeric".to_owned()),
                error: error("age").map(Into::into),
                ..Input::new("age", "Age of the person").value(asked.age.as_str()).width(Width::Three)
            })
            (Select {
                error: error("open").map(Into::into),
                ..Select::new("open", "Open", open.into_iter().chain(days)).selected(Some(&asked.open))
            })
            (Select::new("sort", "Order", sorts).selected(Some(&asked.sort)))
        }
        @if results.mistakes.is_empty() && !asked.is_empty() { (facets::filters(results)) }
        (Button::secondary("Show results"))
    }
}

/// What to do before anything was asked.
fn begin(results: &Results) -> Markup {
    let asked = &results.asked;
    let to = |words: &str| {
        asked
            .but(|asked| words.clone_into(&mut asked.words))
            .address()
    };
    html! {
        p { "Type what you need, and a postcode to see what is near you. There are " (results.all) " services and organisations here." }
        p { "You can also look for:" }
        ul.nhsuk-list.nhsuk-list--bullet {
            @for words in ["Lunch clubs", "Befriending", "Care at home", "Carers", "Falls", "Benefits advice", "Transport"] {
                li { a href=(to(words)) { (words) } }
            }
        }
        p { "Not sure what you need? " a href="/advice" { "Get advice" } "." }
        p { "In an emergency, call 999. If you need medical help now and it is not an emergency, call 111." }
    }
}

/// How the words were read.
fn understood(results: &Results) -> Markup {
    let understood = &results.found.understood;
    let corrected = understood
        .words
        .iter()
        .filter_map(|word| match &word.reading {
            Reading::Corrected(words) | Reading::Completed(words) => Some((&word.typed, words)),
            _ => None,
        });
    let unknown: Vec<&str> = understood
        .words
        .iter()
        .filter(|word| word.reading == Reading::Unknown)
        .map(|word| word.typed.as_str())
        .collect();
    html! {
        @if let Some(located) = &results.located {
            @if located.is_corrected { p { "We took the postcode for " strong { (located.name) } "." } }
            @if !located.is_live { p { "The postcode " (located.name) " is no longer used. We searched near where it was." } }
            @if located.is_part { p { "Distances are from the middle of " (located.name) ". Type a whole postcode to have them exact." } }
        }
        @if !understood.needs.is_empty() {
            p { "Showing results for "
                @for (at, need) in understood.needs.iter().enumerate() {
                    @if at > 0 { " and " }
                    strong { (need) }
                }
                "."
            }
        }
        @for (typed, words) in corrected {
            p { "Showing results for " strong { (words.join(" or ")) } " instead of “" (typed) "”." }
        }
        @if !unknown.is_empty() && results.found.total > 0 {
            p { "No service says “" (unknown.join("”, “")) "”." }
        }
        @if understood.matched > 0 && !understood.is_whole() {
            p { "Nothing fits all of your words. These fit some of them." }
        }
        @if understood.is_cut { p { "Your search was long. We used the beginning of it." } }
    }
}

fn counted(results: &Results) -> Markup {
    let total = results.found.total;
    let where_ = match (&results.located, results.asked.is_elsewhere) {
        (_, true) => " at home, online or by telephone",
        (Some(_), false) => " at a place",
        (None, false) => "",
    };
    html! {
        (Heading { id: Some("results".to_owned()), ..Heading::section(match total {
            0 => format!("Nothing found{where_}"),
            1 => format!("1 result{where_}"),
            total => format!("{total} results{where_}"),
        }) })
        @if total == 0 { (what_next(results)) }
    }
}

/// What somebody can do who has found nothing.
fn what_next(results: &Results) -> Markup {
    let asked = &results.asked;
    let wider = asked.but(|asked| asked.miles.clear());
    let anywhere = asked.but(|asked| {
        asked.postcode.clear();
        asked.miles.clear();
    });
    let no_choices = asked.but(|asked| {
        asked.chosen.clear();
        asked.age.clear();
        asked.open.clear();
    });
    html! {
        @if results.found.understood.is_empty {
            p { "There are no words in your search that we can look for. Say what you need, for example lunch club." }
        }
        p { "You can:" }
        ul.nhsuk-list.nhsuk-list--bullet {
            @if results.found.elsewhere > 0 && !asked.is_elsewhere {
                li { a href=(asked.but(|asked| asked.is_elsewhere = true).address()) { "see what you can get at home, online or by telephone" } }
            }
            @if !asked.miles.is_empty() { li { a href=(wider.address()) { "look further away" } } }
            @if !asked.postcode.is_empty() { li { a href=(anywhere.address()) { "look everywhere" } } }
            @if no_choices.address() != asked.but(|_| ()).address() {
                li { a href=(no_choices.address()) { "take away what you chose, the age and the time" } }
            }
            li { "use other words, or fewer" }
            li { a href="/advice" { "get advice" } ", step by step" }
            li { a href="/ask-for-help" { "ask for help" } ", and somebody from your council will get in touch" }
        }
    }
}

fn list(results: &Results, first: usize) -> Markup {
    html! {
        @if !results.shown.is_empty() {
            ol.nhsuk-list.stour-results start=(first) {
                @for (number, shown) in (first..).zip(&results.shown) {
                    li id={ "result-" (number) } { (result(&results.asked, shown, Some(number))) }
                }
            }
        }
    }
}

fn result(asked: &Asked, shown: &Shown, number: Option<usize>) -> Markup {
    html! {
        h3.nhsuk-heading-s {
            @if let Some(number) = number { span aria-hidden="true" { (number) ". " } }
            a href={ (shown.href) (asked.suffix()) } { (shown.name) }
            @if !shown.is_service { " (organisation)" }
        }
        @if shown.by.is_some() || shown.place.is_some() || shown.metres.is_some() {
            p {
                @let parts = [shown.by.clone(), shown.place.clone(), shown.metres.map(distance)];
                (parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
            }
        }
        @if !shown.text.is_empty() { p { (beginning(&shown.text, BEGINNING)) } }
        @if let Some(next) = &shown.next { p { strong { (next) } } }
        @if let Ok(id) = shown.id.parse::<Uuid>() {
            p.stour-no-print {
                a href=(asked.listing(id).address()) {
                    @if asked.list.contains(&id) { "Take off my list" } @else { "Add to my list" }
                    span.nhsuk-u-visually-hidden { ": " (shown.name) }
                }
            }
        }
    }
}

fn pages(results: &Results) -> Markup {
    let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let last = results.found.total.div_ceil(PAGE);
    let address = |page: u64| {
        let page = usize::try_from(page).unwrap_or(1);
        results.asked.but(|asked| asked.page = page).address()
    };
    html! {
        @if last > 1 { (Pagination::numbered(number(results.asked.page), number(last), address)) }
        @if last > 0 && results.asked.page > last {
            p { "There are only " (last) " pages. " a href=(address(1)) { "Go to the first" } }
        }
    }
}

/// Those that are had elsewhere, beside those near by.
fn elsewhere(results: &Results) -> Markup {
    let all = results.found.elsewhere;
    html! {
        @if !results.elsewhere.is_empty() {
            (Heading::section("At home, online or by telephone"))
            ul.nhsuk-list.stour-results {
                @for shown in &results.elsewhere { li { (result(&results.asked, shown, None)) } }
            }
            @if all > results.elsewhere.len() {
                p { a href=(results.asked.but(|asked| asked.is_elsewhere = true).address()) { "See all " (all) } }
            }
        }
    }
}

/// The way to somebody's own list.
fn own_list(asked: &Asked) -> Markup {
    html! {
        @if !asked.list.is_empty() {
            (InsetText::new(html! {
                p { "You have " (asked.list.len()) " on your list. "
                    a href={ "/find/list" (asked.suffix()) } { "See, print or send your list" } }
            }))
        }
    }
}

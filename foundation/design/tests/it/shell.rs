//! The page around the content.

use scraper::{Html, Selector};
use stour_design::{
    BackLink, Breadcrumb, ErrorSummary, Heading, NavLink, Render, Shell, UserBadge, html,
};

fn shell() -> Shell {
    Shell {
        service_name: "Future Care".to_owned(),
        user: Some(UserBadge {
            name: "Rowan Farrell".to_owned(),
            role: "Transfer of care hub".to_owned(),
        }),
        csrf: Some(("csrf".to_owned(), "a<b".to_owned())),
        navigation: vec![
            NavLink::new("Board", "/board", true),
            NavLink::new("People", "/people", false),
        ],
        banner: Some("Everyone here is made up.".into()),
        breadcrumb: Some(Breadcrumb::new([("Home", "/")])),
        ..Shell::new("Board")
    }
}

fn texts(page: &Html, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).unwrap();
    page.select(&selector)
        .map(|element| element.text().collect::<String>().trim().to_owned())
        .collect()
}

#[test]
fn a_page_has_its_landmarks_in_order() {
    let page = Html::parse_document(&shell().render(&Heading::page("Board").render()).0);
    assert_eq!(texts(&page, "html[lang=en] title"), ["Board – Future Care"]);
    assert_eq!(
        texts(&page, "body > a:first-child[href='#maincontent']"),
        ["Skip to main content"]
    );
    assert_eq!(texts(&page, "main#maincontent h1"), ["Board"]);
    assert_eq!(texts(&page, "header nav [aria-current]"), ["Board"]);
    assert_eq!(
        texts(&page, "header form[action='/sign-out'][method=post] button"),
        ["Sign out"]
    );
    assert_eq!(texts(&page, "[role=region]"), ["Everyone here is made up."]);
}

#[test]
fn signing_out_carries_its_token() {
    let page = Html::parse_document(&shell().render(&html! {}).0);
    let field = Selector::parse("header form input[type=hidden][name=csrf]").unwrap();
    assert_eq!(
        page.select(&field)
            .next()
            .and_then(|field| field.value().attr("value")),
        Some("a<b")
    );
}

#[test]
fn the_title_says_first_that_something_is_wrong() {
    let shell = Shell {
        has_errors: true,
        ..shell()
    };
    let page = shell
        .render(&ErrorSummary::new([("surname", "Enter a surname")]).render())
        .0;
    assert!(
        page.contains("<title>Error: Board – Future Care</title>"),
        "{page}"
    );
}

#[test]
fn a_page_may_forbid_inline_scripts_and_styles() {
    let shell = Shell {
        back_link: Some(BackLink::to("/")),
        wide: true,
        ..shell()
    };
    let page = Html::parse_document(&shell.render(&html! {}).0);
    assert!(texts(&page, "[style], style, [onclick], [onload]").is_empty());
    assert!(texts(&page, "script").iter().all(String::is_empty));
    assert!(texts(&page, "script:not([src])").is_empty());
}

#[test]
fn links_at_the_foot_are_there_when_they_lead_somewhere() {
    let without = Html::parse_document(&shell().render(&html! {}).0);
    assert!(texts(&without, "footer a").is_empty());
    let with = Shell {
        accessibility_href: Some("/accessibility".to_owned()),
        ..shell()
    };
    let with = Html::parse_document(&with.render(&html! {}).0);
    assert_eq!(texts(&with, "footer a"), ["Accessibility statement"]);
}

#[test]
fn someone_who_is_not_signed_in_can_sign_in() {
    let shell = Shell {
        user: None,
        sign_in: Some("/sign-in".to_owned()),
        ..shell()
    };
    let page = Html::parse_document(&shell.render(&html! {}).0);
    assert_eq!(texts(&page, "header a[href='/sign-in']"), ["Sign in"]);
    assert!(texts(&page, "header form").is_empty());
}

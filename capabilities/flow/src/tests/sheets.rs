use stour_kernel::PersonId;
use stour_web::testing::Site;

use super::{house, known_to, take};
use crate::spell::in_hospital;

/// More people than a page of a list has, admitted in October, each an hour after the one before.
const PEOPLE: usize = 53;

fn admitted(site: &Site) -> Vec<PersonId> {
    let message = |number: usize| {
        let when = format!("202610{:02}{:02}00", 1 + number / 24, number % 24);
        format!(
            "MSH|^~\\&|PAS|R0D|ROUTE|ROUTE|{when}||ADT^A01|L{number}|P|2.4|||||||||ITKv1.0\r\
             EVN||{when}||||{when}\r\
             PID|1||L{number}^^^R0D^PI||Long{number:02}^Ann||19{:02}0203|F\r\
             PV1|1|I|R0D^BAMU^4^RBH|21||||||430|||||||||L{number}\r",
            20 + number
        )
    };
    let messages: Vec<String> = (0..PEOPLE).map(message).collect();
    take(site, &messages);
    let mut spells = site.database().read_blocking(in_hospital).unwrap();
    spells.reverse();
    spells.iter().map(|spell| spell.person).collect()
}

fn names(body: &str) -> Vec<usize> {
    let named = |number: &usize| body.contains(&format!("LONG{number:02}"));
    (0..PEOPLE).filter(named).collect()
}

#[test]
fn a_long_list_has_everybody_once_over_its_pages_and_counts_all_on_each() {
    house(|site| {
        let people = admitted(&site);
        assert_eq!(people.len(), PEOPLE);
        let mut ward = site.browser("ward");
        let first = ward.get("/wards/long-stays?days=21");
        assert_eq!(names(&first.body), (0..50).collect::<Vec<_>>());
        assert!(first.shows("1 to 50 of 53 are shown."), "{}", first.body);
        assert!(first.body.contains("/wards/long-stays?days=21&amp;page=2"));
        let second = ward.get("/wards/long-stays?days=21&page=2");
        assert_eq!(names(&second.body), [50, 51, 52]);
        for page in [first, second] {
            assert!(page.shows("21 days or longer: 53 people"), "{}", page.body);
        }
        for person in &people {
            known_to(&site, *person, "RDY");
        }
        let mut community = site.browser("community");
        let pages = ["/in-reach", "/in-reach?page=2"];
        let [first, second] = pages.map(|page| names(&community.get(page).body));
        assert_eq!(first, (3..PEOPLE).collect::<Vec<_>>());
        assert_eq!(second, [0, 1, 2]);
        let all = community.get_json("/api/in-reach");
        assert_eq!(all["in_hospital"].as_array().unwrap().len(), PEOPLE);
    });
}

#[test]
fn nobody_is_said_to_have_been_looked_at_whose_page_of_a_list_was_not_opened() {
    house(|site| {
        let people = admitted(&site);
        let looks = |person: PersonId| {
            let page = format!("/people/{person}/who-has-looked");
            let body = site.browser("governance").get(&page).body;
            body.matches("Test ward-").count()
        };
        let (shown, not_shown) = (people[0], people[PEOPLE - 1]);
        let before = (looks(shown), looks(not_shown));
        site.browser("ward").get("/wards/long-stays");
        assert!(looks(shown) > before.0);
        assert_eq!(looks(not_shown), before.1);
    });
}

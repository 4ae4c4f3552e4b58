use std::collections::BTreeMap;

use axum::http::StatusCode;
use stour_database::{params, sql};
use stour_kernel::PersonId;
use stour_partnership::{Place, reference};
use stour_web::testing::{Browser, Site};

use crate::support::{discharges, house};

const LIST: &str = "/board/places";
const BAY: &str = "/board/places/locality:poole-bay";
const TOWNS: &str = "/board/places/council:E06000058";
const COUNTY: &str = "/board/places/council:E06000059";
const INDICATOR: &str = "Still at home 91 days";

/// A line of a file, by its columns.
type Line = BTreeMap<String, String>;

/// The lines of a file whose part is this.
fn lines(browser: &mut Browser<'_>, path: &str, part: &str) -> Vec<Line> {
    let file = browser.get(path);
    assert_eq!(file.status, StatusCode::OK, "{path}");
    let mut lines = csv::Reader::from_reader(file.body.as_bytes());
    let lines = lines.deserialize().map(Result::<Line, _>::unwrap);
    lines
        .filter(|line| line.get("part").is_some_and(|own| own == part))
        .collect()
}

fn still_at_home(site: &Site, role: &str, place: &str) -> Line {
    let mut browser = site.browser(role);
    let all = lines(&mut browser, &format!("{place}.csv"), "indicator");
    let own = |line: &Line| line.get("id").is_some_and(|id| id == "still-at-home");
    all.into_iter().find(own).unwrap()
}

/// The cells of some columns, one after another.
fn cells(line: &Line, columns: &str) -> String {
    let cells = columns
        .split(' ')
        .map(|column| line.get(column).unwrap().as_str());
    cells.collect::<Vec<_>>().join("|")
}

#[test]
fn those_who_see_the_board_see_places_and_nobody_else_does() {
    house(|site| {
        discharges(site, "2026-03", "E06000058", 30, 40);
        let xlsx = format!("{BAY}.xlsx");
        let csv = format!("{BAY}.csv");
        for path in [LIST, BAY, TOWNS, &csv, &xlsx] {
            for role in ["chief-officer", "analyst", "service-manager"] {
                let status = site.browser(role).get(path).status;
                assert_eq!(status, StatusCode::OK, "{role} {path}");
            }
            for role in ["adviser", "practitioner", "ward", "governance", "resident"] {
                let status = site.browser(role).get(path).status;
                assert_eq!(status, StatusCode::FORBIDDEN, "{role} {path}");
            }
            let status = site.stranger().get(path).status;
            assert!(!status.is_success(), "{path}");
        }
    });
}

#[test]
fn what_is_no_council_or_locality_is_not_found() {
    house(|site| {
        discharges(site, "2026-03", "E06000058", 30, 40);
        let mut browser = site.browser("analyst");
        for place in [
            "locality:atlantis",
            "council:E06000030",
            "council:E07000048",
            "council:poole-bay",
            "within:E06000058/poole-bay",
            "age:3",
            "locality:",
            "poole-bay",
            "%00",
            "locality:poole-bay.pdf",
            "council:E06000030.csv",
        ] {
            let path = format!("{LIST}/{place}");
            assert_eq!(browser.get(&path).status, StatusCode::NOT_FOUND, "{path}");
        }
    });
}

#[test]
fn the_list_leads_to_every_council_and_locality() {
    house(|site| {
        let mut browser = site.browser("chief-officer");
        let list = browser.get(LIST);
        let reference = reference().unwrap();
        for locality in &reference.localities {
            let address = format!("{LIST}/locality:{}", locality.code);
            assert!(list.body.contains(&address), "{address}");
            assert_eq!(browser.get(&address).status, StatusCode::OK, "{address}");
        }
        assert!(list.body.contains(TOWNS) && list.body.contains(COUNTY));
        assert!(!list.body.contains("council:E06000029"), "ended in 2019");
        assert!(list.shows("Unverified: localities"), "{}", list.body);
        let board = browser.get("/board");
        assert!(board.body.contains(&format!("href=\"{LIST}\"")));
        let ended = browser.get("/board/places/council:E06000029");
        assert!(ended.shows("ended on 31 March 2019"), "{}", ended.body);
        assert!(ended.body.contains(&format!("href=\"{TOWNS}\"")));
    });
}

#[test]
fn an_empty_house_knows_who_lives_there_and_says_what_to_do_for_the_rest() {
    house(|site| {
        let page = site.browser("chief-officer").get(BAY);
        for text in [
            "Poole Bay:",
            "aged 65 or over",
            "Office for National Statistics",
            "English Index of Multiple Deprivation 2019",
            "Nobody of Poole Bay is on record here yet.",
            "Nothing has been counted here yet.",
            "load a population",
            "Its practices",
        ] {
            assert!(page.shows(text), "{text}\n{}", page.body);
        }
    });
}

#[test]
fn the_people_of_a_place_are_those_of_the_reference_data() {
    house(|site| {
        let reference = reference().unwrap();
        let place = Place::Locality("poole-bay".parse().unwrap());
        let people = reference.population_in(&place).unwrap();
        let mut browser = site.browser("analyst");
        let ages = lines(&mut browser, &format!("{BAY}.csv"), "people");
        let value = |line: &Line| line["value"].parse::<u32>().unwrap();
        assert_eq!(value(&ages[0]), people.total());
        let bands: Vec<(u8, u32)> = ages[1..]
            .iter()
            .map(|line| (line["id"].parse().unwrap(), value(line)))
            .collect();
        assert_eq!(bands, people.bands().collect::<Vec<_>>());
        let deprivation = lines(&mut browser, &format!("{BAY}.csv"), "deprivation");
        let sum = |unit: &str| -> u32 {
            let own = deprivation.iter().filter(|line| line["unit"] == unit);
            own.map(value).sum()
        };
        assert_eq!(sum("people"), people.total());
        let areas = reference.lsoas.iter().filter(|area| place.holds(area));
        assert_eq!(usize::try_from(sum("small areas")), Ok(areas.count()));
        let page = browser.get(BAY);
        let total = format!("{},{:03}", people.total() / 1000, people.total() % 1000);
        assert!(page.shows(&format!("Poole Bay: {total} people, ")));
    });
}

#[test]
fn a_place_is_compared_by_its_interval_and_the_direction_of_the_indicator() {
    house(|site| {
        discharges(site, "2026-02", "E06000058", 90, 100);
        discharges(site, "2026-03", "E06000059", 30, 100);
        let row = still_at_home(site, "chief-officer", TOWNS);
        let columns = "part name value numerator denominator whole unit compared reading why";
        assert_eq!(
            cells(&row, columns),
            "indicator|Still at home 91 days after leaving hospital with reablement|90|90|100|60\
             |per cent of discharges|Higher|better|"
        );
        let compared = |place: &str| {
            let line = still_at_home(site, "chief-officer", place);
            cells(&line, "compared reading")
        };
        assert_eq!(compared(COUNTY), "Lower|worse");
        assert_eq!(compared(BAY), "Similar|");
        let page = site.browser("chief-officer").get(TOWNS);
        for text in [
            INDICATOR,
            "Higher: better",
            "lies outside this place’s interval",
            "indicators that can be compared, 1 better; the others are similar",
        ] {
            assert!(page.shows(text), "{text}\n{}", page.body);
        }
        let link = "/board/indicators/still-at-home?place=council:E06000058";
        assert!(page.body.contains(link), "{}", page.body);
        let indicator = site.browser("chief-officer").get(link);
        assert!(indicator.body.contains(TOWNS), "{}", indicator.body);
    });
}

#[test]
fn small_numbers_are_withheld_from_those_who_see_counts_only() {
    house(|site| {
        discharges(site, "2026-02", "E06000058", 30, 40);
        discharges(site, "2026-03", "E06000059", 3, 5);
        let columns = "value lower upper numerator denominator compared reading why";
        let officer = still_at_home(site, "chief-officer", COUNTY);
        assert_eq!(cells(&officer, columns), "|||||||Too few to show");
        let manager = still_at_home(site, "service-manager", COUNTY);
        assert_eq!(cells(&manager, "numerator denominator why"), "3|5|");
        let pages = ["chief-officer", "service-manager"].map(|role| {
            let page = site.browser(role).get(COUNTY);
            page.shows("Too few to show")
        });
        assert_eq!(pages, [true, false]);
        // The locality is all there is, and shown: neither of its parts, both withheld, follows from it.
        let bay = still_at_home(site, "chief-officer", BAY);
        assert_eq!(cells(&bay, "numerator denominator why"), "33|45|");
    });
}

/// Notes that people live in a council.
fn live_in(site: &Site, council: &str, people: Vec<PersonId>) {
    let council = council.to_owned();
    site.database()
        .write_blocking(move |tx| {
            people.iter().try_for_each(|person| {
                tx.execute(
                    sql!("UPDATE person SET council = $1 WHERE id = $2"),
                    params![council, *person],
                )
                .map(drop)
            })
        })
        .unwrap();
}

#[test]
fn how_many_are_on_record_is_withheld_like_any_small_number() {
    house(|site| {
        let towns = discharges(site, "2026-02", "E06000058", 30, 40);
        live_in(site, "E06000058", towns);
        let county = discharges(site, "2026-03", "E06000059", 3, 5);
        live_in(site, "E06000059", county);
        let says = |role: &str, place: &str, text: &str| site.browser(role).get(place).shows(text);
        let few = "Too few people of Dorset are on record";
        assert!(says("chief-officer", COUNTY, few));
        assert!(!says("chief-officer", COUNTY, "3 living people"));
        assert!(says("service-manager", COUNTY, "3 living people"));
        // Else they would be everybody less those of the other council.
        assert!(!says("chief-officer", TOWNS, "30 living people"));
        assert!(says("service-manager", TOWNS, "30 living people"));
    });
}

#[test]
fn the_list_of_places_can_be_taken_away_by_whoever_may_read_it() {
    house(|site| {
        let mut officer = site.browser("chief-officer");
        let file = officer.get(&format!("{LIST}.csv"));
        let lines: Vec<&str> = file.body.lines().collect();
        assert!(lines[0].starts_with("place,name,people,"), "{}", lines[0]);
        let json = officer.get_json(&format!("{LIST}.json"));
        let places = json["places"].as_array().unwrap();
        assert_eq!(places.len() + 1, lines.len());
        assert!(
            places
                .iter()
                .any(|place| place["place"] == "locality:poole-bay")
        );
        assert!(officer.get(&format!("{LIST}.xlsx")).body.starts_with("PK"));
        let profile = officer.get_json(&format!("{BAY}.json"));
        assert!(profile["people"].as_array().unwrap().len() > 20);
        for ending in ["csv", "json", "xlsx"] {
            let answer = site.browser("adviser").get(&format!("{LIST}.{ending}"));
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{ending}");
        }
    });
}

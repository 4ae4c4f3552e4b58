use stour_web::testing::{Answer, Browser};

use super::awaited::{CT, link, with};
use super::capacity::{hold, say, stay as stay_id};
use super::hub::ready;
use super::pathways::decide;
use super::{admitted, adt, house, known_to, take};
use crate::estimate::tests::history;

const BOARD: &str = "/wards/R0D/BAMU";

/// The words of each cell of the only row of a board.
fn row(page: &Answer) -> Vec<String> {
    let rows = page.body.split("<tbody").nth(1).unwrap();
    let rows = rows.split("</tbody>").next().unwrap();
    let cells = rows
        .split("role=\"cell\"")
        .flat_map(|part| part.split("role=\"rowheader\""));
    cells.skip(1).map(words).collect()
}

/// The words of a cell, without what stands before them on a telephone.
fn words(cell: &str) -> String {
    let after = cell.split_once("</span>").map_or(cell, |(_, after)| after);
    let (first, rest) = after.split_once('<').unwrap_or((after, ""));
    let mut text = first.to_owned();
    for part in rest.split('<') {
        text.push_str(part.split_once('>').map_or("", |(_, text)| text));
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn board(ward: &mut Browser<'_>) -> Vec<String> {
    row(&ward.get(BOARD))
}

#[test]
fn somebody_new_is_one_line_that_says_what_is_not_known() {
    house(|site| {
        history(
            site.database(),
            site.environment(),
            &[2, 8, 8, 16].repeat(10),
        );
        admitted(&site);
        let mut ward = site.browser("ward");
        assert_eq!(
            board(&mut ward),
            [
                "4",
                "SMITH, Ann, 85",
                "999 000 0018",
                "4 days",
                "28 Nov, estimate: expected dates of Ann Smith",
                "Not said: review of Ann Smith",
                "Not judged: day of Ann Smith",
                "Nothing: waits of Ann Smith",
                "Not decided: leaving of Ann Smith",
                "Not known",
            ]
        );
        let page = ward.get(BOARD).body;
        assert!(page.contains("1 person now, by bed"));
        assert!(page.contains("data-live=\"/wards/R0D/BAMU/live\""));
        assert!(page.contains("href=\"/wards/R0D/BAMU?view=full\""));
    });
}

#[test]
fn a_line_says_what_the_ward_the_teams_and_the_hub_have_said() {
    house(|site| {
        let (person, stay) = ready(&site);
        known_to(&site, person, "RDY");
        let mut ward = site.browser("ward");
        let waits = link(&mut ward, BOARD, "/awaited");
        ward.post(&waits, &CT);
        ward.post(
            &waits,
            &with(&CT, &[("what", "Blood test"), ("at-time", "08:30")]),
        );
        let day = link(&mut ward, BOARD, "/day");
        let said = [
            ("colour", "green"),
            ("green-words", "Walked to the door"),
            ("date-day", "24"),
            ("date-month", "11"),
            ("date-year", "2026"),
        ];
        let answer = ward.post(&day, &said);
        assert!(answer.status.is_redirection(), "{}", answer.body);
        let cells = board(&mut ward);
        assert_eq!(
            cells[4..],
            [
                "Not known: expected dates of Ann Smith",
                "Not reviewed today Ready since 22 Nov: Awaiting patient transport services. Next: Ask the council, ward clerk: review of Ann Smith",
                "Green day: day of Ann Smith",
                "2 in all; CT of the head, 90 minutes: Radiology, extension 4410: waits of Ann Smith",
                "Suggested: Pathway 1: home, with new or additional health or social care: leaving of Ann Smith",
                "1 service",
            ]
        );
        decide(&mut ward, &format!("{stay}/pathway"), &[]);
        let going = board(&mut ward)[8].clone();
        assert!(
            going.starts_with("Not as the ward suggests Pathway 2: "),
            "{going}"
        );
    });
}

#[test]
fn a_place_that_is_kept_is_told_to_those_who_may_know_of_it() {
    house(|site| {
        let person = admitted(&site);
        let stay = stay_id(&site, person);
        say(&mut site.browser("community"), "1");
        let mut hub = site.browser("transfer-hub");
        assert_eq!(board(&mut hub)[8], "Not decided: leaving of Ann Smith");
        let held = hold(&mut hub, &stay);
        assert!(held.status.is_redirection(), "{}", held.body);
        assert_eq!(
            board(&mut hub)[8],
            "Place kept Not decided: leaving of Ann Smith"
        );
    });
}

#[test]
fn a_long_stay_and_a_date_that_has_passed_stand_out() {
    house(|site| {
        let long_ago = adt("A01", "1", "202611030900", "BAMU");
        let pending = adt("A16", "2", "202611031000", "BAMU") + "PV2|||||||||20261120\r";
        take(&site, &[long_ago, pending]);
        let cells = board(&mut site.browser("ward"));
        assert_eq!(cells[3], "21 days");
        assert_eq!(
            cells[4],
            "Passed 20 Nov, hospital: expected dates of Ann Smith"
        );
    });
}

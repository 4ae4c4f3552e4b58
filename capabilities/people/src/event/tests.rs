use stour_kernel::{Environment, PersonId};

use super::message::message;
use super::{Announced, Event, EventView};

fn two() -> (PersonId, PersonId, Environment) {
    let environment = Environment::seeded("2026-11-24T09:00:00Z".parse().unwrap(), 3);
    (environment.id(), environment.id(), environment)
}

fn announced(event: Event, environment: &Environment) -> Announced {
    Announced {
        sequence: 7,
        event,
        at: environment.now(),
    }
}

#[test]
fn a_merge_is_an_a40_whose_lists_pair_by_position_and_names_nobody() {
    let (survivor, merged, environment) = two();
    let event = announced(Event::Merged { survivor, merged }, &environment);
    let numbers = Some(("H1".to_owned(), "H2".to_owned()));
    let organisation = Some("R0D".parse().unwrap());
    let made = message(&event, organisation, &numbers, true)
        .unwrap()
        .unwrap();
    let text = made.text().replace('\r', "\n");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[0],
        "MSH|^~\\&|STOUR|STOUR||R0D|20261124090000+0000||ADT^A40^ADT_A39|PE7|P|2.4"
    );
    assert_eq!(lines[1], "EVN||20261124090000+0000||||20261124090000+0000");
    assert_eq!(
        lines[2],
        format!("PID|||{survivor}^^^STOUR^PI~H1^^^R0D^PI||Withheld^^^^^^S")
    );
    assert_eq!(lines[3], format!("MRG|{merged}^^^STOUR^PI~H2^^^R0D^PI"));
    assert_eq!(lines.len(), 4);
}

#[test]
fn a_merge_taken_back_is_an_a37_with_both_people_and_a_move_has_no_message() {
    let (survivor, merged, environment) = two();
    let event = announced(Event::Unmerged { survivor, merged }, &environment);
    let made = message(&event, None, &None, false).unwrap().unwrap();
    assert_eq!(made.segments_named("PID").count(), 2);
    assert_eq!(made.get("MSH-9.2").unwrap().text(), Some("A37"));
    assert_eq!(made.get("MSH-11").unwrap().text(), Some("T"));
    let moved = Event::Moved {
        record: survivor.into(),
        from: survivor,
        to: merged,
    };
    assert_eq!(
        message(&announced(moved, &environment), None, &None, true)
            .unwrap()
            .map(|m| m.text().to_owned()),
        None
    );
}

#[test]
fn an_event_as_json_has_identifiers_and_nothing_else() {
    let (survivor, merged, environment) = two();
    let event = announced(Event::Merged { survivor, merged }, &environment);
    assert_eq!(
        serde_json::to_value(EventView::from(&event)).unwrap(),
        serde_json::json!({
            "sequence": 7,
            "event": "merged",
            "survivor": survivor.to_string(),
            "merged": merged.to_string(),
            "at": "2026-11-24T09:00:00Z",
        })
    );
}

use proptest::prelude::*;
use stour_database::Version;
use stour_kernel::{Date, Environment, Timestamp};

use super::state::{Ending, Item, Planned, WrongPlan};
use crate::error::reference;

fn today() -> Date {
    Date::constant(2026, 11, 24)
}

fn planned(due: Date) -> Planned {
    Planned {
        kind: "equipment".to_owned(),
        what: "Bring the bed rail".to_owned(),
        owner: "Amy Cole, occupational therapist".to_owned(),
        due,
        agreement: "agreed".to_owned(),
    }
}

fn item() -> Item {
    let environment = Environment::seeded(Timestamp::UNIX_EPOCH, 1);
    Item {
        id: environment.id(),
        spell: environment.id(),
        organisation: "RDY".parse().unwrap(),
        planned: planned(today()),
        ended: None,
        version: Version::FIRST,
    }
}

#[test]
fn what_is_wrong_is_said_of_each_field() {
    let right = planned(today());
    let wrongs = |planned: &Planned| planned.wrongs(None, today(), reference().unwrap());
    assert_eq!(wrongs(&right), []);
    let yesterday = today().yesterday().unwrap();
    let cases = [
        (
            Planned {
                kind: "no-such".to_owned(),
                ..right.clone()
            },
            WrongPlan::Kind,
        ),
        (
            Planned {
                what: String::new(),
                ..right.clone()
            },
            WrongPlan::What,
        ),
        (
            Planned {
                what: "x".repeat(501),
                ..right.clone()
            },
            WrongPlan::Long("what", 500),
        ),
        (
            Planned {
                owner: String::new(),
                ..right.clone()
            },
            WrongPlan::Owner,
        ),
        (
            Planned {
                owner: "x".repeat(101),
                ..right.clone()
            },
            WrongPlan::Long("owner", 100),
        ),
        (planned(yesterday), WrongPlan::Past),
        (
            Planned {
                agreement: "yes".to_owned(),
                ..right.clone()
            },
            WrongPlan::Agreement,
        ),
    ];
    for (planned, wrong) in cases {
        assert_eq!(wrongs(&planned), [wrong], "{planned:?}");
    }
    // A day that has gone by may stay where it stood, so that the rest can be put right.
    let late = planned(yesterday);
    assert_eq!(late.wrongs(Some(&late), today(), reference().unwrap()), []);
}

proptest! {
    /// Whatever is done with it, in whatever order: what is over stays as it was, every step raises the version by one, and one that is
    /// refused changes nothing.
    #[test]
    fn what_is_over_stays_over(steps in prop::collection::vec((0_u8..4, any::<bool>()), 0..8)) {
        let mut one = item();
        for (step, is_right) in steps {
            let before = one.clone();
            let tried = before.clone().open().and_then(|open| match step {
                0 => open.change(planned(today()), today(), reference().unwrap()),
                1 => open.change(Planned { what: String::new(), ..planned(today()) }, today(), reference().unwrap()),
                2 => open.end(Ending::Done, Timestamp::UNIX_EPOCH, if is_right { "Came" } else { "" }),
                _ => open.end(Ending::Withdrawn, Timestamp::UNIX_EPOCH, "Not wanted"),
            });
            match (tried, &before.ended) {
                (Ok(after), None) => {
                    prop_assert_eq!(after.version, before.version.next());
                    one = after;
                }
                (Err(why), ended) => prop_assert_eq!(why == WrongPlan::Over, ended.is_some()),
                (Ok(_), Some(_)) => prop_assert!(false, "a step from something that was over"),
            }
        }
    }
}

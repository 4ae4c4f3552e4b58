use stour_kernel::{Date, Environment, NhsNumber, PersonId};

use super::{Candidate, Claim, Decision, Flag, FlagReason, IdentifierStatus, decide};

fn number(text: &str) -> Option<NhsNumber> {
    text.parse().ok()
}

fn day(text: &str) -> Option<Date> {
    text.parse().ok()
}

fn people() -> (PersonId, PersonId) {
    let environment = Environment::fixed("2026-11-24T09:00:00Z");
    (environment.id(), environment.id())
}

const A: &str = "999 000 0018";
const B: &str = "999 000 0026";

fn created(status: IdentifierStatus, why: Option<FlagReason>, other: Option<PersonId>) -> Decision {
    Decision::Create {
        status,
        flag: why.map(|why| Flag { why, other }),
    }
}

#[test]
fn the_number_links_only_together_with_the_date_of_birth() {
    use IdentifierStatus::{Traced, Untraced};
    let (her, _) = people();
    let known = Some(Candidate {
        person: her,
        born: day("1941-03-12"),
        number: number(A),
    });
    let undated = Some(Candidate {
        person: her,
        born: None,
        number: number(A),
    });
    let linked = Decision::Link {
        person: her,
        adopt: false,
        flag: None,
    };
    let another = Some(FlagReason::NumberWithAnotherBirthDate);
    let missing = Some(FlagReason::NumberWithoutBirthDate);
    for (born, by_number, expected) in [
        (day("1941-03-12"), known, linked),
        (
            day("1941-03-13"),
            known,
            created(Untraced, another, Some(her)),
        ),
        (None, known, created(Untraced, missing, Some(her))),
        (
            day("1941-03-12"),
            undated,
            created(Untraced, missing, Some(her)),
        ),
        (None, undated, created(Untraced, missing, Some(her))),
        (day("1941-03-12"), None, created(Traced, None, None)),
        (
            None,
            None,
            created(Traced, Some(FlagReason::NoBirthDate), None),
        ),
    ] {
        assert_eq!(
            decide(
                Claim {
                    number: number(A),
                    born
                },
                None,
                by_number
            ),
            expected
        );
    }
}

#[test]
fn without_a_number_it_is_somebody_new_to_be_looked_at() {
    let born = day("1941-03-12");
    let untraced = IdentifierStatus::Untraced;
    assert_eq!(
        decide(Claim { number: None, born }, None, None),
        created(untraced, Some(FlagReason::NoNumber), None)
    );
    let (her, _) = people();
    let nines = number("999 999 9999");
    assert_eq!(
        decide(
            Claim {
                number: nines,
                born
            },
            None,
            Some(Candidate {
                person: her,
                born,
                number: nines
            })
        ),
        created(untraced, Some(FlagReason::PlaceholderNumber), None)
    );
}

#[test]
fn the_organisations_own_number_links_and_what_differs_is_flagged() {
    let (her, him) = people();
    let born = day("1941-03-12");
    let known = Candidate {
        person: her,
        born,
        number: number(A),
    };
    let link = |adopt, flag: Option<(FlagReason, Option<PersonId>)>| Decision::Link {
        person: her,
        adopt,
        flag: flag.map(|(why, other)| Flag { why, other }),
    };
    let same = Claim {
        number: number(A),
        born,
    };
    assert_eq!(decide(same, Some(known), Some(known)), link(false, None));
    assert_eq!(
        decide(
            Claim {
                number: number(B),
                born
            },
            Some(known),
            None
        ),
        link(false, Some((FlagReason::NumberDiffers, None)))
    );
    assert_eq!(
        decide(
            Claim {
                number: None,
                born: day("1941-12-03")
            },
            Some(known),
            None
        ),
        link(false, Some((FlagReason::BirthDateDiffers, None)))
    );
    let his = Candidate {
        person: him,
        born,
        number: number(B),
    };
    assert_eq!(
        decide(
            Claim {
                number: number(B),
                born
            },
            Some(known),
            Some(his)
        ),
        link(false, Some((FlagReason::NumberOfAnotherPerson, Some(him))))
    );
    let unnumbered = Candidate {
        number: None,
        ..known
    };
    assert_eq!(decide(same, Some(unnumbered), None), link(true, None));
    assert_eq!(
        decide(
            Claim {
                number: number(A),
                born: None
            },
            Some(unnumbered),
            None
        ),
        link(false, None)
    );
}

#[test]
fn every_reason_reads_back_as_itself() {
    for reason in FlagReason::ALL {
        assert_eq!(reason.as_str().parse(), Ok(reason));
    }
}

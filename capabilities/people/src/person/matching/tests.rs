use stour_kernel::{Date, Environment, NhsNumber, PersonId};

use super::{Candidate, Claim, Flag, FlagReason};

const A: &str = "999 000 0018";
const B: &str = "999 000 0026";

fn claim(number: &str, born: &str) -> Claim {
    Claim {
        number: number.parse::<NhsNumber>().ok(),
        born: born.parse::<Date>().ok(),
    }
}

fn somebody(environment: &Environment, number: &str, born: &str) -> Candidate {
    let Claim { number, born } = claim(number, born);
    Candidate {
        person: environment.id(),
        born,
        number,
    }
}

fn flag(why: FlagReason, other: Option<PersonId>) -> Flag {
    Flag { why, other }
}

#[test]
fn a_number_is_relied_on_for_somebody_new_when_nobody_holds_it() {
    use FlagReason::{
        NoBirthDate, NoNumber, NumberOfAnotherPerson, NumberWithAnotherBirthDate,
        NumberWithoutBirthDate, PlaceholderNumber,
    };
    let environment = Environment::fixed("2026-11-24T09:00:00Z");
    let holder = somebody(&environment, A, "1941-03-12");
    let held = |why| (false, Some(flag(why, Some(holder.person))));
    for (number, born, holder, expected) in [
        (A, "1941-03-12", None, (true, None)),
        (A, "", None, (true, Some(flag(NoBirthDate, None)))),
        (A, "1941-03-12", Some(holder), held(NumberOfAnotherPerson)),
        (
            A,
            "1941-03-13",
            Some(holder),
            held(NumberWithAnotherBirthDate),
        ),
        (A, "", Some(holder), held(NumberWithoutBirthDate)),
        ("", "1941-03-12", None, (false, Some(flag(NoNumber, None)))),
        (
            "999 999 9999",
            "",
            Some(holder),
            (false, Some(flag(PlaceholderNumber, None))),
        ),
    ] {
        assert_eq!(
            claim(number, born).of_new(holder),
            expected,
            "{number} {born}"
        );
    }
}

#[test]
fn what_does_not_fit_somebody_known_is_flagged() {
    use FlagReason::{BirthDateDiffers, NumberDiffers, NumberOfAnotherPerson};
    let environment = Environment::fixed("2026-11-24T09:00:00Z");
    let known = somebody(&environment, A, "1941-03-12");
    let unnumbered = Candidate {
        number: None,
        ..known
    };
    let him = somebody(&environment, B, "1941-03-12");
    for (number, born, known, holder, expected) in [
        (A, "1941-03-12", known, Some(known), (false, None)),
        (
            B,
            "1941-03-12",
            known,
            None,
            (false, Some(flag(NumberDiffers, None))),
        ),
        (
            "",
            "1941-12-03",
            known,
            None,
            (false, Some(flag(BirthDateDiffers, None))),
        ),
        (
            B,
            "1941-03-12",
            known,
            Some(him),
            (false, Some(flag(NumberOfAnotherPerson, Some(him.person)))),
        ),
        (A, "1941-03-12", unnumbered, None, (true, None)),
        (A, "", unnumbered, None, (false, None)),
    ] {
        assert_eq!(
            claim(number, born).of_known(known, holder),
            expected,
            "{number} {born}"
        );
    }
}

#[test]
fn every_reason_reads_back_as_itself() {
    for reason in FlagReason::ALL {
        assert_eq!(reason.as_str().parse(), Ok(reason));
    }
}

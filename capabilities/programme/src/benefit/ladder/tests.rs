use super::*;
use crate::benefit::evidence::Authors;
use crate::benefit::testing::{around, course, entry, id, measured as beside, user};

fn line(number: i64, name: &str, pounds: &str) -> Entry {
    let fields = [
        ("benefit", "1"),
        ("line", name),
        ("organisation", "QVV"),
        ("year", "2027/28"),
        ("reduced-by", pounds),
    ];
    entry("budget-line", number, &fields)
}

/// A benefit with a conversion and these budget lines.
fn with_lines(lines: impl IntoIterator<Item = Entry>) -> Around {
    let benefit = entry(
        "benefit",
        1,
        &[
            ("title", "Wait"),
            ("measure", "series/wait/QVV"),
            ("direction", "decrease"),
            ("baseline", "9.7"),
            ("volume", "100"),
        ],
    );
    let conversion = entry(
        "conversion",
        1,
        &[
            ("benefit", "1"),
            ("from", "2025-01-01"),
            ("unit-value", "100"),
        ],
    );
    around([benefit, conversion].into_iter().chain(lines))
}

fn programme() -> Around {
    with_lines([line(1, "Agency staff", "500000"), line(2, "Beds", "600000")])
}

/// Signatures, the latest first, beside whoever wrote what is in force.
fn evidence(around: &Around, signed: &[Signed]) -> Evidence {
    Evidence {
        signed: signed.to_vec(),
        authors: Authors::of(around.all().to_vec()),
        ..Evidence::default()
    }
}

fn climbed(one: &Measured, around: &Around, signed: &[Signed]) -> Climb {
    climb(one, around, &evidence(around, signed))
}

/// Signs every step that opens, one after the other, by the second user.
fn signed_through(one: &Measured, around: &Around) -> Vec<Signed> {
    let mut signatures = Vec::new();
    while let Some(step) = steps(one, &climbed(one, around, &signatures)).first() {
        signatures.push(signed(step, 2));
    }
    signatures
}

fn signed(step: &Step, by: u64) -> Signed {
    Signed {
        benefit: id("benefit", 1),
        ladder: step.ladder,
        figures: step.figures.clone(),
        words: String::new(),
        by: stour_register::Author {
            user: Some(user(by)),
            name: "Somebody".to_owned(),
            organisation: "QVV".parse().unwrap(),
        },
        at: stour_kernel::Timestamp::UNIX_EPOCH,
    }
}

fn at(value: f64) -> (Around, Measured) {
    let around = programme();
    let one = beside(&around, 1, Some(course(&[("2025-10-06", value)])));
    (around, one)
}

/// One day better for 100 cases a week is worth £520,000 a year.
#[test]
fn each_step_opens_when_the_one_before_is_signed() {
    let (around, one) = at(8.7);
    let mut signatures = Vec::new();
    for expected in Ladder::ALL {
        let climb = climbed(&one, &around, &signatures);
        let steps = steps(&one, &climb);
        assert_eq!(steps.len(), 1, "{steps:?}");
        assert_eq!(steps[0].ladder, expected);
        assert_eq!(signature_of(&climb, expected), None);
        signatures.push(signed(&steps[0], 2));
    }
    let climb = climbed(&one, &around, &signatures);
    assert!(steps(&one, &climb).is_empty());
    let words = Ladder::ALL.map(|ladder| words(&climb, ladder));
    assert_eq!(
        words,
        [
            "Moved and signed",
            "Valued and signed",
            "Budget line signed; no journal"
        ]
    );
    // The second line would take more than the change is worth.
    assert!(matches!(climb.cashable[1].1, Err(NotSigned::MoreThanValue)));
}

#[test]
fn a_signature_ends_with_what_was_signed() {
    let (around, one) = at(8.7);
    let step = steps(&one, &climbed(&one, &around, &[])).remove(0);
    let signatures = [signed(&step, 2)];
    let (around, one) = at(8.6);
    let climb = climbed(&one, &around, &signatures);
    assert!(matches!(climb.operational, Operational::Moved(_)));
}

#[test]
fn a_signature_of_whoever_wrote_the_benefit_is_none() {
    let (around, one) = at(8.7);
    let step = steps(&one, &climbed(&one, &around, &[])).remove(0);
    let climb = climbed(&one, &around, &[signed(&step, 1)]);
    assert!(matches!(climb.operational, Operational::Moved(_)));
}

#[test]
fn a_measure_that_is_no_better_opens_no_step() {
    let (around, one) = at(9.7);
    let climb = climbed(&one, &around, &[]);
    assert!(matches!(climb.operational, Operational::Expected(_)));
    assert!(steps(&one, &climb).is_empty());
    assert_eq!(
        words(&climb, Ladder::Cashable),
        "Budget line named too early"
    );
}

#[test]
fn a_signature_ends_with_the_profile_that_it_was_given_under_and_never_revives() {
    let (around, one) = at(8.7);
    let step = steps(&one, &climbed(&one, &around, &[])).remove(0);
    let signatures = [signed(&step, 2)];
    let again = |version: i64| {
        let mut around = programme();
        let mut benefit = around.entry("benefit", 1).unwrap().clone();
        benefit.version = version;
        around.put(benefit);
        let one = beside(&around, 1, Some(course(&[("2025-10-06", 8.7)])));
        rung(&climbed(&one, &around, &signatures), Ladder::Operational)
    };
    assert_eq!(again(1), Rung::Signed);
    // Changed, and changed back to what it was.
    assert_eq!((again(2), again(3)), (Rung::Open, Rung::Open));
}

#[test]
fn a_signature_that_does_not_hold_hides_none_that_does() {
    let (around, one) = at(8.7);
    let step = steps(&one, &climbed(&one, &around, &[])).remove(0);
    // The latest is by whoever wrote the benefit.
    let climb = climbed(&one, &around, &[signed(&step, 1), signed(&step, 2)]);
    let signature = signature_of(&climb, Ladder::Operational).unwrap();
    assert_eq!(signature.by, user(2).to_string());
}

#[test]
fn whoever_wrote_any_version_of_anything_below_a_step_signs_nothing_of_it() {
    let (around, one) = at(8.7);
    let mut evidence = evidence(&around, &[]);
    let mut before = around.entry("benefit", 1).unwrap().clone();
    before.by.user = Some(user(3));
    evidence.authors = Authors::of(around.all().iter().cloned().chain([before]));
    for ladder in Ladder::ALL {
        let step = steps(&one, &climb(&one, &around, &evidence)).remove(0);
        assert_eq!(step.ladder, ladder);
        evidence.signed.insert(0, signed(&step, 3));
        assert_eq!(rung(&climb(&one, &around, &evidence), ladder), Rung::Open);
        evidence.signed.insert(0, signed(&step, 2));
        assert_eq!(rung(&climb(&one, &around, &evidence), ladder), Rung::Signed);
    }
}

/// The change is worth £520,000 a year.
#[test]
fn budget_lines_of_a_year_are_held_against_the_value_together() {
    let lines = |pounds: [&str; 3]| {
        with_lines([
            line(1, "Agency staff", pounds[0]),
            line(2, "Beds", pounds[1]),
            line(3, "Transport", pounds[2]),
        ])
    };
    let around = lines(["300000", "220000.01", "220000"]);
    let one = beside(&around, 1, Some(course(&[("2025-10-06", 8.7)])));
    let signatures = signed_through(&one, &around);
    let climb = climbed(&one, &around, &signatures);
    let state = |climb: &Climb, place: usize| match &climb.cashable[place].1 {
        Ok(Cashable::Agreed(_)) => "agreed".to_owned(),
        Ok(_) => "open".to_owned(),
        Err(why) => format!("{why:?}"),
    };
    let states = [0, 1, 2].map(|place| state(&climb, place));
    assert_eq!(states, ["agreed", "MoreThanValue", "agreed"]);
    // The first line is raised later: what is signed for stands before it.
    let mut raised = around;
    let mut first = line(1, "Agency staff", "400000");
    first.version = 2;
    raised.put(first);
    let climb = climbed(&one, &raised, &signatures);
    assert_eq!(state(&climb, 0), "MoreThanValue");
    assert_eq!(state(&climb, 2), "agreed");
}

#[test]
fn a_budget_line_is_named_for_one_benefit_of_one_programme() {
    let around = with_lines([line(1, "Beds", "100"), line(2, " BEDS", "100")]);
    let one = beside(&around, 1, Some(course(&[("2025-10-06", 8.7)])));
    let signatures = signed_through(&one, &around);
    let climbed = climbed(&one, &around, &signatures);
    for (_, state) in &climbed.cashable {
        assert!(matches!(state, Err(NotSigned::NamedTwice)));
    }
    assert_eq!(
        words(&climbed, Ladder::Cashable),
        "Budget line cannot be signed"
    );
    let around = with_lines([line(1, "Beds", "100")]);
    let one = beside(&around, 1, Some(course(&[("2025-10-06", 8.7)])));
    let mut evidence = evidence(&around, &signed_through(&one, &around));
    let state = |evidence: &Evidence| climb(&one, &around, evidence).cashable.remove(0).1;
    assert!(matches!(state(&evidence), Ok(Cashable::Agreed(_))));
    let key = LineKey::of(|field| line(7, "Beds", "9").get(field).to_owned());
    evidence.elsewhere.insert(key);
    assert!(matches!(state(&evidence), Err(NotSigned::NamedTwice)));
}

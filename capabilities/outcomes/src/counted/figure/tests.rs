use super::*;
use crate::catalogue::catalogue;
use crate::counted::read::Everybody;

fn month(new: i64, all: i64, sum: i64) -> Cell {
    Cell {
        denominator: new,
        numerator: all,
        sum,
        squares: 0,
    }
}

fn counted(months: &[Cell]) -> (i64, i64, i64) {
    let cell = once(months.iter().copied());
    (cell.numerator, cell.denominator, cell.sum)
}

#[test]
fn what_goes_on_is_counted_once() {
    // Two from before; one more in the second month and in the third, when one has gone.
    let months = [month(0, 2, 20), month(1, 3, 30), month(1, 3, 25)];
    assert_eq!(counted(&months), (4, 4, 75));
    assert_eq!(counted(&months[..1]), (2, 2, 20));
    assert_eq!(counted(&months[2..]), (3, 3, 25));
    assert_eq!(counted(&[]), (0, 0, 0));
}

#[test]
fn somebody_in_another_piece_by_age_since_a_birthday_is_somebody() {
    let months = [month(0, 0, 0), month(0, 1, 30), month(0, 1, 31)];
    assert_eq!(counted(&months), (1, 1, 61));
}

#[test]
fn a_rate_of_residents_that_begins_at_18_is_of_those_of_18() {
    let (catalogue, reference) = (
        catalogue().unwrap(),
        stour_partnership::reference().unwrap(),
    );
    let nobody = (
        0,
        stour_indicators::Vocabulary::default(),
        Everybody::default(),
    );
    let today: stour_kernel::Date = "2026-06-01".parse().unwrap();
    let state = State::new(catalogue, reference, nobody, today.into()).unwrap();
    let figures = Figures {
        by_residents: true,
        ..Figures::new(&state, catalogue, reference)
    };
    let definition = catalogue.named("care-home-admissions-18-to-64").unwrap();
    let of = definition.shown.of.unwrap();
    let month = Month::of(today);
    for (code, adults) in [("E06000058", 233_794.0), ("E06000059", 200_328.0)] {
        let which = Which {
            months: (month.plus(-12), month.plus(-1)),
            dimension: Dimension::Council,
            code,
        };
        let bands = figures.people(of, which).unwrap();
        let people: f64 = chosen(of).filter_map(|band| bands.get(band)).sum();
        assert!((people - adults).abs() < 0.5, "{people}");
        assert_eq!(figures.figure(definition, which).population, Some(adults));
    }
}

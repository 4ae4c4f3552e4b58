use super::*;

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

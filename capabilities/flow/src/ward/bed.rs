//! In which order beds stand on a board.

/// A piece of a bed's name. Where one name has a number and another has words, the number comes first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Piece {
    /// How many digits, without the zeros before them, and the digits: a number of any length.
    Number(usize, String),
    Words(String),
}

/// By what a bed is put in its place: bed 4 comes before bed 13, and bay B after bay A, whichever letters are capital. Of two that read
/// alike the name as it is written decides.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct BedOrder {
    pieces: Vec<Piece>,
    written: String,
}

impl BedOrder {
    /// Of a bed; a person without one comes first.
    pub(super) fn of(bed: Option<&str>) -> Self {
        let written = bed.unwrap_or_default();
        let mut pieces = Vec::new();
        let mut rest = written.trim();
        while let Some(first) = rest.chars().next() {
            let is_number = first.is_ascii_digit();
            let end = rest
                .find(|c: char| c.is_ascii_digit() != is_number)
                .unwrap_or(rest.len());
            let (piece, after) = rest.split_at(end);
            pieces.push(if is_number {
                let digits = piece.trim_start_matches('0');
                Piece::Number(digits.len(), digits.to_owned())
            } else {
                Piece::Words(piece.to_lowercase())
            });
            rest = after;
        }
        Self {
            pieces,
            written: written.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::BedOrder;

    fn sorted(beds: &[&'static str]) -> Vec<&'static str> {
        let mut beds = beds.to_vec();
        beds.sort_by_key(|bed| BedOrder::of(Some(bed).filter(|bed| !bed.is_empty()).copied()));
        beds
    }

    #[test]
    fn beds_stand_in_the_order_in_which_somebody_walks_past_them() {
        assert_eq!(sorted(&["13", "27", "4", ""]), ["", "4", "13", "27"]);
        assert_eq!(
            sorted(&["B2", "A10", "a2", "B10"]),
            ["a2", "A10", "B2", "B10"]
        );
        assert_eq!(
            sorted(&[
                "Bay 2 Bed 1",
                "Bay 10 Bed 1",
                "Bay 2 Bed 12",
                "Side room 1",
                "7"
            ]),
            [
                "7",
                "Bay 2 Bed 1",
                "Bay 2 Bed 12",
                "Bay 10 Bed 1",
                "Side room 1"
            ]
        );
        assert_eq!(sorted(&["007", "7", "0", "06"]), ["0", "06", "007", "7"]);
        let long = ["99999999999999999999999", "100000000000000000000000"];
        assert_eq!(sorted(&[long[1], long[0]]), long);
    }

    proptest! {
        #[test]
        fn beds_by_number_stand_in_the_order_of_the_numbers(one: u32, other: u32) {
            let of = |bed: u32| BedOrder::of(Some(&format!("B{bed}")));
            prop_assert_eq!(of(one).cmp(&of(other)), one.cmp(&other));
        }

        #[test]
        fn no_two_names_stand_in_one_place(one: String, other: String) {
            let same = BedOrder::of(Some(&one)) == BedOrder::of(Some(&other));
            prop_assert_eq!(same, one == other);
        }
    }
}

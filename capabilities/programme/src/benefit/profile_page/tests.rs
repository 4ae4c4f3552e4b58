use proptest::prelude::*;

use super::*;

proptest! {
    #[test]
    fn what_partners_get_sums_to_the_whole(
        pence in -10_000_000_000_i64..10_000_000_000,
        parts in prop::collection::vec(0_i64..=100_000_000, 1..8),
    ) {
        let sum: i64 = parts.iter().sum();
        let parts: Vec<(&str, Quantity)> = parts
            .iter()
            .map(|part| ("partner", Quantity::from_millionths(*part)))
            .collect();
        let all = shared(Pence::new(pence), &parts);
        if sum > 100_000_000 {
            // More than the whole, which the register refuses: the rest would be less than nothing.
            prop_assert!(all.is_none_or(|all| all.len() == parts.len()));
        } else {
            let all = all.unwrap();
            let total: i64 = all.iter().map(|(_, _, amount)| amount.as_i64()).sum();
            prop_assert_eq!(total, pence);
            let rest = all.iter().filter(|(name, _, _)| name == NOT_SHARED).count();
            prop_assert_eq!(rest, usize::from(sum < 100_000_000));
        }
    }
}

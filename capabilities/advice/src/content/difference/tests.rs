use proptest::prelude::*;

use super::{Difference, differences};

proptest! {
    #[test]
    fn each_text_is_read_back_from_the_differences(
        before in prop::collection::vec("[abc]", 0..12),
        after in prop::collection::vec("[abc]", 0..12),
    ) {
        let (before, after) = (before.join("\n"), after.join("\n"));
        let all = differences(&before, &after);
        let old: Vec<&str> = all.iter().filter_map(|one| match one {
            Difference::Same(line) | Difference::Gone(line) => Some(*line),
            Difference::New(_) => None,
        }).collect();
        let new: Vec<&str> = all.iter().filter_map(|one| match one {
            Difference::Same(line) | Difference::New(line) => Some(*line),
            Difference::Gone(_) => None,
        }).collect();
        prop_assert_eq!(old.join("\n"), before.clone());
        prop_assert_eq!(new.join("\n"), after.clone());
        if before == after {
            prop_assert!(all.iter().all(|one| matches!(one, Difference::Same(_))));
        }
    }
}

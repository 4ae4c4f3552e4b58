//! Who cares, unpaid, for whom.

use std::collections::HashMap;

use crate::block::{Draft, Settled};
use crate::condition::Frailty;
use crate::random::Random;

/// Where someone at home needs care, the share of carers who care for them rather than for someone elsewhere: an
/// assumption for demonstration.
const SAME_HOME: f64 = 0.8;
/// The youngest carer.
pub(crate) const YOUNGEST: i32 = 8;

/// The people each carer cares for.
pub(crate) struct Caring(HashMap<u64, u64>);

impl Caring {
    /// Whom this person cares for.
    pub(crate) fn by(&self, index: u64) -> Vec<u64> {
        self.0.get(&index).copied().into_iter().collect()
    }
}

/// Draws for each carer someone to care for: at home, else elsewhere in the block, else the oldest other person there
/// is. Only the living care and are cared for.
pub(crate) fn draw(homes: &[Settled], random: &mut Random) -> Caring {
    let living = || {
        homes
            .iter()
            .flat_map(|home| &home.members)
            .filter(|member| member.is_alive())
    };
    let needing: Vec<u64> = living()
        .filter(|member| needs_care(&member.draft))
        .map(|member| member.index)
        .collect();
    let mut oldest: Vec<(i32, u64)> = living()
        .map(|member| (member.draft.age, member.index))
        .collect();
    oldest.sort_unstable_by(|one, other| other.cmp(one));
    oldest.truncate(2);

    let mut caring = HashMap::new();
    for home in homes {
        let here = || home.members.iter().filter(|member| member.is_alive());
        for carer in here().filter(|member| member.is_carer) {
            let other = |index: &u64| *index != carer.index;
            let near = here().filter(|member| needs_care(&member.draft));
            let near = near.map(|member| member.index).find(other);
            let near = near.filter(|_| random.chance(SAME_HOME));
            let far = random.pick(&needing).copied().filter(other);
            let old = oldest.iter().map(|(_, index)| *index).find(other);
            caring.extend(
                near.or(far)
                    .or(old)
                    .map(|cared_for| (carer.index, cared_for)),
            );
        }
    }
    Caring(caring)
}

fn needs_care(draft: &Draft) -> bool {
    draft.frailty >= Frailty::Moderate
        || (draft.frailty == Frailty::Mild && draft.age >= 80)
        || ["dementia", "learning-disability"]
            .into_iter()
            .any(|code| draft.conditions.has(code))
}

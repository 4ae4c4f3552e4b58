//! Records of one person, from pairs that a model of Splink has weighed.

/// The cluster of every record: the place of its first one. Pairs from the threshold on put groups
/// together, the likeliest first, unless a rule of trust keeps a member of the one from one of the other.
pub(super) fn group(
    records: usize,
    pairs: &[(usize, usize, f64, f64)],
    threshold: f64,
    held: impl Fn(usize, usize) -> bool,
) -> Vec<usize> {
    let mut likely: Vec<&(usize, usize, f64, f64)> =
        pairs.iter().filter(|pair| pair.3 >= threshold).collect();
    likely.sort_unstable_by(|one, other| {
        other
            .2
            .total_cmp(&one.2)
            .then((one.0, one.1).cmp(&(other.0, other.1)))
    });
    let mut first: Vec<usize> = (0..records).collect();
    let mut members: Vec<Vec<usize>> = (0..records).map(|place| vec![place]).collect();
    for (one, other, ..) in likely {
        let (Some(one), Some(other)) = (first.get(*one).copied(), first.get(*other).copied())
        else {
            continue;
        };
        let (kept, gone) = (one.min(other), one.max(other));
        let of = |group: usize| members.get(group).map_or(&[][..], Vec::as_slice);
        if kept == gone
            || of(kept)
                .iter()
                .any(|one| of(gone).iter().any(|other| held(*one, *other)))
        {
            continue;
        }
        let moved = members
            .get_mut(gone)
            .map(std::mem::take)
            .unwrap_or_default();
        for place in &moved {
            if let Some(first) = first.get_mut(*place) {
                *first = kept;
            }
        }
        if let Some(members) = members.get_mut(kept) {
            members.extend(moved);
        }
    }
    first
}

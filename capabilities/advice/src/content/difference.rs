//! What is different between two versions of a text, line by line.

/// A line of one or both texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference<'t> {
    /// In both.
    Same(&'t str),
    /// Only in the earlier one.
    Gone(&'t str),
    /// Only in the later one.
    New(&'t str),
}

/// The lines of both texts in order, by a longest common run of lines. What is the same at the beginning and at the
/// end is set aside first, so that what is compared is what was worked on.
pub fn differences<'t>(before: &'t str, after: &'t str) -> Vec<Difference<'t>> {
    let (before, after): (Vec<&str>, Vec<&str>) =
        (before.lines().collect(), after.lines().collect());
    let head = common(before.iter(), after.iter());
    let rest = |lines: &[&'t str]| lines.get(head..).unwrap_or_default().to_vec();
    let (old, new) = (rest(&before), rest(&after));
    let tail = common(old.iter().rev(), new.iter().rev());
    let middle = |lines: &[&'t str]| {
        let end = lines.len().saturating_sub(tail);
        lines.get(..end).unwrap_or_default().to_vec()
    };
    let mut all: Vec<Difference<'t>> = before
        .iter()
        .take(head)
        .map(|one| Difference::Same(one))
        .collect();
    all.extend(between(&middle(&old), &middle(&new)));
    let same_end = old.len().saturating_sub(tail);
    all.extend(old.iter().skip(same_end).map(|one| Difference::Same(one)));
    all
}

fn common<'a, 't: 'a>(
    one: impl Iterator<Item = &'a &'t str>,
    other: impl Iterator<Item = &'a &'t str>,
) -> usize {
    one.zip(other).take_while(|(a, b)| a == b).count()
}

/// The most cells of the table of common runs; two texts of some thousand changed lines each.
const LARGEST: usize = 9_000_000;

fn between<'t>(old: &[&'t str], new: &[&'t str]) -> Vec<Difference<'t>> {
    let width = new.len().saturating_add(1);
    let cells = old.len().saturating_add(1).saturating_mul(width);
    if cells > LARGEST {
        let gone = old.iter().map(|one| Difference::Gone(one));
        return gone
            .chain(new.iter().map(|one| Difference::New(one)))
            .collect();
    }
    // The length of the longest common run of what follows each pair of places.
    let mut longest = vec![0_u32; cells];
    let cell = |row: usize, column: usize| row.saturating_mul(width).saturating_add(column);
    let at = |longest: &[u32], row: usize, column: usize| {
        longest.get(cell(row, column)).copied().unwrap_or_default()
    };
    for (row, one) in old.iter().enumerate().rev() {
        for (column, other) in new.iter().enumerate().rev() {
            let (down, right) = (row.saturating_add(1), column.saturating_add(1));
            let value = if one == other {
                at(&longest, down, right).saturating_add(1)
            } else {
                at(&longest, down, column).max(at(&longest, row, right))
            };
            if let Some(place) = longest.get_mut(cell(row, column)) {
                *place = value;
            }
        }
    }
    let mut all = Vec::new();
    let (mut row, mut column) = (0, 0);
    loop {
        match (old.get(row), new.get(column)) {
            (Some(one), Some(other)) if one == other => {
                all.push(Difference::Same(one));
                row = row.saturating_add(1);
                column = column.saturating_add(1);
            }
            (Some(one), other) => {
                let (down, right) = (row.saturating_add(1), column.saturating_add(1));
                let keep_new =
                    other.filter(|_| at(&longest, row, right) > at(&longest, down, column));
                if let Some(other) = keep_new {
                    all.push(Difference::New(other));
                    column = right;
                } else {
                    all.push(Difference::Gone(one));
                    row = down;
                }
            }
            (None, Some(other)) => {
                all.push(Difference::New(other));
                column = column.saturating_add(1);
            }
            (None, None) => return all,
        }
    }
}

#[cfg(test)]
mod tests;

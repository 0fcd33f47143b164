//! Did you mean …? The known name that a mistyped one is closest to.

/// Longer names are not compared: the cost grows with the square of the length.
const MAX_LENGTH: usize = 64;

/// The candidate with the fewest edits from `given`, if a third of its letters or less differ, and
/// not all. The first of several. A swap of two neighbours counts as one edit, upper case for lower
/// case as none.
pub(crate) fn nearest<'a>(
    given: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    // Of a short name little is left after two edits.
    let third = if given.len() < 5 { 1 } else { given.len().div_ceil(3) };
    let limit = third.min(given.len().saturating_sub(1));
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let bound = best.map_or(limit + 1, |(edits, _)| edits);
        if given.len().abs_diff(candidate.len()) < bound
            && given.len().max(candidate.len()) <= MAX_LENGTH
        {
            let edits = match given.eq_ignore_ascii_case(candidate) {
                true => 0,
                false => distance(given.as_bytes(), candidate.as_bytes()),
            };
            if edits < bound {
                best = Some((edits, candidate));
            }
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Optimal string alignment: insertions, deletions, replacements, swaps of neighbours.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = above[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut edits = replaced.min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                edits = edits.min(before[j - 2] + 1);
            }
            row.push(edits);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_the_closest_or_nothing() {
        let known = ["data", "returns", "features"];
        assert_eq!(nearest("retuns", known), Some("returns"));
        assert_eq!(nearest("dtaa", known), Some("data"));
        assert_eq!(nearest("DATA", known), Some("data"));
        assert_eq!(nearest("coroutine", known), None);
        assert_eq!(nearest("c", ["a", "b"]), None);
        assert_eq!(nearest("", ["a"]), None);
    }
}

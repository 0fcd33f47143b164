//! In which order QEMU meets the members of an object. It keeps them in hash tables, so where several
//! are wrong, the hash decides which one the error names. Only error paths come here.

use std::cmp::Reverse;

use super::Reader;

/// More members than this are met in the order in which they stand; hashing as QEMU does would take
/// a table that grows as QEMU's does.
const MOST: usize = 7;

/// Positions of names in the order of a QDict: by bucket, in a bucket the last one first.
pub(super) fn dictionary(names: &[&str]) -> Vec<usize> {
    let mut positions: Vec<usize> = (0..names.len()).collect();
    positions.sort_by_key(|&position| (bucket(names[position]), Reverse(position)));
    positions
}

/// The position of the first name that is left, in the order of the table of names that QEMU's input
/// visitor keeps for an object.
pub(super) fn first_left(names: &[&str], is_left: impl Fn(usize) -> bool) -> Option<usize> {
    if names.len() > MOST {
        return (0..names.len()).find(|&position| is_left(position));
    }
    let mut table = [None; 8];
    for position in dictionary(names) {
        let mut slot = slot(names[position]);
        let mut step = 0;
        while table[slot].is_some() {
            step += 1;
            slot = (slot + step) % table.len();
        }
        table[slot] = Some(position);
    }
    table.into_iter().flatten().find(|&position| is_left(position))
}

/// The bucket of a name among the 512 of a QDict, by the hash function of tdb.
fn bucket(name: &str) -> u32 {
    let first = 0x238F_13AF_u32.wrapping_mul(name.len() as u32);
    let value = name
        .bytes()
        .enumerate()
        .fold(first, |value, (at, byte)| value.wrapping_add(u32::from(byte) << (at * 5 % 24)));
    value.wrapping_mul(1_103_515_243).wrapping_add(12345) % 512
}

/// Where a name goes in GLib's smallest hash table.
fn slot(name: &str) -> usize {
    let hash = name.bytes().fold(5381_u32, |hash, byte| {
        hash.wrapping_mul(33).wrapping_add_signed(i32::from(byte as i8))
    });
    (hash.wrapping_mul(11) % 7) as usize
}

impl<'a> Reader<'a> {
    /// All members of an object in the order in which QEMU looks at them, which is that of a hash;
    /// nothing if this is no object.
    pub fn hashed_entries(self) -> Vec<(std::borrow::Cow<'a, str>, Reader<'a>)> {
        let entries: Vec<_> = self.entries().collect();
        let names: Vec<&str> = entries.iter().map(|(name, _)| &**name).collect();
        dictionary(&names).into_iter().map(|position| entries[position].clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dictionaries_are_in_the_order_of_recorded_replies() {
        for recorded in [
            &["return", "id"][..],
            &["id", "error"],
            &["timestamp", "event", "data"],
            &["enabled", "name", "success-response"],
        ] {
            let mut names = recorded.to_vec();
            names.reverse();
            let ordered: Vec<_> = dictionary(&names).into_iter().map(|at| names[at]).collect();
            assert_eq!(ordered, recorded);
        }
        // In one bucket the last one comes first.
        assert_eq!(dictionary(&["minor", "micro", "major"]), [1, 0, 2]);
    }

    #[test]
    fn the_unexpected_member_is_the_recorded_one() {
        assert_eq!(first_left(&["id", "foo", "bar"], |position| position > 0), Some(2));
        assert_eq!(first_left(&["aaa", "bbb"], |_| true), Some(1));
        assert_eq!(first_left(&["a"; 8], |position| position > 4), Some(5));
        assert_eq!(first_left(&[], |_| true), None);
    }
}

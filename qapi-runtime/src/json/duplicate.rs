//! Whether an object of a message has two members of one name. The parser suspects an object by a
//! few bits of its names; here, where the text is complete, the names themselves are compared.

use super::{Document, Node};

/// Up to so many names that look alike are compared each with each; more are sorted.
const FEW: usize = 8;

/// Whether one of these objects has a repeated name. The message may be unfinished: a member then
/// counts when its value is complete.
pub(super) fn exists(document: &Document, objects: &[u32]) -> bool {
    objects.iter().any(|&object| repeats(document, names(document.nodes(), object as usize)))
}

/// A bit for a name, from its mark. Names with different bits are different.
#[inline]
pub(crate) fn bit(mark: u32) -> u64 {
    // Multiplication by the golden ratio spreads the mark over the upper bits (Knuth).
    1 << (mark.wrapping_mul(0x9E37_79B1) >> 26)
}

/// The names of the object at `index`.
fn names(nodes: &[Node], index: usize) -> Vec<Node> {
    let end = match nodes[index].next {
        0 => nodes.len(),
        next => next as usize,
    };
    let mut names = Vec::new();
    let mut at = index + 1;
    while at < end && nodes[at].kind().is_string() && nodes[at].next != 0 {
        names.push(nodes[at]);
        at = nodes[at].next as usize;
    }
    names
}

fn repeats(document: &Document, mut names: Vec<Node>) -> bool {
    names.sort_unstable_by_key(|name| name.mark());
    let mut alike = names.chunk_by(|one, other| one.mark() == other.mark());
    alike.any(|names| repeats_among(document, names))
}

/// The same for names with the same mark.
fn repeats_among(document: &Document, names: &[Node]) -> bool {
    if names.len() <= FEW {
        return names.iter().enumerate().any(|(number, name)| {
            names[..number].iter().any(|other| document.same_string(*name, *other))
        });
    }
    let mut names: Vec<_> = names.iter().map(|name| document.string(*name)).collect();
    names.sort_unstable();
    names.windows(2).any(|pair| pair[0] == pair[1])
}

//! An object being read member by member: [`Members`] finds them by name and remembers which were
//! taken, so that several types can share one object and the rest can be told at the end.

use std::borrow::Cow;

use super::{Entries, Map, Policy, ReadError, Reader, Wire, order};
use crate::json::{Node, bit, mark};

/// An object being read. Looking for members in the order in which they stand costs the same for
/// each of them; other orders search.
#[derive(Clone)]
pub struct Members<'a> {
    /// The first key; all others are looked at from here.
    first: Reader<'a>,
    count: u32,
    /// Where the next search begins: a key and its number.
    key: u32,
    number: u32,
    taken: Taken,
    /// The bits of all names, once a name was looked for in vain; 0 before. Most objects lack
    /// several optional members, and a bit that is not here needs no search.
    bits: u64,
    /// The union's tag that was taken last: its name, the names it may have, the one it has.
    tag: Option<(&'static str, &'static [&'static str], usize)>,
    /// What was wrong with an optional member; since then nothing is found any more.
    wrong: Option<ReadError>,
}

/// Which members were taken, by number.
#[derive(Clone, Default)]
struct Taken {
    first: u64,
    more: Vec<u64>,
    count: u32,
}

impl Taken {
    fn contains(&self, number: u32) -> bool {
        let word = match number / 64 {
            0 => self.first,
            word => self.more.get(word as usize - 1).copied().unwrap_or(0),
        };
        word >> (number % 64) & 1 == 1
    }

    #[inline(always)]
    fn insert(&mut self, number: u32) {
        if number >= 64 {
            return self.insert_more(number);
        }
        let with = self.first | 1 << number;
        self.count += u32::from(with != self.first);
        self.first = with;
    }

    #[cold]
    fn insert_more(&mut self, number: u32) {
        self.count += u32::from(!self.contains(number));
        let word = number as usize / 64;
        if self.more.len() < word {
            self.more.resize(word, 0);
        }
        self.more[word - 1] |= 1 << (number % 64);
    }
}

/// A value of an enumeration: a union's tag, or any other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tag {
    /// Its index among the names that were given.
    Known(usize),
    /// None of those names. A [`Reader`] gives this only under [`Policy::Tolerant`].
    Unrecognized(Box<str>),
}

impl Tag {
    /// What a name is among these names.
    pub fn of(name: &str, names: &'static [&'static str]) -> Tag {
        match names.iter().position(|known| *known == name) {
            Some(index) => Tag::Known(index),
            None => Tag::Unrecognized(name.into()),
        }
    }
}

impl<'a> Members<'a> {
    #[inline]
    pub(super) fn new(first: Reader<'a>, object: Node) -> Self {
        let key = first.node;
        let (count, taken) = (object.count(), Taken::default());
        Members { first, count, key, number: 0, taken, bits: 0, tag: None, wrong: None }
    }

    /// How the members are read.
    pub fn policy(&self) -> Policy {
        self.first.policy
    }

    /// Takes a member that must be there.
    ///
    /// # Errors
    /// That it is missing, or what is wrong with it.
    pub fn mandatory<T: Wire>(&mut self, name: &'static str) -> Result<T, ReadError> {
        match self.find_untaken(name) {
            Some(value) => T::read(self.first.at(value)).map_err(|error| error.in_member(name)),
            None => Err(self.missing(name)),
        }
    }

    /// Takes a member that may be absent. An explicit `null` is not absent.
    ///
    /// What is wrong with it is told when a member that must be there is asked for, and by
    /// [`finish`](Self::finish): a reader that asks for the members of an object finishes it.
    // Most members are optional. Derived code without a way out at each of them is shorter for the
    // compiler: docs/cost.md has the figures.
    pub fn optional<T: Wire>(&mut self, name: &'static str) -> Option<T> {
        let value = self.find_untaken(name)?;
        match T::read(self.first.at(value)) {
            Ok(value) => Some(value),
            Err(error) => {
                self.fail(error.in_member(name));
                None
            }
        }
    }

    /// Keeps an error; all further members are as good as not there.
    #[cold]
    fn fail(&mut self, error: ReadError) {
        self.wrong = Some(error);
        self.tag = None;
        (self.key, self.number, self.count) = (self.first.node, 0, 0);
        self.taken = Taken::default();
    }

    /// Why a member that must be there was not found.
    #[cold]
    fn missing(&mut self, name: &'static str) -> ReadError {
        self.wrong.clone().unwrap_or_else(|| ReadError::missing(name))
    }

    /// Takes a union's tag. It may be asked for again, since base and branches share one object.
    ///
    /// # Errors
    /// That it is missing or no string; under [`Policy::Strict`] that its value is unknown.
    pub fn tag(
        &mut self,
        name: &'static str,
        names: &'static [&'static str],
    ) -> Result<Tag, ReadError> {
        match self.tag {
            Some((same, of, index)) if same == name && std::ptr::eq(of, names) => {
                Ok(Tag::Known(index))
            }
            _ => self.read_tag(name, names),
        }
    }

    fn read_tag(
        &mut self,
        name: &'static str,
        names: &'static [&'static str],
    ) -> Result<Tag, ReadError> {
        let value = self.find(name).ok_or_else(|| self.missing(name))?;
        let tag = self.first.at(value).enumeration(names).map_err(|error| error.in_member(name))?;
        if let Tag::Known(index) = tag {
            self.tag = Some((name, names, index));
        }
        Ok(tag)
    }

    /// Takes the place of a member, if it is there. Ask for a member once.
    pub fn take(&mut self, name: &str) -> Option<Reader<'a>> {
        self.find_untaken(name).map(|value| self.first.at(value))
    }

    /// The node of the value of a member, unless all members were taken.
    #[inline]
    fn find_untaken(&mut self, name: &str) -> Option<u32> {
        // What is left to find is often nothing: optional members come last in many types.
        if self.taken.count == self.count {
            return None;
        }
        self.find(name)
    }

    /// The node of the value of a member.
    #[inline(never)]
    fn find(&mut self, name: &str) -> Option<u32> {
        // A server that writes members in the schema's order has the next one here.
        if self.number < self.count {
            let node = self.first.document.node(self.key);
            if self.first.document.plain_is(node, name) {
                return Some(self.found(self.key, self.number, node));
            }
        }
        self.search(name)
    }

    /// The same, looked for from there to the end, and then from the front.
    fn search(&mut self, name: &str) -> Option<u32> {
        let mark = mark(name.as_bytes());
        if self.bits != 0 && self.bits & bit(mark) == 0 {
            return None;
        }
        let (key, number) = (self.key, self.number);
        let found = self.search_between((name, mark), (key, number), self.count);
        let found = match found {
            None => self.search_between((name, mark), (self.first.node, 0), number),
            found => found,
        };
        if found.is_none() && self.bits == 0 {
            self.learn_bits();
        }
        found
    }

    /// The same from a key, with its number, up to another number.
    #[inline(always)]
    fn search_between(
        &mut self,
        (name, mark): (&str, u32),
        (mut key, mut number): (u32, u32),
        to: u32,
    ) -> Option<u32> {
        let document = self.first.document;
        while number < to {
            let node = document.node(key);
            if node.has_mark(mark) && document.string_is(node, name) {
                return Some(self.found(key, number, node));
            }
            (key, number) = (node.next, number + 1);
        }
        None
    }

    /// Takes the member whose name is here, and goes on to the next one.
    #[inline(always)]
    fn found(&mut self, key: u32, number: u32, node: Node) -> u32 {
        self.taken.insert(number);
        (self.key, self.number) = (node.next, number + 1);
        key + 1
    }

    fn learn_bits(&mut self) {
        let document = self.first.document;
        let mut key = self.first.node;
        for _ in 0..self.count {
            let node = document.node(key);
            self.bits |= bit(node.mark());
            key = node.next;
        }
    }

    /// Takes everything that was not taken yet.
    pub fn rest(&mut self) -> Map {
        let mut rest = Map::new();
        for (number, (name, value)) in self.entries() {
            if !self.taken.contains(number) {
                rest.insert(name.into_owned(), value.value());
                self.taken.insert(number);
            }
        }
        rest
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// What was wrong with an optional member. Under [`Policy::Strict`] that a member is unexpected,
    /// if not all were taken.
    #[inline]
    pub fn finish(mut self) -> Result<(), ReadError> {
        if let Some(error) = self.wrong.take() {
            return Err(error);
        }
        if self.policy() == Policy::Tolerant || self.taken.count == self.count {
            return Ok(());
        }
        self.unexpected().map_or(Ok(()), Err)
    }

    /// The error that names what was not taken.
    #[cold]
    fn unexpected(&self) -> Option<ReadError> {
        let names: Vec<_> = self.entries().map(|(_, (name, _))| name).collect();
        let names: Vec<&str> = names.iter().map(|name| &**name).collect();
        let first = order::first_left(&names, |number| !self.taken.contains(number as u32))?;
        Some(ReadError::unexpected(names[first]))
    }

    /// All members with their numbers, taken or not.
    fn entries(&self) -> impl Iterator<Item = (u32, (Cow<'a, str>, Reader<'a>))> + use<'a> {
        (0..).zip(Entries::new(self.first, self.count))
    }
}

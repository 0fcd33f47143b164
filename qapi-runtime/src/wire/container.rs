//! Lists, and boxes, which the wire does not see.

use super::{Flat, Kinds, Members, ReadError, Reader, Wire, Writer};

impl<T: Wire> Wire for Vec<T> {
    const KINDS: Kinds = Kinds::ARRAY;

    fn read(reader: Reader<'_>) -> Result<Self, ReadError> {
        let elements = reader.elements()?;
        let mut list = Vec::with_capacity(capacity(elements.len(), size_of::<T>()));
        for (index, element) in elements.enumerate() {
            list.push(T::read(element).map_err(|error| error.in_element(index))?);
        }
        Ok(list)
    }

    fn write(&self, writer: &mut Writer) {
        writer.begin_array();
        for element in self {
            element.write(writer);
        }
        writer.end_array();
    }
}

impl<T: Wire> Wire for Box<T> {
    const KINDS: Kinds = T::KINDS;

    fn read(reader: Reader<'_>) -> Result<Self, ReadError> {
        T::read(reader).map(Box::new)
    }

    fn write(&self, writer: &mut Writer) {
        T::write(self, writer);
    }

    fn read_members(members: &mut Members<'_>) -> Result<Self, ReadError> {
        T::read_members(members).map(Box::new)
    }

    fn write_members(&self, writer: &mut Writer) {
        T::write_members(self, writer);
    }
}

impl<T: Flat> Flat for Box<T> {}

/// How many elements to make room for at once: all, unless that would be more than 64 KiB before a
/// single one has been seen to be of the right type.
fn capacity(elements: usize, size: usize) -> usize {
    elements.min(65536 / size.max(1))
}

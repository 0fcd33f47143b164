//! The built-in types: strings, booleans, numbers, `null`, and the empty object.

use super::{Flat, Kinds, Members, ReadError, Reader, Wire, Writer};

/// QAPI's type `null`: only JSON's `null`. Not the same as an absent member.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Null;

impl Wire for Null {
    const KINDS: Kinds = Kinds::NULL;

    fn read(reader: Reader<'_>) -> Result<Self, ReadError> {
        reader.null().map(|()| Null)
    }

    fn write(&self, writer: &mut Writer) {
        writer.null();
    }
}

impl Wire for String {
    const KINDS: Kinds = Kinds::STRING;

    fn read(reader: Reader<'_>) -> Result<Self, ReadError> {
        reader.owned_string()
    }

    fn write(&self, writer: &mut Writer) {
        writer.string(self);
    }
}

impl Wire for bool {
    const KINDS: Kinds = Kinds::BOOLEAN;

    fn read(reader: Reader<'_>) -> Result<Self, ReadError> {
        reader.boolean()
    }

    fn write(&self, writer: &mut Writer) {
        writer.boolean(*self);
    }
}

impl Wire for f64 {
    const KINDS: Kinds = Kinds::NUMBER;

    fn read(reader: Reader<'_>) -> Result<Self, ReadError> {
        reader.number()
    }

    fn write(&self, writer: &mut Writer) {
        writer.number(*self);
    }
}

impl Wire for i64 {
    const KINDS: Kinds = Kinds::NUMBER;

    fn read(reader: Reader<'_>) -> Result<Self, ReadError> {
        reader.integer()
    }

    fn write(&self, writer: &mut Writer) {
        writer.integer(*self);
    }
}

impl Wire for u64 {
    const KINDS: Kinds = Kinds::NUMBER;

    fn read(reader: Reader<'_>) -> Result<Self, ReadError> {
        reader.unsigned()
    }

    fn write(&self, writer: &mut Writer) {
        writer.unsigned(*self);
    }
}

/// The small integers: read as the big one of the same sort, then held against their range. So a
/// negative number for an unsigned type wraps first and is then too big, as for QEMU.
macro_rules! small_integers {
    ($($small:ty, $read:ident, $write:ident, $range:literal;)*) => {$(
        impl Wire for $small {
            const KINDS: Kinds = Kinds::NUMBER;

            fn read(reader: Reader<'_>) -> Result<Self, ReadError> {
                let wide = reader.$read()?;
                wide.try_into().map_err(|_| ReadError::out_of_range($range))
            }

            fn write(&self, writer: &mut Writer) {
                writer.$write((*self).into());
            }
        }
    )*};
}

small_integers! {
    i8, integer, integer, "int8_t";
    i16, integer, integer, "int16_t";
    i32, integer, integer, "int32_t";
    u8, unsigned, unsigned, "uint8_t";
    u16, unsigned, unsigned, "uint16_t";
    u32, unsigned, unsigned, "uint32_t";
}

/// The empty object: what a command answers whose schema says nothing of returns.
impl Wire for () {
    const KINDS: Kinds = Kinds::OBJECT;

    fn read_members(_: &mut Members<'_>) -> Result<Self, ReadError> {
        Ok(())
    }

    fn write_members(&self, _: &mut Writer) {}
}

impl Flat for () {}

//! Values become text in QEMU's output format: one line, ASCII only, `", "` and `": "`.

use super::{number, unicode};

/// Writes JSON in QEMU's output format. Separators are put by themselves, so what is written is
/// JSON as long as brackets are paired and every member has a key and a value.
///
/// ```
/// use qapi_runtime::Writer;
///
/// let mut writer = Writer::new();
/// writer.begin_object();
/// writer.key("return");
/// writer.begin_array();
/// writer.integer(1);
/// writer.string("é");
/// writer.end_array();
/// writer.end_object();
/// assert_eq!(writer.as_bytes(), br#"{"return": [1, "\u00E9"]}"#);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Writer {
    out: Vec<u8>,
    /// Whether something stands before the next key or value, on the same level.
    behind_value: bool,
}

impl Writer {
    /// A writer that has written nothing.
    pub fn new() -> Self {
        // Room for what most commands take, so that it need not grow step by step.
        Writer { out: Vec::with_capacity(256), behind_value: false }
    }

    /// What has been written so far.
    pub fn as_bytes(&self) -> &[u8] {
        &self.out
    }

    /// What has been written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    /// Begins an object.
    pub fn begin_object(&mut self) {
        self.begin(b'{');
    }

    /// Ends the object that was begun last.
    pub fn end_object(&mut self) {
        self.end(b'}');
    }

    /// Begins an array.
    pub fn begin_array(&mut self) {
        self.begin(b'[');
    }

    /// Ends the array that was begun last.
    pub fn end_array(&mut self) {
        self.end(b']');
    }

    /// Writes the name of a member; its value is to follow.
    pub fn key(&mut self, name: &str) {
        self.quoted(name, b"\": ");
        self.behind_value = false;
    }

    /// Writes a string.
    pub fn string(&mut self, value: &str) {
        self.quoted(value, b"\"");
        self.behind_value = true;
    }

    /// A string, with its closing quote and what stands behind that.
    #[inline]
    fn quoted<const N: usize>(&mut self, value: &str, close: &[u8; N]) {
        match self.behind_value {
            true => self.out.extend_from_slice(b", \""),
            false => self.out.push(b'"'),
        }
        if unicode::is_plain(value) {
            self.out.extend_from_slice(value.as_bytes());
        } else {
            unicode::escape(&mut self.out, value);
        }
        self.out.extend_from_slice(close);
    }

    /// Writes an integer.
    pub fn integer(&mut self, value: i64) {
        if value < 0 {
            self.separate();
            self.out.push(b'-');
            self.behind_value = false;
        }
        self.unsigned(value.unsigned_abs());
    }

    /// Writes an unsigned integer.
    pub fn unsigned(&mut self, mut value: u64) {
        self.separate();
        let mut digits = [0; 20];
        let mut at = digits.len();
        loop {
            at -= 1;
            digits[at] = b'0' + (value % 10) as u8;
            value /= 10;
            if value == 0 {
                break;
            }
        }
        self.out.extend_from_slice(&digits[at..]);
    }

    /// Writes a number with 17 significant digits, as C's `%.17g` does: so 1.0 is written as `1`.
    /// JSON has no infinity and no NaN; they are written as `null`, where QEMU writes `inf`.
    pub fn number(&mut self, value: f64) {
        if value.is_finite() {
            self.separate();
            number::print_double(&mut self.out, value);
        } else {
            self.null();
        }
    }

    /// Writes a boolean.
    pub fn boolean(&mut self, value: bool) {
        self.raw(if value { b"true" } else { b"false" });
    }

    /// Writes `null`.
    pub fn null(&mut self) {
        self.raw(b"null");
    }

    /// Writes a value that is JSON text already.
    pub fn raw(&mut self, value: &[u8]) {
        self.separate();
        self.out.extend_from_slice(value);
    }

    fn begin(&mut self, bracket: u8) {
        self.separate();
        self.out.push(bracket);
        self.behind_value = false;
    }

    fn end(&mut self, bracket: u8) {
        self.out.push(bracket);
        self.behind_value = true;
    }

    /// Makes ready for a key or a value.
    fn separate(&mut self) {
        if self.behind_value {
            self.out.extend_from_slice(b", ");
        }
        self.behind_value = true;
    }
}

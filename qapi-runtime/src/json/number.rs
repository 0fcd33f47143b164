//! Numbers: how they are spelled, which of three types one has, and how a double is printed.

use super::lexer::TokenKind;

/// How far into a number the lexer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Automaton {
    /// Behind the minus.
    Sign,
    /// Behind a leading zero. No exponent may follow it, a quirk of QEMU's: `0e1` is `0`, `e`, `1`.
    Zero,
    /// In the digits before the point.
    Digits,
    /// Behind the point.
    Point,
    /// In the digits behind the point.
    Fraction,
    /// Behind the `e`.
    E,
    /// Behind the sign of the exponent.
    ExponentSign,
    /// In the digits of the exponent.
    Exponent,
}

impl Automaton {
    /// Behind the first byte, a minus or a digit.
    pub(super) fn begin(byte: u8) -> Self {
        match byte {
            b'-' => Automaton::Sign,
            b'0' => Automaton::Zero,
            _ => Automaton::Digits,
        }
    }

    /// What one more byte does.
    #[inline]
    pub(super) fn step(self, byte: u8) -> Step {
        use Automaton::{Digits, E, Exponent, ExponentSign, Fraction, Point, Sign, Zero};
        match (self, byte) {
            (Digits, b'0'..=b'9') | (Sign, b'1'..=b'9') => Step::On(Digits),
            (Sign, b'0') => Step::On(Zero),
            (Zero, b'0'..=b'9') => Step::Stray,
            (Zero | Digits, b'.') => Step::On(Point),
            (Point | Fraction, b'0'..=b'9') => Step::On(Fraction),
            (Digits | Fraction, b'e' | b'E') => Step::On(E),
            (E, b'+' | b'-') => Step::On(ExponentSign),
            (E | ExponentSign | Exponent, b'0'..=b'9') => Step::On(Exponent),
            _ => self.end().map_or(Step::Stray, Step::End),
        }
    }

    /// What the number is if it ends here; `None` if it cannot.
    pub(super) fn end(self) -> Option<TokenKind> {
        match self {
            Automaton::Zero | Automaton::Digits => Some(TokenKind::Integer),
            Automaton::Fraction | Automaton::Exponent => Some(TokenKind::Float),
            _ => None,
        }
    }
}

/// What a byte does to a number.
pub(super) enum Step {
    /// It belongs to it.
    On(Automaton),
    /// It stands behind it.
    End(TokenKind),
    /// It does not fit.
    Stray,
}

/// A JSON number, typed as QEMU does: what has no `.` and no exponent and fits is an integer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum AnyNumber {
    /// Fits 64 bits with sign.
    Integer(i64),
    /// Fits 64 bits without sign only.
    Unsigned(u64),
    /// Everything else; infinite where even a double cannot hold it.
    Double(f64),
}

impl AnyNumber {
    /// Reads a number that the lexer has let through.
    pub(crate) fn parse(text: &str) -> AnyNumber {
        if let Ok(integer) = text.parse() {
            AnyNumber::Integer(integer)
        } else if let Ok(unsigned) = text.parse() {
            AnyNumber::Unsigned(unsigned)
        } else {
            AnyNumber::Double(text.parse().unwrap_or(f64::NAN))
        }
    }

    /// The number as a double, which may lose precision.
    pub(crate) fn double(self) -> f64 {
        match self {
            AnyNumber::Integer(number) => number as f64,
            AnyNumber::Unsigned(number) => number as f64,
            AnyNumber::Double(number) => number,
        }
    }
}

/// Appends a finite double as C's `%.17g` prints it: 17 significant digits, as few as are left when
/// trailing zeros go, with an exponent where it is below -4 or above 16.
pub(super) fn print_double(out: &mut Vec<u8>, number: f64) {
    let printed = format!("{number:.16e}");
    let (mantissa, exponent) = printed.split_once('e').unwrap_or((&printed, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", mantissa),
    };
    let digits = mantissa.replace('.', "");
    let digits = digits.trim_end_matches('0');
    let digits = if digits.is_empty() { "0" } else { digits };
    out.extend_from_slice(sign.as_bytes());
    match exponent {
        -4..0 => print_fraction(out, digits, exponent.unsigned_abs() as usize),
        0..17 => print_fixed(out, digits, exponent as usize + 1),
        _ => print_scientific(out, digits, exponent),
    }
}

/// `0.00123`: `zeros` counts the one before the point.
fn print_fraction(out: &mut Vec<u8>, digits: &str, zeros: usize) {
    out.extend_from_slice(b"0.");
    out.resize(out.len() + zeros - 1, b'0');
    out.extend_from_slice(digits.as_bytes());
}

/// `12300` or `12.3`: `whole` digits stand before the point.
fn print_fixed(out: &mut Vec<u8>, digits: &str, whole: usize) {
    match digits.split_at_checked(whole) {
        None | Some((_, "")) => {
            out.extend_from_slice(digits.as_bytes());
            out.resize(out.len() + whole - digits.len(), b'0');
        }
        Some((before, after)) => {
            out.extend_from_slice(before.as_bytes());
            out.push(b'.');
            out.extend_from_slice(after.as_bytes());
        }
    }
}

/// `1.23e+45`: the exponent has a sign and at least two digits.
fn print_scientific(out: &mut Vec<u8>, digits: &str, exponent: i32) {
    let (first, after) = digits.split_at(1);
    let point = if after.is_empty() { "" } else { "." };
    let sign = if exponent < 0 { '-' } else { '+' };
    let exponent = exponent.unsigned_abs();
    out.extend_from_slice(format!("{first}{point}{after}e{sign}{exponent:02}").as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_are_printed_as_c_prints_them() {
        // What printf("%.17g") gives.
        for (number, expected) in [
            (0.0, "0"),
            (-0.0, "-0"),
            (1.0, "1"),
            (-1.0, "-1"),
            (0.1, "0.10000000000000001"),
            (0.5, "0.5"),
            (100.0, "100"),
            (1.5e3, "1500"),
            (123456.789, "123456.789"),
            (1e16, "10000000000000000"),
            (12345678901234568.0, "12345678901234568"),
            (1e17, "1e+17"),
            (1e21, "1e+21"),
            (1.5e300, "1.5000000000000001e+300"),
            (1e308, "1e+308"),
            (f64::MAX, "1.7976931348623157e+308"),
            (f64::MIN, "-1.7976931348623157e+308"),
            (0.0001, "0.0001"),
            (0.00012345, "0.00012344999999999999"),
            (0.00001, "1.0000000000000001e-05"),
            (1e-7, "9.9999999999999995e-08"),
            (f64::MIN_POSITIVE, "2.2250738585072014e-308"),
            (5e-324, "4.9406564584124654e-324"),
            (1e-310, "9.9999999999999694e-311"),
            (f64::EPSILON, "2.2204460492503131e-16"),
            (1.0 / 3.0, "0.33333333333333331"),
            (2.0 / 3.0 * 1e20, "6.6666666666666664e+19"),
            (0.12345678901234567, "0.12345678901234566"),
            (18446744073709551616.0, "1.8446744073709552e+19"),
            (-9223372036854775809.0, "-9.2233720368547758e+18"),
        ] {
            let mut out = Vec::new();
            print_double(&mut out, number);
            assert_eq!(String::from_utf8_lossy(&out), expected);
        }
    }

    #[test]
    fn numbers_are_typed_as_by_qemu() {
        for (text, expected) in [
            ("0", AnyNumber::Integer(0)),
            ("-0", AnyNumber::Integer(0)),
            ("9223372036854775807", AnyNumber::Integer(i64::MAX)),
            ("9223372036854775808", AnyNumber::Unsigned(1 << 63)),
            ("18446744073709551615", AnyNumber::Unsigned(u64::MAX)),
            ("18446744073709551616", AnyNumber::Double(18446744073709551616.0)),
            ("-9223372036854775808", AnyNumber::Integer(i64::MIN)),
            ("-9223372036854775809", AnyNumber::Double(-9223372036854775808.0)),
            ("1.0", AnyNumber::Double(1.0)),
            ("1e2", AnyNumber::Double(100.0)),
            ("1e400", AnyNumber::Double(f64::INFINITY)),
        ] {
            assert_eq!(AnyNumber::parse(text), expected, "{text}");
        }
    }
}

//! Time zones as a rule: `CET-1CEST,M3.5.0,M10.5.0/3`, as the variable TZ has it in POSIX.
//!
//! In: the rule and a moment. Out: the local time then. Compiled zones end with such a rule, for
//! the time after their last change, so this is what answers nearly every question of today.

use super::timezone::LocalTime;

const DAY: i64 = 86_400;

/// A zone that changes, if at all, twice a year.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Rule {
    standard: LocalTime,
    summer: Option<Summer>,
}

#[derive(Debug, PartialEq, Eq)]
struct Summer {
    time: LocalTime,
    start: Change,
    end: Change,
}

/// When the time changes: on which day, and how many seconds after its midnight.
#[derive(Debug, PartialEq, Eq)]
struct Change {
    day: Day,
    second: i64,
}

#[derive(Debug, PartialEq, Eq)]
enum Day {
    /// `J60`: a day from 1 to 365; 29 February has no number.
    Counted(i64),
    /// `59`: a day from 0 to 365.
    Numbered(i64),
    /// `M3.5.0`: month, week (5 is the last one), weekday (0 is Sunday).
    Weekday { month: i64, week: i64, weekday: i64 },
}

impl Rule {
    /// Reads a rule; `None` if it is none.
    pub(super) fn parse(text: &str) -> Option<Rule> {
        let mut input = Input(text);
        let standard = input.name_and_offset(None)?;
        if input.0.is_empty() {
            return Some(Rule { standard, summer: None });
        }
        // Without an offset, summer time is one hour ahead.
        let time = input.name_and_offset(Some(standard.offset + 3600))?;
        let start = input.change()?;
        let end = input.change()?;
        let summer = Some(Summer { time, start, end });
        input.0.is_empty().then_some(Rule { standard, summer })
    }

    /// The local time at some second since the epoch.
    pub(super) fn at(&self, now: i64) -> LocalTime {
        match &self.summer {
            Some(summer) if self.is_summer(summer, now) => summer.time.clone(),
            _ => self.standard.clone(),
        }
    }

    /// Summer starts by standard time and ends by summer time. South of the equator it ends first.
    fn is_summer(&self, summer: &Summer, now: i64) -> bool {
        let year = year_of((now + self.standard.offset).div_euclid(DAY));
        let start = summer.start.second_in(year) - self.standard.offset;
        let end = summer.end.second_in(year) - summer.time.offset;
        if start < end { (start..end).contains(&now) } else { !(end..start).contains(&now) }
    }
}

impl Change {
    /// Seconds from the epoch to this change in a year, both by the clock on the wall.
    fn second_in(&self, year: i64) -> i64 {
        let first = days_before(year, 1);
        let leap = days_before(year, 3) - days_before(year, 2) == 29;
        let day = match self.day {
            Day::Counted(number) => first + number - 1 + i64::from(leap && number >= 60),
            Day::Numbered(number) => first + number,
            Day::Weekday { month, week, weekday } => nth_weekday(year, month, week, weekday),
        };
        day * DAY + self.second
    }
}

/// The day, from the epoch, of the `week`th `weekday` of a month.
fn nth_weekday(year: i64, month: i64, week: i64, weekday: i64) -> i64 {
    let first = days_before(year, month);
    // 1970-01-01 was a Thursday.
    let first_weekday = (first + 4).rem_euclid(7);
    let day = first + (weekday - first_weekday).rem_euclid(7) + 7 * (week - 1);
    let next_month = days_before(year, month + 1);
    if day < next_month { day } else { day - 7 }
}

/// Days from the epoch to the first of a month, 1 to 13, in the Gregorian calendar. The year is
/// counted from March, so that the leap day is its last.
fn days_before(year: i64, month: i64) -> i64 {
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + (153 * month + 2) / 5 - 719_468
}

/// The year that a day, counted from the epoch, is in.
fn year_of(day: i64) -> i64 {
    // 146097 days are 400 years: never more than a year off, and then one step mends it.
    let guess = 1970 + (day * 400).div_euclid(146_097);
    if day < days_before(guess, 1) {
        guess - 1
    } else if day >= days_before(guess + 1, 1) {
        guess + 1
    } else {
        guess
    }
}

/// What is left to read.
struct Input<'a>(&'a str);

impl Input<'_> {
    fn eat(&mut self, character: char) -> bool {
        let rest = self.0.strip_prefix(character);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// `CET-1` or `<+03>-3`. The sign is the opposite of everybody else's.
    fn name_and_offset(&mut self, default: Option<i64>) -> Option<LocalTime> {
        let zone = self.name()?;
        let ahead = if self.0.is_empty() || self.0.starts_with(',') { default } else { None };
        let offset = match ahead {
            Some(offset) => offset,
            None => -self.seconds(24)?,
        };
        Some(LocalTime { offset, zone })
    }

    fn name(&mut self) -> Option<String> {
        if self.eat('<') {
            let (name, rest) = self.0.split_once('>')?;
            self.0 = rest;
            return Some(name.to_owned());
        }
        let end = self.0.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(self.0.len());
        let (name, rest) = self.0.split_at(end);
        self.0 = rest;
        (name.len() >= 3).then(|| name.to_owned())
    }

    /// `[+-]hh[:mm[:ss]]`.
    fn seconds(&mut self, most_hours: i64) -> Option<i64> {
        let sign = if self.eat('-') { -1 } else { 1 };
        if sign == 1 {
            self.eat('+');
        }
        let mut seconds = self.number(0, most_hours)? * 3600;
        for unit in [60, 1] {
            if self.eat(':') {
                seconds += self.number(0, 59)? * unit;
            }
        }
        Some(sign * seconds)
    }

    /// `,M3.5.0/2`; at two o'clock if no time is given.
    fn change(&mut self) -> Option<Change> {
        if !self.eat(',') {
            return None;
        }
        let day = self.day()?;
        // RFC 8536, 3.3.1, allows up to a week.
        let second = if self.eat('/') { self.seconds(167)? } else { 2 * 3600 };
        Some(Change { day, second })
    }

    fn day(&mut self) -> Option<Day> {
        if self.eat('J') {
            return Some(Day::Counted(self.number(1, 365)?));
        }
        if !self.eat('M') {
            return Some(Day::Numbered(self.number(0, 365)?));
        }
        let month = self.number(1, 12)?;
        let week = self.eat('.').then(|| self.number(1, 5))??;
        let weekday = self.eat('.').then(|| self.number(0, 6))??;
        Some(Day::Weekday { month, week, weekday })
    }

    fn number(&mut self, least: i64, most: i64) -> Option<i64> {
        let end = self.0.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.0.len());
        let (digits, rest) = self.0.split_at(end);
        self.0 = rest;
        digits.parse().ok().filter(|number| (least..=most).contains(number))
    }
}

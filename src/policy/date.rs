//! Days of the calendar, as exceptions name them: `2027-01-31`.

use std::fmt;

/// A day. Whether it has passed is for the caller to say: nothing here looks at a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// A day that the calendar has.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Date> {
        let exists = (1..=12).contains(&month) && (1..=days_of(year, month)).contains(&day);
        exists.then_some(Date { year, month, day })
    }

    /// Reads `YYYY-MM-DD` and nothing else.
    ///
    /// # Errors
    /// What is wrong with it, as a clause that follows the written text.
    pub fn parse(written: &str) -> Result<Date, &'static str> {
        let bytes = written.as_bytes();
        let dashes = bytes.len() == 10 && bytes[4] == b'-' && bytes[7] == b'-';
        if !dashes || !bytes.iter().enumerate().all(|(at, byte)| at == 4 || at == 7 || byte.is_ascii_digit()) {
            return Err("is not a date of the form YYYY-MM-DD");
        }
        let number = |range: std::ops::Range<usize>| written[range].parse().unwrap_or(0_u16);
        Date::new(number(0..4), number(5..7) as u8, number(8..10) as u8).ok_or("is not in the calendar")
    }
}

fn days_of(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_days_of_the_calendar() {
        assert_eq!(Date::parse("2028-02-29").unwrap().to_string(), "2028-02-29");
        assert_eq!(Date::parse("2027-02-29"), Err("is not in the calendar"));
        assert_eq!(Date::parse("2100-02-29"), Err("is not in the calendar"));
        assert_eq!(Date::parse("2027-00-01"), Err("is not in the calendar"));
    }

    /// A form that only some readers understand would void an exception on a different day for each of them.
    #[test]
    fn other_forms_are_refused() {
        for written in ["31/01/2027", "2027-1-31", "2027-01-31T00:00", "soon", "２027-01-3", "+027-01-31"] {
            assert_eq!(Date::parse(written), Err("is not a date of the form YYYY-MM-DD"), "{written}");
        }
    }

    #[test]
    fn dates_are_in_order() {
        assert!(Date::parse("2026-12-31").unwrap() < Date::parse("2027-01-01").unwrap());
    }
}

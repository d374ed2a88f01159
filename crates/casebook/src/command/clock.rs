//! A time of day as people write it.

/// What was written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Clock {
    /// This hour and minute.
    At(u8, u8),
    /// `12:00`, `12:30`: after noon, or after midnight to whoever counts in twelve hours.
    Twelve(u8),
    /// `12`, and no more.
    BareTwelve(u8),
    /// `half three`, `quarter to six`, `6`: in the morning or in the afternoon.
    Half(u8, u8),
    /// `24:00`: the end of a day, or its beginning.
    Midnight,
}

/// Reads `18:30`, `18.30`, `1830`, `23h30`, `6:30pm`, `6 pm`, `noon`, `midnight`, `12`, `24:00`.
pub(super) fn clock(text: &str) -> Option<Clock> {
    let plain: String = text.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    match plain.as_str() {
        "noon" | "midday" | "12noon" | "12:00noon" | "12.00noon" => return Some(Clock::At(12, 0)),
        "midnight" | "12midnight" | "12:00midnight" | "12.00midnight" => return Some(Clock::At(0, 0)),
        "12" => return Some(Clock::BareTwelve(0)),
        "24:00" | "24.00" | "24h00" | "2400" => return Some(Clock::Midnight),
        _ => {}
    }
    if let Some((hour, minute)) = spoken(text) {
        return Some(Clock::Half(hour, minute));
    }
    let half = |text: &str| match text {
        "am" | "a.m." | "a.m" => Some(false),
        "pm" | "p.m." | "p.m" => Some(true),
        _ => None,
    };
    let end = plain.find(['a', 'p']).unwrap_or(plain.len());
    let (digits, after) = plain.split_at(end);
    let afternoon = if after.is_empty() { None } else { Some(half(after)?) };
    let (hour, minute): (u8, u8) = match digits.split_once([':', '.', 'h']) {
        Some((hour, minute)) if minute.len() == 2 => (hour.parse().ok()?, minute.parse().ok()?),
        Some(_) => return None,
        None if digits.len() == 4 || digits.len() == 3 => {
            let (hour, minute) = digits.split_at_checked(digits.len() - 2)?;
            (hour.parse().ok()?, minute.parse().ok()?)
        }
        // A bare `6` may be morning or evening; with am or pm it is plain.
        None if afternoon.is_some() => (digits.parse().ok()?, 0),
        None => return None,
    };
    if minute > 59 {
        return None;
    }
    match (hour, afternoon) {
        (12, None) => Some(Clock::Twelve(minute)),
        (1..=11, Some(true)) => Some(Clock::At(hour + 12, minute)),
        (12, Some(false)) => Some(Clock::At(0, minute)),
        (13.., Some(false)) | (0, Some(_)) | (24.., _) => None,
        (hour, _) => Some(Clock::At(hour, minute)),
    }
}

/// `half three`, `half past three`, `quarter to 6`, `twenty past four`, `three o'clock`, `6`: hour, from 1 to 12, and minute. British people
/// say half three for half past three.
fn spoken(text: &str) -> Option<(u8, u8)> {
    const HOURS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    const MINUTES: [(&str, u8); 6] =
        [("five", 5), ("ten", 10), ("quarter", 15), ("twenty", 20), ("twenty-five", 25), ("half", 30)];
    let text = text.to_lowercase().replace(['’', '\''], "").replace("o clock", "oclock");
    let mut words: Vec<&str> = text.split_whitespace().filter(|word| !["a", "at", "about"].contains(word)).collect();
    if words.last() == Some(&"oclock") {
        words.pop();
    }
    let hour = |word: &str| {
        let named = HOURS.iter().position(|known| *known == word).map(|place| place as u8 + 1);
        named.or_else(|| word.parse().ok().filter(|hour| (1..=11).contains(hour)))
    };
    let minute = |word: &str| {
        let named = MINUTES.iter().find(|(known, _)| *known == word).map(|(_, minute)| *minute);
        named.or_else(|| word.parse().ok().filter(|minute| (1..=59).contains(minute)))
    };
    match words[..] {
        [one] => Some((hour(one)?, 0)),
        ["half", one] => Some((hour(one)?, 30)),
        [part, "past", one] => Some((hour(one)?, minute(part)?)),
        [part, "to", one] => {
            let before = hour(one)?;
            Some((if before == 1 { 12 } else { before - 1 }, 60 - minute(part)?))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_is_read_as_people_write_it() {
        for (text, read) in [
            ("18:30", Clock::At(18, 30)),
            ("6.30 pm", Clock::At(18, 30)),
            ("0115", Clock::At(1, 15)),
            ("915", Clock::At(9, 15)),
            ("23h30", Clock::At(23, 30)),
            ("0.30", Clock::At(0, 30)),
            ("12am", Clock::At(0, 0)),
            ("12.00 am", Clock::At(0, 0)),
            ("noon", Clock::At(12, 0)),
            ("12:05pm", Clock::At(12, 5)),
            ("12:05", Clock::Twelve(5)),
            ("1200", Clock::Twelve(0)),
            ("12", Clock::BareTwelve(0)),
            ("half three", Clock::Half(3, 30)),
            ("half past 3", Clock::Half(3, 30)),
            ("Quarter to one", Clock::Half(12, 45)),
            ("ten o'clock", Clock::Half(10, 0)),
            ("6", Clock::Half(6, 0)),
            ("about twelve", Clock::Half(12, 0)),
            ("24:00", Clock::Midnight),
            ("2400", Clock::Midnight),
        ] {
            assert_eq!(clock(text), Some(read), "{text}");
        }
        for text in [
            "",
            "25:00",
            "24:01",
            "18:60",
            "18:3",
            "soon",
            "13am",
            "0pm",
            "ä",
            "half",
            "half of six",
            "quarter past",
            "23:30-23:45",
            "0",
        ] {
            assert_eq!(clock(text), None, "{text}");
        }
    }
}

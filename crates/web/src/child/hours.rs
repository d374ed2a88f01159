//! The hours of the day at which episodes began, as bars.

use views::HourCount;

const LEFT: u32 = 4;
const STEP: u32 = 16;
/// How far down the bars stand, and how high the highest is.
const FLOOR: u32 = 104;
const HIGHEST: u32 = 84;

/// The picture.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Hours {
    pub bars: Vec<Bar>,
    /// Episodes counted.
    pub total: u32,
    /// The hours with episodes: `18:00 to 19:00`, and how many.
    pub rows: Vec<(String, u32)>,
}

/// An hour.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Bar {
    pub x: u32,
    pub y: u32,
    pub height: u32,
    pub count: u32,
    /// `18:00`, under every sixth.
    pub label: String,
}

impl Hours {
    /// Bars for these counts.
    pub fn new(counts: &[HourCount]) -> Hours {
        let most = counts.iter().map(|hour| hour.count).max().unwrap_or(0).max(1);
        let bar = |hour: &HourCount| {
            let height = hour.count * HIGHEST / most;
            let label = if hour.hour.is_multiple_of(6) { format!("{:02}:00", hour.hour) } else { String::new() };
            Bar { x: LEFT + u32::from(hour.hour) * STEP, y: FLOOR - height, height, count: hour.count, label }
        };
        let row = |hour: &HourCount| (format!("{:02}:00 to {:02}:00", hour.hour, (hour.hour + 1) % 24), hour.count);
        Hours {
            bars: counts.iter().map(bar).collect(),
            total: counts.iter().map(|hour| hour.count).sum(),
            rows: counts.iter().filter(|hour| hour.count > 0).map(row).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_bar_is_as_high_as_there_is_room() {
        let counts: Vec<HourCount> =
            (0..24).map(|hour| HourCount { hour, count: u32::from(hour == 18) * 4 + u32::from(hour == 23) }).collect();
        let hours = Hours::new(&counts);
        assert_eq!((hours.bars[18].y, hours.bars[18].height), (FLOOR - HIGHEST, HIGHEST));
        assert_eq!(hours.bars[23].height, HIGHEST / 4);
        assert_eq!(hours.total, 5);
        assert_eq!(hours.rows, [("18:00 to 19:00".to_string(), 4), ("23:00 to 00:00".to_string(), 1)]);
        assert_eq!(Hours::new(&[]).total, 0);
    }
}

//! Printing for people: colour only on a terminal, columns that fit, times and lengths of time in words.

use anstyle::{AnsiColor, Style};
use engine::calendar::Calendar;
use engine::time::Moment;
use unicode_width::UnicodeWidthStr;

pub const BOLD: Style = Style::new().bold();
pub const DIM: Style = Style::new().dimmed();
pub const RED: Style = AnsiColor::Red.on_default().bold();
pub const YELLOW: Style = AnsiColor::Yellow.on_default();
pub const GREEN: Style = AnsiColor::Green.on_default();
pub const CYAN: Style = AnsiColor::Cyan.on_default();

/// Text in a style; `anstream` takes the style out again where the output is not a terminal.
pub fn styled(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// Prints a line; a closed pipe ends the program quietly.
pub fn line(text: impl AsRef<str>) {
    use std::io::Write as _;
    if writeln!(anstream::stdout(), "{}", text.as_ref()).is_err() {
        std::process::exit(0);
    }
}

/// Prints a JSON value.
pub fn json(value: &serde_json::Value) {
    line(format!("{value:#}"));
}

/// The width of the terminal, between 60 and 140.
pub fn width() -> usize {
    let told = std::env::var("COLUMNS").ok().and_then(|c| c.parse().ok());
    told.unwrap_or(110_usize).clamp(60, 140)
}

/// Breaks a text into lines of at most `width` columns.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut current = String::new();
    for word in text.split_whitespace() {
        if !current.is_empty() && current.width() + 1 + word.width() > width {
            lines.push(std::mem::take(&mut current));
        }
        if !current.is_empty() {
            current.push(' ');
        }
        current.push_str(word);
    }
    lines.push(current);
    lines
}

/// Pads a text on the right to a number of columns.
pub fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// A row of columns: each text is wrapped to its width, and styled as a whole.
pub fn row(columns: &[(&str, usize, Style)]) {
    let wrapped: Vec<Vec<String>> = columns.iter().map(|(text, width, _)| wrap(text, *width)).collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    for level in 0..height {
        let mut text = String::from("  ");
        let last = wrapped.iter().rposition(|lines| lines.get(level).is_some_and(|part| !part.is_empty()));
        for (n, (lines, (_, width, style))) in wrapped.iter().zip(columns).enumerate().take(last.map_or(0, |n| n + 1)) {
            let part = lines.get(level).map_or("", String::as_str);
            if last == Some(n) {
                text.push_str(&styled(*style, part));
            } else {
                text.push_str(&styled(*style, &pad(part, *width)));
                text.push_str("  ");
            }
        }
        line(text);
    }
}

/// `2 d 3 h`, `45 min`: a length of time at a glance.
pub fn span(minutes: i64) -> String {
    let minutes = minutes.abs();
    match (minutes / 1440, minutes % 1440 / 60, minutes % 60) {
        (0, 0, m) => format!("{m} min"),
        (0, h, 0) => format!("{h} h"),
        (0, h, m) => format!("{h} h {m} min"),
        (d, 0, _) => format!("{d} d"),
        (d, h, _) => format!("{d} d {h} h"),
    }
}

/// `in 2 d 3 h`, `45 min late`, `now`.
pub fn left(now: Moment, due: Moment) -> String {
    match due.minute() - now.minute() {
        0 => "now".into(),
        minutes if minutes > 0 => format!("in {}", span(minutes)),
        minutes => format!("{} late", span(minutes)),
    }
}

/// `Mon 5 Jan 18:00`, without the year where it is that of `now`.
pub fn clock(calendar: &Calendar, now: Moment, at: Moment) -> String {
    let year = calendar.local(now).year().to_string();
    calendar.words(at).replace(&format!(" {year} "), " ")
}

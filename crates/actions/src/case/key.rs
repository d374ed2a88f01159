//! Keys of duties: the engine's ids in letters that need no escaping in a path.

use engine::evaluate::DutyView;

/// The key of a duty: `rulebook~rule~episode~n`, with `-` where it belongs to no episode.
pub(crate) fn key_of(duty: &DutyView) -> String {
    let episode = duty.episode.as_deref().map_or_else(|| "-".to_string(), safe);
    format!("{}~{}~{episode}~{}", safe(&duty.rulebook), safe(&duty.rule), duty.n)
}

/// A text with everything that a path would escape, and the separator, put as `_xx`.
pub(crate) fn safe(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut key, byte| {
        if byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.' {
            key.push(char::from(byte));
        } else {
            let _ = write!(key, "_{byte:02x}");
        }
        key
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_need_no_escaping_and_stay_apart() {
        assert_eq!(safe("strategy-meeting.first"), "strategy-meeting.first");
        assert_eq!(safe("#1"), "_231");
        assert_ne!(safe("a_b"), safe("a b"));
        assert_ne!(safe("_23"), safe("#"));
    }
}

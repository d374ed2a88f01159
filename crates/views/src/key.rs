//! Keys of duties, in letters that need no escaping in a path: `rulebook~rule~episode~n`.

use engine::evaluate::DutyView;
use serde::{Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// What stands in the place of the episode where a duty belongs to none.
const NONE: &str = "-";

/// The key of a duty: the same for as long as the duty is asked.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct DutyKey {
    /// The rulebook.
    pub rulebook: String,
    /// The rule.
    pub rule: String,
    /// The episode, where it belongs to one.
    pub episode: Option<String>,
    /// Which of a series; 0 of what comes once.
    pub n: u32,
}

/// That a text is no key of a duty.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NoKey;

impl DutyKey {
    /// The key of a duty.
    pub fn of(duty: &DutyView) -> DutyKey {
        DutyKey { rulebook: duty.rulebook.clone(), rule: duty.rule.clone(), episode: duty.episode.clone(), n: duty.n }
    }
}

impl fmt::Display for DutyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        escape(f, &self.rulebook)?;
        f.write_str("~")?;
        escape(f, &self.rule)?;
        f.write_str("~")?;
        match self.episode.as_deref() {
            None => f.write_str(NONE)?,
            // An episode may be called what stands for none.
            Some(NONE) => f.write_str("_2d")?,
            Some(episode) => escape(f, episode)?,
        }
        write!(f, "~{}", self.n)
    }
}

/// A text with everything that a path would escape, and the separator, put as `_xx`.
fn escape(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    use fmt::Write as _;
    text.bytes().try_for_each(|byte| {
        if byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.' {
            f.write_char(char::from(byte))
        } else {
            write!(f, "_{byte:02x}")
        }
    })
}

impl FromStr for DutyKey {
    type Err = NoKey;

    fn from_str(text: &str) -> Result<DutyKey, NoKey> {
        let parts: Vec<&str> = text.split('~').collect();
        let [rulebook, rule, episode, n] = parts[..] else { return Err(NoKey) };
        let episode = if episode == NONE { None } else { Some(unescape(episode)?) };
        Ok(DutyKey { rulebook: unescape(rulebook)?, rule: unescape(rule)?, episode, n: n.parse().map_err(|_| NoKey)? })
    }
}

fn unescape(text: &str) -> Result<String, NoKey> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        if *byte != b'_' {
            bytes.push(*byte);
            continue;
        }
        let digits = rest.get(..2).and_then(|d| std::str::from_utf8(d).ok()).ok_or(NoKey)?;
        bytes.push(u8::from_str_radix(digits, 16).map_err(|_| NoKey)?);
        rest = &rest[2..];
    }
    String::from_utf8(bytes).map_err(|_| NoKey)
}

impl Serialize for DutyKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(rulebook: &str, rule: &str, episode: Option<&str>) -> DutyKey {
        DutyKey { rulebook: rulebook.into(), rule: rule.into(), episode: episode.map(Into::into), n: 3 }
    }

    #[test]
    fn a_key_needs_no_escaping_in_a_path_and_reads_as_what_it_was() {
        assert_eq!(key("area", "strategy-meeting.first", None).to_string(), "area~strategy-meeting.first~-~3");
        assert_eq!(key("area", "a_b", Some("#1")).to_string(), "area~a_5fb~_231~3");
        for episode in [None, Some("-"), Some("#1"), Some("~"), Some("_23"), Some("a b/é%"), Some("")] {
            let key = key("x~y", "a_b", episode);
            let text = key.to_string();
            assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b)), "{text}");
            assert_eq!(text.parse(), Ok(key));
        }
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for wrong in ["", "a", "a~b~c", "a~b~c~d", "a~b~c~1~2", "a~b~_~1", "a~b~_é~1", "a~b~_ff~1", "a~b~c~-1"] {
            assert_eq!(wrong.parse::<DutyKey>(), Err(NoKey), "{wrong}");
        }
    }
}

//! What the pages draw, beside what stands in data. Which provisions a page draws is a list that a crawl of the running product holds
//! equal; what stands in data and on no page yet is another, with the reason, and may only become shorter.

use crate::coverage::{CoverageLine, Disposition};
use std::collections::{BTreeMap, BTreeSet};

/// Both lists.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Drawn {
    drawn: BTreeSet<String>,
    waiting: BTreeMap<String, String>,
}

impl Drawn {
    /// Reads `drawn.txt`, an id a line, and `undrawn.txt`, an id and the reason a line. What begins with `#` is a remark.
    pub fn read(drawn: &str, waiting: &str) -> Drawn {
        let lines = |text: &str| -> Vec<String> {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
            lines.map(String::from).collect()
        };
        let split = |line: String| match line.split_once(' ') {
            Some((id, why)) => (id.to_string(), why.trim().to_string()),
            None => (line, String::new()),
        };
        Drawn { drawn: lines(drawn).into_iter().collect(), waiting: lines(waiting).into_iter().map(split).collect() }
    }

    /// Is it drawn on a page?
    pub fn has(&self, provision: &str) -> bool {
        self.drawn.contains(provision)
    }

    /// Why it is on no page yet.
    pub fn waits(&self, provision: &str) -> Option<&str> {
        self.waiting.get(provision).map(String::as_str)
    }

    /// Every provision that is drawn, in order.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.drawn.iter().map(String::as_str)
    }

    /// Every provision that waits, in order, with the reason.
    pub fn waiting(&self) -> impl Iterator<Item = (&str, &str)> {
        self.waiting.iter().map(|(id, why)| (id.as_str(), why.as_str()))
    }

    /// Is anything of these provisions drawn? Of a rulebook that is being written nothing is, and nothing is asked of it.
    pub fn knows(&self, lines: &[CoverageLine<'_>]) -> bool {
        lines.iter().any(|line| self.has(&line.provision.id))
    }

    /// It stands in data that is there to be seen, and nobody sees it; and it is not said why.
    pub fn is_lost(&self, line: &CoverageLine<'_>) -> bool {
        let id = &line.provision.id;
        is_for_eyes(line) && !self.has(id) && self.waits(id).is_none()
    }
}

/// Is it carried out by being seen: permitted, recorded, reported or shown?
pub fn is_for_eyes(line: &CoverageLine<'_>) -> bool {
    matches!(
        line.main(),
        Some(Disposition::Permission | Disposition::Recorded | Disposition::Reported | Disposition::Shown)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_lists_are_read_with_their_remarks_left_out() {
        let drawn = Drawn::read("# a remark\nA-1\n\n  B-2 \n", "# why\nC-3 waits for the numbers\nD-4\n");
        assert!(drawn.has("A-1") && drawn.has("B-2") && !drawn.has("C-3"));
        assert_eq!(drawn.waits("C-3"), Some("waits for the numbers"));
        assert_eq!(drawn.waits("D-4"), Some(""));
        assert_eq!(drawn.waits("A-1"), None);
    }
}

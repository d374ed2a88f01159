//! The hashes of the log of looks. A line's hash is the sha256 of these, each ended by a newline: `whereabouts look 1`, the place, the
//! hash of the line before, the time, and as JSON the person, post, agency, child, what, class, purpose and session.

use crate::chain::sha256;
use crate::model::{Look, NewLook};

/// The lines that continue the log.
pub(crate) fn lines(seq: i64, head: &str, at_us: i64, new: &[NewLook]) -> Vec<Look> {
    let mut previous = head.to_owned();
    let mut made = Vec::with_capacity(new.len());
    for (new, seq) in new.iter().zip(seq + 1..) {
        let mut line = Look {
            seq,
            at_us,
            person_id: new.person_id.clone(),
            post: new.post.clone(),
            agency_id: new.agency_id.clone(),
            child_id: new.child_id.clone(),
            what: new.what.clone(),
            class: new.class.clone(),
            purpose: new.purpose.clone(),
            session: new.session.clone(),
            hash: String::new(),
        };
        line.hash = hash(&previous, &line);
        previous.clone_from(&line.hash);
        made.push(line);
    }
    made
}

/// The hash of a line after the one before it.
pub(crate) fn hash(previous: &str, line: &Look) -> String {
    let said = (&line.person_id, &line.post, &line.agency_id, &line.child_id);
    let more = (&line.what, &line.class, &line.purpose, &line.session);
    let json = serde_json::to_string(&(said, more)).unwrap_or_default();
    sha256(format!("whereabouts look 1\n{}\n{previous}\n{}\n{json}\n", line.seq, line.at_us))
}

/// Works the log out again, line by line.
#[derive(Default)]
pub(crate) struct LookWalk {
    previous: String,
    last: i64,
    // What was noted before there was a chain has no hash, and comes before everything that has.
    chained: bool,
    faults: Vec<String>,
}

impl LookWalk {
    /// The next line.
    pub(crate) fn line(&mut self, line: &Look) {
        if line.hash.is_empty() && !self.chained {
            self.last = line.seq;
            return;
        }
        self.chained = true;
        if line.seq != self.last + 1 && self.last != 0 {
            self.faults.push(format!("after look {} comes {}", self.last, line.seq));
        }
        if hash(&self.previous, line) != line.hash {
            self.faults.push(format!("look {} is not what was written", line.seq));
        }
        self.previous.clone_from(&line.hash);
        self.last = line.seq;
    }

    /// There are no more; `seq` and `head` are what the log says of its own end. What does not fit, in words.
    pub(crate) fn end(mut self, seq: i64, head: &str) -> Vec<String> {
        if self.last != seq || self.previous != head {
            self.faults.push(format!("the log ends at look {}, and should end at {seq}", self.last));
        }
        self.faults
    }
}

/// What does not fit in these lines, in words.
pub(crate) fn faults(lines: &[Look], seq: i64, head: &str) -> Vec<String> {
    let mut walk = LookWalk::default();
    lines.iter().for_each(|line| walk.line(line));
    walk.end(seq, head)
}

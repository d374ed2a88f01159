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

fn hash(previous: &str, line: &Look) -> String {
    let said = (&line.person_id, &line.post, &line.agency_id, &line.child_id);
    let more = (&line.what, &line.class, &line.purpose, &line.session);
    let json = serde_json::to_string(&(said, more)).unwrap_or_default();
    sha256(format!("whereabouts look 1\n{}\n{previous}\n{}\n{json}\n", line.seq, line.at_us))
}

/// What does not fit, in words; `lines` in order. `seq` and `head` are what the log says of its own end.
pub(crate) fn faults(lines: &[Look], seq: i64, head: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut previous = String::new();
    let mut last = 0;
    // What was noted before there was a chain has no hash, and comes before everything that has.
    let mut chained = false;
    for line in lines {
        if line.hash.is_empty() && !chained {
            last = line.seq;
            continue;
        }
        chained = true;
        if line.seq != last + 1 && last != 0 {
            faults.push(format!("after look {last} comes {}", line.seq));
        }
        if hash(&previous, line) != line.hash {
            faults.push(format!("look {} is not what was written", line.seq));
        }
        previous.clone_from(&line.hash);
        last = line.seq;
    }
    if last != seq || previous != head {
        faults.push(format!("the log ends at look {last}, and should end at {seq}"));
    }
    faults
}

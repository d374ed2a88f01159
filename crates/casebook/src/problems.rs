//! Collects what is wrong. All of it is said at once, up to a number that somebody can still read; the rest is counted.

use engine::diagnostic::{Diagnostic, Level, Place};

/// So many errors, and so many warnings, are listed one by one.
const LISTED: usize = 1000;

/// What was found so far.
#[derive(Default)]
pub(crate) struct Problems {
    errors: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
    more_errors: usize,
    more_warnings: usize,
}

impl Problems {
    pub fn add(&mut self, found: Diagnostic) {
        let (list, more) = match found.level {
            Level::Error => (&mut self.errors, &mut self.more_errors),
            Level::Warning => (&mut self.warnings, &mut self.more_warnings),
        };
        if list.len() < LISTED {
            list.push(found);
        } else {
            *more += 1;
        }
    }

    /// Counts a finding of a level if no more of them are listed, so that nobody need put it into words.
    pub fn only_count(&mut self, level: Level) -> bool {
        let (list, more) = match level {
            Level::Error => (&self.errors, &mut self.more_errors),
            Level::Warning => (&self.warnings, &mut self.more_warnings),
        };
        let full = list.len() >= LISTED;
        *more += usize::from(full);
        full
    }

    /// Are no more errors listed?
    pub fn is_full(&self) -> bool {
        self.errors.len() >= LISTED
    }

    /// How many errors there are, listed or not.
    pub fn errors(&self) -> usize {
        self.errors.len() + self.more_errors
    }

    /// All of them by place, and last how many were not listed.
    pub fn finish(self, file: &str) -> Vec<Diagnostic> {
        let mut all = self.errors;
        all.extend(self.warnings);
        all.sort_by(|a, b| (&a.place, a.code).cmp(&(&b.place, b.code)));
        let whole = || Place { file: file.into(), line: 0, column: 0 };
        let help = "put these right first, then check again";
        if self.more_errors > 0 {
            all.push(Diagnostic::error(
                "C00",
                whole(),
                format!("{} more errors are not listed", self.more_errors),
                help,
            ));
        }
        if self.more_warnings > 0 {
            all.push(Diagnostic::warning(
                "C00",
                whole(),
                format!("{} more warnings are not listed", self.more_warnings),
                help,
            ));
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_listed_is_counted() {
        let mut problems = Problems::default();
        for line in 1..=1002 {
            let place = Place { file: "a".into(), line, column: 1 };
            problems.add(Diagnostic::error("C01", place, "unknown word", ""));
        }
        let all = problems.finish("a");
        assert_eq!(all.len(), 1001);
        assert_eq!(all[1000].message, "2 more errors are not listed");
    }
}

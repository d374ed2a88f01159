//! Telephone numbers as people write them: kept as they were written, if somebody could dial them.

use casebook::command::FieldProblem;

/// A number has at least so many digits, and at most so many.
const DIGITS: std::ops::RangeInclusive<usize> = 3..=20;

/// What is wrong with a number; nothing where there is none.
pub(crate) fn problem(field: &str, number: &str) -> Option<FieldProblem> {
    let signs = |c: char| c.is_ascii_digit() || c.is_whitespace() || "+()-./".contains(c);
    let (number, extension) = number.split_once("ext").unwrap_or((number, ""));
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let sound = number.is_empty() || DIGITS.contains(&digits) && number.chars().all(signs);
    let beside = extension.chars().all(|c| c == '.' || signs(c));
    let message =
        "Write the number as it is dialled, such as 01632 960112; what else there is to say of it goes elsewhere";
    (!sound || !beside || extension.len() > 12).then(|| FieldProblem::new(field, message))
}

#[cfg(test)]
mod tests {
    use super::problem;

    #[test]
    fn a_number_is_one_that_can_be_dialled() {
        for good in ["", "01632 960112", "+44 (0)1632 960112", "101", "01632 960112 ext. 12"] {
            assert_eq!(problem("phone", good), None, "{good}");
        }
        for bad in ["ask at the door", "07", "01632 960112 or the other one", "0123456789012345678901"] {
            assert!(problem("phone", bad).is_some(), "{bad}");
        }
    }
}

//! What stands for a child in lists where there is no photograph.

/// `Riley Marsh` to `RM`.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|w| w.chars().find(|c| c.is_alphabetic()));
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_the_first_and_the_last() {
        assert_eq!(initials("Riley Marsh"), "RM");
        assert_eq!(initials("Anna-Maria de la Cruz"), "AC");
        assert_eq!(initials("élodie"), "É");
        assert_eq!(initials("<b> &"), "B");
    }
}

//! A picture for a child of whom there is no photograph: initials on a quiet ground.

/// `Riley Marsh` to `RM`.
pub(crate) fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|w| w.chars().find(|c| c.is_alphabetic()));
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

/// The picture, as SVG. Colours are attributes and not styles, so that a strict policy on content lets it be.
pub(crate) fn photo(name: &str) -> String {
    // Dark enough for white letters (at least 4.5 to 1).
    const GROUNDS: [&str; 8] = ["#1d5a8e", "#54319f", "#00625a", "#8a3a1e", "#4c2c92", "#006435", "#8e2f62", "#3a4f66"];
    let sum: usize = name.bytes().map(usize::from).sum();
    let (ground, letters) = (GROUNDS[sum % GROUNDS.len()], escaped(&initials(name)));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 64\" width=\"64\" height=\"64\" aria-hidden=\"true\" focusable=\"false\">\
         <rect width=\"64\" height=\"64\" fill=\"{ground}\"/>\
         <text x=\"32\" y=\"41\" text-anchor=\"middle\" font-family=\"sans-serif\" font-size=\"26\" font-weight=\"700\" fill=\"#ffffff\">{letters}</text>\
         </svg>"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
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
        assert!(photo("Riley Marsh").contains(">RM<"));
    }
}

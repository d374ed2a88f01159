//! How names are folded, so that `zoe o'n` finds Zoë O'Neill.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A name in lower case and without accents, for sorting.
pub(crate) fn fold(name: &str) -> String {
    name.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// The words of a folded text.
pub(crate) fn words(folded: &str) -> Vec<String> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// The words under which a folded name is found: those of it, and `oneill` for `o'neill`.
pub(crate) fn tokens(folded: &str) -> Vec<String> {
    let mut found = words(folded);
    found.extend(folded.split_whitespace().map(|w| w.chars().filter(|c| c.is_alphanumeric()).collect::<String>()));
    found.retain(|w| !w.is_empty());
    found.sort();
    found.dedup();
    found
}

/// The end of the range of the words that begin with this one.
pub(crate) fn beyond(word: &str) -> String {
    format!("{word}{}", char::MAX)
}

#[cfg(test)]
mod tests {
    use super::{fold, tokens};

    #[test]
    fn accents_capitals_and_apostrophes_fold_away() {
        assert_eq!(fold("Zoë O'Neill"), "zoe o'neill");
        assert_eq!(tokens("zoe o'neill-price"), ["neill", "o", "oneillprice", "price", "zoe"]);
        assert_eq!(tokens(&fold("Łukasz 王")), ["łukasz", "王"]);
    }
}

//! The protocol's words that are used in a text, each with what it means there.

use super::Hand;
use crate::ProtocolItem;
use engine::rulebook::Content;

/// So many words are explained beside one act.
const MOST: usize = 8;

impl Hand<'_> {
    /// What the words mean that stand in these texts.
    pub fn words(&self, texts: &[&str]) -> Vec<ProtocolItem> {
        let text = plain(&texts.join(" "));
        let mut found: Vec<ProtocolItem> = Vec::new();
        for book in self.names.books() {
            let definitions = book.blocks.iter().filter(|b| matches!(b.content, Content::Definition));
            let used = definitions.filter(|block| uses(&text, &block.title));
            for item in used.map(|block| self.item(book, block)) {
                if !found.iter().any(|known| known.title == item.title && known.says == item.says) {
                    found.push(item);
                }
            }
        }
        // Longer terms say more than the words they are made of.
        found.sort_by_key(|item| std::cmp::Reverse(item.title.len()));
        found.truncate(MOST);
        found
    }
}

/// Words in small letters, one space between, and one at each end.
fn plain(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    format!(" {} ", words.map(str::to_lowercase).collect::<Vec<_>>().join(" "))
}

/// Does a text use a term, alone or in the plural? What stands in brackets behind a term is no part of it.
fn uses(text: &str, term: &str) -> bool {
    let term = plain(term.split(" (").next().unwrap_or(term));
    let term = term.trim();
    !term.is_empty() && (text.contains(&format!(" {term} ")) || text.contains(&format!(" {term}s ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_used_where_it_stands_as_a_word() {
        let text = plain("Hold the Strategy Meetings; the child is missing.");
        assert!(uses(&text, "Strategy meeting") && uses(&text, "Missing (as the police say)"));
        assert!(!uses(&text, "Miss") && !uses(&text, "Meeting room") && !uses(&text, ""));
    }
}

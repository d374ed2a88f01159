//! How hard a password is to guess: what makes one easy is said in words that help to choose another.

use zxcvbn::{Score, zxcvbn};

/// A shorter one is too short, whatever it is.
const SHORTEST: usize = 10;

/// Why a password is too easy to guess; nothing if it is not. `about` is what others know of the person: names, username, agency.
pub fn weakness(password: &str, about: &[&str]) -> Option<String> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Some(format!("Enter at least {SHORTEST} characters: three or four random words are easy to remember"));
    }
    if password.len() > super::LONGEST {
        return Some(format!("Enter at most {} characters", super::LONGEST));
    }
    let about: Vec<String> = about.iter().flat_map(|text| words_of(&text.to_lowercase())).collect();
    let about: Vec<&str> = about.iter().map(String::as_str).collect();
    // What comes after the first hundred characters makes nothing easier, and takes long to look at.
    let start: String = password.chars().take(100).collect();
    let judged = zxcvbn(&start, &about);
    if judged.score() >= Score::Three {
        return None;
    }
    let why = judged.feedback().and_then(zxcvbn::feedback::Feedback::warning).map(|w| w.to_string());
    let why = why.map(|w| format!(" ({})", w.trim_end_matches('.').to_lowercase())).unwrap_or_default();
    Some(format!(
        "This password is too easy to guess{why}. Choose another: three or four random words are hard to guess"
    ))
}

/// A text, each of its words, and all of them run together: `dana holt`, `dana`, `holt`, `danaholt`.
fn words_of(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split([' ', '.', '@', '-', '_']).filter(|w| !w.is_empty()).collect();
    let mut found: Vec<String> = words.iter().map(|w| (*w).to_string()).collect();
    found.extend([text.to_string(), words.concat()]);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_easy_to_guess_is_refused_and_says_why() {
        for easy in
            ["", "short", "password123", "qwertyuiop", "danaholt2011", "Larkfield1!", "aaaaaaaaaaaaaa", "whereabouts"]
        {
            assert!(weakness(easy, &["Dana Holt", "dana.holt", "Larkfield House", "whereabouts"]).is_some(), "{easy}");
        }
        for hard in ["four random words here", "gravel-otter-teapot-09", "Tr4ms & kites, always"] {
            assert_eq!(weakness(hard, &["Dana Holt"]), None, "{hard}");
        }
    }
}

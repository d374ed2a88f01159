//! Labels for people, made from the vocabulary: its ids and the sentences that explain them.

use engine::value::Type;
use engine::vocabulary::{Fact, Field, Scope};

/// A longer label is no label any more.
const LONGEST: usize = 60;

/// `own_accord` to `Own accord`.
pub fn choice(word: &str) -> String {
    capital(&plain(word))
}

/// `own_accord` to `own accord`.
pub fn plain(word: &str) -> String {
    let text = word.replace(['_', '-'], " ").replace("childrens ", "children's ");
    let letters = |w: &str| if ["gp", "nhs", "uk"].contains(&w) { w.to_uppercase() } else { w.to_string() };
    text.split(' ').map(letters).collect::<Vec<_>>().join(" ")
}

/// `west-yorkshire` to `West Yorkshire`.
pub fn place(word: &str) -> String {
    plain(word).split(' ').map(capital).collect::<Vec<_>>().join(" ")
}

/// The label of a field: what its explanation says first, or else its id.
pub fn field(field: &Field) -> String {
    let words: &[String] = if let Type::Choice(values) = &field.kind { values } else { &[] };
    from_doc(&field.doc, words).unwrap_or_else(|| choice(&field.id))
}

/// The label of a fact: what its explanation says first, or else its id.
pub fn fact(fact: &Fact) -> String {
    let words: &[String] = if let Type::Choice(values) = &fact.kind { values } else { &[] };
    let own = fact.id.split_once('.').map_or(fact.id.as_str(), |(_, own)| own);
    // "Somebody has recorded that ..." says who, where a label should say what.
    let says = if fact.doc.starts_with("Somebody") { None } else { from_doc(&fact.doc, words) };
    says.unwrap_or_else(|| match (fact.scope, &fact.kind) {
        (Scope::Episode, Type::Moment) if !own.contains('_') => format!("{} of the episode", choice(own)),
        _ => choice(own),
    })
}

/// The part of a field's explanation that its label does not say already.
pub fn hint(field: &Field) -> String {
    let label = self::field(field);
    let explained = if let Type::Choice(values) = &field.kind {
        values.iter().any(|v| !of_choice(&field.doc, values, v).is_empty())
    } else {
        false
    };
    // Of acts, forms and roles the explanation speaks of ids; whoever chooses sees names.
    if explained || matches!(field.kind, Type::Action | Type::Form | Type::Role | Type::Roles) {
        return String::new();
    }
    let rest = field.doc.strip_prefix(label.as_str()).unwrap_or(&field.doc);
    capital(rest.trim_start_matches([',', '.', ':', ';', ' ']))
}

/// What an explanation such as `missing: whereabouts not known. away: ...` says of one of its words.
pub fn of_choice(doc: &str, words: &[String], word: &str) -> String {
    let Some(start) = doc.find(&format!("{word}: ")) else { return String::new() };
    let says = &doc[start + word.len() + 2..];
    let end = words.iter().filter_map(|w| says.find(&format!(" {w}: "))).min().unwrap_or(says.len());
    capital(says[..end].trim())
}

/// The first clause of an explanation, if it makes a label.
fn from_doc(doc: &str, words: &[String]) -> Option<String> {
    let plain = without_asides(doc);
    let questions = plain.split(['.', ';', ':']).filter_map(|clause| Some(&clause[..=clause.find('?')?]));
    if let Some(question) = questions.map(str::trim).next() {
        return Some(capital(question)).filter(|q| q.chars().count() <= LONGEST);
    }
    let sentence = plain.split(['.', ';', ':']).next()?.trim();
    if words.iter().any(|w| w == sentence) {
        return None;
    }
    let clause = if sentence.chars().count() > LONGEST || sentence.matches(',').count() > 1 {
        sentence.split(',').next()?.trim()
    } else {
        sentence
    };
    let cut = clause.len() < sentence.len();
    let long = clause.split(' ').count() > 4;
    let good = clause.chars().count() <= LONGEST && (long || !cut && !clause.contains(','));
    (good && !clause.is_empty() && clause.matches(',').count() < 2).then(|| clause.to_string())
}

/// A text without what stands in brackets.
fn without_asides(text: &str) -> String {
    let mut depth = 0;
    let kept = text.chars().filter(|c| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => return depth == 0,
        }
        false
    });
    kept.collect::<String>().replace("  ", " ")
}

/// The first letter large.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_what_an_explanation_says_first() {
        let label = |doc: &str| from_doc(doc, &["missing".into()]);
        assert_eq!(label("Back to where."), Some("Back to where".into()));
        assert_eq!(label("Legal status: accommodated, under an order, or none."), Some("Legal status".into()));
        assert_eq!(label("missing: whereabouts not known."), None);
        assert_eq!(label("By telephone, in person, e-mail, on the system."), None);
        assert_eq!(label("In person, by letter."), None);
        assert_eq!(label("The child has engaged, or is believed to have engaged, in crime while away."), None);
        assert_eq!(label("When was it taken? If in doubt, leave it."), Some("When was it taken?".into()));
        assert_eq!(label("The latest assessment: is the risk significant?"), Some("Is the risk significant?".into()));
        assert_eq!(
            label("When the present (or last) spell began; see below."),
            Some("When the present spell began".into())
        );
        assert_eq!(
            label("When the child was due back, or should have been where expected, if earlier than noticed."),
            Some("When the child was due back".into())
        );
    }

    #[test]
    fn each_word_of_a_choice_keeps_its_explanation() {
        let words: Vec<String> = ["missing", "absent", "away"].map(String::from).into();
        let doc = "missing: whereabouts not known. absent: local status. away: known, or thought to be known.";
        assert_eq!(of_choice(doc, &words, "absent"), "Local status.");
        assert_eq!(of_choice(doc, &words, "away"), "Known, or thought to be known.");
        assert_eq!(of_choice("The new status.", &words, "away"), "");
    }
}

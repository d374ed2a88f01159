//! Postcodes: whether there may be one, and in whose area it lies, by `rulebooks/vocabulary/postcodes.txt`.
//!
//! The table is of districts and sectors with the postcodes that are exceptions, so that what is newer than it is read as most of its sector. What the
//! table does not know is never guessed.

use std::sync::LazyLock;

const FILE: &str = include_str!("../../../rulebooks/vocabulary/postcodes.txt");
/// The district that the Office for National Statistics keeps for what has no address: no fixed abode, abroad, not known.
const PSEUDO: &str = "ZZ99";

// Sorted by its key, as its script writes it; a test holds it.
static TABLE: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    FILE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(' ')).collect()
});

/// What is known of a postcode.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lies {
    /// In the area of this authority, by its word in `authorities.toml`.
    In(&'static str),
    /// There are such postcodes, and the table does not say in whose area: Northern Ireland, the Crown dependencies, large users.
    Unsaid,
    /// No place at all: one of those for no fixed abode, abroad, or not known.
    Nowhere,
    /// There is no such district or sector.
    Unknown,
}

/// A postcode as it is written, in capitals with its space, if it has the form of one.
pub fn written(text: &str) -> Option<String> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase();
    let (outward, inward) = bare.split_at_checked(bare.len().checked_sub(3)?)?;
    let inn = inward.as_bytes();
    // The Post Office never gave these letters; the Office for National Statistics does.
    let never = |b: &u8| outward != PSEUDO && b"CIKMOV".contains(b);
    let fits = inn[0].is_ascii_digit() && inn[1..].iter().all(|b| b.is_ascii_uppercase() && !never(b));
    (outward_like(outward) && fits).then(|| format!("{outward} {inward}"))
}

/// One or two letters, a figure, and perhaps one more of either.
fn outward_like(text: &str) -> bool {
    let bytes = text.as_bytes();
    let letters = bytes.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    (1..=2).contains(&letters)
        && (2..=4).contains(&bytes.len())
        && bytes.get(letters).is_some_and(u8::is_ascii_digit)
        && bytes.get(letters + 1).is_none_or(u8::is_ascii_alphanumeric)
}

fn inward_like(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 3 && bytes[0].is_ascii_digit() && bytes[1..].iter().all(u8::is_ascii_alphabetic)
}

fn line(key: &str) -> Option<&'static str> {
    TABLE.binary_search_by(|(known, _)| (*known).cmp(key)).ok().map(|at| TABLE[at].1)
}

/// Where a postcode lies, as [`written`] gives it.
pub fn lies(code: &str) -> Lies {
    let Some((district, inward)) = code.split_once(' ') else { return Lies::Unknown };
    if district == PSEUDO {
        return Lies::Nowhere;
    }
    let sector = || inward.get(..1).and_then(|figure| line(&format!("{district}-{figure}")));
    let Some(says) = line(district).or_else(sector) else { return Lies::Unknown };
    let mut words = says.split(' ');
    let most = words.next().unwrap_or_default();
    let end = inward.get(1..).unwrap_or_default().as_bytes();
    let exception = words.filter_map(|word| word.split_once(':')).find(|(_, ends)| {
        let (pairs, _) = ends.as_bytes().as_chunks::<2>();
        pairs.iter().any(|pair| pair == end)
    });
    match exception.map_or(most, |(other, _)| other) {
        "?" => Lies::Unsaid,
        word => Lies::In(word),
    }
}

/// The postcode in an address, the last where there are several; `Err` with what is wrong where something looks like one and cannot be.
pub fn of_address(address: &str) -> Option<Result<String, String>> {
    let apart = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '.' | '(' | ')');
    let words: Vec<&str> = address.split(apart).filter(|word| !word.is_empty()).collect();
    let pair = |at: usize| {
        let (one, other) = (words[at], *words.get(at + 1)?);
        (outward_like(one) && inward_like(other)).then(|| (format!("{one} {other}"), is_ordinal(other)))
    };
    let whole = |at: usize| {
        let word = words[at];
        let (one, other) = word.split_at_checked(word.len().checked_sub(3)?)?;
        (outward_like(one) && inward_like(other)).then(|| (word.to_string(), false))
    };
    let (text, perhaps_a_floor) = (0..words.len()).rev().find_map(|at| pair(at).or_else(|| whole(at)))?;
    let none = || {
        format!(
            "there is no postcode “{text}”; check it, or write the address without one. Of somebody with no address it is ZZ99 3VZ"
        )
    };
    match written(&text) {
        Some(code) if lies(&code) != Lies::Unknown => Some(Ok(code)),
        _ if perhaps_a_floor => None,
        _ => Some(Err(none())),
    }
}

/// `2nd`, as in `Flat B1 2nd floor`.
fn is_ordinal(word: &str) -> bool {
    ["st", "nd", "rd", "th"].iter().any(|end| word.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Option<String> {
        of_address(text).map(|found| found.unwrap_or_else(|wrong| format!("! {wrong}")))
    }

    #[test]
    fn a_postcode_has_a_form() {
        assert_eq!(written("nn157qa").as_deref(), Some("NN15 7QA"));
        assert_eq!(written("SW1A 1AA").as_deref(), Some("SW1A 1AA"));
        for wrong in ["NN15", "ZZZ9 9ZZ", "N15 7Q", "NN15 CIK", "12345", "é"] {
            assert_eq!(written(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_postcode_lies_in_one_area() {
        for (code, lies_in) in [
            ("ME14 1XX", Lies::In("kent")),
            ("S1 2HH", Lies::In("sheffield")),
            // A sector that two share, by its exceptions.
            ("CB8 0FD", Lies::In("cambridgeshire")),
            ("CB8 0AA", Lies::In("suffolk")),
            ("N1 5AA", Lies::In("hackney")),
            ("N15 5AA", Lies::In("haringey")),
            ("BT1 1AA", Lies::Unsaid),
            ("JE2 3AB", Lies::Unsaid),
            ("ZZ99 3VZ", Lies::Nowhere),
            ("ZZ99 9ZZ", Lies::Nowhere),
            ("QQ1 1AA", Lies::Unknown),
            ("NN98 1AA", Lies::Unknown),
        ] {
            assert_eq!(lies(code), lies_in, "{code}");
        }
    }

    #[test]
    fn the_postcode_of_an_address_is_found_wherever_it_stands() {
        assert_eq!(address("4 Weir Lane, Kettering NN15 7QA").as_deref(), Some("NN15 7QA"));
        assert_eq!(address("4 Weir Lane\nKettering\nnn157qa").as_deref(), Some("NN15 7QA"));
        assert_eq!(address("NN15 7QA, Kettering").as_deref(), Some("NN15 7QA"));
        assert_eq!(address("no fixed abode, ZZ99 3VZ").as_deref(), Some("ZZ99 3VZ"));
        for none in ["4 Weir Lane, Kettering", "Flat B1, 2nd floor, Weir House", "", "A14 lay-by", "Room Q12 3rd floor"]
        {
            assert!(address(none).is_none_or(|found| !found.starts_with('!')), "{none}: {:?}", address(none));
        }
        for wrong in ["4 Weir Lane NN15 7QI", "1 The Road, QQ1 1AA", "NN98 1AA"] {
            assert!(address(wrong).is_some_and(|found| found.starts_with('!')), "{wrong}");
        }
    }

    #[test]
    fn the_table_is_sorted_and_whole() {
        assert!(TABLE.is_sorted_by(|one, other| one.0 < other.0));
        assert!(TABLE.len() > 8_000);
        // Every outward code stands by its district or by its sectors, never by both.
        assert!(TABLE.iter().filter_map(|(key, _)| key.split_once('-')).all(|(district, _)| line(district).is_none()));
    }
}

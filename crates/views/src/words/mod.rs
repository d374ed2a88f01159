//! How things are said: times, states, names in the area's own words, values. Nothing here reads a record.

pub mod changes;
mod initials;
mod names;
mod state;
mod tag;
mod time;
mod value;

pub use initials::initials;
pub use names::{Names, short_title};
pub use state::{meeting_state, modality, modality_note, state, state_of};
pub use tag::{risk, status};
pub use time::{AT_ONCE_GRACE_MINUTES, Clockface, span};
pub use value::{of_entry, value};

/// `1 child`, `2 children`.
pub fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}

/// Where somebody lives, in one line: the name of the place and its address, which often begins with the name.
pub fn at(name: Option<&str>, address: Option<&str>) -> String {
    match (name, address) {
        (Some(name), Some(address)) if !address.starts_with(name) => format!("{name}, {address}"),
        (_, Some(address)) => address.into(),
        (name, None) => name.unwrap_or_default().into(),
    }
}

/// An address that stands under the name of the place, without that name.
pub fn without_name(address: &str, name: Option<&str>) -> String {
    let rest = name.and_then(|name| address.strip_prefix(name)).map(|rest| rest.trim_start_matches([',', ' ', '\n']));
    rest.unwrap_or(address).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_house_is_said_once() {
        let (name, address) = (Some("Larkfield House"), "Larkfield House, 3 Lark Road, NN16 1AA");
        assert_eq!(at(name, Some(address)), address);
        assert_eq!(at(name, Some("3 Lark Road")), "Larkfield House, 3 Lark Road");
        assert_eq!((at(name, None).as_str(), at(None, None).as_str()), ("Larkfield House", ""));
        assert_eq!(without_name(address, name), "3 Lark Road, NN16 1AA");
        assert_eq!(without_name("3 Lark Road", name), "3 Lark Road");
        assert_eq!(without_name("Larkfield House", name), "");
    }
}

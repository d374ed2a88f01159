//! By what a place of one child is found again in the record of another: its address, or its name. What lists keep of it is for the looking up alone;
//! what is shown comes from each record, as its viewer may see it.

use casebook::likeness::{address_key, words};
use serde_json::Value;
use std::collections::BTreeMap;

/// Under these kinds lists keep where children go.
pub(crate) const PLACE_AT: &str = "place-at";
/// The same by the name.
pub(crate) const PLACE_CALLED: &str = "place-called";
/// A name of fewer words is no name: everybody has a park.
const TELLING: usize = 2;

/// The keys of a place, of its name and its address.
pub(crate) fn place_keys(name: &str, address: &str) -> Vec<(String, String)> {
    let at = address_key(address).map(|at| (PLACE_AT.to_string(), at));
    let words = words(name);
    let called = (words.len() >= TELLING).then(|| (PLACE_CALLED.to_string(), words.join(" ")));
    at.into_iter().chain(called).collect()
}

/// The keys of all places that stand, of the rows that say so, in order.
pub(super) fn keys_of_rows<'a>(payloads: impl Iterator<Item = &'a str>) -> Vec<(String, String)> {
    let mut last: BTreeMap<String, Value> = BTreeMap::new();
    for says in payloads.filter_map(|payload| serde_json::from_str::<Value>(payload).ok()) {
        if let Some(id) = says.get("id").and_then(Value::as_str).map(String::from) {
            last.insert(id, says);
        }
    }
    let text = |says: &Value, key: &str| says.get(key).and_then(Value::as_str).unwrap_or_default().to_string();
    let stands = last.values().filter(|says| says.get("void") != Some(&Value::Bool(true)));
    let mut keys: Vec<(String, String)> =
        stands.flat_map(|says| place_keys(&text(says, "name"), &text(says, "address"))).collect();
    keys.sort();
    keys.dedup();
    keys
}

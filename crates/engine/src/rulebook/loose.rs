//! A value that may be written as a word, a table or a list. Serde's untagged enums would lose the places of what is inside.

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// A word, a table of shape `M`, or a list of `S`.
pub(super) enum Loose<M, S> {
    Word(String),
    Table(M),
    List(Vec<S>),
}

impl<'de, M: Deserialize<'de>, S: Deserialize<'de>> Deserialize<'de> for Loose<M, S> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any(PhantomData))
    }
}

struct Any<M, S>(PhantomData<(M, S)>);

impl<'de, M: Deserialize<'de>, S: Deserialize<'de>> Visitor<'de> for Any<M, S> {
    type Value = Loose<M, S>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a word, a table or a list")
    }
    fn visit_str<E>(self, word: &str) -> Result<Self::Value, E> {
        Ok(Loose::Word(word.into()))
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        M::deserialize(MapAccessDeserializer::new(map)).map(Loose::Table)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(list)).map(Loose::List)
    }
}

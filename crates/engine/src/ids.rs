//! Indexes, each of its own type, so that none is taken for another. Conditions and the vocabulary both name things by them, and neither
//! needs the other for it.

/// An index: a type of its own, and where it leads.
macro_rules! index {
    ($($(#[$doc:meta])* $name:ident($inner:ty)),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        pub struct $name(pub $inner);
        impl $name {
            /// The index of a place in its list. A list is never so long that its places do not fit: a case file of four
            /// thousand million entries does not load, nor a rulebook of as many rules.
            pub fn at(place: usize) -> $name {
                $name(place as $inner)
            }
            /// The place in its list.
            pub fn place(self) -> usize {
                self.0 as usize
            }
        }
    )+};
}

index! {
    /// Index of a fact in the vocabulary.
    FactId(u16),
    /// Index of an event in the vocabulary.
    EventId(u16),
    /// Index of an action in the vocabulary.
    ActionId(u16),
    /// Index of a field name; names are shared between events.
    FieldId(u16),
    /// Index of a term in its rulebook.
    TermId(u16),
    /// Index of a local setting in its rulebook.
    SettingNo(u16),
    /// Index of a rulebook in the evaluator.
    BookNo(u16),
    /// Index of a rule in its rulebook.
    RuleNo(u32),
    /// Index of an episode in its case, by start.
    EpisodeNo(u32),
    /// Index of an entry in its case, by when it happened.
    EntryNo(u32),
    /// Index of a line of a case file's chronology, in its order there: corrections and what they correct are lines of their own.
    LineNo(u32),
}

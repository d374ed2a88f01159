//! The rulebooks, ready to be asked.

use engine::evaluate::Evaluator;
use engine::rulebook::{Library, Rulebook};
use engine::vocabulary::Vocabulary;
use std::sync::Arc;

/// The rulebooks, ready to be asked. Loaded once for the life of the program.
pub struct Rules {
    /// Vocabulary and rulebooks.
    pub library: &'static Library,
    /// Every edition of every rulebook, prepared.
    pub evaluator: Evaluator<'static>,
}

impl Rules {
    /// Prepares a library. It is kept until the program ends: rulebooks are read once, and everything borrows from them.
    pub fn new(library: Library) -> Arc<Rules> {
        let library: &'static Library = Box::leak(Box::new(library));
        let evaluator = Evaluator::new(&library.vocabulary, &library.rulebooks);
        Arc::new(Rules { library, evaluator })
    }

    /// The shared words.
    pub fn vocabulary(&self) -> &'static Vocabulary {
        &self.library.vocabulary
    }

    /// The latest edition of a rulebook.
    pub fn book(&self, id: &str) -> Option<&'static Rulebook> {
        self.library.rulebooks.iter().rfind(|b| b.id == id)
    }
}

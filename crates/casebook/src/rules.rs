//! The rulebooks, ready to be asked.

use engine::evaluate::Evaluator;
use engine::rulebook::{Library, Rulebook};
use engine::vocabulary::Vocabulary;
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

/// What areas call people and teams now, where their protocol printed another name: by area and role.
pub type Called = BTreeMap<(String, String), String>;

/// The rulebooks, ready to be asked. Loaded once for the life of the program.
pub struct Rules {
    /// Vocabulary and rulebooks.
    pub library: &'static Library,
    /// Every edition of every rulebook, prepared.
    pub evaluator: Arc<Evaluator<'static>>,
    /// The only thing of it that changes while the program runs: names, by which nothing is decided.
    called: RwLock<Arc<Called>>,
}

impl Rules {
    /// Prepares a library. It is kept until the program ends: rulebooks are read once, and everything borrows from them.
    pub fn new(library: Library) -> Arc<Rules> {
        let library: &'static Library = Box::leak(Box::new(library));
        let evaluator = Arc::new(Evaluator::new(&library.vocabulary, &library.rulebooks));
        Arc::new(Rules { library, evaluator, called: RwLock::default() })
    }

    /// The same rulebooks for another application in this program, in which people and teams are called otherwise.
    pub fn anew(&self) -> Arc<Rules> {
        Arc::new(Rules { library: self.library, evaluator: self.evaluator.clone(), called: RwLock::default() })
    }

    /// The shared words.
    pub fn vocabulary(&self) -> &'static Vocabulary {
        &self.library.vocabulary
    }

    /// What areas call people and teams now.
    pub fn called(&self) -> Arc<Called> {
        self.called.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// From now on they are called so.
    pub fn call(&self, called: Called) {
        *self.called.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(called);
    }

    /// The latest edition of a rulebook.
    pub fn book(&self, id: &str) -> Option<&'static Rulebook> {
        self.library.rulebooks.iter().rfind(|b| b.id == id)
    }
}

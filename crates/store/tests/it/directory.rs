//! The directory: a line for an agency, written again only by whoever read the last.

use crate::builders::populate;
use crate::databases::on_both;
use store::{Listed, StoreError};

#[test]
fn a_line_is_written_once_for_each_version_of_it() {
    on_both(|database| async move {
        let store = database.open().await;
        populate(&store).await;
        let agency = store.agencies().await.unwrap().remove(0).id;
        let line = |version: i64, manager: &str| Listed {
            agency: agency.clone(),
            manager: manager.into(),
            address_class: "ordinary".into(),
            version,
            ..Listed::default()
        };
        store.list(&line(0, "Ada Okoro")).await.unwrap();
        let stale = store.list(&line(0, "Somebody else")).await;
        assert!(matches!(stale, Err(StoreError::Stale { current_version: 1 })), "{stale:?}");
        store.list(&line(1, "Ben Osei")).await.unwrap();
        let all = store.listed().await.unwrap();
        assert_eq!((all.len(), all[0].manager.as_str(), all[0].version), (1, "Ben Osei", 2));
    });
}

//! Opening: the two databases have the same tables, the settings hold, and what cannot be opened is said in words.

use crate::builders::{add, derived, populate};
use crate::databases::{Database, on_both, on_both_bare};
use std::collections::BTreeSet;
use store::{Store, StoreError};

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Runtime::new().unwrap()
}

#[test]
fn both_databases_have_the_same_columns_and_indexes() {
    runtime().block_on(async {
        let (lite, postgres) = (Database::bare_sqlite(), Database::bare_postgres().await);
        lite.open().await.close().await;
        postgres.open().await.close().await;
        let pool = sqlx::SqlitePool::connect(lite.url()).await.unwrap();
        let columns = "select m.name || '.' || c.name || case lower(c.type) when 'integer' then ' number' when 'blob' then ' bytes' else ' text' end \
                       || case when c.\"notnull\" or (c.pk > 0 and m.name <> 'access') then '' else ' or null' end \
                       from sqlite_master m join pragma_table_info(m.name) c \
                       where m.type = 'table' and m.name not like '\\_sqlx%' escape '\\' and m.name not like 'sqlite%'";
        let lite_columns: Vec<String> = sqlx::query_scalar(columns).fetch_all(&pool).await.unwrap();
        let indexes = "select name from sqlite_master where type = 'index' and name not like 'sqlite%'";
        let lite_indexes: BTreeSet<String> = sqlx::query_scalar(indexes).fetch_all(&pool).await.unwrap().into_iter().collect();
        let strict = "select name from pragma_table_list where type = 'table' and not strict and name not like '%sq%lite%'";
        let loose: Vec<String> = sqlx::query_scalar(strict).fetch_all(&pool).await.unwrap();
        assert_eq!(loose, ["_sqlx_migrations"]);

        let pool = sqlx::PgPool::connect(postgres.url()).await.unwrap();
        let columns = "select (table_name || '.' || column_name || case data_type when 'text' then ' text' when 'bytea' then ' bytes' else ' number' end \
                       || case is_nullable when 'NO' then '' else ' or null' end)::text from information_schema.columns \
                       where table_schema = 'public' and table_name not like '\\_sqlx%' \
                       and data_type in ('text', 'bigint', 'boolean', 'bytea')";
        let postgres_columns: Vec<String> = sqlx::query_scalar(columns).fetch_all(&pool).await.unwrap();
        let indexes = "select indexname::text from pg_indexes where schemaname = 'public' \
                       and indexname not like '%\\_pkey' and indexname not like '%\\_key'";
        let postgres_indexes: BTreeSet<String> =
            sqlx::query_scalar(indexes).fetch_all(&pool).await.unwrap().into_iter().collect();

        let without_keys = |columns: Vec<String>| columns.into_iter().map(|c| c.replace("id number or null", "id number"));
        let lite_columns: BTreeSet<String> = without_keys(lite_columns).collect();
        assert!(lite_columns.len() > 100);
        assert_eq!(lite_columns, without_keys(postgres_columns).collect());
        // SQLite has `change.seq` as its row number.
        assert_eq!(&lite_indexes | &BTreeSet::from(["change_seq".to_owned()]), postgres_indexes);
    });
}

#[test]
fn a_database_is_opened_again_and_by_two_at_once() {
    on_both(|database| async move {
        let (one, two) = tokio::join!(Store::open(database.url()), Store::open(database.url()));
        let (one, two) = (one.unwrap(), two.unwrap());
        populate(&one).await;
        add(&one, &derived("c1")).await;
        assert_eq!(two.record("c1").await.unwrap().version, 1);
        add(&two, &derived("c2")).await;
        assert_eq!(one.record("c2").await.unwrap().version, 1);
        one.close().await;
        two.close().await;
        assert!(one.record("c1").await.is_err() && add_fails(&one).await);
    });
}

async fn add_fails(store: &Store) -> bool {
    store.sweep(0).await.is_err()
}

#[test]
fn a_filled_database_of_the_first_version_is_brought_up_to_date() {
    on_both_bare(|database| async move {
        let kind = if database.url().starts_with("sqlite") { "sqlite" } else { "postgres" };
        let folder = tempfile::tempdir().unwrap();
        let first = format!("{}/migrations/{kind}/0001_foundation.sql", env!("CARGO_MANIFEST_DIR"));
        std::fs::copy(first, folder.path().join("0001_foundation.sql")).unwrap();
        let migrator = sqlx::migrate::Migrator::new(folder.path()).await.unwrap();
        if kind == "sqlite" {
            let options = sqlx::sqlite::SqliteConnectOptions::new();
            let path = database.url().strip_prefix("sqlite:").unwrap();
            let pool = sqlx::SqlitePool::connect_with(options.filename(path).create_if_missing(true)).await.unwrap();
            migrator.run(&pool).await.unwrap();
            pool.close().await;
        } else {
            let pool = sqlx::PgPool::connect(database.url()).await.unwrap();
            migrator.run(&pool).await.unwrap();
            pool.close().await;
        }
        let child = "insert into child (id, created_us, version, head, name, folded, photo, agencies) \
                     values ('c1', 1, 0, '', 'Riley Marsh', 'riley marsh', '<svg/>', '[]')";
        database.tamper(child).await;
        let store = database.open().await;
        let row = store.child_row("c1").await.unwrap().unwrap();
        assert_eq!((row.name.as_str(), row.photograph), ("Riley Marsh", None));
        populate(&store).await;
        add(&store, &derived("c2")).await;
        assert!(store.verify("c2").await.unwrap().is_whole());
    });
}

#[test]
fn a_sqlite_file_keeps_what_was_acknowledged() {
    runtime().block_on(async {
        let database = Database::sqlite();
        database.open().await.close().await;
        let pool = sqlx::SqlitePool::connect(database.url()).await.unwrap();
        let mode: String = sqlx::query_scalar("pragma journal_mode").fetch_one(&pool).await.unwrap();
        assert_eq!(mode, "wal");
    });
}

#[test]
fn a_database_of_a_newer_version_is_left_alone() {
    on_both(|database| async move {
        database.open().await.close().await;
        let newer = "insert into _sqlx_migrations (version, description, success, checksum, execution_time) values (9999, 'newer', true, ";
        let bytes = if database.url().starts_with("sqlite") { "x'00'" } else { "'\\x00'" };
        database.tamper(&format!("{newer}{bytes}, 1)")).await;
        let refused = Store::open(database.url()).await.err().unwrap();
        assert!(refused.to_string().contains("made by a newer version"), "{refused}");
    });
}

#[test]
fn what_cannot_be_opened_is_said() {
    runtime().block_on(async {
        for (url, says) in [
            ("mysql://localhost/x", "not the address of a database"),
            ("", "not the address of a database"),
            ("sqlite::memory:", "needs a file"),
            ("sqlite:/no/such/folder/store.db", "`/no/such/folder/store.db` cannot be opened"),
            ("postgres://somebody:secret@127.0.0.1:1/x", "`x` on 127.0.0.1:1 cannot be opened"),
        ] {
            let error = Store::open(url).await.err().unwrap();
            assert!(matches!(error, StoreError::Open(_)));
            assert!(error.to_string().contains(says) && !error.to_string().contains("secret"), "{error}");
        }
    });
}

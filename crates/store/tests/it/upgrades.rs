//! A database of every version so far is opened by this one; and an upgrade that is killed at any moment, or loses its power, goes on at the
//! next opening, with nothing lost and nothing half done.

use crate::builders::{add, derived, populate};
use crate::databases::{Database, on_both_bare};
use crate::disk::{Chance, Disk, Run, run, runtime, url};
use sqlx::migrate::Migrator;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use store::Store;

/// So many moments of an upgrade are tried; `UPGRADES=1000` for each of them.
fn moments() -> usize {
    std::env::var("UPGRADES").ok().and_then(|text| text.parse().ok()).unwrap_or(25)
}

/// The migrations of a database, the oldest first.
fn migrations(kind: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(kind);
    let mut all: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    all.sort();
    all
}

/// A database as one of the first versions made it, with a child.
async fn of_version(kind: &str, url: &str, version: usize) {
    let folder = tempfile::tempdir().unwrap();
    for file in &migrations(kind)[..version] {
        std::fs::copy(file, folder.path().join(file.file_name().unwrap())).unwrap();
    }
    let migrator = Migrator::new(folder.path()).await.unwrap();
    let child = if version == 1 { CHILD } else { LATER };
    if let Some(path) = url.strip_prefix("sqlite:") {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path).create_if_missing(true);
        let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
        migrator.run(&pool).await.unwrap();
        sqlx::raw_sql(child).execute(&pool).await.unwrap();
        pool.close().await;
    } else {
        let pool = sqlx::PgPool::connect(url).await.unwrap();
        migrator.run(&pool).await.unwrap();
        sqlx::raw_sql(child).execute(&pool).await.unwrap();
        pool.close().await;
    }
}

const CHILD: &str = "insert into child (id, created_us, version, head, name, folded, photo, agencies) \
                     values ('c1', 1, 0, '', 'Riley Marsh', 'riley marsh', '<svg/>', '[]')";
/// From the second version on a child has no drawing.
const LATER: &str = "insert into child (id, created_us, version, head, name, folded, agencies) \
                     values ('c1', 1, 0, '', 'Riley Marsh', 'riley marsh', '[]')";

/// It opens, the child is there, and it can be worked with.
async fn works(url: &str, says: &str) {
    let store = Store::open(url).await.unwrap_or_else(|error| panic!("{says}: {error}"));
    assert_eq!(store.child_row("c1").await.unwrap().unwrap().name, "Riley Marsh", "{says}");
    populate(&store).await;
    add(&store, &derived("c2")).await;
    assert!(store.verify("c2").await.unwrap().is_whole(), "{says}");
    store.close().await;
}

#[test]
fn a_database_of_every_version_is_brought_up_to_date() {
    on_both_bare(|database| async move {
        let kind = database.url().split(':').next().unwrap().to_owned();
        for version in 1..=migrations(&kind).len() {
            let old = database.another_bare().await;
            of_version(&kind, old.url(), version).await;
            works(old.url(), &format!("version {version}")).await;
            old.removed().await;
        }
    });
}

#[test]
fn an_upgrade_that_is_killed_or_loses_its_power_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    runtime().block_on(of_version("sqlite", &url(folder.path()), 1));
    let before = Disk::of(folder.path());
    let (ops, well) = run(folder.path(), Run::default());
    assert!(well);
    let step = (ops.len() / moments()).max(1);
    let mut tried = 0;
    for at in (0..ops.len()).step_by(step) {
        let mut disk = before.clone();
        ops[..at].iter().for_each(|op| disk.take(op));
        let (killed, lost) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        disk.is_killed(killed.path());
        disk.lose_power(&mut Chance::of(at as u64), lost.path());
        for (left, how) in [(&killed, "killed"), (&lost, "without power")] {
            let says = format!("{how} after {at} of {} operations", ops.len());
            runtime().block_on(works(&url(left.path()), &says));
        }
        tried += 1;
    }
    println!("sqlite: an upgrade from the first version went on after {tried} kills and {tried} power losses");
}

#[test]
fn an_upgrade_of_postgresql_that_is_killed_goes_on() {
    runtime().block_on(async {
        let kills = (moments() / 4).clamp(1, 60) as u64;
        let mut amid = 0;
        for kill in 0..kills {
            let database = Database::bare_postgres().await;
            of_version("postgres", database.url(), 1).await;
            let mut server = Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "upgrades::the_upgrade_that_is_killed", "--ignored", "--nocapture"])
                .env("STORE_URL", database.url())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            std::thread::sleep(Duration::from_millis(20 + kill * 83 % 500));
            amid += usize::from(server.try_wait().unwrap().is_none());
            server.kill().unwrap();
            server.wait().unwrap();
            database.forget_the_dead().await;
            works(database.url(), &format!("kill {kill}")).await;
            database.removed().await;
        }
        println!("postgres: an upgrade from the first version went on after {kills} kills, {amid} of them amid it");
    });
}

#[test]
#[ignore = "the upgrade that the test above kills"]
fn the_upgrade_that_is_killed() {
    let Ok(url) = std::env::var("STORE_URL") else { return };
    runtime().block_on(async { Store::open(&url).await.unwrap() });
}

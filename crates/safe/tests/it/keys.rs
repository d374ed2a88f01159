//! Keys, and the rights of files.

use crate::databases::Database;
use safe::{Public, Signing, identity, new_identity, recipient};
use std::path::Path;

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[cfg(unix)]
#[test]
fn files_are_their_owner_s_alone() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let database = Database::sqlite();
        let store = crate::filled::filled(&database).await;
        let path = database.url().strip_prefix("sqlite:").unwrap();
        for end in ["", "-wal", "-shm"] {
            assert_eq!(mode(Path::new(&format!("{path}{end}"))), 0o600, "{end}");
        }
        assert_eq!(store::lies_open(Path::new(path)), None);
        store.close().await;
        let folder = tempfile::tempdir().unwrap();
        let key = folder.path().join("keys/signing");
        Signing::create(&key).unwrap();
        assert_eq!((mode(&key), mode(key.parent().unwrap())), (0o600, 0o700));
        let open = std::os::unix::fs::PermissionsExt::from_mode(0o644);
        std::fs::set_permissions(&key, open).unwrap();
        assert!(store::lies_open(&key).unwrap().contains("chmod 600"));
    });
}

#[test]
fn a_key_is_never_written_over_and_what_is_no_key_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let (signing, opening) = (folder.path().join("signing"), folder.path().join("opening"));
    let key = Signing::create(&signing).unwrap();
    let age = new_identity(&opening).unwrap();
    assert!(Signing::create(&signing).err().unwrap().contains("is there already"));
    assert!(new_identity(&opening).err().unwrap().contains("is there already"));
    assert_eq!(Signing::open(&signing).unwrap().public(), key.public());
    assert_eq!(Public::read(&key.public().to_string()).unwrap(), key.public());
    assert!(recipient(&age).is_ok() && identity(&opening).is_ok());
    assert!(Signing::open(&opening).err().unwrap().contains("is not a key that signs"));
    assert!(identity(&signing).err().unwrap().contains("is not a key that opens backups"));
    assert!(recipient("somebody").err().unwrap().contains("`somebody`"));
    assert!(Public::read("nobody").err().unwrap().contains("is no public key"));
}

#[test]
fn the_secret_that_opens_backups_is_never_said_in_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.key");
    new_identity(&file).unwrap();
    let text = std::fs::read_to_string(&file).unwrap();
    let secret = text.lines().last().unwrap();
    let says = recipient(secret).err().unwrap();
    assert!(says.contains("that is the secret key") && !says.contains(secret), "{says}");
}

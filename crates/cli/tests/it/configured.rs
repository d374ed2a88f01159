//! A configuration file, and the command that looks whether an installation is fit to be relied on.

use crate::run::run;
use crate::site::Server;
use std::path::Path;

fn config(folder: &Path, text: &str) -> String {
    let path = folder.join("whereabouts.toml");
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

#[test]
fn a_fault_in_the_file_is_said_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    for (text, says) in [
        (
            "listen = \"127.0.0.1:0\"\nlissten = \"x\"\n",
            "whereabouts.toml:2: there is no option `lissten`; did you mean `listen`?",
        ),
        ("\nbackup-hours = 1.5\n", "whereabouts.toml:2: `backup-hours` is a text in quotation marks, a number"),
        ("worker = yes\n", "whereabouts.toml:1: "),
        ("config = \"x\"\n", "whereabouts.toml:1: there is no option `config`"),
        ("\n\nlisten = \"nowhere\"\n", "whereabouts.toml:3: `listen` cannot be `nowhere`: invalid socket address"),
        ("backup-hours = \"x\"\n", "whereabouts.toml:1: `backup-hours` cannot be `x`: "),
    ] {
        let file = config(folder.path(), text);
        let ran = run(&["serve", "--config", &file]);
        assert_eq!(ran.status, 2, "{}", ran.err);
        assert!(ran.err.contains(says), "{}", ran.err);
    }
    let none = run(&["worker", "--config=/no/such.toml"]);
    assert!(none.status == 3 && none.err.contains("/no/such.toml"), "{}", none.err);
}

#[test]
fn a_folder_that_is_not_there_is_said_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("none");
    let url = format!("sqlite:{}", missing.join("whereabouts.db").display());
    let ran = run(&["serve", "--listen", "127.0.0.1:0", "--database-url", &url]);
    let says = format!("there is no folder `{}`: make it, and let it belong to", missing.display());
    assert!(ran.status == 3 && ran.err.contains(&says), "{}", ran.err);
}

#[test]
fn names_do_not_go_over_the_wire_for_all_to_read() {
    let ran = run(&["serve", "--listen", "0.0.0.0:0", "--database-url", "sqlite:/nowhere/at/all.db"]);
    assert_eq!(ran.status, 2);
    assert!(ran.err.contains("is reached from other machines") && ran.err.contains("--behind-proxy"), "{}", ran.err);
    let keyless = run(&["serve", "--database-url", "postgres://w:w@127.0.0.1:1/w"]);
    assert!(keyless.status == 2 && keyless.err.contains("`--sealing-key FILE`"), "{}", keyless.err);
    let far = run(&["migrate", "--database-url", "postgres://w:w@198.51.100.7/w"]);
    assert_eq!(far.status, 3);
    assert!(far.err.contains("unencrypted") && far.err.contains("sslmode=verify-full"), "{}", far.err);
}

#[test]
fn the_doctor_says_what_is_wrong_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("whereabouts.db").display());
    let file = config(folder.path(), &format!("database-url = \"{url}\"\nlisten = \"127.0.0.1:0\"\nworker = true\n"));
    Server::demo(&["--children", "12", "--database-url", &url]).stop();
    let server = Server::serve("127.0.0.1:0", &url, &["--worker"]);
    let look = || run(&["doctor", "--config", &file]);
    let mut well = look();
    for _ in 0..30 {
        if well.out.contains("it runs") && well.out.contains("well   last checked") {
            break;
        }
        std::thread::sleep(std::time::Duration::from_secs(1));
        well = look();
    }
    server.stop();
    assert!(well.status == 0 && well.out.contains("it runs") && well.out.contains("journal_mode wal"), "{}", well.out);
    assert!(well.out.contains("look   last backup  never"), "{}", well.out);
    assert!(well.out.contains("well   sealing key") && well.out.contains("all are sealed"), "{}", well.out);
    let ahead = folder.path().join("ahead");
    std::fs::write(&ahead, "86400").unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let db = folder.path().join("whereabouts.db");
        std::fs::set_permissions(&db, std::fs::Permissions::from_mode(0o644)).unwrap();
        let open = run(&["doctor", "--config", &file]);
        assert!(open.status == 1 && open.out.contains("chmod 600"), "{}", open.out);
        std::fs::set_permissions(&db, std::fs::Permissions::from_mode(0o600)).unwrap();
        // The key that seals: made by `serve`, its owner's alone, and missed when it is gone.
        let key = folder.path().join("whereabouts.db.sealing-key");
        assert_eq!(std::fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
        let open = run(&["doctor", "--config", &file]);
        assert!(open.status == 1 && open.out.contains("WRONG  sealing key"), "{}", open.out);
        std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o600)).unwrap();
        let kept = std::fs::read(&key).unwrap();
        let renewed = run(&["keys", "sealing", "--to", &key.display().to_string(), "--renew"]);
        assert_eq!(renewed.status, 0, "{}", renewed.err);
        assert!(run(&["doctor", "--config", &file]).out.contains(", with 1 older"));
        std::fs::remove_file(&key).unwrap();
        let gone = run(&["doctor", "--config", &file]);
        assert!(
            gone.out.contains("look   sealing key") && gone.out.contains("put its copy back first"),
            "{}",
            gone.out
        );
        std::fs::write(&key, "whereabouts-sealing-key-1:12\n").unwrap();
        let wrong = run(&["doctor", "--config", &file]);
        assert!(wrong.status != 0 && wrong.out.contains("is not a key that seals"), "{}", wrong.out);
        std::fs::write(&key, kept).unwrap();
    }
    let late = run(&["doctor", "--config", &file, "--clock-file", &ahead.display().to_string()]);
    assert_eq!(late.status, 1, "{}", late.out);
    assert!(late.out.contains("WRONG  worker") && late.out.contains("nobody is alerted"), "{}", late.out);
}

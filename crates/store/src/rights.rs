//! Who may read a file: what holds records or keys is its owner's alone. On systems without such rights nothing is done.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

/// What a disk gives at a time.
const PAGE: usize = 4096;

/// Opens a file that is the owner's alone, making it if it is not there. The rights of one that is there are left as they are.
pub fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes a folder that is the owner's alone, with those above it; one that is there is left as it is.
pub fn private_folder(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// The folder of a file.
pub(crate) fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Why no file can be made in a folder, and what to do; none where one can.
pub fn cannot_write_in(folder: &Path) -> Option<String> {
    let shown = folder.display();
    if !folder.is_dir() {
        return Some(format!(
            "there is no folder `{shown}`: make it, and let it belong to the user that Whereabouts runs as"
        ));
    }
    let error = unwritable(folder)?;
    Some(match error.kind() {
        io::ErrorKind::PermissionDenied => {
            format!(
                "this user may not write in the folder `{shown}`: let it belong to the user that Whereabouts runs as"
            )
        }
        io::ErrorKind::ReadOnlyFilesystem => {
            format!("the disk of the folder `{shown}` is read-only: mount it for writing, or name another folder")
        }
        io::ErrorKind::StorageFull => format!("the disk of the folder `{shown}` is full: make room"),
        _ => format!("nothing can be written in the folder `{shown}`: {error}"),
    })
}

/// Why no file can be written in a folder; none where one can.
pub(crate) fn unwritable(folder: &Path) -> Option<io::Error> {
    let tried = folder.join(format!(".whereabouts-{}", std::process::id()));
    // Left by one that was killed as it tried, and had the same number.
    let _ = std::fs::remove_file(&tried);
    let made = OpenOptions::new().write(true).create_new(true).open(&tried);
    let error = made.and_then(|mut file| {
        // A name alone still finds room on a full disk.
        let written = file.write_all(&[0; PAGE]);
        std::fs::remove_file(&tried).and(written)
    });
    error.err()
}

/// What is to be said of a file that others on this machine can read; none if they cannot, or if it is not there.
pub fn lies_open(path: &Path) -> Option<String> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(path).ok()?.permissions().mode();
        (mode & 0o077 != 0).then(|| {
            let shown = path.display();
            format!("others on this machine can read `{shown}`: run `chmod 600 {shown}` as its owner")
        })
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        None
    }
}

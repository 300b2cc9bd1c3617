//! The database file: made for its owner's eyes only, one process at a time, and still the same one later on. It must not
//! know what is in it.

use std::fs::{File, OpenOptions, TryLockError};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use url::Url;

use super::StoreError;

/// A database file that this process has for itself as long as this lives.
#[derive(Debug)]
pub(super) struct DatabaseFile {
    path: PathBuf,
    // Device and number of the file: a name can come to mean another file.
    identity: (u64, u64),
    // SQLite would let two processes in, and leases of a dead one could not be told from a living one's.
    _lock: File,
}

impl DatabaseFile {
    /// Locks the file, which is made where it is missing.
    pub(super) fn take(path: &Path) -> Result<Self, StoreError> {
        let lock = lock(path)?;
        Ok(Self { path: path.to_path_buf(), identity: create(path)?, _lock: lock })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the path still names the file that was opened.
    pub(super) async fn check(&self) -> Result<(), StoreError> {
        let found = tokio::fs::metadata(&self.path).await.ok();
        if found.map(|found| (found.dev(), found.ino())) == Some(self.identity) {
            Ok(())
        } else {
            Err(StoreError::Replaced(self.path.clone()))
        }
    }
}

/// The path as the driver takes it: no character in it means anything else.
pub(super) fn address(path: &Path) -> Result<String, StoreError> {
    let failed = |cause| StoreError::File { path: path.to_path_buf(), cause };
    let absolute = std::path::absolute(path).map_err(failed)?;
    let url = Url::from_file_path(absolute).map_err(|()| failed(std::io::ErrorKind::InvalidFilename.into()))?;
    Ok(format!("sqlite://{}", url.path()))
}

/// Makes the database file where it is missing. The files that `SQLite` puts beside it take its rights over.
fn create(path: &Path) -> Result<(u64, u64), StoreError> {
    let found = private().open(path).and_then(|file| file.metadata());
    let found = found.map_err(|cause| StoreError::File { path: path.to_path_buf(), cause })?;
    Ok((found.dev(), found.ino()))
}

/// For the owner's eyes only when it is made; an existing file keeps the rights that somebody gave it.
fn private() -> OpenOptions {
    let mut options = File::options();
    options.create(true).write(true).truncate(false).mode(0o600);
    options
}

fn lock(database: &Path) -> Result<File, StoreError> {
    let path = database.with_added_extension("lock");
    let failed = |cause| StoreError::File { path: path.clone(), cause };
    let file = private().open(&path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse(database.to_path_buf())),
        Err(TryLockError::Error(cause)) => Err(failed(cause)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_path_is_taken_for_a_part_of_an_address() {
        for (path, expected) in [
            ("/var/lib/cosell.sqlite", "sqlite:///var/lib/cosell.sqlite"),
            ("/a b/100%?#.sqlite", "sqlite:///a%20b/100%25%3F%23.sqlite"),
        ] {
            assert_eq!(address(Path::new(path)).unwrap(), expected);
        }
    }
}

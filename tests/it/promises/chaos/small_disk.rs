//! A disk of a few megabytes, to be filled and emptied.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A file system in memory. Unmounted when dropped.
pub struct SmallDisk {
    folder: TempDir,
}

impl SmallDisk {
    /// `None` where this process may not mount anything.
    pub fn mount() -> Option<Self> {
        let folder = TempDir::with_prefix("tautan-disk-").expect("a folder");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=96m,mode=700", "tautan"])
            .arg(folder.path())
            .output();
        let mounted = mounted.is_ok_and(|output| output.status.success());
        mounted.then_some(Self { folder })
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Takes all the space that is left.
    pub fn fill(&self) {
        let mut file = File::create(self.ballast()).expect("a file");
        let block = vec![0_u8; 64 * 1024];
        while file.write_all(&block).is_ok() {}
        while file.write_all(b"0").is_ok() {}
    }

    /// Gives it back.
    pub fn empty(&self) {
        fs::remove_file(self.ballast()).expect("a file of ours");
    }

    fn ballast(&self) -> PathBuf {
        self.folder.path().join("ballast")
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        drop(Command::new("umount").arg("-l").arg(self.folder.path()).output());
    }
}

